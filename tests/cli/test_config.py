"""The settings file: found, heeded, outvoted by the command line, and never quietly wrong."""

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ran, Run
from tests.cli.filings import AS_OF, BREACH, CLEAN, written

NAME = "soe-compliance.toml"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with filings, in which the program is run."""
    for key, filing in BREACH.items():
        written(tmp_path / f"{key}.json", filing)
    written(tmp_path / "clean.json", CLEAN)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def settings(folder: Path, text: str, name: str = NAME) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    path.chmod(0o644)
    return path


def report_of(ran: Ran) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(ran.out)
    return report


def notices(ran: Ran) -> str:
    return "\n".join(report_of(ran)["ruleset"]["notices"])


CHECK = ("check", "--format", "json", "--no-progress")


def test_its_values_are_defaults_and_the_report_says_so(office: Path, run: Run) -> None:
    settings(office, f'as-of = {AS_OF}\nfail-on = "prohibition"\nselect = ["GUA", "INV1"]\njobs = 1\n')
    ran = run(*CHECK, "mandatory.json", "--show", "pass")
    assert ran.status == 0
    assert report_of(ran)["as_of"] == AS_OF
    assert {finding["rule"][:3] for finding in report_of(ran)["findings"]} == {"GUA", "INV"}
    for said in (NAME, f'as-of="{AS_OF}"', 'fail-on="prohibition"', 'select=["GUA", "INV1"]'):
        assert said in notices(ran)
    assert "jobs" not in notices(ran)


def test_the_command_line_wins(office: Path, run: Run) -> None:
    settings(office, f'as-of = {AS_OF}\nfail-on = "prohibition"\nignore = ["INV101"]\nstrict = true\n')
    assert run(*CHECK, "mandatory.json").status == 0
    ran = run(*CHECK, "mandatory.json", "--fail-on", "mandatory", "--ignore", "DAT", "--no-strict")
    assert ran.status == 1
    assert "fail-on" not in notices(ran)
    assert "ignore" not in notices(ran)
    assert "strict" not in notices(ran)
    assert "as-of" in notices(ran)


def test_readings_and_limits_are_joined_key_by_key(office: Path, run: Run) -> None:
    settings(
        office,
        f'as-of = {AS_OF}\n[readings]\nshare_basis = "economic"\nshare_rounding = "exact"\n'
        '[limits]\nfile_bytes = "1KB"\n',
    )
    small = run(*CHECK, "clean.json")
    assert small.status == 2
    ran = run(*CHECK, "clean.json", "--limit", "file_bytes=1MB", "--interpret", "share_basis=controlled")
    taken = report_of(ran)["ruleset"]["interpretations"]
    assert (taken["share_basis"], taken["share_rounding"]) == ("controlled", "exact")
    assert 'readings={"share_rounding": "exact"}' in notices(ran)
    assert "file_bytes" not in notices(ran)


def test_it_is_found_in_a_folder_above_and_the_nearest_counts(
    office: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(office, "as-of = 2024-01-01\nselect = ['GUA']\n")
    below = office / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    filing = office / "clean.json"
    assert report_of(run(*CHECK, filing))["as_of"] == "2024-01-01"
    settings(below.parent, "as-of = 2024-02-02\n")
    ran = run(*CHECK, filing)
    assert report_of(ran)["as_of"] == "2024-02-02"
    assert "select" not in notices(ran)


def test_none_is_looked_for_where_the_filings_are(
    office: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settings(office, "select = ['INV2']\n")
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert NAME not in notices(run(*CHECK, office / "clean.json", "--as-of", AS_OF))


@pytest.mark.parametrize("option", ["--no-config", "--isolated"])
def test_it_can_be_left_out(office: Path, run: Run, option: str) -> None:
    settings(office, "no such thing")
    ran = run(*CHECK, "clean.json", "--as-of", AS_OF, option)
    assert ran.status == 0
    assert NAME not in notices(ran)


def test_it_can_be_named(office: Path, run: Run) -> None:
    settings(office, "as-of = 2024-01-01\n")
    settings(office, "as-of = 2024-02-02\n", "house.toml")
    ran = run(*CHECK, "clean.json", "--config", "house.toml")
    assert report_of(ran)["as_of"] == "2024-02-02"
    assert "house.toml" in notices(ran)


@pytest.mark.parametrize(
    "order", [("--config", "h.toml", "--no-config"), ("--no-config", "--config", "h.toml")]
)
def test_named_and_left_out_is_a_contradiction(office: Path, run: Run, order: tuple[str, ...]) -> None:
    settings(office, "", "h.toml")
    assert run(*CHECK, "clean.json", *order).status == 2


def test_paths_are_from_its_own_folder(office: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (office / "roster.csv").write_text("group_code,group_name,year\nABSENT,某某集团,2024\n", encoding="utf-8")
    settings(office, f'as-of = {AS_OF}\nroster = "roster.csv"\n')
    below = office / "below"
    below.mkdir()
    monkeypatch.chdir(below)
    ran = run(*CHECK, office / "clean.json")
    assert any(finding["subject"]["name"] == "某某集团" for finding in report_of(ran)["findings"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('fail_on = "data"', ("fail_on", "fail-on")),
        ('fail-on = "mandatry"', ("fail-on", "mandatory")),
        ("jobs = true", ("jobs",)),
        ("jobs = 0", ("jobs",)),
        ('as-of = "soon"', ("as-of", "2024-04-15")),
        ("as-of = 2024-04-15T10:00:00", ("as-of",)),
        ("select = 'GUA'", ("select", "[")),
        ("select = ['GUA9']", ("select", "GUA109")),
        ("ignore = ['']", ("ignore",)),
        ("readings = {share_basi = 'economic'}", ("readings", "share_basis")),
        ("readings = {share_basis = 'econ'}", ("readings", "economic")),
        ("limits = {file_byte = 1}", ("limits", "file_byte")),
        ("limits = {file_bytes = 1.5}", ("limits",)),
        ("ruleset = 'xingan'", ("ruleset", "xingan-2023")),
        ("lang = 'fr'", ("lang", "zh")),
        ("strict = 'yes'", ("strict", "true")),
        ("calendars = ['none.yaml']", ("none.yaml",)),
        ("x = [", ("TOML",)),
        ("x = " + "[" * 5_000, ("TOML",)),
    ],
)
def test_what_is_wrong_names_the_file_the_key_and_the_remedy(
    office: Path, run: Run, text: str, expected: tuple[str, ...]
) -> None:
    settings(office, text)
    ran = run("check", "clean.json", "--as-of", AS_OF)
    assert ran.status == 2
    assert ran.err.startswith("错误：")
    if "calendars" not in text:
        assert NAME in ran.err
    for part in expected:
        assert part in ran.err, ran.err


def test_an_error_of_the_command_line_is_not_blamed_on_it(office: Path, run: Run) -> None:
    settings(office, "ruleset = 'xingan-2023'\nselect = ['GUA']\n")
    ran = run("check", "clean.json", "--as-of", AS_OF, "--ignore", "GUA999")
    assert ran.status == 2
    assert NAME not in ran.err


@pytest.mark.parametrize("content", [b"\xff\xfe", "lang = '中'".encode("gb18030"), b"#" * (1024**2 + 1)])
def test_what_is_no_settings_file_is_refused(office: Path, run: Run, content: bytes) -> None:
    (office / NAME).write_bytes(content)
    ran = run("check", "clean.json")
    assert ran.status == 2
    assert NAME in ran.err


def test_a_folder_or_a_missing_file_is_refused(office: Path, run: Run) -> None:
    assert "none.toml" in run("check", "clean.json", "--config", "none.toml").err
    (office / NAME).mkdir()
    assert run("check", "clean.json").status == 2


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="the system knows no owners")
def test_one_that_others_may_change_is_refused_unless_it_is_named(office: Path, run: Run) -> None:
    path = settings(office, "as-of = 2024-01-01\nselect = ['INV2']\n")
    path.chmod(path.stat().st_mode | stat.S_IWOTH)
    refused = run(*CHECK, "clean.json")
    assert refused.status == 2
    assert "--no-config" in refused.err
    assert report_of(run(*CHECK, "clean.json", "--config", NAME))["as_of"] == "2024-01-01"


def test_the_other_commands_heed_it(office: Path, run: Run) -> None:
    settings(office, 'as-of = 2024-01-01\nlang = "en"\nstrict = true\n[readings]\nshare_basis = "economic"\n')
    headroom = run("headroom", "clean.json", "--format", "json")
    assert json.loads(headroom.out)["as_of"] == "2024-01-01"
    assert NAME in headroom.err
    supposed = run("whatif", "clean.json", "--set", "net_assets:PARENT=1")
    assert NAME in supposed.err
    assert run("graph", "clean.json", "-o", "g.svg").status == 0
    assert run("annotate", "clean.json", "-o", "out.xlsx").status == 0
    settings(office, "as_of = 2024-01-01\n")
    for command in (("headroom",), ("graph", "-o", "g.svg"), ("annotate", "-o", "b.xlsx")):
        assert run(*command, "clean.json").status == 2


def test_each_file_by_group_says_what_was_set(office: Path, run: Run) -> None:
    settings(office, f"as-of = {AS_OF}\nignore = ['DAT']\n")
    run("check", "clean.json", "-o", "{group_code}.json", "--quiet")
    part = json.loads((office / "PARENT.json").read_text(encoding="utf-8"))
    assert NAME in "".join(part["ruleset"]["notices"])


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("interpret", "readings"),
        ("as_of", "as-of"),
        ("calendar", "calendars"),
        ("interpretall", "interpret-all"),
    ],
)
def test_a_key_named_as_the_option_is_told_the_setting(office: Path, run: Run, key: str, meant: str) -> None:
    settings(office, f'{key} = "x"\n')
    assert f"是否指{meant}？" in run("check", "clean.json").err
    assert f"did you mean {meant}?" in run("check", "clean.json", "--lang", "en").err


def test_rulesets_are_listed_as_each_language_does(office: Path, run: Run) -> None:
    assert "可用central-guarantee-2021、" in run("check", "clean.json", "--ruleset", "zzz").err
    assert (
        "use central-guarantee-2021, " in run("check", "clean.json", "--ruleset", "zzz", "--lang", "en").err
    )


def test_errors_are_told_in_the_language_that_it_sets(office: Path, run: Run) -> None:
    settings(office, 'lang = "en"\n')
    assert run("check", "clean.json", "--roster", "none.csv").err.startswith("Error: none.csv")
    assert run("check", "clean.json", "--as-of", "x").err.startswith("Error: --as-of")
    assert run("check", "clean.json", "--as-of", "x", "--lang", "zh").err.startswith("错误：")
    assert run("check", "clean.json", "--as-of", "x", "--no-config").err.startswith("错误：")

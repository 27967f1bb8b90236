"""The exit status, strongest first: 4, 2, 1, 3, 0."""

import json
import sys
from pathlib import Path

import pytest

from soe_compliance import api, engine
from soe_compliance.execution import shard
from tests.cli.conftest import Run
from tests.cli.filings import AS_OF, BREACH, CLEAN, INCOMPLETE, UNKNOWN, written
from tests.filings.filed import filing_bytes

THRESHOLDS = ("prohibition", "mandatory", "principle", "data", "advisory", "never")


def unwrapped(text: str) -> str:
    return " ".join(text.split())


def test_a_clean_filing_gives_0(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "a.json", CLEAN)
    ran = run("check", file, "--as-of", AS_OF, "--strict", "--fail-on", "advisory", "--format", "json")
    assert (json.loads(ran.out)["findings"], ran.status) == ([], 0)


@pytest.mark.parametrize("threshold", THRESHOLDS)
@pytest.mark.parametrize("severity", list(BREACH))
def test_a_breach_at_or_above_the_threshold_gives_1(
    run: Run, tmp_path: Path, severity: str, threshold: str
) -> None:
    file = written(tmp_path / "a.json", BREACH[severity])
    ran = run("check", file, "--as-of", AS_OF, "--fail-on", threshold)
    assert ran.status == (1 if THRESHOLDS.index(severity) <= THRESHOLDS.index(threshold) < 5 else 0)


def test_the_default_threshold_is_data(run: Run, tmp_path: Path) -> None:
    statuses = {
        severity: run("check", written(tmp_path / "a.json", document), "--as-of", AS_OF).status
        for severity, document in BREACH.items()
    }
    assert statuses == {"prohibition": 1, "mandatory": 1, "principle": 1, "data": 1, "advisory": 0}


@pytest.mark.parametrize("document", [UNKNOWN, INCOMPLETE])
def test_strict_gives_3_where_something_is_open(run: Run, tmp_path: Path, document: object) -> None:
    file = written(tmp_path / "a.json", document)
    assert run("check", file, "--as-of", AS_OF).status == 0
    assert run("check", file, "--as-of", AS_OF, "--strict").status == 3


def test_an_unknown_below_the_threshold_is_no_matter(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "a.json", UNKNOWN)
    statuses = [run("check", file, "--as-of", AS_OF, "--strict", "--fail-on", t).status for t in THRESHOLDS]
    assert statuses == [0, 3, 3, 3, 3, 0]


def test_strict_gives_3_where_no_rule_could_be_applied(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "a.json", {**CLEAN, "debts": []})
    for arguments, status in (["--select", "FIN104"], 3), (["--select", "FIN104,INV101"], 0):
        assert run("check", file, "--as-of", AS_OF, "--strict", *arguments).status == status
    assert run("check", file, "--as-of", AS_OF, "--select", "FIN104").status == 0


def test_a_breach_goes_before_what_is_open(run: Run, tmp_path: Path) -> None:
    files = [written(tmp_path / f"{place}.json", d) for place, d in enumerate([BREACH["data"], UNKNOWN])]
    assert run("check", *files, "--as-of", AS_OF, "--strict").status == 1


def test_one_unreadable_file_gives_2_and_the_others_are_checked(run: Run, tmp_path: Path) -> None:
    written(tmp_path / "a.json", BREACH["mandatory"])
    written(tmp_path / "c.json", CLEAN)
    (tmp_path / "b.json").write_bytes(b"\xff\x00 no filing")
    ran = run("check", tmp_path, "--as-of", AS_OF, "--format", "json", "--fail-on", "never")
    report = json.loads(ran.out)
    assert ran.status == 2
    assert [filing["status"] for filing in report["filings"]] == ["checked", "unreadable", "checked"]
    assert report["filings"][1]["problems"]
    assert {finding["rule"] for finding in report["findings"]} == {"INV101"}
    assert run("check", tmp_path, "--as-of", AS_OF).status == 2


@pytest.mark.parametrize("name", ["nothing", "missing.json", "empty"])
def test_a_path_that_holds_no_filing_gives_2(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    good = written(tmp_path / "good.json", CLEAN)
    for arguments in ([tmp_path / name], [good, tmp_path / name]):
        ran = run("check", *arguments, "--as-of", AS_OF, "--format", "json")
        assert ran.status == 2
        unreadable = [filing for filing in json.loads(ran.out)["filings"] if filing["status"] == "unreadable"]
        assert [filing["source"] for filing in unreadable] == [str(tmp_path / name)]


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["chekc"],
        ["check", "{file}", "--no-such-option"],
        ["check", "{file}", "--as-of", "2024-02-30"],
        ["check", "{file}", "--fail-on", "severe"],
        ["check", "{file}", "--format", "docx"],
        ["check", "{file}", "--show", "fail"],
        ["check", "{file}", "--jobs", "0"],
        ["check", "{file}", "--ruleset", "nowhere"],
        ["check", "{file}", "--select", "GUA1O4"],
        ["check", "{file}", "--ignore", "GUA1O4"],
        ["check", "{file}", "--interpret", "share_bases=economic"],
        ["check", "{file}", "--interpret", "share_basis"],
        ["check", "{file}", "--interpret", "share_basis=economic", "--interpret", "share_basis=controlled"],
        ["check", "{file}", "--calendar", "{file}"],
        ["check", "{file}", "-o", "report.docx"],
    ],
)
def test_wrong_usage_gives_2_and_nothing_on_standard_output(
    run: Run, tmp_path: Path, arguments: list[str]
) -> None:
    file = written(tmp_path / "a.json", CLEAN)
    ran = run(*(argument.format(file=file) for argument in arguments))
    assert (ran.status, ran.out) == (2, "")
    assert ran.err
    assert "Traceback" not in ran.err


def test_a_defect_of_the_program_gives_4_whatever_else(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a check that is broken")

    monkeypatch.setattr(engine, "evaluate_check", broken)
    files = [written(tmp_path / "a.json", BREACH["data"]), tmp_path / "missing.json"]
    ran = run("check", *files, "--as-of", AS_OF, "--format", "json")
    codes = [problem["code"] for filing in json.loads(ran.out)["filings"] for problem in filing["problems"]]
    assert (ran.status, sorted(codes)) == (4, ["file-not-found", "program-defect"])


@pytest.mark.skipif(sys.platform != "linux", reason="the broken rule reaches workers by fork")
def test_a_defect_in_a_worker_is_a_defect_of_the_program(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_rule(*_: object) -> None:
        raise ZeroDivisionError("a rule is broken")

    written(tmp_path / "a.json", CLEAN)
    monkeypatch.setattr(shard, "evaluate", broken_rule)
    ran = run("check", tmp_path, "--lang", "en")
    assert ran.status == 4
    assert "no fault of the filing (ZeroDivisionError: a rule is broken, test_status.py:" in unwrapped(
        ran.out
    )


def broken_reader(*_: object) -> None:
    raise ZeroDivisionError("a reader is broken")


@pytest.mark.skipif(sys.platform != "linux", reason="the broken reader reaches workers by fork")
@pytest.mark.parametrize(
    "arguments",
    [
        ["read", "{file}"],
        ["headroom", "{file}"],
        ["annotate", "{file}", "-o", "{file}.xlsx"],
        ["whatif", "{file}", "--set", "net_assets:P=1"],
        ["graph", "{file}", "-o", "{file}.svg"],
        ["ruleset", "diff", "xingan-2023", "filing-consistency", "--on", "{file}"],
    ],
)
def test_so_it_is_with_commands_on_one_filing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(filing_bytes())
    monkeypatch.setattr(shard, "read_file", broken_reader)
    ran = run(*(argument.format(file=file) for argument in arguments))
    assert ran.status == 4
    assert "ZeroDivisionError: a reader is broken, test_status.py:" in unwrapped(ran.out + ran.err)


@pytest.mark.skipif(sys.platform != "linux", reason="the broken reader reaches workers by fork")
def test_so_it_is_where_a_report_is_verified(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, report = written(tmp_path / "a.json", CLEAN), tmp_path / "report.json"
    run("check", file, "--as-of", AS_OF, "-o", report)
    assert run("verify", report, file).status == 0
    monkeypatch.setattr(shard, "read_file", broken_reader)
    assert run("verify", report, file).status == 4


def test_comparing_rulesets_says_what_could_not_be_read(run: Run, tmp_path: Path) -> None:
    written(tmp_path / "a.json", CLEAN)
    (tmp_path / "b.json").write_text("{", encoding="utf-8")
    ran = run("ruleset", "diff", "xingan-2023", "filing-consistency", "--on", tmp_path, "--as-of", AS_OF)
    assert ran.status == 2
    assert (
        ran.err
        == f"{tmp_path / 'b.json'}: 不是有效的JSON：第1行第2列缺少用双引号括起的键；请更正后重新报送\n"
    )


def test_one_filing_that_can_not_be_read_is_named_with_the_cell(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "a.json", {"filing": {"group_code": "P", "year": 2024}, "debts": [{"id": "1"}]})
    for command in (["headroom"], ["annotate", "-o", tmp_path / "b.xlsx"]):
        ran = run(*command, file)
        assert ran.status == 2
        assert ran.err.startswith(f"错误：{file} /filing/reference_date: ")


def test_what_fails_outside_the_files_is_said_with_all_its_lines(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a report is broken")

    monkeypatch.setattr(api, "made_report", broken)
    ran = run("check", written(tmp_path / "a.json", CLEAN))
    assert (ran.status, ran.out) == (4, "")
    assert "in broken" in ran.err
    assert "ZeroDivisionError: a report is broken" in ran.err

"""headroom and whatif, as users call them."""

import json
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest

from soe_compliance.report.wrapping import text_width
from tests.cli.conftest import Run
from tests.cli.filings import AS_OF, CHILD, CLEAN, PARENT, written
from tools.samples.__main__ import TARGET

SAMPLE = next(TARGET.glob("02-*.xlsx"))


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    return written(tmp_path / "clean.json", CLEAN)


def test_headroom_as_json(run: Run, clean: Path) -> None:
    ran = run("headroom", clean, "--as-of", AS_OF, "--format", "json")
    found = json.loads(ran.out)
    assert (ran.status, ran.err, found["format"]) == (0, "", "soe-compliance.headroom/1")
    rooms = {(room["rule"], room["subject"]["id"]): room for room in found["rooms"]}
    group = rooms["GUA104", PARENT]
    assert (group["used"], group["limit"], group["left"], group["over"]) == ("400.00", "400.00", "0.00", None)
    own = rooms["GUA105", PARENT]
    assert (own["used"], own["limit"], own["left"], own["unit"]) == ("400.00", "2500.00", "2100.00", "万元")
    open_ = rooms["GUA105", CHILD]
    assert (open_["limit_high"], open_["left_high"]) == (None, None)
    assert open_["missing"] == ["financials.net_assets"]
    assert found["due"][0]["due"] >= AS_OF


def test_headroom_of_one_firm_keeps_the_groups_limit(run: Run, clean: Path) -> None:
    found = json.loads(
        run("headroom", clean, "--as-of", AS_OF, "--format", "json", "--entity", "某子企业").out
    )
    assert [(room["rule"], room["subject"]["id"]) for room in found["rooms"]] == [
        ("GUA104", PARENT),
        ("GUA105", CHILD),
    ]
    assert found["thresholds"] == []


def test_a_firm_that_is_not_there(run: Run, clean: Path) -> None:
    ran = run("headroom", clean, "--entity", "NOBODY")
    assert (ran.status, ran.out) == (2, "")
    assert PARENT in ran.err


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [80, 140])
@pytest.mark.parametrize(
    "arguments",
    [
        ["headroom"],
        [
            "whatif",
            "--add-guarantee",
            "兴安盟城市建设投资集团有限公司,乌兰浩特北郊热力有限公司,3000,10000,HT-1",
        ],
    ],
    ids=["headroom", "whatif"],
)
def test_nothing_is_wider_than_the_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str], columns: int, language: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    ran = run(arguments[0], SAMPLE, *arguments[1:], "--as-of", AS_OF, "--lang", language)
    lines = ran.out.splitlines()
    assert max(map(text_width, lines)) <= columns
    rules = [place for place, line in enumerate(lines) if line.startswith("---")]
    assert len(rules) == (4 if arguments[0] == "headroom" else 1)
    for place in rules:
        rows = takewhile(bool, lines[place + 1 :])
        assert all(text_width(row) <= text_width(lines[place]) for row in rows)


def test_no_number_is_broken_where_there_is_room_for_names(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    net_assets = [{"code": PARENT, "year": 2023, "net_assets": "48302110118.52"}]
    filing = written(tmp_path / "in-yuan.json", {**CLEAN, "financials": net_assets})
    out = run("headroom", filing, "--as-of", AS_OF).out
    assert "24,151,055,059.26" in out
    assert "24,151,054,659.26" in out
    assert max(map(text_width, out.splitlines())) <= 80


def whatif(run: Run, filing: Path, *arguments: str) -> tuple[int, dict[tuple[str, str], Any]]:
    ran = run("whatif", filing, "--as-of", AS_OF, "--format", "json", *arguments)
    found = json.loads(ran.out)
    return ran.status, {(one["rule"], one["subject"]): one for one in found["changes"]}


def test_a_guarantee_too_many(run: Run, clean: Path) -> None:
    status, changes = whatif(run, clean, "--add-guarantee", f"{PARENT},{CHILD},0.01")
    group = changes["GUA104", PARENT]
    assert (status, group["change"]) == (1, "breached")
    assert group["before"]["measured"]["value"] == "400.00"
    assert group["after"]["measured"]["excess"] == "0.01"
    assert group["after"]["cure"]["by"] == "-0.01"
    assert changes["GUA105", PARENT]["change"] == "numbers"


def test_a_breach_that_more_assets_would_cure(run: Run, clean: Path) -> None:
    more = (f"consolidated_net_assets:{PARENT}=1000.03",)
    status, changes = whatif(run, clean, "--add-guarantee", f"{PARENT},{CHILD},0.01", "--set", *more)
    assert status == 0
    assert changes["GUA104", PARENT]["change"] == "numbers"


def test_several_changes_are_made_one_after_the_other(run: Run, clean: Path) -> None:
    one = ("--add-guarantee", f"{PARENT},{CHILD},100,100,D1")
    _, changes = whatif(run, clean, *one, *one, "--set", "guarantees.balance:#3=7")
    assert changes["GUA105", PARENT]["after"]["measured"]["value"] == "507.00"


def test_what_fails_already_is_cured(run: Run, tmp_path: Path) -> None:
    broken = {**CLEAN, "debts": [{**CLEAN["debts"][0], "for_government": True}]}
    filing = written(tmp_path / "broken.json", broken)
    status, changes = whatif(run, filing, "--set", "debts.for_government:D1=否")
    assert (status, changes["FIN104", "D1"]["change"]) == (0, "cured")


def test_the_exit_status_is_that_of_the_filing_as_it_would_be(run: Run, clean: Path) -> None:
    advisory = ["whatif", clean, "--as-of", AS_OF, "--set", "guarantees.amount:G1=399"]
    assert run(*advisory).status == 0
    assert run(*advisory, "--fail-on", "advisory").status == 1


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--set", "x"],
        ["--set", "net_assets:NOBODY=1"],
        ["--add-guarantee", "PARENT,CHILD,x"],
        ["--add-guarantee", "9E+17,B,5"],
    ],
)
def test_what_can_not_be_supposed_is_a_matter_of_usage(run: Run, clean: Path, arguments: list[str]) -> None:
    ran = run("whatif", clean, *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err


def test_nothing_that_changes_is_said(run: Run, clean: Path) -> None:
    ran = run("whatif", clean, "--as-of", AS_OF, "--set", "guarantees.balance:G1=400", "--format", "json")
    assert json.loads(ran.out)["changes"] == []
    assert "G1" in run("whatif", clean, "--as-of", AS_OF, "--set", "guarantees.balance:G1=400").out


def test_text_of_filers_does_not_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    entities = [{**row, "name": "\x1b[31m红\u202e"} for row in CLEAN["entities"]]
    filing = written(tmp_path / "harmful.json", {**CLEAN, "entities": entities})
    for command in (["headroom", filing], ["whatif", filing, "--add-guarantee", f"{PARENT},{CHILD},9"]):
        ran = run(*command, "--as-of", AS_OF)
        assert "\x1b" not in ran.out
        assert "\u202e" not in ran.out


@pytest.mark.parametrize("command", [("headroom",), ("whatif", "--set", f"net_assets:{PARENT}=1")])
def test_one_of_several_filings_of_a_file_is_named_by_its_place(
    run: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    name, *options = command
    several = tmp_path / "several.jsonl"
    several.write_text(f"{json.dumps(CLEAN)}\n" * 2, encoding="utf-8")
    ran = run(name, several, *options, "--as-of", AS_OF)
    assert (ran.status, ran.out) == (2, "")
    assert f"{several}#1" in ran.err
    for place in ("#1", "#2"):
        shown = run(name, f"{several}{place}", *options, "--as-of", AS_OF, "--format", "json").out
        assert f'"several{place}"' in shown
    assert run(name, f"{several}#3", *options, "--as-of", AS_OF).status == 2

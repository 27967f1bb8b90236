"""The other commands: calendar, rule, ruleset, schema."""

import json
from pathlib import Path
from shutil import copy

import pytest

from soe_compliance.law.loading import load_ruleset, ruleset_ids
from tests.cli.conftest import Run
from tests.cli.test_check import SAMPLES
from tests.law.folders import SHIPPED


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2023-09-15", 20, "2023-10-19"),
        ("2024-02-05", 20, "2024-03-08"),
        ("2026-02-06", 20, "2026-03-12"),
        ("2026-02-27", 1, "2026-02-28"),
    ],
)
def test_calendar_count(run: Run, start: str, days: int, due: str) -> None:
    ran = run("calendar", "count", start, days)
    assert (ran.status, ran.out) == (0, f"{due}\n")


@pytest.mark.parametrize(
    "arguments",
    [("2026-12-31", 1), ("2027-01-01", 1), ("2003-12-01", 1), ("2024-02-30", 1), ("2024-02-05", 0)],
)
def test_calendar_count_outside_what_is_covered(run: Run, arguments: tuple[str, int]) -> None:
    ran = run("calendar", "count", *arguments)
    assert (ran.status, ran.out) == (2, "")


def test_calendar_with_a_further_year(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "calendar.yaml"
    file.write_text("- {year: 2027, source: s, days_off: [2027-01-01], worked: []}\n", encoding="utf-8")
    assert run("calendar", "count", "2026-12-31", 1, "--calendar", file).out == "2027-01-04\n"
    assert "260" in run("calendar", "show", 2027, "--calendar", file).out


def test_calendar_show(run: Run) -> None:
    off, worked = run("calendar", "show", 2024, "--lang", "en").out.splitlines()[1:]
    assert ("2024-02-12" in off, "2024-02-12" in worked) == (True, False)
    assert ("2024-02-04" in off, "2024-02-04" in worked) == (False, True)
    assert "2024-02-09" not in off
    assert run("calendar", "show", 2030).status == 2


def test_rule_list_names_every_rule(run: Run) -> None:
    lines = run("rule", "list").out.splitlines()
    assert [line.split()[0] for line in lines[2:]] == list(load_ruleset().rules)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("code", ["GUA104", "gua104"])
def test_rule_show(run: Run, code: str, lang: str) -> None:
    rule = load_ruleset().rules["GUA104"]
    ran = run("rule", "show", code, "--lang", lang)
    assert ran.status == 0
    for text in ("GUA104", rule.clause, rule.title.text.zh if lang == "zh" else rule.title.text.en, "2/5"):
        assert text in ran.out
    for key in load_ruleset().readings_of["GUA104"]:
        assert key in ran.out


def test_rule_show_under_another_reading(run: Run) -> None:
    default = run("rule", "show", "GUA104").out
    other = run("rule", "show", "GUA104", "--interpret", "group_net_assets=attributable").out
    assert "attributable_net_assets" in other
    assert "attributable_net_assets" not in default


def test_rule_show_of_an_unknown_rule_names_the_one_that_was_meant(run: Run) -> None:
    ran = run("rule", "show", "GUA1O4")
    assert (ran.status, ran.out) == (2, "")
    assert "GUA104" in ran.err


def test_ruleset_list(run: Run) -> None:
    out = run("ruleset", "list").out
    assert all(name in out for name in ruleset_ids())


def test_a_text_that_names_what_no_finding_gives_is_a_fault_of_the_ruleset(run: Run, tmp_path: Path) -> None:
    for name in ("ruleset.yaml", "GUA105.yaml", "GUA105.examples.yaml"):
        text = (SHIPPED / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("{excess}", "{exess}"), encoding="utf-8")
    ran = run("ruleset", "test", tmp_path)
    assert ran.status == 2
    assert "{exess}" in ran.err
    assert "、excess、" in ran.err


def test_ruleset_test_runs_the_examples_of_the_rules(run: Run, tmp_path: Path) -> None:
    for file in ("ruleset.yaml", "GUA105.yaml", "GUA105.examples.yaml"):
        copy(SHIPPED / file, tmp_path / file)
    assert run("ruleset", "test", tmp_path).status == 0
    examples = tmp_path / "GUA105.examples.yaml"
    text = examples.read_text(encoding="utf-8")
    examples.write_text(text.replace("expect: {P: pass}", "expect: {P: fail}", 1), encoding="utf-8")
    ran = run("ruleset", "test", tmp_path)
    assert ran.status == 1
    assert str(examples) in ran.out
    examples.unlink()
    without = run("ruleset", "test", tmp_path)
    assert (without.status, "GUA105 没有示例文件" in without.out) == (1, True)


def test_an_unknown_kind_of_schema(run: Run) -> None:
    assert run("schema", "filings").status == 2


def test_schema_of_a_ruleset_names_the_kinds_of_checks(run: Run) -> None:
    out = run("schema", "ruleset").out
    assert all(f'"{rule.check.kind}"' in out for rule in load_ruleset().rules.values())


def test_read_says_what_was_understood(run: Run, tmp_path: Path) -> None:
    filing = next(SAMPLES.glob("01-*.xlsx"))
    assert run("read", filing).status == 0
    [read] = json.loads(run("read", filing, "--format", "json").out)["filings"]
    assert read["status"] == "read"
    assert {"entities", "guarantees"} <= {table["table"] for table in read["tables"]}
    broken = tmp_path / "x.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    for file in (broken, tmp_path / "none.xlsx"):
        ran = run("read", file, "--lang", "en")
        assert ran.status == 2
        assert "can't be checked" in ran.out

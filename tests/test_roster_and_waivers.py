"""Groups that filed nothing, the reviewers' waivers, and readings that verdicts hang on."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from soe_compliance.api import Settings, check_paths
from soe_compliance.domain.errors import UserError
from soe_compliance.domain.finding import Finding, MeasuredDay, Waiver
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.report.console import console
from soe_compliance.report.model import Report

SAMPLES = Path(__file__).parent.parent / "sample_filings"
TOURISM = next(SAMPLES.glob("06-*"))


def checked(as_of: str = "2024-04-15", **settings: object) -> Report:
    return check_paths([str(TOURISM)], Settings(as_of=date.fromisoformat(as_of), **settings))  # type: ignore[arg-type]


def verdict(report: Report, rule: str, filing: str) -> Outcome:
    [finding] = [f for f in report.findings if f.rule == rule and f.filing == filing]
    return finding.outcome


@pytest.mark.parametrize(
    ("as_of", "outcome"),
    [
        ("2024-02-28", Outcome.PENDING),
        ("2024-02-29", Outcome.PENDING),
        ("2024-03-01", Outcome.FAIL),
    ],
)
def test_a_listed_group_without_a_filing_owes_its_plan(tmp_path: Path, as_of: str, outcome: Outcome) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("集团统一社会信用代码,集团名称,年度\n9115X,未报集团,2024\n", encoding="gb18030")
    report = checked(as_of, roster=str(roster))
    assert verdict(report, "INV101", "-") is outcome
    [finding] = [f for f in report.findings if f.filing == "-"]
    assert finding.subject.id == "plan:2024"
    assert (finding.subject.table, finding.subject.name) == ("plans", "未报集团")
    late = 1 if outcome is Outcome.FAIL else None
    assert finding.details.measured == MeasuredDay(None, date(2024, 2, 29), date(2024, 2, 29), late)
    assert finding.details.facts["year"] == "2024"
    assert as_of in str(finding.details.facts["filed"])
    assert len(finding.details.reasons) == 1


def test_where_the_calendar_leaves_its_due_day_open_a_duty_is_unknown(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("group_code,group_name,year\n9115X,未报集团,2099\n", encoding="utf-8")
    for as_of, outcome, said in (
        ("2099-02-28", Outcome.PENDING, 1),
        ("2099-03-01", Outcome.UNKNOWN, 2),
        ("2099-03-15", Outcome.UNKNOWN, 2),
        ("2099-03-16", Outcome.FAIL, 1),
    ):
        report = checked(as_of, roster=str(roster))
        [finding] = [f for f in report.findings if f.filing == "-" and f.rule == "INV101"]
        assert (as_of, finding.outcome, len(finding.details.reasons)) == (as_of, outcome, said)


def test_a_listed_group_that_filed_gets_no_outcome_of_its_own(tmp_path: Path) -> None:
    group = checked().filings[0]
    roster = tmp_path / "roster.csv"
    roster.write_text(f"group_code,group_name\n{group.group_code},{group.group_name}\n", encoding="utf-8")
    assert not [f for f in checked(roster=str(roster), year=2024).findings if f.filing == "-"]
    assert [f for f in checked(roster=str(roster), year=2025).findings if f.filing == "-"]


@pytest.mark.parametrize(
    ("settings", "advice"),
    [
        ({"ruleset": "guangzhou-guarantee-2016"}, ("规定报送期限的规则集", "a ruleset that sets a day")),
        ({"select": ["GUA104"]}, ("一并检查INV101", "check INV101 too")),
    ],
)
def test_where_no_rule_asks_for_a_filing_absent_groups_are_named_in_a_notice(
    tmp_path: Path, settings: dict[str, Any], advice: tuple[str, str]
) -> None:
    roster = tmp_path / "roster.csv"
    rows = "".join(f"9115{n:02},未报集团{n:02},2024\n" for n in range(1, 13))
    roster.write_text(f"group_code,group_name,year\n{rows}", encoding="utf-8")
    report = checked(roster=str(roster), **settings)
    assert not [f for f in report.findings if f.filing == "-"]
    [notice] = report.notices
    for text, said in zip((notice.zh, notice.en), advice, strict=True):
        assert said in text
        assert "12" in text
        assert "未报集团10 2024" in text
        assert "未报集团11" not in text
    assert notice.zh[:6] in console(report)
    assert not checked(**settings).notices
    assert not checked(roster=str(roster)).notices


def test_a_group_of_two_names_is_one_group(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("group_code,group_name,year\nB,乙,2024\nA,甲,2024\nB,某乙,2024\n", encoding="utf-8")
    found = [f for f in checked(roster=str(roster)).findings if f.filing == "-"]
    assert [finding.subject.name for finding in found] == ["乙", "甲"]


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("code,name\nA,B\n", "", "group_code,group_name,year"),
        ("group_code;group_name\nA;B\n", "", "commas"),
        ("group_code,group_name\n,B\n", ":2", "the code of the group is missing"),
        ("group_code,group_name\nA,B\n", ":2", "give it with --year"),
        (
            "group_code,group_name,year\nA,B,2024\nA,B,soon\n",
            ":3",
            "the year “soon” can't be used; write a year",
        ),
        (
            "group_code,group_name,year\nA,B,3024\n",
            ":2",
            "the year “3024” can't be used; write a year from 1900",
        ),
        ("group_code,group_name,year\n9.11E+17,B,2024\n", ":2", "the group_code “9.11E+17” can't be used"),
        ("group_code,group_name,year\n", "", "the roster names no group"),
    ],
)
def test_a_roster_that_lacks_something_is_refused(tmp_path: Path, text: str, place: str, said: str) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as error:
        checked(roster=str(roster))
    assert error.value.place == f"{roster}{place}"
    assert said in str(error.value)


def waivers(folder: Path, *entries: str) -> str:
    path = folder / "waivers.yaml"
    path.write_text("".join(f"- {{{entry}}}\n" for entry in entries), encoding="utf-8")
    return str(path)


WHO = "reason: 系统故障, approver: 主任办公会"


def test_a_waiver_excuses_a_breach_and_is_counted(tmp_path: Path) -> None:
    before = checked()
    name = before.filings[0].id
    file = waivers(
        tmp_path, f"rule: INV101, subject: 'plan:2024', filing: {name}, {WHO}, expires_on: 2024-12-31"
    )
    after = checked(waivers=file)
    assert verdict(before, "INV101", name) is Outcome.FAIL
    assert verdict(after, "INV101", name) is Outcome.WAIVED
    assert after.filings[0].outcomes[Outcome.FAIL] == before.filings[0].outcomes[Outcome.FAIL] - 1
    assert after.filings[0].outcomes[Outcome.WAIVED] == before.filings[0].outcomes.get(Outcome.WAIVED, 0) + 1
    assert not after.notices
    [waived] = [f for f in after.findings if f.outcome is Outcome.WAIVED and f.waiver and f.rule == "INV101"]
    assert waived.waiver == Waiver("reviewer", None, "主任办公会", "系统故障", date(2024, 12, 31))


def test_a_waiver_holds_to_its_last_day(tmp_path: Path) -> None:
    name = checked().filings[0].id
    entry = f"rule: INV101, subject: 'plan:2024', filing: {name}, {WHO}, expires_on: 2024-04-15"
    report = checked(waivers=waivers(tmp_path, entry))
    assert verdict(report, "INV101", name) is Outcome.WAIVED
    assert not report.notices


def test_of_two_waivers_of_a_breach_the_later_is_used_and_named(tmp_path: Path) -> None:
    name = checked().filings[0].id
    entry = f"rule: INV101, subject: 'plan:2024', filing: {name}, {WHO}, expires_on: 2024-12-3"
    file = waivers(tmp_path, entry + "0", entry + "1", entry.replace(name, "another") + "1")
    report = checked(waivers=file)
    assert verdict(report, "INV101", name) is Outcome.WAIVED
    assert [notice.en for notice in report.notices] == [
        f"waiver {file}:1 INV101 plan:2024 ({name}) is replaced by {file}:2",
        f"waiver {file}:3 INV101 plan:2024 (another) met no breach",
    ]


def test_where_a_filing_can_not_be_read_a_group_is_not_said_to_have_filed_nothing(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("group_code,group_name,year\n9115X,未报集团,2024\n", encoding="utf-8")
    broken = tmp_path / "broken.json"
    for text, said in (
        ("{", "另有1份填报无法读取，是否为其所报请先核对"),
        (None, "没有2024年度可读取的填报"),
    ):
        broken.write_text(text, encoding="utf-8") if text else broken.unlink()
        paths = [str(TOURISM), *([str(broken)] if text else [])]
        report = check_paths(paths, Settings(as_of=date(2024, 4, 15), roster=str(roster)))
        [finding] = [found for found in report.findings if found.filing == "-"]
        assert finding.outcome is Outcome.FAIL
        assert said in finding.details.reasons[-1].zh


def test_a_waiver_that_expired_or_met_no_breach_is_reported(tmp_path: Path) -> None:
    name = checked().filings[0].id
    file = waivers(
        tmp_path,
        f"rule: INV101, subject: 'plan:2024', filing: {name}, {WHO}, expires_on: 2024-04-14",
        f"rule: INV103, subject: 'plan:2024', filing: {name}, {WHO}, expires_on: 2024-12-31",
    )
    report = checked(waivers=file)
    assert verdict(report, "INV101", name) is Outcome.FAIL
    assert len(report.notices) == 2
    assert [rule for rule in ("INV101", "INV103") if any(rule in notice.zh for notice in report.notices)] == [
        "INV101",
        "INV103",
    ]


@pytest.mark.parametrize("rule", ["GUA101", "INV999"])
def test_prohibitions_and_unknown_rules_cannot_be_waived(tmp_path: Path, rule: str) -> None:
    file = waivers(tmp_path, f"rule: {rule}, subject: X, filing: other.json, {WHO}, expires_on: 2024-12-31")
    with pytest.raises(UserError) as error:
        checked(waivers=file)
    assert error.value.place == f"{file}:1"
    assert rule in error.value.what.zh
    assert error.value.remedy is not None


def test_a_verdict_says_which_readings_it_hangs_on() -> None:
    plain, sensitive = checked(), checked(interpret_all=True)
    hanging = {(f.rule, f.subject.id): f.sensitive_to for f in sensitive.findings if f.sensitive_to}
    assert hanging
    for (rule, subject), keys in hanging.items():
        for key in keys:
            interpretation = plain.ruleset.interpretations[key]
            others = interpretation.others(plain.ruleset.readings[key])
            base = {f.outcome for f in shown({}) if (f.rule, f.subject.id) == (rule, subject)}
            read_otherwise = [
                {f.outcome for f in shown({key: other}) if (f.rule, f.subject.id) == (rule, subject)}
                for other in others
            ]
            assert any(outcomes != base for outcomes in read_otherwise)


def shown(readings: dict[str, str]) -> Sequence[Finding]:
    return checked(interpret=readings, show=tuple(Outcome)).findings

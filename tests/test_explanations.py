"""The filer's explanations: what they may answer, when they lapse, and that they change no outcome."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from msgspec.structs import replace

from soe_compliance.checks.explanations import compared_value, states
from soe_compliance.domain.exact import Interval
from soe_compliance.domain.finding import (
    Details,
    Evidence,
    Finding,
    Measured,
    MeasuredAmount,
    MeasuredCount,
    MeasuredDay,
    Subject,
)
from soe_compliance.domain.outcomes import Outcome, Severity
from soe_compliance.domain.workdays import official_calendar
from soe_compliance.engine import Checked, Options, evaluate
from soe_compliance.filings.problems import CATALOGUE
from soe_compliance.law.loading import load_ruleset
from tests.judging import checked, filing_of, ruleset_with

AS_OF = date(2024, 4, 15)
GROUP = "91152200MA0N00001A"


def document(*explanations: Mapping[str, Any]) -> dict[str, Any]:
    """A group that owes its plan, with a pending report, and three breaches of the principal kinds."""
    return {
        "filing": {
            "group_code": GROUP,
            "group_name": "示例集团",
            "year": 2024,
            "reference_date": "2024-03-31",
            "filed_on": "2024-04-15",
        },
        "entities": [{"code": GROUP, "name": "示例集团", "level": 1, "consolidated": True, "solvent": False}],
        "holdings": [],
        "financials": [
            {"code": GROUP, "year": 2023, "net_assets": 5000, "consolidated_net_assets": 5000, "total_assets": 9000,
             "total_liabilities": 8000, "net_profit": -1, "operating_cash_flow": -1, "audited": True}
        ],
        "plans": [],
        "projects": [],
        "approvals": [],
        "investment_reports": [],
        "guarantees": [
            {"id": "G1", "guarantor_code": GROUP, "beneficiary_code": "OUTSIDER", "debt_id": "D", "debt_balance": 9000,
             "amount": 9000, "balance": 9000, "signed_on": "2024-03-01"}
        ],
        "financing_reports": [],
        "debts": [{"id": "L1", "borrower_code": GROUP, "balance": 100, "for_government": True}],
        "explanations": list(explanations),
    }  # fmt: skip


def judge(*explanations: Mapping[str, Any]) -> Checked:
    [result] = checked([filing_of(document(*explanations))], AS_OF, ruleset_with({}))
    return result


def some(outcome: Outcome, *severities: Severity) -> Finding:
    return next(
        f for f in judge().findings if f.outcome is outcome and f.severity in (severities or Severity)
    )


def answered(finding: Finding, **row: Any) -> tuple[Finding, list[str]]:
    """The same finding of the filing with an explanation, and the codes of the problems with explanations."""
    result = judge({"fingerprint": finding.fingerprint, "text": "已与银行商定", **row})
    [same] = [f for f in result.findings if f.fingerprint == finding.fingerprint]
    return same, [p.code for p in result.result.problems if p.table == "explanations"]


PENDING = some(Outcome.PENDING)
PRINCIPLE = some(Outcome.FAIL, Severity.PRINCIPLE, Severity.ADVISORY)


@pytest.mark.parametrize("finding", [PENDING, PRINCIPLE], ids=lambda f: f"{f.outcome.key}-{f.severity}")
def test_a_pending_or_a_principle_finding_shows_what_the_filer_says(finding: Finding) -> None:
    same, problems = answered(finding, by="王某", written_on="2024-04-10")
    assert same.explanation is not None
    assert (same.explanation.text, same.explanation.by) == ("已与银行商定", "王某")
    assert same.explanation.written_on == date(2024, 4, 10)
    assert replace(same, explanation=None) == finding
    assert problems == []


@pytest.mark.parametrize("severity", [Severity.PROHIBITION, Severity.MANDATORY])
def test_a_prohibition_or_a_mandatory_breach_is_not_explained_away(severity: Severity) -> None:
    finding = some(Outcome.FAIL, severity)
    same, problems = answered(finding)
    assert same == finding
    assert problems == ["explanation-not-allowed"]


def test_nobody_is_sent_for_an_exception_that_can_excuse_nothing() -> None:
    assert "例外" not in CATALOGUE["explanation-not-allowed"][1].zh
    assert "exception" not in CATALOGUE["explanation-not-allowed"][1].en


def test_no_explanation_changes_any_outcome() -> None:
    bare = judge()
    said = judge(*({"fingerprint": f.fingerprint, "text": "说明"} for f in bare.findings))
    assert said.result.outcomes == bare.result.outcomes
    assert [f.outcome for f in said.findings] == [f.outcome for f in bare.findings]


def test_an_explanation_lapses_with_its_value() -> None:
    finding, now = next(
        (f, measured.value.low)
        for f in judge().findings
        if isinstance(measured := f.details.measured, MeasuredAmount)
        and f.outcome is Outcome.FAIL
        and f.severity in (Severity.PRINCIPLE, Severity.ADVISORY)
    )
    same, problems = answered(finding, measured=str(float(now)))
    assert same.explanation is not None
    assert problems == []
    same, problems = answered(finding, measured=str(float(now) + 0.01))
    assert same.explanation is None
    assert problems == ["explanation-lapsed"]


def test_two_cells_are_no_value_that_was_compared() -> None:
    cells = tuple(Evidence("guarantees", "G1", field, "是", "") for field in ("form", "home_buyers"))
    assert compared_value(Details(Subject("guarantees", "G1"), evidence=cells)) == ""
    assert compared_value(Details(Subject("guarantees", "G1"), evidence=cells[:1])) == "是"


def test_who_explained_may_be_blank_and_so_may_the_value() -> None:
    same, problems = answered(PRINCIPLE, measured="  ", by=None)
    assert same.explanation is not None
    assert (same.explanation.by, same.explanation.written_on) == (None, None)
    assert problems == []


def test_an_explanation_without_effect_is_told_of_by_its_cell() -> None:
    finding = some(Outcome.FAIL, Severity.MANDATORY, Severity.PROHIBITION)
    result = judge({"fingerprint": finding.fingerprint, "text": "说明"})
    [problem] = [p for p in result.result.problems if p.table == "explanations"]
    assert (problem.field, problem.location) == ("fingerprint", "/explanations/0/fingerprint")
    assert finding.rule in problem.text.zh
    assert finding.severity.label.zh in problem.text.zh
    result = judge({"fingerprint": PRINCIPLE.fingerprint, "text": "说明", "measured": "别的"})
    [problem] = [p for p in result.result.problems if p.table == "explanations"]
    assert (problem.field, problem.location) == ("measured", "/explanations/0/measured")
    for said in ("别的", PRINCIPLE.rule, compared_value(PRINCIPLE.details) or "未填"):
        assert said in problem.text.zh


def test_the_last_explanation_that_holds_is_shown() -> None:
    mark = PENDING.fingerprint
    result = judge({"fingerprint": mark, "text": "先"}, {"fingerprint": mark.upper(), "text": "后"})
    [same] = [f for f in result.findings if f.fingerprint == mark]
    assert same.explanation is not None
    assert same.explanation.text == "后"


def test_an_explanation_of_nothing_is_mentioned_if_all_rules_were_evaluated() -> None:
    filing = filing_of(document({"fingerprint": "0" * 16, "text": "说明"}))
    ruleset = load_ruleset()
    for rules, expected in ((tuple(ruleset.rules), ["explanation-unmatched"]), (("INV101",), [])):
        [result] = evaluate([filing], ruleset, official_calendar(), Options(AS_OF, rules))
        assert [p.code for p in result.result.problems if p.table == "explanations"] == expected


def amount(low: str) -> MeasuredAmount:
    return MeasuredAmount(Interval(Fraction(low), Fraction(low)), Interval(Fraction(1), Fraction(1)), "万元")


@pytest.mark.parametrize(
    ("written", "measured", "same"),
    [
        ("6,100.00万元", amount("6100"), True),
        ("６１００", amount("6100"), True),
        (6100.0, amount("6100"), True),
        ("6100元", amount("6100"), False),
        ("6100.01", amount("6100"), False),
        ("nan", amount("6100"), False),
        ("1e999999999", amount("6100"), False),
        ("0.333333333333", amount("1/3"), True),
        ("2024年3月1日", MeasuredDay(date(2024, 3, 1), date(2024, 2, 29), date(2024, 2, 29), 1), True),
        ("2024-03-02", MeasuredDay(date(2024, 3, 1), date(2024, 2, 29), date(2024, 2, 29), 1), False),
        ("某日", MeasuredDay(date(2024, 3, 1), date(2024, 2, 29), date(2024, 2, 29), 1), False),
        ("6 100", amount("6100"), True),
        ("", MeasuredDay(None, date(2024, 2, 29), date(2024, 2, 29), 1), True),
        ("2024-02-29", MeasuredDay(None, date(2024, 2, 29), date(2024, 2, 29), 1), False),
        ("3", MeasuredCount(3, 1), True),
        ("3万元", MeasuredCount(3, 1), False),
        ("3XXXX", MeasuredCount(3, 1), False),
        ("2", MeasuredCount(3, 1), False),
        ("是", None, True),
        ("否", None, False),
    ],
)
def test_a_value_is_the_same_however_it_is_written(
    written: object, measured: Measured | None, same: bool
) -> None:
    cell = Evidence("guarantees", "G1", "form", "是", "担保台账!H2")
    assert states(written, Details(Subject("guarantees", "G1"), measured, evidence=(cell,))) is same

"""Reports made by hand: every outcome, every kind of measurement, and texts that would do harm."""

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from msgspec.structs import replace

from soe_compliance.domain.exact import Interval
from soe_compliance.domain.finding import (
    Cure,
    Details,
    Evidence,
    Finding,
    MeasuredAmount,
    MeasuredCount,
    MeasuredDay,
    Subject,
    Waiver,
    fingerprint,
    stated,
)
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Text
from soe_compliance.engine import FilingResult, Status
from soe_compliance.filings.problems import problem
from soe_compliance.report.model import Report
from tests.report.rules import tiny_ruleset

RULESET = tiny_ruleset()
PARENT = "91152200MA0N000016"
HARMFUL = '=cmd|" /C calc"!A0\n第二行\x1b[31m红\u202e<script>alert(1)</script>'


RUN_DOWN = Cure(
    "guarantees",
    "DB-003",
    "balance",
    stated(Fraction(3000)),
    stated(Fraction(1900)),
    "万元",
    "担保台账!H7",
)
"""Cures `over_cap`."""


def point(number: int | str) -> Interval:
    return Interval(Fraction(number), Fraction(number))


def finding(rule: str, outcome: Outcome, details: Details, *, filing: str = "a", **changes: Any) -> Finding:
    law = RULESET.rules[rule]
    made = Finding(
        fingerprint=fingerprint("tiny", rule, PARENT, 2024, details.subject.id),
        filing=filing,
        rule=rule,
        outcome=outcome,
        severity=law.severity,
        responsible=law.responsible,
        clause=law.clause,
        details=details,
    )
    return replace(made, **changes)


def over_cap(name: str = "兴安盟城市建设投资有限公司", **changes: Any) -> Finding:
    details = Details(
        subject=Subject("entities", "91152200MA0N000024", name),
        measured=MeasuredAmount(point(6100), point(5000), "万元"),
        evidence=(
            Evidence("guarantees", "DB-003", "balance", "3000", "担保台账!H7"),
            Evidence("guarantees", "DB-004", "balance", "3100", "担保台账!H8"),
            Evidence("guarantees", "DB-005", "balance", "0", "担保台账!H9"),
            Evidence("financials", "91152200MA0N000024:2023", "net_assets", "10000", "财务数据!C5"),
        ),
        facts={"base_year": "2023", "base": "10,000.00万元"},
    )
    return finding("GUA105", Outcome.FAIL, replace(details, **changes))


def waived_total() -> Finding:
    details = Details(
        subject=Subject("entities", PARENT, "兴安盟投资集团有限公司"),
        measured=MeasuredAmount(point("200.5"), Interval(Fraction(200, 3), Fraction(200, 3)), "万元"),
        evidence=(Evidence("guarantees", "#2", "balance", "200.5", "担保台账!H3"),),
    )
    waiver = Waiver("filing", "兴国资〔2024〕1号", "盟国资委", "历史担保", date(2024, 12, 31))
    return finding("GUA104", Outcome.WAIVED, details, waiver=waiver)


def unrelated(name: str = "外部企业") -> Finding:
    details = Details(
        subject=Subject("guarantees", "DB-003", name),
        evidence=(Evidence("guarantees", "DB-003", "beneficiary_code", name, "担保台账!D7"),),
        facts={"guarantor": Text("集团", "the group")},
    )
    return finding("GUA101", Outcome.FAIL, details)


def decided_late() -> Finding:
    details = Details(
        subject=Subject("approvals", "HZ-01"),
        measured=MeasuredDay(date(2024, 3, 25), date(2024, 3, 19), date(2024, 3, 19), 6),
        evidence=(Evidence("approvals", "HZ-01", "decided_on", "2024-03-25", "核准事项!H2"),),
        facts={"decided": Text("实际于2024-03-25办结", "it was decided on 2024-03-25")},
    )
    return finding("INV205", Outcome.FAIL, details)


def awaiting() -> Finding:
    details = Details(
        subject=Subject("approvals", "HZ-02"),
        measured=MeasuredDay(None, date(2027, 2, 28), date(2027, 3, 15), None),
    )
    return finding("INV205", Outcome.PENDING, details)


def undecided() -> Finding:
    details = Details(
        subject=Subject("entities", "91152200MA0N000032", "兴安盟粮食储备有限公司"),
        measured=MeasuredAmount(Interval(Fraction(100), None), Interval(Fraction(0), Fraction(200)), "万元"),
        missing=("guarantees.balance", "financials.net_assets"),
        reasons=(Text("持证业务不能确定。", "whether it is licensed is not known"),),
    )
    return finding("GUA105", Outcome.UNKNOWN, details)


def adjusted_twice() -> Finding:
    details = Details(subject=Subject("plans", "regular_adjustment:2024"), measured=MeasuredCount(2, 1))
    return finding("INV103", Outcome.FAIL, details)


def filing(**changes: Any) -> FilingResult:
    made = FilingResult(
        id="a",
        source="inbox/a.xlsx",
        digest="sha256:" + "0" * 64,
        status=Status.CHECKED,
        problems=(),
        outcomes={
            Outcome.FAIL: 4,
            Outcome.WAIVED: 1,
            Outcome.PENDING: 1,
            Outcome.UNKNOWN: 1,
            Outcome.PASS: 57,
        },
        group_code=PARENT,
        group_name="兴安盟投资集团有限公司",
        year=2024,
        reference_date=date(2024, 3, 31),
    )
    return replace(made, **changes)


def broken_filing() -> FilingResult:
    return FilingResult(
        id="b",
        source="inbox/b.xlsx",
        digest=None,
        status=Status.UNREADABLE,
        problems=(problem("file-encrypted"),),
        outcomes={},
    )


def all_findings() -> tuple[Finding, ...]:
    return (
        over_cap(),
        waived_total(),
        unrelated(),
        decided_late(),
        awaiting(),
        undecided(),
        adjusted_twice(),
    )


def report(**changes: Any) -> Report:
    made = Report(
        generated_at=datetime(2024, 4, 15, 8, 0, tzinfo=UTC),
        as_of=date(2024, 4, 15),
        ruleset=RULESET,
        filings=(filing(),),
        findings=all_findings(),
    )
    return replace(made, **changes)


def full_report() -> Report:
    """A report with two filings, one of them unreadable, notices and problems."""
    problems = (
        problem(
            "cell-unreadable",
            table="guarantees",
            field="signed_on",
            location="担保台账!L7",
            header="签署日期",
            value="2017126",
            expected="日期",
        ),
        problem("sheet-unknown", location="附表", sheet="附表"),
    )
    return report(
        filings=(filing(status=Status.INCOMPLETE, problems=problems), broken_filing()),
        as_of=date(2025, 5, 6),
        notices=(Text("同一集团有两份填报", "one group has two filings"),),
    )


def harmful_report() -> Report:
    """A report in which every text of a filer is harmful."""
    texts = (
        HARMFUL,
        "+1+1",
        "-2+3",
        "@x",
        "http://example.com/x",
        "{=1+1}",
        "＝1",
        "internal:'x'!A1",
        "00123",
        "1234567890123456789",
    )
    findings = tuple(
        over_cap(name=text, subject=Subject("entities", text, text), evidence=(_cell(text),))
        for text in texts
    )
    named = filing(group_name=HARMFUL, source="in\udcffbox/\x1b]0;x\x07.xlsx")
    return report(findings=findings, filings=(named, replace(broken_filing(), source=HARMFUL)))


def _cell(text: str) -> Evidence:
    return Evidence("guarantees", text, "balance", text, f"担保台账!H7{text}")

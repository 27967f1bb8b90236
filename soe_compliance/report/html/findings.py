"""A finding as the page shows it: in words, with its numbers and its cells."""

from collections.abc import Iterator

from msgspec import Struct

from soe_compliance.domain.finding import (
    Evidence,
    Finding,
    Measured,
    MeasuredAmount,
    MeasuredCount,
    MeasuredDay,
    Subject,
    Waiver,
)
from soe_compliance.domain.outcomes import Outcome, Responsible
from soe_compliance.domain.text import Language, Text
from soe_compliance.law.kinds.base import Kind
from soe_compliance.law.model import Ruleset
from soe_compliance.report import wording

MOST_CELLS = 12

SIGNS = {
    Outcome.FAIL: "✕",
    Outcome.WAIVED: "◇",
    Outcome.PENDING: "○",
    Outcome.UNKNOWN: "？",
    Outcome.PASS: "✓",
    Outcome.NOT_APPLICABLE: "–",
}
"""What stands before the word of each outcome, so that they differ by shape."""

_AMOUNT = {"value": Text("实际", "Value"), "limit": Text("限额", "Limit"), "excess": Text("超出", "Excess")}
_DAY = {
    "day": Text("实际日期", "Date"),
    "due": Text("到期日", "Due"),
    "days_late": Text("超期天数", "Days late"),
}
_ORDER = {
    "day": Text("实际日期", "Date"),
    "due": Text("对照日", "Compared with"),
    "days_late": Text("相差天数", "Days between"),
}
"""For a day that is measured against another day of the filing."""
_COUNT = {"value": Text("实际次数", "Count"), "limit": Text("上限", "Limit")}
_LABELS: dict[type[Measured], dict[str, Text]] = {
    MeasuredAmount: _AMOUNT,
    MeasuredDay: _DAY,
    MeasuredCount: _COUNT,
}
_MORE_CELLS = Text("共{all}处，此处列前{shown}处", "the first {shown} of {all}")
_REASON = Text("事由：{reason}", "reason: {reason}")
_UNTIL = Text("有效期至{day}", "until {day}")
_BY_REVIEWER = Text("审核人员豁免", "waived by the reviewer")


class CellView(Struct, frozen=True):
    """A cell: its place, the field, the row where that is not the finding's subject, and what it says."""

    location: str
    field: str
    row: str
    value: str


class FindingView(Struct, frozen=True):
    """A finding in words; `numbers` are pairs of a label and a text."""

    outcome: Outcome
    sign: str
    outcome_label: str
    severity: str
    severity_label: str
    of_regulator: bool
    hangs: bool
    rule: str
    title: str
    clause: str
    subject: str
    subject_id: str
    message: str
    numbers: tuple[tuple[str, str], ...]
    cells: tuple[CellView, ...]
    more_cells: str
    remedy: str
    explanation: str
    waiver: str
    fingerprint: str


def finding_view(finding: Finding, ruleset: Ruleset, language: Language) -> FindingView:
    """What the page shows of a finding."""
    rule = ruleset.rules[finding.rule]
    subject, cells = finding.subject, list(dict.fromkeys(finding.details.evidence))
    more = _MORE_CELLS.format(all=len(cells), shown=MOST_CELLS) if len(cells) > MOST_CELLS else Text("", "")
    return FindingView(
        outcome=finding.outcome,
        sign=SIGNS[finding.outcome],
        outcome_label=finding.outcome.label.in_(language),
        severity=finding.severity.value,
        severity_label=finding.severity.label.in_(language),
        of_regulator=finding.responsible is Responsible.REGULATOR,
        hangs=bool(finding.sensitive_to),
        rule=finding.rule,
        title=rule.title.text.in_(language),
        clause=finding.clause,
        subject=subject.name or subject.id,
        subject_id=subject.id if subject.name and subject.name != subject.id else "",
        message=wording.message(finding, ruleset, language),
        numbers=tuple(_numbers(finding.details.measured, rule.check, language)),
        cells=tuple(_cell(cell, subject, language) for cell in cells[:MOST_CELLS]),
        more_cells=more.in_(language),
        remedy=wording.remedy(finding, ruleset, language),
        explanation=wording.explanation(finding.explanation, language) if finding.explanation else "",
        waiver=_waiver(finding.waiver, language) if finding.waiver else "",
        fingerprint=finding.fingerprint,
    )


def _numbers(measured: Measured | None, check: Kind, language: Language) -> Iterator[tuple[str, str]]:
    if measured is None:
        return
    values = wording.measured_values(measured, language)
    of_days = isinstance(measured, MeasuredDay) and check.compares_days
    for key, label in (_ORDER if of_days else _LABELS[type(measured)]).items():
        if key in values:
            yield label.in_(language), values[key]


def _cell(cell: Evidence, subject: Subject, language: Language) -> CellView:
    field = wording.field_name(cell.table, cell.field, language)
    return CellView(cell.location, field, "" if cell.id == subject.id else cell.id, cell.value)


def _waiver(waiver: Waiver, language: Language) -> str:
    parts = [waiver.approval_no or _BY_REVIEWER.in_(language), waiver.approver or ""]
    if waiver.reason:
        parts.append(_REASON.in_(language).format(reason=waiver.reason))
    if waiver.expires_on:
        parts.append(_UNTIL.in_(language).format(day=waiver.expires_on.isoformat()))
    return ("；" if language == "zh" else "; ").join(part for part in parts if part)

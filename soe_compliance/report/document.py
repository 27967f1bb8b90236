"""The report as JSON: its models, from which its schema comes, and how they are filled."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from soe_compliance.domain.amounts import plain
from soe_compliance.domain.exact import Interval
from soe_compliance.domain.finding import (
    CellValue,
    Cure,
    Evidence,
    Finding,
    Measured,
    MeasuredAmount,
    MeasuredCount,
    MeasuredDay,
    Waiver,
)
from soe_compliance.domain.outcomes import Outcome, Responsible, Severity
from soe_compliance.domain.text import Language
from soe_compliance.engine import FilingResult, Status
from soe_compliance.filings.problems import Level, Problem
from soe_compliance.law.model import Ruleset
from soe_compliance.report import summary, wording
from soe_compliance.report.model import FORMAT, TOOL, VERSION, Report
from soe_compliance.report.numbers import fraction_if_endless
from soe_compliance.report.safe import json_escaped, storable

Raw = Annotated[str, BeforeValidator(storable)]
"""A text as a filer wrote it; only what UTF-8 can't hold is written out."""
Number = Annotated[str, Field(pattern=r"^-?\d{1,400}(\.\d{1,400})?$")]
"""An exact decimal."""
Ratio = Annotated[str, Field(pattern=r"^-?\d{1,400}/[1-9]\d{0,399}$")]
"""A fraction such as 2/3."""


def _is_day(text: str) -> str:
    date.fromisoformat(text)
    return text


def _is_instant(text: str) -> str:
    datetime.fromisoformat(text)
    return text


Day = Annotated[str, AfterValidator(_is_day), Field(json_schema_extra={"format": "date"})]
Instant = Annotated[str, AfterValidator(_is_instant), Field(json_schema_extra={"format": "date-time"})]
OutcomeKey = Literal["fail", "waived", "pending", "unknown", "pass", "not_applicable"]
Outcomes = dict[OutcomeKey, int]


class Document(BaseModel):
    """A part of the JSON report. A key that has a default may be lacking."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class ToolDocument(Document):
    name: str
    version: str


class RulesetDocument(Document):
    id: str
    title: str
    digest: str = Field(description="SHA-256 of all but the texts")
    interpretations: dict[str, str] = Field(description="the readings in force")
    notices: list[Raw]


class SummaryDocument(Document):
    filings: int = Field(description="all that were given, unreadable ones included")
    unreadable: int
    outcomes: Outcomes


class ProblemDocument(Document):
    level: Level
    code: str
    message: Raw
    table: str | None
    field: str | None
    location: Raw | None


class FilingDocument(Document):
    id: Raw
    source: Raw
    digest: str | None
    group_code: Raw | None
    group_name: Raw | None
    year: int | None
    reference_date: date | None
    status: Status
    outcomes: Outcomes = Field(description="how often each outcome came; those that did not are left out")
    problems: list[ProblemDocument]


class SubjectDocument(Document):
    table: str
    id: Raw
    name: Raw


class AmountDocument(Document):
    """An amount against its limit: decimal strings. An upper end is given where it differs; null is none."""

    value: Number
    value_high: Number | None = None
    limit: Number
    limit_high: Number | None = None
    excess: Number | None
    unit: str
    exact: Ratio | None = Field(default=None, description="the fraction of which a number shows 12 decimals")


class DayDocument(Document):
    """A day against the day it was due."""

    date: Day | None = Field(description="the day, null where none is stated")
    due: Day
    due_high: Day | None = Field(
        default=None, description="where the calendar leaves the due day open: the latest"
    )
    days_late: int | None


class CountDocument(Document):
    """A count against its limit."""

    value: Number
    limit: Number


class EvidenceDocument(Document):
    """A cell that the verdict rests on."""

    table: str
    id: Raw
    field: str
    value: Raw
    location: Raw


class CureDocument(Document):
    """The smallest change that cures."""

    table: str
    id: Raw
    field: str
    from_: str | None = Field(alias="from")
    to: str = Field(description="amounts in the filing's unit; listed values separated by commas")
    by: str | None
    row: dict[str, Raw] | None = Field(
        default=None, description="what the row states besides, where it is still to be added"
    )


class WaiverDocument(Document):
    source: str
    approval_no: Raw | None
    approver: Raw | None
    reason: Raw | None
    expires_on: date | None


class FindingDocument(Document):
    fingerprint: str
    filing: Raw
    rule: str
    outcome: OutcomeKey
    severity: Severity
    responsible: Responsible
    subject: SubjectDocument
    clause: str
    message: str
    measured: AmountDocument | DayDocument | CountDocument | None
    missing: list[str] = Field(description="the blank inputs that the verdict hangs on, as table.field")
    sensitive_to: list[str]
    explanation: Raw | None = Field(description="what the filer says of it; it changes no outcome")
    evidence: list[EvidenceDocument]
    remedy: str
    cure: CureDocument | None
    waiver: WaiverDocument | None


class ReportDocument(Document):
    """What was checked, by what, and what was found."""

    format: Literal["soe-compliance.report/1"]
    tool: ToolDocument
    generated_at: Instant
    as_of: date
    ruleset: RulesetDocument
    summary: SummaryDocument
    filings: list[FilingDocument]
    findings: list[FindingDocument]


def document(report: Report, language: Language = "zh") -> ReportDocument:
    """The report as its JSON shows it."""
    return report_document(
        report,
        language,
        filings=[filing_document(filing, language) for filing in report.filings],
        findings=[finding_document(finding, report.ruleset, language) for finding in report.findings],
    )


def report_document(
    report: Report,
    language: Language,
    *,
    filings: Sequence[FilingDocument] = (),
    findings: Sequence[FindingDocument] = (),
) -> ReportDocument:
    """The report with these of its filings and findings."""
    return ReportDocument(
        format=FORMAT,
        tool=ToolDocument(name=TOOL, version=VERSION),
        generated_at=instant(report.generated_at),
        as_of=report.as_of,
        ruleset=ruleset_document(report, language),
        summary=summary_document(report),
        filings=list(filings),
        findings=list(findings),
    )


def to_json(part: Document, *, indent: int = 2) -> str:
    """A document as JSON: keys in the models' order, nothing in it that could steer a terminal."""
    return json_escaped(part.model_dump_json(indent=indent, by_alias=True, exclude_unset=True))


def report_schema() -> dict[str, Any]:
    """The JSON Schema of a report."""
    schema = ReportDocument.model_json_schema(mode="validation", by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "soe-compliance report",
    }


def instant(moment: datetime) -> str:
    """A time in UTC to the second; one without a zone is in UTC."""
    utc = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return utc.strftime("%Y-%m-%dT%H:%M:%SZ")


def ruleset_document(report: Report, language: Language) -> RulesetDocument:
    ruleset = report.ruleset
    return RulesetDocument(
        id=ruleset.id,
        title=ruleset.title.text.in_(language),
        digest=ruleset.digest,
        interpretations=dict(ruleset.readings),
        notices=[notice.in_(language) for notice in summary.notices(report)],
    )


def summary_document(report: Report) -> SummaryDocument:
    totals = summary.outcome_totals(report)
    return SummaryDocument(
        filings=len(report.filings),
        unreadable=len(summary.unreadable(report)),
        outcomes={_key(outcome): count for outcome, count in totals.items()},
    )


def filing_document(filing: FilingResult, language: Language) -> FilingDocument:
    return FilingDocument(
        id=filing.id,
        source=filing.source,
        digest=filing.digest,
        group_code=filing.group_code,
        group_name=filing.group_name,
        year=filing.year,
        reference_date=filing.reference_date,
        status=filing.status,
        outcomes={_key(o): filing.outcomes[o] for o in Outcome if filing.outcomes.get(o)},
        problems=[_problem(problem, language) for problem in filing.problems],
    )


def finding_document(finding: Finding, ruleset: Ruleset, language: Language) -> FindingDocument:
    details, subject = finding.details, finding.subject
    return FindingDocument.model_validate(
        {
            "fingerprint": finding.fingerprint,
            "filing": finding.filing,
            "rule": finding.rule,
            "outcome": finding.outcome.key,
            "severity": finding.severity,
            "responsible": finding.responsible,
            "subject": {"table": subject.table, "id": subject.id, "name": subject.name},
            "clause": finding.clause,
            "message": wording.message(finding, ruleset, language),
            "measured": measured_document(details.measured),
            "missing": details.missing,
            "sensitive_to": finding.sensitive_to,
            "explanation": wording.explanation(finding.explanation, language)
            if finding.explanation
            else None,
            "evidence": [_evidence(cell) for cell in details.evidence],
            "remedy": wording.remedy(finding, ruleset, language),
            "cure": None if details.cure is None else _cure(details.cure),
            "waiver": None if finding.waiver is None else _waiver(finding.waiver),
        }
    )


def _key(outcome: Outcome) -> OutcomeKey:
    keys: dict[Outcome, OutcomeKey] = {
        Outcome.FAIL: "fail",
        Outcome.WAIVED: "waived",
        Outcome.PENDING: "pending",
        Outcome.UNKNOWN: "unknown",
        Outcome.PASS: "pass",
        Outcome.NOT_APPLICABLE: "not_applicable",
    }
    return keys[outcome]


def _problem(problem: Problem, language: Language) -> ProblemDocument:
    return ProblemDocument(
        level=problem.level,
        code=problem.code,
        message=problem.in_(language),
        table=problem.table,
        field=problem.field,
        location=problem.location,
    )


def evidence_document(cell: Evidence) -> EvidenceDocument:
    return EvidenceDocument.model_validate(_evidence(cell))


def _evidence(cell: Evidence) -> dict[str, str]:
    return {
        "table": cell.table,
        "id": cell.id,
        "field": cell.field,
        "value": cell.value,
        "location": cell.location,
    }


def _cure(cure: Cure) -> CureDocument:
    keys: dict[str, Any] = {"table": cure.table, "id": cure.id, "field": cure.field}
    keys |= {
        "from": None if cure.from_ is None else plain_value(cure.from_.value, least=0),
        "to": plain_value(cure.to.value),
    }
    keys |= {"by": None if cure.by is None else plain(cure.by)}
    if cure.row is not None:
        keys["row"] = dict(cure.row)
    return CureDocument.model_validate(keys)


def plain_value(value: CellValue, least: int = 2) -> str:
    """A value of a cell as JSON states it: amounts as decimals, days in ISO form, listed values with commas."""
    match value:
        case bool():
            return "true" if value else "false"
        case Fraction():
            return plain(value, least)
        case date():
            return value.isoformat()
        case tuple():
            return ",".join(value)
        case str():
            return value


def _waiver(waiver: Waiver) -> WaiverDocument:
    return WaiverDocument(
        source=waiver.source,
        approval_no=waiver.approval_no,
        approver=waiver.approver,
        reason=waiver.reason,
        expires_on=waiver.expires_on,
    )


def measured_document(measured: Measured | None) -> AmountDocument | DayDocument | CountDocument | None:
    match measured:
        case MeasuredAmount():
            return _amount(measured)
        case MeasuredDay():
            return _day(measured)
        case MeasuredCount(value, limit):
            return CountDocument(value=str(value), limit=str(limit))
        case None:
            return None


def _amount(measured: MeasuredAmount) -> AmountDocument:
    value, limit, excess = measured.value, measured.limit, measured.excess
    keys: dict[str, str | None] = {"value": plain(value.low), **high_end("value_high", value)}
    keys |= {"limit": plain(limit.low), **high_end("limit_high", limit)}
    keys |= {"excess": None if excess is None else plain(excess), "unit": measured.unit}
    exact = fraction_if_endless(limit.low, limit.high, value.low, value.high)
    if exact is not None:
        keys["exact"] = exact
    return AmountDocument.model_validate(keys)


def high_end(key: str, interval: Interval) -> dict[str, str | None]:
    """The upper end where it differs, null where there is none."""
    if interval.is_point:
        return {}
    return {key: None if interval.high is None else plain(interval.high)}


def _day(measured: MeasuredDay) -> DayDocument:
    stated = None if measured.day is None else measured.day.isoformat()
    keys: dict[str, str | int | None] = {"date": stated, "due": measured.due.isoformat()}
    if measured.due_high != measured.due:
        keys["due_high"] = measured.due_high.isoformat()
    return DayDocument.model_validate({**keys, "days_late": measured.days_late})

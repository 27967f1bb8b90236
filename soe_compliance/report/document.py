"""The models of the JSON report, from which its schema comes, and by which reports are read."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from soe_compliance.domain.finding import Finding, Measured, MeasuredAmount, MeasuredCount, MeasuredDay
from soe_compliance.domain.outcomes import Responsible, Severity
from soe_compliance.domain.text import Language
from soe_compliance.engine import FilingResult, Status
from soe_compliance.filings.problems import Level
from soe_compliance.law.model import Ruleset
from soe_compliance.report.json_values import (
    filing_values,
    finding_values,
    measured_values,
    report_values,
    ruleset_values,
)
from soe_compliance.report.model import Report
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
    values = report_values(
        report,
        language,
        filings=[filing_values(filing, language) for filing in report.filings],
        findings=[finding_values(finding, report.ruleset, language) for finding in report.findings],
    )
    return ReportDocument.model_validate(values)


def ruleset_document(report: Report, language: Language) -> RulesetDocument:
    return RulesetDocument.model_validate(ruleset_values(report, language))


def filing_document(filing: FilingResult, language: Language) -> FilingDocument:
    return FilingDocument.model_validate(filing_values(filing, language))


def finding_document(finding: Finding, ruleset: Ruleset, language: Language) -> FindingDocument:
    return FindingDocument.model_validate(finding_values(finding, ruleset, language))


def measured_document(measured: Measured | None) -> AmountDocument | DayDocument | CountDocument | None:
    return None if measured is None else _MEASURED[type(measured)].model_validate(measured_values(measured))


_MEASURED: Mapping[type[Measured], type[AmountDocument | DayDocument | CountDocument]] = {
    MeasuredAmount: AmountDocument,
    MeasuredDay: DayDocument,
    MeasuredCount: CountDocument,
}


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

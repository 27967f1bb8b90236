"""What the JSON report says, as plain values in the order of its keys; `document` has the models that they fulfil."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any, TypeAlias

from msgspec import json

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
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Language
from soe_compliance.engine import FilingResult
from soe_compliance.filings.problems import Problem
from soe_compliance.law.model import Ruleset
from soe_compliance.report import summary, wording
from soe_compliance.report.model import FORMAT, TOOL, VERSION, Report
from soe_compliance.report.numbers import fraction_if_endless
from soe_compliance.report.safe import json_escaped, storable

Values: TypeAlias = dict[str, Any]
"""An object of the report: texts, whole numbers, lists and further objects by key. A text of a filer is as it was
written; only what UTF-8 can't hold is written out."""


def json_of(values: Mapping[str, Any]) -> str:
    """An object as JSON, set in by two blanks, with nothing in it that could steer a terminal."""
    return json_escaped(json.format(json.encode(values), indent=2).decode())


def report_values(
    report: Report, language: Language, *, filings: Sequence[Values] = (), findings: Sequence[Values] = ()
) -> Values:
    """The report with these of its filings and findings."""
    return {
        "format": FORMAT,
        "tool": {"name": TOOL, "version": VERSION},
        "generated_at": instant(report.generated_at),
        "as_of": report.as_of.isoformat(),
        "ruleset": ruleset_values(report, language),
        "summary": summary_values(report),
        "filings": list(filings),
        "findings": list(findings),
    }


def ruleset_values(report: Report, language: Language) -> Values:
    ruleset = report.ruleset
    return {
        "id": ruleset.id,
        "title": ruleset.title.text.in_(language),
        "digest": ruleset.digest,
        "interpretations": dict(ruleset.readings),
        "notices": [storable(notice.in_(language)) for notice in summary.notices(report)],
    }


def summary_values(report: Report) -> Values:
    return {
        "filings": len(report.filings),
        "unreadable": len(summary.unreadable(report)),
        "outcomes": {outcome.key: count for outcome, count in summary.outcome_totals(report).items()},
    }


def filing_values(filing: FilingResult, language: Language) -> Values:
    return {
        "id": storable(filing.id),
        "source": storable(filing.source),
        "digest": filing.digest,
        "group_code": storable(filing.group_code),
        "group_name": storable(filing.group_name),
        "year": filing.year,
        "reference_date": _iso(filing.reference_date),
        "status": filing.status.value,
        "outcomes": {o.key: count for o in Outcome if (count := filing.outcomes.get(o))},
        "problems": [_problem(problem, language) for problem in filing.problems],
    }


def finding_values(finding: Finding, ruleset: Ruleset, language: Language) -> Values:
    details, subject = finding.details, finding.subject
    said = finding.explanation
    return {
        "fingerprint": finding.fingerprint,
        "filing": storable(finding.filing),
        "rule": finding.rule,
        "outcome": finding.outcome.key,
        "severity": finding.severity.value,
        "responsible": finding.responsible.value,
        "subject": {"table": subject.table, "id": storable(subject.id), "name": storable(subject.name)},
        "clause": finding.clause,
        "message": wording.message(finding, ruleset, language),
        "measured": measured_values(details.measured),
        "missing": list(details.missing),
        "sensitive_to": list(finding.sensitive_to),
        "explanation": storable(wording.explanation(said, language)) if said else None,
        "evidence": [evidence_values(cell) for cell in details.evidence],
        "remedy": wording.remedy(finding, ruleset, language),
        "cure": None if details.cure is None else _cure(details.cure),
        "waiver": None if finding.waiver is None else _waiver(finding.waiver),
    }


def evidence_values(cell: Evidence) -> Values:
    return {
        "table": cell.table,
        "id": storable(cell.id),
        "field": cell.field,
        "value": storable(cell.value),
        "location": storable(cell.location),
    }


def measured_values(measured: Measured | None) -> Values | None:
    match measured:
        case MeasuredAmount():
            return _amount(measured)
        case MeasuredDay():
            return _day(measured)
        case MeasuredCount(value, limit):
            return {"value": str(value), "limit": str(limit)}
        case None:
            return None


def _problem(problem: Problem, language: Language) -> Values:
    return {
        "level": problem.level.value,
        "code": problem.code,
        "message": storable(problem.in_(language)),
        "table": problem.table,
        "field": problem.field,
        "location": storable(problem.location),
    }


def _amount(measured: MeasuredAmount) -> Values:
    value, limit, excess = measured.value, measured.limit, measured.excess
    values: Values = {"value": plain(value.low), **high_end("value_high", value)}
    values |= {"limit": plain(limit.low), **high_end("limit_high", limit)}
    values |= {"excess": None if excess is None else plain(excess), "unit": measured.unit}
    exact = fraction_if_endless(limit.low, limit.high, value.low, value.high)
    return values if exact is None else {**values, "exact": exact}


def high_end(key: str, interval: Interval) -> dict[str, str | None]:
    """The upper end where it differs, null where there is none."""
    if interval.is_point:
        return {}
    return {key: None if interval.high is None else plain(interval.high)}


def _day(measured: MeasuredDay) -> Values:
    values: Values = {"date": _iso(measured.day), "due": measured.due.isoformat()}
    if measured.due_high != measured.due:
        values["due_high"] = measured.due_high.isoformat()
    return {**values, "days_late": measured.days_late}


def _cure(cure: Cure) -> Values:
    values: Values = {"table": cure.table, "id": storable(cure.id), "field": cure.field}
    values["from"] = None if cure.from_ is None else plain_value(cure.from_.value, least=0)
    values["to"] = plain_value(cure.to.value)
    values["by"] = None if cure.by is None else plain(cure.by)
    if cure.row is not None:
        values["row"] = {key: storable(cell) for key, cell in cure.row.items()}
    return values


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


def _waiver(waiver: Waiver) -> Values:
    return {
        "source": waiver.source,
        "approval_no": storable(waiver.approval_no),
        "approver": storable(waiver.approver),
        "reason": storable(waiver.reason),
        "expires_on": _iso(waiver.expires_on),
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def instant(moment: datetime) -> str:
    """A time in UTC to the second; one without a zone is in UTC."""
    utc = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return utc.strftime("%Y-%m-%dT%H:%M:%SZ")

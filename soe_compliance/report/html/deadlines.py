"""What falls due from the date of the check on, over all filings of a report."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from soe_compliance.domain.finding import Finding, MeasuredDay
from soe_compliance.domain.outcomes import Outcome, Responsible
from soe_compliance.domain.text import Language
from soe_compliance.engine import FilingResult
from soe_compliance.report import summary
from soe_compliance.report.model import Report


@dataclass(frozen=True)
class Deadline:
    """A day by which something is due; `latest` is later where the calendar leaves the day open.

    Attributes:
        filing: whose it is; None for a group that filed nothing.
        subject: the id of what it is about, and its name.
    """

    day: date
    latest: date
    rule: str
    clause: str
    title: str
    responsible: Responsible
    subject: tuple[str, str]
    filing: FilingResult | None


def deadlines(report: Report, language: Language) -> list[Deadline]:
    """What is pending and due at the date of the check or later, the next first."""
    filings = summary.filings_by_id(report)
    found = list(_of_findings(report, filings, language))
    return sorted(found, key=lambda due: (due.day, due.latest))


def _of_findings(
    report: Report, filings: Mapping[str, FilingResult], language: Language
) -> Iterator[Deadline]:
    for finding in report.findings:
        measured = finding.details.measured
        if finding.outcome is not Outcome.PENDING or not isinstance(measured, MeasuredDay):
            continue
        if measured.due_high >= report.as_of:
            yield _deadline(finding, measured, report, filings, language)


def _deadline(
    finding: Finding,
    measured: MeasuredDay,
    report: Report,
    filings: Mapping[str, FilingResult],
    language: Language,
) -> Deadline:
    return Deadline(
        day=measured.due,
        latest=measured.due_high,
        rule=finding.rule,
        clause=finding.clause,
        title=report.ruleset.rules[finding.rule].title.text.in_(language),
        responsible=finding.responsible,
        subject=(finding.subject.id, finding.subject.name),
        filing=filings.get(finding.filing),
    )

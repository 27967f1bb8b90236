"""What falls due from the date of the check on, over all filings of a report."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from soe_compliance.domain.finding import MeasuredDay
from soe_compliance.domain.outcomes import Outcome, Responsible
from soe_compliance.domain.text import Language
from soe_compliance.engine import FilingResult
from soe_compliance.report import summary
from soe_compliance.report.headroom import due_title
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
    """What is due at the date of the check or later, the next first.

    That is what findings say is pending, and what the exhibits of a filing say of the rest of its year.
    """
    filings = summary.filings_by_id(report)
    found = [*_of_findings(report, filings, language), *_of_exhibits(report, language)]
    once = {_what(due): due for due in found}
    return sorted(once.values(), key=lambda due: (due.day, due.latest))


def _what(due: Deadline) -> tuple[object, ...]:
    return due.filing and due.filing.id, due.rule, due.subject, due.latest


def _of_exhibits(report: Report, language: Language) -> Iterator[Deadline]:
    for filing in report.filings:
        if filing.exhibits is None:
            continue
        for due in filing.exhibits.headroom.due:
            yield Deadline(
                day=due.day,
                latest=due.latest,
                rule=due.rule,
                clause=due.clause,
                title=due_title(due, language),
                responsible=due.responsible,
                subject=(due.subject.id, due.subject.name),
                filing=filing,
            )


def _of_findings(
    report: Report, filings: Mapping[str, FilingResult], language: Language
) -> Iterator[Deadline]:
    for finding in report.findings:
        measured = finding.details.measured
        if finding.outcome is not Outcome.PENDING or not isinstance(measured, MeasuredDay):
            continue
        if measured.due_high >= report.as_of:
            yield Deadline(
                day=measured.due,
                latest=measured.due_high,
                rule=finding.rule,
                clause=finding.clause,
                title=report.ruleset.rules[finding.rule].title.text.in_(language),
                responsible=finding.responsible,
                subject=(finding.subject.id, finding.subject.name),
                filing=filings.get(finding.filing),
            )

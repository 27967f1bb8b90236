"""What falls due from the date of the check on, over all filings of a report."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from heapq import nsmallest

from msgspec import Struct

from soe_compliance.domain.finding import MeasuredDay
from soe_compliance.domain.outcomes import Outcome, Responsible
from soe_compliance.domain.text import Language
from soe_compliance.engine import FilingResult
from soe_compliance.report import summary
from soe_compliance.report.headroom import due_title
from soe_compliance.report.model import Report


class Deadline(Struct, frozen=True):
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


class Deadlines(Struct, frozen=True):
    """All that is due, in numbers, and the first of it.

    Attributes:
        by_day: how much is due on each day.
        next: the first so many, the nearest first.
    """

    by_day: Mapping[date, int]
    next: Sequence[Deadline]

    @property
    def count(self) -> int:
        return sum(self.by_day.values())


def deadlines(report: Report, language: Language, most: int) -> Deadlines:
    """What is due at the date of the check or later.

    That is what findings say is pending, and, where all filings have exhibits, what these say of the rest of the year.

    Args:
        most: how many are named; of the others no more than the days are held.
    """
    by_day = Counter[date]()

    def counted() -> Iterator[Deadline]:
        for due in _every(report, language):
            by_day[due.day] += 1
            yield due

    return Deadlines(by_day, nsmallest(most, counted(), key=lambda due: (due.day, due.latest)))


def _every(report: Report, language: Language) -> Iterator[Deadline]:
    """Each once: what exhibits say goes before what a finding says of the same."""
    of_exhibits = {_what(due): due for due in _of_exhibits(report, language)}
    for due in _of_findings(report, summary.filings_by_id(report), language):
        yield of_exhibits.pop(_what(due), due)
    yield from of_exhibits.values()


def _what(due: Deadline) -> tuple[object, ...]:
    return due.filing and due.filing.id, due.rule, due.subject, due.latest


def _of_exhibits(report: Report, language: Language) -> Iterator[Deadline]:
    filings = summary.readable(report)
    if any(filing.exhibits is None for filing in filings):
        return
    for filing in filings:
        assert filing.exhibits is not None
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
        measured, rule = finding.details.measured, report.ruleset.rules[finding.rule]
        if finding.outcome is not Outcome.PENDING or not isinstance(measured, MeasuredDay):
            continue
        if rule.check.compares_days:
            continue
        if measured.due_high >= report.as_of:
            yield Deadline(
                day=measured.due,
                latest=measured.due_high,
                rule=finding.rule,
                clause=finding.clause,
                title=rule.title.text.in_(language),
                responsible=finding.responsible,
                subject=(finding.subject.id, finding.subject.name),
                filing=filings.get(finding.filing),
            )

"""What a report says in numbers, and where its findings belong."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest

from soe_compliance.domain.finding import Finding
from soe_compliance.domain.outcomes import Outcome, Severity
from soe_compliance.domain.text import Text, first_few
from soe_compliance.engine import FilingResult, Status
from soe_compliance.filings.problems import Level
from soe_compliance.report.default_ruleset import judged_by_default
from soe_compliance.report.model import Report
from soe_compliance.report.tally import NO_BREACHES, Breaches

FAIL_ON = "data"
"""The severity from which a breach fails where none is named."""


def reaches(severity: Severity, fail_on: str) -> bool:
    """Whether a severity is at or above the one that fails; none is where that is "never"."""
    return fail_on != "never" and severity.rank <= Severity(fail_on).rank


def notices(report: Report) -> tuple[Text, ...]:
    """What a reader must know of the ruleset and of the whole report, each once."""
    unchosen = () if report.ruleset_named else judged_by_default(report.filings)
    every = (*report.ruleset.notices(report.as_of), *unchosen, *report.house_rules, *report.notices)
    return tuple(dict.fromkeys(every))


def unreadable(report: Report) -> tuple[FilingResult, ...]:
    return tuple(filing for filing in report.filings if filing.status is Status.UNREADABLE)


def readable(report: Report) -> tuple[FilingResult, ...]:
    return tuple(filing for filing in report.filings if filing.status is not Status.UNREADABLE)


def absent_groups(report: Report) -> int:
    """How many groups of a roster filed nothing."""
    return len(report.tally.absent)


def outcome_totals(report: Report) -> dict[Outcome, int]:
    """How often each outcome came: in the filings, and in findings of groups that filed nothing."""
    totals = Counter(report.tally.of_absent)
    for filing in report.filings:
        totals.update(filing.outcomes)
    return {outcome: totals[outcome] for outcome in Outcome}


def filings_by_id(report: Report) -> dict[str, FilingResult]:
    return {filing.id: filing for filing in report.filings}


def breaches_of(filing: FilingResult, report: Report) -> Breaches:
    """The breaches of a filing."""
    return report.tally.by_filing.get(filing.id, NO_BREACHES)


def problem_counts(filing: FilingResult) -> dict[Level, int]:
    counts = Counter(problem.level for problem in filing.problems)
    return {level: counts[level] for level in Level}


_URGENCY = (
    Outcome.FAIL,
    Outcome.WAIVED,
    Outcome.UNKNOWN,
    Outcome.PENDING,
    Outcome.PASS,
    Outcome.NOT_APPLICABLE,
)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """By outcome, then severity; else in the report's order."""
    return sorted(findings, key=_urgency)


def worst(findings: Iterable[Finding], most: int) -> list[Finding]:
    """The first of `worst_first`; no more than these are held."""
    return nsmallest(most, findings, key=_urgency)


def _urgency(finding: Finding) -> tuple[int, int]:
    return _URGENCY.index(finding.outcome), finding.severity.rank


_FILED_TWICE = Text(
    "{name}{year}年度、数据截止日{day}的填报有{count}份，均已检查：{sources}",
    "{count} filings of {name} for {year} at {day}, all checked: {sources}",
)


def filed_twice(filings: Sequence[FilingResult]) -> Iterator[Text]:
    """What is to be said of filings of one group, year and reference date."""
    same: dict[tuple[object, ...], list[FilingResult]] = {}
    for filing in filings:
        if filing.status is not Status.UNREADABLE:
            same.setdefault((filing.group_code, filing.year, filing.reference_date), []).append(filing)
    for group in same.values():
        if len(group) > 1:
            sources = [filing.source if len({f.source for f in group}) > 1 else filing.id for filing in group]
            first = group[0]
            yield _FILED_TWICE.format(
                name=first.group_name,
                year=first.year,
                day=first.reference_date,
                count=len(group),
                sources=first_few(sources),
            )

"""What the page says of all filings together."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from heapq import nsmallest

from msgspec import Struct

from soe_compliance.domain.outcomes import Outcome, Responsible, Severity
from soe_compliance.domain.text import Language, Text
from soe_compliance.engine import FilingResult
from soe_compliance.law.model import Ruleset
from soe_compliance.report import summary
from soe_compliance.report.html.deadlines import Deadline
from soe_compliance.report.html.timeline import Stop
from soe_compliance.report.model import Report
from soe_compliance.report.numbers import days

MOST_ROWS = 2_000
MOST_DEADLINES = 30
MOST_STOPS = 20
_LISTED = Text("共{all}{unit}，此处列{shown}{unit}，{where}", "{shown} of {all} {unit} are listed; {where}")
IN_REPORTS = Text("其余见工作簿（.xlsx）或JSON报告", "the workbook (.xlsx) and the JSON report have all")
IN_HEADROOM = Text(
    "每份填报的全部见soe-compliance headroom", "soe-compliance headroom has all of each filing"
)
_OF_FINDINGS = Text(
    "本页列出{all}项检查发现中的{shown}项，最重的在前；全部见工作簿（.xlsx）",
    "This page lists {shown} of the {all} findings, the gravest first; for all see the workbook (.xlsx)",
)
FILINGS = Text("份填报", "filings")
ITEMS = Text("项", "items")


class Row(Struct, frozen=True):
    """A filing in the table of all: `anchor` is empty where the page does not go into it."""

    anchor: str
    filing: FilingResult
    status: str
    by_severity: tuple[int, ...]
    total: int
    of_regulator: int
    others: tuple[int, ...]


class SeverityRow(Struct, frozen=True):
    """The breaches of one severity: of the enterprises, of the regulator, and all."""

    severity: str
    label: str
    of_enterprises: int
    of_regulator: int

    @property
    def total(self) -> int:
        return self.of_enterprises + self.of_regulator


class DeadlineRow(Struct, frozen=True):
    """A deadline; `days_left` counts from the date of the check to the first day that it may be."""

    due: str
    days_left: int
    title: str
    rule: str
    clause: str
    subject: str
    group: str
    anchor: str
    responsible: str


class RuleRow(Struct, frozen=True):
    """A rule that the page names."""

    rule: str
    title: str
    severity: str
    clause: str
    meaning: str
    breaches: int


OTHERS = (Outcome.WAIVED, Outcome.PENDING, Outcome.UNKNOWN, Outcome.PASS)
"""The outcomes that the table of filings counts beside the breaches."""


def listed(shown: int, every: int, unit: Text, language: Language, where: Text = IN_REPORTS) -> str:
    """That not all are listed, and where they are; nothing where all are."""
    if shown >= every:
        return ""
    return _LISTED.format(shown=shown, all=every, unit=unit, where=where).in_(language)


def listed_findings(shown: int, every: int, language: Language) -> str:
    """That the page does not list all findings; nothing where it does."""
    return _OF_FINDINGS.format(shown=shown, all=every).in_(language) if shown < every else ""


def worst_filings(report: Report, filings: Sequence[FilingResult], most: int) -> list[FilingResult]:
    """These filings in their order; of more than so many those with the gravest breaches."""
    if len(filings) <= most:
        return list(filings)

    def gravity(filing: FilingResult) -> tuple[int, ...]:
        by_severity = summary.breaches_of(filing, report).by_severity
        return *(-by_severity[severity] for severity in Severity), -filing.outcomes.get(Outcome.UNKNOWN, 0)

    kept = {filing.id for filing in nsmallest(most, filings, key=gravity)}
    return [filing for filing in filings if filing.id in kept]


def filing_rows(
    report: Report, filings: Sequence[FilingResult], anchors: dict[str, str], language: Language
) -> Iterator[Row]:
    for filing in filings:
        breaches = summary.breaches_of(filing, report)
        yield Row(
            anchor=anchors.get(filing.id, ""),
            filing=filing,
            status=filing.status.label.in_(language),
            by_severity=tuple(breaches.by_severity[severity] for severity in Severity),
            total=breaches.total,
            of_regulator=breaches.of_regulator,
            others=tuple(filing.outcomes.get(outcome, 0) for outcome in OTHERS),
        )


def severity_rows(report: Report, language: Language) -> list[SeverityRow]:
    failed = report.tally.breaches.by_responsible
    return [
        SeverityRow(
            severity.value,
            severity.label.in_(language),
            failed[Responsible.ENTERPRISE][severity],
            failed[Responsible.REGULATOR][severity],
        )
        for severity in Severity
    ]


def deadline_rows(
    due: Sequence[Deadline], as_of: date, anchors: dict[str, str], language: Language
) -> Iterator[DeadlineRow]:
    for deadline in due:
        filing, (code, name) = deadline.filing, deadline.subject
        group = (filing.group_name or filing.id) if filing else name
        yield DeadlineRow(
            due=days(deadline.day, deadline.latest, language),
            days_left=(deadline.day - as_of).days,
            title=deadline.title,
            rule=deadline.rule,
            clause=deadline.clause,
            subject=code if name in ("", group) else name,
            group=group,
            anchor=anchors.get(filing.id, "") if filing else "",
            responsible=deadline.responsible.label.in_(language),
        )


def stops(by_day: Mapping[date, int]) -> list[Stop]:
    """What the time line shows: days, or months where the days are too many."""
    if len(by_day) <= MOST_STOPS:
        return [Stop(day, day.isoformat(), by_day[day]) for day in sorted(by_day)]
    by_month = Counter[tuple[int, int]]()
    for day, count in by_day.items():
        by_month[day.year, day.month] += count
    first = {(day.year, day.month): day for day in sorted(by_day, reverse=True)}
    return [Stop(first[month], f"{first[month]:%Y-%m}", by_month[month]) for month in sorted(by_month)]


def rule_rows(report: Report, language: Language) -> Iterator[RuleRow]:
    """The rules of which findings are listed."""
    failed = report.tally.by_rule
    for code in sorted(failed):
        rule = report.ruleset.rules[code]
        yield RuleRow(
            code,
            rule.title.text.in_(language),
            rule.severity.label.in_(language),
            rule.clause,
            rule.meaning.text.in_(language),
            failed[code],
        )


def other_readings(ruleset: Ruleset, language: Language) -> list[tuple[str, str, str, str]]:
    """The readings that are not the default: key, question, reading taken, default."""
    return [
        (key, asked.title.text.in_(language), ruleset.readings[key], asked.default)
        for key, asked in ruleset.interpretations.items()
        if ruleset.readings.get(key, asked.default) != asked.default
    ]

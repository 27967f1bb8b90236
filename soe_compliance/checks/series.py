"""Reports that come every quarter, and what follows a completion."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from soe_compliance.checks.cures import cure_by_row, cure_of_cell
from soe_compliance.checks.deadlines import calendar_reason, measured_day, why_absence_shows_nothing
from soe_compliance.checks.projects import Projects
from soe_compliance.checks.quarters import (
    end_of_quarter,
    number_of_quarter,
    numbers_of_rows,
    quarter_in_words,
    quarter_label,
    quarter_of_day,
    quarterly_due,
)
from soe_compliance.checks.situation import Situation, day, listed
from soe_compliance.checks.subjects import row_subject
from soe_compliance.checks.verdicts import Verdicts, first_that_fits, softened, spared
from soe_compliance.domain import reasons
from soe_compliance.domain.finding import Cure, Details, Evidence, MeasuredDay, Subject
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Text
from soe_compliance.law.kinds import FollowUp, ReportSeries


@dataclass(frozen=True)
class _Expected:
    """A report that is expected: of which quarter, from which project (-1: the group), and where it is."""

    filing: int
    quarter: int
    project: int
    row: int
    undated_approval: bool


def check_report_series(situation: Situation, check: ReportSeries) -> Verdicts:
    """One outcome for each quarter that has ended: its report came by its due day."""
    expected = list(_of_group(situation, check) if check.per == "group" else _of_projects(situation, check))
    filing = np.array([item.filing for item in expected], dtype=np.int64)
    rows = np.array([item.row for item in expected], dtype=np.int64)
    undated_approval = np.array([item.undated_approval for item in expected], dtype=bool)
    numbers = np.array([item.quarter for item in expected], dtype=np.int64)
    ends = np.array([end_of_quarter(number) for number in numbers.tolist()], dtype=np.int64)
    written, low, high = quarterly_due(situation, numbers)
    submitted = situation.table(check.table).columns[check.dated]
    found = rows >= 0
    stated = found & (np.append(submitted.stated, False)[rows])
    on = np.append(submitted.values, 0)[rows]
    today = situation.today
    shows_nothing = situation.cannot_show_absence(check.table)[filing] | situation.filed_too_early(
        filing, high
    )
    outcome = first_that_fits(
        [
            (undated_approval, Outcome.UNKNOWN),
            (stated & (on <= low), Outcome.PASS),
            (stated & (on > high), Outcome.FAIL),
            (found, Outcome.UNKNOWN),
            ((today > high) & ~shows_nothing, Outcome.FAIL),
            (today <= low, Outcome.PENDING),
        ],
        Outcome.UNKNOWN,
    )
    outcome = spared(outcome, ends < situation.in_force_from)

    def details(place: int) -> Details:
        item, unknown = expected[place], outcome[place] == Outcome.UNKNOWN
        late = outcome[place] == Outcome.FAIL
        day_stated = int(on[place]) if stated[place] else None
        measured = measured_day(day_stated, int(low[place]), int(high[place]), today, late=late)
        return Details(
            subject=_subject(situation, check, item),
            measured=measured,
            missing=_missing(situation, check, item) if unknown else (),
            evidence=_evidence(situation, check, item),
            reasons=_reasons(situation, check, item, int(written[place]), measured) if unknown else (),
            facts={"quarter": quarter_in_words(item.quarter), "filed": _filed(situation, measured)},
            cure=_report_in_time(situation, check, item, measured)
            if outcome[place] == Outcome.PENDING
            else None,
        )

    return Verdicts(filing, outcome, details)


@lru_cache(maxsize=64)
def _ended(today: int, year: int) -> Sequence[int]:
    """The quarters of a year that have ended by today."""
    numbers = [number_of_quarter(year, quarter) for quarter in (1, 2, 3, 4)]
    return [number for number in numbers if end_of_quarter(number) <= today]


def _rows_by_quarter(situation: Situation, check: ReportSeries) -> dict[tuple[int, int, int], int]:
    """The row of each filing (or project code) and quarter."""
    table = situation.table(check.table)
    everything = np.arange(len(table))
    codes = table.values("project_code") if check.per == "project" else np.full(len(table), -1)
    numbers = numbers_of_rows(situation, check.table, everything)
    keys = zip(table.filing.tolist(), codes.tolist(), numbers.tolist(), strict=True)
    return {key: row for row, key in enumerate(keys)}


def _of_group(situation: Situation, check: ReportSeries) -> list[_Expected]:
    rows = _rows_by_quarter(situation, check)
    return [
        _Expected(filing, number, -1, rows.get((filing, -1, number), -1), False)
        for filing, year in enumerate(situation.batch.year.tolist())
        for number in _ended(situation.today, year)
    ]


def _of_projects(situation: Situation, check: ReportSeries) -> list[_Expected]:
    projects, rows = situation.shared(Projects), _rows_by_quarter(situation, check)
    table = projects.table
    found = []
    for project in np.flatnonzero(projects.has_approval).tolist():
        filing = int(table.filing[project])
        first, last, undated = _reporting_quarters(projects, project)
        code = int(table.values("code")[project])
        found += [
            _Expected(filing, number, project, rows.get((filing, code, number), -1), undated)
            for number in _ended(situation.today, int(situation.batch.year[filing]))
            if first <= number <= last
        ]
    return found


def _reporting_quarters(projects: Projects, project: int) -> tuple[int, int, bool]:
    """From the quarter of the earliest approval to that of the end; whether no approval is dated."""
    ends = [
        int(column.values[project])
        for column in (projects.table.columns[key] for key in ("completed_on", "terminated_on"))
        if column.stated[project]
    ]
    last = quarter_of_day(min(ends)) if ends else number_of_quarter(9999, 4)
    undated = not projects.is_dated[project]
    first = 0 if undated else quarter_of_day(int(projects.approved_on[project]))
    return first, last, undated


def _subject(situation: Situation, check: ReportSeries, item: _Expected) -> Subject:
    label = quarter_label(item.quarter)
    if item.project < 0:
        filing = situation.batch.filings[item.filing]
        return Subject(check.table, f"{filing.group_code}:{label}", filing.group_name)
    project = row_subject(situation, "projects", item.project)
    return Subject(check.table, f"{project.id}:{label}", project.name)


def _missing(situation: Situation, check: ReportSeries, item: _Expected) -> tuple[str, ...]:
    if item.undated_approval:
        return ("approvals.decided_on",)
    return situation.blank(check.table, [item.row], check.dated) if item.row >= 0 else ()


def _report_in_time(
    situation: Situation, check: ReportSeries, item: _Expected, measured: MeasuredDay
) -> Cure:
    """The report that is owed, filed on the last day."""
    year, quarter = divmod(item.quarter, 4)
    row = {"year": str(year), "quarter": str(quarter + 1)}
    if item.project >= 0:
        row = {"project_code": situation.batch.text("projects", item.project, "code"), **row}
    name = situation.table(check.table).form.row_name.format(**row)
    return cure_by_row(check.table, name, check.dated, measured.due, row)


def _evidence(situation: Situation, check: ReportSeries, item: _Expected) -> tuple[Evidence, ...]:
    found: tuple[Evidence, ...] = ()
    if item.row >= 0:
        found = situation.evidence(check.table, [item.row], check.dated)
    if item.project >= 0:
        granted = situation.shared(Projects).granted_of(item.project)
        found += situation.evidence("approvals", granted, "decision", "decided_on")
        found += situation.evidence("projects", [item.project], "completed_on", "terminated_on")
    return found


def _filed(situation: Situation, measured: MeasuredDay) -> Text:
    if measured.day is None:
        return Text(f"至{situation.as_of}未见报送", f"by {situation.as_of} none was filed")
    return Text(f"实际于{measured.day}报送", f"it was filed on {measured.day}")


def _reasons(
    situation: Situation, check: ReportSeries, item: _Expected, written: int, measured: MeasuredDay
) -> tuple[Text, ...]:
    if item.undated_approval:
        granted = situation.shared(Projects).granted_of(item.project)
        names = listed(situation.batch.row_name("approvals", row) for row in granted)
        return (reasons.UNDATED_APPROVAL.format(ids=names),)
    if item.row >= 0:
        ends = measured.due.toordinal(), measured.due_high.toordinal()
        return calendar_reason(written, *ends) if measured.day is not None else ()
    return why_absence_shows_nothing(situation, check.table, item.filing, measured)


def months_later(ordinal: int, months: int) -> int:
    """The same day so many months on; the month's last day where it has none such."""
    start = date.fromordinal(ordinal)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last)).toordinal()


def check_follow_up(situation: Situation, check: FollowUp) -> Verdicts:
    """One outcome for each approved, completed project: followed up by the due day, or not yet due."""
    projects = situation.shared(Projects)
    table = projects.table
    since, done = table.columns[check.since], table.columns[check.done]
    rows = np.flatnonzero(projects.has_approval & since.stated & (since.values <= situation.today))
    due = np.array(
        [months_later(value, check.months) for value in since.values[rows].tolist()], dtype=np.int64
    )
    filing = table.filing[rows]
    outcome = first_that_fits(
        [(done.stated[rows], Outcome.PASS), (situation.today > due, Outcome.FAIL)], Outcome.PENDING
    )
    outcome = softened(outcome, situation.filed_too_early(filing, due))

    def details(place: int) -> Details:
        row, unknown = int(rows[place]), outcome[place] == Outcome.UNKNOWN
        last = int(due[place])
        stated = int(done.values[row]) if done.stated[row] else None
        late = outcome[place] == Outcome.FAIL
        why: tuple[Text, ...] = ()
        if unknown:
            filed_on = situation.batch.filings[int(filing[place])].filed_on
            why = (reasons.FILED_BEFORE_DUE.format(filed_on=filed_on, due=day(last)),)
        return Details(
            subject=row_subject(situation, "projects", row),
            measured=measured_day(stated, last, last, situation.today, late=late),
            evidence=situation.evidence("projects", [row], check.since, check.done),
            reasons=why,
            facts={"since": str(day(since.values[row]))},
            cure=cure_of_cell(situation, "projects", row, check.done, situation.as_of if late else day(last))
            if outcome[place] in (Outcome.FAIL, Outcome.PENDING)
            else None,
        )

    return Verdicts(filing, outcome, details)

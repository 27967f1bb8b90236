"""Reports that come every quarter, and what follows a completion."""

from calendar import monthrange
from datetime import date
from typing import NamedTuple

import numpy as np
from msgspec import Struct

from soe_compliance.checks.cures import cure_by_row, cure_of_cell
from soe_compliance.checks.deadlines import (
    NEVER,
    calendar_reason,
    measured_day,
    why_absence_shows_nothing,
)
from soe_compliance.checks.projects import Projects
from soe_compliance.checks.quarters import (
    QUARTERS_A_YEAR,
    ends_of_quarters,
    numbers_of_rows,
    quarter_in_words,
    quarter_label,
    quarterly_due,
    quarters_of_days,
)
from soe_compliance.checks.situation import Situation, day, listed
from soe_compliance.checks.subjects import row_subject
from soe_compliance.checks.verdicts import Verdicts, first_that_fits, softened, spared
from soe_compliance.domain import reasons
from soe_compliance.domain.finding import Cure, Details, Evidence, MeasuredDay, Subject
from soe_compliance.domain.outcomes import OUTCOMES, Outcome
from soe_compliance.domain.text import Text
from soe_compliance.domain.truth import Mask, Numbers
from soe_compliance.law.kinds import FollowUp, ReportSeries


class _Report(NamedTuple):
    """A report that is expected: of which quarter, from which project (-1: the group), and where it is (-1: nowhere)."""

    filing: int
    quarter: int
    project: int
    row: int
    undated_approval: bool


class _Reports(Struct, frozen=True, eq=False):
    """The reports that are expected, as columns."""

    filing: Numbers
    quarter: Numbers
    project: Numbers
    row: Numbers
    undated_approval: Mask

    def at(self, place: int) -> _Report:
        return _Report(
            int(self.filing[place]),
            int(self.quarter[place]),
            int(self.project[place]),
            int(self.row[place]),
            bool(self.undated_approval[place]),
        )


def check_report_series(situation: Situation, check: ReportSeries) -> Verdicts:
    """One outcome for each quarter that has ended: its report came by its due day."""
    expected = _of_group(situation, check) if check.per == "group" else _of_projects(situation, check)
    filing = expected.filing
    written, low, high = quarterly_due(situation, expected.quarter)
    submitted = situation.table(check.table).columns[check.dated]
    found = expected.row >= 0
    stated = found & (np.append(submitted.stated, False)[expected.row])
    on = np.append(submitted.values, 0)[expected.row]
    today = situation.today
    shows_nothing = situation.cannot_show_absence(check.table)[filing] | situation.filed_too_early(
        filing, high
    )
    outcome = first_that_fits(
        [
            (expected.undated_approval, Outcome.UNKNOWN),
            (stated & (on <= low), Outcome.PASS),
            (stated & (on > high), Outcome.FAIL),
            (found, Outcome.UNKNOWN),
            ((today > high) & ~shows_nothing, Outcome.FAIL),
            (today <= low, Outcome.PENDING),
        ],
        Outcome.UNKNOWN,
    )
    outcome = spared(outcome, ends_of_quarters(expected.quarter) < situation.in_force_from)

    def details(place: int) -> Details:
        item, verdict = expected.at(place), OUTCOMES[outcome[place]]
        unknown, late = verdict is Outcome.UNKNOWN, verdict is Outcome.FAIL
        day_stated = int(on[place]) if stated[place] else None
        measured = measured_day(day_stated, int(low[place]), int(high[place]), today, late=late)
        return Details(
            subject=_subject(situation, check, item),
            measured=measured,
            missing=_missing(situation, check, item) if unknown else (),
            evidence=_evidence(situation, check, item),
            reasons=_reasons(situation, check, item, int(written[place]), measured) if unknown else (),
            facts={"quarter": quarter_in_words(item.quarter), "filed": _filed(situation, measured)},
            cure=_report_in_time(situation, check, item, measured) if verdict is Outcome.PENDING else None,
        )

    return Verdicts(filing, outcome, details)


def _of_group(situation: Situation, check: ReportSeries) -> _Reports:
    filing, quarter = _ended(situation, np.arange(len(situation.batch)))
    row = _rows_of(situation, check, situation.table(check.table).filing, filing, quarter)
    return _Reports(filing, quarter, np.full(len(filing), -1), row, np.zeros(len(filing), dtype=bool))


def _of_projects(situation: Situation, check: ReportSeries) -> _Reports:
    projects = situation.shared(Projects)
    table, granted = projects.table, np.flatnonzero(projects.has_approval)
    first, last = _reporting_quarters(projects, granted)
    place, quarter = _ended(situation, table.filing[granted])
    reporting = (first[place] <= quarter) & (quarter <= last[place])
    project, quarter = granted[place[reporting]], quarter[reporting]
    codes = situation.table(check.table).values("project_code")
    row = _rows_of(situation, check, codes, table.values("code")[project], quarter)
    return _Reports(table.filing[project], quarter, project, row, ~projects.is_dated[project])


def _ended(situation: Situation, filing: Numbers) -> tuple[Numbers, Numbers]:
    """The quarters of the year of each of these filings that have ended by today, each with its place among them."""
    first = situation.batch.year[filing] * QUARTERS_A_YEAR
    place = np.repeat(np.arange(len(filing)), QUARTERS_A_YEAR)
    quarter = first[place] + np.tile(np.arange(QUARTERS_A_YEAR), len(filing))
    ended = ends_of_quarters(quarter) <= situation.today
    return place[ended], quarter[ended]


def _reporting_quarters(projects: Projects, rows: Numbers) -> tuple[Numbers, Numbers]:
    """From the quarter of each project's earliest dated approval to that of its end, without limit where there is none."""
    last = np.full(len(rows), NEVER)
    for field in ("completed_on", "terminated_on"):
        ended = projects.table.columns[field][rows]
        last = np.where(ended.stated, np.minimum(last, quarters_of_days(ended.values)), last)
    dated = projects.is_dated[rows]
    first = quarters_of_days(np.where(dated, projects.approved_on[rows], 1))
    return np.where(dated, first, 0), last


def _rows_of(
    situation: Situation, check: ReportSeries, filers: Numbers, filer: Numbers, quarter: Numbers
) -> Numbers:
    """The row of the report of each filer and quarter, -1 where there is none.

    Args:
        filers: of each row of the table whose report it is: a filing's, or that of a project by its code.
    """
    if not len(filers):
        return np.full(len(filer), -1)
    quarters = numbers_of_rows(situation, check.table, np.arange(len(filers)))
    keys = zip(filers.tolist(), quarters.tolist(), strict=True)
    row_of = {key: row for row, key in enumerate(keys)}
    wanted = zip(filer.tolist(), quarter.tolist(), strict=True)
    return np.array([row_of.get(key, -1) for key in wanted], dtype=np.int64)


def _subject(situation: Situation, check: ReportSeries, item: _Report) -> Subject:
    label = quarter_label(item.quarter)
    if item.project < 0:
        filing = situation.batch.filings[item.filing]
        return Subject(check.table, f"{filing.group_code}:{label}", filing.group_name)
    project = row_subject(situation, "projects", item.project)
    return Subject(check.table, f"{project.id}:{label}", project.name)


def _missing(situation: Situation, check: ReportSeries, item: _Report) -> tuple[str, ...]:
    if item.undated_approval:
        return ("approvals.decided_on",)
    return situation.blank(check.table, [item.row], check.dated) if item.row >= 0 else ()


def _report_in_time(situation: Situation, check: ReportSeries, item: _Report, measured: MeasuredDay) -> Cure:
    """The report that is owed, filed on the last day."""
    year, quarter = divmod(item.quarter, 4)
    row = {"year": str(year), "quarter": str(quarter + 1)}
    if item.project >= 0:
        row = {"project_code": situation.batch.text("projects", item.project, "code"), **row}
    name = situation.table(check.table).form.row_name.format(**row)
    return cure_by_row(check.table, name, check.dated, measured.due, row)


def _evidence(situation: Situation, check: ReportSeries, item: _Report) -> tuple[Evidence, ...]:
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
    situation: Situation, check: ReportSeries, item: _Report, written: int, measured: MeasuredDay
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
        verdict = OUTCOMES[outcome[place]]
        row, unknown = int(rows[place]), verdict is Outcome.UNKNOWN
        last = int(due[place])
        stated = int(done.values[row]) if done.stated[row] else None
        late = verdict is Outcome.FAIL
        why: tuple[Text, ...] = ()
        if unknown:
            filed_on = situation.batch.filings[int(filing[place])].filed_on
            why = (reasons.FILED_BEFORE_DUE.format(filed_on=filed_on, due=day(last)),)
        return Details(
            subject=row_subject(situation, "projects", row),
            measured=measured_day(stated, last, last, situation.today, late=late),
            evidence=situation.evidence("projects", [row], check.since, check.done)
            + situation.evidence("approvals", projects.granted_of(row), "decision"),
            reasons=why,
            facts={"since": str(day(since.values[row]))},
            cure=cure_of_cell(situation, "projects", row, check.done, situation.as_of if late else day(last))
            if verdict in (Outcome.FAIL, Outcome.PENDING)
            else None,
        )

    return Verdicts(filing, outcome, details)

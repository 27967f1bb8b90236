"""Decided within so many working days of the acceptance, pauses left out."""

import numpy as np

from soe_compliance.checks.cures import cure_of_cell
from soe_compliance.checks.deadlines import measured_day
from soe_compliance.checks.projects import Projects
from soe_compliance.checks.situation import Situation, day
from soe_compliance.checks.verdicts import Verdicts, first_that_fits, softened
from soe_compliance.domain import reasons
from soe_compliance.domain.finding import Details, Subject
from soe_compliance.domain.outcomes import OUTCOMES, Outcome
from soe_compliance.domain.text import Text
from soe_compliance.domain.truth import NO, UNKNOWN, Mask, Numbers
from soe_compliance.filings.columns import Column
from soe_compliance.law.kinds import WorkingDays


class _Clock:
    """The clock of each application: what is stated of it, and the day it is due."""

    def __init__(self, situation: Situation, check: WorkingDays, rows: Numbers) -> None:
        self.situation = situation
        table = situation.table(check.rows.table)
        self.accepted, self.decided, self.start, self.end = (
            table.columns[key][rows] for key in ("accepted_on", "decided_on", "paused_from", "paused_until")
        )
        calendar = situation.calendar
        accepted = np.where(self.accepted.stated, self.accepted.values, calendar.first_day)
        never = np.zeros(len(rows), dtype=np.int64)
        self.unpaused, self.unpaused_covered = calendar.count(accepted, check.within, never + 1, never)
        closed = self.start.stated & self.end.stated
        self.due, self.covered = calendar.count(
            accepted,
            check.within,
            np.where(closed, self.start.values, 1),
            np.where(closed, self.end.values, 0),
        )
        in_force = situation.in_force_from
        self.older = (accepted < check.older_before.toordinal()) | (
            self.unpaused_covered & (self.unpaused < in_force)
        )
        open_end = self.start.stated & ~self.end.stated
        surely_within = self.start.values <= accepted + check.within
        self.open_pause = open_end & np.where(
            self.unpaused_covered,
            self.start.values <= self.unpaused,
            surely_within | calendar.covers(self.start.values),
        )

    def within_calendar(self, column: Column) -> Mask:
        return column.stated & self.situation.calendar.covers(column.values)


def check_working_days(situation: Situation, check: WorkingDays) -> Verdicts:
    """One outcome for each application: decided by the due day, or not yet due."""
    table, projects = situation.table(check.rows.table), situation.shared(Projects)
    rows = situation.rows(check.rows)
    category_open = np.zeros(len(rows), dtype=bool)
    if check.only_category is not None:
        truth = np.append(projects.category(check.only_category), UNKNOWN)[projects.of_approval[rows]]
        rows, truth = rows[truth != NO], truth[truth != NO]
        category_open = truth == UNKNOWN
    filing, today = table.filing[rows], situation.today
    clock = _Clock(situation, check, rows)
    decided = clock.decided
    judged = projects.judged[rows]
    covers_today = bool(situation.calendar.covers(np.array([today]))[0])
    before_pause = clock.open_pause & decided.stated & (decided.values < clock.start.values)
    overdue = ~decided.stated & (today > clock.due)
    outcome = first_that_fits(
        [
            (~clock.accepted.stated, Outcome.UNKNOWN),
            (clock.older, Outcome.NOT_APPLICABLE),
            (clock.end.stated & ~clock.start.stated, Outcome.UNKNOWN),
            (judged & ~decided.stated, Outcome.UNKNOWN),
            (clock.open_pause & ~decided.stated, Outcome.PENDING),
            (clock.open_pause & ~before_pause, Outcome.UNKNOWN),
            (~clock.covered & clock.within_calendar(decided), Outcome.PASS),
            (~clock.covered & ~decided.stated & covers_today, Outcome.PENDING),
            (~clock.covered, Outcome.UNKNOWN),
            (decided.stated & (decided.values <= clock.due), Outcome.PASS),
            (decided.stated | overdue, Outcome.FAIL),
        ],
        Outcome.PENDING,
    )
    no_authority = ~table.stated("authority")[rows]
    filed_early = overdue & situation.filed_too_early(filing, clock.due)
    outcome = softened(outcome, no_authority | category_open | filed_early)

    def details(place: int) -> Details:
        verdict = OUTCOMES[outcome[place]]
        row = int(rows[place])
        unknown = verdict is Outcome.UNKNOWN
        late = verdict is Outcome.FAIL
        stated = int(decided.values[place]) if decided.stated[place] else None
        due = int(clock.due[place])
        counted = before_pause[place] or not clock.open_pause[place]
        known_due = bool(clock.accepted.stated[place] and clock.covered[place] and counted)
        facts: dict[str, str | Text] = {"decided": _decided(stated, situation)}
        if clock.accepted.stated[place]:
            facts["accepted"] = str(day(clock.accepted.values[place]))
        return Details(
            subject=_subject(situation, projects, row),
            measured=measured_day(stated, due, due, today, late=late) if known_due else None,
            missing=_missing(situation, row) if unknown else (),
            evidence=situation.evidence(
                "approvals",
                [row],
                "authority",
                "accepted_on",
                "paused_from",
                "paused_until",
                "decided_on",
                "decision",
            ),
            reasons=tuple(
                _reasons(situation, clock, place, row, bool(filed_early[place]), bool(category_open[place]))
            )
            if unknown
            else (),
            facts=facts,
            cure=cure_of_cell(situation, "approvals", row, "decided_on", day(due))
            if verdict is Outcome.PENDING and known_due
            else None,
        )

    return Verdicts(filing, outcome, details)


def _decided(stated: int | None, situation: Situation) -> Text:
    if stated is None:
        return Text(f"至{situation.as_of}未办结", f"by {situation.as_of} it was not decided")
    return Text(f"实际于{day(stated)}办结", f"it was decided on {day(stated)}")


def _subject(situation: Situation, projects: Projects, row: int) -> Subject:
    name = situation.batch.row_name("approvals", row)
    project = int(projects.of_approval[row])
    if project < 0:
        return Subject("approvals", name, situation.batch.text("approvals", row, "project_code"))
    return Subject("approvals", name, str(situation.batch.cell("projects", project, "name")).strip())


def _missing(situation: Situation, row: int) -> tuple[str, ...]:
    found = situation.blank("approvals", [row], "accepted_on", "authority")
    table = situation.table("approvals")
    pause_open = table.stated("paused_from")[row] != table.stated("paused_until")[row]
    if pause_open:
        found += situation.blank("approvals", [row], "paused_from", "paused_until")
    if situation.shared(Projects).judged[row]:
        found += situation.blank("approvals", [row], "decided_on")
    return found


def _reasons(
    situation: Situation, clock: _Clock, place: int, row: int, filed_early: bool, category_open: bool
) -> list[Text]:
    table, found = situation.table("approvals"), []
    if clock.end.stated[place] and not clock.start.stated[place]:
        found.append(reasons.PAUSE_WITHOUT_START)
    elif situation.shared(Projects).judged[row] and not clock.decided.stated[place]:
        found.append(reasons.DECISION_UNDATED)
    elif clock.open_pause[place]:
        found.append(reasons.PAUSED.format(start=day(clock.start.values[place])))
    elif clock.accepted.stated[place] and not clock.covered[place]:
        calendar = situation.calendar
        found.append(
            reasons.CALENDAR_LEFT.format(first_year=calendar.first_year, last_year=calendar.last_year)
        )
    if not table.stated("authority")[row]:
        found.append(reasons.AUTHORITY_UNKNOWN)
    if category_open:
        found.append(reasons.CATEGORY_UNKNOWN)
    if filed_early:
        filed_on = situation.batch.filings[int(table.filing[row])].filed_on
        found.append(reasons.FILED_BEFORE_DUE.format(filed_on=filed_on, due=day(clock.due[place])))
    return found

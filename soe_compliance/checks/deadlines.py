"""Filed by a due day: a filing's earliest row, or each row."""

from datetime import date
from functools import lru_cache

import numpy as np

from soe_compliance.checks.cures import cure_by_row, next_id
from soe_compliance.checks.situation import Situation, day
from soe_compliance.checks.verdicts import Verdicts, first_that_fits, spared
from soe_compliance.domain import reasons
from soe_compliance.domain.finding import Cure, Details, MeasuredDay, Subject
from soe_compliance.domain.groups import Grouped
from soe_compliance.domain.outcomes import OUTCOMES, Outcome
from soe_compliance.domain.text import Text
from soe_compliance.domain.truth import Numbers
from soe_compliance.law.kinds import DatedBy, FiledBy

NEVER = np.iinfo(np.int64).max


def earliest_by(groups: Numbers, days: Numbers, size: int) -> Numbers:
    """The earliest day of each group, `NEVER` where it has none."""
    earliest = np.full(size, NEVER, dtype=np.int64)
    np.minimum.at(earliest, groups, days)
    return earliest


def measured_day(stated: int | None, low: int, high: int, today: int, *, late: bool) -> MeasuredDay:
    """A day, or its absence up to today, against a due day."""
    reached = today if stated is None else stated
    return MeasuredDay(
        day=None if stated is None else day(stated),
        due=day(low),
        due_high=day(high),
        days_late=reached - high if late else None,
    )


def calendar_reason(written: int, low: int, high: int) -> tuple[Text, ...]:
    """That the calendar leaves the due day open, where it does."""
    if low == high:
        return ()
    return (reasons.CALENDAR_UNCOVERED.format(year=day(written).year, due=day(low), due_high=day(high)),)


def check_filed_by(situation: Situation, check: FiledBy) -> Verdicts:
    """One outcome a filing: its earliest row is dated by the due day; with no row, by today."""
    batch, table, today = situation.batch, situation.table(check.rows.table), situation.today
    rows = situation.rows(check.rows)
    filing, dated = table.filing[rows], table.columns[check.dated][rows]
    written, low, high = situation.due(check.due, batch.year)
    everyone = np.arange(len(batch))
    earliest = earliest_by(filing[dated.stated], dated.values[dated.stated], len(batch))
    has_row = np.bincount(filing, minlength=len(batch)) > 0
    undated = np.bincount(filing[~dated.stated], minlength=len(batch)) > 0
    shows_nothing = situation.cannot_show_absence(check.rows.table) | situation.filed_too_early(
        everyone, high
    )
    outcome = first_that_fits(
        [
            (written < situation.in_force_from, Outcome.NOT_APPLICABLE),
            (has_row & (earliest <= low), Outcome.PASS),
            (has_row & undated, Outcome.UNKNOWN),
            (has_row & (earliest > high), Outcome.FAIL),
            (has_row, Outcome.UNKNOWN),
            ((today > high) & ~shows_nothing, Outcome.FAIL),
            (today <= low, Outcome.PENDING),
        ],
        Outcome.UNKNOWN,
    )

    by_filing = Grouped(filing, len(batch))

    def why(place: int, measured: MeasuredDay) -> tuple[Text, ...]:
        if has_row[place]:
            return calendar_reason(int(written[place]), int(low[place]), int(high[place]))
        return why_absence_shows_nothing(situation, check.rows.table, place, measured)

    def details(place: int) -> Details:
        verdict = OUTCOMES[outcome[place]]
        own = rows[by_filing.of(place)].tolist()
        stated = None if earliest[place] == NEVER else int(earliest[place])
        late = verdict is Outcome.FAIL
        unknown = verdict is Outcome.UNKNOWN
        year = int(batch.year[place])
        measured = measured_day(stated, int(low[place]), int(high[place]), today, late=late)
        return Details(
            subject=Subject(check.rows.table, f"{check.subject}:{year}"),
            measured=measured,
            missing=situation.blank(check.rows.table, own, check.dated) if unknown else (),
            evidence=situation.evidence(check.rows.table, own, check.dated),
            reasons=why(place, measured) if unknown else (),
            facts={"year": str(year), "filed": _filed(measured, situation)},
            cure=_filing_in_time(situation, check, place, measured) if verdict is Outcome.PENDING else None,
        )

    return Verdicts(everyone, outcome, details)


def _filing_in_time(situation: Situation, check: FiledBy, filing: int, measured: MeasuredDay) -> Cure | None:
    """The row that is owed, filed on the last day."""
    table = check.rows.table
    name = next_id(situation, filing, table)
    if name is None:
        return None
    row = {field: keys[0] for field, keys in check.rows.where.items()}
    if check.rows.of_year is not None:
        row[check.rows.of_year] = str(situation.batch.year[filing])
    return cure_by_row(table, name, check.dated, measured.due, row)


def _filed(measured: MeasuredDay, situation: Situation) -> Text:
    if measured.day is None:
        return Text(f"至{situation.as_of}未见报送", f"by {situation.as_of} none was filed")
    return Text(f"实际于{measured.day}报送", f"it was filed on {measured.day}")


def why_absence_shows_nothing(
    situation: Situation, table: str, filing: int, measured: MeasuredDay
) -> tuple[Text, ...]:
    """Why want of a row is no breach yet: the table is lacking or unusable in part, or was filed too early."""
    found = list(situation.why_absence_shows_nothing(table, filing))
    filed_on = situation.batch.filings[filing].filed_on
    if filed_on is not None and filed_on <= measured.due_high:
        found.append(_filed_before_due(filed_on, measured.due_high))
    if measured.due != measured.due_high:
        due, due_high = measured.due.toordinal(), measured.due_high.toordinal()
        found.extend(calendar_reason(due, due, due_high))
    return tuple(found)


@lru_cache(maxsize=1024)
def _filed_before_due(filed_on: date, due: date) -> Text:
    return reasons.FILED_BEFORE_DUE.format(filed_on=filed_on, due=due)


def check_dated_by(situation: Situation, check: DatedBy) -> Verdicts:
    """One outcome a row: its date is no later than the due day."""
    batch, table = situation.batch, situation.table(check.rows.table)
    rows = situation.rows(check.rows)
    filing, dated = table.filing[rows], table.columns[check.dated][rows]
    written, low, high = situation.due(check.due, batch.year[filing])
    outcome = first_that_fits(
        [
            (~dated.stated, Outcome.UNKNOWN),
            (dated.values <= low, Outcome.PASS),
            (dated.values > high, Outcome.FAIL),
        ],
        Outcome.UNKNOWN,
    )
    outcome = spared(outcome, written < situation.in_force_from)

    def details(place: int) -> Details:
        verdict = OUTCOMES[outcome[place]]
        row = int(rows[place])
        stated = int(dated.values[place]) if dated.stated[place] else None
        unknown = verdict is Outcome.UNKNOWN
        ends = int(low[place]), int(high[place])
        late = verdict is Outcome.FAIL
        return Details(
            subject=Subject(check.rows.table, batch.row_name(check.rows.table, row)),
            measured=measured_day(stated, *ends, situation.today, late=late) if stated is not None else None,
            missing=situation.blank(check.rows.table, [row], check.dated) if unknown else (),
            evidence=situation.evidence(check.rows.table, [row], check.dated),
            reasons=calendar_reason(int(written[place]), *ends) if unknown and stated is not None else (),
        )

    return Verdicts(filing, outcome, details)

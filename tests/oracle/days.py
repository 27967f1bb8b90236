"""Days that count: the regulation's start, quarters, due dates and working days."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from chinese_calendar import is_workday  # type: ignore[import-untyped,unused-ignore]

IN_FORCE = date(2023, 5, 1)
FIRST_COVERED_YEAR = 2004
LAST_COVERED_YEAR = 2026
ONE_DAY = timedelta(days=1)


@cache
def is_working_day(day: date) -> bool:
    """Whether the official calendar has this day worked, weekend or not."""
    return bool(is_workday(day))


def is_covered(day: date) -> bool:
    """Whether the official calendar speaks of this day."""
    return FIRST_COVERED_YEAR <= day.year <= LAST_COVERED_YEAR


def before_force(day: date | None) -> bool:
    """A blank day is not before the regulation."""
    return day is not None and day < IN_FORCE


@dataclass
class Due:
    """A due date as it is written, which may move to the next working day."""

    written: date
    rolls: bool

    def effective(self) -> date | None:
        """The day it falls on; None where the calendar does not say."""
        if not self.rolls:
            return self.written
        day = self.written
        while is_covered(day):
            if is_working_day(day):
                return day
            day += ONE_DAY
        return None

    def missed_by(self, day: date) -> bool | None:
        """Whether a day is after it; None where the calendar would have to tell."""
        effective = self.effective()
        if effective is not None:
            return day > effective
        if day <= self.written:
            return False
        if day > self.written + timedelta(days=15):
            return True
        return None


def february_end(year: int) -> date:
    """The last day of February."""
    return date(year, 3, 1) - ONE_DAY


def quarter_end(year: int, quarter: int) -> date:
    """The last day of a quarter."""
    return date(year, *{1: (3, 31), 2: (6, 30), 3: (9, 30), 4: (12, 31)}[quarter])


def quarter_of(day: date) -> tuple[int, int]:
    """The year and quarter of a day."""
    return day.year, (day.month - 1) // 3 + 1


def report_due(year: int, quarter: int, reading: str, rolls: bool) -> Due:
    """When the report of a quarter is due."""
    if reading == "next_quarter_end":
        following = (year + 1, 1) if quarter == 4 else (year, quarter + 1)
        return Due(quarter_end(*following), rolls)
    return Due(quarter_end(year, quarter) + timedelta(days=int(reading)), rolls)


def year_later(day: date) -> date:
    """The same day twelve months on; of 29 February it is 28 February."""
    if day.month == 2 and day.day == 29:
        return date(day.year + 1, 2, 28)
    return day.replace(year=day.year + 1)


def twentieth_working_day(accepted: date, pause: tuple[date, date] | None) -> date | None:
    """The 20th working day after a day, leaving out a pause; None where the count leaves the calendar."""
    day = accepted
    counted = 0
    while counted < 20:
        day += ONE_DAY
        if not is_covered(day):
            return None
        paused = pause is not None and pause[0] <= day <= pause[1]
        if is_working_day(day) and not paused:
            counted += 1
    return day

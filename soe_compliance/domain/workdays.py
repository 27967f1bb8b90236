"""Working days by the official calendar: days off and worked weekends, never a guess from the weekday.

Days are proleptic Gregorian ordinals (`date.toordinal()`) in int64 arrays.
"""

from datetime import date
from functools import cached_property, lru_cache

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from soe_compliance.domain.truth import Mask

Days = NDArray[np.int64]


class OfficialYear(Struct, frozen=True):
    """One year's notice of the State Council: days off on weekdays and weekends, and worked weekends."""

    year: int
    days_off: frozenset[date]
    worked: frozenset[date]
    source: str


class Calendar(Struct, frozen=True, eq=False, dict=True):
    """The working days of a run of whole years.

    `days` are the working days in order; `first_year` to `last_year` are covered, both included.
    """

    days: Days
    first_year: int
    last_year: int

    @cached_property
    def first_day(self) -> int:
        return date(self.first_year, 1, 1).toordinal()

    @cached_property
    def last_day(self) -> int:
        return date(self.last_year, 12, 31).toordinal()

    def covers(self, days: Days) -> Mask:
        """Which days lie in the covered years."""
        return (days >= self.first_day) & (days <= self.last_day)

    def roll(self, due: Days, uncovered_days: int) -> tuple[Days, Days]:
        """Each due day moved to the next working day, as the earliest and the latest day it may be.

        The two are the same where the calendar covers the day; where it does not, the day as written and
        `uncovered_days` later.
        """
        position = np.searchsorted(self.days, due, side="left")
        found = self.covers(due) & (position < len(self.days))
        rolled = self.days[np.minimum(position, len(self.days) - 1)]
        return np.where(found, rolled, due), np.where(found, rolled, due + uncovered_days)

    def count(self, start: Days, working_days: int, pause_from: Days, pause_until: Days) -> tuple[Days, Mask]:
        """The n-th working day after each start, leaving out those from `pause_from` to `pause_until`.

        A pause that starts after the n-th day counted without it changes nothing; give one that ends before
        it starts where there is none. Also returned: where the count stays within the covered years (the
        day means nothing elsewhere).
        """
        position = np.searchsorted(self.days, start, side="right")
        due, covered = self._at(position + working_days - 1, self.covers(start))
        paused = covered & (pause_from <= due) & (pause_until >= np.maximum(pause_from, start + 1))
        first = np.searchsorted(self.days, np.maximum(pause_from, start + 1), side="left")
        after = np.searchsorted(self.days, pause_until, side="right")
        return self._at(position + working_days - 1 + np.where(paused, after - first, 0), covered)

    def _at(self, position: Days, within: Mask) -> tuple[Days, Mask]:
        covered = within & (position < len(self.days))
        return self.days[np.minimum(position, len(self.days) - 1)], covered

    def with_year(self, year: OfficialYear) -> "Calendar":
        """The calendar with one more year, which must be covered already or next to what is covered.

        Raises:
            ValueError: the year would leave a gap.
        """
        if not self.first_year - 1 <= year.year <= self.last_year + 1:
            raise ValueError(f"{year.year} leaves a gap to {self.first_year}-{self.last_year}")
        start, end = date(year.year, 1, 1).toordinal(), date(year.year, 12, 31).toordinal()
        kept = self.days[(self.days < start) | (self.days > end)]
        days = np.sort(np.concatenate([kept, _working_days(start, end, year.days_off, year.worked)]))
        return Calendar(days, min(self.first_year, year.year), max(self.last_year, year.year))


def _working_days(start: int, end: int, days_off: frozenset[date], worked: frozenset[date]) -> Days:
    days = np.arange(start, end + 1, dtype=np.int64)
    working = (days - 1) % 7 < 5  # ordinal 1 is a Monday
    off = [day.toordinal() - start for day in days_off if start <= day.toordinal() <= end]
    extra = [day.toordinal() - start for day in worked if start <= day.toordinal() <= end]
    working[off] = False
    working[extra] = True
    return days[working]


@lru_cache(maxsize=1)
def official_calendar() -> Calendar:
    """The calendar of the notices that `chinesecalendar` holds."""
    import chinese_calendar

    days_off = frozenset(chinese_calendar.holidays)
    worked = frozenset(chinese_calendar.workdays)
    first_year, last_year = min(days_off).year, max(days_off).year
    start, end = date(first_year, 1, 1).toordinal(), date(last_year, 12, 31).toordinal()
    return Calendar(_working_days(start, end, days_off, worked), first_year, last_year)

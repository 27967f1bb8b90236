"""Working days, against the official calendar day by day."""

from datetime import date, timedelta
from functools import cache

import chinese_calendar
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.domain.workdays import Calendar, OfficialYear, official_calendar

FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
ONE_DAY = timedelta(days=1)
NO_PAUSE = (date(1, 1, 2), date(1, 1, 1))
COUNTED = [  # accepted, the 20th working day after it
    ("2023-09-15", "2023-10-19"),
    ("2024-02-05", "2024-03-08"),
    ("2025-01-10", "2025-02-13"),
    ("2025-09-19", "2025-10-23"),
    ("2026-02-06", "2026-03-12"),
    ("2026-09-14", "2026-10-16"),
]


@cache
def is_worked(day: date) -> bool:
    return bool(chinese_calendar.is_workday(day))


def rolled(day: date, calendar: Calendar | None = None) -> tuple[date, date]:
    calendar = calendar or official_calendar()
    low, high = calendar.roll(np.array([day.toordinal()]), 15)
    return date.fromordinal(int(low[0])), date.fromordinal(int(high[0]))


def counted(start: date, days: int, pause: tuple[date, date] = NO_PAUSE) -> date | None:
    """The n-th working day after a day; None where the count leaves the calendar."""
    since, until = (np.array([day.toordinal()]) for day in pause)
    due, covered = official_calendar().count(np.array([start.toordinal()]), days, since, until)
    return date.fromordinal(int(due[0])) if covered[0] else None


def counted_by_hand(start: date, days: int, pause: tuple[date, date] = NO_PAUSE) -> date | None:
    day = start
    while days:
        day += ONE_DAY
        if day > LAST:
            return None
        days -= is_worked(day) and not pause[0] <= day <= pause[1]
    return day


def test_the_working_days_are_those_of_the_notices() -> None:
    calendar = official_calendar()
    assert (calendar.first_year, calendar.last_year) == (FIRST.year, LAST.year)
    days = [date.fromordinal(day) for day in range(FIRST.toordinal(), LAST.toordinal() + 1)]
    assert calendar.days.tolist() == [day.toordinal() for day in days if is_worked(day)]


def test_every_due_day_rolls_to_the_next_working_day() -> None:
    starts = np.arange(FIRST.toordinal(), LAST.toordinal() + 1)
    low, high = official_calendar().roll(starts, 15)
    np.testing.assert_array_equal(low, high)
    for start, found in zip(starts.tolist(), low.tolist(), strict=True):
        expected = date.fromordinal(start)
        while not is_worked(expected):
            expected += ONE_DAY
        assert date.fromordinal(found) == expected


@pytest.mark.parametrize("days", [1, 20])
def test_every_count_without_a_pause(days: int) -> None:
    starts = np.arange(FIRST.toordinal(), LAST.toordinal() + 1)
    none = np.ones_like(starts)
    due, covered = official_calendar().count(starts, days, none, none - 1)
    for start, found, within in zip(starts.tolist(), due.tolist(), covered.tolist(), strict=True):
        expected = counted_by_hand(date.fromordinal(start), days)
        assert within == (expected is not None)
        assert not within or date.fromordinal(found) == expected


@pytest.mark.parametrize(("accepted", "due"), COUNTED)
def test_the_twentieth_working_day(accepted: str, due: str) -> None:
    assert counted(date.fromisoformat(accepted), 20) == date.fromisoformat(due)


def test_a_worked_saturday_is_a_working_day() -> None:
    assert rolled(date(2026, 2, 28)) == (date(2026, 2, 28), date(2026, 2, 28))
    assert counted(date(2026, 2, 27), 1) == date(2026, 2, 28)
    assert rolled(date(2027, 2, 28)) == (date(2027, 2, 28), date(2027, 3, 15))


@given(
    st.dates(date(2025, 9, 1), date(2026, 12, 31)),
    st.integers(1, 45),
    st.integers(-60, 90),
    st.integers(-3, 60),
)
def test_a_pause_is_left_out(start: date, days: int, begins: int, length: int) -> None:
    since = start + timedelta(days=begins)
    pause = (since, since + timedelta(days=length))
    without = counted_by_hand(start, days)
    matters = length >= 0 and (without is None or pause[0] <= without)
    expected = counted_by_hand(start, days, pause) if matters else without
    assert counted(start, days, pause) == expected


@pytest.mark.parametrize(
    ("pause", "due"),
    [
        (("2024-04-07", "2024-04-07"), "2024-04-15"),  # over before the day of acceptance
        (("2024-04-08", "2024-04-08"), "2024-04-15"),  # on that day alone
        (("2024-04-09", "2024-04-09"), "2024-04-16"),
        (("2024-04-13", "2024-04-14"), "2024-04-15"),  # a weekend
        (("2024-04-15", "2024-04-15"), "2024-04-16"),  # the due day
        (("2024-04-16", "2026-12-31"), "2024-04-15"),
        (("2024-04-16", "2027-01-31"), "2024-04-15"),
        (("2024-04-15", "2026-12-31"), None),
        (("2024-04-15", "2027-01-31"), None),
        (("2024-04-16", "2024-04-09"), "2024-04-15"),  # none
    ],
)
def test_a_pause_counts_from_the_day_after_acceptance_to_the_due_day(
    pause: tuple[str, str], due: str | None
) -> None:
    since, until = (date.fromisoformat(day) for day in pause)
    assert counted(date(2024, 4, 8), 5, (since, until)) == (date.fromisoformat(due) if due else None)


def test_uncovered_days() -> None:
    assert rolled(date(2027, 1, 1)) == (date(2027, 1, 1), date(2027, 1, 16))
    assert rolled(date(2003, 12, 31)) == (date(2003, 12, 31), date(2004, 1, 15))
    assert counted(date(2003, 12, 31), 1) is None
    assert counted(date(2027, 1, 1), 1) is None
    assert counted(date(2026, 12, 30), 1) == date(2026, 12, 31)
    assert counted(date(2026, 12, 31), 1) is None
    covers = official_calendar().covers(
        np.array([FIRST.toordinal() - 1, FIRST.toordinal(), LAST.toordinal()])
    )
    assert covers.tolist() == [False, True, True]


def test_a_year_can_be_added_or_replaced() -> None:
    friday, saturday = date(2027, 1, 1), date(2027, 1, 9)
    year = OfficialYear(2027, frozenset({friday}), frozenset({saturday}), "notice")
    longer = official_calendar().with_year(year)
    assert (longer.first_year, longer.last_year) == (2004, 2027)
    assert rolled(friday, longer) == (date(2027, 1, 4), date(2027, 1, 4))
    assert rolled(saturday, longer) == (saturday, saturday)
    assert longer.days[: len(official_calendar().days)].tolist() == official_calendar().days.tolist()
    again = longer.with_year(OfficialYear(2027, frozenset(), frozenset(), "other notice"))
    assert rolled(friday, again) == (friday, friday)
    assert rolled(saturday, again) == (date(2027, 1, 11), date(2027, 1, 11))
    earlier = official_calendar().with_year(OfficialYear(2003, frozenset(), frozenset(), "notice"))
    assert rolled(date(2003, 12, 27), earlier) == (date(2003, 12, 29), date(2003, 12, 29))


def test_the_ends_of_an_added_year_are_as_its_notice_says() -> None:
    new_year, last = date(2028, 1, 1), date(2028, 12, 31)  # a Saturday and a Sunday
    calendar = official_calendar()
    for year in (2027, 2028):
        calendar = calendar.with_year(OfficialYear(year, frozenset(), frozenset({new_year, last}), "notice"))
    assert rolled(new_year, calendar) == (new_year, new_year)
    assert calendar.days[-1] == last.toordinal()
    assert np.all(np.diff(calendar.days) > 0)
    friday = date(2027, 12, 31)
    assert rolled(friday, calendar)[0] == friday
    off = calendar.with_year(OfficialYear(2027, frozenset({date(2027, 1, 1), friday}), frozenset(), "notice"))
    assert [rolled(day, off)[0] for day in (date(2027, 1, 1), friday)] == [date(2027, 1, 4), new_year]
    again = off.with_year(OfficialYear(2027, frozenset(), frozenset(), "notice"))
    assert np.all(np.diff(again.days) > 0)
    assert again.days.tolist() == calendar.days.tolist()


def test_after_the_last_working_day_of_the_calendar_nothing_is_known() -> None:
    friday = date(2027, 12, 31)
    calendar = official_calendar().with_year(OfficialYear(2027, frozenset({friday}), frozenset(), "notice"))
    assert rolled(friday, calendar) == (friday, friday + 15 * ONE_DAY)


@pytest.mark.parametrize("year", [2002, 2028])
def test_no_year_may_leave_a_gap(year: int) -> None:
    with pytest.raises(ValueError, match=str(year)):
        official_calendar().with_year(OfficialYear(year, frozenset(), frozenset(), "notice"))

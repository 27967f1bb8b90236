"""Further years of the calendar, from files."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.text import Text
from soe_compliance.domain.workdays import Calendar, official_calendar
from soe_compliance.law.calendars import calendar_with

YEAR_2027 = """\
- year: 2027
  source: 通知
  days_off: [2027-01-01..2027-01-03, 2027-10-01]
  worked: [2027-01-09]
"""


def written(folder: Path, text: str, name: str = "calendar.yaml") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def is_working(calendar: Calendar, day: date) -> bool:
    return day.toordinal() in set(calendar.days.tolist())


def test_without_files_it_is_the_official_one() -> None:
    assert calendar_with([]) is official_calendar()


def test_a_year_has_its_days_off_and_worked_weekends(tmp_path: Path) -> None:
    calendar = calendar_with([written(tmp_path, YEAR_2027)])
    assert calendar.last_year == 2027
    days = [date(2027, 1, 1), date(2027, 1, 4), date(2027, 1, 9), date(2027, 1, 10), date(2027, 10, 1)]
    assert [is_working(calendar, day) for day in days] == [False, True, True, False, False]
    due, covered = calendar.count(np.array([date(2026, 12, 31).toordinal()]), 6, np.array([1]), np.array([0]))
    assert (date.fromordinal(int(due[0])), bool(covered[0])) == (date(2027, 1, 9), True)


def test_a_run_of_days_off_has_each_of_its_days(tmp_path: Path) -> None:
    text = "- {year: 2027, source: s, days_off: [2027-10-04..2027-10-07], worked: []}\n"
    calendar = calendar_with([written(tmp_path, text)])
    working = [is_working(calendar, date(2027, 10, day)) for day in range(1, 9)]
    assert working == [True, False, False, False, False, False, False, True]


def test_years_may_stand_in_any_order_and_in_several_files(tmp_path: Path) -> None:
    text = "".join(f"- {{year: {year}, source: s, days_off: [], worked: []}}\n" for year in (2028, 2027))
    both = written(tmp_path, text)
    third = written(tmp_path, "- {year: 2029, source: s, days_off: [], worked: []}\n", "third.yaml")
    assert calendar_with([both, third]).last_year == 2029


def test_a_file_goes_before_the_official_notice(tmp_path: Path) -> None:
    file = written(tmp_path, "- {year: 2026, source: s, days_off: [2026-06-01], worked: []}\n")
    calendar = calendar_with([file])
    assert not is_working(calendar, date(2026, 6, 1))
    assert not is_working(calendar, date(2026, 2, 28))
    assert (calendar.first_year, calendar.last_year) == (2004, 2026)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- {year: 2027, source: s, days_off: []}\n", 1),
        ("- {year: 2027, source: s, days_off: [], worked: [], more: 1}\n", 1),
        ('- {year: "2027", source: s, days_off: [], worked: []}\n', 1),
        ("- {year: 2027, source: ' ', days_off: [], worked: []}\n", 1),
        ("- {year: 2027, source: s, days_off: [], worked: [2027-01-06]}\n", 1),
        ("- year: 2027\n  source: s\n  days_off: [2026-12-31]\n  worked: []\n", 1),
        ("- year: 2027\n  source: s\n  days_off: [2027-02-30]\n  worked: []\n", 3),
        ("- year: 2027\n  source: s\n  days_off: [2027-01-01..soon]\n  worked: []\n", 3),
        ("- year: 2027\n  source: s\n  days_off: 2027-01-01\n  worked: []\n", 3),
        ("- year: 2027\n  source: s\n  days_off: 5\n  worked: []\n", 3),
        ("- year: 2027\n  source: s\n  days_off: [1900-01-01..2100-01-01]\n  worked: []\n", 3),
        ("- year: 2027\n  source: s\n  days_off: [2027-01-01..2028-01-03]\n  worked: []\n", 3),
        ("- year: 2027\n  source: s\n  days_off: [2027-01-01..2028-01-02]\n  worked: []\n", 1),
        ("- year: 2027\n  source: s\n  days_off: [2027-01-09]\n  worked: [2027-01-09]\n", 1),
        ("- year: 2027\n  source: s\n  days_off: [2027-01-03..2027-01-01]\n  worked: []\n", 3),
        (YEAR_2027 + "- year: 2027\n  source: s\n  days_off: []\n  worked: []\n", 5),
        ("- year: 27\n  source: s\n  days_off: []\n  worked: []\n", 1),
        ("year: 2027\n", 1),
        ("", 1),
    ],
)
def test_a_file_of_another_form_is_refused(tmp_path: Path, text: str, line: int) -> None:
    file = written(tmp_path, text)
    with pytest.raises(UserError) as caught:
        calendar_with([file])
    assert caught.value.place == f"{file}:{line}"
    assert not any(word in caught.value.in_("zh").lower() for word in ("value", "input", "field", "error"))


def test_years_must_follow_each_other(tmp_path: Path) -> None:
    file = written(tmp_path, YEAR_2027.replace("2027", "2028"))
    with pytest.raises(UserError) as caught:
        calendar_with([file])
    assert caught.value.place == f"{file}:1"
    assert "2028" in caught.value.what.zh
    assert caught.value.remedy is not None
    assert caught.value.remedy == Text("请补上其间的年度", "add the years between")


def test_a_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        calendar_with([str(tmp_path / "none.yaml")])

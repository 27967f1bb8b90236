"""Further years of official days off and worked weekends, from files that users keep.

A file holds, for one year each: the notice it rests on, the days off (weekends need not be listed; a run of days is
written 2027-02-05..2027-02-11), and the weekends that are worked:

    - year: 2027
      source: 国务院办公厅关于2027年部分节假日安排的通知
      days_off: [2027-01-01..2027-01-03]
      worked: [2027-01-09]
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.text import Text
from soe_compliance.domain.workdays import Calendar, OfficialYear, official_calendar
from soe_compliance.law.documents import load
from soe_compliance.law.kinds import Strict
from soe_compliance.law.refusals import WrongValue
from soe_compliance.law.validation import validated
from soe_compliance.law.values import Name, Whole

_SATURDAY = 5


def _run_of_days(value: Any) -> Iterator[date]:
    first, _, last = str(value).partition("..")
    try:
        day, end = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        raise WrongValue(
            Text(
                f"“{value}”不是日期，请写作2027-01-01或2027-01-01..2027-01-03",
                f"“{value}” is no day: write 2027-01-01 or 2027-01-01..2027-01-03",
            )
        ) from None
    if day > end:
        raise WrongValue(Text(f"“{value}”的首日晚于末日", f"“{value}” ends before it begins"))
    if (end - day).days > 366:
        raise WrongValue(Text(f"“{value}”超过一年", f"“{value}” is longer than a year"))
    while day <= end:
        yield day
        day += timedelta(days=1)


def _days(value: Any) -> Any:
    return [day for item in value for day in _run_of_days(item)] if isinstance(value, list) else value


class _YearInFile(Strict):
    year: Whole = Field(ge=1950, le=2199)
    source: Name
    days_off: Annotated[list[date], BeforeValidator(_days)]
    worked: Annotated[list[date], BeforeValidator(_days)]

    @model_validator(mode="after")
    def _within_the_year(self) -> "_YearInFile":
        for day in [*self.days_off, *self.worked]:
            if day.year != self.year:
                raise WrongValue(Text(f"{day}不在{self.year}年", f"{day} is not in {self.year}"))
        for day in self.worked:
            if day.weekday() < _SATURDAY:
                raise WrongValue(
                    Text(
                        f"{day}不是周末，worked只列上班的周六、周日",
                        f"{day} is no weekend: `worked` lists Saturdays and Sundays that are worked",
                    )
                )
        for day in set(self.worked) & set(self.days_off):
            raise WrongValue(Text(f"{day}既放假又上班", f"{day} is both off and worked"))
        return self


def calendar_with(files: Sequence[str]) -> Calendar:
    """The official calendar with the years of these files, which replace its own.

    Raises:
        UserError: a file can't be read or is not of the form, or a year would leave a gap.
    """
    calendar = official_calendar()
    for file in files:
        document = load(Path(file))
        years = validated(list[_YearInFile], document, document.data)
        stated: set[int] = set()
        for number, year in sorted(enumerate(years), key=lambda entry: entry[1].year):
            if year.year in stated:
                raise UserError(
                    Text(f"{year.year}年列有两次，请删除其一", f"{year.year} is there twice: remove one"),
                    place=document.place((number,)),
                )
            stated.add(year.year)
            official = OfficialYear(year.year, frozenset(year.days_off), frozenset(year.worked), year.source)
            try:
                calendar = calendar.with_year(official)
            except ValueError:
                first, last = calendar.first_year, calendar.last_year
                raise UserError(
                    Text(
                        f"年度不连续：{year.year}与已有的{first}至{last}不相接",
                        f"the years must follow each other: {year.year} leaves a gap to {first}-{last}",
                    ),
                    place=document.place((number,)),
                    remedy=Text("请补上其间的年度", "add the years between"),
                ) from None
    return calendar

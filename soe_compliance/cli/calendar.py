"""calendar: official working days, counted and shown."""

from datetime import date

import click

from soe_compliance.cli.groups import Group
from soe_compliance.cli.options import language_option
from soe_compliance.cli.values import Day, Whole
from soe_compliance.domain.text import Language, Text

_calendars = click.option(
    "--calendar", "calendars", multiple=True, metavar="FILE", help="补充年度 / further years"
)


@click.group("calendar", cls=Group)
def command() -> None:
    """法定工作日 / Official working days."""


@command.command("count")
@click.argument("start", type=Day(), metavar="DATE")
@click.argument("days", type=Whole(1, 100_000), metavar="N")
@_calendars
@language_option
def count(start: date, days: int, calendars: tuple[str, ...], lang: Language) -> None:
    """DATE之后的第N个工作日（当日不计） / The N-th working day after DATE."""
    import numpy as np

    from soe_compliance.domain.errors import UserError
    from soe_compliance.law.calendars import calendar_with

    calendar = calendar_with(calendars)
    due, covered = calendar.count(np.array([start.toordinal()]), days, np.array([1]), np.array([0]))
    if not covered[0]:
        first, last = calendar.first_year, calendar.last_year
        raise UserError(
            Text(
                f"超出日历所含年度（{first}至{last}）",
                f"leaves the years of the calendar ({first} to {last})",
            ),
            remedy=Text("用--calendar补充年度", "add years with --calendar"),
        )
    click.echo(date.fromordinal(int(due[0])).isoformat())


@command.command("show")
@click.argument("year", type=Whole(1, 9999), metavar="YEAR")
@_calendars
@language_option
def show(year: int, calendars: tuple[str, ...], lang: Language) -> None:
    """一年的工作日数、周末上班日和工作日放假日 / A year's working days, worked weekends and weekdays off."""
    from soe_compliance.domain.errors import UserError
    from soe_compliance.law.calendars import calendar_with

    calendar = calendar_with(calendars)
    if not calendar.first_year <= year <= calendar.last_year:
        raise UserError(
            Text(
                f"日历不含{year}年（含{calendar.first_year}至{calendar.last_year}）",
                f"the calendar does not cover {year} (it covers {calendar.first_year} to {calendar.last_year})",
            ),
            remedy=Text("用--calendar补充年度", "add years with --calendar"),
        )
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    working = {int(day) for day in calendar.days if first <= day <= last}
    days = [date.fromordinal(day) for day in range(first, last + 1)]
    off = [day for day in days if day.weekday() < 5 and day.toordinal() not in working]
    worked = [day for day in days if day.weekday() >= 5 and day.toordinal() in working]
    labels = (
        ("工作日", "工作日放假", "周末上班")
        if lang == "zh"
        else ("working days", "weekdays off", "worked weekends")
    )
    click.echo(f"{year} {labels[0]}: {len(working)}")
    click.echo(f"{labels[1]}: {' '.join(day.isoformat() for day in off)}")
    click.echo(f"{labels[2]}: {' '.join(day.isoformat() for day in worked)}")

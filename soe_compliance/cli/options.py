"""Options that several commands share, and how their texts become values."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

import click

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.text import Text

_F = TypeVar("_F", bound=Callable[..., Any])


def language_option(function: _F) -> _F:
    return click.option(
        "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言 / language"
    )(function)


def ruleset_option(function: _F) -> _F:
    return click.option(
        "--ruleset",
        default="xingan-2023",
        show_default=True,
        metavar="ID|FOLDER",
        help="规则集 / the ruleset",
    )(function)


class Day(click.ParamType[date]):
    """A calendar day."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value} 不是日期，请写作2024-04-15 / is no date: write 2024-04-15", param, ctx)


def readings_of(pairs: Sequence[str]) -> dict[str, str]:
    """`KEY=OPTION` pairs as a mapping.

    Raises:
        UserError: a pair is not of this form, or a key is given twice.
    """
    readings: dict[str, str] = {}
    for pair in pairs:
        key, equals, option = pair.partition("=")
        if not equals or not key or not option:
            raise UserError(
                Text(f"--interpret {pair} 应写作 名称=选项", f"--interpret {pair}: write KEY=OPTION")
            )
        if readings.get(key, option) != option:
            raise UserError(
                Text(f"--interpret {key} 给了两个选项", f"--interpret {key} is given two options")
            )
        readings[key] = option
    return readings


def comma_separated(values: Sequence[str]) -> list[str]:
    return [part.strip() for value in values for part in value.split(",") if part.strip()]

"""Options that several commands share, and how their texts become values."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.text import Text

if TYPE_CHECKING:
    from soe_compliance.filings.limits import Limits

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


def limits_of(pairs: Sequence[str]) -> "Limits":
    """`KEY=VALUE` pairs as limits; a number of bytes may end in KB, MB or GB, of 1024 each.

    Raises:
        UserError: a pair is not of this form, or names no limit.
    """
    from soe_compliance.filings.limits import Limits

    keys = [field.name for field in fields(Limits)]
    chosen: dict[str, int] = {}
    for pair in pairs:
        key, _, text = pair.partition("=")
        if key not in keys:
            raise UserError(
                Text(f"--limit {pair}：没有名为“{key}”的限制", f"--limit {pair}: there is no limit “{key}”"),
                remedy=Text(f"可用：{'、'.join(keys)}", f"use one of {', '.join(keys)}"),
            )
        value = _number(text, _BYTES if key.endswith("_bytes") else {"": 1})
        if value is None:
            raise UserError(
                Text(
                    f"--limit {pair}：“{text}”不是正整数",
                    f"--limit {pair}: “{text}” is no whole number above 0",
                ),
                remedy=Text("字节数可写作100MB", "bytes may be written as 100MB")
                if key.endswith("_bytes")
                else None,
            )
        chosen[key] = value
    return Limits(**chosen)


_BYTES = {"": 1, "B": 1, "KB": 1024, "MB": 1024**2, "GB": 1024**3}
_MOST = 2**62


def _number(text: str, units: Mapping[str, int]) -> int | None:
    """A whole number above 0 with its unit."""
    match = re.fullmatch(r"([0-9]{1,18})([A-Za-z]*)", text)
    if match is None or match[2].upper() not in units:
        return None
    value = int(match[1]) * units[match[2].upper()]
    return value if 0 < value <= _MOST else None


def comma_separated(values: Sequence[str]) -> list[str]:
    return [part.strip() for value in values for part in value.split(",") if part.strip()]

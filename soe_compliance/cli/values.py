"""What options take: a day, one of a few words, a whole number; what doesn't fit is told in the user's language."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from soe_compliance.domain.errors import UserError
    from soe_compliance.domain.text import Text


class Day(click.ParamType[date]):
    """A calendar day."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            from soe_compliance.domain.text import Text

            raise _unfit(
                value, param, Text("请写日期，如2024-04-15", "write a day such as 2024-04-15")
            ) from None


class OneOf(click.Choice[str]):
    """One of a few words."""

    def __init__(self, *words: str) -> None:
        super().__init__(words)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in self.choices:
            from soe_compliance.domain.meant import among

            raise _unfit(value, param, among(str(value), self.choices))
        return str(value)


class Whole(click.ParamType[int]):
    """A whole number within bounds."""

    name = "integer"

    def __init__(self, least: int, most: int) -> None:
        self.least = least
        self.most = most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            number = int(value)
        except ValueError:
            number = self.least - 1
        if self.least <= number <= self.most:
            return number
        from soe_compliance.domain.text import Text

        bounds = f"{self.least}至{self.most}", f"{self.least} to {self.most}"
        raise _unfit(value, param, Text(f"请写{bounds[0]}的整数", f"write a whole number from {bounds[1]}"))


def shown_name(param: click.Parameter) -> str:
    """An option as it is written, an argument as the usage shows it."""
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.metavar or param.human_readable_name


def words_of(param: click.Parameter) -> Sequence[str]:
    """The words that a parameter takes, where they are few."""
    return param.type.choices if isinstance(param.type, OneOf) else ()


def _unfit(value: object, param: click.Parameter | None, remedy: "Text") -> "UserError":
    from soe_compliance.domain.errors import UserError
    from soe_compliance.domain.text import Text

    what = Text(f"不能是“{value}”", f"can't be “{value}”")
    return UserError(what, place=shown_name(param) if param else "", remedy=remedy)

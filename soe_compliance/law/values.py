"""Values as rulesets write them: nothing is taken for something else, and what never holds is refused.

A text is no number, a number no yes or no; a fraction is digits, no power of ten and no percent.
"""

from datetime import date
from fractions import Fraction
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer

from soe_compliance.domain.patterns import pattern
from soe_compliance.domain.text import Text
from soe_compliance.law.refusals import NOT_BLANK, ONE_NAME, WrongValue

_FRACTION = pattern(r"[0-9]{1,9}(/[0-9]{1,9}|\.[0-9]{1,9})?")
_DAY = pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

MOST_DAYS = 999
"""The longest period that a ruleset states in days."""


def _as_written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _fraction(value: object) -> Fraction:
    if isinstance(value, Fraction):
        return value
    text = _as_written(value)
    if not _FRACTION.fullmatch(text):
        raise WrongValue(
            Text(f"“{text}”不是分数或小数，请写作2/5或0.4", f"“{text}” is no fraction: write 2/5 or 0.4")
        )
    try:
        return Fraction(text)
    except ZeroDivisionError:
        raise WrongValue(Text(f"{text}的分母为0", f"{text} divides by 0")) from None


def _within_the_whole(value: Fraction) -> Fraction:
    if value > 1:
        raise WrongValue(
            Text(f"{value}大于1；50%请写作1/2或0.5", f"{value} is more than 1: 50% is written 1/2 or 0.5")
        )
    return value


def _day(value: object) -> object:
    if isinstance(value, date) or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise WrongValue(Text("应为日期，如2024-04-15", "must be a day, such as 2024-04-15"))


def word_or_number(word: str, least: int, most: int) -> BeforeValidator:
    """Refuses what is neither this word nor a whole number in these bounds."""

    def checked(value: object) -> object:
        if value == word or (type(value) is int and least <= value <= most):
            return value
        raise WrongValue(
            Text(
                f"应为{least}至{most}的整数，或{word}",
                f"must be a whole number from {least} to {most}, or {word}",
            )
        )

    return BeforeValidator(checked)


Factor: TypeAlias = Annotated[
    Fraction,
    BeforeValidator(_fraction),
    PlainSerializer(str),
    Field(json_schema_extra={"type": ["string", "integer", "number"]}),
]
"""A fraction such as 2/5; written so, never as a binary number."""

Part: TypeAlias = Annotated[Factor, AfterValidator(_within_the_whole)]
"""A part of a whole."""

Flag: TypeAlias = Annotated[bool, Field(strict=True)]
Whole: TypeAlias = Annotated[int, Field(strict=True)]
Day: TypeAlias = Annotated[date, BeforeValidator(_day)]
Name: TypeAlias = Annotated[str, Field(pattern=NOT_BLANK)]
"""A text that says something."""

OneName: TypeAlias = Annotated[str, Field(pattern=ONE_NAME)]
"""The name of one: two that a Chinese comma joins are one text to YAML, which no filing ever names."""

Names: TypeAlias = Annotated[list[str], Field(min_length=1)]
"""Names, of which there is one at least: what asks for none of a list never finds anything."""

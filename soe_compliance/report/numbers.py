"""What reports ask of exact numbers and days, beside their plain and spoken forms."""

from datetime import date
from fractions import Fraction

from soe_compliance.domain.amounts import amount_in_words, has_finite_decimals, plain
from soe_compliance.domain.exact import Interval
from soe_compliance.domain.text import Language, Text

_SHOWN_DIGITS = 15
_SHOWN_DECIMALS = 10
_FROM_TO = Text("{low}至{high}", "{low} to {high}")


def fraction_if_endless(*numbers: Fraction | None) -> str | None:
    """The first of the numbers that has no finite decimal form, as "2/3"."""
    return next((str(n) for n in numbers if n is not None and not has_finite_decimals(n)), None)


def shows_exactly(number: Fraction) -> bool:
    """Whether a spreadsheet cell shows the number as it is: 15 digits, of which up to 10 are decimals."""
    if not has_finite_decimals(number):
        return False
    whole, _, decimals = plain(abs(number), 0).partition(".")
    return len(decimals) <= _SHOWN_DECIMALS and len((whole + decimals).lstrip("0")) <= _SHOWN_DIGITS


def amounts(interval: Interval, unit: str, language: Language) -> str:
    """An amount or the range that it lies in, as sentences name it."""
    return amount_in_words(interval, unit).in_(language).strip()


def days(low: date, high: date, language: Language) -> str:
    """A day, or the range that it lies in."""
    if low == high:
        return low.isoformat()
    return _FROM_TO.in_(language).format(low=low.isoformat(), high=high.isoformat())

"""Exact numbers and days as texts: plain ones for programs, spoken ones for sentences."""

from datetime import date
from fractions import Fraction

from soe_compliance.domain.exact import Interval
from soe_compliance.domain.text import Language, Text

DECIMALS_OF_ENDLESS = 12
DECIMALS_OF_AMOUNTS = 2
_SHOWN_DIGITS = 15
_SHOWN_DECIMALS = 10


def decimals_needed(number: Fraction) -> int | None:
    """How many decimals write the number exactly; None where none do."""
    rest, twos, fives = number.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def plain(number: Fraction, least_decimals: int = DECIMALS_OF_AMOUNTS) -> str:
    """A decimal string, exact where it can be, else to 12 decimals; no thousands separators."""
    return _written(number, least_decimals, "")


def grouped(number: Fraction, least_decimals: int = DECIMALS_OF_AMOUNTS) -> str:
    """The same with thousands separators."""
    return _written(number, least_decimals, ",")


def _written(number: Fraction, least_decimals: int, separator: str) -> str:
    needed = decimals_needed(number)
    decimals = DECIMALS_OF_ENDLESS if needed is None else max(needed, least_decimals)
    scaled = round(number * 10**decimals)
    whole, part = divmod(abs(scaled), 10**decimals)
    sign = "-" if scaled < 0 else ""
    digits = format(whole, separator) if separator else str(whole)
    return f"{sign}{digits}.{part:0{decimals}d}" if decimals else f"{sign}{digits}"


def fraction_if_endless(*numbers: Fraction | None) -> str | None:
    """The first of the numbers that has no finite decimal form, as "2/3"."""
    return next((str(n) for n in numbers if n is not None and decimals_needed(n) is None), None)


def shows_exactly(number: Fraction) -> bool:
    """Whether a spreadsheet cell shows the number as it is: 15 digits, of which up to 10 are decimals."""
    needed = decimals_needed(number)
    if needed is None or needed > _SHOWN_DECIMALS:
        return False
    return len(str(abs(number.numerator * 10**needed // number.denominator))) <= _SHOWN_DIGITS


_ABOUT = Text("约", "about ")
_FROM_TO = Text("{low}至{high}", "{low} to {high}")
_AT_LEAST = Text("不少于{low}", "at least {low}")


def amount(number: Fraction, unit: str, language: Language) -> str:
    """An amount in a sentence: 6,100.00万元."""
    return _spoken(number, language) + unit


def amounts(interval: Interval, unit: str, language: Language) -> str:
    """An amount or the range that it lies in: 100.00至200.00万元, 不少于100.00万元."""
    low = _spoken(interval.low, language)
    if interval.is_point:
        return low + unit
    if interval.high is None:
        return _AT_LEAST.in_(language).format(low=low) + unit
    return _FROM_TO.in_(language).format(low=low, high=_spoken(interval.high, language)) + unit


def days(low: date, high: date, language: Language) -> str:
    """A day, or the range that it lies in."""
    if low == high:
        return low.isoformat()
    return _FROM_TO.in_(language).format(low=low.isoformat(), high=high.isoformat())


def _spoken(number: Fraction, language: Language) -> str:
    about = _ABOUT.in_(language) if decimals_needed(number) is None else ""
    return about + grouped(number)

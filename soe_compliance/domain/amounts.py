"""Exact numbers as people read them: nothing is rounded in silence."""

from fractions import Fraction
from functools import lru_cache

from soe_compliance.domain.exact import Interval
from soe_compliance.domain.text import Text

_DECIMALS_SHOWN = 12
_DECIMALS_IN_WORDS = 6


def decimals_of(number: Fraction) -> int | None:
    """How many decimals write a number out; None where they are endless."""
    return _decimals(number.denominator)


@lru_cache(maxsize=4096)
def _decimals(denominator: int) -> int | None:
    twos = (denominator & -denominator).bit_length() - 1
    rest, fives = denominator >> twos, 0
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def has_finite_decimals(number: Fraction) -> bool:
    """Whether a number can be written out as a decimal."""
    return decimals_of(number) is not None


def plain(number: Fraction, least: int = 2, most: int = _DECIMALS_SHOWN) -> str:
    """A number as a decimal text: all of its decimals, at least so many; endless ones are rounded at the last shown."""
    return _plain(number, decimals_of(number), least, most)


def _plain(number: Fraction, needed: int | None, least: int, most: int) -> str:
    decimals = most if needed is None else max(needed, least)
    numerator, denominator = number.numerator, number.denominator
    # twice the numerator and one denominator more, over twice the denominator: rounded; endless decimals are no tie
    whole = (abs(numerator) * 10**decimals * 2 + denominator) // (2 * denominator)
    digits = str(whole).rjust(decimals + 1, "0")
    sign = "-" if numerator < 0 and whole else ""
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else f"{sign}{digits}"


def grouped(number: Fraction, least: int = 2) -> Text:
    """A number with its thousands grouped; one with endless decimals says that it is about so much."""
    needed = decimals_of(number)
    text = _plain(number, needed, least, _DECIMALS_IN_WORDS)
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, _, decimals = text.partition(".")
    groups = f"{int(whole):,}"
    shown = f"{sign}{groups}.{decimals}" if decimals else sign + groups
    return Text(shown, shown) if needed is not None else Text("约" + shown, "about " + shown)


def amount_in_words(amount: Interval, unit: str) -> Text:
    """An amount with its unit: a point, a range, or no less than so much."""
    low = grouped(amount.low)
    if amount.is_point:
        return Text(low.zh + unit, f"{low.en} {unit}")
    if amount.high is None:
        if amount.low == 0:
            return Text("不详", "an unknown amount")
        return Text(f"不少于{low.zh}{unit}", f"no less than {low.en} {unit}")
    high = grouped(amount.high)
    return Text(f"{low.zh}至{high.zh}{unit}", f"{low.en} to {high.en} {unit}")


def percent_in_words(share: Interval) -> Text:
    """A share as a percentage, a whole one without decimals."""
    if share.is_point and (share.low * 100).denominator == 1:
        whole = f"{share.low * 100}%"
        return Text(whole, whole)
    low = grouped(share.low * 100)
    if share.is_point:
        return Text(low.zh + "%", low.en + "%")
    if share.high is None:
        return Text(f"不低于{low.zh}%", f"no less than {low.en}%")
    high = grouped(share.high * 100)
    return Text(f"{low.zh}%至{high.zh}%", f"{low.en}% to {high.en}%")

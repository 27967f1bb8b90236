"""Truth with a third value, and amounts that are ranges."""

from collections.abc import Iterable
from fractions import Fraction

Truth = bool | None
Limit = Fraction | None
"""The upper end of a range; None is no limit."""
Range = tuple[Fraction, Limit]

ZERO = Fraction(0)
ANYTHING: Range = (ZERO, None)


def both(*parts: Truth) -> Truth:
    """Kleene's and."""
    if any(part is False for part in parts):
        return False
    if any(part is None for part in parts):
        return None
    return True


def either(parts: Iterable[Truth]) -> Truth:
    """Kleene's or."""
    listed = list(parts)
    if any(part is True for part in listed):
        return True
    if any(part is None for part in listed):
        return None
    return False


def negated(part: Truth) -> Truth:
    """Kleene's not."""
    return None if part is None else not part


def agreed(low: bool, high: bool) -> Truth:
    """What comes out the same twice is known."""
    return low if low == high else None


def amount_range(stated: Fraction | None) -> Range:
    """A stated amount is a point, a blank one lies anywhere from 0 up."""
    return ANYTHING if stated is None else (stated, stated)


def add_limits(one: Limit, other: Limit) -> Limit:
    """The sum of two upper ends."""
    return None if one is None or other is None else one + other


def times_limits(one: Limit, other: Limit) -> Limit:
    """The product of two upper ends; 0 times no limit is 0."""
    if one == 0 or other == 0:
        return ZERO
    return None if one is None or other is None else one * other


def add_ranges(one: Range, other: Range) -> Range:
    """A sum adds ends."""
    return one[0] + other[0], add_limits(one[1], other[1])


def cap_of(base: Fraction | None, share: Fraction) -> Range:
    """A part of a base; of a base that is zero or negative it is 0."""
    if base is None:
        return ANYTHING
    if base <= 0:
        return ZERO, ZERO
    return base * share, base * share


def exceeds(value: Range, cap: Range) -> str:
    """The outcome of value <= cap."""
    if cap[1] is not None and value[0] > cap[1]:
        return "fail"
    if value[1] is not None and value[1] <= cap[0]:
        return "pass"
    return "unknown"

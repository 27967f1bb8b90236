"""Exact numbers as columns: whole fen in int64, fractions in object arrays where int64 can't hold them.

Nothing here rounds. A column starts as int64 and turns into Python numbers, which never overflow, as soon as
a sum or a product could leave int64; comparisons work across both.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from soe_compliance.domain.truth import Mask, Truth, between

Exact: TypeAlias = NDArray[Any]
"""int64, or object holding int and Fraction."""

_SAFE = 2**62


def exact(values: Iterable[int | Fraction]) -> Exact:
    """A column of exact numbers: int64 where all are whole and small enough, else Python numbers."""
    numbers = list(values)
    if all(isinstance(n, int) or n.denominator == 1 for n in numbers):
        whole = [int(n) for n in numbers]
        if all(-_SAFE < n < _SAFE for n in whole):
            return np.array(whole, dtype=np.int64)
        numbers = list(whole)
    column = np.empty(len(numbers), dtype=object)
    column[:] = numbers
    return column


def times(values: Exact, factor: int) -> Exact:
    """Each value times a whole number."""
    if values.dtype != object and values.size and int(np.abs(values).max()) * abs(factor) >= _SAFE:
        values = values.astype(object)
    return values * factor


def sum_by(groups: NDArray[np.int64], values: Exact, size: int) -> Exact:
    """The sum of the values of each group, groups being numbered from 0 to size - 1."""
    if values.dtype != object and float(np.abs(values.astype(np.float64)).sum()) >= _SAFE:
        values = values.astype(object)
    total = np.zeros(size, dtype=values.dtype)
    np.add.at(total, groups, values)
    return total


def max_by(groups: NDArray[np.int64], values: Exact, size: int) -> Exact:
    """The largest value of each group, and 0 where that is negative or the group is empty."""
    largest = np.zeros(size, dtype=values.dtype)
    np.maximum.at(largest, groups, values)
    return largest


class Interval(Struct, frozen=True):
    """One amount: between low and high, with no upper limit where high is None."""

    low: Fraction
    high: Fraction | None

    @property
    def is_point(self) -> bool:
        return self.high is self.low or self.high == self.low

    def scaled(self, factor: Fraction) -> "Interval":
        """The interval times a factor that is not negative (0 times no limit is 0)."""
        if factor == 0:
            return Interval(Fraction(0), Fraction(0))
        low = self.low * factor
        return Interval(low, None if self.high is None else low if self.is_point else self.high * factor)

    def clipped(self) -> "Interval":
        """The interval with nothing below 0: what a cap may rest on."""
        if self.low.numerator >= 0 and (self.high is None or self.high.numerator >= 0):
            return self
        return Interval(
            max(self.low, Fraction(0)), None if self.high is None else max(self.high, Fraction(0))
        )


class Range(Struct, frozen=True):
    """A column of amounts, each between low and high; `unlimited` marks those without an upper end."""

    low: Exact
    high: Exact
    unlimited: Mask

    @classmethod
    def stated(cls, values: Exact, stated: Mask) -> "Range":
        """A stated amount is a point; a blank one lies between 0 and no limit."""
        points = np.where(stated, values, 0)
        return cls(points, points, ~stated)

    def __getitem__(self, index: Any) -> "Range":
        return Range(self.low[index], self.high[index], self.unlimited[index])

    def at(self, index: int) -> Interval:
        low, high = self.low[index], self.high[index]
        bottom = as_fraction(low)
        if self.unlimited[index]:
            return Interval(bottom, None)
        return Interval(bottom, bottom if high == low else as_fraction(high))

    def sum_by(self, groups: NDArray[np.int64], size: int, certain: Mask) -> "Range":
        """The sum of each group; what is not certainly in it adds nothing to the low end."""
        low = sum_by(groups[certain], self.low[certain], size)
        high = sum_by(groups, self.high, size)
        unlimited = np.zeros(size, dtype=bool)
        unlimited[groups[self.unlimited]] = True
        return Range(low, high, unlimited)

    def clipped(self) -> "Range":
        """The column with nothing below 0: what a cap may rest on."""
        return Range(np.maximum(self.low, 0), np.maximum(self.high, 0), self.unlimited)

    def or_without_limit(self, mask: Mask) -> "Range":
        """The column, where the mask holds, without an upper end."""
        return Range(self.low, self.high, self.unlimited | mask)


def above(value: Range, base: Range, factor: Fraction, *, or_equal: bool = False) -> Truth:
    """Whether value > factor x base (or >=), three-valued. The factor is positive."""
    low, high = times(value.low, factor.denominator), times(value.high, factor.denominator)
    base_low, base_high = times(base.low, factor.numerator), times(base.high, factor.numerator)
    if or_equal:
        certain, possible = low >= base_high, high >= base_low
    else:
        certain, possible = low > base_high, high > base_low
    return between(certain.astype(bool) & ~base.unlimited, possible.astype(bool) | value.unlimited)


def as_fraction(number: Any) -> Fraction:
    """A number of a column as a fraction."""
    return number if isinstance(number, Fraction) else Fraction(int(number))

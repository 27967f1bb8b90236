"""Exact columns: nothing overflows, nothing is rounded."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.domain.exact import Interval, Range, above, as_fraction, exact, max_by, sum_by, times

wholes = (
    st.integers(-(2**66), 2**66) | st.integers(-1000, 1000) | st.sampled_from([2**62, 2**63 - 1, -(2**63)])
)
fractions = st.fractions(max_denominator=10**6)
numbers = wholes | fractions


@dataclass(frozen=True)
class Amount:
    """One row of a range: its ends, no upper one where high is None, its group, and whether it is in for certain."""

    low: Fraction
    high: Fraction | None
    group: int
    certain: bool


@st.composite
def amounts(draw: st.DrawFn, least: int = 0) -> Amount:
    low = draw(st.integers(least, 2**65) | st.fractions(least, 1000, max_denominator=50))
    width = draw(st.integers(0, 2**65) | st.just(0) | st.none())
    high = None if width is None else Fraction(low) + width
    return Amount(Fraction(low), high, draw(st.integers(0, 3)), draw(st.booleans()))


def range_of(rows: list[Amount]) -> Range:
    low = exact(row.low for row in rows)
    high = exact(row.low if row.high is None else row.high for row in rows)
    return Range(low, high, np.array([row.high is None for row in rows], dtype=bool))


def test_small_whole_numbers_are_int64_and_others_python_numbers() -> None:
    assert exact([1, -2, Fraction(6, 2)]).dtype == np.int64
    assert exact([]).dtype == np.int64
    assert [type(n) for n in exact([1, 2**62])] == [int, int]
    assert exact([1, Fraction(1, 3)]).dtype == object


EDGE = 2**62
"""The first whole number that is not held in int64, whichever its sign."""


@pytest.mark.parametrize("sign", [1, -1])
def test_columns_leave_int64_at_the_edge_and_not_before(sign: int) -> None:
    assert exact([sign * (EDGE - 1)]).dtype == np.int64
    assert exact([sign * EDGE]).dtype == object
    half, one = exact([sign * EDGE // 2]), np.zeros(2, dtype=np.int64)
    assert times(exact([sign * (EDGE // 2 - 1)]), 2).dtype == np.int64
    assert times(half, 2).dtype == object
    assert sum_by(one, exact([sign * EDGE // 2, sign * (EDGE // 4)]), 1).dtype == np.int64
    assert sum_by(one, exact([sign * EDGE // 2] * 2), 1).dtype == object


def test_what_leaves_int64_stays_exact() -> None:
    odd = exact([2**61 + 1])
    assert times(odd, -8).tolist() == [-(2**64) - 8]
    assert sum_by(np.zeros(9, dtype=np.int64), odd[[0] * 9], 1).tolist() == [9 * 2**61 + 9]


@given(st.lists(numbers, max_size=8))
def test_a_column_holds_its_numbers(values: list[int | Fraction]) -> None:
    assert [as_fraction(n) for n in exact(values)] == [Fraction(n) for n in values]


@given(st.lists(numbers, max_size=8), st.integers(-(10**12), 10**12))
def test_times_equals_fractions(values: list[int | Fraction], factor: int) -> None:
    assert [as_fraction(n) for n in times(exact(values), factor)] == [Fraction(n) * factor for n in values]


@given(st.lists(st.tuples(st.integers(0, 4), numbers), max_size=12))
def test_sums_by_group_equal_fractions(rows: list[tuple[int, int | Fraction]]) -> None:
    groups = np.array([group for group, _ in rows], dtype=np.int64)
    total = sum_by(groups, exact(number for _, number in rows), 5)
    expected = [sum((Fraction(n) for g, n in rows if g == group), Fraction(0)) for group in range(5)]
    assert [as_fraction(n) for n in total] == expected


@given(st.lists(st.tuples(st.integers(0, 4), numbers), max_size=12))
def test_largest_by_group_is_never_below_nothing(rows: list[tuple[int, int | Fraction]]) -> None:
    groups = np.array([group for group, _ in rows], dtype=np.int64)
    largest = max_by(groups, exact(number for _, number in rows), 5)
    expected = [max([Fraction(0), *(Fraction(n) for g, n in rows if g == group)]) for group in range(5)]
    assert [as_fraction(n) for n in largest] == expected


def test_sums_of_many_rows_leave_int64_unharmed() -> None:
    values = np.full(16, 2**61, dtype=np.int64)
    assert sum_by(np.zeros(16, dtype=np.int64), values, 1)[0] == 2**65


def test_a_stated_amount_is_a_point_and_a_blank_one_has_no_limit() -> None:
    column = Range.stated(exact([5, 7]), np.array([True, False]))
    assert column.at(0) == Interval(Fraction(5), Fraction(5))
    assert column.at(1) == Interval(Fraction(0), None)
    assert (column.at(0).is_point, column.at(1).is_point) == (True, False)


@given(st.lists(amounts(), max_size=10))
def test_what_is_in_a_sum_only_perhaps_adds_to_its_high_end_only(rows: list[Amount]) -> None:
    groups = np.array([row.group for row in rows], dtype=np.int64)
    certain = np.array([row.certain for row in rows], dtype=bool)
    total = range_of(rows).sum_by(groups, 4, certain)
    assert total.unlimited.dtype == bool
    for group in range(4):
        inside = [row for row in rows if row.group == group]
        low = sum((row.low for row in inside if row.certain), Fraction(0))
        highs = [row.high for row in inside]
        high = None if None in highs else sum((h for h in highs if h is not None), Fraction(0))
        assert total.at(group) == Interval(low, high)


def points(amount: Amount) -> list[Fraction]:
    """Both ends of a range, a point inside, and one far out where it has no end."""
    high = amount.low + 2**80 if amount.high is None else amount.high
    return [amount.low, (amount.low + high) / 2, high]


@given(amounts(), amounts(), st.fractions(Fraction(1, 100), 5, max_denominator=100), st.booleans())
def test_above_is_what_all_points_agree_on(
    value: Amount, base: Amount, factor: Fraction, or_equal: bool
) -> None:
    truth = above(range_of([value]), range_of([base]), factor, or_equal=or_equal)
    worlds = {v >= factor * b if or_equal else v > factor * b for v in points(value) for b in points(base)}
    assert truth.tolist() == [2 if worlds == {True} else 0 if worlds == {False} else 1]


def test_at_the_limit_is_within_it_and_one_fen_over_is_over() -> None:
    base = Range.stated(exact([10**20, 10**20, 10**20]), np.ones(3, dtype=bool))
    value = Range.stated(exact([4 * 10**19 - 1, 4 * 10**19, 4 * 10**19 + 1]), np.ones(3, dtype=bool))
    assert above(value, base, Fraction(2, 5)).tolist() == [0, 0, 2]
    assert above(value, base, Fraction(2, 5), or_equal=True).tolist() == [0, 2, 2]


def test_what_only_its_high_end_reaches_may_be_over_the_limit() -> None:
    span = Range(exact([3]), exact([5]), np.array([False]))
    limit = Range.stated(exact([5]), np.array([True]))
    assert above(span, limit, Fraction(1)).tolist() == [0]
    assert above(span, limit, Fraction(1), or_equal=True).tolist() == [1]


@given(amounts(least=-1000))
def test_clipping_leaves_nothing_below_nothing(amount: Amount) -> None:
    clipped = range_of([amount]).clipped().at(0)
    high = None if amount.high is None else max(amount.high, Fraction(0))
    assert (
        clipped == Interval(max(amount.low, Fraction(0)), high) == Interval(amount.low, amount.high).clipped()
    )


def test_a_scaled_interval() -> None:
    assert Interval(Fraction(1), Fraction(4)).scaled(Fraction(1, 2)) == Interval(Fraction(1, 2), Fraction(2))
    assert Interval(Fraction(1), None).scaled(Fraction(2)) == Interval(Fraction(2), None)
    assert Interval(Fraction(1), None).scaled(Fraction(0)) == Interval(Fraction(0), Fraction(0))


def test_the_upper_end_can_be_lifted_where_a_mask_holds() -> None:
    column = Range.stated(exact([5, 7]), np.array([True, True])).or_without_limit(np.array([False, True]))
    assert (column.at(0), column.at(1)) == (
        Interval(Fraction(5), Fraction(5)),
        Interval(Fraction(7), None),
    )
    assert column[np.array([1, 0])].at(0) == Interval(Fraction(7), None)
    assert column[np.array([1, 0])].at(1) == Interval(Fraction(5), Fraction(5))


@pytest.mark.parametrize("number", [np.int64(2**62), np.array([7])[0], 7, 2**70, Fraction(1, 3)])
def test_no_numpy_integer_gets_into_a_fraction(number: int | Fraction) -> None:
    fraction = as_fraction(number)
    assert fraction == number
    assert type(fraction.numerator) is type(fraction.denominator) is int
    assert (fraction + 2**70).numerator == fraction.numerator + 2**70 * fraction.denominator

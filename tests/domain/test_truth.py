"""Kleene's three-valued logic, on columns."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.domain.truth import Truth, between, both, either, known, negate

NO, UNKNOWN, YES = 0, 1, 2
PAIRS = list(product((NO, UNKNOWN, YES), repeat=2))
columns = st.lists(st.tuples(*[st.sampled_from((NO, UNKNOWN, YES))] * 3), max_size=6).map(
    lambda rows: [np.array(column, dtype=np.int8) for column in zip(*rows, strict=True)] or [column_of()] * 3
)


def column_of(*values: int) -> Truth:
    return np.array(values, dtype=np.int8)


def possible_worlds(value: int) -> set[bool]:
    """What a truth value may turn out to be."""
    return {NO: {False}, UNKNOWN: {False, True}, YES: {True}}[value]


def summed_up(worlds: set[bool]) -> int:
    return YES if worlds == {True} else NO if worlds == {False} else UNKNOWN


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_and_is_what_all_worlds_agree_on(a: int, b: int) -> None:
    worlds = {x and y for x in possible_worlds(a) for y in possible_worlds(b)}
    assert both(column_of(a), column_of(b)).tolist() == [summed_up(worlds)]


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_or_is_what_all_worlds_agree_on(a: int, b: int) -> None:
    worlds = {x or y for x in possible_worlds(a) for y in possible_worlds(b)}
    assert either(column_of(a), column_of(b)).tolist() == [summed_up(worlds)]


def test_not_turns_yes_and_no_round() -> None:
    assert negate(column_of(NO, UNKNOWN, YES)).tolist() == [YES, UNKNOWN, NO]


@given(columns)
def test_laws(truths: list[Truth]) -> None:
    a, b, c = truths
    same = np.testing.assert_array_equal
    same(negate(both(a, b)), either(negate(a), negate(b)))
    same(negate(negate(a)), a)
    same(both(a, b, c), both(a, both(b, c)))
    same(both(a, b), both(b, a))
    same(both(a, either(b, c)), either(both(a, b), both(a, c)))
    same(either(a, both(a, b)), a)
    assert both(a, b).dtype == either(a, b).dtype == negate(a).dtype == np.int8


def test_known_and_between() -> None:
    assert known(np.array([False, True])).tolist() == [NO, YES]
    certain, possible = np.array([False, False, True]), np.array([False, True, True])
    assert between(certain, possible).tolist() == [NO, UNKNOWN, YES]
    assert known(True).dtype == between(certain, possible).dtype == np.int8

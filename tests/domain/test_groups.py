"""Rows are numbered alike where all their columns agree, in the order of the columns."""

from itertools import product

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from soe_compliance.domain.groups import Grouped, combined, contained, distinct

NUMBERS = st.integers(-3, 3) | st.sampled_from(
    [-(2**62), 2**62 - 1, 2**62, -(2**63), 2**63 - 1, 2**40, 2**31]
)
ROWS = st.integers(1, 4).flatmap(lambda width: st.lists(st.tuples(*[NUMBERS] * width), max_size=12))


@given(ROWS)
@example([(2**62 - 1,), (2**63 - 2,)])
@example(list(product(range(3), repeat=3)))
def test_rows_have_the_order_of_their_columns(rows: list[tuple[int, ...]]) -> None:
    columns = zip(*rows, strict=True) if rows else [()]
    keys = combined(*(np.array(column, dtype=np.int64) for column in columns)).tolist()
    assert [[one < other for other in keys] for one in keys] == [
        [one < other for other in rows] for one in rows
    ]


@given(st.lists(st.integers(0, 9)), st.lists(st.integers(0, 9)))
def test_numbers_are_found_among_others(numbers: list[int], others: list[int]) -> None:
    found = contained(np.array(numbers, dtype=np.int64), np.array(others, dtype=np.int64))
    assert found.tolist() == [number in others for number in numbers]


@given(st.lists(st.integers(0, 9)))
def test_the_distinct_ones_are_in_order_and_each_has_its_place(numbers: list[int]) -> None:
    found, places = distinct(np.array(numbers, dtype=np.int64), 10)
    assert found.tolist() == sorted(set(numbers))
    assert [found[place] for place in places] == numbers


@given(st.lists(st.integers(0, 9)))
def test_the_rows_of_a_group_are_in_order(groups: list[int]) -> None:
    by_group = Grouped(np.array(groups, dtype=np.int64), 10)
    found = [by_group.of(group).tolist() for group in range(10)]
    assert found == [[row for row, own in enumerate(groups) if own == group] for group in range(10)]


@given(st.lists(st.integers(0, 3)).map(lambda more: [*more, 2, 0, 3, 1]))
def test_the_first_row_of_each_group(groups: list[int]) -> None:
    by_group = Grouped(np.array(groups, dtype=np.int64), 4)
    assert by_group.first.tolist() == [groups.index(group) for group in range(4)]

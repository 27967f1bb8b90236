"""Shares in floats tell what is proven, and no more."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.domain import share_floats
from soe_compliance.domain.share_floats import (
    MOST_ERROR,
    Floats,
    _islands,
    _portions,
    _solved,
    _without_singular,
)
from soe_compliance.domain.shares import Shares
from tests.domain.webs import Web, edges, web

HALF_STEP = 2.0**-53
Stakes = list[tuple[int, int, str | None]]


def shares(one: Web) -> Shares:
    """Those that firm 0 holds."""
    return Shares(edges(one), np.arange(one.firms) == 0, np.arange(one.firms))


def told(one: Web) -> list[bool]:
    """For which firms floats tell the share; what they tell must be right."""
    found = shares(one)
    for firm, rough in enumerate(found.in_floats.tolist()):
        if not np.isnan(rough):
            share = found.of(firm)
            assert share is not None
            assert abs(Fraction(rough) - share.low) <= Fraction(MOST_ERROR) * share.low
    return [not np.isnan(rough) for rough in found.in_floats.tolist()]


@contextmanager
def allowing(half_steps: float) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(share_floats, "_MOST_OF_A_STAGE", half_steps * HALF_STEP)
        yield


# From the top down.


@pytest.mark.parametrize(("half_steps", "levels"), [(6, 1), (7, 2), (10, 2), (11, 3), (15, 4), (1000, 5)])
def test_each_level_loses_three_half_steps_and_one_for_each_number_added(
    half_steps: int, levels: int
) -> None:
    line = web(6, *((firm, firm + 1, "0.3") for firm in range(5)))
    with allowing(half_steps):
        assert told(line) == [True, *(level <= levels for level in range(1, 6))]


@pytest.mark.parametrize("half_steps", [8, 9])
def test_a_firm_with_many_holders_loses_more(half_steps: int) -> None:
    """Three half steps for what the start holds, three for the products and three numbers added."""
    stakes: Stakes = [(0, holder, "0.3") for holder in (1, 2, 3)]
    stakes += [(holder, 4, "0.3") for holder in (1, 2, 3)]
    with allowing(half_steps):
        assert told(web(6, *stakes, (4, 5, "0.3"))) == [True, True, True, True, half_steps == 9, False]


def test_what_comes_into_a_ring_from_many_counts_too() -> None:
    into = 600
    stakes: Stakes = [(0, holder, "0.001") for holder in range(1, into + 1)]
    stakes += [(holder, into + 1, "0.001") for holder in range(1, into + 1)]
    ring: Stakes = [(into + 1, into + 2, "0.5"), (into + 2, into + 1, "0.5")]
    # Three half steps for what the start holds, three for the products, and one for each of 601 numbers.
    for half_steps, tells in ((606, False), (607, True)):
        with allowing(half_steps):
            assert told(web(into + 3, *stakes, *ring)) == [*[True] * (into + 1), tells, tells]


def test_a_firm_that_has_lost_too_much_is_not_told_by_a_ring_of_its_own() -> None:
    """Firm 101 may be off by 106 half steps; the equation of one firm would lose no more than 64."""
    stakes: Stakes = [(0, holder, "0.01") for holder in range(1, 101)]
    stakes += [(holder, 101, "0.01") for holder in range(1, 101)]
    for half_steps, tells in ((105, False), (106, True)):
        with allowing(half_steps):
            assert told(web(102, *stakes)) == [*[True] * 101, tells]


def test_only_what_comes_into_rings_counts_there() -> None:
    """400 holders of firm 401 have been counted on its level; a ring firm has two."""
    stakes: Stakes = [(0, holder, "0.002") for holder in range(1, 401)]
    stakes += [(holder, 401, "0.002") for holder in range(1, 401)]
    stakes += [(0, 402, "0.5"), (1, 402, "0.5"), (403, 402, "0.5"), (402, 403, "0.5")]
    # Three for what the start holds, three for each of two levels, and the numbers added.
    for half_steps, tells in ((410, False), (411, True)):
        with allowing(half_steps):
            assert told(web(404, *stakes)) == [*[True] * 402, tells, tells]


def test_a_level_is_reached_by_its_longest_way() -> None:
    stakes: Stakes = [(0, 1, "0.5"), (0, 2, "0.25"), (1, 2, "0.5"), (1, 3, "0.5"), (2, 3, "0.5"), (3, 4, "1")]
    one = web(5, *stakes)
    assert told(one) == [True] * 5
    assert shares(one).in_floats.tolist() == [0, 0.5, 0.5, 0.5, 0.5]


@pytest.mark.parametrize("levels", [0, 1, 3, 5])
def test_so_many_levels_are_gone_down(levels: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share_floats, "_MOST_LEVELS", levels)
    line: Stakes = [(firm, firm + 1, "0.3") for firm in range(5)]
    ring: Stakes = [(5, 6, "0.5"), (6, 5, "0.5")]
    # The last level is that on which nothing is left to be gone down from.
    assert told(web(7, *line, *ring)) == [level <= levels + 1 for level in range(5)] + [levels == 5] * 2


def test_what_was_not_gone_down_to_is_not_told_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share_floats, "_MOST_LEVELS", 2)
    line: Stakes = [(firm, firm + 1, "0.5") for firm in range(6)]
    assert told(web(7, *line, *((0, firm, "0.1") for firm in range(2, 7)))) == [
        firm <= 3 for firm in range(7)
    ]


def test_shares_too_small_or_too_large_for_floats_are_not_told() -> None:
    tiny, huge = "1e-30", "1e30"
    for ratio, last in ((tiny, 9), (huge, 10)):
        line = web(14, *((firm, firm + 1, ratio) for firm in range(13)))
        assert told(line) == [firm <= last for firm in range(14)]
    into_a_ring = [
        *((firm, firm + 1, huge) for firm in range(10)),
        (10, 11, "1e8"),
        (11, 12, "0.9"),
        (12, 11, "0.9"),
    ]
    assert told(web(13, *into_a_ring)) == [firm <= 10 for firm in range(13)]
    up_again = web(14, *((firm, firm + 1, tiny if firm < 10 else huge) for firm in range(13)))
    assert told(up_again) == [firm <= 9 for firm in range(14)]


# Round rings.


def test_rings_of_many_sizes_lie_among_each_other() -> None:
    """Firms of rings of 1 to 65 firms, numbered across the rings; those of 65 are too many for floats."""
    sizes = [1, 2, 3, 4, 5, 8, 9, 16, 17, 32, 33, 64, 65, 1, 4, 2]
    rings: list[list[int]] = [[] for _ in sizes]
    number = 1
    for place in range(max(sizes)):
        for ring, size in zip(rings, sizes, strict=True):
            if place < size:
                ring.append(number)
                number += 1
    stakes: Stakes = []
    for place, ring in enumerate(rings):
        stakes.append((0, ring[0], f"0.{place + 1:02}"))
        stakes += [(firm, ring[(at + 1) % len(ring)], f"0.{90 + at % 7}") for at, firm in enumerate(ring)]
    too_large = set(rings[sizes.index(65)])
    for cells in (1, 100, 2**22):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(share_floats, "_CELLS_AT_ONCE", cells)
            assert told(web(number, *stakes)) == [firm not in too_large for firm in range(number)]


def test_rings_are_taken_together_by_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share_floats, "_CELLS_AT_ONCE", 130)
    size = np.array([4, 64, 1, 5, 65, 8, 9, 16, 2, 6, 3, 4, 4, 4, 1, 1, 17, 32, 33])
    found = [(width, chosen.tolist()) for width, chosen in _portions(size)]
    assert found == [
        (4, [0, 2, 8, 10, 11, 12, 13, 14]),
        (4, [15]),
        (8, [3, 5]),
        (8, [9]),
        (16, [6]),
        (16, [7]),
        (32, [16]),
        (32, [17]),
        (64, [1]),
        (64, [18]),
    ]


@given(st.integers(1, 12), st.data())
def test_islands_are_linked_by_edges(firms: int, data: st.DataObject) -> None:
    ends = st.integers(0, firms - 1)
    pairs = data.draw(st.lists(st.tuples(ends, ends), max_size=firms))
    one, other = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    label = _islands(one, other, firms).tolist()
    groups = [{firm} for firm in range(firms)]
    for a, b in pairs:
        joined = groups[a] | groups[b]
        for firm in joined:
            groups[firm] = joined
    assert [[label[a] == label[b] for b in range(firms)] for a in range(firms)] == [
        [b in groups[a] for b in range(firms)] for a in range(firms)
    ]


def test_a_line_that_takes_too_many_rounds_is_one_island_with_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = np.arange(40)
    assert set(_islands(one, one + 1, 42).tolist()) == {0, 41}
    monkeypatch.setattr(share_floats, "_ISLAND_ROUNDS", 2)
    assert set(_islands(one, one + 1, 42).tolist()) == {0}


# What is proven of a solution.

NOT_TOLD = [float("nan")] * 2


def solved(matrix: Sequence[Sequence[float]], amounts: Sequence[float]) -> list[float]:
    [found] = _solved(np.array([matrix]), np.array([amounts])).tolist()
    return list(found)


def test_a_solution_is_told_where_its_bound_is_small() -> None:
    """Shares of 3/2 by weights of 2, found without loss.

    12 half steps of 3/2 + 3/4 + 3/4 may be left of an equation: 2 x 2 x 36 / (3/2) = 96 half steps of the share.
    """
    matrix, amounts = [[0, 0.5], [0.5, 0]], [0.75, 0.75]
    with allowing(96):
        assert solved(matrix, amounts) == [1.5, 1.5]
    with allowing(95.9):
        assert solved(matrix, amounts) == pytest.approx(NOT_TOLD, nan_ok=True)


def test_what_is_left_of_the_equations_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    def rough(matrices: Floats, sides: Floats) -> Floats:
        return _without_singular(matrices, sides) + 2.0**-20

    matrix, amounts = [[0, 0.5], [0.5, 0]], [0.75, 0.75]
    monkeypatch.setattr(share_floats, "_without_singular", rough)
    # Half of 2^-20 is left, and 2 x 2 times that may be missing from 3/2.
    for most, tells in ((1.3e-6, True), (1.2e-6, False)):
        with allowing(most / HALF_STEP):
            assert solved(matrix, amounts) == pytest.approx([1.5] * 2 if tells else NOT_TOLD, nan_ok=True)


def test_nothing_is_told_without_weights_that_prove_an_end() -> None:
    nearly_closed = [[0.0, 1.0], [1 - 2.0**-50, 0.0]]
    with allowing(1e300):
        assert solved(nearly_closed, [0.1, 0.1]) == pytest.approx(NOT_TOLD, nan_ok=True)
    # Positive for one firm, though the stakes of the other grow without an end.
    assert solved([[3, 1], [1, 0]], [0, 1]) == pytest.approx(NOT_TOLD, nan_ok=True)


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_matrices_without_a_solution_do_not_hide_the_others(count: int) -> None:
    for singular in range(count):
        matrices, sides = np.stack([np.eye(2)] * count), np.ones((count, 2, 1))
        matrices[singular] = 1
        found = _without_singular(matrices, sides)
        assert np.isnan(found).all(axis=(1, 2)).tolist() == [place == singular for place in range(count)]
        assert (np.delete(found, singular, axis=0) == 1).all()


RING_PARTS = st.integers(0, 1000).map(lambda number: Fraction(number, 1000))


@given(st.integers(2, 5), st.data())
def test_what_is_told_of_a_ring_is_within_its_bound(firms: int, data: st.DataObject) -> None:
    stakes = {
        (data.draw(st.integers(1, firms)), investee): data.draw(RING_PARTS) / 4
        for investee in range(1, firms + 1)
        for _ in range(2)
    }
    direct = {(0, firm): data.draw(RING_PARTS) for firm in range(1, firms + 1)}
    rows: Stakes = [(*ends, str(ratio)) for ends, ratio in {**stakes, **direct}.items()]
    assert all(told(web(firms + 1, *rows)))

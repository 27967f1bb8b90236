"""The group's share of a firm, against path sums and exact linear equations."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from soe_compliance.domain.amounts import plain
from soe_compliance.domain.edges import Edges
from soe_compliance.domain.exact import Interval
from soe_compliance.domain.ownership import RATIO_UNIT
from soe_compliance.domain.share_floats import MOST_ERROR
from soe_compliance.domain.shares import Shares, in_print, is_settled
from tests.domain.webs import Sizes, Web, edges, holdings, sizes, web, webs

Matrix = list[list[Fraction]]


def share(one: Web, start: set[int], firm: int) -> Fraction | None:
    mask = np.array([number in start for number in range(one.firms)], dtype=bool)
    return exact(Shares(edges(one), mask, np.array([firm])), firm)


def exact(shares: Shares, firm: int) -> Fraction | None:
    """The share of a firm, which must be exact; what floats say of it is right."""
    found, rough = shares.of(firm), float(shares.in_floats[firm])
    if found is None:
        assert np.isnan(rough)
        return None
    assert found.is_point
    assert np.isnan(rough) or abs(Fraction(rough) - found.low) <= Fraction(MOST_ERROR) * found.low
    return found.low


def path_sum(held: Sizes, start: set[int], firm: int) -> Fraction:
    """The sum over all chains, where there is no cycle."""
    total = Fraction(0)
    for (holder, investee), ratio in held.items():
        if investee == firm:
            total += ratio * (1 if holder in start else path_sum(held, start, holder))
    return total


def inverse(matrix: Matrix) -> Matrix | None:
    """The inverse by Gauss and Jordan, with pivoting; None of a singular matrix."""
    size = len(matrix)
    rows = [[*row, *(Fraction(i == j) for j in range(size))] for i, row in enumerate(matrix)]
    for column in range(size):
        pivot = next((row for row in range(column, size) if rows[row][column]), None)
        if pivot is None:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [number / rows[column][column] for number in rows[column]]
        for other in set(range(size)) - {column}:
            factor = rows[other][column]
            rows[other] = [a - factor * b for a, b in zip(rows[other], rows[column], strict=True)]
    return [row[size:] for row in rows]


def closure(held: Sizes, seeds: set[int], *, up: bool) -> set[int]:
    """The seeds and all that lies below them, or above."""
    found = set(seeds)
    while True:
        more = {h if up else i for h, i in held if (i if up else h) in found} - found
        if not more:
            return found
        found |= more


def solved(held: Sizes, start: set[int], firm: int) -> Fraction | None:
    """The share as the solution of (I - M) x = d over the firms on a chain from the start to the firm.

    The series converges where the inverse exists and has nothing negative in it.
    """
    outside = {pair: ratio for pair, ratio in held.items() if pair[0] not in start}
    direct = {i: Fraction(0) for pair in held for i in pair}
    for (holder, investee), ratio in held.items():
        direct[investee] += ratio if holder in start else 0
    below = closure(outside, {i for i, ratio in direct.items() if ratio}, up=False)
    on_chain = sorted(below & closure(outside, {firm}, up=True))
    if firm not in on_chain:
        return Fraction(0)
    matrix = [[Fraction(a == b) - outside.get((b, a), Fraction(0)) for b in on_chain] for a in on_chain]
    inverted = inverse(matrix)
    if inverted is None or any(number < 0 for row in inverted for number in row):
        return None
    row = inverted[on_chain.index(firm)]
    return sum((number * direct[f] for number, f in zip(row, on_chain, strict=True)), Fraction(0))


@given(webs(blanks=False, most=6), st.data())
def test_share_solves_the_equations(one: Web, data: st.DataObject) -> None:
    start = data.draw(st.sets(st.integers(0, one.firms - 1), min_size=1))
    held = sizes(one, most=False)
    for firm in set(range(one.firms)) - start:
        assert share(one, start, firm) == solved(held, start, firm)


@given(webs(blanks=False, most=7), st.data())
def test_without_cycles_it_is_the_sum_over_all_chains(drawn: Web, data: st.DataObject) -> None:
    one = Web(drawn.firms, tuple(stake for stake in drawn.stakes if stake.holder < stake.investee))
    assume(one.stakes)
    start = data.draw(st.sets(st.integers(0, one.firms - 1), min_size=1))
    held = sizes(one, most=False)
    for firm in set(range(one.firms)) - start:
        assert share(one, start, firm) == path_sum(held, start, firm)


@given(st.lists(webs(blanks=False), min_size=2, max_size=3), st.data())
def test_filings_of_a_batch_do_not_mix(filings: list[Web], data: st.DataObject) -> None:
    firsts = [sum(one.firms for one in filings[:place]) for place in range(len(filings))]
    joined = Web(
        sum(one.firms for one in filings),
        tuple(
            type(stake)(first + stake.holder, first + stake.investee, stake.ratio)
            for first, one in zip(firsts, filings, strict=True)
            for stake in one.stakes
        ),
    )
    start = np.zeros(joined.firms, dtype=bool)
    start[firsts] = True
    found = Shares(edges(joined), start, np.flatnonzero(~start))
    for first, one in zip(firsts, filings, strict=True):
        for firm in range(1, one.firms):
            assert exact(found, first + firm) == share(one, {0}, firm)


def test_the_start_counts_in_full_and_as_one_holder() -> None:
    one = web(4, (0, 1, "0.6"), (0, 3, "0.1"), (1, 3, "0.2"), (2, 3, "0.3"), (1, 2, "0.5"))
    assert share(one, {0, 1}, 3) == Fraction("0.1") + Fraction("0.2") + Fraction("0.5") * Fraction("0.3")
    assert share(one, {0}, 3) == Fraction("0.1") + Fraction("0.12") + Fraction("0.09")


def test_a_cycle_is_a_geometric_series() -> None:
    one = web(3, (0, 1, "0.4"), (1, 2, "0.5"), (2, 1, "0.5"))
    assert share(one, {0}, 1) == Fraction("0.4") / (1 - Fraction("0.25"))
    assert share(one, {0}, 2) == Fraction("0.2") / (1 - Fraction("0.25"))
    assert share(web(2, (0, 1, "0.4"), (1, 1, "0.2")), {0}, 1) == Fraction(1, 2)


@pytest.mark.parametrize(("forth", "back"), [("1", "1"), ("1", "0.9"), ("0.5", "0.5")])
def test_a_closed_cycle_does_not_converge(forth: str, back: str) -> None:
    closed = (forth, back) == ("1", "1")
    one = web(4, (0, 1, "0.1"), (1, 2, forth), (2, 1, back), (2, 3, "0.5"))
    assert [share(one, {0}, firm) is None for firm in (1, 2, 3)] == [closed] * 3


def test_a_closed_cycle_beside_the_chain_does_not_matter() -> None:
    aside = web(5, (0, 1, "0.4"), (2, 3, "1"), (3, 2, "1"), (3, 1, "0.1"), (1, 4, "0.5"))
    assert share(aside, {0}, 1) == Fraction("0.4")
    below = web(4, (0, 1, "0.4"), (1, 2, "0.5"), (2, 3, "1"), (3, 2, "1"))
    assert (share(below, {0}, 1), share(below, {0}, 2)) == (Fraction("0.4"), None)


def test_totals_above_the_whole_are_summed_as_they_stand() -> None:
    assert share(web(3, (0, 2, "0.9"), (0, 1, "0.9"), (1, 2, "0.9")), {0}, 2) == Fraction("1.71")
    growing = web(3, (0, 1, "0.1"), (1, 2, "1"), (2, 1, "1"), (1, 1, "0.5"))
    assert share(growing, {0}, 1) is None


def test_no_chain_is_no_share() -> None:
    assert share(web(3, (1, 2, "0.9")), {0}, 2) == 0
    assert share(web(2), {0}, 1) == 0


def test_long_chains_and_wide_layers() -> None:
    chain = web(2001, *((firm, firm + 1, "0.5") for firm in range(2000)))
    assert share(chain, {0}, 2000) == Fraction(1, 2**2000)
    layers = [(0, firm, "0.5") for firm in (1, 2)]
    layers += [
        (2 * d - 1 + a, 2 * d + 1 + b, "0.5") for d in range(1, 40) for a, b in product((0, 1), repeat=2)
    ]
    assert share(web(81, *layers), {0}, 80) == Fraction(1, 2)


def test_a_deep_chain_and_a_long_ring_are_summed_exactly() -> None:
    depth, ring = 780, 60
    chain = [(firm, firm + 1) for firm in range(depth)]
    round_it = [(depth + place, depth + (place + 1) % ring) for place in range(ring)]
    holder, investee = (np.array(ends) for ends in zip(*chain, *round_it, strict=True))
    half = np.full(len(holder), RATIO_UNIT // 2)
    start = np.zeros(depth + ring, dtype=bool)
    start[0] = True
    found = Shares(
        Edges(holder, investee, half, depth + ring), start, np.array([depth - 1, depth, depth + 1])
    )
    half_round = 1 / (1 - Fraction(1, 2**ring))
    assert exact(found, depth - 1) == Fraction(1, 2 ** (depth - 1))
    assert exact(found, depth) == half_round / 2**depth
    assert exact(found, depth + 1) == half_round / 2 ** (depth + 1)


def test_a_share_with_thousands_of_digits_lies_between_two_ends() -> None:
    depth = 3000
    long = web(depth + 2, *((firm, firm + 1, "0.3333") for firm in range(depth)), (0, depth + 1, "0.25"))
    found = Shares(edges(long), np.arange(long.firms) == 0, np.array([100, 200, depth, depth + 1]))
    for level in (100, 200, depth):
        share = found.of(level)
        assert share is not None
        assert share.high is not None
        assert share.low <= Fraction(3333, 10000) ** level <= share.high
        assert share.is_point == (level == 100)
        assert share.high - share.low <= Fraction(1, 2**500)
        shown = in_print(share)
        assert shown.low <= share.low <= share.high <= (shown.high or 0)
        assert len(plain(shown.low)) < 400
        assert is_settled(share)
    assert found.of(depth + 1) == Interval(Fraction(1, 4), Fraction(1, 4))


def test_a_ladder_has_more_chains_than_could_be_walked() -> None:
    rungs = 400
    steps = [(0, 1, "0.4"), (0, 2, "0.4")]
    steps += [
        (2 * r - 1 + a, 2 * r + 1 + b, "0.5") for r in range(1, rungs) for a, b in product((0, 1), repeat=2)
    ]
    assert share(web(2 * rungs + 1, *steps), {0}, 2 * rungs) == Fraction(2, 5)


def test_shares_beyond_all_measure_have_no_upper_end() -> None:
    rungs = 3000
    steps = [(0, 1, "1"), (0, 2, "1")]
    steps += [
        (2 * r - 1 + a, 2 * r + 1 + b, "1") for r in range(1, rungs) for a, b in product((0, 1), repeat=2)
    ]
    one = web(2 * rungs + 1, *steps)
    found = Shares(edges(one), np.arange(one.firms) == 0, np.array([2 * rungs])).of(2 * rungs)
    assert found is not None
    assert found.high is None
    assert found.low >= 2**500
    assert len(plain(in_print(found).low)) < 400


@given(webs(blanks=False, most=6), st.data())
def test_floats_err_by_less_than_they_say(one: Web, data: st.DataObject) -> None:
    start = data.draw(st.sets(st.integers(0, one.firms - 1), min_size=1))
    mask = np.array([firm in start for firm in range(one.firms)], dtype=bool)
    found = Shares(edges(one), mask, np.arange(one.firms))
    told = 0
    for firm in range(one.firms):
        exact_share = exact(found, firm)
        told += exact_share is not None and not np.isnan(found.in_floats[firm])
        if exact_share == 0:
            assert found.in_floats[firm] == 0
    assert told or all(found.of(firm) is None for firm in range(one.firms))


def test_floats_do_not_tell_where_it_is_close() -> None:
    for back, told in (("0.5", True), ("0.9999999999", False), ("1", False)):
        one = web(4, (0, 1, "0.1"), (1, 2, "1"), (2, 1, back), (0, 3, "0.3"))
        found = Shares(edges(one), np.arange(4) == 0, np.arange(1, 4))
        assert np.isnan(found.in_floats[1:]).tolist() == [not told, not told, False]


def test_one_closed_ring_does_not_hide_the_shares_of_others() -> None:
    filings = [web(3, (0, 1, "0.4"), (1, 2, "0.5"), (2, 1, "0.5"))] * 9
    filings[5] = web(3, (0, 1, "0.4"), (1, 2, "1"), (2, 1, "1"))
    held = holdings(filings)
    start = np.arange(27) % 3 == 0
    told = Shares(held.certain, start, np.flatnonzero(~start)).in_floats[1::3]
    assert np.isnan(told).tolist() == [number == 5 for number in range(9)]
    assert np.delete(told, 5) == pytest.approx(0.4 / 0.75)

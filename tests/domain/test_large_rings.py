"""Rings of firms that are too large to eliminate in fractions."""

from fractions import Fraction

import pytest

from soe_compliance.domain.exact import Interval
from soe_compliance.domain.refinement import refined
from soe_compliance.domain.ring_shares import of_ring
from tests.domain.rings import eliminated, low, point, ring


@pytest.mark.parametrize("seed", range(10))
def test_short_fractions_are_recognised_and_long_ones_enclosed(seed: int) -> None:
    firms = 3 + 4 * seed
    amounts, inner = ring(firms, min(seed, firms - 1), seed, unit=(10_000, 1000, 10**12)[seed % 3])
    expected, found = low(eliminated(amounts, inner)), refined(amounts, inner)
    for firm, share in expected.items():
        if share.denominator.bit_length() <= 384:
            assert found[firm] == point(share)
        else:
            high = found[firm].high
            assert high is not None
            assert found[firm].low < share < high
            assert high - found[firm].low < Fraction(1, 2**200)


def test_a_dense_ring_is_exact() -> None:
    firms = 160
    inner = {f: {h: Fraction(50, 10_000) for h in range(firms) if h != f} for f in range(firms)}
    inner[0] = {**inner[0], 1: Fraction(51, 10_000)}
    inner[1] = {**inner[1], 2: Fraction(49, 10_000)}
    through = [sum(inner[firm].values(), Fraction(0)) for firm in range(firms)]
    amounts = {firm: point((1 - part) / 3) for firm, part in enumerate(through)}
    assert of_ring(amounts, inner) == {firm: point(Fraction(1, 3)) for firm in range(firms)}


def test_ends_that_come_in_give_ends() -> None:
    amounts, inner = ring(40, 5, 7)
    wider = {firm: Interval(share.low, share.low + Fraction(1, 10**6)) for firm, share in amounts.items()}
    tops = {firm: point(share.high or share.low) for firm, share in wider.items()}
    found = refined(wider, inner)
    least, most = low(eliminated(amounts, inner)), low(eliminated(tops, inner))
    for firm in inner:
        high = found[firm].high
        assert high is not None
        assert found[firm].low <= least[firm] <= most[firm] <= high < most[firm] + Fraction(1, 10**3)
    endless = {**amounts, 3: Interval(Fraction(0), None)}
    assert all(share.high is None for share in refined(endless, inner).values())


@pytest.mark.parametrize("most", [3, 9])
def test_a_sum_without_an_end_is_not_given_one(most: int) -> None:
    amounts, inner = ring(60, 6, 1, most)
    assert all(share == Interval(Fraction(0), None) for share in refined(amounts, inner).values())


def test_a_ring_that_is_closed_or_nearly_so() -> None:
    for unit, leak in ((10_000, 0), (10**12, 0), (10**12, 1)):
        inner = {firm: {(firm - 1) % 80: Fraction(1)} for firm in range(80)}
        inner[5] = {4: 1 - Fraction(leak, unit)}
        amounts = {firm: point(Fraction(firm == 0)) for firm in range(80)}
        found = of_ring(amounts, inner)
        if leak:
            assert found is not None
            assert found[0] == point(Fraction(unit))
        else:
            assert found is None
        assert all(
            (share.low <= Fraction(unit) and share.high is None) or share.low <= unit <= (share.high or 0)
            for share in refined(amounts, inner).values()
        )


def test_a_sparse_ring_of_thousands_is_summed_chain_by_chain() -> None:
    firms = 3000
    inner = {firm: {(firm - 1) % firms: Fraction(1, 2)} for firm in range(firms)}
    amounts = {firm: point(Fraction(1, 10)) for firm in range(firms)}
    found = of_ring(amounts, inner)
    assert found is not None
    for share in found.values():
        assert share.high is not None
        assert share.low <= Fraction(1, 5) <= share.high
        assert share.high - share.low < Fraction(1, 2**200)

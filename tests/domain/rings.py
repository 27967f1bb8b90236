"""Rings of firms that hold each other, and their shares by elimination, which is slow and exact."""

from fractions import Fraction
from random import Random
from typing import TypeAlias

import pytest

from soe_compliance.domain import ring_shares
from soe_compliance.domain.exact import Interval
from soe_compliance.domain.ring_shares import Inner, of_ring

Amounts: TypeAlias = dict[int, Interval]


def point(number: Fraction) -> Interval:
    return Interval(number, number)


def ring(firms: int, stakes: int, seed: int, most: float = 0.9, unit: int = 10_000) -> tuple[Amounts, Inner]:
    """A ring in which each firm has some holders more, at random, that together hold at most so much."""
    random = Random(seed)
    inner = {}
    for firm in range(firms):
        holders = {(firm - 1) % firms, *random.sample(range(firms), stakes)}
        inner[firm] = {
            holder: Fraction(random.randint(1, int(most * unit) // (stakes + 1)), unit) for holder in holders
        }
    direct = {firm: point(Fraction(random.choice((0, 1, 5, 500)), unit)) for firm in range(firms)}
    return {**direct, 0: point(Fraction(1, 10))}, inner


def eliminated(amounts: Amounts, inner: Inner) -> dict[int, Interval] | None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ring_shares, "_SMALL", len(inner))
        return of_ring(amounts, inner)


def low(shares: dict[int, Interval] | None) -> dict[int, Fraction]:
    assert shares is not None
    return {firm: share.low for firm, share in shares.items()}

"""The group's share of a firm: the sum, over all chains of holdings, of the product of their ratios.

Chains go from the start (several firms taken as one holder) through firms outside it. The share of a firm is what
the start holds of it directly, and of each other holder its share times its stake: worked out from the top down,
firms that hold each other in a ring together. Floats give the shares of a whole batch at once; the exact share of a
firm is worked out when it is asked for, with those of the firms above it. Where it has thousands of digits it is
given as two ends that lie close to each other.
"""

from collections.abc import Collection, Container, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from math import ceil, floor
from typing import TypeAlias

import numpy as np

from soe_compliance.domain.exact import Interval, as_fraction, sum_by
from soe_compliance.domain.ownership import RATIO_UNIT, Edges, reached_from
from soe_compliance.domain.ring_shares import of_ring
from soe_compliance.domain.share_floats import Floats, shares_in_floats
from soe_compliance.domain.truth import Mask, Numbers

Share: TypeAlias = Interval | None
"""A point, or two ends between which the exact number lies; None where the sum has no end."""

_MOST_BITS = 2048
"""A longer numerator or denominator is given up for two ends."""

_GRID_BITS = 512
"""The ends are whole multiples of 2^-512, and no more than 2^512."""

_BITS_IN_FULL = 384
_DECIMALS = 20
_NEARLY_THE_SAME = Fraction(1, 10**15)


class Shares:
    """The share that the start holds of each of some firms."""

    def __init__(self, edges: Edges, start: Mask, firms: Numbers) -> None:
        """Take the holdings.

        Args:
            edges: holdings with their ratios in `RATIO_UNIT`.
            start: the firms that are taken together as the holder (of every filing at once).
            firms: the firms that will be asked for.
        """
        from_start = start[edges.holder]
        self._direct = sum_by(edges.investee[from_start], edges.weight[from_start], edges.firms)
        reached = reached_from(edges, start)
        onward = edges.where(~from_start & reached[edges.holder])
        asked = np.zeros(edges.firms, dtype=bool)
        asked[firms] = True
        above = reached_from(onward.reversed(), asked) | asked
        self._inside = onward.where(above[onward.holder] & above[onward.investee])
        self._found: dict[int, Share] = {}
        self._close: dict[int, Interval] = {}

    @cached_property
    def in_floats(self) -> Floats:
        """For each firm its share, off by no more than `MOST_ERROR` of it; NaN where floats do not tell."""
        return shares_in_floats(self._direct.astype(np.float64) / RATIO_UNIT, self._inside)

    def of(self, firm: int) -> Share:
        """The share of a firm, exact unless it is too long."""
        if firm not in self._found:
            for firms in _from_the_top(firm, self._stakes, self._found):
                self._add(firms)
        return self._close.get(firm, self._found[firm])

    @cached_property
    def _stakes(self) -> "_Stakes":
        return _Stakes.of(self._inside)

    def _add(self, firms: list[int]) -> None:
        """Find the shares of firms that hold each other, those above them being found."""
        ring = set(firms) if len(firms) > 1 or firms[0] in self._stakes.holders(firms[0]) else set()
        amounts = {firm: self._with_chains(firm, ring) for firm in firms}
        known = {firm: amount for firm, amount in amounts.items() if amount is not None}
        if len(known) < len(firms):
            self._found.update(dict.fromkeys(firms))
            return
        if ring:
            inner = {
                firm: {holder: ratio for holder, ratio in self._stakes.above(firm) if holder in ring}
                for firm in firms
            }
            solved = of_ring(known, inner)
            if solved is None:
                self._found.update(dict.fromkeys(firms))
                return
            known = solved
        for firm, share in known.items():
            self._found[firm] = _shortened(share)
            if ring and self._found[firm] is not share:
                self._close[firm] = share

    def _with_chains(self, firm: int, ring: Collection[int]) -> Share:
        """The direct share of a firm and those through its holders outside the ring, whose shares are known."""
        low, spread = _of_whole(self._direct[firm]), Fraction(0)
        open_end = False
        for holder, ratio in self._stakes.above(firm):
            if holder in ring:
                continue
            share = self._found[holder]
            if share is None:
                return None
            low += share.low * ratio
            if share.high is None:
                open_end = True
            elif share.high != share.low:
                spread += (share.high - share.low) * ratio
        return Interval(low, None if open_end else low + spread)


@dataclass(frozen=True)
class _Stakes:
    """Stakes, found by the firm that they are held in."""

    holder: list[int]
    weight: list[int | Fraction]
    first: list[int]

    @classmethod
    def of(cls, edges: Edges) -> "_Stakes":
        order = np.argsort(edges.investee, kind="stable")
        first = np.searchsorted(edges.investee[order], np.arange(edges.firms + 1))
        return cls(edges.holder[order].tolist(), edges.weight[order].tolist(), first.tolist())

    def holders(self, firm: int) -> list[int]:
        return self.holder[self.first[firm] : self.first[firm + 1]]

    def above(self, firm: int) -> Iterator[tuple[int, Fraction]]:
        """The holders of a firm, and what they hold."""
        for place in range(self.first[firm], self.first[firm + 1]):
            yield self.holder[place], _of_whole(self.weight[place])


@lru_cache(maxsize=65536)
def _of_whole(ratio: int | Fraction) -> Fraction:
    """A ratio in `RATIO_UNIT` as a part of the whole; most stakes are whole percents that many firms share."""
    return as_fraction(ratio) / RATIO_UNIT


def _from_the_top(firm: int, stakes: _Stakes, known: Container[int]) -> Iterator[list[int]]:
    """A firm and those above it that are not known, each after its holders; a strongly connected set together.

    Tarjan's algorithm, with a stack of its own: holdings may be deeper than Python calls.
    """
    order: dict[int, int] = {firm: 0}
    lowest: dict[int, int] = {firm: 0}
    open_firms, walk = [firm], [(firm, iter(stakes.holders(firm)))]
    closed: set[int] = set()
    while walk:
        firm, holders = walk[-1]
        for holder in holders:
            if holder in known or holder in closed:
                continue
            if holder not in order:
                order[holder] = lowest[holder] = len(order)
                open_firms.append(holder)
                walk.append((holder, iter(stakes.holders(holder))))
                break
            lowest[firm] = min(lowest[firm], order[holder])
        else:
            walk.pop()
            if walk:
                below = walk[-1][0]
                lowest[below] = min(lowest[below], lowest[firm])
            if lowest[firm] == order[firm]:
                ring: list[int] = []
                while not ring or ring[-1] != firm:
                    ring.append(open_firms.pop())
                closed.update(ring)
                yield sorted(ring)


def _shortened(share: Interval) -> Interval:
    """The share as it is passed on: exact, or if it is too long between two ends."""
    if share.is_point and _bits(share.low) <= _MOST_BITS:
        return share
    return _between_ends(share, 2**_GRID_BITS, Fraction(2**_GRID_BITS))


def in_print(share: Interval) -> Interval:
    """The share as it is shown: exact, or if that would fill lines with digits between two ends of 20 decimals."""
    if share.is_point and _bits(share.low) <= _BITS_IN_FULL:
        return share
    return _between_ends(share, 10**_DECIMALS, Fraction(10**_DECIMALS))


def is_settled(share: Interval) -> bool:
    """Whether the share is a number, though perhaps one that is too long to write out."""
    return share.high is not None and share.high - share.low <= _NEARLY_THE_SAME * max(share.low, 1)


def _bits(number: Fraction) -> int:
    return max(number.numerator.bit_length(), number.denominator.bit_length())


def _between_ends(share: Interval, per_whole: int, most: Fraction) -> Interval:
    """The narrowest ends that are whole parts; no upper one beyond the most."""
    low = Fraction(floor(share.low * per_whole), per_whole)
    if share.high is None or share.high > most:
        return Interval(min(low, most), None)
    return Interval(low, Fraction(ceil(share.high * per_whole), per_whole))

"""The group's share of a firm: the sum, over all chains of holdings, of the product of their ratios.

Chains go from the start (several firms taken as one holder) through firms outside it. The share of a firm is what
the start holds of it directly, and of each other holder its share times its stake: worked out from the top down,
firms that hold each other in a ring together. Floats give the shares of a whole batch at once; the exact share of a
firm is worked out when it is asked for, with those of the firms above it. Where it has thousands of digits it is
given as two ends that lie close to each other.
"""

from collections.abc import Collection, Iterator
from fractions import Fraction
from functools import cached_property, lru_cache
from math import ceil, floor
from typing import TypeAlias

import numpy as np

from soe_compliance.domain.components import strong_components
from soe_compliance.domain.edges import Edges, Links, reached_from
from soe_compliance.domain.exact import Interval, as_fraction, sum_by
from soe_compliance.domain.ownership import RATIO_UNIT
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
_DECIMALS = 16
_NEARLY_THE_SAME = Fraction(1, 2**200)


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
            for firms in strong_components([firm], self._stakes.of, self._found):
                self._add(firms)
        return self._close.get(firm, self._found[firm])

    @cached_property
    def _stakes(self) -> Links:
        """The stakes by the firm that they are held in."""
        return self._inside.reversed().one_by_one

    def _holders(self, firm: int) -> Iterator[tuple[int, Fraction]]:
        return ((holder, _of_whole(weight)) for holder, weight in self._stakes.weighted(firm))

    def _add(self, firms: list[int]) -> None:
        """Find the shares of firms that hold each other, those above them being found."""
        ring = set(firms) if len(firms) > 1 or firms[0] in self._stakes.of(firms[0]) else set()
        amounts = {firm: self._with_chains(firm, ring) for firm in firms}
        known = {firm: amount for firm, amount in amounts.items() if amount is not None}
        if len(known) < len(firms):
            self._found.update(dict.fromkeys(firms))
            return
        if ring:
            inner = {
                firm: {holder: ratio for holder, ratio in self._holders(firm) if holder in ring}
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
        for holder, ratio in self._holders(firm):
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


@lru_cache(maxsize=65536)
def _of_whole(ratio: int | Fraction) -> Fraction:
    """A ratio in `RATIO_UNIT` as a part of the whole; most stakes are whole percents that many firms share."""
    return as_fraction(ratio) / RATIO_UNIT


def _shortened(share: Interval) -> Interval:
    """The share as it is passed on: exact, or if it is too long between two ends."""
    return _with_short_ends(share, _MOST_BITS if share.is_point else 0, 2**_GRID_BITS)


def in_print(share: Interval) -> Interval:
    """The share as it is shown: exact, or where that would fill lines with digits by ends of 16 decimals."""
    return _with_short_ends(share, _BITS_IN_FULL, 10**_DECIMALS)


def is_settled(share: Interval) -> bool:
    """Whether the share is a number, though perhaps one that is too long to write out."""
    return share.high is not None and share.high - share.low <= _NEARLY_THE_SAME * max(share.low, Fraction(1))


def _with_short_ends(share: Interval, most_bits: int, per_whole: int) -> Interval:
    """Ends that are longer than so many bits replaced by whole parts beyond them; none lies above so many wholes."""
    low, high = share.low, share.high
    if not _is_short(low, most_bits):
        low = Fraction(min(floor(low * per_whole), per_whole**2), per_whole)
    if high is not None and not _is_short(high, most_bits):
        high = None if high > per_whole else Fraction(ceil(high * per_whole), per_whole)
    return share if (low, high) == (share.low, share.high) else Interval(low, high)


def _is_short(number: Fraction, most_bits: int) -> bool:
    return max(number.numerator.bit_length(), number.denominator.bit_length()) <= most_bits

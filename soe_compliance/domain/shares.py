"""The group's share of a firm: the sum, over all chains of holdings, of the product of their ratios, exactly.

Chains go from the start (several firms taken as one holder) through firms outside it. Round a cycle they are
endless, and the sum is that of a geometric series, found by eliminating firm after firm; where it does not
converge the elimination meets a pivot that is not positive (I - M is then no M-matrix: Berman and Plemmons,
Nonnegative Matrices in the Mathematical Sciences, chapter 6).
"""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from heapq import heapify, heappop, heappush

import numpy as np

from soe_compliance.domain.exact import as_fraction, sum_by
from soe_compliance.domain.ownership import RATIO_UNIT, Edges, reached_from
from soe_compliance.domain.truth import Mask, Numbers


def shares(edges: Edges, start: Mask, firms: Numbers) -> dict[int, Fraction | None]:
    """The share that the start holds of each of the given firms; None where the sum has no end.

    Args:
        edges: holdings with their ratios in `RATIO_UNIT`.
        start: the firms that are taken together as the holder (of every filing at once).
        firms: firm numbers.
    """
    from_start = start[edges.holder]
    direct = sum_by(edges.investee[from_start], edges.weight[from_start], edges.firms)
    reached = reached_from(edges, start)
    onward = edges.where(~from_start & reached[edges.holder])
    has_indirect = np.zeros(edges.firms, dtype=bool)
    has_indirect[onward.investee] = True
    upward = onward.reversed()
    found: dict[int, Fraction | None] = {}
    for firm in np.unique(firms).tolist():
        if has_indirect[firm]:
            found[firm] = _summed(upward, direct, firm)
        else:
            found[firm] = as_fraction(direct[firm]) / RATIO_UNIT
    return found


def _summed(upward: Edges, direct: Iterable[int | Fraction], firm: int) -> Fraction | None:
    """The share of one firm from its direct shares and the stakes of firms outside the start."""
    seed = np.zeros(upward.firms, dtype=bool)
    seed[firm] = True
    relevant = reached_from(upward, seed) | seed
    inside = upward.where(relevant[upward.holder] & relevant[upward.investee])
    amounts = {f: as_fraction(direct[f]) / RATIO_UNIT for f in np.flatnonzero(relevant).tolist()}  # type: ignore[index]
    stakes: dict[int, dict[int, Fraction]] = defaultdict(dict)
    for investee, holder, weight in zip(
        inside.holder.tolist(), inside.investee.tolist(), inside.weight.tolist(), strict=True
    ):
        stakes[holder][investee] = as_fraction(weight) / RATIO_UNIT
    return _eliminate(amounts, stakes, firm)


def _eliminate(
    amounts: dict[int, Fraction], stakes: dict[int, dict[int, Fraction]], last: int
) -> Fraction | None:
    holders: dict[int, set[int]] = defaultdict(set)
    for holder, held in stakes.items():
        for investee in held:
            holders[investee].add(holder)

    def fill(firm: int) -> int:
        return len(holders[firm] - {firm}) * len(stakes[firm].keys() - {firm})

    queue = [(fill(firm), firm) for firm in amounts if firm != last]
    heapify(queue)
    done: set[int] = set()
    while queue:
        cost, firm = heappop(queue)
        if firm in done:
            continue
        if cost != fill(firm):
            heappush(queue, (fill(firm), firm))
            continue
        done.add(firm)
        pivot = 1 - stakes[firm].pop(firm, Fraction(0))
        if pivot <= 0:
            return None
        holders[firm].discard(firm)
        _pass_on(firm, pivot, amounts, stakes, holders)
    pivot = 1 - stakes[last].get(last, Fraction(0))
    return amounts[last] / pivot if pivot > 0 else None


def _pass_on(
    firm: int,
    pivot: Fraction,
    amounts: dict[int, Fraction],
    stakes: dict[int, dict[int, Fraction]],
    holders: dict[int, set[int]],
) -> None:
    """Take a firm out: what was held through it is now held by its holders directly."""
    held = stakes.pop(firm, {})
    for investee, ratio in held.items():
        amounts[investee] += amounts[firm] * ratio / pivot
        holders[investee].discard(firm)
    for holder in holders.pop(firm, set()):
        through = stakes[holder].pop(firm) / pivot
        for investee, ratio in held.items():
            stakes[holder][investee] = stakes[holder].get(investee, Fraction(0)) + through * ratio
            holders[investee].add(holder)

"""The group's share of a firm: the sum, over all chains of holdings, of the product of their ratios, exactly.

Chains go from the start (several firms taken as one holder) through firms outside it. The share of a firm is what
the start holds of it directly, and of each other holder its share times its stake: worked out from the top down.
Firms that hold each other in a ring have their shares together: round it chains are endless, and the sum is that of
a geometric series, found by eliminating firm after firm; where it does not converge the elimination meets a pivot
that is not positive (I - M is then no M-matrix: Berman and Plemmons, Nonnegative Matrices in the Mathematical
Sciences, chapter 6).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from heapq import heapify, heappop, heappush
from typing import NamedTuple, TypeAlias

import numpy as np

from soe_compliance.domain.exact import as_fraction, sum_by
from soe_compliance.domain.groups import distinct
from soe_compliance.domain.ownership import RATIO_UNIT, Edges, reached_from
from soe_compliance.domain.truth import Mask, Numbers

Shares: TypeAlias = dict[int, Fraction | None]
"""For each firm its share; None where the sum has no end."""

_Stakes: TypeAlias = dict[int, dict[int, Fraction]]


def shares(edges: Edges, start: Mask, firms: Numbers) -> Shares:
    """The share that the start holds of each of the given firms.

    Args:
        edges: holdings with their ratios in `RATIO_UNIT`.
        start: the firms that are taken together as the holder (of every filing at once).
        firms: firm numbers.
    """
    from_start = start[edges.holder]
    direct = sum_by(edges.investee[from_start], edges.weight[from_start], edges.firms)
    reached = reached_from(edges, start)
    onward = edges.where(~from_start & reached[edges.holder])
    asked = np.zeros(edges.firms, dtype=bool)
    asked[firms] = True
    above = reached_from(onward.reversed(), asked) | asked
    inside = onward.where(above[onward.holder] & above[onward.investee])
    found: Shares = {
        firm: _of_whole(amount)
        for firm, amount in zip(np.flatnonzero(above).tolist(), direct[above].tolist(), strict=True)
    }
    if len(inside.holder):
        _add_indirect(found, inside)
    return {firm: found[firm] for firm in distinct(firms).tolist()}


@lru_cache(maxsize=65536)
def _of_whole(ratio: int | Fraction) -> Fraction:
    """A ratio in `RATIO_UNIT` as a part of the whole; most stakes are whole percents that many firms share."""
    return as_fraction(ratio) / RATIO_UNIT


def _add_indirect(found: Shares, inside: Edges) -> None:
    """Turn direct shares into whole ones."""
    holders: _Stakes = defaultdict(dict)
    for holder, investee, weight in zip(
        inside.holder.tolist(), inside.investee.tolist(), inside.weight.tolist(), strict=True
    ):
        holders[investee][holder] = _of_whole(weight)
    for firms in _from_the_top(holders):
        if len(firms) == 1 and firms[0] not in holders[firms[0]]:
            found[firms[0]] = _with_chains(found, holders, firms[0], ())
        else:
            found.update(_of_ring(found, holders, firms))


def _with_chains(found: Shares, holders: _Stakes, firm: int, ring: Collection[int]) -> Fraction | None:
    """The direct share of a firm and those through its holders outside the ring, whose shares are known."""
    total = found[firm]
    for holder, ratio in holders[firm].items():
        if holder in ring:
            continue
        share = found[holder]
        if share is None or total is None:
            return None
        total += share * ratio
    return total


def _from_the_top(holders: _Stakes) -> Iterator[list[int]]:
    """The firms with holders, each after all of its holders; those that hold each other round a ring together."""
    held: dict[int, list[int]] = defaultdict(list)
    for investee, stakes in holders.items():
        for holder in stakes:
            held[holder].append(investee)
    open_holders = {firm: len(stakes) for firm, stakes in holders.items()}
    ready = [firm for firm in held if firm not in open_holders]
    while ready:
        for investee in held[ready.pop()]:
            open_holders[investee] -= 1
            if not open_holders[investee]:
                del open_holders[investee]
                yield [investee]
                ready.append(investee)
    if open_holders:
        yield from _with_rings(holders, open_holders)


def _with_rings(holders: _Stakes, firms: Mapping[int, int]) -> Iterator[list[int]]:
    import networkx as nx

    graph = nx.DiGraph((holder, firm) for firm in firms for holder in holders[firm] if holder in firms)
    parts = nx.condensation(graph)
    for part in nx.topological_sort(parts):
        yield sorted(parts.nodes[part]["members"])


class _Eliminated(NamedTuple):
    """A firm's share by those of the holders that were left when it was taken out."""

    firm: int
    amount: Fraction
    pivot: Fraction
    holders: dict[int, Fraction]


def _of_ring(found: Shares, holders: _Stakes, firms: list[int]) -> Shares:
    """The shares of firms that hold each other; None for all of them where their sums have no end."""
    ring = set(firms)
    amounts = {firm: _with_chains(found, holders, firm, ring) for firm in firms}
    known = {firm: amount for firm, amount in amounts.items() if amount is not None}
    inner = {firm: {h: ratio for h, ratio in holders[firm].items() if h in ring} for firm in firms}
    steps = _eliminated(known, inner) if len(known) == len(firms) else None
    if steps is None:
        return dict.fromkeys(firms)
    shares: dict[int, Fraction] = {}
    for step in reversed(steps):
        through = sum((shares[holder] * ratio for holder, ratio in step.holders.items()), step.amount)
        shares[step.firm] = through / step.pivot
    return dict(shares)


def _eliminated(amounts: dict[int, Fraction], holders: _Stakes) -> list[_Eliminated] | None:
    """The firms in the order in which they were taken out, the cheapest first; None where a pivot is not positive."""
    held: dict[int, set[int]] = defaultdict(set)
    for firm, stakes in holders.items():
        for holder in stakes:
            held[holder].add(firm)

    def fill(firm: int) -> int:
        return len(held[firm] - {firm}) * len(holders[firm].keys() - {firm})

    queue = [(fill(firm), firm) for firm in amounts]
    heapify(queue)
    steps: list[_Eliminated] = []
    while queue:
        cost, firm = heappop(queue)
        if cost != fill(firm):
            heappush(queue, (fill(firm), firm))
            continue
        pivot = 1 - holders[firm].pop(firm, Fraction(0))
        if pivot <= 0:
            return None
        step = _Eliminated(firm, amounts[firm], pivot, holders.pop(firm))
        steps.append(step)
        _pass_on(step, amounts, holders, held)
    return steps


def _pass_on(
    step: _Eliminated, amounts: dict[int, Fraction], holders: _Stakes, held: dict[int, set[int]]
) -> None:
    """Take a firm out: what was held through it is now held by its holders directly."""
    for holder in step.holders:
        held[holder].discard(step.firm)
    for investee in held.pop(step.firm, set()) - {step.firm}:
        through = holders[investee].pop(step.firm) / step.pivot
        amounts[investee] += step.amount * through
        for holder, ratio in step.holders.items():
            holders[investee][holder] = holders[investee].get(holder, Fraction(0)) + ratio * through
            held[holder].add(investee)

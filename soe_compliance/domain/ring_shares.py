"""The shares of firms that hold each other in a ring, given what comes into the ring from outside.

Round a ring chains are endless, and their sum is that of a geometric series. A small ring is solved by eliminating
firm after firm; where the sum has no end the elimination meets a pivot that is not positive (I - M is then no
M-matrix: Berman and Plemmons, Nonnegative Matrices in the Mathematical Sciences, chapter 6).
"""

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import NamedTuple, TypeAlias

from soe_compliance.domain.exact import Interval

Inner: TypeAlias = Mapping[int, Mapping[int, Fraction]]
"""For each firm of a ring its holders in the ring, and what they hold."""

_SMALL = 24
_MIDDLING = 300
_STEPS_A_STAKE = 4
"""How many numbers eliminating a ring that is not small may change for each of its stakes: long ones are slow."""


def of_ring(amounts: Mapping[int, Interval], inner: Inner) -> dict[int, Interval] | None:
    """The shares of the firms of a ring; None where their sums have no end.

    Args:
        amounts: the direct share of each firm and those through its holders outside the ring.
    """
    most = None if len(inner) <= _SMALL else _STEPS_A_STAKE * sum(map(len, inner.values()))
    try:
        if len(inner) <= _MIDDLING:
            return _by_elimination(amounts, inner, most)
    except _TooLongError:
        pass
    from soe_compliance.domain.refinement import refined

    return refined(amounts, inner)


class _TooLongError(Exception):
    """Elimination would change too many numbers."""


def _by_elimination(
    amounts: Mapping[int, Interval], inner: Inner, most: int | None
) -> dict[int, Interval] | None:
    low = _eliminated_and_put_back({firm: amount.low for firm, amount in amounts.items()}, inner, most)
    if low is None:
        return None
    if all(amount.is_point for amount in amounts.values()):
        return {firm: Interval(share, share) for firm, share in low.items()}
    tops = {firm: amount.high for firm, amount in amounts.items() if amount.high is not None}
    high = _eliminated_and_put_back(tops, inner, most) if len(tops) == len(amounts) else None
    return {firm: Interval(share, None if high is None else high[firm]) for firm, share in low.items()}


class _Eliminated(NamedTuple):
    """A firm's share by those of the holders that were left when it was taken out."""

    firm: int
    amount: Fraction
    pivot: Fraction
    holders: dict[int, Fraction]


def _eliminated_and_put_back(
    amounts: Mapping[int, Fraction], inner: Inner, most: int | None
) -> dict[int, Fraction] | None:
    steps = _eliminated(dict(amounts), {firm: dict(holders) for firm, holders in inner.items()}, most)
    if steps is None:
        return None
    shares: dict[int, Fraction] = {}
    for step in reversed(steps):
        through = sum((shares[holder] * ratio for holder, ratio in step.holders.items()), step.amount)
        shares[step.firm] = through / step.pivot
    return shares


def _eliminated(
    amounts: dict[int, Fraction], holders: dict[int, dict[int, Fraction]], most: int | None
) -> list[_Eliminated] | None:
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
    changed = 0
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
        changed += cost
        if most is not None and changed > most:
            raise _TooLongError
        _pass_on(step, amounts, holders, held)
    return steps


def _pass_on(
    step: _Eliminated,
    amounts: dict[int, Fraction],
    holders: dict[int, dict[int, Fraction]],
    held: dict[int, set[int]],
) -> None:
    """Take a firm out: what was held through it is now held by its holders directly."""
    for holder in step.holders:
        held[holder].discard(step.firm)
    for investee in held.pop(step.firm) - {step.firm}:
        through = holders[investee].pop(step.firm) / step.pivot
        amounts[investee] += step.amount * through
        for holder, ratio in step.holders.items():
            holders[investee][holder] = holders[investee].get(holder, Fraction(0)) + ratio * through
            held[holder].add(investee)

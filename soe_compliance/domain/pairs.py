"""Who reaches and who controls whom in large webs, for many pairs of firms together.

A set grown from each firm asked about would be walked as often as there are such firms. Here firms that reach each
other are one, and each passes on what it reaches as a set of bits; control is grown only where it is not already
decided by stakes that are a majority by themselves, or by there being no way at all.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby

import numpy as np

from soe_compliance.domain.components import strong_components
from soe_compliance.domain.edges import Edges
from soe_compliance.domain.exact import Exact, sum_by, times
from soe_compliance.domain.truth import NO, UNKNOWN, YES, Mask, Numbers, Truth, known

_BITS_AT_ONCE = 2048
_MOST_STEPS = 5_000_000


def reaching(edges: Edges, source: Numbers, target: Numbers) -> Mask:
    """For each pair whether a chain of edges leads from its source to its target."""
    links = edges.one_by_one
    components = list(strong_components(dict.fromkeys(source.tolist()), links.of))
    component_of = {firm: number for number, firms in enumerate(components) for firm in firms}
    leads_to = [sorted({end for firm in firms for end in links.of(firm)}) for firms in components]
    place, answers = (
        np.array([component_of[firm] for firm in source.tolist()]),
        np.zeros(len(source), dtype=bool),
    )
    targets, asked = np.unique(target, return_inverse=True)
    for start in range(0, len(targets), _BITS_AT_ONCE):
        part = targets[start : start + _BITS_AT_ONCE].tolist()
        reached = _reached_of(part, leads_to, component_of)
        for pair in np.flatnonzero((asked >= start) & (asked < start + len(part))).tolist():
            answers[pair] = reached[place[pair]] >> int(asked[pair] - start) & 1
    return answers


def _reached_of(
    targets: Sequence[int], leads_to: Sequence[Sequence[int]], component_of: dict[int, int]
) -> list[int]:
    """For each component the targets that it reaches, as bits."""
    bit_of = {firm: 1 << number for number, firm in enumerate(targets)}
    reached: list[int] = []
    for number, ends in enumerate(leads_to):
        bits = 0
        for end in ends:
            bits |= bit_of.get(end, 0)
            if component_of[end] != number:
                bits |= reached[component_of[end]]
        reached.append(bits)
    return reached


def controlling(votes: Edges, source: Numbers, target: Numbers, more_than: Fraction) -> Truth:
    """For each pair whether its source controls its target; unknown where that would take too long."""

    def are_enough(held: Exact) -> Mask:
        enough: Mask = (times(held, more_than.denominator) > more_than.numerator).astype(bool)
        return enough

    alone = votes.where(are_enough(votes.weight))
    truth = known(source == target)
    truth[reaching(alone, source, target)] = YES
    can_be = are_enough(sum_by(votes.investee, votes.weight, votes.firms))
    left = np.flatnonzero(truth == NO)
    left = left[reaching(votes.where(can_be[votes.investee]), source[left], target[left])]
    steps = 0
    for firm, pairs in groupby(left[np.argsort(source[left])].tolist(), lambda pair: int(source[pair])):
        asked = list(pairs)
        if steps > _MOST_STEPS:
            truth[asked] = UNKNOWN
            continue
        members, taken = controlled_by(votes, firm, more_than)
        truth[[pair for pair in asked if int(target[pair]) in members]] = YES
        steps += taken
    return truth


def controlled_by(votes: Edges, firm: int, more_than: Fraction) -> tuple[set[int], int]:
    """What a firm controls, itself among it, and how many stakes were looked at for that."""
    members, waiting, held, steps = {firm}, [firm], dict[int, int](), 0
    enough = int(more_than) if more_than.denominator == 1 else more_than
    while waiting:
        for end, weight in votes.one_by_one.weighted(waiting.pop()):
            steps += 1
            if end not in members:
                held[end] = held.get(end, 0) + weight
                if held[end] > enough:
                    members.add(end)
                    waiting.append(end)
    return members, steps

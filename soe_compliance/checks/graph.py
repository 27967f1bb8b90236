"""The stakes of a filing as a graph: the chain that explains a relation, and all that leads to a firm."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeAlias

import numpy as np

from soe_compliance.checks.situation import Situation
from soe_compliance.domain.chains import shortest_chain

Stakes: TypeAlias = Mapping[int, Mapping[int, int]]
"""The row of each stake, by one firm and then by the other."""


class _Holdings:
    """The stakes of one filing that are above nothing or of unknown size, from holders down and from firms up."""

    def __init__(self, situation: Situation, filing: int) -> None:
        table = situation.table("holdings")
        ratio = table.columns["ratio"]
        rows = np.flatnonzero((table.filing == filing) & (~ratio.stated | (ratio.values > 0).astype(bool)))
        below, above = defaultdict[int, dict[int, int]](dict), defaultdict[int, dict[int, int]](dict)
        for row in rows.tolist():
            holder = int(table.values("holder_code")[row])
            investee = int(table.values("investee_code")[row])
            below[holder][investee] = above[investee][holder] = row
        self.below: Stakes = below
        self.above: Stakes = above


class _OfFilings:
    """The stakes of each filing, built when they are first asked for."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.built: dict[int, _Holdings] = {}


def _holdings(situation: Situation, filing: int) -> _Holdings:
    built = situation.shared(_OfFilings).built
    if filing not in built:
        built[filing] = _Holdings(situation, filing)
    return built[filing]


def chain(situation: Situation, filing: int, source: int, target: int) -> list[int]:
    """The rows of holdings on a shortest chain from one firm down to another; empty where there is none."""
    holdings = _holdings(situation, filing)
    stakes = shortest_chain(holdings.below, holdings.above, source, target)
    return [holdings.below[holder][investee] for holder, investee in stakes]


def stakes_above(situation: Situation, filing: int, firm: int, start: Iterable[int]) -> list[int]:
    """The rows of holdings on all chains from the start down to a firm, in the order of the form."""
    above, holders = _holdings(situation, filing).above, set(start)
    rows: set[int] = set()
    seen, queue = {firm}, [firm]
    while queue:
        for holder, row in above.get(queue.pop(), {}).items():
            rows.add(row)
            if holder not in seen and holder not in holders:
                seen.add(holder)
                queue.append(holder)
    return sorted(rows)

"""The chains of stakes that explain a relation, as people see them."""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from soe_compliance.checks.situation import Situation

if TYPE_CHECKING:
    import networkx as nx

_Above: TypeAlias = Mapping[int, Mapping[int, int]]
"""For each firm that is held its holders, each with the row of its stake."""


class _Stakes:
    """The stakes that are above nothing or of unknown size; what is asked for is worked out once."""

    def __init__(self, situation: Situation) -> None:
        self._table = situation.table("holdings")
        ratio = self._table.columns["ratio"]
        self._held = ~ratio.stated | (ratio.values > 0).astype(bool)
        self.above = cache(self._above)
        self.graph = cache(self._graph)
        self.chain = cache(self._chain)

    def _edges(self, filing: int) -> Iterable[tuple[int, int, int]]:
        """Holder, investee and row of each stake of a filing."""
        rows = np.flatnonzero(self._held & (self._table.filing == filing))
        holder, investee = (self._table.values(key)[rows] for key in ("holder_code", "investee_code"))
        return zip(holder.tolist(), investee.tolist(), rows.tolist(), strict=True)

    def _above(self, filing: int) -> _Above:
        above: dict[int, dict[int, int]] = {}
        for holder, investee, row in self._edges(filing):
            above.setdefault(investee, {})[holder] = row
        return above

    def _graph(self, filing: int) -> "nx.DiGraph[int]":
        import networkx as nx

        graph: nx.DiGraph[int] = nx.DiGraph()
        for holder, investee, row in self._edges(filing):
            graph.add_edge(holder, investee, row=row)
        return graph

    def _chain(self, filing: int, source: int, target: int) -> list[int]:
        """Climbed while each firm has one holder, so that there is no other chain; else searched for."""
        above, seen, firm = self.above(filing), {target}, target
        rows: list[int] = []
        while holders := above.get(firm, {}):
            if source in holders:
                return [holders[source], *reversed(rows)]
            if len(holders) > 1:
                return self._searched(filing, source, target)
            [(firm, row)] = holders.items()
            if firm in seen:
                break
            seen.add(firm)
            rows.append(row)
        return []

    def _searched(self, filing: int, source: int, target: int) -> list[int]:
        import networkx as nx

        graph = self.graph(filing)
        if source not in graph or not nx.has_path(graph, source, target):
            return []
        path = nx.shortest_path(graph, source, target)
        return [graph.edges[edge]["row"] for edge in pairwise(path)]


def chain(situation: Situation, filing: int, source: int, target: int) -> list[int]:
    """The rows of holdings on a shortest chain from one firm down to another; empty where there is none."""
    return [] if source == target else situation.shared(_Stakes).chain(filing, source, target)


def stakes_above(situation: Situation, filing: int, firm: int, start: Iterable[int]) -> list[int]:
    """The rows of holdings on all chains from the start down to a firm, in the order of the form."""
    above, holders = situation.shared(_Stakes).above(filing), set(start)
    rows: set[int] = set()
    seen, queue = {firm}, [firm]
    while queue:
        for holder, row in above.get(queue.pop(), {}).items():
            rows.add(row)
            if holder not in seen and holder not in holders:
                seen.add(holder)
                queue.append(holder)
    return sorted(rows)

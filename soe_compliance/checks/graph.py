"""The graph of holdings that people see: the chain of stakes that explains a relation."""

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from soe_compliance.checks.situation import Situation

if TYPE_CHECKING:
    import networkx as nx


class _Graphs:
    """The graph of each filing, built when it is first asked for."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.built: dict[int, nx.DiGraph[int]] = {}


def holdings_graph(situation: Situation, filing: int) -> "nx.DiGraph[int]":
    """The stakes of one filing that are above nothing or of unknown size: firms as nodes, `row` on each edge."""
    built = situation.shared(_Graphs).built
    if filing not in built:
        built[filing] = _graph_of(situation, filing)
    return built[filing]


def _graph_of(situation: Situation, filing: int) -> "nx.DiGraph[int]":
    import networkx as nx

    table = situation.table("holdings")
    ratio = table.columns["ratio"]
    rows = np.flatnonzero((table.filing == filing) & (~ratio.stated | (ratio.values > 0).astype(bool)))
    graph: nx.DiGraph[Any] = nx.DiGraph()
    for row in rows.tolist():
        graph.add_edge(
            int(table.values("holder_code")[row]), int(table.values("investee_code")[row]), row=row
        )
    return graph


def chain(situation: Situation, filing: int, source: int, target: int) -> list[int]:
    """The rows of holdings on a shortest chain from one firm down to another; empty where there is none."""
    import networkx as nx

    graph = holdings_graph(situation, filing)
    if source not in graph or target not in graph or not nx.has_path(graph, source, target):
        return []
    path = nx.shortest_path(graph, source, target)
    return [graph.edges[edge]["row"] for edge in pairwise(path)]


def stakes_above(situation: Situation, filing: int, firm: int, start: Iterable[int]) -> list[int]:
    """The rows of holdings on all chains from the start down to a firm, in the order of the form."""
    graph, holders = holdings_graph(situation, filing), set(start)
    rows: set[int] = set()
    seen, queue = {firm}, [firm]
    while queue:
        investee = queue.pop()
        for holder in graph.predecessors(investee) if investee in graph else ():
            rows.add(graph.edges[holder, investee]["row"])
            if holder not in seen and holder not in holders:
                seen.add(holder)
                queue.append(holder)
    return sorted(rows)

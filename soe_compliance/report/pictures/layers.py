"""The columns of a picture and the order within each: who holds stands left of whom he holds.

Nodes are numbered from 0, edges lead from a number to another. Nothing here recurses, and the work is that of the
edges and of the columns that they cross.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import networkx as nx

Edge: TypeAlias = tuple[int, int]

_SWEEPS = 6


def layers(nodes: int, ties: Sequence[Edge], lines: Sequence[Edge], root: int) -> list[int]:
    """The column of each node, the first being 0.

    What the root holds stands by the longest chain from it; who holds any of that, just left of it. Rings are cut
    where they lead back, so that their last stake runs against the others.

    Args:
        ties: the edges that make columns, such as holdings.
        lines: edges that place only nodes without a tie, such as guarantees.
    """
    import networkx as nx

    graph = _without_ways_back(nodes, ties, root)
    order = list(nx.lexicographical_topological_sort(graph))
    column: dict[int, int] = {}
    below = {root, *nx.descendants(graph, root)}
    for node in order:
        if node in below:
            before = (column[holder] + 1 for holder in graph.predecessors(node) if holder in below)
            column[node] = max(before, default=0)
    for node in reversed(order):
        after = [column[held] for held in graph.successors(node) if held in column]
        if node not in column and after:
            column[node] = min(after) - 1
    _place_by_lines(graph, lines, column)
    for node in order:
        if node not in column:
            column[node] = max((column[holder] + 1 for holder in graph.predecessors(node)), default=0)
    first = min(column.values())
    return [column[node] - first for node in range(nodes)]


def _without_ways_back(nodes: int, ties: Sequence[Edge], root: int) -> "nx.DiGraph[Any]":
    """The ties without those of a ring that lead no further from where it is entered."""
    import networkx as nx

    graph: nx.DiGraph[Any] = nx.DiGraph()
    graph.add_nodes_from(range(nodes))
    graph.add_edges_from(tie for tie in ties if tie[0] != tie[1])
    for ring in [part for part in nx.strongly_connected_components(graph) if len(part) > 1]:
        inside = graph.subgraph(ring)
        entries = {node for node in ring if any(holder not in ring for holder in graph.predecessors(node))}
        start = root if root in ring else min(entries or ring)
        depth = nx.single_source_shortest_path_length(inside, start)
        back = [(a, b) for a, b in inside.edges if depth[b] <= depth[a]]
        graph.remove_edges_from(back)
    return graph


def _place_by_lines(graph: "nx.DiGraph[Any]", lines: Sequence[Edge], column: dict[int, int]) -> None:
    """Put nodes that no tie binds right of who leads a line to them, else left of whom they lead one to."""
    placed = dict(column)
    for source, target in lines:
        if source in placed and target not in placed and not graph.degree(target):
            column[target] = max(column.get(target, 0), placed[source] + 1)
        if target in placed and source not in placed and not graph.degree(source):
            column[source] = min(column.get(source, placed[target]), placed[target] - 1)


def ordered(columns: Sequence[Sequence[int]], lines: Iterable[tuple[int, int, float]]) -> list[list[int]]:
    """The columns, each in an order in which lines between them cross little.

    Args:
        columns: the nodes of each column, in the order to begin with.
        lines: pairs of nodes that want to stand level, with a weight.
    """
    near: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for a, b, weight in lines:
        near[a].append((b, weight))
        near[b].append((a, weight))
    found = [list(column) for column in columns]
    column_of = {node: place for place, column in enumerate(found) for node in column}
    at = {node: _level(place, len(column)) for column in found for place, node in enumerate(column)}
    for sweep in range(_SWEEPS):
        rightward = sweep % 2 == 0
        for place in range(len(found)) if rightward else reversed(range(len(found))):
            mean = {}
            for node in found[place]:
                pulls = [
                    (at[other], weight)
                    for other, weight in near[node]
                    if (column_of[other] < place if rightward else column_of[other] > place)
                ]
                total = sum(weight for _, weight in pulls)
                mean[node] = sum(y * weight for y, weight in pulls) / total if total else at[node]
            found[place].sort(key=lambda node: mean[node])
            size = len(found[place])
            at.update({node: _level(rank, size) for rank, node in enumerate(found[place])})
    return found


def _level(rank: int, size: int) -> float:
    return (rank + 0.5) / size

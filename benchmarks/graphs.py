"""Who controls and who reaches whom in the groups of many filings, beside graphs of networkx that are walked one by one."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

import networkx as nx
import numpy as np
from msgspec.structs import replace

from benchmarks.checking import read_all
from benchmarks.generator import AS_OF, write_json
from benchmarks.timing import Figure, medians
from soe_compliance.checks.situation import Situation
from soe_compliance.domain.ownership import RATIO_UNIT
from soe_compliance.domain.truth import YES
from soe_compliance.domain.workdays import official_calendar
from soe_compliance.filings.batch import Batch, batch_of
from soe_compliance.law.loading import load_ruleset

_MAJORITY = Fraction(1, 2)

_Graph: TypeAlias = "nx.DiGraph[int]"
_Answers: TypeAlias = tuple[set[int], set[int]]
"""The firms that the parent of their group controls, and those that it reaches."""


def measure_graphs(folder: Path, count: int, rounds: int) -> Iterator[Figure]:
    """The groups of so many filings, 20 firms each."""
    batch = batch_of(read_all(write_json(folder, count)))
    graphs, parents = _graphs(batch), batch.parent.tolist()
    assert _ours(batch) == _walked(graphs, parents)
    taken = medians({"ours": lambda: _ours(batch), "networkx": lambda: _walked(graphs, parents)}, rounds)
    yield Figure(
        f"ownership: control and reach in the groups of {count:,} filings",
        1000 * taken["ours"],
        "networkx, a graph a group, made before",
        1000 * taken["networkx"],
        "ms",
    )


def _ours(batch: Batch) -> _Answers:
    situation = Situation(replace(batch), load_ruleset(), AS_OF, official_calendar())
    firms = np.arange(len(batch.firm_codes))
    parents = batch.parent[batch.filing_of_firm]
    controlled = situation.holdings.controls(parents, firms, _MAJORITY) == YES
    reached = situation.holdings.reaches(parents, firms) == YES
    return set(np.flatnonzero(controlled).tolist()), set(np.flatnonzero(reached).tolist())


def _graphs(batch: Batch) -> list[_Graph]:
    """The holdings of each filing; an edge has the part of 1 that is held."""
    graphs: list[_Graph] = [nx.DiGraph() for _ in batch.filings]
    for graph, parent in zip(graphs, batch.parent.tolist(), strict=True):
        graph.add_node(parent)
    table = batch.tables["holdings"]
    columns = (table.filing, *(table.values(key) for key in ("holder_code", "investee_code", "ratio")))
    for filing, holder, investee, ratio in zip(*(column.tolist() for column in columns), strict=True):
        graphs[filing].add_edge(holder, investee, part=Fraction(ratio, RATIO_UNIT))
    return graphs


def _walked(graphs: Sequence[_Graph], parents: Sequence[int]) -> _Answers:
    controlled, reached = set[int](), set[int]()
    for graph, parent in zip(graphs, parents, strict=True):
        reached |= nx.descendants(graph, parent)
        controlled |= _controlled(graph, parent)
    return controlled, reached


def _controlled(graph: _Graph, parent: int) -> set[int]:
    """The parent, and all firms of which it and those under it hold more than half."""
    found, waiting = {parent}, [parent]
    held = dict.fromkeys(graph, Fraction(0))
    while waiting:
        for _, investee, part in graph.out_edges(waiting.pop(), data="part"):
            held[investee] += part
            if held[investee] > _MAJORITY and investee not in found:
                found.add(investee)
                waiting.append(investee)
    return found

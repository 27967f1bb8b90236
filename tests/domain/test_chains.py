"""Shortest chains: by hand, and those of networkx on drawn holdings."""

from collections import defaultdict
from itertools import pairwise

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.domain.chains import shortest_chain

Stakes = list[tuple[int, int]]
FIRMS = st.integers(min_value=0, max_value=9)


def chain_of(stakes: Stakes, source: int, target: int) -> Stakes:
    below, above = defaultdict[int, list[int]](list), defaultdict[int, list[int]](list)
    for holder, investee in dict.fromkeys(stakes):
        below[holder].append(investee)
        above[investee].append(holder)
    return shortest_chain(below, above, source, target)


def test_the_shorter_of_two_chains_is_found() -> None:
    assert chain_of([(1, 2), (2, 3), (3, 4), (1, 5), (5, 4)], 1, 4) == [(1, 5), (5, 4)]


def test_chains_lead_down_only() -> None:
    assert chain_of([(1, 2)], 2, 1) == []


def test_there_is_no_chain_from_a_firm_to_itself_or_to_one_that_is_not_there() -> None:
    assert chain_of([(1, 2), (2, 1), (3, 3)], 1, 1) == []
    assert chain_of([(1, 2)], 1, 7) == []
    assert chain_of([(1, 2)], 7, 2) == []


@given(st.lists(st.tuples(FIRMS, FIRMS), max_size=30), FIRMS, FIRMS)
def test_chains_are_those_of_networkx(stakes: Stakes, source: int, target: int) -> None:
    graph: nx.DiGraph[int] = nx.DiGraph(stakes)
    there = source in graph and target in graph and nx.has_path(graph, source, target)
    firms = nx.shortest_path(graph, source, target) if there else []
    assert chain_of(stakes, source, target) == list(pairwise(firms))

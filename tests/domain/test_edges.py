"""Walks along holdings, by hand and against networkx."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.domain import edges as edges_of_domain
from soe_compliance.domain.edges import Edges, Sieve, reached_from
from tests.domain.webs import Web, edges, webs


def some() -> Edges:
    """2 holds 0 and 3; 0 holds 3 twice; 3 holds nothing, nor does 1."""
    holder, investee = np.array([2, 0, 2, 0]), np.array([0, 3, 3, 3])
    return Edges(holder, investee, np.array([10, 20, 30, 40]), 4)


def test_edges_are_found_by_holder() -> None:
    origin, edge = some().out_of(np.array([3, 0, 2, 0]))
    assert origin.tolist() == [1, 1, 2, 2, 3, 3]
    assert edge.tolist() == [1, 3, 0, 2, 1, 3]
    origin, edge = some().out_of(np.array([1, 3]))
    assert origin.tolist() == edge.tolist() == []


def test_edges_of_a_firm_keep_their_order() -> None:
    holder = np.arange(1000) % 3
    many = Edges(holder, np.zeros(1000, dtype=np.int64), np.arange(1000), 3)
    assert many.out_of(np.array([1]))[1].tolist() == list(range(1, 1000, 3))


def test_edges_are_found_firm_by_firm() -> None:
    links = some().one_by_one
    assert [links.of(firm) for firm in range(4)] == [[3, 3], [], [0, 3], []]
    assert [list(links.weighted(firm)) for firm in range(4)] == [
        [(3, 20), (3, 40)],
        [],
        [(0, 10), (3, 30)],
        [],
    ]


def test_edges_may_be_turned_round_and_chosen() -> None:
    up = some().reversed().one_by_one
    assert [list(up.weighted(firm)) for firm in range(4)] == [[(2, 10)], [], [], [(0, 20), (2, 30), (0, 40)]]
    chosen = some().where(np.array([False, True, True, False])).one_by_one
    assert [list(chosen.weighted(firm)) for firm in range(4)] == [[(3, 20)], [], [(3, 30)], []]


@given(st.lists(st.integers(0, 5)))
def test_one_of_equal_numbers_is_kept(numbers: list[int]) -> None:
    kept = Sieve(6).first_of_each(np.array(numbers, dtype=np.int64))
    assert sorted(np.array(numbers, dtype=np.int64)[kept].tolist()) == sorted(set(numbers))


@given(webs(blanks=False, most=8), st.integers(0, 4), st.data())
def test_reached_is_what_a_chain_leads_to(one: Web, rounds: int, data: st.DataObject) -> None:
    seeds = data.draw(st.sets(st.integers(0, one.firms - 1)))
    graph = nx.DiGraph([(stake.holder, stake.investee) for stake in one.stakes if stake.ratio])
    held = {firm for seed in seeds if seed in graph for firm in graph.successors(seed)}
    expected = held.union(*(nx.descendants(graph, firm) for firm in held))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edges_of_domain, "MOST_ROUNDS", rounds)
        found = reached_from(edges(one), np.array([firm in seeds for firm in range(one.firms)]))
    assert found.dtype == bool
    assert set(np.flatnonzero(found).tolist()) == expected

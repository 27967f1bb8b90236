"""Firms that reach each other, against networkx."""

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.domain.components import strong_components


@given(st.integers(1, 9), st.data())
def test_components_are_those_of_what_is_below_each_after_what_it_leads_to(
    firms: int, data: st.DataObject
) -> None:
    firm = st.integers(0, firms - 1)
    graph = nx.DiGraph(data.draw(st.lists(st.tuples(firm, firm), max_size=3 * firms)))
    graph.add_nodes_from(range(firms))
    known = data.draw(st.sets(firm, max_size=2))
    known |= {below for one in known for below in nx.descendants(graph, one)}
    roots = data.draw(st.lists(firm, max_size=firms))
    found = list(strong_components(roots, lambda one: list(graph.successors(one)), known))
    below = {one for root in roots for one in {root} | nx.descendants(graph, root)} - known
    expected = nx.strongly_connected_components(graph.subgraph(below))
    assert sorted(map(sorted, found)) == sorted(map(sorted, expected))
    done = set(known)
    for component in found:
        done.update(component)
        assert all(set(graph.successors(one)) <= done for one in component)


def test_roots_that_are_found_or_known_already_are_passed_over() -> None:
    ends = {0: [1], 1: [], 2: [1], 3: [2]}
    assert list(strong_components([0, 1, 0, 2, 3], ends.__getitem__)) == [[1], [0], [2], [3]]
    assert list(strong_components([1, 3, 2, 0], ends.__getitem__, {1, 2})) == [[3], [0]]


def test_a_long_line_and_a_long_ring() -> None:
    assert list(strong_components([0], lambda one: [one + 1] if one < 5000 else [])) == [
        [one] for one in range(5000, -1, -1)
    ]
    [ring] = strong_components([3], lambda one: [(one + 1) % 5000])
    assert sorted(ring) == list(range(5000))

"""Control and reach: by hand, and against slow sets and networkx on drawn holdings."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.domain import edges as edges_of_domain
from soe_compliance.domain import growth, ownership
from soe_compliance.domain import pairs as pairs_of_domain
from soe_compliance.domain.edges import reached_from
from soe_compliance.domain.ownership import Holdings, consolidated_scope
from soe_compliance.domain.truth import Numbers, Truth
from tests.domain.webs import (
    HALF,
    NO,
    UNKNOWN,
    YES,
    Stake,
    Web,
    agreed,
    controlled_by,
    edges,
    holdings,
    sizes,
    web,
    webs,
)

batches = st.lists(webs(), min_size=1, max_size=4)


def all_pairs(filings: list[Web]) -> Iterator[tuple[Web, int, int, int]]:
    """Each pair of firms of one filing: the filing, the number of its first firm, and the two."""
    first = 0
    for one in filings:
        yield from ((one, first, a, b) for a in range(one.firms) for b in range(one.firms))
        first += one.firms


def numbers(filings: list[Web]) -> tuple[Numbers, Numbers]:
    pairs = [(first + a, first + b) for _, first, a, b in all_pairs(filings)]
    return np.array([a for a, _ in pairs], dtype=np.int64), np.array([b for _, b in pairs], dtype=np.int64)


def controls(one: Web, a: int, b: int) -> int:
    if not one.stakes and a != b:
        return UNKNOWN
    low, high = (b in controlled_by(a, sizes(one, most=most, votes=True)) for most in (False, True))
    return agreed(low, high)


def reaches(one: Web, a: int, b: int) -> int:
    if not one.stakes and a != b:
        return UNKNOWN
    return agreed(*(b in below(one, {a}, most=most) for most in (False, True)))


def below(one: Web, tops: set[int], *, most: bool) -> set[int]:
    """All that a chain of one holding or more leads to."""
    graph = nx.DiGraph(list(sizes(one, most=most)))
    held = {firm for top in tops if top in graph for firm in graph.successors(top)}
    return held | {firm for start in held for firm in nx.descendants(graph, start)}


@given(batches)
def test_control_is_that_of_the_smallest_set(filings: list[Web]) -> None:
    found = holdings(filings).controls(*numbers(filings), HALF)
    assert found.tolist() == [controls(one, a, b) for one, _, a, b in all_pairs(filings)]


@given(batches)
def test_reach_is_that_of_networkx(filings: list[Web]) -> None:
    found = holdings(filings).reaches(*numbers(filings))
    assert found.tolist() == [reaches(one, a, b) for one, _, a, b in all_pairs(filings)]


@given(batches, st.data())
def test_reach_from_any_member(filings: list[Web], data: st.DataObject) -> None:
    members = [[data.draw(st.sampled_from((NO, UNKNOWN, YES))) for _ in range(one.firms)] for one in filings]
    found = holdings(filings).reached_by_any(np.array(list(chain.from_iterable(members)), dtype=np.int8))
    expected = []
    for one, of_one in zip(filings, members, strict=True):
        low = below(one, {firm for firm, member in enumerate(of_one) if member == YES}, most=False)
        high = below(one, {firm for firm, member in enumerate(of_one) if member != NO}, most=True)
        expected += [agreed(f in low, f in high) if one.stakes else UNKNOWN for f in range(one.firms)]
    assert found.tolist() == expected


@given(batches)
def test_few_sources_at_a_time_give_the_same(filings: list[Web]) -> None:
    held, pairs = holdings(filings), numbers(filings)
    at_once = (held.controls(*pairs, HALF).tolist(), held.reaches(*pairs).tolist())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(growth, "_WALKED_AT_ONCE", 5)
        assert (held.controls(*pairs, HALF).tolist(), held.reaches(*pairs).tolist()) == at_once


@given(batches, st.sampled_from((0, 1, 2)))
def test_firm_by_firm_gives_the_same(filings: list[Web], rounds: int) -> None:
    pairs = numbers(filings)
    members = np.arange(sum(one.firms for one in filings)) % 3

    def answers() -> list[list[int]]:
        held = holdings(filings)
        found = (
            held.controls(*pairs, HALF),
            held.reaches(*pairs),
            held.reached_by_any(members.astype(np.int8)),
        )
        return [truth.tolist() for truth in found]

    column_by_column = answers()
    with pytest.MonkeyPatch.context() as patch:
        for module in (growth, edges_of_domain):
            patch.setattr(module, "MOST_ROUNDS", rounds)
        assert answers() == column_by_column


@given(batches, st.integers(0, 20))
def test_pairs_of_large_webs_give_the_same(filings: list[Web], states: int) -> None:
    pairs = numbers(filings)
    held = holdings(filings)
    one_by_one = held.controls(*pairs, HALF).tolist(), held.reaches(*pairs).tolist()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ownership, "_MOST_WALKED", states)
        patch.setattr(pairs_of_domain, "_BITS_AT_ONCE", 2)
        assert (held.controls(*pairs, HALF).tolist(), held.reaches(*pairs).tolist()) == one_by_one


def test_control_that_would_take_too_long_is_unknown() -> None:
    one = web(6, (0, 1, "0.3"), (0, 2, "0.6"), (2, 1, "0.3"), (3, 4, "0.6"), (3, 5, "0.3"), (4, 5, "0.3"))
    asked = np.array([0, 0, 3, 3, 1, 5]), np.array([1, 2, 5, 4, 5, 1])
    held = holdings([one])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ownership, "_MOST_WALKED", 0)
        assert held.controls(*asked, HALF).tolist() == [YES, YES, YES, YES, NO, NO]
        patch.setattr(pairs_of_domain, "_MOST_STEPS", 0)
        assert held.controls(*asked, HALF).tolist() == [YES, YES, UNKNOWN, YES, NO, NO]


@pytest.mark.parametrize(
    ("most", "large"), [(9, [True, False, True]), (10, [False, False, True]), (4, [True, False, True])]
)
def test_filings_are_large_by_how_much_walks_from_their_sources_meet(
    most: int, large: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A walk meets five firms and edges; two, one and three firms of three filings are asked about."""
    monkeypatch.setattr(ownership, "_MOST_WALKED", most)
    held = holdings([web(3, (0, 1, "1"), (1, 2, "1"))] * 4)
    source = np.array([0, 0, 1, 3, 3, 6, 7, 8])
    found = held._in_large_filings(held.certain, source)
    assert found.tolist() == [large[firm // 3] for firm in source.tolist()]


def control(one: Web) -> dict[int, int]:
    """What firm 0 controls."""
    found = holdings([one]).controls(np.zeros(one.firms, dtype=np.int64), np.arange(one.firms), HALF)
    return dict(enumerate(found.tolist()))


def test_control_passes_down_chains_and_joins_split_stakes() -> None:
    one = web(4, (0, 1, "0.51"), (0, 2, "0.3"), (1, 2, "0.21"), (2, 3, "0.6"))
    assert control(one) == {0: YES, 1: YES, 2: YES, 3: YES}


def test_exactly_half_is_no_control() -> None:
    assert control(web(3, (0, 1, "0.5"), (0, 2, "0.500000000001"))) == {0: YES, 1: NO, 2: YES}
    assert control(web(2, (0, 1, "0.5000000000000000001")))[1] == YES


def test_a_cycle_gives_no_control_out_of_nothing() -> None:
    assert control(web(3, (1, 2, "0.9"), (2, 1, "0.9"), (0, 1, "0.1"))) == {0: YES, 1: NO, 2: NO}
    assert control(web(3, (1, 2, "0.9"), (2, 1, "0.4"), (0, 1, "0.6"))) == {0: YES, 1: YES, 2: YES}


def test_votes_go_before_the_ratio() -> None:
    by_votes = Web(2, (Stake(0, 1, Fraction("0.2"), Fraction("0.7")),))
    against = Web(2, (Stake(0, 1, Fraction("0.7"), Fraction("0.2")),))
    assert (control(by_votes)[1], control(against)[1]) == (YES, NO)


def test_a_blank_stake_may_be_what_is_left() -> None:
    assert control(web(2, (0, 1, None)))[1] == UNKNOWN
    assert control(web(3, (0, 1, None), (2, 1, "0.5")))[1] == NO
    assert control(web(3, (0, 1, None), (2, 1, "0.49")))[1] == UNKNOWN
    assert control(web(2, (0, 1, None), (1, 1, "0")))[1] == UNKNOWN


def test_the_smallest_ratio_matters() -> None:
    """A part in 10^12, which ratios are held in: of a stake, of what is left for a blank one, of votes."""
    assert holdings([web(2, (0, 1, "1e-12"))]).reaches(np.array([0]), np.array([1])).tolist() == [YES]
    assert control(web(3, (0, 1, None), (2, 1, "0.499999999999")))[1] == UNKNOWN
    assert control(web(3, (0, 1, "0.5"), (0, 2, "0.6"), (2, 1, None)))[1] == UNKNOWN


def test_without_holdings_only_oneself_is_known() -> None:
    assert control(web(2)) == {0: YES, 1: UNKNOWN}
    found = holdings([web(2)]).reaches(np.array([0, 0]), np.array([0, 1]))
    assert found.tolist() == [NO, UNKNOWN]


def test_no_question_has_no_answer() -> None:
    none = np.array([], dtype=np.int64)
    for held in (holdings([]), holdings([web(2, (0, 1, "1"))])):
        assert held.reaches(none, none).tolist() == held.controls(none, none, HALF).tolist() == []


def test_seeds_are_reached_only_round_a_cycle() -> None:
    one = edges(web(4, (0, 1, "0.1"), (1, 2, "0.1"), (2, 1, "0.1")))
    assert reached_from(one, np.array([True, False, False, False])).tolist() == [False, True, True, False]
    assert reached_from(one, np.array([False, True, False, False])).tolist() == [False, True, True, False]


def line_of(firms: int) -> Holdings:
    return holdings([web(firms, *((firm, firm + 1, "0.6") for firm in range(firms - 1)))])


def test_a_chain_of_two_thousand_firms() -> None:
    held, everyone = line_of(2000), np.arange(2000)
    top, bottom = np.zeros_like(everyone), np.full_like(everyone, 1999)
    assert held.controls(top, everyone, HALF).tolist() == [YES] * 2000
    assert held.controls(everyone, bottom, HALF).tolist() == [YES] * 2000
    assert held.reaches(everyone, bottom).tolist() == [YES] * 1999 + [NO]
    assert held.reaches(bottom, everyone).tolist() == [NO] * 2000


def test_scope_is_what_is_stated_else_what_the_parent_controls() -> None:
    first = web(5, (0, 1, "0.6"), (0, 2, "0.6"), (0, 3, None), (0, 4, "0.4"))
    second = web(2, (1, 0, "0.9"))
    stated: Truth = np.array([NO, NO, UNKNOWN, UNKNOWN, YES, UNKNOWN, UNKNOWN], dtype=np.int8)
    scope = consolidated_scope(holdings([first, second]), np.array([0, 6]), stated, HALF)
    assert scope.tolist() == [YES, NO, YES, UNKNOWN, YES, YES, YES]

"""Sets grown from many sources at once, in whole columns or firm by firm."""

from fractions import Fraction

import numpy as np
import pytest

from soe_compliance.domain import growth
from soe_compliance.domain.edges import Edges
from soe_compliance.domain.exact import exact
from soe_compliance.domain.growth import _portions, grow_control, grow_reach, grown, walks_of_filings
from soe_compliance.domain.truth import Mask, Numbers
from tests.domain.webs import edges, web

LIMIT = Fraction(100, 3)


@pytest.fixture(params=[0, 1, 2, 1000], autouse=True)
def _rounds(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """After so many steps with whole columns it goes on firm by firm."""
    monkeypatch.setattr(growth, "MOST_ROUNDS", request.param)


def by_controlling(edges: Edges, source: Numbers, base: Numbers, states: int) -> Mask:
    return grow_control(edges, source, base, states, LIMIT)


def weighted(firms: int, *stakes: tuple[int, int, int | Fraction]) -> Edges:
    holder, investee, weight = zip(*stakes, strict=True)
    return Edges(np.array(holder), np.array(investee), exact(weight), firms)


def test_control_is_more_than_a_fraction_of_the_votes() -> None:
    """More than 33 1/3: 34, 17 and 17, or a little more; not 33, nor just as much."""
    alone = weighted(5, (0, 1, 33), (0, 2, 34), (0, 3, LIMIT), (0, 4, LIMIT + Fraction(1, 10**20)))
    assert by_controlling(alone, np.array([0]), np.array([0]), 5).tolist() == [True, False, True, False, True]
    whole = weighted(5, (0, 1, 40), (0, 2, 17), (1, 2, 17), (2, 3, 33), (2, 4, 34), (4, 3, 1))
    assert by_controlling(whole, np.array([0]), np.array([0]), 5).tolist() == [True] * 5


def test_each_source_grows_a_set_of_its_own() -> None:
    """0 and 3 hold 17 each of 2: neither controls it alone, and the states of one are not those of the other."""
    held = weighted(5, (0, 1, 40), (1, 2, 17), (3, 2, 17), (3, 4, 40), (4, 1, 40))
    members = by_controlling(held, np.array([3, 0]), np.array([0, 5]), 10)
    assert members.tolist() == [False, True, True, True, True, True, True, False, False, False]
    reached = grow_reach(held, np.array([3, 0]), np.array([0, 5]), 10)
    assert reached.tolist() == [False, True, True, False, True, False, True, True, False, False]


def test_a_source_is_a_member_and_reached_only_round_a_ring() -> None:
    ring = weighted(3, (0, 1, 40), (1, 0, 40), (1, 2, 1))
    assert by_controlling(ring, np.array([0]), np.array([0]), 3).tolist() == [True, True, False]
    assert grow_reach(ring, np.array([0]), np.array([0]), 3).tolist() == [True, True, True]
    assert grow_reach(ring, np.array([2]), np.array([0]), 3).tolist() == [False, False, False]


def test_a_ladder_has_more_chains_than_could_be_walked() -> None:
    rungs = 60
    steps = [(2 * rung + a, 2 * rung + 2 + b, 40) for rung in range(rungs) for a in (0, 1) for b in (0, 1)]
    ladder, top, base = weighted(2 * rungs + 2, *steps), np.array([0]), np.array([0])
    below = [True] * (2 * rungs)
    assert grow_reach(ladder, top, base, 2 * rungs + 2).tolist() == [False, False, *below]
    assert by_controlling(ladder, top, base, 2 * rungs + 2).tolist() == [True, False, *below]


def test_targets_are_looked_up_in_the_sets_of_their_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two filings: firms 0 to 2 in a line, and 3 to 6, where 4 holds 3 and 5, and 5 holds 6."""
    held = edges(web(7, (0, 1, "1"), (1, 2, "1"), (4, 3, "1"), (4, 5, "1"), (5, 6, "1")))
    filing_of = np.array([0, 0, 0, 1, 1, 1, 1])
    assert walks_of_filings(held, filing_of, 3).tolist() == [5, 7, 0]
    pairs = [(4, 6), (1, 2), (4, 3), (2, 0), (0, 2), (5, 3), (5, 6), (0, 0), (1, 0), (6, 3)]
    source, target = (np.array([pair[side] for pair in pairs]) for side in (0, 1))
    for at_once in (1, 5, 6, 10, 12, 17, 1000):
        monkeypatch.setattr(growth, "_WALKED_AT_ONCE", at_once)
        found = grown(grow_reach, held, filing_of, source, target)
        assert found.tolist() == [True, True, True, False, True, False, True, False, False, False]
        assert found.dtype == bool


def test_portions_are_cut_before_they_walk_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "_WALKED_AT_ONCE", 4)
    for walks, portions in {
        (3, 1, 2, 5, 1): [(0, 2), (2, 3), (3, 4), (4, 5)],
        (5, 4): [(0, 1), (1, 2)],
        (2, 2, 1, 1, 1, 1, 1): [(0, 2), (2, 6), (6, 7)],
        (1,): [(0, 1)],
        (): [],
    }.items():
        assert list(_portions(np.array(walks, dtype=np.int64))) == portions

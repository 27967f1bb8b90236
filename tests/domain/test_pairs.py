"""Many pairs of firms of large webs: control within a bounded number of steps."""

from fractions import Fraction

import numpy as np
import pytest

from soe_compliance.domain import pairs
from soe_compliance.domain.edges import Edges
from soe_compliance.domain.exact import exact
from soe_compliance.domain.ownership import RATIO_UNIT
from soe_compliance.domain.pairs import controlled_by, controlling
from tests.domain.webs import HALF, NO, UNKNOWN, YES, edges, web

MORE_THAN_HALF = HALF * RATIO_UNIT

# Each of firms 0, 3, 6 and 9 controls the next one, and with it the one after that.
TRIANGLES = web(
    12,
    *(stake for a in (0, 3, 6, 9) for stake in ((a, a + 1, "0.6"), (a, a + 2, "0.3"), (a + 1, a + 2, "0.3"))),
)


def controls(sources: list[int], targets: list[int]) -> list[int]:
    source, target = np.array(sources), np.array(targets)
    truth = controlling(edges(TRIANGLES), source, target, MORE_THAN_HALF)
    assert truth.dtype == np.int8
    return [int(one) for one in truth]


def test_the_stakes_that_were_looked_at_are_counted() -> None:
    one = web(6, (0, 1, "0.6"), (0, 2, "0.3"), (1, 2, "0.3"), (1, 3, "0.2"), (2, 0, "0.7"), (4, 5, "1"))
    assert controlled_by(edges(one), 0, MORE_THAN_HALF) == ({0, 1, 2}, 5)
    assert controlled_by(edges(one), 4, MORE_THAN_HALF) == ({4, 5}, 1)
    assert controlled_by(edges(one), 5, MORE_THAN_HALF) == ({5}, 0)


@pytest.mark.parametrize("limit", [Fraction(5), Fraction(11, 2), Fraction(16, 3)])
def test_votes_are_compared_exactly(limit: Fraction) -> None:
    held = exact([limit, limit + Fraction(1, 10**30), limit - Fraction(1, 10**30)])
    votes = Edges(np.array([0, 0, 0]), np.array([1, 2, 3]), held, 4)
    assert controlled_by(votes, 0, limit) == ({0, 2}, 3)


def test_firms_that_are_asked_about_are_taken_one_by_one() -> None:
    assert controls([9, 0, 6, 0, 3, 6, 1], [11, 2, 8, 1, 5, 11, 2]) == [YES, YES, YES, YES, YES, NO, NO]
    assert controls([6, 1, 1], [8, 0, 2]) == [YES, NO, NO]


@pytest.mark.parametrize(("steps", "told"), [(8, 3), (6, 3), (5, 2), (3, 2), (2, 1), (-1, 0)])
def test_what_would_take_too_long_is_left_open(
    steps: int, told: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each firm asked about has three stakes to be looked at, which are counted together."""
    monkeypatch.setattr(pairs, "_MOST_STEPS", steps)
    assert controls([0, 3, 6, 9, 0], [2, 5, 8, 10, 2]) == [
        *(YES if place < told else UNKNOWN for place in range(3)),
        YES,
        YES if told else UNKNOWN,
    ]

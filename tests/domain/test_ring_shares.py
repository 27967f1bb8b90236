"""Rings that are eliminated firm by firm, and those for which that would take too long."""

from fractions import Fraction

import pytest

from soe_compliance.domain import ring_shares
from soe_compliance.domain.exact import Interval
from soe_compliance.domain.ring_shares import _by_elimination, _TooLongError, of_ring
from tests.domain.rings import Amounts, point

PRIMES = (101, 103, 107, 109, 113)
# Each of five firms holds each other one.
DENSE = {
    firm: {holder: Fraction(1, PRIMES[holder]) for holder in range(5) if holder != firm} for firm in range(5)
}
DIRECT = {firm: point(Fraction(1, prime)) for firm, prime in enumerate(PRIMES)}


def test_two_ends_that_come_in_are_passed_on_to_both() -> None:
    """Each firm of two holds half of the other: 4/3 and 2/3 of what comes into them."""
    inner = {0: {1: Fraction(1, 2)}, 1: {0: Fraction(1, 2)}}
    amounts = {0: Interval(Fraction(3, 10), Fraction(6, 10)), 1: point(Fraction(0))}
    assert of_ring(amounts, inner) == {
        0: Interval(Fraction(4, 10), Fraction(8, 10)),
        1: Interval(Fraction(2, 10), Fraction(4, 10)),
    }
    endless: Amounts = {0: Interval(Fraction(3, 10), None), 1: Interval(Fraction(0), Fraction(1))}
    assert of_ring(endless, inner) == {
        0: Interval(Fraction(4, 10), None),
        1: Interval(Fraction(2, 10), None),
    }


def test_firms_may_hold_themselves() -> None:
    inner = {0: {0: Fraction(1, 5), 1: Fraction(1, 2)}, 1: {0: Fraction(2, 5), 1: Fraction(1, 2)}}
    # x = 1 + x/5 + y/2 and y = 2x/5 + y/2: y = 4x/5, and x = 1 + 3x/5.
    assert of_ring({0: point(Fraction(1)), 1: point(Fraction(0))}, inner) == {
        0: point(Fraction(5, 2)),
        1: point(Fraction(2)),
    }
    assert of_ring({0: point(Fraction(1))}, {0: {0: Fraction(1)}}) is None
    assert of_ring({0: point(Fraction(1))}, {0: {0: Fraction(3, 2)}}) is None


def test_the_cheapest_firm_is_taken_out_first() -> None:
    """A hub and nine firms that hold it and are held by it: each is taken out for one change, the hub for none."""
    hub = {0: {firm: Fraction(1, 100) for firm in range(1, 10)}}
    inner = hub | {firm: {0: Fraction(1, 10)} for firm in range(1, 10)}
    amounts = {firm: point(Fraction(1, 10)) for firm in range(10)}
    assert _by_elimination(amounts, inner, 9) == _by_elimination(amounts, inner, None)
    with pytest.raises(_TooLongError):
        _by_elimination(amounts, inner, 8)


def test_numbers_that_are_changed_are_counted() -> None:
    """Of five firms that all hold each other the first taken out changes 4 x 4 numbers, the next 3 x 3."""
    in_full = _by_elimination(DIRECT, DENSE, None)
    assert in_full is not None
    assert _by_elimination(DIRECT, DENSE, 30) == in_full
    with pytest.raises(_TooLongError):
        _by_elimination(DIRECT, DENSE, 29)
    ends = {firm: Interval(Fraction(0), amount.low) for firm, amount in DIRECT.items()}
    assert _by_elimination(ends, DENSE, 30) == {
        firm: Interval(Fraction(0), share.low) for firm, share in in_full.items()
    }


@pytest.mark.parametrize(
    ("small", "middling", "steps", "eliminated"),
    [(5, 5, 0, True), (4, 5, 1, False), (4, 5, 2, True), (4, 4, 2, False), (5, 4, 2, False)],
)
def test_rings_are_eliminated_while_that_is_quick(
    small: int, middling: int, steps: int, eliminated: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """20 stakes, and 30 numbers to be changed. What is not eliminated here has only ends for want of work."""
    monkeypatch.setattr(ring_shares, "_SMALL", small)
    monkeypatch.setattr(ring_shares, "_MIDDLING", middling)
    monkeypatch.setattr(ring_shares, "_STEPS_A_STAKE", steps)
    monkeypatch.setattr("soe_compliance.domain.refinement._WORK_A_STAKE", 10)
    found, in_full = of_ring(DIRECT, DENSE), _by_elimination(DIRECT, DENSE, None)
    assert found is not None
    assert in_full is not None
    assert (found == in_full) == eliminated
    for firm, share in in_full.items():
        high = found[firm].high
        assert high is not None
        assert found[firm].low <= share.low <= high

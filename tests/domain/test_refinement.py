"""What proves the shares of large rings, how far they are worked out, and at what cost."""

from fractions import Fraction
from math import ceil

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from soe_compliance.domain import refinement
from soe_compliance.domain.exact import Interval
from soe_compliance.domain.refinement import _Equations, _prove_an_end, _recognised, refined
from soe_compliance.domain.ring_shares import Inner
from tests.domain.rings import Amounts, eliminated, low, point

ULP = 2.0**-53
NOTHING_KNOWN = Interval(Fraction(0), None)


def round_ring(firms: int, ratio: Fraction, last: Fraction | None = None) -> Inner:
    """Each firm holds the next; the last one holds the first."""
    inner = {firm: {(firm - 1) % firms: ratio} for firm in range(firms)}
    return {**inner, 0: {firms - 1: ratio if last is None else last}}


def each(firms: int, amount: Fraction) -> Amounts:
    return dict.fromkeys(range(firms), point(amount))


def width(share: Interval) -> Fraction:
    assert share.high is not None
    return share.high - share.low


# The simplest fraction.

ENDS = st.fractions(Fraction(0), Fraction(6), max_denominator=60)


@given(ENDS, ENDS | st.just(Fraction(0)), st.integers(2, 40))
@example(Fraction(7, 40), Fraction(7, 40), 40)
@example(Fraction(7, 41), Fraction(7, 41), 40)
def test_the_simplest_fraction_between_two_ends_is_recognised(
    one: Fraction, other: Fraction, most: int
) -> None:
    first, last = min(one, other), max(one, other)
    by_denominator = (Fraction(ceil(first * number), number) for number in range(1, most + 1))
    simplest = next((found for found in by_denominator if found <= last), None)
    assert _recognised(Interval(first, last), most) == (None if simplest is None else point(simplest))


def test_whole_numbers_of_any_size_are_recognised() -> None:
    for whole in (Fraction(0), Fraction(3), Fraction(2**80 + 1)):
        assert _recognised(Interval(whole, whole + Fraction(1, 4)), 10) == point(whole)


# What proves that the sums are finite.


@pytest.mark.parametrize(
    ("inner", "short", "enough"),
    [
        # 13.5 half steps may have been lost of a half: (1 + 8) x (1 + 1/2); for two holders 10 x (1 + 1/2).
        ({0: {1: Fraction(1, 2)}, 1: {0: Fraction(1, 2)}}, 13, 14),
        ({firm: {0: Fraction(1, 4), 1: Fraction(1, 4)} for firm in (0, 1)}, 14, 15),
    ],
)
def test_weights_prove_an_end_by_more_than_floats_lose(inner: Inner, short: int, enough: int) -> None:
    equations = _Equations.of(inner)
    for half_steps, proven in ((short, False), (enough, True)):
        assert _prove_an_end(equations, np.full(2, 1 + 2 * half_steps * ULP)) == proven


def test_weights_below_one_may_prove_an_end_and_those_below_nothing_do_not() -> None:
    assert _prove_an_end(_Equations.of(round_ring(2, Fraction(1, 10))), np.full(2, 0.75))
    grows = _Equations.of(round_ring(2, Fraction(2)))
    assert not _prove_an_end(grows, np.full(2, -1.0))
    assert not _prove_an_end(grows, np.array([2.0, -1.0]))
    assert not _prove_an_end(grows, np.full(2, 1.0))


@pytest.mark.parametrize(
    ("ratio", "last"), [(Fraction(1), None), (Fraction(2), None), (Fraction(1), Fraction(10**25))]
)
@pytest.mark.parametrize("firms", [20, 400])
def test_a_ring_that_is_closed_or_grows_has_no_known_share(
    firms: int, ratio: Fraction, last: Fraction | None
) -> None:
    with np.errstate(all="raise"):
        found = refined(each(firms, Fraction(1, 10)), round_ring(firms, ratio, last))
    assert found == dict.fromkeys(range(firms), NOTHING_KNOWN)


# The ends.


def test_ends_lie_as_far_from_the_middle_as_the_bound_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights of 3/2 taken as 2, nothing left of the equations in thirds: off by 2 x 2 x 1 / 3 + 2 at most."""
    monkeypatch.setattr(refinement, "_WORK_A_STAKE", 1)
    found = refined(each(2, Fraction(1, 3)), round_ring(2, Fraction(1, 3)))
    assert found == dict.fromkeys(
        (0, 1), Interval(Fraction(2**255 - 3, 2**256), Fraction(2**255 + 3, 2**256))
    )


@pytest.mark.parametrize(
    ("ratio", "amount", "bits"),
    [
        (Fraction(1, 3), Fraction(1, 5), 6),  # 3 x 3 x 5 has 6 bits: 2 x 4 x 45 < 2^(6 + 3)
        (
            Fraction(1, 4),
            Fraction(1, 8),
            8,
        ),  # 4 x 4 x 8 has 8 bits: 2 x 4 x 128 < 2^(8 + 3), and is 2^(8 + 2)
    ],
)
@pytest.mark.parametrize(("slack", "recognised"), [(2, False), (3, True)])
def test_a_fraction_is_recognised_where_the_ends_leave_room_for_one(
    ratio: Fraction,
    amount: Fraction,
    bits: int,
    slack: int,
    recognised: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The ends lie 2 x 4 apart."""
    monkeypatch.setattr(refinement, "_SLACK", slack)
    for share in refined(each(2, amount), round_ring(2, ratio)).values():
        assert share.is_point == recognised
        assert recognised or width(share) == Fraction(2 * 4, 2 ** (bits + 384 + slack))


def test_what_comes_in_between_two_ends_is_passed_on_as_the_bound_says() -> None:
    """Weights of 5/4 taken as 2: the ends move apart by 2 x 2 x 1/10."""
    amounts = dict.fromkeys((0, 1), Interval(Fraction(1, 5), Fraction(3, 10)))
    for share in refined(amounts, round_ring(2, Fraction(1, 5))).values():
        assert share.low <= Fraction(1, 4)
        assert 0 <= width(share) - Fraction(4, 10) < Fraction(1, 2**250)


@pytest.mark.parametrize("high", [Fraction(0), Fraction(1, 10), None])
def test_nothing_that_comes_in_is_a_share_of_nothing_at_the_least(high: Fraction | None) -> None:
    found = refined(dict.fromkeys(range(3), Interval(Fraction(0), high)), round_ring(3, Fraction(1, 2)))
    assert {share.low for share in found.values()} == {0}
    assert {share.high is None for share in found.values()} == {high is None}


@given(st.data())
def test_ends_enclose_the_share_however_few_digits_they_have(data: st.DataObject) -> None:
    firms = data.draw(st.integers(2, 4))
    unit = data.draw(st.sampled_from((2, 3, 5, 7, 10)))
    parts = st.integers(0, unit - 1).map(lambda number: Fraction(number, unit))
    inner: dict[int, dict[int, Fraction]] = {}
    for firm in range(firms):
        left = data.draw(parts)
        inner[firm] = {
            (firm - 1) % firms: 1 - left,
            data.draw(st.integers(0, firms - 1)): left * data.draw(parts),
        }
    amounts = {firm: point(data.draw(parts)) for firm in range(firms)}
    exact = eliminated(amounts, inner)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(refinement, "_BITS", data.draw(st.integers(0, 6)))
        patch.setattr(refinement, "_WORK_A_STAKE", 2)
        found = refined(amounts, inner)
    if exact is None:
        assert set(found.values()) == {NOTHING_KNOWN}
        return
    for firm, share in low(exact).items():
        high = found[firm].high
        assert found[firm].low <= share
        assert high is None or share <= high


@pytest.mark.parametrize("unit", [10**18, 2**70, 3**40])
def test_stakes_of_many_digits_are_exact(unit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = {
        firm: {(firm - 1) % 4: Fraction(unit // 5 + firm, unit), (firm + 2) % 4: Fraction(1, unit + 1)}
        for firm in range(4)
    }
    amounts = each(4, Fraction(1, unit - 1))
    monkeypatch.setattr(refinement, "_BITS_IN_FULL", 2000)
    monkeypatch.setattr(refinement, "_WORK_A_STAKE", 10**6)
    assert refined(amounts, inner) == eliminated(amounts, inner)


@pytest.mark.parametrize(
    ("ratio", "back"),
    [
        (2 + Fraction(1, 2**60), Fraction(2**57 + 1, 2**60)),
        (Fraction(2**62 - 2**25 - 1, 2**45), Fraction(2**25 + 1, 2**45)),
        (2**17 + Fraction(1, 2**45), Fraction(1, 2**20)),
    ],
)
def test_stakes_above_the_whole_are_exact(ratio: Fraction, back: Fraction) -> None:
    """As whole numbers of 64 bits they would leave no room for digits to be multiplied with."""
    inner, amounts = {0: {1: ratio}, 1: {0: back}}, each(2, Fraction(1, 3))
    assert refined(amounts, inner) == eliminated(amounts, inner)


# What it may cost.


def in_full(inner: Inner, amounts: Amounts, work: int) -> bool:
    """Whether so much work for each stake gives fractions; else it must give ends as of 256 binary places."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(refinement, "_WORK_A_STAKE", work)
        found = refined(amounts, inner)
    points = {share.is_point for share in found.values()}
    assert len(points) == 1
    if points == {False}:
        assert all(2**-257 < width(share) < 2**-240 for share in found.values())
    return points == {True}


@pytest.mark.parametrize(("places", "steps"), [(11, 31), (12, 32)])
def test_fractions_are_given_where_their_digits_are_not_too_dear(places: int, steps: int) -> None:
    """10 rows of 16 binary places and `places` more need 20 x steps bits, with 384 for the fraction and 64 besides.

    A step costs 10^2 for the inverse, 4 for each of 20 stakes, and 500 for each of 10 firms: 259 for a stake.
    """
    inner = {
        firm: {(firm + 1) % 10: Fraction(2**14 + 1, 2**16), (firm + 3) % 10: Fraction(1, 2**16)}
        for firm in range(10)
    }
    amounts = each(10, Fraction(1, 2**places))
    assert in_full(inner, amounts, 259 * steps)
    assert not in_full(inner, amounts, 259 * steps - 1)


def test_sweeps_are_dear() -> None:
    """100 rows of one place and 11 more need 560 bits; a step costs 100 + 4 + 500 for each of 300 stakes."""
    inner = {firm: {(firm - 1) % 300: Fraction(1, 1 if firm % 3 else 2)} for firm in range(300)}
    amounts = each(300, Fraction(1, 2**11))
    assert in_full(inner, amounts, 604 * 28)
    assert not in_full(inner, amounts, 604 * 28 - 1)


@pytest.mark.parametrize(("firms", "stakes", "work"), [(10, 10, 20), (11, 14, 19)])
def test_an_inverse_is_made_where_it_costs_no_more_than_the_work(
    firms: int, stakes: int, work: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chains in a ring that is nearly closed are too long to be summed one by one."""
    inner = round_ring(firms, Fraction(1), 1 - Fraction(1, 10**4))
    inner = {**inner, **{f: {**inner[f], f: Fraction(1, 10**9)} for f in range(stakes - firms)}}
    amounts = each(firms, Fraction(1, 10))
    monkeypatch.setattr(refinement, "_WORK_A_STAKE", work)
    assert all(width(share) < 2**-200 for share in refined(amounts, inner).values())
    monkeypatch.setattr(refinement, "_WORK_A_STAKE", work - 1)
    assert set(refined(amounts, inner).values()) == {NOTHING_KNOWN}


def swept(ratio: Fraction, sweeps: int) -> Interval:
    """The share in a ring of three when so many sweeps are made at the most."""
    inner, amounts = round_ring(3, ratio), each(3, Fraction(1, 8))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(refinement, "_WORK_A_STAKE", 1)
        patch.setattr(refinement, "_SWEEPS", sweeps)
        [share] = set(refined(amounts, inner).values())
    assert share.low <= Fraction(1, 8) / (1 - ratio)
    assert share.high is None or Fraction(1, 8) / (1 - ratio) <= share.high
    return share


def test_only_so_many_sweeps_are_made() -> None:
    """1 - 0.9^n is half at n = 7, which takes six sweeps after the weight of 1; thirty sweeps of halves give 30 bits."""
    assert swept(Fraction(9, 10), 5) == NOTHING_KNOWN
    assert width(swept(Fraction(9, 10), 6)) > 2**-10
    assert width(swept(Fraction(1, 2), 320)) < 2**-250
    assert width(swept(Fraction(1, 2), 200)) > 2**-250


def test_a_step_is_worth_it_that_gives_two_bits() -> None:
    assert width(swept(Fraction(1, 4), 0)) < 2**-250
    assert width(swept(Fraction(3, 8), 0)) > 2**-10

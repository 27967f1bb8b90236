"""Shares with so many digits that two ends are given for them."""

from fractions import Fraction

import numpy as np
import pytest

from soe_compliance.domain.exact import Interval
from soe_compliance.domain.shares import Shares, _shortened, in_print, is_settled
from tests.domain.rings import point
from tests.domain.webs import Web, edges, web

THIRDS = "0.3333"
"""A firm that is held down a line of such stakes has a share of 10^-4n, of which 3333^n is."""

FIRST_TOO_LONG = next(n for n in range(1, 1000) if (10 ** (4 * n)).bit_length() > 2048)


def held(one: Web) -> Shares:
    return Shares(edges(one), np.arange(one.firms) == 0, np.arange(one.firms))


def line(firms: int) -> list[tuple[int, int, str | None]]:
    return [(firm, firm + 1, THIRDS) for firm in range(firms - 1)]


def is_between(exact: Fraction, share: Interval | None) -> bool:
    assert share is not None
    return share.low <= exact and (share.high is None or exact <= share.high)


@pytest.mark.parametrize("beyond", [0, 1, 2, 10])
def test_a_fraction_of_more_than_2048_bits_is_given_up_for_ends_of_512(beyond: int) -> None:
    level = FIRST_TOO_LONG + beyond
    found = held(web(level + 1, *line(level + 1)))
    assert found.of(FIRST_TOO_LONG - 1) == point(Fraction(THIRDS) ** (FIRST_TOO_LONG - 1))
    share = found.of(level)
    assert share is not None
    assert share.high is not None
    assert is_between(Fraction(THIRDS) ** level, share)
    for end in (share.low, share.high):
        assert (end * 2**512).denominator == 1
    assert share.high - share.low in (Fraction(1, 2**512), Fraction(2, 2**512))


def test_what_several_holders_leave_open_is_added() -> None:
    """Eight firms below a line hold all of the last one, and the ends of each of them leave some open."""
    level = FIRST_TOO_LONG - 1
    eight = range(level + 1, level + 9)
    parts = {firm: f"0.7{firm}" for firm in eight}
    stakes = [(level, firm, part) for firm, part in parts.items()] + [
        (firm, level + 9, "1") for firm in eight
    ]
    exact = Fraction(THIRDS) ** level * sum(map(Fraction, parts.values()))
    assert is_between(exact, held(web(level + 10, *line(level + 1), *stakes)).of(level + 9))


def test_a_long_fraction_of_a_ring_is_exact_where_it_is_asked_for_and_not_passed_on() -> None:
    """A ring at the end of a line that is nearly too long."""
    level = FIRST_TOO_LONG - 1
    ring = [(level, level + 1, "0.7777"), (level + 1, level, "0.1111")]
    found = held(web(level + 3, *line(level + 1), *ring, (level + 1, level + 2, "1")))
    into = Fraction(THIRDS) ** level
    exact = into * Fraction("0.7777") / (1 - Fraction("0.7777") * Fraction("0.1111"))
    assert exact.denominator.bit_length() > 2048
    assert found.of(level + 1) == point(exact)
    below = found.of(level + 2)
    assert below is not None
    assert not below.is_point
    assert is_between(exact, below)


def test_what_comes_into_a_ring_from_holders_after_those_in_it_counts() -> None:
    """Firm 1 is held by 2, which it holds, and by 0 and 3."""
    one = web(4, (2, 1, "0.5"), (3, 1, "0.4"), (0, 1, "0.1"), (1, 2, "0.5"), (0, 3, "0.5"))
    assert held(one).of(1) == point(Fraction(4, 10))


# How they are shown.


def test_in_print_long_fractions_have_16_decimals() -> None:
    long = Fraction(2 * 10**200 + 1, 3 * 10**200)
    assert in_print(point(long)) == Interval(
        Fraction(6666666666666666, 10**16), Fraction(6666666666666667, 10**16)
    )
    assert in_print(Interval(Fraction(1, 3), long)) == Interval(
        Fraction(1, 3), Fraction(6666666666666667, 10**16)
    )
    just_short = Fraction(3, 2**383)
    assert just_short.denominator.bit_length() == 384
    assert in_print(point(just_short)) == point(just_short)


def test_nothing_is_shown_above_so_many_wholes() -> None:
    assert in_print(point(Fraction(10**150 + 1, 10**100))) == Interval(Fraction(10**16), None)
    assert _shortened(Interval(Fraction(0), Fraction(2**512))) == Interval(Fraction(0), Fraction(2**512))
    assert _shortened(Interval(Fraction(1), Fraction(2**512) + 1)) == Interval(Fraction(1), None)


@pytest.mark.parametrize(("low", "width"), [(0, 1), (1, 1), (8, 8), (Fraction(1, 8), 1)])
def test_a_share_is_settled_where_its_ends_hardly_differ(low: Fraction, width: int) -> None:
    start, open_part = Fraction(low), Fraction(width, 2**200)
    assert is_settled(Interval(start, start + open_part))
    assert not is_settled(Interval(start, start + open_part * Fraction(101, 100)))
    assert not is_settled(Interval(start, None))

"""Numbers as people read them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.domain.amounts import (
    amount_in_words,
    grouped,
    has_finite_decimals,
    percent_in_words,
    plain,
)
from soe_compliance.domain.exact import Interval

EXACT = [
    (Fraction(0), "0.00", "0.00"),
    (Fraction(5), "5.00", "5.00"),
    (Fraction(-5), "-5.00", "-5.00"),
    (Fraction(1, 2), "0.50", "0.50"),
    (Fraction(-1, 1000), "-0.001", "-0.001"),
    (Fraction("1234567.891"), "1234567.891", "1,234,567.891"),
    (Fraction("-1234567.8"), "-1234567.80", "-1,234,567.80"),
    (Fraction(10**30), f"{10**30}.00", "1,000,000,000,000,000,000,000,000,000,000.00"),
    (Fraction(1, 2**20), "0.00000095367431640625", "0.00000095367431640625"),
]
ENDLESS = [
    (Fraction(1, 3), "0.333333333333", "0.333333"),
    (Fraction(2, 3), "0.666666666667", "0.666667"),
    (Fraction(-20000, 3), "-6666.666666666667", "-6,666.666667"),
    (Fraction(-1, 3 * 10**15), "0.000000000000", "0.000000"),
]


@pytest.mark.parametrize(("number", "written", "in_groups"), EXACT)
def test_finite_decimals_are_all_shown(number: Fraction, written: str, in_groups: str) -> None:
    assert plain(number) == written
    assert (grouped(number).zh, grouped(number).en) == (in_groups, in_groups)


@pytest.mark.parametrize(("number", "written", "in_words"), ENDLESS)
def test_endless_decimals_are_cut_and_in_words_said_to_be(
    number: Fraction, written: str, in_words: str
) -> None:
    assert plain(number) == written
    assert grouped(number).en == f"about {in_words}"
    assert grouped(number).zh == f"约{in_words}"


def test_the_least_decimals_can_be_chosen() -> None:
    assert [plain(Fraction(5), 0), plain(Fraction("5.5"), 0), plain(Fraction("-0.5"), 0)] == [
        "5",
        "5.5",
        "-0.5",
    ]
    assert grouped(Fraction(-1234567), 0).en == "-1,234,567"


@given(st.integers(), st.integers(0, 30))
def test_what_is_shown_is_the_number(whole: int, decimals: int) -> None:
    number = Fraction(whole, 10**decimals)
    assert has_finite_decimals(number)
    assert Fraction(plain(number)) == number
    assert Fraction(grouped(number).en.replace(",", "")) == number


@given(st.fractions())
def test_decimals_end_where_a_power_of_ten_clears_the_denominator(number: Fraction) -> None:
    power = 10 ** number.denominator.bit_length()
    assert has_finite_decimals(number) == ((number * power).denominator == 1)


def test_amounts_and_shares_in_words() -> None:
    point, span = Interval(Fraction(5000), Fraction(5000)), Interval(Fraction(1), Fraction(2))
    assert amount_in_words(point, "万元").en == "5,000.00 万元"
    assert amount_in_words(span, "万元").en == "1.00 to 2.00 万元"
    assert "1.00" in amount_in_words(Interval(Fraction(1), None), "元").zh
    unknown = amount_in_words(Interval(Fraction(0), None), "元")
    assert (unknown.zh, unknown.en) == ("不详", "an unknown amount")
    assert percent_in_words(Interval(Fraction(0), Fraction(2, 5))).en == "0.00% to 40.00%"
    assert "30.00%" in percent_in_words(Interval(Fraction(3, 10), None)).zh


@pytest.mark.parametrize(
    ("share", "written"),
    [("0.2498", "24.98%"), ("0.24", "24%"), ("1/2", "50%"), ("1", "100%"), ("0", "0%"), ("0.005", "0.50%")],
)
def test_a_known_share_is_a_percentage(share: str, written: str) -> None:
    shown = percent_in_words(Interval(Fraction(share), Fraction(share)))
    assert (shown.zh, shown.en) == (written, written)

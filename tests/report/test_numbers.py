"""Exact numbers as texts."""

from datetime import date
from fractions import Fraction

from soe_compliance.domain.exact import Interval
from soe_compliance.report import numbers


def test_the_fraction_is_named_where_there_is_no_finite_form() -> None:
    assert numbers.fraction_if_endless(Fraction(1, 4), None, Fraction(200, 3)) == "200/3"
    assert numbers.fraction_if_endless(Fraction(1, 4), None) is None


def test_amounts_and_ranges_in_sentences() -> None:
    assert numbers.amounts(Interval(Fraction(6100), Fraction(6100)), "万元", "zh") == "6,100.00万元"
    assert numbers.amounts(Interval(Fraction(6100), Fraction(6100)), "万元", "en") == "6,100.00 万元"
    assert numbers.amounts(Interval(Fraction(100), Fraction(200)), "万元", "zh") == "100.00至200.00万元"
    assert numbers.amounts(Interval(Fraction(100), None), "万元", "zh") == "不少于100.00万元"
    assert numbers.amounts(Interval(Fraction(1, 3), Fraction(1, 3)), "", "en") == "about 0.333333"


def test_days_and_ranges_of_days() -> None:
    assert numbers.days(date(2027, 2, 28), date(2027, 2, 28), "zh") == "2027-02-28"
    assert numbers.days(date(2027, 2, 28), date(2027, 3, 15), "zh") == "2027-02-28至2027-03-15"
    assert numbers.days(date(2027, 2, 28), date(2027, 3, 15), "en") == "2027-02-28 to 2027-03-15"


def test_what_a_cell_can_show() -> None:
    assert numbers.shows_exactly(Fraction("6100.123456"))
    assert not numbers.shows_exactly(Fraction(1, 3))
    assert not numbers.shows_exactly(Fraction("1234567890123456.78"))
    assert not numbers.shows_exactly(Fraction(1, 10**11))

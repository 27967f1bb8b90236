"""What findings work out of their numbers, and the mark that they keep."""

from datetime import date
from fractions import Fraction
from hashlib import sha256
from json import dumps

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.domain.exact import Interval
from soe_compliance.domain.finding import CellValue, Cure, MeasuredAmount, fingerprint, stated

Ends = tuple[int, int | None]


@pytest.mark.parametrize(
    ("value", "limit", "excess"),
    [
        ((5, 5), (5, 5), None),
        ((6, 6), (5, 5), 1),
        ((6, 9), (2, 5), 1),
        ((5, 9), (2, 5), None),
        ((6, None), (2, 5), 1),
        ((6, 9), (2, None), None),
    ],
)
def test_the_excess_is_what_is_surely_above(value: Ends, limit: Ends, excess: int | None) -> None:
    amount, most = (
        Interval(Fraction(low), None if high is None else Fraction(high)) for low, high in (value, limit)
    )
    assert MeasuredAmount(amount, most, "元").excess == excess


@pytest.mark.parametrize(
    ("from_", "to", "by"),
    [
        (Fraction(7), Fraction(5), Fraction(-2)),
        (None, Fraction(5), None),
        (date(2024, 1, 2), date(2024, 1, 1), None),
        (Fraction(7), "甲", None),
    ],
)
def test_only_amounts_change_by_an_amount(
    from_: CellValue | None, to: CellValue, by: Fraction | None
) -> None:
    assert Cure("guarantees", "1", "balance", None if from_ is None else stated(from_), stated(to)).by == by


@given(*[st.text(st.characters(exclude_categories=["Cs"]))] * 4, st.integers(1900, 9999))
def test_the_fingerprint_is_that_of_canonical_json(
    ruleset: str, rule: str, group: str, subject: str, year: int
) -> None:
    canonical = dumps([ruleset, rule, group, year, subject], ensure_ascii=False, separators=(",", ":"))
    expected = sha256(canonical.encode()).hexdigest()[:16]
    assert fingerprint(ruleset, rule, group, year, subject) == expected

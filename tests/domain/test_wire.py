"""Records come back from JSON as they were, and nothing else is taken for one."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import DecodeError

from soe_compliance.domain.exact import Interval
from soe_compliance.domain.finding import CellValue, Cure, stated
from soe_compliance.domain.wire import decoder, encoded

fractions = st.fractions() | st.builds(Fraction, st.integers(-(10**200), 10**200), st.integers(1, 10**200))
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=9)
values = fractions | st.dates() | st.booleans() | st.lists(texts, max_size=3).map(tuple) | texts


@given(fractions, st.none() | fractions)
def test_fractions_stay_exact(low: Fraction, high: Fraction | None) -> None:
    interval = Interval(low, high)
    assert decoder(Interval).decode(encoded(interval)) == interval


@given(st.none() | values, values)
def test_what_a_cell_says_stays_of_its_kind(before: CellValue | None, after: CellValue) -> None:
    cure = Cure("guarantees", "1", "balance", None if before is None else stated(before), stated(after))
    back = decoder(Cure).decode(encoded(cure))
    assert back == cure
    assert type(back.to.value) is type(after)


@pytest.mark.parametrize(
    "value", ["5", "1/3", "2024-01-01", "true", "", Fraction(5), date(2024, 1, 1), True, ()]
)
def test_a_text_is_never_taken_for_what_it_looks_like(value: CellValue) -> None:
    cure = Cure("guarantees", "1", "balance", stated(value), stated(value))
    back = decoder(Cure).decode(encoded(cure))
    assert (back.to.value, type(back.to.value)) == (value, type(value))
    assert back.from_ == back.to


@pytest.mark.parametrize(
    ("low", "why"),
    [
        ('"1/0"', "divides by 0"),
        ('"x"', "invalid literal"),
        ('"1/2/3"', "invalid literal"),
        ('""', "invalid literal"),
        ("1", "1 is no Fraction"),
        ("1.5", "1.5 is no Fraction"),
        ("null", "None is no Fraction"),
        ("[1]", r"\[1\] is no Fraction"),
    ],
)
def test_what_is_no_fraction_is_refused(low: str, why: str) -> None:
    with pytest.raises(DecodeError, match=why):
        decoder(Interval).decode(f'{{"low":{low},"high":null}}'.encode())


@pytest.mark.parametrize("json", [b"", b"{", b"[]", b'{"low":"1"}', b'{"low":"1","high":null}x'])
def test_anything_else_is_refused(json: bytes) -> None:
    with pytest.raises(DecodeError):
        decoder(Interval).decode(json)


def test_what_no_record_may_hold_is_a_defect() -> None:
    with pytest.raises(TypeError, match="no record holds a complex"):
        encoded(Interval(1j, None))  # type: ignore[arg-type]

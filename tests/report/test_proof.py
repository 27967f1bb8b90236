"""What a finding's numbers rest on comes out to the fen, or is not said."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.domain.amounts import plain
from soe_compliance.domain.exact import Interval
from soe_compliance.domain.finding import MeasuredAmount
from soe_compliance.report.document import AmountDocument, EvidenceDocument, measured_document
from soe_compliance.report.proof import intervals, proof_of


def amount(value: str, limit: str, unit: str = "万元") -> AmountDocument:
    return AmountDocument(value=value, limit=limit, excess=None, unit=unit)


def cell(field: str, value: str, place: str, table: str = "guarantees") -> EvidenceDocument:
    return EvidenceDocument(table=table, id=place, field=field, value=value, location=place)


def test_a_sum_and_a_part_of_a_base() -> None:
    cells = [
        cell("balance", "1,000.50", "A1"),
        cell("debt_id", "1999.5", "B1"),
        cell("balance", "２０００", "A2"),
        cell("balance", "２０００", "A2"),
        cell("net_assets", "5000", "C1", "financials"),
    ]
    proof = proof_of(amount("3000.50", "2500.00"), cells)
    assert proof.sum
    assert [found.location for found in proof.sum.cells] == ["A1", "A2"]
    assert sum(proof.sum.terms) == proof.sum.total == Fraction("3000.5")
    assert proof.formula
    assert (proof.formula.base.cells[0].location, proof.formula.factor) == ("C1", Fraction(1, 2))
    assert not proof.formula.by_rule


def test_cells_in_another_unit() -> None:
    proof = proof_of(
        amount("300.05", "500.00"), [cell("balance", "3000000", "A1"), cell("balance", "500", "A2")]
    )
    assert proof.sum
    assert (proof.sum.unit, proof.sum.total) == ("元", Fraction("300.05"))
    odd = proof_of(amount("300.05", "500.00", "文"), [cell("balance", "3000500", "A1")])
    assert odd.sum is None


def test_a_cell_that_states_its_own_unit() -> None:
    cells = [
        cell("balance", "100", "A1"),
        cell("balance", "2000000元", "A2"),
        cell("net_assets", "0.1亿元", "B", "financials"),
    ]
    proof = proof_of(amount("300.00", "500.00"), cells)
    assert proof.sum
    assert proof.sum.terms == (Fraction(100), Fraction(200))
    assert proof.formula
    assert (proof.formula.base.terms, proof.formula.factor) == ((Fraction(1000),), Fraction(1, 2))


def test_what_does_not_come_out_is_not_said() -> None:
    cells = [cell("balance", "100", "A1"), cell("balance", "100", "A2")]
    assert proof_of(amount("199.99", "50.00"), cells).sum is None
    assert proof_of(amount("100.00", "50.00"), cells).sum is None
    assert proof_of(amount("1.00", "1.00"), [cell("balance", "many", "A1")]).sum is None


def test_a_limit_that_is_a_cell_and_one_that_is_nothing() -> None:
    cells = [cell("balance", "1060", "A1"), cell("amount", "1000", "A2")]
    formula = proof_of(amount("1060.00", "1000.00"), cells).formula
    assert formula
    assert (formula.factor, formula.base.cells[0].location) == (None, "A2")
    assert proof_of(amount("1060.00", "0.00"), cells).formula is None


_FEN = st.integers(-(10**15), 10**15).map(lambda fen: Fraction(fen, 100))


@given(st.lists(_FEN, min_size=1, max_size=8), _FEN.filter(bool), st.fractions(0, 2, max_denominator=60))
def test_any_sum_and_base(terms: list[Fraction], base: Fraction, factor: Fraction) -> None:
    value = Interval(sum(terms, Fraction(0)), sum(terms, Fraction(0)))
    limit = Interval(max(base, Fraction(0)) * factor, max(base, Fraction(0)) * factor)
    measured = measured_document(MeasuredAmount(value, limit, "万元"))
    assert isinstance(measured, AmountDocument)
    cells = [cell("balance", plain(term), f"A{place}") for place, term in enumerate(terms)]
    proof = proof_of(measured, [*cells, cell("net_assets", plain(base), "B", "financials")])
    assert (proof.value, proof.limit) == (value, limit)
    assert proof.sum
    assert proof.sum.total == value.low
    if proof.formula and proof.formula.factor is not None:
        assert max(proof.formula.base.total, Fraction(0)) * proof.formula.factor == limit.low


@pytest.mark.parametrize(
    "measured",
    [
        MeasuredAmount(Interval(Fraction(100), None), Interval(Fraction(0), Fraction(200)), "元"),
        MeasuredAmount(Interval(Fraction(1, 3), Fraction(1, 3)), Interval(Fraction(1), Fraction(1)), "元"),
        MeasuredAmount(Interval(Fraction(1), Fraction(2)), Interval(Fraction(2, 3), None), "元"),
    ],
)
def test_ranges_and_endless_numbers_come_back(measured: MeasuredAmount) -> None:
    written = measured_document(measured)
    assert isinstance(written, AmountDocument)
    assert intervals(written) == (measured.value, measured.limit)

"""Columns: exact, blank where blank, and every cell that can't be read handed back."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.domain.ownership import RATIO_UNIT
from soe_compliance.domain.truth import NO, UNKNOWN, YES
from soe_compliance.filings.columns import BadValue, Cells, Column, Names, typed
from soe_compliance.filings.tables import TABLES
from soe_compliance.filings.values import LostDigits

TEN_THOUSAND = 10**6
"""Fen in 万元."""


def read(
    table: str, field: str, cells: list[object], scale: list[int] | int = 0, names: Names | None = None
) -> tuple[Column, list[BadValue]]:
    scales = np.array(scale if isinstance(scale, list) else [scale] * len(cells), dtype=np.int64)
    filing = np.zeros(len(cells), dtype=np.int64)
    return typed(TABLES[table].fields[field], Cells(cells, filing, scales), names or Names())


def money(cells: list[object], scale: list[int] | int = TEN_THOUSAND) -> list[object]:
    """The amounts in fen, None where blank."""
    column, _ = read("guarantees", "balance", cells, scale)
    return [
        value if stated else None for value, stated in zip(column.values.tolist(), column.stated, strict=True)
    ]


def ratios(cells: list[object], percent: list[int]) -> list[object]:
    column, _ = read("holdings", "ratio", cells, percent)
    return list(column.values.tolist())


def test_money_is_whole_fen() -> None:
    assert money([43210.19, "43,210.19", Decimal("43210.19"), 43210, None, ""]) == [
        43_210_190_000,
        43_210_190_000,
        43_210_190_000,
        43_210_000_000,
        None,
        None,
    ]
    column, _ = read("guarantees", "balance", [43210.19], TEN_THOUSAND)
    assert column.values.dtype == np.int64


def test_a_float_is_taken_at_15_digits() -> None:
    assert money([0.1 + 0.2, 1.1 * 3, 4.35, 1e-9]) == [300_000, 3_300_000, 4_350_000, Fraction(1, 1000)]


def test_25_digits_stay_exact_beside_plain_amounts() -> None:
    digits = "1234567890123456789.123456"
    column, bad = read("guarantees", "balance", [digits, 5000.0, None, Decimal(digits), 0.0], TEN_THOUSAND)
    assert column.values.dtype == object
    whole = 1_234_567_890_123_456_789_123_456
    assert column.values.tolist() == [whole, 5_000_000_000, 0, whole, 0]
    assert column.stated.tolist() == [True, True, False, True, True]
    assert not bad


def test_less_than_a_fen_is_a_fraction() -> None:
    assert money(["0.00000012", 1.0]) == [Fraction(3, 25), 1_000_000]


def test_each_amount_has_its_own_unit() -> None:
    assert money([1.5, "1.5", 1.5], [100, 10**6, 10**10]) == [150, 1_500_000, 15_000_000_000]


def test_bad_amounts_are_handed_back_with_their_places() -> None:
    column, bad = read("guarantees", "balance", [1.0, "许多", float("inf"), True], TEN_THOUSAND)
    assert column.stated.tolist() == [True, False, False, False]
    assert [(value.position, value.cell) for value in bad] == [(1, "许多"), (2, float("inf")), (3, True)]


@given(
    st.lists(
        st.one_of(
            st.none(),
            st.integers(-(10**30), 10**30),
            st.decimals(
                allow_nan=False, allow_infinity=False, places=8, min_value=-(10**12), max_value=10**12
            ),
            st.integers(-(10**11), 10**11).map(lambda fen: fen / 100),
        )
    )
)
def test_a_column_holds_each_amount_exactly(cells: list[object]) -> None:
    def expected(cell: object) -> object:
        if cell is None:
            return None
        return Fraction(format(cell, ".15g") if isinstance(cell, float) else str(cell)) * TEN_THOUSAND

    assert money(cells) == [expected(cell) for cell in cells]


def test_ratios_are_shares_or_percentages() -> None:
    assert (
        ratios([0.2498, 24.98, "24.98%", "24.98％", "0.2498", "24.98"], [0, 1, 1, 0, 0, 1])
        == [RATIO_UNIT * 2498 // 10_000] * 6
    )


def test_a_ratio_finer_than_the_unit_is_a_fraction() -> None:
    [found] = ratios(["0.00000000000005"], [0])
    assert found == Fraction(5, 100)


def test_flags_are_three_valued() -> None:
    column, bad = read("entities", "consolidated", ["是", "否", None, "", "或许", True])
    assert column.values.tolist() == [YES, NO, UNKNOWN, UNKNOWN, UNKNOWN, YES]
    assert column.stated.tolist() == [True, True, False, False, False, True]
    assert [value.position for value in bad] == [4]


def test_names_are_numbers_of_one_space_a_filing() -> None:
    names = Names()
    cells = Cells([" a", "A", "b", "", None, "Ａ"], np.array([0, 0, 0, 0, 0, 1]), np.zeros(6, dtype=np.int64))
    column, bad = typed(TABLES["entities"].fields["code"], cells, names)
    assert column.values.tolist() == [0, 0, 1, -1, -1, 2]
    assert column.stated.tolist() == [True, True, True, False, False, True]
    assert names.names == ["A", "B", "A"]
    assert names.find(1, "A") == 2
    assert names.find(1, "B") == -1
    assert not bad


def test_a_code_that_lost_digits_is_bad() -> None:
    column, [bad] = read("entities", "code", [911522017245674240.0])
    assert column.stated.tolist() == [False]
    assert isinstance(bad.error, LostDigits)


def test_days_and_numbers() -> None:
    days, _ = read("guarantees", "signed_on", ["2024-02-29", "", "2024-02-30"])
    assert days.stated.tolist() == [True, False, False]
    quarters, bad = read("investment_reports", "quarter", [1.0, "四季度", 5])
    assert quarters.values.tolist() == [1, 4, 0]
    assert [value.position for value in bad] == [2]


def test_a_text_is_stated_or_not() -> None:
    column, _ = read("projects", "name", ["甲", " ", None, "", 7.0])
    assert column.stated.tolist() == [True, False, False, False, True]


def test_listed_values_are_bits() -> None:
    column, _ = read("approvals", "documents", [[], None, ["application"], "申请核准的请示、可行性研究报告"])
    assert column.values.tolist() == [0, 0, 1, 3]
    assert column.stated.tolist() == [True, False, True, True]

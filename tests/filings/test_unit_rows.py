"""A row of bare units below the header, or below the numbers of its columns, gives the columns their units."""

from pathlib import Path

import pytest

from soe_compliance.filings.filing import Filing
from soe_compliance.filings.forms import Unit
from soe_compliance.filings.layout import LeftOut
from tests.filings.filed import Row, codes, column, filing_bytes, read_one, the_problem

HEADERS: Row = ["序号", "担保编号", "担保人代码", "被担保人代码", "担保金额", "担保余额"]
NUMBERS: Row = [1, 2, 3, 4, 5, 6]
DATA: Row = [1, "DB-1", "91152200MA0AAAAA1X", "91152200MA0BBBBB2Y", 200, 100]


def read(folder: Path, *rows: Row, headers: Row = HEADERS) -> Filing:
    return read_one(folder, filing_bytes(guarantees=[headers, *rows]))


def units(filing: Filing) -> dict[str, Unit]:
    layout = filing.tables["guarantees"].layout
    assert layout
    assert layout.header
    return {str(layout.header.texts[column]): unit for column, unit in layout.units.items()}


def left_out(filing: Filing) -> list[int]:
    layout = filing.tables["guarantees"].layout
    assert layout
    return [number + 1 for number, why in layout.left_out.items() if why is LeftOut.UNITS]


STATED: Row = [*HEADERS[:4], "担保金额（万元）", "担保余额（万元）"]
"""The headers, with the unit of each amount."""


@pytest.mark.parametrize(
    "row",
    [
        ["", "", "", "", "元", "元"],
        ["", "—", "/", "-", "元", "人民币元"],
        ["计量单位", "", "", "", "（元）", "元"],
        ["", "计量单位", "", "", " 元", "元"],
    ],
)
@pytest.mark.parametrize("lines", [[NUMBERS], [NUMBERS, []], [[], NUMBERS]])
def test_below_column_numbers_the_units_are_taken(tmp_path: Path, row: Row, lines: list[Row]) -> None:
    filing = read(tmp_path, *lines, row, DATA)
    assert codes(filing) == []
    assert units(filing) == {"担保金额": Unit.YUAN, "担保余额": Unit.YUAN}
    table = filing.tables["guarantees"]
    assert table.fen_per_unit == {"amount": 100, "balance": 100}
    assert list(table.cells["balance"]) == [100]
    assert left_out(filing) == [2 + len(lines)]


def test_a_column_without_a_unit_in_the_row_has_that_of_the_unit_line(tmp_path: Path) -> None:
    rows: list[Row] = [["单位：千元"], HEADERS, NUMBERS, ["", "", "", "", "元", ""], DATA]
    filing = read_one(tmp_path, filing_bytes(guarantees=rows))
    assert codes(filing) == []
    assert units(filing) == {"担保金额": Unit.YUAN, "担保余额": Unit.THOUSAND}


@pytest.mark.parametrize("lines", [[], [NUMBERS]])
def test_the_unit_that_the_header_states_may_be_said_again(tmp_path: Path, lines: list[Row]) -> None:
    filing = read(tmp_path, *lines, ["", "", "", "", "万元", "人民币万元"], DATA, headers=STATED)
    assert codes(filing) == []
    assert units(filing) == {"担保金额（万元）": Unit.TEN_THOUSAND, "担保余额（万元）": Unit.TEN_THOUSAND}
    assert left_out(filing) == [2 + len(lines)]


@pytest.mark.parametrize("lines", [[], [NUMBERS]])
def test_of_a_unit_that_is_not_the_one_of_the_header_neither_is_taken(
    tmp_path: Path, lines: list[Row]
) -> None:
    filing = read(tmp_path, *lines, ["", "", "", "", "万元", "元"], DATA, headers=STATED)
    assert codes(filing) == ["unit-unknown"]
    assert "万元、元" in the_problem(filing, "unit-unknown").text.zh
    assert column(filing, "guarantees", "balance") == [None]
    assert column(filing, "guarantees", "amount") == [200]


def test_shares_are_percentages_where_the_row_says_so(tmp_path: Path) -> None:
    headers: Row = ["股东代码", "被投资企业代码", "持股比例"]
    row: Row = ["91152200MA0AAAAA1X", "91152200MA0BBBBB2Y", 0.5]
    read = [
        read_one(tmp_path, filing_bytes(holdings=[headers, [1, 2, 3], *units, row])).tables["holdings"]
        for units in ([], [["", "", "%"]])
    ]
    assert [(list(table.cells["ratio"]), list(table.percent["ratio"])) for table in read] == [
        ([0.5], [False]),
        ([0.5], [True]),
    ]


def test_a_row_of_other_units_between_the_data_is_a_problem(tmp_path: Path) -> None:
    again: list[Row] = [HEADERS, NUMBERS, ["", "", "", "", "元", "万元"]]
    filing = read(tmp_path, NUMBERS, ["", "", "", "", "元", "元"], DATA, *again, DATA)
    assert codes(filing).count("unit-changes") == 1
    assert column(filing, "guarantees", "balance") == [100, None]
    assert column(filing, "guarantees", "amount") == [200, 200]


@pytest.mark.parametrize(
    "row",
    [
        ["", "", "", "", "元", 5],
        ["", "", "", "", "三元", "元"],
        ["", "DB-2", "", "", "元", "元"],
        ["", "", "元", "元", "", ""],
    ],
)
def test_what_may_be_a_row_of_data_is_no_row_of_units(tmp_path: Path, row: Row) -> None:
    filing = read(tmp_path, NUMBERS, row, DATA)
    assert left_out(filing) == []
    assert list(filing.tables["guarantees"].rows) == [2, 3]


def test_far_below_the_header_a_row_of_units_is_not_left_out(tmp_path: Path) -> None:
    filing = read(tmp_path, DATA, DATA, DATA, ["", "", "", "", "元", "元"], DATA)
    assert left_out(filing) == []
    assert list(filing.tables["guarantees"].rows) == [1, 2, 3, 4, 5]

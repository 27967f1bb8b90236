"""A row that numbers the columns is no data, however it spells the numbers; a row of short cells is."""

from datetime import date
from pathlib import Path

import pytest

from soe_compliance.filings.column_numbers import numbers_columns
from soe_compliance.filings.filing import Filing
from soe_compliance.filings.layout import LeftOut
from soe_compliance.filings.tables import TABLES, FieldOfForm
from tests.filings.filed import Row, codes, filing_bytes, read_one

HEADERS: Row = [
    "序号",
    "担保编号",
    "担保人代码",
    "担保人名称",
    "被担保人代码",
    "担保余额",
    "签署日期",
    "备注",
]
DATA: Row = [1, "DB-1", "91152200MA0AAAAA1X", "甲公司", "91152200MA0BBBBB2Y", 100, "2024-01-01", ""]

NUMBERED: dict[str, Row] = {
    "letters": list("ABCDEFGH"),
    "small letters": list("abcdefgh"),
    "figures": [1, 2, 3, 4, 5, 6, 7, 8],
    "stems and figures": ["甲", "乙", "丙", 1, 2, 3, 4, 5],
    "stems and letters": ["甲", "乙", *"ABCDEF"],
    "numerals": list("一二三四五六七八"),
    "figures in brackets": [f"（{number}）" for number in range(1, 9)],
    "figures in circles": list("①②③④⑤⑥⑦⑧"),
    "roman": ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"],
    "roman in one character": list("ⅠⅡⅢⅣⅤⅥⅦⅧ"),
    "computed letters": ["A", "B", "C", "D", "E", "F=D-E", "G=F/D*100%", "H"],
    "computed figures": [1, 2, 3, 4, 5, "6＝4＋5", "7=6/5×100%", "8(1+2)"],
    "computed circles": ["①", "②", "③", "④", "⑤", "⑥=④+⑤", "⑦", "⑧"],
    "label": ["栏次", *range(1, 8)],
    "label, stems and figures": ["栏　次", "甲", "乙", 1, 2, 3, 4, 5],
    "label and letters": ["栏次", *"ABCDEFG"],
    "the running number blank": ["", *"ABCDEFG"],
    "the remarks blank": [1, 2, 3, 4, 5, 6, 7, ""],
    "a dash for the remarks": [1, 2, 3, 4, 5, 6, 7, "—"],
    "a blank that is not counted": [1, 2, 3, "", 4, 5, 6, 7],
    "a blank that is counted": [1, 2, 3, "", 5, 6, 7, 8],
    "with a dot": [f"{number}." for number in range(1, 9)],
    "named columns": [f"第{number}栏" for number in range(1, 9)],
    "named letters": [f"列{letter}" for letter in "ABCDEFGH"],
}


def taken(folder: Path, table: str, *rows: Row) -> tuple[list[int], list[int]]:
    """The sheet's numbers of the rows taken, and of those left out as numbers of columns."""
    filing = read_one(folder, filing_bytes(**{table: rows}))
    return [number + 1 for number in filing.tables[table].rows], numbered(filing, table)


def numbered(filing: Filing, table: str) -> list[int]:
    layout = filing.tables[table].layout
    assert layout
    return [number + 1 for number, why in layout.left_out.items() if why is LeftOut.NUMBERS]


@pytest.mark.parametrize("name", NUMBERED)
def test_below_the_header(tmp_path: Path, name: str) -> None:
    assert taken(tmp_path, "guarantees", HEADERS, NUMBERED[name], DATA) == ([3], [2])
    assert taken(tmp_path, "guarantees", HEADERS, [], [], [], [], NUMBERED[name], DATA) == ([7], [6])


@pytest.mark.parametrize("name", NUMBERED)
def test_above_the_header(tmp_path: Path, name: str) -> None:
    assert taken(tmp_path, "guarantees", ["担保台账"], NUMBERED[name], HEADERS, DATA) == ([4], [])


@pytest.mark.parametrize("name", NUMBERED)
def test_again_further_down(tmp_path: Path, name: str) -> None:
    rows = [HEADERS, NUMBERED[name], DATA, DATA, HEADERS, NUMBERED[name], DATA, NUMBERED[name], DATA]
    assert taken(tmp_path, "guarantees", *rows) == ([3, 4, 7, 9], [2, 6, 8])


@pytest.mark.parametrize("name", NUMBERED)
def test_below_a_header_that_comes_again(tmp_path: Path, name: str) -> None:
    rows = [HEADERS, DATA, DATA, DATA, DATA, HEADERS, NUMBERED[name], DATA]
    assert taken(tmp_path, "guarantees", *rows) == ([2, 3, 4, 5, 8], [7])


def test_over_merged_headers(tmp_path: Path) -> None:
    upper: Row = ["担保编号", "担保人", "", "被担保人", "", "担保余额"]
    lower: Row = ["", "代码", "名称", "代码", "名称", ""]
    data: Row = ["DB-1", "X1", "甲公司", "X2", "乙公司", 100]
    for marks in (list("ABCDEF"), ["A", "B", "", "C", "", "D"], ["甲", 1, 2, 3, 4, "5=1+2"]):
        assert taken(tmp_path, "guarantees", upper, lower, marks, data) == ([4], [3])
        again = (upper, lower, marks, data, data, upper, lower, marks, data)
        assert taken(tmp_path, "guarantees", *again) == ([4, 5, 9], [3, 8])


@pytest.mark.parametrize(
    ("table", "headers", "marks"),
    [
        ("entities", ["统一社会信用代码", "企业名称"], [1, 2]),
        ("entities", ["统一社会信用代码", "企业名称", "管理级次"], ["A", "B", "C"]),
        ("entities", ["序号", "统一社会信用代码", "企业名称"], ["甲", "乙", "丙"]),
        ("entities", ["统一社会信用代码", "企业名称"], ["栏次", 1]),
        ("holdings", ["出资人代码", "被投资企业代码", "持股比例"], ["A", "B", "C"]),
        ("holdings", ["出资人代码", "被投资企业代码", "持股比例"], [1, 2, 3]),
        ("holdings", ["出资人代码", "被投资企业代码", "持股比例", "表决权比例"], ["甲", "乙", 1, 2]),
        (
            "holdings",
            ["出资人代码", "被投资企业代码", "持股比例", "表决权比例", "备注"],
            ["甲", "乙", 1, 2, 3],
        ),
        ("financials", ["统一社会信用代码", "会计年度", "净资产"], ["A", "B", "C"]),
        ("financials", ["统一社会信用代码", "会计年度", "净资产"], ["甲", 1, 2]),
        ("plans", ["计划年度", "报送类型", "报送日期"], ["A", "B", "C"]),
        ("projects", ["项目编号", "项目名称", "投资主体代码", "计划年度"], ["A", "B", "C", "D"]),
        ("approvals", ["项目编号", "受理日期"], ["A", "B"]),
        ("investment_reports", ["项目编号", "年度", "季度", "本年累计完成投资"], [1, 2, 3, 4]),
        ("financing_reports", ["年度", "季度", "融资余额合计"], ["A", "B", "C"]),
        ("financing_reports", ["年度", "季度"], [1, 2]),
        ("debts", ["融资合同编号", "借款人代码", "债权人", "融资余额"], ["A", "B", "C", "D"]),
        ("exceptions", ["规则编号", "对象编号", "批准文号", "批准日期"], ["A", "B", "C", "D"]),
        ("exceptions", ["规则编号", "对象编号", "批准文号", "备注"], ["（1）", "（2）", "（3）", "（4）"]),
    ],
)
def test_in_every_table(tmp_path: Path, table: str, headers: Row, marks: Row) -> None:
    assert taken(tmp_path, table, headers, marks) == ([], [2])


@pytest.mark.parametrize(
    ("table", "headers", "row"),
    [
        ("holdings", ["出资人代码", "被投资企业代码", "持股比例"], ["A", "B", 0.5]),
        ("holdings", ["出资人代码", "被投资企业代码", "持股比例"], ["A", "B", ""]),
        ("holdings", ["序号", "出资人代码", "被投资企业代码", "持股比例", "表决权比例"], [1, 2, 3, "", ""]),
        ("holdings", ["出资人代码", "被投资企业代码", "持股比例", "表决权比例"], ["甲", "乙", 1, 1]),
        ("holdings", ["出资人代码", "被投资企业代码", "持股比例", "表决权比例"], ["A", "B", 1, 2]),
        ("holdings", ["出资人代码", "被投资企业代码", "持股比例", "表决权比例"], ["甲", "乙", 1, ""]),
        ("entities", ["统一社会信用代码", "企业名称"], ["A", "B"]),
        ("entities", ["统一社会信用代码", "企业名称", "管理级次"], ["A", "B", 3]),
        ("entities", ["统一社会信用代码", "企业名称", "管理级次"], ["B1", "A", 2]),
        ("entities", ["序号", "统一社会信用代码", "企业名称", "管理级次"], [1, "B", "甲", 3]),
        ("guarantees", ["担保编号", "担保人代码", "被担保人代码", "担保余额"], ["A", "B", "C", 4]),
        ("guarantees", ["担保编号", "担保人代码", "被担保人代码", "担保余额"], ["A", "B", "D", "E"]),
        ("guarantees", ["担保编号", "担保人代码", "被担保人代码", "担保余额"], ["1", "2", "3", 5]),
        ("debts", ["借款人代码", "债权人", "融资余额", "到期日期"], ["A", "B", "", ""]),
        ("financing_reports", ["年度", "季度", "融资余额合计"], [2024, 1, 2]),
    ],
)
def test_a_row_of_short_cells_is_data(tmp_path: Path, table: str, headers: Row, row: Row) -> None:
    assert taken(tmp_path, table, headers, row) == ([2], [])


def test_it_is_told_as_such_and_nothing_else_is(tmp_path: Path) -> None:
    filing = read_one(tmp_path, filing_bytes(guarantees=[HEADERS, NUMBERED["computed letters"], DATA]))
    assert codes(filing) == []
    assert LeftOut.NUMBERS.label.zh == "栏次"


def fields_of(table: str, *keys: str) -> dict[int, FieldOfForm]:
    """These fields of a table, column by column; an empty key stands for a column that is not used."""
    return {column: TABLES[table].fields[key] for column, key in enumerate(keys) if key}


AMOUNTS = ("debt_balance", "amount", "balance", "counter_guarantee")


@pytest.mark.parametrize(
    ("row", "headed", "told"),
    [
        (["栏次"], 1, False),
        (["栏次", 1], 3, True),
        (["栏次", 1], 4, False),
        (["栏次", 1, 2], 5, True),
        (["栏次", 1], 5, False),
        (["栏次", 1, 3, 4], 4, False),
        (["A", "B", "C"], 5, True),
        (["A", "B", "C"], 6, False),
        (["A", "B", "C"], 7, False),
        (["A", "B"], 2, True),
        (["A", "B"], 3, False),
        (["A"], 1, False),
        (["A", "C", "B"], 3, False),
        ([], 3, False),
    ],
)
def test_most_columns_have_to_be_numbered(row: Row, headed: int, told: bool) -> None:
    headers = ["列"] * headed + [""] * 9
    assert numbers_columns(row, headers, fields_of("guarantees", *AMOUNTS[:headed])) is told


@pytest.mark.parametrize("cell", [2.5, 2.6, 100, True, date(2024, 1, 2), "2,5", "B C"])
def test_what_is_no_mark_of_a_column(cell: object) -> None:
    fields = fields_of("guarantees", "guarantor_name", "amount", "beneficiary_name")
    assert numbers_columns([1, 2, 3], ["列"] * 3, fields)
    assert not numbers_columns([1, cell, 3], ["列"] * 3, fields)


@pytest.mark.parametrize(
    ("table", "keys", "row", "told"),
    [
        ("guarantees", AMOUNTS[:3], [1, 2, 3], False),
        ("guarantees", AMOUNTS[:3], ["A", "B", "C"], True),
        ("guarantees", ("id", "guarantor_name", "amount"), [1, 2, 3], True),
        ("guarantees", ("id", "creditor", "amount"), [1, 2, 3], False),
        ("guarantees", ("guarantor_code", "beneficiary_code", "amount"), [1, 2, 3], True),
        ("guarantees", ("guarantor_code", "beneficiary_code", "amount", "balance"), [1, 2, 3], False),
        ("plans", ("id", "year", "kind"), [1, 2, 3], True),
        ("approvals", ("id", "project_code", "decision"), ["A", "B", "C"], True),
        ("approvals", ("id", "project_code", ""), ["A", "B", "C"], False),
    ],
)
def test_one_mark_has_to_be_out_of_place(table: str, keys: tuple[str, ...], row: Row, told: bool) -> None:
    headers = ["列"] * 3 + [""] * 9
    assert numbers_columns(row, headers, fields_of(table, *keys)) is told


@pytest.mark.parametrize(
    ("header", "row", "told"),
    [
        ("序号", ["A", "B", "C"], True),
        ("行次", ["甲", "乙", "丙"], True),
        ("序号", ["一", "二", "三"], False),
        ("序号", [1, 2, 3], False),
        ("列", ["A", "B", "C"], False),
    ],
)
def test_a_running_number_is_a_figure(header: str, row: Row, told: bool) -> None:
    fields = fields_of("guarantees", "", "id", "creditor")
    assert numbers_columns(row, [header, "列", "列"], fields) is told

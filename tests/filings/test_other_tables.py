"""Another table on the sheet of a table: below it or beside it, it is told of, and its cells accuse nobody.

Rows of the table stay rows, be there gaps above them or mistakes in them.
"""

from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from soe_compliance.filings.batch import batch_of
from soe_compliance.filings.filing import Filing
from soe_compliance.filings.layout import LeftOut
from tests.filings.filed import HEADER_ROWS, Row, codes, column, filing_bytes, places, read_one, the_problem

HEADERS: Row = [
    "担保编号",
    "担保人代码",
    "担保人名称",
    "被担保人代码",
    "被担保人名称",
    "担保余额",
    "签署日期",
    "是否购房人阶段性担保",
    "备注",
]
GUARANTOR, BENEFICIARY = "91152200MA0AAAAA1X", "91152200MA0BBBBB2Y"
DATA: Row = ["DB-1", GUARANTOR, "甲公司", BENEFICIARY, "乙公司", 100, "2024-01-01", "是", ""]
NARROW: list[Row] = [
    ["反担保人", "抵押物价值", "抵押物名称"],
    ["丙公司", 500, "厂房"],
    ["丁公司", 300, "土地"],
]
WIDE: list[Row] = [
    ["反担保人", "抵押物价值", "抵押物", "权属证号", "登记机关", "评估价值", "登记日", "是否足值"],
    ["丙公司", 500, "厂房", "蒙2024-1", "自然资源局", 600, "2024-03-01", "是"],
    ["丁公司", 300, "土地", "蒙2024-2", "自然资源局", 200, "2024-03-02", "否"],
]
OFFSET: list[Row] = [["", "", "", *row] for row in NARROW]


def filed(folder: Path, *rows: Row) -> Filing:
    return read_one(folder, filing_bytes(guarantees=rows))


def numbers(filing: Filing, table: str = "guarantees") -> list[int]:
    """The rows taken, as sheets number them."""
    return [number + 1 for number in filing.tables[table].rows]


def other_table(filing: Filing, table: str = "guarantees") -> list[int]:
    """The rows left out as another table."""
    layout = filing.tables[table].layout
    assert layout
    return [number + 1 for number, why in sorted(layout.left_out.items()) if why is LeftOut.OTHER_TABLE]


BELOW: dict[str, tuple[list[Row], str]] = {
    "narrow, below a gap": ([[], *NARROW], "A5"),
    "narrow, below a title": ([["反担保情况表"], *NARROW], "A5"),
    "narrow, below a numbered title": ([["二、反担保情况"], *NARROW], "A5"),
    "narrow, below a gap and a title": ([[], [], ["附表"], *NARROW], "A7"),
    "narrow, right below the rows": (NARROW, "A4"),
    "to the right, below a gap": ([[], *OFFSET], "D5"),
    "wide, below a gap": ([[], *WIDE], "A5"),
    "wide, below a title": ([["反担保情况"], *WIDE], "A5"),
    "wide, below a title and a unit": ([[], ["反担保情况"], ["", "", "单位：万元"], *WIDE], "A7"),
    "wide, its running numbers and total": ([[], *WIDE, ["合计", 800, "", "", "", 800]], "A5"),
    "wide, with a gap and notes within": ([[], *WIDE, [], WIDE[1], ["注：评估价值为评估报告数"]], "A5"),
    "two of them": ([[], *WIDE, [], ["三、其他"], *NARROW], "A5"),
}


@pytest.mark.parametrize("name", BELOW)
def test_a_table_with_unknown_headers_below(tmp_path: Path, name: str) -> None:
    rows, cell = BELOW[name]
    filing = filed(tmp_path, HEADERS, DATA, ["DB-2", *DATA[1:]], *rows)
    assert numbers(filing) == [2, 3]
    found = the_problem(filing, "other-table-below")
    assert found.location == f"担保台账!{cell}"
    assert "单独的工作表" in found.text.zh
    assert set(codes(filing)) <= {"other-table-below", "unit-below"}
    assert batch_of([filing]).problems == [()]
    header = int(cell[1:])
    below = other_table(filing)
    assert set(range(header, 4 + len(rows))) - set(below) <= {
        4 + place for place, row in enumerate(rows) if not row
    }


def test_a_table_below_one_without_rows(tmp_path: Path) -> None:
    filing = read_one(
        tmp_path, filing_bytes(guarantees=[HEADERS, [], *WIDE], entities=[["统一社会信用代码", "企业名称"]])
    )
    assert numbers(filing) == []
    assert places(filing, "other-table-below") == ["担保台账!A3"]


def test_the_table_goes_on_below_its_own_header(tmp_path: Path) -> None:
    filing = filed(tmp_path, HEADERS, DATA, [], *WIDE, [], HEADERS, ["DB-2", *DATA[1:]])
    assert numbers(filing) == [2, 9]
    assert other_table(filing) == [4, 5, 6]


def test_firms_by_other_headers_below_the_list_of_firms(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["统一社会信用代码", "企业名称", "管理级次", "是否金融企业"],
        [GUARANTOR, "甲公司", 2, "否"],
        [],
        ["联系部门", "联系人", "职务", "办公电话"],
        ["财务部", "张三", "部长", "0482-8200000"],
    ]
    filing = read_one(tmp_path, filing_bytes(entities=rows))
    assert numbers(filing, "entities") == [2]
    assert places(filing, "other-table-below") == ["企业名录!A4"]


PEOPLE: list[Row] = [["姓名", "职务", "联系电话"], ["张三", "会计", "0482-8212345"], ["李四", "出纳", "139"]]
FIRMS: list[Row] = [["企业代码", "企业名称"], [GUARANTOR, "甲公司"], [BENEFICIARY, "乙公司"]]


@pytest.mark.parametrize("before", [[], [[]], [["填报人员"]], [[], ["填报人员"]]])
def test_people_below_the_list_of_firms_are_no_firms(tmp_path: Path, before: list[Row]) -> None:
    filing = read_one(tmp_path, filing_bytes(entities=[*FIRMS, *before, *PEOPLE]))
    assert numbers(filing, "entities") == [2, 3]
    assert "other-table-below" in codes(filing)


@pytest.mark.parametrize(
    "below", [[["姓名", "丙公司"], [BENEFICIARY, "丁公司"]], [["代码待补", "丙公司"], ["代码另补", "丁公司"]]]
)
def test_firms_whose_codes_are_words_by_mistake_stay(tmp_path: Path, below: list[Row]) -> None:
    filing = read_one(tmp_path, filing_bytes(entities=[*FIRMS[:2], *below]))
    assert numbers(filing, "entities") == [2, 3, 4]


def test_merged_amounts_of_another_table_are_no_problem_of_this_one(tmp_path: Path) -> None:
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.add_worksheet("填报信息")
    for number, (label, value) in enumerate(HEADER_ROWS):
        book.worksheets()[0].write(number, 0, label)
        book.worksheets()[0].write(number, 1, str(value))
    sheet = book.add_worksheet("担保台账")
    for number, row in enumerate([HEADERS, DATA, [], *WIDE]):
        sheet.write_row(number, 0, row)
    sheet.merge_range(4, 5, 5, 5, 600)
    book.close()
    filing = read_one(tmp_path, target.getvalue())
    assert codes(filing) == ["other-table-below"]


STAYS: dict[str, list[Row]] = {
    "a row below a gap": [[], [], DATA],
    "words for amount, day and flag": [[], [*DATA[:5], "待定", "另定", "未知", ""], DATA],
    "words for amount, day and flag, alone": [[], [*DATA[:5], "待定", "另定", "未知", ""]],
    "names for codes, above a row": [[], ["", "甲公司", "", "乙公司", "", "面议价"], DATA],
    "names for codes, above rows further down": [[], ["", "甲公司", "", "乙公司", "", "面议价"], [], DATA],
    "names for codes, alone": [[], ["", "甲公司", "", "乙公司", "", "面议价"]],
    "names for codes, and no amount yet": [
        [],
        ["", "甲公司", "", "乙公司", "", "待定"],
        ["", "丙公司", "", "丁公司", "", 100],
    ],
    "names of firms for codes": [
        [],
        ["", "某某建设有限公司", "", "某某水务有限责任公司", "", ""],
        ["", "某某建设集团", "", "某某热力公司", "", 100],
    ],
    "names for codes without a gap": [
        ["", "甲公司", "", "乙公司", "", "面议价"],
        ["", "丙公司", "", "丁公司", "", 100],
    ],
    "the same words twice": [
        [],
        ["境外", "境外", "", "无代码", "", "面议价"],
        ["境外", "境外", "", "无代码", "", 3],
    ],
}


@pytest.mark.parametrize("name", STAYS)
def test_rows_of_the_table_stay_rows(tmp_path: Path, name: str) -> None:
    rows = STAYS[name]
    filing = filed(tmp_path, HEADERS, DATA, *rows)
    assert numbers(filing) == [2, *(place for place, row in enumerate(rows, start=3) if row)]
    assert other_table(filing) == []


def test_codes_that_are_words_stay_codes(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["出资人代码", "出资人名称", "被投资企业代码", "持股比例"],
        ["甲", "甲公司", "乙", 0.5],
        [],
        ["甲", "甲公司", "丙", "约一半"],
        ["甲", "甲公司", "丁", "不足一半"],
    ]
    filing = read_one(tmp_path, filing_bytes(holdings=rows))
    assert numbers(filing, "holdings") == [2, 4, 5]


def test_a_first_row_with_mistakes_where_codes_are_words(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["统一社会信用代码", "企业名称", "是否纳入合并范围"],
        ["A", "B", "C"],
        ["甲", "企业甲", "三千万元"],
        ["乙", "企业乙", "是"],
    ]
    filing = read_one(tmp_path, filing_bytes(entities=rows))
    assert numbers(filing, "entities") == [3, 4]


def test_one_row_with_a_mistake_above_its_total(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["出资人代码", "被投资企业代码", "持股比例"],
        ["A", "B", "C"],
        ["三公司", "四公司", "其他方式"],
        ["总计"],
    ]
    filing = read_one(tmp_path, filing_bytes(holdings=rows))
    assert numbers(filing, "holdings") == [3]


def test_one_row_of_words_for_codes_above_a_note(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["出资人代码", "被投资企业代码", "持股比例", "表决权比例"],
        [1, 2, 3, 4],
        ["一公司", "二公司"],
        ["第1页，共1页"],
    ]
    filing = read_one(tmp_path, filing_bytes(holdings=rows))
    assert numbers(filing, "holdings") == [3]


@pytest.mark.parametrize("codes", [("丁公司", "己公司"), (GUARANTOR, BENEFICIARY)])
def test_words_for_days_beside_codes_are_no_header(tmp_path: Path, codes: tuple[str, str]) -> None:
    one, other = codes
    headers: Row = ["担保人代码", "被担保人代码", "担保方式", "担保余额", "到期日期"]
    rows: list[Row] = [[one, other, "保证", 5, "2024-01-01"], [one, other, "信用方式", "", "另行约定日期"]]
    assert numbers(filed(tmp_path, headers, *rows, rows[0])) == [2, 3, 4]


LEDGER: Row = ["担保编号", "担保人代码", "被担保人代码", "担保余额"]
STATED: Row = ["DB-1", GUARANTOR, BENEFICIARY, 100]

BESIDE: dict[str, tuple[Row, Row]] = {
    "debts": (
        ["融资合同编号", "借款人代码", "债权人", "融资余额", "到期日期"],
        ["J1", "X1", "工行", 50, "2023-01-01"],
    ),
    "numbered for itself": (["序号", "到期日期"], [1, "2023-01-01"]),
    "a part of the same table": (["担保编号", "到期日期"], ["DB-9", "2023-01-01"]),
    "with units of its own": (
        ["担保编号", "反担保物", "金额单位", "到期日期"],
        ["DB-9", "厂房", "亿元", "2023-01-01"],
    ),
}


@pytest.mark.parametrize("name", BESIDE)
def test_a_table_beside(tmp_path: Path, name: str) -> None:
    headers, row = BESIDE[name]
    filing = filed(
        tmp_path, ["序号", *LEDGER, "", *headers], [1, *STATED, "", *row], ["", "", "", "", "", "", *row]
    )
    table = filing.tables["guarantees"]
    assert numbers(filing) == [2]
    assert list(table.cells) == ["id", "guarantor_code", "beneficiary_code", "balance"]
    assert not table.fen_per_unit
    assert places(filing, "other-table-beside") == ["担保台账!G1"]
    assert set(codes(filing)) <= {"other-table-beside", "column-repeated"}


@pytest.mark.parametrize("row", [["2024-01-01", "x"], ["", ""]])
def test_an_empty_column_within_a_table(tmp_path: Path, row: Row) -> None:
    filing = filed(tmp_path, [*LEDGER, "", "到期日期", "经办人"], [*STATED, "", *row])
    assert "expires_on" in filing.tables["guarantees"].cells
    assert codes(filing) == ["column-unknown"]


def test_an_empty_column_within_a_table_with_a_table_beside(tmp_path: Path) -> None:
    headers: Row = ["序号", *LEDGER, "", "到期日期", "", "序号", "姓名", "职务"]
    filing = filed(tmp_path, headers, [1, *STATED, "", "2024-01-01", "", 1, "张三", "经理"])
    assert column(filing, "guarantees", "expires_on") == ["2024-01-01"]
    assert places(filing, "other-table-beside") == ["担保台账!I1"]


def test_two_tables_beside(tmp_path: Path) -> None:
    headers, row = BESIDE["debts"]
    filing = filed(tmp_path, [*LEDGER, "", *headers, "", *headers], [*STATED, "", *row, "", *row])
    assert list(filing.tables["guarantees"].cells) == ["id", "guarantor_code", "beneficiary_code", "balance"]
    assert places(filing, "other-table-beside") == ["担保台账!F1"]


def test_columns_behind_an_empty_one_that_the_forms_do_not_have_are_no_fault(tmp_path: Path) -> None:
    filing = filed(tmp_path, [*LEDGER, "", "经办人", "联系方式", "校验"], [*STATED, "", "张三", "x", 0])
    assert codes(filing) == ["column-unknown"] * 3


def test_units_of_a_table_beside_that_the_forms_do_not_have_are_not_those_of_the_table(
    tmp_path: Path,
) -> None:
    headers: Row = [*LEDGER, "", "反担保物", "金额单位", "权证号"]
    filing = filed(tmp_path, headers, [*STATED, "", "厂房", "亿元", "X"])
    assert not filing.tables["guarantees"].fen_per_unit
    assert codes(filing) == ["other-table-beside"]


def test_column_numbers_with_a_table_beside(tmp_path: Path) -> None:
    headers, row = BESIDE["debts"]
    filing = filed(tmp_path, [*LEDGER, "", *headers], [1, 2, 3, 4], [*STATED, "", *row])
    assert numbers(filing) == [3]


def test_what_rows_need_may_stand_behind_an_empty_column(tmp_path: Path) -> None:
    headers: Row = ["序号", "担保编号", "担保人代码", "", "序号", "被担保人代码", "担保余额"]
    filing = filed(tmp_path, headers, [1, "DB-1", GUARANTOR, "", 1, BENEFICIARY, 100])
    assert numbers(filing) == [2]
    assert codes(filing) == []


def test_a_column_without_a_header_is_not_empty(tmp_path: Path) -> None:
    headers, row = BESIDE["debts"]
    filing = filed(tmp_path, [*LEDGER, "", *headers], [*STATED, "x", *row])
    assert "expires_on" in filing.tables["guarantees"].cells


def test_a_header_alone_with_a_table_beside(tmp_path: Path) -> None:
    filing = read_one(
        tmp_path,
        filing_bytes(
            guarantees=[[*LEDGER, "", *BESIDE["debts"][0]]], entities=[["统一社会信用代码", "企业名称"]]
        ),
    )
    assert numbers(filing) == []
    assert places(filing, "other-table-beside") == ["担保台账!F1"]

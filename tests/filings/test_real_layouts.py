"""Sheets as offices lay them out mean what the same filing in JSON means."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from soe_compliance.filings.batch import batch_of
from soe_compliance.filings.filing import Filing, Unreadable
from soe_compliance.filings.header_rows import heading_of
from soe_compliance.filings.layout import FoundBy, LeftOut
from soe_compliance.filings.sheet_titles import form_titled
from soe_compliance.filings.tables import TABLES
from tests.filings.filed import (
    GUARANTEE_HEADERS,
    HEADER_JSON,
    HEADER_ROWS,
    Row,
    codes,
    column,
    filing_bytes,
    places,
    read_bytes,
    read_json,
    read_one,
    the_problem,
    workbook_bytes,
)
from tests.filings.test_workbook_equals_json import same

Merge = tuple[int, int, int, int]
G1 = {"id": "DB-1", "guarantor_code": "A", "guarantor_name": "甲", "beneficiary_code": "B", "balance": "90"}
G2 = {
    "id": "DB-2",
    "guarantor_code": "A",
    "guarantor_name": "甲",
    "beneficiary_code": "C",
    "balance": "210.5",
}
HEADERS: Row = ["担保合同编号", "担保单位", "担保单位代码", "被担保方代码", "实际担保余额（万元）"]
ROW_1: Row = ["DB-1", "甲", "A", "B", 90]
ROW_2: Row = ["DB-2", "甲", "A", "C", 210.5]


def merged_bytes(sheets: dict[str, Sequence[Row]], merges: dict[str, Sequence[Merge]]) -> bytes:
    """An .xlsx whose sheets have these merged ranges (first row, first column, last row, last column)."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for ends in merges.get(name, ()):
            sheet.merge_range(*ends, "")
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell not in ("", None):
                    sheet.write(number, place, cell)
    book.close()
    return target.getvalue()


def book_of(name: str, rows: Sequence[Row], *merges: Merge) -> bytes:
    header = [[row[0], "2024-03-31" if place == 3 else row[1]] for place, row in enumerate(HEADER_ROWS)]
    return merged_bytes({"填报信息": header, name: rows}, {name: merges})


LAYOUTS: dict[str, tuple[str, list[Row], list[Merge]]] = {
    "other words": ("担保台账", [HEADERS, ROW_1, ROW_2], []),
    "another title": ("附件3 担保情况表（2024年）", [HEADERS, ROW_1, ROW_2], []),
    "no title": ("Sheet2", [HEADERS, ROW_1, ROW_2], []),
    "title, unit line, notes": (
        "2024年对外担保台账",
        [
            ["某某集团对外担保台账"],
            ["编制单位：样例集团", "", "", "单位：元"],
            HEADERS,
            ROW_1,
            ROW_2,
            ["合计", "", "", "", 300.5],
            ["注：1、余额为期末数"],
            ["2、其他"],
            ["填表人：张三", "", "审核人：李四"],
        ],
        [],
    ),
    "merged header over two rows": (
        "担保台账",
        [
            ["担保合同编号", "担保单位", "", "被担保单位", "", "金额（万元）"],
            ["", "名称", "代码", "名称", "代码", "担保余额\n（万元）"],
            ["DB-1", "甲", "A", "", "B", 90],
            ["DB-2", "甲", "A", "", "C", 210.5],
        ],
        [(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4)],
    ),
    "column numbers, hints, an example": (
        "担保台账",
        [
            HEADERS,
            [1, 2, 3, 4, 5],
            ["如：DB-001", "请填写全称", "请填写18位代码", "请填写18位代码", "保留2位小数"],
            ["示例", "丙", "X", "Y", 1],
            ROW_1,
            ROW_2,
        ],
        [],
    ),
    "sections with subtotals, total under the header": (
        "担保台账",
        [
            HEADERS,
            ["合计", "", "", "", 300.5],
            ["一、对子企业担保"],
            ROW_1,
            ["小计", "", "", "", 90],
            ["（二）对外担保"],
            ROW_2,
            ["  *小计", "", "", "", 210.5],
            ["其中：逾期", "", "", "", 7],
        ],
        [],
    ),
    "merged down": ("担保台账", [HEADERS, ROW_1, ["DB-2", "", "", "C", 210.5]], [(1, 1, 2, 1), (1, 2, 2, 2)]),
    "printed pages": ("担保台账", [HEADERS, ROW_1, ["本页小计", "", "", "", 90], HEADERS, ROW_2], []),
    "beyond a gap": ("担保台账", [HEADERS, ROW_1, *[[]] * 12, ROW_2], []),
    "a unit in each row": (
        "担保台账",
        [
            ["担保编号", "担保人名称", "担保人代码", "被担保人代码", "担保余额", "金额单位"],
            [*ROW_1, "万元"],
            ["DB-2", "甲", "A", "C", 2105000, "元"],
        ],
        [],
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_means_what_its_json_means(tmp_path: Path, name: str) -> None:
    title, rows, merges = LAYOUTS[name]
    filing = read_one(tmp_path, book_of(title, rows, *merges))
    assert {problem.level.value for problem in filing.problems} <= {"notice"}, filing.problems
    [document] = read_json(tmp_path, {"filing": HEADER_JSON, "guarantees": [G1, G2]})
    assert isinstance(document, Filing)
    mine, theirs = batch_of([filing]), batch_of([document])
    same(mine, theirs, "guarantees")
    assert not mine.unusable["guarantees"].any()


def test_no_spelling_belongs_to_two_fields() -> None:
    for table in TABLES.values():
        for field in table.fields.values():
            for text in (field.header, *field.also):
                heading = heading_of(text, table.key)
                assert heading
                assert heading.field.key == field.key, (table.key, text)
                assert heading.synonym == (text != field.header)


def test_no_title_belongs_to_two_tables() -> None:
    for table in TABLES.values():
        assert form_titled(table.title) == (table, FoundBy.FORM)
        for title in table.also:
            assert form_titled(title) == (table, FoundBy.SYNONYM), title


@pytest.mark.parametrize(
    "header", ["担保额度", "合同金额", "担保敞口金额", "本次担保金额", "授信金额", "担保余额合计", "担保类型"]
)
def test_what_may_mean_something_else_is_not_read(header: str) -> None:
    assert heading_of(header, "guarantees") is None


def test_a_name_is_no_code() -> None:
    heading = heading_of("被担保单位", "guarantees")
    assert heading
    assert heading.field.key == "beneficiary_name"


@pytest.mark.parametrize(
    "title",
    ["3.担保台账", "表3-1 担保台账", "担保情况表", "对外担保台账", "03担保台账", "担保台账2024", "截至2024年3月末担保台账",
     "（三）担保情况统计表", "担保台账（万元）", "附表1 2023年担保台账", "一季度担保台账", "担保台账Q1"],
)  # fmt: skip
def test_a_dressed_title_is_known(title: str) -> None:
    found = form_titled(title)
    assert found
    assert found[0].key == "guarantees"


@pytest.mark.parametrize(
    "title", ["担保", "投资计划", "担保费台账", "通讯录", "2024", "表", "反担保台账", "Sheet1"]
)
def test_another_title_is_not_known(title: str) -> None:
    assert form_titled(title) is None


def test_a_header_of_the_forms_goes_before_other_spellings(tmp_path: Path) -> None:
    rows: list[Row] = [["实际担保余额", *GUARANTEE_HEADERS], [1, "DB-1", "A", "B", 2]]
    filing = read_one(tmp_path, filing_bytes(guarantees=rows))
    assert column(filing, "guarantees", "balance") == [2.0]
    assert codes(filing) == ["column-unknown"]


def test_of_two_other_spellings_neither_is_used(tmp_path: Path) -> None:
    rows: list[Row] = [["担保人代码", "被担保人代码", "实际担保余额", "在保余额"], ["A", "B", 1, 2]]
    filing = read_one(tmp_path, filing_bytes(guarantees=rows))
    assert "balance" not in filing.tables["guarantees"].cells
    assert places(filing, "column-ambiguous") == ["担保台账!C1", "担保台账!D1"]


def test_two_header_rows_that_disagree(tmp_path: Path) -> None:
    rows: list[Row] = [
        [*GUARANTEE_HEADERS, "签署日期"],
        ["担保编号", "担保人代码", "被担保人代码", "担保金额", "签署日期"],
        ["DB-1", "A", "B", 5, "2024-01-01"],
    ]
    filing = read_one(tmp_path, filing_bytes(guarantees=rows))
    assert list(filing.tables["guarantees"].rows) == [2]
    assert "balance" not in filing.tables["guarantees"].cells
    assert "amount" not in filing.tables["guarantees"].cells
    assert places(filing, "headers-disagree") == ["担保台账!D2"]


def test_the_exact_title_goes_first(tmp_path: Path) -> None:
    rows: list[Row] = [GUARANTEE_HEADERS, ["DB-1", "A", "B", 5]]
    other: list[Row] = [GUARANTEE_HEADERS, ["DB-9", "A", "B", 9]]
    filing = read_one(
        tmp_path,
        workbook_bytes({"填报信息": HEADER_ROWS, "对外担保台账": other, "担保台账": rows, "x": other}),
    )
    assert column(filing, "guarantees", "id") == ["DB-1"]
    assert places(filing, "table-repeated") == ["对外担保台账", "x"]


def totals(folder: Path, *rows: Row) -> Filing:
    return read_one(folder, filing_bytes(guarantees=[GUARANTEE_HEADERS, *rows]))


A: Row = ["DB-1", "A", "B", 100.25]
B: Row = ["DB-2", "A", "C", "1,200.10"]


@pytest.mark.parametrize(
    ("stated", "difference"),
    [(1300.35, None), ("1,300.4", None), (1300, None), (1300.36, "+0.01"), (1301, "+0.65"), (0, "-1300.35")],
)
def test_a_total_is_added_up_again(tmp_path: Path, stated: object, difference: str | None) -> None:
    filing = totals(tmp_path, A, B, ["合计", "", "", stated])
    assert places(filing, "total-differs") == ([] if difference is None else ["担保台账!D4"])
    if difference:
        text = the_problem(filing, "total-differs").text.zh.replace(",", "")
        assert difference in text
        assert "1300.35" in text


def test_totals_that_cannot_be_told_are_not_compared(tmp_path: Path) -> None:
    for rows in (
        [A, ["合计", "", "", 1], B, ["合计", "", "", 2]],
        [A, ["其中：逾期", "", "", 1]],
        [A, ["集团担保合计", "", "", 1]],
        [["一、甲"], ["（一）乙"], A, ["（二）丙"], B, ["小计", "", "", 5]],
        [["小计", "", "", 5], A, ["小计", "", "", 5]],
        [A, ["合计", "", "", "约100"]],
        [A, ["DB-2", "A", "C", "不详"], ["合计", "", "", 5]],
    ):
        assert places(totals(tmp_path, *rows), "total-differs") == [], rows


def test_a_subtotal_is_of_its_section(tmp_path: Path) -> None:
    rows: list[Row] = [["一、甲"], A, ["小计", "", "", 100.25], ["二、乙"], B, ["小计", "", "", 1200]]
    filing = totals(tmp_path, *rows, ["总计", "", "", 1300.35])
    assert places(filing, "total-differs") == []
    assert places(totals(tmp_path, *rows[:2], ["小计", "", "", 99]), "total-differs") == ["担保台账!D4"]


def test_rows_beyond_a_gap_are_read_and_mentioned(tmp_path: Path) -> None:
    filing = totals(tmp_path, A, *[[]] * 10, B)
    assert list(filing.tables["guarantees"].rows) == [1, 12]
    assert places(filing, "rows-beyond-gap") == ["担保台账!13:13"]
    assert codes(totals(tmp_path, A, *[[]] * 9, B)) == []
    assert places(totals(tmp_path, A, ["注：无"], B), "rows-beyond-notes") == ["担保台账!4:4"]


@pytest.mark.parametrize("tag", ["${a.orgname}", "{{ code }}", "<jx:forEach items='x'>", "<%= code %>"])
def test_tags_of_a_template_are_an_unfilled_form(tmp_path: Path, tag: str) -> None:
    unfilled = [GUARANTEE_HEADERS, [tag, "${code}", "${other}", "${balance}"]]
    [filing] = read_bytes(tmp_path, filing_bytes(guarantees=unfilled))
    assert isinstance(filing, Unreadable)
    assert places(filing, "template-tag") == ["担保台账!B2"]
    assert codes(filing)[0] == "form-unfilled"
    partly = totals(tmp_path, A, ["DB-2", "A", "B", tag])
    assert codes(partly) == ["template-tag"]
    assert column(partly, "guarantees", "balance") == [100.25, None]


def test_a_filing_without_any_row_is_never_clean(tmp_path: Path) -> None:
    assert codes(totals(tmp_path)) == ["no-data-rows"]
    assert codes(totals(tmp_path, ["请填写编号", "", "", ""])) == ["no-data-rows"]
    [blank] = read_bytes(
        tmp_path, filing_bytes(filing=[[row[0]] for row in HEADER_ROWS], guarantees=[GUARANTEE_HEADERS])
    )
    assert isinstance(blank, Unreadable)
    assert codes(blank)[0] == "form-unfilled"


@pytest.mark.parametrize(
    ("cells", "merge", "location"),
    [
        (("C", 90, "C", 210.5), (1, 2, 1, 3), "担保台账!D2"),
        (("C", "", "C", 210.5), (1, 3, 2, 3), "担保台账!D3"),
        (("C", "", "", 210.5), (1, 2, 2, 3), "担保台账!D3"),
    ],
)
def test_what_lies_under_a_merged_cell_is_blank(
    tmp_path: Path, cells: Sequence[object], merge: Merge, location: str
) -> None:
    """No program shows it: whoever looks at the sheet sees the merged cell alone."""
    rows: list[Row] = [GUARANTEE_HEADERS, ["DB-1", "A", *cells[:2]], ["DB-2", "A", *cells[2:]]]
    filing = read_one(tmp_path, book_of("担保台账", rows, merge))
    hidden = [row - 1 for row in range(merge[0], merge[2] + 1)]
    assert all(column(filing, "guarantees", "balance")[row] == "" for row in hidden)
    assert places(filing, "cells-covered") == [location]


def test_merged_cells_over_blank_ones_are_no_matter(tmp_path: Path) -> None:
    rows: list[Row] = [
        GUARANTEE_HEADERS,
        ["DB-1", "A", "B", 90],
        ["合计", "", "", 90],
        ["注：无", "", "", ""],
    ]
    filing = read_one(tmp_path, book_of("担保台账", rows, (2, 0, 2, 2), (3, 0, 3, 3), (9, 0, 12, 3)))
    assert codes(filing) == []


def test_an_amount_merged_over_rows_belongs_to_none_of_them(tmp_path: Path) -> None:
    rows: list[Row] = [GUARANTEE_HEADERS, ["DB-1", "A", "B", 300], ["DB-2", "A", "C", ""]]
    filing = read_one(tmp_path, book_of("担保台账", rows, (1, 3, 2, 3)))
    assert column(filing, "guarantees", "balance") == ["", ""]
    assert places(filing, "amount-merged") == ["担保台账!D2"]


@pytest.mark.parametrize(
    ("header", "unit", "code"),
    [("担保余额（万元）", "元", "units-disagree"), ("担保余额", "美元", "unit-unknown-in-row")],
)
def test_units_that_disagree_are_no_guess(tmp_path: Path, header: str, unit: str, code: str) -> None:
    rows: list[Row] = [
        [*GUARANTEE_HEADERS[:3], header, "金额单位"],
        ["1", "A", "B", 5, unit],
        ["2", "A", "C", 6, "万元"],
    ]
    filing = read_one(tmp_path, filing_bytes(guarantees=rows))
    assert column(filing, "guarantees", "balance") == [None, 6.0]
    assert places(filing, code) == ["担保台账!D2"]


def test_a_column_of_firms_is_no_unit_column(tmp_path: Path) -> None:
    rows: list[Row] = [[*GUARANTEE_HEADERS, "单位"], ["1", "A", "B", 5, "水务公司"]]
    filing = read_one(tmp_path, filing_bytes(guarantees=rows))
    assert codes(filing) == ["column-unknown"]
    assert not filing.tables["guarantees"].fen_per_unit


def test_the_layout_says_what_was_left_out_and_why(tmp_path: Path) -> None:
    rows: list[Row] = [["1", "2", "3", "4"], A, ["合计", "", "", 100.25], ["", "", "", "", "x"], ["注：无"]]
    layout = totals(tmp_path, *rows).tables["guarantees"].layout
    assert layout
    left: list[Any] = [LeftOut.NUMBERS, LeftOut.TOTAL, LeftOut.NO_CONTENT, LeftOut.NOTE]
    assert dict(layout.left_out) == dict(zip((1, 3, 4, 5), left, strict=True))
    assert [(total.field, total.agrees) for total in layout.totals] == [("balance", True)]
    assert [found.field for found in layout.columns] == [
        "id",
        "guarantor_code",
        "beneficiary_code",
        "balance",
    ]


def test_codes_that_count_up_are_data(tmp_path: Path) -> None:
    assert list(totals(tmp_path, ["1", "2", "3", 5]).tables["guarantees"].rows) == [1]


@pytest.mark.parametrize(
    "name", ["合计贸易有限公司", "其中一期", "小计科技", "注塑机械公司", "示例文化公司", "一、二期联营公司"]
)
def test_words_within_a_name_leave_no_row_out(tmp_path: Path, name: str) -> None:
    rows: list[Row] = [
        ["项目编号", "项目名称", "投资主体代码", "计划年度"],
        ["X-1", name, "A", 2024],
        ["", name, "A", 2024],
    ]
    filing = read_one(tmp_path, filing_bytes(projects=rows))
    assert list(filing.tables["projects"].rows) == [1, 2]

"""Sheets as offices type them together: nothing on them is lost unsaid, and nothing of another kind is taken for a row."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from soe_compliance.filings.batch import batch_of
from soe_compliance.filings.filing import Filing
from soe_compliance.filings.layout import LeftOut
from tests.filings.filed import (
    HEADER_ROWS,
    Row,
    codes,
    column,
    filing_bytes,
    places,
    read_one,
    the_problem,
    workbook_bytes,
)

A, B, C = "91152200MA0AAAAA1X", "91152200MA0BBBBB2Y", "91152200MA0CCCCC3Z"
LEDGER: Row = ["序号", "担保编号", "担保人代码", "担保人名称", "被担保人代码", "担保余额", "签署日期"]
FIRMS: Row = ["序号", "统一社会信用代码", "企业名称", "管理级次"]
FIRM: Row = [1, A, "甲公司", 2]


def guarantee(number: int, balance: float = 100) -> Row:
    return [number, f"DB-{number}", A, "甲公司", B, balance, "2024-01-01"]


def filed(folder: Path, table: str, rows: Sequence[Row], unit: str = "") -> Filing:
    others = {} if table == "entities" else {"entities": [FIRMS, FIRM]}
    own = [*HEADER_ROWS, ["金额单位", unit]]
    return read_one(folder, filing_bytes(filing=own, **{table: rows}, **others))


def left_out(filing: Filing, table: str) -> dict[int, LeftOut]:
    layout = filing.tables[table].layout
    assert layout
    return {number + 1: why for number, why in layout.left_out.items()}


def test_every_page_has_title_unit_header_and_numbers(tmp_path: Path) -> None:
    page: list[Row] = [["集团对外担保台账"], ["编制单位：样例集团", *[""] * 5, "单位：万元"], LEDGER]
    page.append(["甲", "乙", 1, 2, 3, 4, 5])
    foot: list[Row] = [["本页小计", "", "", "", "", 200], ["第1页 共2页"]]
    rows = [*page, guarantee(1), guarantee(2), *foot, *page, guarantee(3), guarantee(4), *foot]
    filing = filed(tmp_path, "guarantees", rows)
    assert column(filing, "guarantees", "id") == ["DB-1", "DB-2", "DB-3", "DB-4"]
    assert codes(filing) == ["rows-beyond-notes"]


def test_rows_that_were_sorted_above_their_header(tmp_path: Path) -> None:
    filing = filed(tmp_path, "guarantees", [["担保台账"], guarantee(1), guarantee(2), LEDGER, guarantee(3)])
    assert column(filing, "guarantees", "id") == ["DB-3"]
    found = the_problem(filing, "rows-above-header")
    assert found.location == "担保台账!2:3"
    assert "2-3" in found.text.zh


def test_rows_below_a_header_of_fewer_columns(tmp_path: Path) -> None:
    rows = [LEDGER[:6], guarantee(1)[:6], [], LEDGER, guarantee(2)]
    filing = filed(tmp_path, "guarantees", rows)
    assert column(filing, "guarantees", "id") == ["DB-2"]
    assert places(filing, "rows-above-header") == ["担保台账!2:2"]


def test_what_stands_above_a_header_is_no_row(tmp_path: Path) -> None:
    above: list[Row] = [
        ["填报单位", "样例集团", A],
        ["2024", "一季度", "1", "2"],
        ["担保类型", "户数", "金额"],
        ["对内", 2, 300],
        ["A", "B", "C", "D", "E", "F", "G"],
        [1, 2, 3, 4, 5, 6, 7],
    ]
    filing = filed(tmp_path, "guarantees", [*above, LEDGER, guarantee(1)])
    assert column(filing, "guarantees", "id") == ["DB-1"]
    assert codes(filing) == []


def test_of_two_headers_the_first_holds(tmp_path: Path) -> None:
    again = [*LEDGER[:5], "担保余额（元）", "签署日期"]
    rows = [LEDGER, guarantee(1), [], ["二、子公司对外担保"], again, guarantee(2, 2_000_000)]
    filing = filed(tmp_path, "guarantees", rows)
    assert column(filing, "guarantees", "id") == ["DB-1", "DB-2"]
    assert column(filing, "guarantees", "balance") == [100, None]
    found = the_problem(filing, "unit-changes")
    assert (found.location, found.field) == ("担保台账!F5", "balance")
    assert "第5行的单位“元”" in found.text.zh


def test_a_unit_line_between_the_rows(tmp_path: Path) -> None:
    rows = [
        ["单位：万元"],
        LEDGER,
        guarantee(1),
        [],
        ["附表2"],
        [*[""] * 6, "单位：元"],
        LEDGER,
        guarantee(2, 9),
    ]
    filing = filed(tmp_path, "guarantees", [*rows, ["合计", "", "", "", "", 109]])
    assert column(filing, "guarantees", "balance") == [100, None]
    assert codes(filing) == ["unit-changes"]
    assert places(filing, "unit-changes") == ["担保台账!F6"]


@pytest.mark.parametrize("line", [["单位：元"], [*[""] * 6, "单位：元"], ["（一）对子公司担保（单位：元）"]])
def test_a_unit_line_below_the_header(tmp_path: Path, line: Row) -> None:
    rows = [LEDGER, line, guarantee(1), line, guarantee(2)]
    filing = filed(tmp_path, "guarantees", rows)
    assert filing.tables["guarantees"].fen_per_unit == {"balance": 100}
    assert column(filing, "guarantees", "balance") == [100, 100]
    assert codes(filing) == []


DEBTS: Row = ["融资合同编号", "借款人代码", "融资余额", "是否为政府举债", "还款来源"]
DEBT: Row = ["R2", A, "70", "是", "财政收入"]


@pytest.mark.parametrize(
    "row",
    [
        ["R1", "单位：亿元", "50", "否", "经营收入"],
        ["R1", "单位：亿元", "", "", ""],
        ["", "单位：亿元", "50", "", ""],
        ["", "单位：亿元", "", "否", ""],
    ],
)
def test_a_row_of_data_states_no_unit(tmp_path: Path, row: Row) -> None:
    filing = filed(tmp_path, "debts", [DEBTS, row, DEBT])
    assert column(filing, "debts", "borrower_code") == ["单位：亿元", A]
    assert filing.tables["debts"].fen_per_unit == {}


@pytest.mark.parametrize(
    "row",
    [
        ["", "单位：亿元", "", "", ""],
        ["", "单位：亿元", "保留2位小数", "是/否", ""],
        ["日期：2024年3月", "单位：亿元", "", "", "2024-03-31"],
        ["", "单位：亿元", "", "", "第1页 共2页"],
    ],
)
def test_a_unit_line_may_have_others_beside_it(tmp_path: Path, row: Row) -> None:
    filing = filed(tmp_path, "debts", [DEBTS, row, DEBT])
    assert column(filing, "debts", "borrower_code") == [A]
    assert filing.tables["debts"].fen_per_unit == {"balance": 10**10}


def test_a_unit_line_below_the_header_that_disagrees_with_one_above(tmp_path: Path) -> None:
    rows = [["单位：万元"], LEDGER, ["单位：元"], guarantee(1)]
    filing = filed(tmp_path, "guarantees", rows)
    assert column(filing, "guarantees", "balance") == [None]
    assert codes(filing) == ["unit-unknown"]


@pytest.mark.parametrize("line", ["单位：万元", "金额单位：人民币万元"])
def test_the_same_unit_once_more(tmp_path: Path, line: str) -> None:
    rows = [["单位：万元"], LEDGER, guarantee(1), [line], LEDGER, guarantee(2)]
    filing = filed(tmp_path, "guarantees", rows)
    assert column(filing, "guarantees", "balance") == [100, 100]
    assert codes(filing) == []


@pytest.mark.parametrize(("own", "line"), [("", "万元"), ("万元", "万元"), ("元", "元"), ("人民币元", "元")])
def test_a_line_between_the_rows_that_says_the_unit_of_the_filing(
    tmp_path: Path, own: str, line: str
) -> None:
    rows = [LEDGER, guarantee(1), [f"单位：{line}"], LEDGER, guarantee(2)]
    filing = filed(tmp_path, "guarantees", rows, own)
    assert column(filing, "guarantees", "balance") == [100, 100]
    assert codes(filing) == []


@pytest.mark.parametrize("title", ["填报信息", "封面", "附件1 填报信息"])
def test_the_unit_of_the_filing_may_stand_on_the_last_sheet(tmp_path: Path, title: str) -> None:
    rows = [LEDGER, guarantee(1), ["单位：元"], LEDGER, guarantee(2)]
    own = [*HEADER_ROWS, ["金额单位", "元"]]
    filing = read_one(tmp_path, workbook_bytes({"企业名录": [FIRMS, FIRM], "担保台账": rows, title: own}))
    assert column(filing, "guarantees", "balance") == [100, 100]
    assert codes(filing) == []


@pytest.mark.parametrize(("own", "line"), [("", "元"), ("元", "万元"), ("万元", "美元")])
def test_a_line_between_the_rows_that_says_another_unit_than_the_filing(
    tmp_path: Path, own: str, line: str
) -> None:
    rows = [LEDGER, guarantee(1), [f"单位：{line}"], LEDGER, guarantee(2)]
    filing = filed(tmp_path, "guarantees", rows, own)
    assert column(filing, "guarantees", "balance") == [100, None]
    assert codes(filing) == ["unit-changes"]


def test_a_line_between_the_rows_holds_for_no_column_with_a_unit_of_its_own(tmp_path: Path) -> None:
    headers = [*LEDGER[:5], "担保余额（万元）", "签署日期"]
    filing = filed(tmp_path, "guarantees", [headers, guarantee(1), ["单位：元"], guarantee(2)])
    assert column(filing, "guarantees", "balance") == [100, 100]


def test_a_count_of_firms_below_their_list(tmp_path: Path) -> None:
    rows: list[Row] = [FIRMS, FIRM, [2, B, "乙公司", 3], [], ["级次", "户数", "资产总额", "其中：全资"]]
    rows += [["二级", 1, 50, 1], ["三级", 1, 9, 1], ["合计", 2, 59, 2]]
    filing = filed(tmp_path, "entities", rows)
    assert column(filing, "entities", "code") == [A, B]
    assert places(filing, "other-table-below") == ["企业名录!A5"]
    assert batch_of([filing]).problems == [()]


def test_another_table_without_a_gap_and_without_words_that_headers_end_with(tmp_path: Path) -> None:
    rows: list[Row] = [[*FIRMS, "是否金融企业"], [*FIRM, "否"], ["", "参股企业", "主营", "持股", "派出董事"]]
    rows.append(["", "丁公司", "热力", "30%", "有"])
    filing = filed(tmp_path, "entities", rows)
    assert column(filing, "entities", "code") == [A]
    assert places(filing, "other-table-below") == ["企业名录!B3"]


@pytest.mark.parametrize("text", ["合计：2户", "合计2户", "共计（2户）", "总计：2家"])
@pytest.mark.parametrize("place", [1, 2])
def test_totals_that_count(tmp_path: Path, text: str, place: int) -> None:
    total = ["", "", "", ""]
    total[place] = text
    filing = filed(tmp_path, "entities", [FIRMS, FIRM, total])
    assert column(filing, "entities", "code") == [A]
    assert left_out(filing, "entities")[3] in (LeftOut.TOTAL, LeftOut.OTHER_TOTAL)


def test_a_total_of_a_group_in_the_column_of_names(tmp_path: Path) -> None:
    headers: Row = ["序号", "项目编号", "项目名称", "投资主体代码", "计划年度", "投资总额"]
    rows: list[Row] = [headers, ["一", "", "主业投资小计（1个）", "", "", 5], [1, "X1", "路网", A, 2024, 5]]
    filing = filed(tmp_path, "projects", rows)
    assert column(filing, "projects", "code") == ["X1"]
    assert left_out(filing, "projects") == {2: LeftOut.OTHER_TOTAL}


@pytest.mark.parametrize(
    "text",
    [
        "本单位本期无对外担保",
        "截至2024年3月31日，本公司无对外担保事项",
        "（本年度未发生担保业务）",
        "不涉及",
        "报告期内无此类事项。",
        "暂无新增担保",
    ],
)
def test_a_sentence_that_there_is_nothing(tmp_path: Path, text: str) -> None:
    filing = filed(tmp_path, "guarantees", [LEDGER, ["", text], ["单位负责人：", "", "填表人："]])
    assert left_out(filing, "guarantees")[2] is LeftOut.NONE
    assert batch_of([filing]).problems == [()]


@pytest.mark.parametrize("text", ["无锡公司", "无线投资", "未发生地公司", "本公司", "没有名字的公司"])
def test_a_name_is_no_such_sentence(tmp_path: Path, text: str) -> None:
    filing = filed(tmp_path, "guarantees", [LEDGER, guarantee(1), ["", "", "", text]])
    assert len(filing.tables["guarantees"].rows) == 2


def test_who_signs_with_names_in_the_columns_that_rows_need(tmp_path: Path) -> None:
    headers: Row = ["担保编号", "担保人代码", "被担保人代码", "担保余额"]
    rows: list[Row] = [
        ["DB-1", A, B, 5],
        ["填表人", "张三", "日期", "2024.4.1"],
        ["审核人：", "李四", "王五"],
    ]
    filing = filed(tmp_path, "guarantees", [headers, *rows])
    assert column(filing, "guarantees", "id") == ["DB-1"]
    assert codes(filing) == []
    coded = filed(tmp_path, "guarantees", [headers, ["填表人：", A, B, 5]])
    assert len(coded.tables["guarantees"].rows) == 1


def test_the_keys_of_the_fields_below_the_header(tmp_path: Path) -> None:
    headers: Row = ["担保编号", "担保人代码", "被担保人代码", "担保余额"]
    keys: Row = ["id", "guarantor_code", "beneficiary_code", "balance"]
    filing = filed(tmp_path, "guarantees", [headers, keys, ["DB-1", A, B, 5]])
    assert column(filing, "guarantees", "id") == ["DB-1"]
    assert left_out(filing, "guarantees") == {2: LeftOut.HEADER}

"""Totals, notes, blank rows and repeated headers are no data; all else is."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.filings.batch import batch_of
from soe_compliance.filings.data_rows import _HINT, _is_hint_text
from soe_compliance.filings.layout import LeftOut
from tests.filings.filed import GUARANTEE_HEADERS, Row, codes, column, filing_bytes, places, read_one

HEADERS = ["序号", "担保编号", "担保人代码", "担保人名称", "被担保人代码", "被担保人名称", "担保余额", "备注"]
DATA: Row = [1, "DB-1", "A", "甲", "B", "乙", 100, ""]


def kept(folder: Path, *rows: Row, headers: list[str] | None = None) -> list[int]:
    """The sheet's numbers of the data rows, where the given rows start in row 3 below a data row."""
    filing = read_one(folder, filing_bytes(guarantees=[headers or HEADERS, DATA, *rows]))
    return [number + 1 for number in filing.tables["guarantees"].rows]


NO_DATA: dict[str, Row] = {
    "total in the first column": ["合计", "", "", "", "", "", 100],
    "total in a name": ["", "", "", "合计", "", "", 100],
    "total with a number": [2, "", "", "", "", "小计", 100],
    "total in the id": ["", "合计", "", "", "", "", 100],
    "total in a code": ["", "", "合计", "", "", "", 100],
    "total in a code beside a code": [2, "", "A", "甲", "小计", "", 100],
    "subtotal of one guarantor": [2, "", "A", "甲", "", "小计", 100],
    "spaced total": ["", "", "合　计", "", "", "", 100],
    "spaced total in the first column": ["合 计", "", "", "", "", "", 100],
    "total with colon": ["合计：", "", "", "", "", "", 100],
    "grand total": ["总计", "", "", "", "", "", 100],
    "total with how many": ["总计 共5笔", "", "", "", "", "", 100],
    "running total": ["", "累计", "", "", "", "", 100],
    "together": ["", "", "", "共计", "", "", 100],
    "starred total": ["", "*合计", "", "", "", "", 100],
    "longer total": ["", "", "", "集团担保合计", "", "", 100],
    "of which": ["", "", "", "其中：对子企业担保", "", "", 100],
    "of which in the first column": ["其中：", "", "", "对外担保", "", "", 100],
    "note": ["注：1.余额为期末数", "", "", "", "", "", ""],
    "note in a known column": ["", "注：余额为期末数", "", "", "", "", ""],
    "numbered note": ["", "注1：余额为期末数", "", "", "", "", ""],
    "remark": ["", "备注：以上数据已经审计", "", "", "", "", ""],
    "explanation": ["", "说明：以上数据已经审计", "", "", "", "", ""],
    "filling in": ["", "填表说明", "", "", "", "", ""],
    "source": ["", "数据来源：财务系统", "", "", "", "", ""],
    "signatures": ["", "填表人：包乌云    审核人：    单位负责人：", "", "", "", "", ""],
    "signatures apart": ["", "填表人：包乌云", "审核人：", "", "单位负责人：", "", ""],
    "signatures with names beside": ["", "填表人：", "包乌云", "审核人：", "", "", ""],
    "head of the firm": ["", "单位负责人：张三", "", "", "", "", ""],
    "tabulator": ["", "制表：张三", "", "", "", "", ""],
    "tabulator and reviewer": ["", "", "制表：张三", "", "复核：李四", "", ""],
    "reviewer in a column that rows need": ["", "", "审 核：王五", "", "", "", ""],
    "notes beside their label": ["", "", "说明：", "", "1、余额为期末数", "", ""],
    "only a number": [2, "", "", "", "", "", ""],
    "only blanks": [" ", "  ", "\u3000", "", "", "", ""],
    "only a remark": ["", "", "", "", "", "", "", "以下空白"],
    "header again": HEADERS,
    "section": ["", "一、对子企业担保", "", "", "", "", ""],
    "section in brackets": ["（二）接入网设备"],
    "formula of columns": ["8栏=(9+17+19+24)栏；16栏≤9栏"],
    "relations": ["", "审核关系：1列≥2列"],
    "day of the export": ["", "导出日期：2024-04-01"],
    "day and firm": ["填表日期：2024年4月1日", "", "填报单位（公章）：样例集团"],
    "seal": ["", "", "", "（公章）"],
    "none": ["", "", "无"],
    "none in brackets": ["", "（本期无此事项）"],
    "foot of a page": ["", "第 1 页，共 3 页"],
    "all above is right": ["", "以上数据真实、准确"],
    "blank below": ["", "以下空白"],
    "legal representative": ["", "法定代表人：张三"],
    "note in brackets": ["", "［注］含利息"],
    "remark alone": ["", "备注"],
    "page total": ["本页合计", "", "", "", "", "", 100],
    "total with its unit": ["合计（万元）", "", "", "", "", "", 100],
    "dashes": [2, "-", "", "-", "", "", "-"],
    "dashes without a number": ["", "—", "——", "—", "－", " - ", "/"],
    "words for nothing": [2, "无", "N/A", "无", "N/A", "无", "/"],
    "not applicable": ["N/A", "N/A", "N/A", "N/A", "N/A", "N/A", "N/A", "N/A"],
    "dashes, and a remark in no used column": ["", "-", "-", "-", "-", "-", "-", "本期无担保"],
    "who signs and the day": ["", "负责人（签字）：", "", "", "", "", "2024年3月31日"],
    "who signs, a name and the day": ["", "单位负责人（签章）：", "张三", "", "", "2024年3月31日", ""],
    "who fills in and the day": ["填报人：张三", "", "", "2024年3月31日", "", "", ""],
    "who fills in and the day in the columns that rows need": [
        "",
        "",
        "填报人：张三",
        "",
        "2024年3月31日",
        "",
        "",
    ],
    "the day said to be one": ["", "日　期：2024年3月31日", "", "", "", "", ""],
    "hints in a row": ["", "如：DB-001", "请填写18位代码", "", "请填写18位代码", "", "单位：万元"],
}


@pytest.mark.parametrize("name", NO_DATA)
def test_what_is_no_data_is_left_out(tmp_path: Path, name: str) -> None:
    assert kept(tmp_path, NO_DATA[name], DATA) == [2, 4]


def test_notes_below_notes_that_begin_beside_their_label(tmp_path: Path) -> None:
    first: Row = ["", "", "说明：", "", "1、余额为期末数；", "", ""]
    rows: list[Row] = [
        ["", "", "", "", "2、不含境外企业。", "", ""],
        ["", "", "", "", "（3）含利息。", "", ""],
    ]
    assert kept(tmp_path, first, *rows) == [2]


IN_DOUBT: dict[str, Row] = {
    "firm named like a total": [2, "DB-2", "A", "合计贸易有限公司", "B", "其中一期", 100],
    "firm named like a note": [2, "DB-2", "A", "注释传媒有限公司", "B", "示例科技有限公司", 100],
    "section with an amount": ["", "一、对子企业担保", "", "", "", "", 100],
    "only a firm named like a total, without codes": [2, "DB-2", "", "合计贸易有限公司", "", "", 100],
    "without its guarantor": [2, "DB-2", "", "甲", "B", "乙", 100],
    "firm whose code begins like who signs": [2, "", "审核中心", "", "B", "", 100],
    "numbers beside a label": ["", "", "说明：", "", "100", "", ""],
    "only a name": [2, "", "", "甲", "", "", ""],
    "only an amount": ["", "", "", "", "", "", 100],
    "name that begins like a note": [2, "", "", "注册中心", "", "", ""],
    "total in its name, with codes": [2, "DB-2", "A", "合计", "B", "乙", 100],
    "note beside data": ["", "注：新增", "", "甲", "", "", 100],
    "notes in its remarks": [2, "DB-2", "A", "甲", "B", "乙", 100, "注：合计"],
    "named like a day of filling in": [2, "", "", "填报日期服务中心", "", "", ""],
    "columns in a name": [2, "", "", "8栏艺术公司", "", "", ""],
    "a day of filling in beside data": ["", "填报日期：", "", "甲", "", "", 100],
    "none beside an amount": ["", "", "无", "", "", "", 100],
    "none beside a name": ["", "无", "", "甲", "", "", ""],
    "enumerated": ["", "2、某笔", "", "", "", "", ""],
    "of which, with codes": [2, "其中：DB-2", "A", "甲", "B", "乙", 100],
    "a day beside a name": ["", "", "", "甲", "2024年3月31日", "", ""],
    "a day beside an amount": ["", "2024年3月31日", "", "", "", "", 100],
    "a day beside a nought": ["", "2024年3月31日", "", "", "", "", 0],
    "figures of a day": ["", "20240331", "", "", "", "", ""],
    "a month": ["", "", "", "2024年3月31日至4月1日", "", "", ""],
    "dashes and a nought": [2, "-", "-", "-", "-", "-", 0],
    "dashes and a name": [2, "-", "-", "甲", "-", "-", "-"],
    "a mark that is none": [2, "-", "-", "*", "-", "-", "-"],
}


@pytest.mark.parametrize("name", IN_DOUBT)
def test_what_may_be_data_is_data(tmp_path: Path, name: str) -> None:
    assert kept(tmp_path, IN_DOUBT[name]) == [2, 3]


DAYS = [
    "2024年3月31日",
    "2024-03-31",
    "2024.3.31",
    " 2024 年 3 月 31 日 ",
    "二〇二四年三月三十一日",
    "年　月　日",
]


@pytest.mark.parametrize("day", [*DAYS, "2024年  月  日", date(2024, 3, 31)])
@pytest.mark.parametrize("column", [1, 4, 6])
def test_a_day_alone_below_the_data_is_a_signing_line(tmp_path: Path, day: object, column: int) -> None:
    row: Row = [day if place == column else "" for place in range(7)]
    filing = read_one(tmp_path, filing_bytes(guarantees=[HEADERS, DATA, [], ["填表人：甲"], row, row]))
    assert list(filing.tables["guarantees"].rows) == [1]
    assert places(filing, "row-of-day") == ["担保台账!5:5", "担保台账!6:6"]
    layout = filing.tables["guarantees"].layout
    assert layout
    assert set(layout.left_out.values()) == {LeftOut.NOTE}
    assert batch_of([filing]).unusable["guarantees"].tolist() == [0]


def test_a_day_alone_with_data_below_is_a_row(tmp_path: Path) -> None:
    assert kept(tmp_path, ["", "2024年3月31日"], DATA) == [2, 3, 4]


def test_a_day_alone_in_a_column_of_days_is_a_row(tmp_path: Path) -> None:
    headers = [*HEADERS[:6], "签署日期"]
    assert kept(tmp_path, ["", "", "", "", "", "", "2024年3月31日"], headers=headers) == [2, 3]


@pytest.mark.parametrize("above", [["填表人：甲"], ["", "注：1、余额为期末数"]])
def test_a_day_right_below_the_notes_is_a_signing_line_in_any_column(tmp_path: Path, above: Row) -> None:
    headers, day = [*HEADERS[:6], "签署日期"], ["", "", "", "", "", "", "2024年3月31日"]
    assert kept(tmp_path, above, [], day, headers=headers) == [2]
    assert kept(tmp_path, above, DATA, day, headers=headers) == [2, 4, 5]


def test_a_day_beside_who_signs_is_a_signing_line_in_any_column(tmp_path: Path) -> None:
    headers = [*HEADERS[:6], "签署日期"]
    assert kept(tmp_path, ["", "", "", "负责人：", "", "", "2024年3月31日"], headers=headers) == [2]
    assert kept(tmp_path, ["", "", "", "甲公司", "", "", "2024年3月31日"], headers=headers) == [2, 3]


def test_a_day_alone_in_an_empty_table_is_no_row(tmp_path: Path) -> None:
    rows: list[Row] = [HEADERS, ["", "2024年3月31日"]]
    filing = read_one(
        tmp_path, filing_bytes(guarantees=rows, debts=[["融资合同编号", "借款人代码"], ["1", "A"]])
    )
    assert len(filing.tables["guarantees"].rows) == 0
    assert codes(filing) == ["row-of-day"]


def test_a_note_goes_on_in_the_same_column(tmp_path: Path) -> None:
    notes: list[Row] = [["", "注：1、余额为期末数"], ["", "2、比例为认缴比例"], ["", "（3）其他"]]
    assert kept(tmp_path, *notes) == [2]
    assert kept(tmp_path, *notes, ["", "DB-9"]) == [2, 6]


def test_totals_directly_under_the_header(tmp_path: Path) -> None:
    rows: list[Row] = [HEADERS, ["合计", "", "", "", "", "", 100], DATA]
    assert list(read_one(tmp_path, filing_bytes(guarantees=rows)).tables["guarantees"].rows) == [2]


def test_a_table_without_codes_knows_its_totals(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["年度", "季度", "融资余额合计", "融资总量上限"],
        [2024, "一季度", 5, 9],
        ["合计", "", 5, 9],
        [2024, "合计", 5, 9],
    ]
    filing = read_one(tmp_path, filing_bytes(financing_reports=rows))
    assert list(filing.tables["financing_reports"].rows) == [1]


def test_a_header_without_data_is_an_empty_table(tmp_path: Path) -> None:
    filing = read_one(tmp_path, filing_bytes(guarantees=[["标题"], GUARANTEE_HEADERS, ["合计", "", "", 0]]))
    assert len(filing.tables["guarantees"].rows) == 0
    assert column(filing, "guarantees", "balance") == []


def test_unknown_columns_are_mentioned(tmp_path: Path) -> None:
    headers = ["序号", "备注", *GUARANTEE_HEADERS, "银行（简称）", "", ""]
    rows: list[Row] = [["标题"], headers, [1, "x", "1", "A", "B", 3, "工行", "?", ""]]
    filing = read_one(tmp_path, filing_bytes(guarantees=rows))
    assert codes(filing) == ["column-unknown", "column-unknown"]
    assert places(filing, "column-unknown") == ["担保台账!G2", "担保台账!H2"]
    assert "银行(简称)" in filing.problems[0].text.zh


def test_a_repeated_column_is_an_error_and_the_first_is_used(tmp_path: Path) -> None:
    rows: list[Row] = [[*GUARANTEE_HEADERS, "担保余额（元）"], ["1", "A", "B", 3, 4]]
    filing = read_one(tmp_path, filing_bytes(guarantees=rows))
    assert column(filing, "guarantees", "balance") == [3.0]
    assert places(filing, "column-repeated") == ["担保台账!E1"]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_table_may_say_that_there_is_nothing(tmp_path: Path, place: int) -> None:
    row: Row = ["无" if column == place else "" for column in range(3)]
    rows: list[Row] = [["融资合同编号", "借款人代码", "融资余额"], row]
    filing = read_one(tmp_path, filing_bytes(debts=rows, guarantees=[HEADERS, DATA]))
    assert len(filing.tables["debts"].rows) == 0
    assert codes(filing) == []


@given(
    st.text(st.sampled_from("([xXyY09Aa-/.:, \t\n"), max_size=8) | st.text(st.characters(max_codepoint=127))
)
def test_an_ascii_text_is_told_to_be_a_hint_by_how_it_begins(text: str) -> None:
    assert _is_hint_text(text) == bool(_HINT.match("".join(text.split())))


RECORD = [
    "序号",
    "担保编号",
    "担保人代码",
    "担保人名称",
    "被担保人代码",
    "债权人",
    "签署日期",
    "是否购房人阶段性担保",
    "担保余额",
]


@pytest.mark.parametrize(
    "row",
    [
        [2, "DB-2", "合计", "甲", "B", "丙行", date(2024, 1, 8), "否", 100],
        [2, "DB-2", "", "甲", "B", "小计", "2024-1-8", "", 100],
        ["审核人：", "", "", "甲", "B", "丙行", "2024年1月8日", "否", 100],
        ["其中：", "DB-2", "", "甲", "", "丙行", "", "否", 100],
        ["示例", "DB-2", "", "甲", "B", "丙行", date(2024, 1, 8), "", 100],
    ],
)
def test_a_row_that_states_days_and_answers_is_data_whatever_word_it_holds(tmp_path: Path, row: Row) -> None:
    data: list[Row] = [[1, f"DB-{n}", "A", "甲", "B", "丙行", "2024-1-8", "否", 100] for n in (1, 3, 4)]
    filing = read_one(tmp_path, filing_bytes(guarantees=[RECORD, *data, row]))
    assert len(filing.tables["guarantees"].rows) == 4


@pytest.mark.parametrize(
    "row",
    [
        ["合计", "", "", "", "", "", date(2024, 3, 31), "", 300],
        ["", "", "A", "甲", "小计", "", "", "", 300],
        ["", "DB-1", "A", "甲", "", "小计", "", "", 300],
        ["填表人：", "张三", "", "审核人：", "", "李四", date(2024, 4, 8), "", ""],
        ["其中：", "", "", "逾期", "", "", "", "", 100],
    ],
)
def test_one_day_or_one_identifier_makes_no_row_of_a_total(tmp_path: Path, row: Row) -> None:
    data: list[Row] = [[1, f"DB-{n}", "A", "甲", "B", "丙行", "2024-1-8", "否", 100] for n in (1, 3, 4)]
    filing = read_one(tmp_path, filing_bytes(guarantees=[RECORD, *data, row]))
    assert len(filing.tables["guarantees"].rows) == 3


def test_answers_that_are_filled_down_beside_a_total_make_no_row_of_it(tmp_path: Path) -> None:
    answers = ["是否购房人阶段性担保", "是否融资担保主营业务", "担保方式"]
    data: Row = ["DB-1", "A", "B", 100, "否", "否", "一般保证"]
    total: Row = ["合计", "", "", 100, "否", "否", "一般保证"]
    filing = read_one(tmp_path, filing_bytes(guarantees=[[*GUARANTEE_HEADERS, *answers], data, total]))
    assert len(filing.tables["guarantees"].rows) == 1
    assert filing.problems == ()


@pytest.mark.parametrize(
    ("mark", "code", "told"),
    [
        ("示例", "91152201MAGC118M6A", True),
        ("例", "91152201MAGC118M6A", True),
        ("示例", "A", False),
        ("示例", "9115XXXXXXXXXXXXXX", False),
        ("示例", "", False),
        ("示例", "如：91152201MAGC118M6A", False),
        ("请填写", "91152201MAGC118M6A", False),
    ],
)
def test_an_example_that_may_be_data_is_told(tmp_path: Path, mark: str, code: str, told: bool) -> None:
    """Its mark may stand in a column that nobody sees."""
    example: Row = [mark, "DB-1", code, "甲", "B", "乙", 100, ""]
    filing = read_one(tmp_path, filing_bytes(guarantees=[HEADERS, example, DATA]))
    assert places(filing, "row-example") == (["担保台账!2:2"] if told else [])

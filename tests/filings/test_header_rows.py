"""Header rows: found wherever they stand, however they are dressed."""

from collections.abc import Sequence

import pytest

from soe_compliance.filings.forms import Unit
from soe_compliance.filings.header_rows import HeaderRow, _plain, find_header, heading_of
from soe_compliance.filings.tables import TABLES

GUARANTEES = TABLES["guarantees"]
HEADERS = ["担保编号", "担保人代码", "被担保人代码", "担保余额"]


def found(rows: Sequence[Sequence[object]], table: str = "guarantees") -> HeaderRow:
    width = max(map(len, rows))
    header = find_header([[*row, *[""] * (width - len(row))] for row in rows], TABLES[table])
    assert header
    return header


def fields(header: HeaderRow) -> dict[int, str]:
    return {column: heading.field.key for column, heading in header.columns.items()}


@pytest.mark.parametrize(
    "text",
    [
        "担保人代码",
        " 担保人代码 ",
        "担 保 人\n代 码",
        "*担保人代码",
        "担保人代码*",
        "＊担保人代码",
        "担保人代码（必填）",
        "担保人代码\n(必填)",
        "（必填）担保人代码",
        "担保人代码（18位）",
    ],
)
def test_a_dressed_header_is_known(text: str) -> None:
    heading = heading_of(text, "guarantees")
    assert heading
    assert heading.field.key == "guarantor_code"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("担保余额", None),
        ("担保余额（万元）", Unit.TEN_THOUSAND),
        ("担保余额(亿元)", Unit.HUNDRED_MILLION),
        ("担保余额\n（单位：元）", Unit.YUAN),
        ("担保余额（人民币千元）", Unit.THOUSAND),
        ("*担保余额（百万元）（必填）", Unit.MILLION),
        ("担保余额【万元】", Unit.TEN_THOUSAND),
    ],
)
def test_a_unit_is_taken_off_a_header(text: str, unit: Unit | None) -> None:
    heading = heading_of(text, "guarantees")
    assert heading
    assert heading.field.key == "balance"
    assert (heading.unit.unit if heading.unit else None) is unit


@pytest.mark.parametrize(
    "text", ["持股比例(%)", "持股比例（％）", "持股比例%", "持股比例 ( % )", "*持股比例（%）"]
)
def test_a_percent_sign_is_taken_off_a_header(text: str) -> None:
    heading = heading_of(text, "holdings")
    assert heading
    assert (heading.field.key, heading.percent) == ("ratio", True)
    plain = heading_of("持股比例", "holdings")
    assert plain
    assert not plain.percent


@pytest.mark.parametrize(
    "text",
    [
        "",
        "担保",
        "担保余额合计",
        "担保余额（期末）",
        "担保额度",
        "合同金额",
        "持股比例",
        "担保余额（含利息）（万元）",
    ],
)
def test_another_header_is_not_known(text: str) -> None:
    assert heading_of(text, "guarantees") is None


def test_hints_on_filling_in_are_taken_off_what_is_not_counted() -> None:
    for text in ("是否主业（是/否）", "实施日期（年/月/日）", "计划年度（年）", "投资总额（18位）"):
        heading = heading_of(text, "projects")
        assert (heading is not None) == (text[:4] != "投资总额")


@pytest.mark.parametrize("above", [0, 1, 5, 19])
def test_a_header_is_found_in_the_first_20_rows(above: int) -> None:
    header = found([*[["标题"]] * above, HEADERS, ["1", "A", "B", 3]])
    assert (header.first, header.last) == (above, above)
    assert fields(header) == {0: "id", 1: "guarantor_code", 2: "beneficiary_code", 3: "balance"}


def test_further_down_there_is_no_header() -> None:
    assert find_header([*[[""] * 4] * 20, HEADERS], GUARANTEES) is None


def test_columns_come_in_any_order_with_others_between() -> None:
    header = found([["序号", "备注", "被担保人代码", "银行", "担保余额", "", "担保人代码"]])
    assert fields(header) == {2: "beneficiary_code", 4: "balance", 6: "guarantor_code"}
    assert header.unknown == {3: "银行", 5: ""}


def test_the_row_with_most_headers_is_taken() -> None:
    header = found([["担保人代码", "被担保人代码", "", ""], HEADERS])
    assert header.first == 1


def test_all_required_headers_must_be_there() -> None:
    assert find_header([["担保编号", "担保人代码", "担保余额", "债权人"]], GUARANTEES) is None


def test_one_header_is_too_few_even_where_only_one_is_required() -> None:
    assert find_header([["项目编号", ""]], TABLES["approvals"]) is None
    assert find_header([["项目编号", "核准编号"]], TABLES["approvals"]) is not None


def test_a_repeated_header_counts_once() -> None:
    header = found([[*HEADERS, "担保余额（元）"]])
    assert fields(header)[3] == "balance"
    assert list(header.repeated) == [4]


def test_a_header_over_two_rows() -> None:
    rows: list[list[object]] = [
        ["担保台账", "", "", "", "", ""],
        ["担保编号", "担保人代码", "被担保人代码", "金额", "", "日期"],
        ["", "", "", "担保金额（万元）", "担保余额（万元）", "签署日期"],
        ["1", "A", "B", 2, 1, ""],
    ]
    header = found(rows)
    assert (header.first, header.last) == (1, 2)
    assert set(fields(header).values()) == {
        "id",
        "guarantor_code",
        "beneficiary_code",
        "amount",
        "balance",
        "signed_on",
    }


def test_a_header_split_so_that_no_row_has_all_that_is_required() -> None:
    rows: list[list[object]] = [["担保编号", "代码", "", "担保"], ["", "担保人代码", "被担保人代码", "余额"]]
    header = found([*rows, ["1", "A", "B", 2]])
    assert (header.first, header.last) == (0, 1)
    assert (found([*rows, ["", "", "", "（元）"]]).last) == 2
    assert set(fields(header).values()) == {"id", "guarantor_code", "beneficiary_code", "balance"}


@pytest.mark.parametrize("unit", ["（元）", "元", "人民币元", "单位：元"])
@pytest.mark.parametrize("headers", [HEADERS, [field.header for field in GUARANTEES.fields.values()]])
def test_units_in_a_row_of_their_own(unit: str, headers: list[str]) -> None:
    header = found([headers, [unit if text == "担保余额" else "" for text in headers], ["1", "A", "B", 3]])
    assert header.first == 0
    units = [heading.unit.unit for heading in header.columns.values() if heading.unit]
    assert units == [Unit.YUAN]
    assert header.last == 1


@pytest.mark.parametrize("beside", [["—", "-", "/"], ["计量单位", "", ""], ["", "单位", "—"]])
def test_units_in_a_row_with_marks_for_what_is_no_amount(beside: list[str]) -> None:
    header = found([HEADERS, [*beside, "元"], ["1", "A", "B", 3]])
    assert [heading.unit.unit for heading in header.columns.values() if heading.unit] == [Unit.YUAN]
    assert (header.last, len(header.columns)) == (1, 4)
    assert found([HEADERS, [*beside, 3], ["1", "A", "B", 3]]).last == 0


def test_a_bare_unit_below_what_is_no_amount_is_no_unit() -> None:
    header = found([HEADERS, ["", "", "元", ""], ["1", "A", "B", 3]])
    assert header.last == 0
    assert not any(heading.unit for heading in header.columns.values())


def test_a_data_row_is_no_part_of_the_header() -> None:
    header = found([[*HEADERS, "类型"], ["1", "A", "B", 3, "担保金额"], ["", "A", "B", "", "担保金额"]])
    assert header.last == 0


@pytest.mark.parametrize(
    ("text", "table", "field"),
    [
        ("投资方式(股权投资/固定资产投资/基金投资)", "projects", "kind"),
        ("是否境外（是、否）", "projects", "overseas"),
        ("还款来源（经营收入、再融资）", "debts", "repayment_source"),
        ("担保余额（本金/利息）", "guarantees", None),
        ("签署日期（申请/批复）", "guarantees", None),
    ],
)
def test_options_in_brackets_say_no_more_than_the_forms(text: str, table: str, field: str | None) -> None:
    heading = heading_of(text, table)
    assert (heading.field.key if heading else None) == field


def test_no_header_is_ascii_so_that_codes_need_not_be_looked_up() -> None:
    headers = {
        header for table in TABLES.values() for f in table.fields.values() for header in (f.header, *f.also)
    }
    assert not [header for header in headers if _plain(header).isascii()]

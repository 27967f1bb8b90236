"""Units: of a column by its header, of a sheet by its unit line; an unknown one blanks, and none is guessed."""

from pathlib import Path

import pytest

from soe_compliance.filings.batch import batch_of
from soe_compliance.filings.filing import Filing
from soe_compliance.filings.forms import Unit
from soe_compliance.filings.units import StatedUnit, unit_in_brackets, unit_named, unit_of_lines
from tests.filings.filed import (
    GUARANTEE_HEADERS,
    HEADER_ROWS,
    Row,
    codes,
    column,
    filing_bytes,
    places,
    read_one,
    workbook_bytes,
)

CASES = {
    "单位：万元": Unit.TEN_THOUSAND,
    "单位:万元": Unit.TEN_THOUSAND,
    "金额单位：亿元": Unit.HUNDRED_MILLION,
    "货币单位：元": Unit.YUAN,
    "（单位：人民币万元）": Unit.TEN_THOUSAND,
    "单位：万元（人民币）": Unit.TEN_THOUSAND,
    "单 位：百万元": Unit.MILLION,
    " 单位： 千元 ": Unit.THOUSAND,
    "编制单位：某某公司　　2024年3月31日　　单位：元": Unit.YUAN,
    "填报单位：某某公司 金额单位：万元 币种：人民币": Unit.TEN_THOUSAND,
    "担保台账（万元）": Unit.TEN_THOUSAND,
    "担保台账（单位：亿元）": Unit.HUNDRED_MILLION,
    "单位：户、万元": Unit.TEN_THOUSAND,
    "金额单位：万元，% 2024年": Unit.TEN_THOUSAND,
    "单位：元、万元": None,
    "担保台账（万 元）": Unit.TEN_THOUSAND,
    "单位：美元": None,
    "单位：万": None,
    "金额单位：斤": None,
    "单位：万美元": None,
}


@pytest.mark.parametrize(
    "text",
    [
        "万元",
        "（万元）",
        "[万元]",
        "【万元】",
        "〔万元〕",
        "万 元",
        "人民币万元",
        "人民币（万元）",
        "单位：万元",
        "金额单位：万元",
    ],
)
def test_a_text_that_names_a_unit(text: str) -> None:
    assert unit_named(text) is Unit.TEN_THOUSAND
    assert unit_in_brackets(text) == StatedUnit(text, Unit.TEN_THOUSAND)


@pytest.mark.parametrize("text", ["", "万", "X万元", "万元X", "单位：X万元", "单位：单位：万元"])
def test_a_text_that_names_none(text: str) -> None:
    assert unit_named(text) is None


def test_brackets_about_an_unknown_unit_and_about_something_else() -> None:
    for text in ("美元", "美 元", "金额单位：斤", "USD", "单 位：个"):
        assert unit_in_brackets(text) == StatedUnit(text, None)
    for text in ("2024年", "合计", ""):
        assert unit_in_brackets(text) is None


@pytest.mark.parametrize(("line", "unit"), CASES.items())
def test_a_unit_line(line: str, unit: Unit | None) -> None:
    found = unit_of_lines([["担保台账", "", ""], ["", line, ""]])
    assert found
    assert found.unit is unit


@pytest.mark.parametrize(
    "line",
    [
        "编制单位：兴安盟万元集团有限公司",
        "单位：兴安集团有限公司",
        "填报单位：某某公司",
        "担保单位",
        "单位负责人：",
        "计量单位：个",
        "单位：",
        "元",
        "担保台账（2024年）",
    ],
)
def test_what_is_no_unit_line(line: str) -> None:
    assert unit_of_lines([[line, "", "2024年"]]) is None


def test_a_unit_beside_its_label() -> None:
    found = unit_of_lines([["", "金额单位：", "", "亿元"]])
    assert found
    assert found.unit is Unit.HUNDRED_MILLION
    unknown = unit_of_lines([["金额单位", "英镑"]])
    assert unknown
    assert unknown.unit is None
    assert unit_of_lines([["单位", "兴安集团"]]) is None
    assert unit_of_lines([["金额 单位", "万元"]]) == StatedUnit("万元", Unit.TEN_THOUSAND)
    assert unit_of_lines([["金额单位："]]) is unit_of_lines([["金额单位：", ""]]) is None
    assert unit_of_lines([["金额单位：", 5.0, "万元"]]) is None


def test_in_the_header_only_a_unit_line_counts() -> None:
    for cell in ("单位：元", "单 位：元", "（单位：元）", "【金额单位：元】"):
        assert unit_of_lines([], [["担保余额", cell]]) == StatedUnit("元", Unit.YUAN)
    for cell in ("担保余额（单位：元）", "X单位：元"):
        assert unit_of_lines([], [["担保余额", cell]]) is None


def test_lines_that_disagree_state_no_known_unit() -> None:
    found = unit_of_lines([["单位：万元"], ["单位：元"]])
    assert found
    assert (found.unit, found.text) == (None, "万元、元")
    agreed = unit_of_lines([["单位：万元", "金额单位：万元"]])
    assert agreed
    assert agreed.unit is Unit.TEN_THOUSAND


def fen(filing: Filing, field: str = "balance") -> list[int]:
    return list(batch_of([filing]).tables["guarantees"].values(field).tolist())


def guarantees(*above: Row, headers: list[str] | None = None) -> list[Row]:
    return [*above, headers or GUARANTEE_HEADERS, ["1", "A", "B", 1.5]]


def test_the_header_goes_before_the_line_and_the_line_before_the_filing(tmp_path: Path) -> None:
    header = [*HEADER_ROWS, ["金额单位", "亿元"]]
    in_yuan = [*GUARANTEE_HEADERS[:3], "担保余额（元）"]
    for rows, expected in (
        (guarantees(), 15_000_000_000),
        (guarantees(["单位：万元"]), 1_500_000),
        (guarantees(["单位：万元"], headers=in_yuan), 150),
        (guarantees(headers=in_yuan), 150),
    ):
        filing = read_one(tmp_path, filing_bytes(filing=header, guarantees=rows))
        assert fen(filing) == [expected]
        assert codes(filing) == []


@pytest.mark.parametrize(("line", "unit"), [("亿元", Unit.HUNDRED_MILLION), (" 元 ", Unit.YUAN)])
def test_a_unit_alone_in_its_row_above_the_header(line: str, unit: Unit) -> None:
    assert unit_of_lines([["担保台账", ""], ["", line, ""]]) == StatedUnit(line.strip(), unit)
    assert unit_of_lines([["担保台账", ""], ["甲", line, ""]]) is None
    assert unit_of_lines([], [["", line, ""]]) is None


def test_the_unit_in_a_header_is_that_of_its_column_alone(tmp_path: Path) -> None:
    header = [*HEADER_ROWS, ["金额单位", "亿元"]]
    for other in ("担保金额（万元）", "合同金额（万元）", "担保金额（单位：万元）"):
        rows: list[Row] = [[*GUARANTEE_HEADERS, other], ["1", "A", "B", 1.5, 2]]
        filing = read_one(tmp_path, filing_bytes(filing=header, guarantees=rows))
        assert fen(filing) == [15_000_000_000]


def test_a_unit_line_may_stand_beside_the_header(tmp_path: Path) -> None:
    rows: list[Row] = [[*GUARANTEE_HEADERS, "", "（单位：元）"], ["1", "A", "B", 1.5]]
    assert fen(read_one(tmp_path, filing_bytes(guarantees=rows))) == [150]


def test_a_unit_below_the_table_is_none_of_the_table_and_said_where_it_differs(tmp_path: Path) -> None:
    filing = read_one(tmp_path, filing_bytes(guarantees=[*guarantees(), ["单位：元"]]))
    assert fen(filing) == [1_500_000]
    assert places(filing, "unit-below") == ["担保台账!3:3"]
    agreed = [["金额单位：元"], *guarantees(), ["单位：元"]]
    assert codes(read_one(tmp_path, filing_bytes(guarantees=agreed))) == []


CURRENCIES = ("人民币", "RMB", "cny", "人民币（元）", "", "/", "美元", "USD", "港币", "欧元")


@pytest.mark.parametrize("header", ["币种", "担保币种", "币 别"])
def test_an_amount_in_another_currency_is_no_amount(tmp_path: Path, header: str) -> None:
    rows = [[str(n), "A", "B", 1.5, currency] for n, currency in enumerate(CURRENCIES)]
    filing = read_one(tmp_path, filing_bytes(guarantees=[[*GUARANTEE_HEADERS, header], *rows]))
    assert column(filing, "guarantees", "balance") == [1.5] * 6 + [None] * 4
    assert places(filing, "currency-foreign") == [f"担保台账!D{row}" for row in range(8, 12)]
    assert set(codes(filing)) == {"currency-foreign"}


@pytest.mark.parametrize("header", ["担保余额（人民币万元）", "担保余额（折合人民币万元）"])
def test_amounts_that_were_converted_are_read(tmp_path: Path, header: str) -> None:
    rows: list[Row] = [[*GUARANTEE_HEADERS[:3], header, "币种"], ["1", "A", "B", 1.5, "美元"]]
    assert fen(read_one(tmp_path, filing_bytes(guarantees=rows))) == [1_500_000]
    line = [["单位：万元（人民币）"], [*GUARANTEE_HEADERS, "币种"], rows[1]]
    assert fen(read_one(tmp_path, filing_bytes(guarantees=line))) == [1_500_000]


def test_an_unknown_unit_in_a_header_blanks_the_column(tmp_path: Path) -> None:
    headers = ["担保编号", "担保人代码", "被担保人代码", "担保余额（美元）", "担保金额（万元）"]
    rows: list[Row] = [["单位：万元"], headers, ["1", "A", "B", 1.5, 2]]
    filing = read_one(tmp_path, filing_bytes(guarantees=rows))
    assert column(filing, "guarantees", "balance") == [None]
    assert column(filing, "guarantees", "amount") == [2.0]
    assert places(filing, "unit-unknown") == ["担保台账!D2"]


def test_an_unknown_unit_line_blanks_the_columns_without_a_unit_of_their_own(tmp_path: Path) -> None:
    headers = ["担保编号", "担保人代码", "被担保人代码", "担保余额", "担保金额（万元）"]
    rows: list[Row] = [["单位：万美元"], headers, ["1", "A", "B", 1.5, 2]]
    filing = read_one(tmp_path, filing_bytes(guarantees=rows))
    assert column(filing, "guarantees", "balance") == [None]
    assert column(filing, "guarantees", "amount") == [2.0]
    assert places(filing, "unit-unknown") == ["担保台账!D2"]


def test_a_unit_line_over_a_table_without_money_is_no_matter(tmp_path: Path) -> None:
    rows: list[Row] = [["单位：个"], ["金额单位：美元"], ["统一社会信用代码", "企业名称"], ["A", "甲"]]
    assert codes(read_one(tmp_path, filing_bytes(entities=rows))) == []


@pytest.mark.parametrize(
    ("name", "above", "fen"),
    [
        ("担保台账（亿元）", [], 10**10),
        ("担保台账(单位：元)", [], 10**2),
        ("担保台账（亿元）", [["单位：元"]], 10**2),
        ("担保台账（一）", [], None),
    ],
)
def test_a_unit_in_a_sheets_name(tmp_path: Path, name: str, above: list[Row], fen: int | None) -> None:
    rows: list[Row] = [*above, GUARANTEE_HEADERS, ["1", "A", "B", 5]]
    filing = read_one(tmp_path, workbook_bytes({"填报信息": HEADER_ROWS, name: rows}))
    assert filing.tables["guarantees"].fen_per_unit.get("balance") == fen

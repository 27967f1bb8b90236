"""Workbooks: sheets by title, cells with their places, whatever stands round the tables."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from soe_compliance.filings.batch import batch_of
from soe_compliance.filings.filing import Filing
from soe_compliance.filings.problems import left_out
from tests.filings.compound import record, xls
from tests.filings.filed import (
    GUARANTEE_HEADERS,
    HEADER_ROWS,
    Percent,
    Row,
    codes,
    column,
    filing_bytes,
    places,
    read_bytes,
    read_one,
    refused,
    the_problem,
    workbook_bytes,
)

DATA = Path(__file__).parent / "data"
GUARANTEES: list[Row] = [GUARANTEE_HEADERS, ["1", "A", "B", 1.5], ["2", "A", "C", 2.5]]


def test_a_workbook_as_it_is_filed(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["某某集团担保台账（2024年3月31日）"],
        ["编制单位：某某集团", "", "", "", "单位：亿元"],
        ["序号", *GUARANTEE_HEADERS, "签署日期", "备注"],
        [1, "DB-1", "A", "B", 3, date(2024, 1, 5), ""],
        [2, "DB-2", "A", "C", 4, "2024年1月6日", "新增"],
        ["合计", "", "", "", 7, "", ""],
        [],
        ["填表人：张三      审核人：      （公章）"],
    ]
    filing = read_one(tmp_path, filing_bytes(guarantees=rows))
    table = filing.tables["guarantees"]
    assert list(table.rows) == [3, 4]
    assert table.place(1, "balance") == "担保台账!E5"
    assert table.place(1, "debt_id") == table.place(1) == "担保台账!5:5"
    batch = batch_of([filing])
    assert batch.tables["guarantees"].values("balance").tolist() == [3 * 10**10, 4 * 10**10]
    assert batch.tables["guarantees"].values("signed_on").tolist() == [
        date(2024, 1, 5).toordinal(),
        date(2024, 1, 6).toordinal(),
    ]
    assert codes(filing) == []
    assert batch.problems == [()]


@pytest.mark.parametrize("first", [(0, 0), (4, 3), (0, 30), (17, 0)])
def test_places_are_those_of_the_sheet_wherever_its_range_begins(
    tmp_path: Path, first: tuple[int, int]
) -> None:
    filing = read_one(
        tmp_path, workbook_bytes({"填报信息": HEADER_ROWS, "担保台账": GUARANTEES}, first=first)
    )
    letters = {0: ("B", "D"), 3: ("E", "G"), 30: ("AF", "AH")}[first[1]]
    assert filing.header.place(0, "year") == f"填报信息!{letters[0]}{first[0] + 3}"
    assert filing.tables["guarantees"].place(1, "balance") == f"担保台账!{letters[1]}{first[0] + 3}"
    assert column(filing, "guarantees", "id") == ["1", "2"]


def test_sheets_are_known_after_nfkc_and_without_blanks(tmp_path: Path) -> None:
    filing = read_one(tmp_path, workbook_bytes({" 填报 信息": HEADER_ROWS, "担保台账\u3000": GUARANTEES}))
    assert filing.tables["guarantees"].place(0, "balance") == "担保台账\u3000!D2"


def test_other_sheets_are_mentioned(tmp_path: Path) -> None:
    sheets: dict[str, list[Row]] = {
        "填表说明": [["…"]],
        "填报信息": HEADER_ROWS,
        "担保台账": GUARANTEES,
        "Sheet1": [],
    }
    filing = read_one(tmp_path, workbook_bytes(sheets))
    assert codes(filing) == ["sheet-unknown", "sheet-unknown"]
    assert places(filing, "sheet-unknown") == ["填表说明", "Sheet1"]


def test_of_two_sheets_of_one_title_the_first_is_used(tmp_path: Path) -> None:
    filing = read_one(
        tmp_path, workbook_bytes({"填报信息": HEADER_ROWS, "担保台账": GUARANTEES, "担保 台账": []})
    )
    assert places(filing, "table-repeated") == ["担保 台账"]
    assert len(filing.tables["guarantees"].rows) == 2


def test_a_workbook_of_other_sheets_is_not_recognised(tmp_path: Path) -> None:
    assert refused(tmp_path, workbook_bytes({"Sheet1": [["集团名称", "甲"]]})) == [
        "nothing-recognised",
        "sheet-unknown",
    ]


@pytest.mark.parametrize("rows", [[], [["担保台账"]], [["担保编号", "担保人代码"], ["1", "A"]]])
def test_a_sheet_whose_header_is_not_found_counts_as_lacking(tmp_path: Path, rows: list[Row]) -> None:
    filing = read_one(tmp_path, filing_bytes(guarantees=rows, debts=[["借款人代码", "融资余额"]]))
    assert filing.tables.keys() == {"debts"}
    assert places(filing, "header-row-not-found") == ["担保台账"]
    assert "被担保人代码" in filing.problems[0].text.zh


def test_error_cells_are_blank(tmp_path: Path) -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    for title, rows in (("填报信息", HEADER_ROWS), ("担保台账", GUARANTEES)):
        sheet = book.add_worksheet(title)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, [cell.isoformat() if isinstance(cell, date) else cell for cell in row])
    sheet.write_formula("D2", "=1/0", None, "#DIV/0!")
    sheet.write_formula("D3", "=1+1", None, 2)
    book.close()
    filing = read_one(tmp_path, target.getvalue())
    assert column(filing, "guarantees", "balance") == ["", 2.0]


def test_merged_titles_are_no_matter(tmp_path: Path) -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    for title, rows in (("填报信息", HEADER_ROWS), ("担保台账", GUARANTEES)):
        sheet = book.add_worksheet(title)
        sheet.merge_range(0, 0, 1, 4, "某某集团" + title)
        for number, row in enumerate(rows, start=2):
            sheet.write_row(number, 0, [cell.isoformat() if isinstance(cell, date) else cell for cell in row])
    book.close()
    filing = read_one(tmp_path, target.getvalue())
    assert column(filing, "guarantees", "id") == ["1", "2"]
    assert codes(filing) == []


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The same workbook with its members changed."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in source.namelist():
            packed.writestr(name, change(name, source.read(name)))
    return target.getvalue()


HOLDINGS: list[Row] = [["出资人代码", "被投资企业代码", "持股比例（%）"], ["A", "B", 25], ["A", "C", 50]]


def test_formats_are_found_in_sheets_that_leave_references_out(tmp_path: Path) -> None:
    plain = filing_bytes(holdings=[*HOLDINGS[:2], ["A", "C", Percent(0.5)]])
    forms = {
        "as written": plain,
        "without references": repacked(
            plain,
            lambda name, data: re.sub(rb'<(c|row) r="\w+"', rb"<\1", data) if "sheet2" in name else data,
        ),
        "single quotes": repacked(
            plain, lambda name, data: data.replace(b'"', b"'") if "sheet2" in name else data
        ),
        "prefixed": repacked(plain, lambda name, data: prefixed(data) if "sheet2" in name else data),
    }
    for name, data in forms.items():
        filing = read_one(tmp_path, data)
        assert column(filing, "holdings", "ratio") == [25.0, 0.5], name
        assert list(filing.tables["holdings"].percent["ratio"]) == [True, False], name


def prefixed(sheet: bytes) -> bytes:
    """The sheet with each element in a named namespace."""
    sheet = re.sub(rb"<(/?)(?=[a-z])", rb"<\1x:", sheet)
    return sheet.replace(b"xmlns=", b"xmlns:x=")


def test_a_sheet_is_found_through_its_relation(tmp_path: Path) -> None:
    data = filing_bytes(holdings=[*HOLDINGS[:1], ["A", "C", Percent(0.5)]])
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as packed:
        for name in source.namelist():
            part = source.read(name).replace(b"worksheets/sheet2.xml", b"/xl/worksheets/other.xml")
            packed.writestr(name.replace("sheet2", "other"), part.replace(b"/xl//xl/", b"/xl/"))
    filing = read_one(tmp_path, target.getvalue())
    assert list(filing.tables["holdings"].percent["ratio"]) == [False]


@pytest.mark.parametrize("name", ["filing.xls", "filing.ods"])
def test_other_formats(tmp_path: Path, name: str) -> None:
    filing = read_one(tmp_path, (DATA / name).read_bytes(), name)
    assert (filing.group_code, filing.year, filing.reference_date) == ("P", 2024, date(2024, 3, 31))
    table = filing.tables["guarantees"]
    assert table.place(0, "balance") == "担保台账!F6"
    batch = batch_of([filing])
    assert batch.tables["guarantees"].values("balance").tolist() == [4_321_019, 1_000_000]
    assert batch.tables["guarantees"].values("signed_on").tolist() == [date(2024, 1, 5).toordinal()] * 2
    assert batch.problems == [()]


def test_encrypted_workbooks(tmp_path: Path) -> None:
    assert refused(tmp_path, (DATA / "encrypted.xlsx").read_bytes()) == ["file-encrypted"]
    password = record(0x2F, bytes(4))
    assert refused(tmp_path, xls("填报信息", [], password), "f.xls") == ["file-encrypted"]


def test_the_workbook_may_be_told_apart_from_its_name(tmp_path: Path) -> None:
    [filing] = read_bytes(tmp_path, filing_bytes(guarantees=GUARANTEES), "f.xls")
    assert isinstance(filing, Filing)


def test_where_formulas_cannot_be_told_of_it_is_said_once(tmp_path: Path) -> None:
    data = (Path(__file__).parent / "data" / "filing.xls").read_bytes()
    assert codes(read_one(tmp_path, data, "f.xls")).count("formulas-not-told") == 1
    assert "formulas-not-told" not in codes(read_one(tmp_path, filing_bytes(), "f.xlsx"))


REPORTS: list[Row] = [
    ["年度", "季度", "报送日期", "融资余额合计", "融资总量上限"],
    [2024, 1, "2024-04-01", 5, 4],
]
DEBTS: list[Row] = [
    ["融资合同编号", "借款人代码", "融资余额", "到期日期", "还款来源"],
    ["R", "P", 5, "2025-01-01", "财政收入"],
]


def test_two_tables_on_a_sheet_without_their_names(tmp_path: Path) -> None:
    data = workbook_bytes(
        {"填报信息": HEADER_ROWS, "融资情况": [["融资季报"], *REPORTS, [], ["融资明细"], *DEBTS]}
    )
    filing = read_one(tmp_path, data)
    found = the_problem(filing, "sheet-untold")
    assert found.location == "融资情况"
    assert "“融资季报”“融资明细”的表头" in found.text.zh
    assert filing.tables == {}
    assert list(left_out(filing.problems, filing.tables))


def test_all_tables_on_one_sheet(tmp_path: Path) -> None:
    data = workbook_bytes({"汇总": [*HEADER_ROWS, [], ["融资明细"], *DEBTS]})
    filing = read_one(tmp_path, data)
    assert "“融资明细”" in the_problem(filing, "sheet-untold").text.zh
    assert list(left_out(filing.problems, filing.tables))


def test_a_summary_of_tables_that_were_read(tmp_path: Path) -> None:
    both = [*REPORTS, [], *DEBTS]
    data = workbook_bytes({"填报信息": HEADER_ROWS, "融资季报": REPORTS, "融资明细": DEBTS, "情况": both})
    filing = read_one(tmp_path, data)
    assert [(one.code, one.location) for one in filing.problems] == [("sheet-unknown", "情况")]

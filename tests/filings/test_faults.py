"""Nothing vanishes: errors, formulas without a result, links, hidden sheets and rows are told of, each with its cell."""

import io
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
import xlsxwriter

from soe_compliance.filings.batch import batch_of
from soe_compliance.filings.discover import FoundFile
from soe_compliance.filings.filing import Filing, Unreadable
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.problems import Level
from soe_compliance.filings.reading import read_file
from soe_compliance.filings.sheet_facts import Fault, Faults
from tests.filings.compound import error, number, xls
from tests.filings.filed import (
    GUARANTEE_HEADERS,
    HEADER_ROWS,
    Row,
    codes,
    column,
    places,
    read_one,
    the_problem,
)
from tests.filings.test_hostile_workbooks import XLSB_HEADER, ods, record, xlsb

CELLS: list[Row] = [["1", "A", "B", 1.5], ["2", "A", "C", 2.5], ["3", "A", "D", 3.5]]


class Made:
    """A workbook with 填报信息 and 担保台账, and what a test adds."""

    def __init__(self) -> None:
        self._target = io.BytesIO()
        self.book = xlsxwriter.Workbook(self._target)
        for title, rows in (("填报信息", HEADER_ROWS), ("担保台账", [GUARANTEE_HEADERS, *CELLS])):
            sheet = self.book.add_worksheet(title)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, [str(cell) if hasattr(cell, "isoformat") else cell for cell in row])
        self.header, self.sheet = self.book.worksheets()

    def read(self, folder: Path, changes: Mapping[bytes, bytes] | None = None) -> Filing:
        self.book.close()
        data = self._target.getvalue()
        if changes:
            target = io.BytesIO()
            with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as into:
                for name in source.namelist():
                    part = source.read(name)
                    for old, new in changes.items():
                        part = part.replace(old, new)
                    into.writestr(name, part)
            data = target.getvalue()
        return read_one(folder, data)


@pytest.mark.parametrize("value", ["#REF!", "#NAME?", "#N/A", "#DIV/0!", "#VALUE!", "#NUM!", "#NULL!"])
def test_an_error_cell_is_blank_and_a_problem(tmp_path: Path, value: str) -> None:
    made = Made()
    made.sheet.write_formula("D3", "=X1", None, value)
    filing = made.read(tmp_path)
    found = the_problem(filing, "cell-error")
    assert (found.level, found.table, found.field, found.location) == (
        Level.ERROR,
        "guarantees",
        "balance",
        "担保台账!D3",
    )
    assert value in found.text.zh
    assert value in found.text.en
    assert column(filing, "guarantees", "balance") == [1.5, "", 3.5]


def test_an_error_in_the_filings_own_fields(tmp_path: Path) -> None:
    made = Made()
    made.header.write_formula("B2", "=X1", None, "#REF!")
    assert places(made.read(tmp_path), "cell-error") == ["填报信息!B2"]


def test_a_row_of_nothing_but_errors_is_a_row(tmp_path: Path) -> None:
    made = Made()
    for place in range(4):
        made.sheet.write_formula(4, place, "=X1", None, "#REF!")
    filing = made.read(tmp_path)
    assert places(filing, "cell-error") == [f"担保台账!{letter}5" for letter in "ABCD"]
    assert list(filing.tables["guarantees"].rows) == [1, 2, 3, 4]
    assert [found.code for found in batch_of([filing]).problems[0]] == ["row-unusable"]


def test_errors_where_nothing_is_read_are_no_matter(tmp_path: Path) -> None:
    made = Made()
    made.sheet.write_formula("F2", "=X1", None, "#REF!")
    made.sheet.write("A5", "合计")
    made.sheet.write_formula("D5", "=X1", None, "#REF!")
    assert "cell-error" not in codes(made.read(tmp_path))


def test_a_formula_without_a_result(tmp_path: Path) -> None:
    made = Made()
    made.sheet.write_formula("D3", "=SUM(E1:E9)", None, "")
    for changes in ({}, {b"<v></v>": b""}, {b"<v></v>": b"<v/>"}, {b'<c r="D3">': b"<c  r='D3'>"}):
        filing = (made if not changes else _again()).read(tmp_path, changes)
        assert places(filing, "formula-without-value") == ["担保台账!D3"]
        assert "=SUM(E1:E9)" in the_problem(filing, "formula-without-value").text.zh


def _again() -> Made:
    made = Made()
    made.sheet.write_formula("D3", "=SUM(E1:E9)", None, "")
    return made


def test_formulas_with_results_are_values(tmp_path: Path) -> None:
    made = Made()
    made.sheet.write_formula("D3", "=1+1", None, 2)
    made.sheet.write_formula("B4", '=IF(A1="","",1)', None, "Z")
    filing = made.read(tmp_path)
    assert codes(filing) == []
    assert column(filing, "guarantees", "balance") == [1.5, 2.0, 3.5]


def test_links_to_other_workbooks_keep_their_values_and_are_told_once_a_column(tmp_path: Path) -> None:
    made = Made()
    made.sheet.write_formula("D3", "=[1]Sheet1!A1", None, 7)
    made.sheet.write_formula("D4", '=[2]Sheet1!A1&"x"', None, 8)
    filing = made.read(tmp_path)
    found = the_problem(filing, "formula-external")
    assert (found.level, found.location) == (Level.WARNING, "担保台账!D3")
    assert "2" in found.text.en
    assert column(filing, "guarantees", "balance") == [1.5, 7.0, 8.0]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_form_is_read_and_said(tmp_path: Path, state: str) -> None:
    made = Made()
    made.sheet.hide()
    made.book.add_worksheet("内部债权").very_hidden()
    filing = made.read(tmp_path, {b'state="hidden"': f'state="{state}"'.encode()})
    assert len(filing.tables["guarantees"].rows) == 3
    assert places(filing, "sheet-hidden") == ["担保台账"]
    assert the_problem(filing, "sheet-hidden").level is Level.WARNING
    assert places(filing, "sheet-hidden-unused") == ["内部债权"]


def test_hidden_rows_are_read_and_said(tmp_path: Path) -> None:
    made = Made()
    made.sheet.set_row(1, None, None, {"hidden": True})
    made.sheet.set_row(9, None, None, {"hidden": True})
    filing = made.read(tmp_path)
    assert len(filing.tables["guarantees"].rows) == 3
    assert "1" in the_problem(filing, "rows-hidden").text.en.split()[0]


@pytest.mark.parametrize("options", [{"hidden": True}, None])
def test_hidden_columns_are_read_and_said(tmp_path: Path, options: dict[str, bool] | None) -> None:
    made = Made()
    made.sheet.set_column(3, 3, 8 if options else 0, None, options or {})
    made.sheet.set_column(6, 9, None, None, {"hidden": True})
    filing = made.read(tmp_path)
    found = the_problem(filing, "columns-hidden")
    assert (found.level, found.location) == (Level.NOTICE, "担保台账")
    assert "D（担保余额）" in found.text.en
    assert column(filing, "guarantees", "balance")[0] == 1.5


def test_a_hidden_column_of_units_is_said(tmp_path: Path) -> None:
    made = Made()
    for row, text in enumerate(["金额单位", "万元", "元", "万元"]):
        made.sheet.write_string(row, 8, text)
    made.sheet.set_column(8, 8, None, None, {"hidden": True})
    assert "I（金额单位）" in the_problem(made.read(tmp_path), "columns-hidden").text.en


@pytest.mark.parametrize(
    ("code", "told"), [('"2,498.51"', True), (';;;"否"', True), ('0.00"万元"', False), ("0%", False)]
)
def test_a_conditional_format_that_shows_something_else_is_said(
    tmp_path: Path, code: str, told: bool
) -> None:
    made = Made()
    shape = made.book.add_format({"num_format": code})
    made.sheet.conditional_format(
        "D2:D4", {"type": "no_errors", "format": made.book.add_format({"bold": True})}
    )
    made.sheet.conditional_format("D2", {"type": "formula", "criteria": "=TRUE", "format": shape})
    filing = made.read(tmp_path)
    assert places(filing, "format-conditional") == (["担保台账!D2"] if told else [])
    assert column(filing, "guarantees", "balance")[0] == 1.5


def test_a_chart_in_place_of_a_form(tmp_path: Path) -> None:
    made = Made()
    chart = made.book.add_chart({"type": "bar"})
    chart.add_series({"values": "=担保台账!$D$2:$D$4"})
    made.book.add_chartsheet("企业名录").set_chart(chart)
    assert places(made.read(tmp_path), "sheet-not-a-table") == ["企业名录"]


def test_strict_workbooks_are_read_alike(tmp_path: Path) -> None:
    made = Made()
    made.sheet.write_formula("D3", "=X1", None, "#REF!")
    filing = made.read(
        tmp_path,
        {
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        },
    )
    assert places(filing, "cell-error") == ["担保台账!D3"]


def test_errors_of_an_xlsb(tmp_path: Path) -> None:
    cells: dict[tuple[int, int], str | float] = {
        **{(0, place): str(header) for place, header in enumerate(GUARANTEE_HEADERS)},
        (1, 0): "1",
        (1, 1): "A",
        (1, 2): "B",
        (1, 3): 4.0,
    }
    data = xlsb({"填报信息": XLSB_HEADER, "担保台账": cells})
    old = record(0x05, struct.pack("<II", 3, 0) + struct.pack("<d", 4.0))
    new = record(0x03, struct.pack("<II", 3, 0) + b"\x17")
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as into:
        for name in source.namelist():
            into.writestr(name, source.read(name).replace(old, new))
    filing = read_one(tmp_path, target.getvalue(), "f.xlsb")
    assert places(filing, "cell-error") == ["担保台账!D2"]


def test_errors_of_an_ods(tmp_path: Path) -> None:
    def text(value: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'

    header = "".join(map(text, GUARANTEE_HEADERS))
    kinds = {
        "cell-error": '<table:table-cell xmlns:calcext="c" office:value-type="string" office:string-value="" '
        'calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>',
        "formula-without-value": '<table:table-cell table:formula="of:=[.A1]"/>',
        "formula-external": "<table:table-cell table:formula=\"of:='file:///x.ods'#$A.A1\" "
        'office:value-type="float" office:value="3"/>',
    }
    pairs = (
        ("集团统一社会信用代码", "P"),
        ("集团名称", "甲"),
        ("填报年度", "2024"),
        ("数据截止日", "2024-03-31"),
    )
    own = "".join(f"<table:table-row>{text(key)}{text(value)}</table:table-row>" for key, value in pairs)
    for code, cell in kinds.items():
        row = "".join(map(text, ("1", "A", "B"))) + cell
        gap = '<table:table-row table:number-rows-repeated="3"/>'
        table = f"<table:table-row>{header}</table:table-row>{gap}<table:table-row>{row}</table:table-row>"
        both = ods(table + f'</table:table><table:table table:name="填报信息">{own}')
        assert places(read_one(tmp_path, both, "f.ods"), code) == ["担保台账!D5"]


def test_errors_of_an_xls(tmp_path: Path) -> None:
    from soe_compliance.filings.compound import CompoundFile
    from soe_compliance.filings.xls_records import book_of

    stream = CompoundFile(xls("担保台账", [number(0, 0, 1), error(6, 7, 0x2A)])).stream("workbook")
    assert stream is not None
    book = book_of(stream.rstrip(b"\0"))
    assert book is not None
    [(name, sheet)] = book.sheets.items()
    assert name == "担保台账"
    assert [(*cell, fault.text) for *cell, fault in sheet.facts.faults] == [(6, 7, "#N/A")]


MANY = 1_500


def test_many_errors_in_columns_that_are_not_used_cost_nothing(tmp_path: Path) -> None:
    made = Made()
    helper = made.book.add_worksheet("辅助")
    for row in range(1, MANY):
        made.sheet.write_formula(row, 8, "=X1", None, "#REF!")
        helper.write_formula(row, 0, "=X1", None, "#REF!")
    filing = made.read(tmp_path)
    assert codes(filing) == ["column-unknown", "sheet-unknown"]
    assert list(filing.tables["guarantees"].rows) == [1, 2, 3]


@pytest.mark.parametrize("result", ["#REF!", ""])
def test_of_many_in_a_column_the_first_are_told_one_by_one_and_the_rest_together(
    tmp_path: Path, result: str
) -> None:
    made = Made()
    for row in range(1, MANY):
        made.sheet.write_row(row, 0, [str(row), "A", "B"])
        if row not in (1_200, 1_300):
            made.sheet.write_formula(row, 3, "=X1", None, result)
    filing = made.read(tmp_path)
    one, rest = (
        ("cell-error", "cells-error") if result else ("formula-without-value", "formulas-without-value")
    )
    assert len(places(filing, one)) == 1_000
    found = the_problem(filing, rest)
    assert (found.level, found.field, found.location) == (Level.ERROR, "balance", "担保台账!D1002")
    assert f"{MANY - 1 - 2 - 1_000}格" in found.text.zh
    assert "第1002-1200、1202-1300、1302-1500行" in found.text.zh
    balances = column(filing, "guarantees", "balance")
    assert {balances[row - 1] for row in range(1, MANY) if row not in (1_200, 1_300)} == {""}


def test_a_row_beyond_the_ones_told_of_is_still_unusable(tmp_path: Path) -> None:
    made = Made()
    for row in range(1, MANY):
        made.sheet.write_row(row, 0, [str(row), "", "B", 1])
        made.sheet.write_formula(row, 1, "=X1", None, "#REF!")
    filing = made.read(tmp_path)
    assert batch_of([filing]).unusable["guarantees"].tolist() == [MANY - 1]


@pytest.mark.parametrize("most", [3, 2])
def test_only_a_sheet_that_is_read_is_refused_for_its_errors(tmp_path: Path, most: int) -> None:
    made = Made()
    helper = made.book.add_worksheet("辅助")
    for row in range(1, 9):
        helper.write_formula(row, 0, "=X1", None, "#REF!")
    for row in range(1, 4):
        made.sheet.write_formula(row, 3, "=X1", None, "#REF!")
    made.book.close()
    path = tmp_path / "f.xlsx"
    path.write_bytes(made._target.getvalue())
    [found] = read_file(FoundFile(str(path)), Limits(faults=most))
    assert isinstance(found, Filing if most == 3 else Unreadable)
    assert places(found, "sheet-of-faults") == ["担保台账"] * (most == 2)


def test_very_many_formulas_of_their_own_are_faults_all_the_same() -> None:
    faults = Faults()
    for row in range(30_000):
        faults.add(row, 2, Fault.NO_VALUE, f"=A{row}" + "+1" * 100)
    found = faults.of_column(2)
    assert (len(faults), len(found), list(faults.of_column(3))) == (30_000, 30_000, [])
    assert found[5].text.startswith("=A5+1")
    assert {len(fault.text) for fault in found.values()} == {1, 100}
    assert {fault.fault for fault in found.values()} == {Fault.NO_VALUE}


def test_errors_of_an_ods_that_are_repeated(tmp_path: Path) -> None:
    def text(value: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'

    broken = (
        '<table:table-cell xmlns:calcext="c" office:value-type="string" calcext:value-type="error">'
        "<text:p>#REF!</text:p></table:table-cell>"
    )
    header = f"<table:table-row>{''.join(map(text, GUARANTEE_HEADERS))}</table:table-row>"
    row = "".join(map(text, ("1", "A", "B"))) + broken
    table = f'{header}<table:table-row table:number-rows-repeated="{MANY}">{row}</table:table-row>'
    own = "".join(f"<table:table-row>{text(str(k))}{text(str(v))}</table:table-row>" for k, v in HEADER_ROWS)
    data = ods(f'{table}</table:table><table:table table:name="填报信息">{own}')
    filing = read_one(tmp_path, data, "f.ods")
    assert set(column(filing, "guarantees", "balance")) == {""}
    assert len(places(filing, "cell-error")) == 1_000
    assert "500格" in the_problem(filing, "cells-error").text.zh


def test_an_error_that_is_merged_down_is_one_in_each_of_its_rows(tmp_path: Path) -> None:
    made = Made()
    made.sheet.merge_range("B2:B4", "")
    made.sheet.write_formula("B2", "=X1", None, "#REF!")
    filing = made.read(tmp_path)
    assert column(filing, "guarantees", "guarantor_code") == ["", "", ""]
    assert places(filing, "cell-error") == ["担保台账!B2", "担保台账!B3", "担保台账!B4"]

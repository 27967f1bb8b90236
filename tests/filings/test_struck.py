"""What is struck through is seen as deleted: it is never read as if it were not."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from soe_compliance.filings.batch import batch_of
from soe_compliance.filings.filing import Filing
from tests.filings.filed import GUARANTEE_HEADERS, codes, column, filing_bytes, places, read_one, the_problem

STRUCK = Font(strike=True)
ROWS = [["G1", "A", "B", "5"], ["G2", "A", "C", "7"], ["G3", "A", "B", "9"]]


def filed(folder: Path, change: Callable[[Worksheet], None]) -> Filing:
    book = openpyxl.load_workbook(BytesIO(filing_bytes(guarantees=[GUARANTEE_HEADERS, *ROWS])))
    change(book["担保台账"])
    target = BytesIO()
    book.save(target)
    return read_one(folder, target.getvalue())


def strike(sheet: Worksheet, cells: str) -> None:
    for cell in sheet[cells][0]:
        cell.font = STRUCK


def test_a_row_that_is_struck_through_is_in_doubt(tmp_path: Path) -> None:
    filing = filed(tmp_path, lambda sheet: strike(sheet, "A3:D3"))
    assert batch_of([filing]).unusable["guarantees"].tolist() == [1]
    assert codes(filing) == ["rows-struck"]
    assert "第3行整行带删除线" in the_problem(filing, "rows-struck").text.zh
    assert places(filing, "rows-struck") == ["担保台账!C3"]


def test_a_cell_that_is_struck_through_is_blank(tmp_path: Path) -> None:
    filing = filed(tmp_path, lambda sheet: strike(sheet, "D3:D3"))
    assert column(filing, "guarantees", "balance") == ["5", None, "9"]
    found = the_problem(filing, "cells-struck")
    assert (found.location, found.field) == ("担保台账!D3", "balance")
    assert "“担保余额”有1格（第3行）" in found.text.zh


def test_a_blank_cell_may_be_struck_through(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["D3"] = None
        strike(sheet, "D3:D3")

    assert codes(filed(tmp_path, change)) == []


def test_a_font_may_say_that_it_strikes_nothing(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        strike(sheet, "A3:D3")
        for cell in sheet["A3:D3"][0]:
            cell.font = Font(strike=False)

    assert codes(filed(tmp_path, change)) == []


@pytest.mark.parametrize(("struck", "blank"), [(True, True), (False, False)])
def test_a_text_that_is_struck_in_part(tmp_path: Path, struck: bool, blank: bool) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["D3"] = CellRichText(TextBlock(InlineFont(strike=struck, b=True), "1"), "7")

    filing = filed(tmp_path, change)
    assert column(filing, "guarantees", "balance")[1] == (None if blank else "17")
    assert places(filing, "cells-struck") == ["担保台账!D3"] * blank


def test_a_shared_text_that_is_struck_in_part(tmp_path: Path) -> None:
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    bold, struck = book.add_format({"bold": True}), book.add_format({"font_strikeout": True})
    base = openpyxl.load_workbook(BytesIO(filing_bytes(guarantees=[GUARANTEE_HEADERS, *ROWS])))
    for name in base.sheetnames:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(base[name].iter_rows(values_only=True)):
            for at, cell in enumerate(row):
                sheet.write(
                    number,
                    at,
                    cell,
                    *(
                        [book.add_format({"num_format": "yyyy-mm-dd"})]
                        if "datetime" in str(type(cell))
                        else []
                    ),
                )
    ledger = book.get_worksheet_by_name("担保台账")
    ledger.write_rich_string(1, 3, struck, "12", bold, "5")
    ledger.write_rich_string(2, 0, struck, "G", struck, "2")
    ledger.write_rich_string(3, 3, bold, "9", bold, "9")
    book.close()
    filing = read_one(tmp_path, target.getvalue())
    assert column(filing, "guarantees", "balance") == [None, "7", "99"]
    assert column(filing, "guarantees", "id") == ["G1", None, "G3"]
    assert places(filing, "cells-struck") == ["担保台账!A3", "担保台账!D2"]

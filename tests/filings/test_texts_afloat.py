"""Units in text boxes and page headers are read by people, and by no reader of cells."""

from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from soe_compliance.filings.filing import Filing
from tests.filings.filed import GUARANTEE_HEADERS, Row, codes, column, read_one, the_problem

HEADER: list[Row] = [
    ["集团统一社会信用代码", "P"],
    ["集团名称", "样例集团"],
    ["填报年度", 2024],
    ["数据截止日", "2024-03-31"],
]


def filed(
    folder: Path, text: str, *, unit: str = "", usual: str = "", box: bool = True, sheet: str = "担保台账"
) -> Filing:
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    header: Row = [*GUARANTEE_HEADERS[:3], f"担保余额（{unit}）" if unit else "担保余额"]
    tables: dict[str, list[Row]] = {
        "填报信息": [*HEADER, ["金额单位", usual]],
        "担保台账": [header, ["G", "A", "B", 5]],
    }
    for name, rows in tables.items():
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        if name == sheet and box:
            page.insert_textbox(8, 2, f"集团担保台账\n{text}")
        elif name == sheet:
            page.set_header(f'&L&"宋体"集团&R&10{text}')
    book.close()
    return read_one(folder, target.getvalue())


@pytest.mark.parametrize("box", [True, False])
def test_a_unit_that_is_not_the_one_used(tmp_path: Path, box: bool) -> None:
    filing = filed(tmp_path, "单位：亿元", box=box)
    found = the_problem(filing, "unit-afloat")
    assert (found.location, "亿元" in found.text.zh) == ("担保台账", True)
    assert column(filing, "guarantees", "balance") == [5]
    assert filing.tables["guarantees"].fen_per_unit == {}


@pytest.mark.parametrize("box", [True, False])
@pytest.mark.parametrize(("unit", "usual"), [("亿元", ""), ("亿元", "元"), ("", "亿元")])
def test_a_unit_that_is_the_one_used(tmp_path: Path, unit: str, usual: str, box: bool) -> None:
    assert codes(filed(tmp_path, "单位：亿元", unit=unit, usual=usual, box=box)) == []


@pytest.mark.parametrize("text", ["编制单位：样例集团", "第1页", "亿元大项目", "审核"])
def test_texts_of_something_else(tmp_path: Path, text: str) -> None:
    assert codes(filed(tmp_path, text)) == []


def test_a_sheet_without_amounts(tmp_path: Path) -> None:
    assert codes(filed(tmp_path, "单位：亿元", sheet="填报信息")) == []

"""Formulas filled down below the data, with nothing in them, are no rows; where one datum may be missing they stay rows."""

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter

from soe_compliance.api import Settings, check_paths
from soe_compliance.engine import Status
from soe_compliance.filings.batch import batch_of
from soe_compliance.filings.filing import Filing
from soe_compliance.filings.layout import LeftOut
from soe_compliance.filings.problems import Level
from tests.filings.filed import HEADER_ROWS, Row, codes, places, read_one, the_problem
from tests.filings.test_csv import HEADER as CSV_HEADER
from tests.filings.test_csv import read as read_csv
from tests.filings.test_csv import write

HEADERS: Row = ["序号", "担保编号", "担保人代码", "被担保人代码", "担保余额", "备注"]
DATA: Row = [1, "DB-1", "A", "B", 1.5, ""]
NOTHING: Row = ["", "#N/A", "#N/A", "#N/A", "#N/A", ""]


def book(rows: Sequence[Row]) -> bytes:
    """A filing whose 担保台账 has these rows; errors, and “=” for a text of blanks, are results of formulas."""
    target = io.BytesIO()
    made = xlsxwriter.Workbook(target)
    header = made.add_worksheet("填报信息")
    for place, (label, value) in enumerate(HEADER_ROWS):
        header.write_row(place, 0, [label, str(value) if hasattr(value, "isoformat") else value])
    sheet = made.add_worksheet("担保台账")
    for number, row in enumerate([HEADERS, *rows]):
        for column, cell in enumerate(row):
            if cell == "=":
                sheet.write_formula(number, column, '=" "', None, " ")
            elif isinstance(cell, str) and cell.startswith("#"):
                sheet.write_formula(number, column, "=VLOOKUP(A1,X:X,1,0)", None, cell)
            elif cell != "":
                sheet.write(number, column, cell)
    made.close()
    return target.getvalue()


def read(folder: Path, *rows: Row) -> Filing:
    return read_one(folder, book(rows))


def kept(filing: Filing) -> list[int]:
    """The rows with data as the sheet numbers them."""
    return [number + 1 for number in filing.tables["guarantees"].rows]


NO_ROW: dict[str, Row] = {
    "errors alone": NOTHING,
    "with a running number": [2, *NOTHING[1:]],
    "beside a nought": ["", "#N/A", "#N/A", "#N/A", 0, ""],
    "beside blanks": ["", "", "#N/A", "", "", ""],
    "beside empty texts": ["", "=", "#N/A", "#N/A", "=", "="],
}


@pytest.mark.parametrize("name", NO_ROW)
def test_formulas_without_anything_are_no_row(tmp_path: Path, name: str) -> None:
    filing = read(tmp_path, DATA, NO_ROW[name], NO_ROW[name])
    assert kept(filing) == [2]
    assert codes(filing) == ["rows-of-formulas"]
    found = the_problem(filing, "rows-of-formulas")
    assert (found.level, found.location) == (Level.WARNING, "担保台账!3:4")
    assert "3-4" in found.text.zh
    layout = filing.tables["guarantees"].layout
    assert layout
    assert layout.left_out == {2: LeftOut.FORMULAS, 3: LeftOut.FORMULAS}
    assert batch_of([filing]).unusable["guarantees"].tolist() == [0]


ROW: dict[str, Row] = {
    "with what was looked up": ["", "DB-2", "#N/A", "#N/A", "#N/A", ""],
    "with a remark": ["", "#N/A", "#N/A", "#N/A", "#N/A", "待补"],
    "with an amount": ["", "#N/A", "#N/A", "#N/A", 3, ""],
    "with a dash": ["", "#N/A", "#N/A", "-", "#N/A", ""],
    "with a running text": ["二", "#N/A", "#N/A", "#N/A", "#N/A", ""],
    "with a statement": ["", "", "", "", 0, False],
    "with noughts and an amount": ["", 0, 0, "", 0.01, ""],
    "with a broken reference": ["", "#N/A", "#REF!", "#N/A", "#N/A", ""],
    "with a broken name": ["", "#N/A", "#N/A", "#N/A", "#NAME?", ""],
    "with a wrong value": ["", "#N/A", "#N/A", "#N/A", "#VALUE!", ""],
    "with a division": ["", "#N/A", "#N/A", "#N/A", "#DIV/0!", ""],
}


@pytest.mark.parametrize("name", ROW)
def test_where_a_datum_may_be_missing_it_stays_a_row(tmp_path: Path, name: str) -> None:
    filing = read(tmp_path, DATA, ROW[name])
    assert kept(filing) == [2, 3]
    assert "rows-of-formulas" not in codes(filing)
    assert batch_of([filing]).unusable["guarantees"].tolist() == [1]


def test_with_data_below_it_stays_a_row(tmp_path: Path) -> None:
    filing = read(tmp_path, DATA, NOTHING, DATA, NOTHING)
    assert kept(filing) == [2, 3, 4]
    assert places(filing, "rows-of-formulas") == ["担保台账!5:5"]
    assert batch_of([filing]).unusable["guarantees"].tolist() == [1]


def test_a_table_of_nothing_else_is_not_empty(tmp_path: Path) -> None:
    filing = read(tmp_path, NOTHING, NOTHING)
    assert kept(filing) == [2, 3]
    assert batch_of([filing]).unusable["guarantees"].tolist() == [2]


def test_each_run_is_told_of_once(tmp_path: Path) -> None:
    filing = read(tmp_path, DATA, NOTHING, NOTHING, ["合计", "", "", "", 1.5, ""], NOTHING)
    assert places(filing, "rows-of-formulas") == ["担保台账!3:4", "担保台账!6:6"]
    assert places(filing, "total-differs") == []


def test_the_filing_is_complete_without_them(tmp_path: Path) -> None:
    for name, rows, status in (
        ("a.xlsx", [DATA, NOTHING], Status.CHECKED),
        ("b.xlsx", [DATA, ROW["with a remark"]], Status.INCOMPLETE),
    ):
        path = tmp_path / name
        path.write_bytes(book(rows))
        [result] = check_paths([str(path)], Settings()).filings
        assert result.status is status


def test_in_csv_too(tmp_path: Path) -> None:
    text = "担保编号,担保人代码,被担保人代码,担保余额\n1,A,B,2\n#N/A,#N/A,#N/A,0\n"
    filing = read_csv(write(tmp_path, filing=CSV_HEADER, guarantees=text))
    assert len(filing.tables["guarantees"].rows) == 1
    assert places(filing, "rows-of-formulas") == ["guarantees.csv:3"]


@pytest.mark.parametrize("row", [["", 0, 0, 0, 0, ""], ["", "", "", "", 0, ""], [2, 0, 0, 0, 0, ""]])
def test_noughts_alone_are_stated(tmp_path: Path, row: Row) -> None:
    filing = read(tmp_path, DATA, row)
    assert kept(filing) == [2, 3]
    assert "rows-of-formulas" not in codes(filing)

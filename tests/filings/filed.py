"""Filings as tests write them: rows by table, as a workbook or as JSON."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from soe_compliance.filings.discover import FoundFile
from soe_compliance.filings.filing import Filing, Unreadable
from soe_compliance.filings.problems import Problem
from soe_compliance.filings.reading import read_file
from soe_compliance.filings.tables import TABLES

Row = Sequence[object]

HEADER_ROWS: list[Row] = [
    ["集团统一社会信用代码", "P"],
    ["集团名称", "样例集团"],
    ["填报年度", 2024],
    ["数据截止日", date(2024, 3, 31)],
]
HEADER_JSON: dict[str, object] = {
    "group_code": "P",
    "group_name": "样例集团",
    "year": 2024,
    "reference_date": "2024-03-31",
}
GUARANTEE_HEADERS = ["担保编号", "担保人代码", "被担保人代码", "担保余额"]


class Percent(float):
    """A number in a cell with a percent format."""


class Formatted:
    """A number, a text or a day in a cell with this number format."""

    def __init__(self, content: float | str | date, number_format: str) -> None:
        self.content = content
        self.number_format = number_format


def workbook_bytes(sheets: Mapping[str, Iterable[Row]], *, first: tuple[int, int] = (0, 0)) -> bytes:
    """An .xlsx with these sheets, each from the cell `first` on."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    percent = book.add_format({"num_format": "0.00%"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows, start=first[0]):
            for column, cell in enumerate(row, start=first[1]):
                if isinstance(cell, Formatted):
                    shape = book.add_format({"num_format": cell.number_format})
                    if isinstance(cell.content, str):
                        sheet.write_string(number, column, cell.content, shape)
                    elif isinstance(cell.content, date):
                        sheet.write_datetime(number, column, cell.content, shape)
                    else:
                        sheet.write_number(number, column, cell.content, shape)
                elif isinstance(cell, Percent):
                    sheet.write_number(number, column, cell, percent)
                elif isinstance(cell, bool):
                    sheet.write_boolean(number, column, cell)
                elif isinstance(cell, (date, datetime)):
                    sheet.write_datetime(number, column, cell, day)
                elif isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                elif cell is not None:
                    sheet.write_number(number, column, cell)
    book.close()
    return target.getvalue()


def filing_bytes(**tables: Iterable[Row]) -> bytes:
    """An .xlsx with a valid 填报信息 and these tables, by their keys."""
    sheets: dict[str, Iterable[Row]] = {TABLES["filing"].title: tables.pop("filing", HEADER_ROWS)}
    sheets |= {TABLES[key].title: rows for key, rows in tables.items()}
    return workbook_bytes(sheets)


def read_bytes(folder: Path, data: bytes, name: str = "f.xlsx") -> list[Filing | Unreadable]:
    path = folder / name
    path.write_bytes(data)
    return read_file(FoundFile(str(path)))


def read_one(folder: Path, data: bytes, name: str = "f.xlsx") -> Filing:
    """The one filing of a file."""
    [filing] = read_bytes(folder, data, name)
    assert isinstance(filing, Filing), [problem.text.en for problem in filing.problems]
    return filing


def refused(folder: Path, data: bytes, name: str = "f.xlsx") -> list[str]:
    """The codes of the problems for which a file could not be read."""
    [filing] = read_bytes(folder, data, name)
    assert isinstance(filing, Unreadable)
    return codes(filing)


def read_json(folder: Path, document: object, name: str = "f.json") -> list[Filing | Unreadable]:
    return read_bytes(folder, json.dumps(document, ensure_ascii=False).encode(), name)


def codes(filing: Filing | Unreadable) -> list[str]:
    return [problem.code for problem in filing.problems]


def places(filing: Filing | Unreadable, code: str) -> list[str | None]:
    """Where the problems of this code are."""
    return [problem.location for problem in filing.problems if problem.code == code]


def the_problem(filing: Filing | Unreadable, code: str) -> Problem:
    [found] = [problem for problem in filing.problems if problem.code == code]
    return found


def column(filing: Filing, table: str, field: str) -> list[Any]:
    """The cells of a field as they stand."""
    return list(filing.tables[table].cells[field])

"""A filing that is no .xlsx as one: its values at the same places, for a copy that can be marked."""

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import Any

from msgspec import Struct

from soe_compliance.domain.amounts import plain
from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.filing import Filing, RawTable
from soe_compliance.filings.tables import HEADER, TABLES
from soe_compliance.report.annotated.notes import Spot
from soe_compliance.report.annotated.refusals import cannot_edit
from soe_compliance.report.book import printed_width
from soe_compliance.report.safe import may_be_formula, visible
from soe_compliance.report.sheets import fitting

_LONGEST_TITLE = 31
_NOT_IN_TITLES = r"[\[\]:*?/\\\x00-\x1f]|^'|'$"
_WIDEST, _NARROWEST = 40, 8
_SAMPLED_ROWS = 200
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_MOST_DIGITS = 15
_NUMBERS = (FieldType.MONEY, FieldType.RATIO)
_DECIMAL = pattern(r"-?\d{1,18}(\.\d{1,18})?", re.ASCII)
_FORMATS = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm:ss", time: "hh:mm:ss", timedelta: "[h]:mm:ss"}


class ValuesCopy(Struct, frozen=True):
    """The copy: its bytes, the names of its sheets by those of the original, the places of locations in it."""

    content: bytes
    titles: Mapping[str, str]
    places: Mapping[str, Spot]


def copy_of_workbook(data: bytes, day: date) -> ValuesCopy:
    """The values of a workbook (.xls .xlsb .ods .et), at the same cells; `day` is the date that the copy bears."""
    import python_calamine

    book = _Book(day)
    titles: dict[str, str] = {}
    with python_calamine.CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
        for place, name in enumerate(workbook.sheet_names):
            rows = workbook.get_sheet_by_index(place).to_python(skip_empty_area=False)
            titles[name] = book.add(name, rows)
    return ValuesCopy(book.finished(), titles, {})


def copy_of_filing(filing: Filing, day: date) -> ValuesCopy:
    """The tables of a filing, each on a sheet of its own under the headers of the forms; its own fields as pairs."""
    book = _Book(day)
    places: dict[str, Spot] = {}
    for table in (filing.header, *filing.tables.values()):
        form = TABLES[table.key]
        fields = [key for key in form.fields if key in table.cells]
        fields += [key for key in form.fields if key not in table.cells]
        by_row = [[_cell(table, key, row) for key in fields] for row in range(len(table.rows))]
        headers = [form.fields[key].header for key in fields]
        if table.key == HEADER:
            title = book.add(form.title, [list(pair) for pair in zip(headers, *by_row[:1], strict=True)])
            places |= {table.place(0, key): Spot(title, row, 1) for row, key in enumerate(fields)}
            continue
        ratios = [c for c, key in enumerate(fields) if form.fields[key].type is FieldType.RATIO]
        shares = {
            (row + 1, c) for c in ratios for row in range(len(by_row)) if _is_share(table, fields[c], row)
        }
        title = book.add(form.title, [headers, *by_row], shares)
        for row in range(len(by_row)):
            places[table.place(row)] = Spot(title, row + 1, 0)
            places |= {
                table.place(row, key): Spot(title, row + 1, column) for column, key in enumerate(fields)
            }
    return ValuesCopy(book.finished(), {}, places)


def _is_share(table: RawTable, key: str, row: int) -> bool:
    """Whether a number in a ratio field is a share of 1, not a percentage."""
    percent = table.percent.get(key)
    return not (percent and percent[row])


def _cell(table: RawTable, key: str, row: int) -> object:
    """A cell as read; a decimal number that JSON holds as text is a number."""
    column = table.cells.get(key)
    cell = column[row] if column else None
    is_number = TABLES[table.key].fields[key].type in _NUMBERS
    return Decimal(cell) if is_number and isinstance(cell, str) and _DECIMAL.fullmatch(cell) else cell


class _Book:
    """A workbook of plain values."""

    def __init__(self, day: date) -> None:
        from xlsxwriter import Workbook

        self._bytes = BytesIO()
        self._book: Any = Workbook(self._bytes, {"in_memory": True})
        self._book.set_properties({"created": datetime(day.year, day.month, day.day)})
        self._quoted = self._book.add_format({"quote_prefix": True})
        self._share = self._book.add_format({"num_format": "0.00####%"})
        self._dates = {kind: self._book.add_format({"num_format": form}) for kind, form in _FORMATS.items()}
        self._titles: set[str] = set()

    def add(self, name: str, rows: list[list[Any]], shares: Collection[tuple[int, int]] = ()) -> str:
        """Add a sheet; gives its name, which differs from the one asked for where programs don't allow that.

        `shares` are the cells, by row and column, whose numbers are shares: shown as percentages.
        """
        title = self._title(name)
        if len(rows) > _MOST_ROWS or max(map(len, rows), default=0) > _MOST_COLUMNS:
            raise cannot_edit("行列数超过.xlsx的上限", "it has more rows or columns than an .xlsx takes")
        sheet = self._book.add_worksheet(title)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                self._write(sheet, row, column, cell, (row, column) in shares)
        for column, sampled in enumerate(zip(*rows[:_SAMPLED_ROWS], strict=False)):
            widest = max(printed_width(str(cell)[:_WIDEST]) for cell in sampled) + 2
            sheet.set_column(column, column, min(max(widest, _NARROWEST), _WIDEST))
        return title

    def finished(self) -> bytes:
        self._book.close()
        return self._bytes.getvalue()

    def _title(self, name: str) -> str:
        plain_name = re.sub(_NOT_IN_TITLES, "_", visible(name))[:_LONGEST_TITLE] or "_"
        title, number = plain_name, 1
        while title.casefold() in self._titles:
            number += 1
            behind = f"({number})"
            title = plain_name[: _LONGEST_TITLE - len(behind)] + behind
        self._titles.add(title.casefold())
        return title

    def _write(self, sheet: Any, row: int, column: int, cell: object, share: bool) -> None:
        match cell:
            case None | "":
                return
            case bool():
                sheet.write_boolean(row, column, cell)
            case float() | int() | Decimal() | Fraction() if _fits(cell):
                sheet.write_number(row, column, float(cell), self._share if share else None)
            case datetime() | date() | time() | timedelta() if (
                not isinstance(cell, date) or cell.year >= 1900
            ):
                sheet.write_datetime(row, column, cell, self._dates[type(cell)])
            case _:
                text = fitting(_shown(cell), "zh")
                sheet.write_string(row, column, text, self._quoted if may_be_formula(text) else None)


def _fits(number: float | Decimal | Fraction) -> bool:
    """Whether a cell holds the number as it is."""
    if isinstance(number, float):
        return abs(number) < float("inf")
    digits = plain(Fraction(number)).replace(".", "").lstrip("-0")
    return len(digits) <= _MOST_DIGITS


def _shown(cell: object) -> str:
    if isinstance(cell, int | Fraction | Decimal):
        return plain(Fraction(cell))
    return visible(str(cell))

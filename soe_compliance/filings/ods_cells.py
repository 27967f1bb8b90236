"""The sheets of an .ods workbook by its XML: how far they reach, how much text they unfold to, what cells hide."""

from collections.abc import Iterator
from io import BytesIO
from itertools import product
from xml.etree import ElementTree

from msgspec import Struct, field

from soe_compliance.filings.sheet_facts import CellFault, Fault, Faults, SheetFacts
from soe_compliance.filings.sheet_xml import local_name, whole

_STATED = frozenset({"value", "string-value", "date-value", "time-value", "boolean-value", "formula"})
"""What a cell says in attributes: readers keep it, like its text, in every cell that it is repeated in."""

_FILLED = _STATED | {"value-type"}


class OdsSheet(Struct):
    """What has been seen of a sheet so far.

    Attributes:
        rows, columns: up to the last cell in use.
        unfolded: the cells that its rows unfold to when read.
        text: the size of its texts and of those before it, each counted as often as it is repeated.
        before: the cells of the sheets before it.
    """

    name: str
    rows: int = 0
    columns: int = 0
    unfolded: int = 0
    text: int = 0
    before: int = 0
    faults: Faults = field(default_factory=Faults)
    hidden_rows: int = 0

    @property
    def facts(self) -> SheetFacts:
        return SheetFacts(self.faults, self.hidden_rows)


class _OdsRow(Struct):
    cells: list[tuple[int, bool, int]] = field(default_factory=list)
    faults: list[tuple[int, int, CellFault]] = field(default_factory=list)

    @property
    def width(self) -> int:
        """The cells that it unfolds to: blank ones at its end are cut off."""
        cells = self.cells
        return sum(count for count, _, _ in cells[:-1]) + (cells[-1][0] if cells and cells[-1][1] else 0)


def sheets_growing(content: bytes, most_cells: int) -> Iterator[OdsSheet]:
    """The sheet that a row belongs to, after each row: who asks may stop before the next.

    Args:
        most_cells: the rows times columns from which a sheet is too large to be read; no faults are taken of it then.
    """
    sheet, row, rows_read = OdsSheet(""), _OdsRow(), 0
    for event, element in ElementTree.iterparse(BytesIO(content), events=("start", "end")):
        tag = local_name(element.tag)
        if event == "start":
            if tag == "table":
                before = sheet.before + sheet.rows * sheet.columns
                sheet = OdsSheet(_attribute(element, "name"), text=sheet.text, before=before)
                rows_read = 0
            continue
        if tag in ("table-cell", "covered-table-cell"):
            _take_cell(row, element)
        elif tag == "table-row":
            repeated = whole(_attribute(element, "number-rows-repeated"), 1)
            _take_row(sheet, row, rows_read, repeated)
            if row.faults and sheet.rows * sheet.columns <= most_cells:
                _take_faults(sheet, row, range(rows_read, rows_read + repeated))
            filled = any(filled for _, filled, _ in row.cells)
            if filled and _attribute(element, "visibility") in ("collapse", "filter"):
                sheet.hidden_rows += repeated
            rows_read, row = rows_read + repeated, _OdsRow()
            element.clear()
            yield sheet


def _take_cell(row: _OdsRow, cell: ElementTree.Element) -> None:
    repeated = whole(_attribute(cell, "number-columns-repeated"), 1)
    fault = _fault(cell)
    if fault:
        row.faults.append((sum(count for count, _, _ in row.cells), repeated, fault))
    row.cells.append((repeated, _is_filled(cell), _text_size(cell)))


def _take_row(sheet: OdsSheet, row: _OdsRow, first: int, repeated: int) -> None:
    sheet.unfolded += row.width
    sheet.text += repeated * sum(cells * size for cells, _, size in row.cells)
    if any(filled for _, filled, _ in row.cells):
        sheet.rows, sheet.columns = first + repeated, max(sheet.columns, row.width)


def _take_faults(sheet: OdsSheet, row: _OdsRow, numbers: range) -> None:
    for number, (start, cells, fault) in product(numbers, row.faults):
        for column in range(start, start + cells):
            sheet.faults.add(number, column, fault.fault, fault.text)


def _fault(cell: ElementTree.Element) -> CellFault | None:
    formula = _attribute(cell, "formula")
    if any(local_name(key) == "value-type" and value == "error" for key, value in cell.attrib.items()):
        return CellFault(Fault.ERROR, "".join(cell.itertext()) or "#N/A")
    if not formula:
        return None
    if not _attribute(cell, "value-type"):
        return CellFault(Fault.NO_VALUE, formula)
    return CellFault(Fault.EXTERNAL, formula) if "'file:" in formula else None


def _attribute(element: ElementTree.Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if local_name(key) == name), "")


def _is_filled(cell: ElementTree.Element) -> bool:
    return len(cell) > 0 or any(local_name(key) in _FILLED for key in cell.attrib)


def _text_size(cell: ElementTree.Element) -> int:
    spaces = sum(whole(_attribute(part, "c"), 1) for part in cell.iter() if local_name(part.tag) == "s")
    stated = sum(len(value) for key, value in cell.attrib.items() if local_name(key) in _STATED)
    return spaces + stated + sum(map(len, cell.itertext()))

"""How much a packed workbook unfolds to when its cells are read: refused where it is too much."""

import re
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree

import numpy as np

from soe_compliance.domain.text import Text
from soe_compliance.filings.cell_places import cell_name
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.package import Package, PackageKind
from soe_compliance.filings.problems import problem
from soe_compliance.filings.raw import ReadingError
from soe_compliance.filings.sheet_xml import extent, local_name, sheet_parts, whole

_TEXTS = Text("单元格文字的总字节数", "bytes of text in its cells")
_END_OF_TEXT = re.compile(rb"</(?:\w+:)?si\s*>")
_TEXT_USED = re.compile(rb"""\bt\s*=\s*["']s["'][^>]*>\s*(?:<[^>]*>\s*)*?(\d{1,9})""")
_SHORTEST_CELL = 15
_BINARY_SHEETS = ("xl/worksheets/", "xl/chartsheets/", "xl/dialogsheets/")
_ROW_RECORD, _TEXT_RECORD, _LAST_CELL_RECORD, _TEXT_ITEM = 0x0000, 0x0007, 0x000B, 0x0013


def refuse_unfolding(package: Package, limits: Limits) -> None:
    """Refuse a workbook with a cell too far out, or texts used too often.

    Raises:
        ReadingError: one of them.
    """
    {
        PackageKind.XLSX: _refuse_in_xlsx,
        PackageKind.XLSB: _refuse_in_xlsb,
        PackageKind.ODS: _refuse_in_ods,
    }[package.kind](package, limits)


def refuse_large(sheet: str, rows: int, columns: int, limits: Limits) -> None:
    """Refuse a sheet of too many rows and columns, naming its last cell."""
    if rows * columns > limits.sheet_cells:
        raise ReadingError(
            problem(
                "sheet-too-large",
                location=sheet,
                sheet=sheet,
                cell=cell_name(rows - 1, columns - 1),
                rows=f"{rows:,}",
                columns=f"{columns:,}",
                limit=f"{limits.sheet_cells:,}",
            )
        )


def _refuse_texts(size: int, limits: Limits) -> None:
    if size > limits.text_bytes:
        raise ReadingError(
            problem("workbook-too-large", what=_TEXTS, size=f"{size:,}", limit=f"{limits.text_bytes:,}")
        )


def _refuse_in_xlsx(package: Package, limits: Limits) -> None:
    sheets = {name: data for name, data in package.members.items() if b"sheetData" in data}
    for name, sheet in sheets.items():
        rows, columns = extent(sheet, limits.sheet_cells)
        if rows * columns > limits.sheet_cells:
            titles = {part: title for title, part in sheet_parts(package).items()}
            refuse_large(titles.get(name, name), rows, columns, limits)
    texts = package.members.get("xl/sharedstrings.xml", b"")
    most_cells = sum(map(len, sheets.values())) // _SHORTEST_CELL
    if len(texts) * most_cells > limits.text_bytes:
        lengths = [len(text) for text in _END_OF_TEXT.split(texts)]
        if max(lengths) * most_cells > limits.text_bytes:
            used = (int(number) for sheet in sheets.values() for number in _TEXT_USED.findall(sheet))
            _refuse_texts(_used_size(lengths, used), limits)


def _used_size(lengths: list[int], used: Iterator[int]) -> int:
    """The size of all texts, each counted as often as it is used."""
    numbers = np.fromiter((number for number in used if number < len(lengths)), dtype=np.int64)
    return int(np.array(lengths, dtype=np.int64)[numbers].sum())


def _refuse_in_xlsb(package: Package, limits: Limits) -> None:
    texts = package.members.get("xl/sharedstrings.bin", b"")
    lengths = [size for kind, _, size in _records(texts) if kind == _TEXT_ITEM]
    used: list[int] = []
    for name, sheet in package.members.items():
        if not name.startswith(_BINARY_SHEETS) or name.endswith(".rels"):
            continue
        row = rows = columns = 0
        for kind, start, size in _records(sheet):
            if kind == _ROW_RECORD and size >= 4:
                row = _number(sheet, start)
            elif 0 < kind <= _LAST_CELL_RECORD and size >= 8:
                rows, columns = max(rows, row + 1), max(columns, _number(sheet, start) + 1)
                if kind == _TEXT_RECORD:
                    used.append(_number(sheet, start + 8))
        refuse_large(name.rpartition("/")[2], rows, columns, limits)
    _refuse_texts(_used_size(lengths, iter(used)), limits)


def _number(data: bytes, start: int) -> int:
    return int.from_bytes(data[start : start + 4], "little")


def _records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, start and size of the records of a binary part ([MS-XLSB] 2.1.4)."""
    place, end = 0, len(data)
    while place < end:
        kind = data[place]
        place += 1
        if kind & 0x80 and place < end:
            kind = (kind & 0x7F) | (data[place] & 0x7F) << 7
            place += 1
        size = shift = 0
        while place < end and shift < 28:
            byte = data[place]
            place += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield kind, place, min(size, end - place)
        place += size


def _refuse_in_ods(package: Package, limits: Limits) -> None:
    sheet, rows, columns, unfolded, text = "", 0, 0, 0, 0
    row: list[tuple[int, bool, int]] = []
    for event, element in ElementTree.iterparse(
        BytesIO(package.members["content.xml"]), events=("start", "end")
    ):
        tag = local_name(element.tag)
        if event == "start":
            if tag == "table":
                sheet, rows, columns, unfolded = _attribute(element, "name"), 0, 0, 0
            continue
        if tag in ("table-cell", "covered-table-cell"):
            repeated = whole(_attribute(element, "number-columns-repeated"), 1)
            row.append((repeated, _is_filled(element), _text_size(element)))
        elif tag == "table-row":
            repeated = whole(_attribute(element, "number-rows-repeated"), 1)
            width = sum(cells for cells, _, _ in row[:-1]) + (row[-1][0] if row and row[-1][1] else 0)
            filled = any(filled for _, filled, _ in row)
            unfolded += width
            text += repeated * sum(cells * size for cells, _, size in row)
            rows += repeated
            if filled:
                columns = max(columns, width)
                refuse_large(sheet, rows, columns, limits)
            refuse_large(sheet, 1, unfolded, limits)
            _refuse_texts(text, limits)
            row = []
            element.clear()


def _attribute(element: ElementTree.Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if local_name(key) == name), "")


def _is_filled(cell: ElementTree.Element) -> bool:
    return len(cell) > 0 or any(
        local_name(key) in ("value-type", "value", "formula", "string-value") for key in cell.attrib
    )


def _text_size(cell: ElementTree.Element) -> int:
    spaces = sum(whole(_attribute(part, "c"), 1) for part in cell.iter() if local_name(part.tag) == "s")
    return spaces + sum(map(len, cell.itertext()))

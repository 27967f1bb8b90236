"""The worksheets of an .xlsx workbook as its XML has them: where they are, how far they reach, the cells' styles."""

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping, Set
from functools import lru_cache
from io import BytesIO
from string import ascii_letters
from xml.etree import ElementTree

from soe_compliance.filings.cell_places import column_letters, column_number
from soe_compliance.filings.package import Package, PackageKind

_MOST_DIGITS = 18
_RELATIONS = "xl/_rels/workbook.xml.rels"

_ODD = re.compile(rb"""<c(?![a-z])(?! r="[A-Z]+\d+"(?: (?!r=)[a-z]+="[^"<>]*")*/?>)""")
"""A cell that is not written as all programs in use write it; such sheets are taken apart element by element."""

_ODD_OR_FAR = re.compile(rb"""<c(?![a-z])(?! r="[A-Z]{1,2}\d{1,3}"(?: s="\d+")?(?: t="[A-Za-z]+")?/?>)""")
_NEAR = (999, 26 * 27)
"""Rows and columns that cells lie in where none is odd or far."""

_LETTERS = re.compile(rb'<c r="([A-Z]+)')
_MANY_ROWS = re.compile(rb'<c r="[A-Z]+\d{6}')
_FAIRLY_MANY_ROWS = 99_999
_FILLED = re.compile(rb'<c r="([A-Z]+)(\d{1,18})\d*"(?:[^>]*[^/>])?>')
_STYLE = re.compile(rb'\ss="(\d{1,9})"')
_REFERENCE = re.compile(r"([A-Za-z]+)([0-9]{1,18})[0-9]*")


def sheet_parts(package: Package) -> Mapping[str, str]:
    """The member that holds each sheet, by the sheet's name."""
    return _parts(package.members[PackageKind.XLSX.value], package.members.get(_RELATIONS, b"<none/>"))


@lru_cache(maxsize=16)
def _parts(workbook: bytes, relations: bytes) -> Mapping[str, str]:
    targets = {
        element.get("Id"): posixpath.normpath(posixpath.join("/xl", element.get("Target", "")))
        .lstrip("/")
        .lower()
        for element in ElementTree.fromstring(relations)
    }
    parts = {}
    for element in ElementTree.fromstring(workbook).iter():
        if local_name(element.tag) == "sheet":
            relation = next((value for key, value in element.attrib.items() if local_name(key) == "id"), None)
            if relation in targets:
                parts[element.get("name", "")] = targets[relation]
    return parts


def local_name(tag: str) -> str:
    """The name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]


def whole(text: str | None, default: int) -> int:
    """The whole number that an attribute holds, the default where it holds none; of a huge one only its beginning."""
    return int(text[:_MOST_DIGITS]) if text and text.isdecimal() else default


def extent(sheet: bytes, enough: int) -> tuple[int, int]:
    """The rows and columns up to the last cell in use, or a bound of them whose product is at most `enough`."""
    near = _NEAR[0] * _NEAR[1] <= enough and b":c" not in sheet and not _ODD_OR_FAR.search(sheet)
    if near:
        return _NEAR
    if not _is_plain(sheet):
        return _furthest((row, column) for row, column, _, filled in _walk(sheet) if filled)
    columns = _last_column(set(_LETTERS.findall(sheet)))
    if _FAIRLY_MANY_ROWS * columns <= enough and not _MANY_ROWS.search(sheet):
        return _FAIRLY_MANY_ROWS, columns
    found = _FILLED.findall(sheet)
    return max((int(digits) for _, digits in found), default=0), _last_column(
        {letters for letters, _ in found}
    )


def _last_column(letters: Set[bytes]) -> int:
    """The last of these columns, counted from 1."""
    return max((column_number(one.decode()) + 1 for one in letters), default=0)


def styles_in(sheet: bytes, columns: Collection[int]) -> Iterator[tuple[int, int, int]]:
    """Row, column and style number of the cells in these columns, rows and columns counted from 0."""
    if not _is_plain(sheet):
        yield from ((row, column, style) for row, column, style, _ in _walk(sheet) if column in columns)
        return
    letters = "|".join(column_letters(column) for column in columns)
    for match in re.finditer(rf'<c r="({letters})(\d{{1,18}})"([^>]*)>'.encode(), sheet):
        style = _STYLE.search(match[3])
        yield int(match[2]) - 1, column_number(match[1].decode()), int(style[1]) if style else 0


def _is_plain(sheet: bytes) -> bool:
    return b":c" not in sheet and not _ODD.search(sheet)


def _furthest(cells: Iterator[tuple[int, int]]) -> tuple[int, int]:
    rows = columns = 0
    for row, column in cells:
        rows, columns = max(rows, row + 1), max(columns, column + 1)
    return rows, columns


def _walk(sheet: bytes) -> Iterator[tuple[int, int, int, bool]]:
    """Row, column, style and whether it is filled, of every cell; without a reference it follows the one before."""
    row = column = 0
    for event, element in ElementTree.iterparse(BytesIO(sheet), events=("start", "end")):
        tag = local_name(element.tag)
        if tag == "row" and event == "start":
            row, column = whole(element.get("r", "").lstrip(ascii_letters), row + 1) - 1, 0
        elif tag == "row":
            row += 1
            element.clear()
        elif tag == "c" and event == "end":
            reference = _REFERENCE.fullmatch(element.get("r", ""))
            at = int(reference[2]) - 1 if reference else row
            column = column_number(reference[1]) if reference else column
            yield at, column, whole(element.get("s"), 0), len(element) > 0
            column += 1

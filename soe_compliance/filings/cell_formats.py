"""The number formats of the cells of an .xlsx workbook, where they say more of a number than how it is rounded."""

from array import array
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property, lru_cache
from xml.parsers import expat

from soe_compliance.domain.patterns import pattern
from soe_compliance.domain.text import Text
from soe_compliance.filings.number_formats import NumberFormat, number_format, untold
from soe_compliance.filings.package import Package, PackageKind, refuse_size
from soe_compliance.filings.sheet_xml import sheet_parts, styles_in, text_in_xml, whole
from soe_compliance.filings.shown_units import shows_its_own, tells

_DRAWINGS, _SHEETS = "xl/drawings/", "xl/worksheets/"
_HEADS = b"headerFooter"
_END_OF_CELLS = b"</sheetData>"
_STYLES, _TEXTS = "xl/styles.xml", "xl/sharedstrings.xml"
_CODE = pattern(rb"""formatCode\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_BUILT_IN: Mapping[int, str] = {9: "0%", 10: "0.00%"}
_OWN_CURRENCY = frozenset((5, 6, 7, 8, 37, 38, 39, 40, 41, 42, 43, 44))
"""Formats in the currency of whoever looks at them, whatever code is stored with them."""

_MOST_BYTES = 32 * 1024**2
_MOST_ELEMENTS = 1_000_000
_MOST_CODES = 2_000
"""Spreadsheet programs keep no more than 65,490 cell styles, with a few hundred formats."""

_SIZE = Text("单元格样式（xl/styles.xml）的字节数", "bytes of cell styles (xl/styles.xml)")
_COUNT = Text("单元格样式（xl/styles.xml）的元素数", "elements of cell styles (xl/styles.xml)")


class CellFormats:
    """The number formats of a workbook's cells. Rows and columns are counted from 0.

    Args:
        package: the workbook; of any but an .xlsx nothing is told.

    Attributes:
        styles: the XML of its styles.
        texts: the XML of the texts that its cells share.
    """

    def __init__(self, package: Package | None) -> None:
        self._package = package if package and package.kind is PackageKind.XLSX else None
        self.styles, self.texts = self.member(_STYLES), self.member(_TEXTS)

    @cached_property
    def _parts(self) -> Mapping[str, str]:
        return sheet_parts(self._package) if self._package else {}

    def member(self, path: str) -> bytes:
        """A part of the workbook by its path; none of any but an .xlsx."""
        return self._package.members.get(path, b"") if self._package else b""

    def path(self, sheet: str) -> str:
        """The path of the part that holds a sheet."""
        return self._parts.get(sheet, "")

    def part(self, sheet: str) -> bytes:
        """The XML of a sheet; none of any but an .xlsx."""
        return self.member(self.path(sheet))

    @cached_property
    def may_strike(self) -> bool:
        """Whether anything in the workbook may be struck through."""
        return any(_may_strike(part) for part in (self.styles, self.texts, *self._odd_sheets()))

    @cached_property
    def may_float(self) -> bool:
        """Whether any text of the workbook may stand in no cell: in a box, or at the head or foot of its pages."""
        for path, part in self._package.members.items() if self._package else ():
            if path.startswith(_DRAWINGS) or (path.startswith(_SHEETS) and _HEADS in below_cells(part)):
                return True
        return False

    def _odd_sheets(self) -> Iterator[bytes]:
        """The sheets in which more than numbers, truth values and shared texts may stand."""
        if self._package is not None:
            for path, part in self._package.members.items():
                if path.startswith(_SHEETS) and path not in self._package.plain_sheets:
                    yield part

    @property
    def tell(self) -> bool:
        """Whether any format in the workbook may say more of a number than a percent sign does."""
        return _any_tells(self.styles)

    @property
    def show_other(self) -> bool:
        """Whether any cell style may show words or figures of its own."""
        return self.tell and any(map(shows_its_own, _telling(self.styles).values()))

    def of_columns(
        self, sheet: str, columns: Collection[int]
    ) -> Iterator[tuple[int, Mapping[int, NumberFormat]]]:
        """For each of these columns of a sheet the formats, by row, that show percent signs or say something of a unit."""
        part = self.part(sheet)
        telling = _telling(self.styles) if part and columns else {}
        # Two arrays for each column: one mapping at a time is what memory allows.
        found = {column: (array("q"), array("q")) for column in columns}
        for row, column, style in styles_in(part, columns, telling) if part and telling else ():
            rows, styles = found[column]
            rows.append(row)
            styles.append(style)
        for column in columns:
            rows, styles = found.pop(column)
            yield column, dict(zip(rows, map(telling.__getitem__, styles), strict=True))


def below_cells(sheet: bytes) -> bytes:
    """What stands below the cells of a sheet in its XML."""
    return sheet[sheet.rfind(_END_OF_CELLS) :]


def _may_strike(part: bytes) -> bool:
    # One byte, which few parts have, is found many times faster than several.
    return b"k" in part and b"strike" in part


class SheetFormats:
    """The number formats of one sheet."""

    def __init__(self, workbook: CellFormats, sheet: str) -> None:
        self._workbook, self._sheet = workbook, sheet

    @property
    def tell(self) -> bool:
        """Whether any format in the workbook may say more of a number than a percent sign does."""
        return self._workbook.tell

    @property
    def show_other(self) -> bool:
        """Whether any of them may show words or figures of its own."""
        return self._workbook.show_other

    def of_columns(self, columns: Collection[int]) -> Iterator[tuple[int, Mapping[int, NumberFormat]]]:
        """For each of these columns the formats that tell something, by row."""
        return self._workbook.of_columns(self._sheet, columns)


NO_FORMATS = SheetFormats(CellFormats(None), "")


@lru_cache(maxsize=2)
def _any_tells(styles: bytes) -> bool:
    """Whether any format says something that its percent signs alone don't, or there are more than one look takes."""
    if len(styles) > _MOST_BYTES:
        return True
    codes = set(_CODE.findall(styles))
    if len(codes) > _MOST_CODES:
        return True
    # A character by its number is written by no program in use; it is left to the parser.
    return any(b"&#" in code or tells(number_format(text_in_xml(code))) for pair in codes for code in pair)


@lru_cache(maxsize=2)
def _telling(styles: bytes) -> Mapping[int, NumberFormat]:
    """The cell styles, by number, whose format tells something."""
    if len(styles) > _MOST_BYTES:
        refuse_size(_SIZE, len(styles), _MOST_BYTES)
    if not styles:
        return {}
    read = _Styles(styles)
    known = enumerate(sorted(read.codes.keys() & set(read.used)))
    formats = {number: _of_code(read.codes[number], place) for place, number in known}
    telling = {number: shown_by for number, shown_by in formats.items() if _is_telling(shown_by)}
    return {place: telling[number] for place, number in enumerate(read.used) if number in telling}


def _of_code(code: str, place: int) -> NumberFormat:
    return number_format(code) if place < _MOST_CODES else untold(code)


def _is_telling(shown_by: NumberFormat) -> bool:
    return any(section.percent for section in shown_by.sections) or tells(shown_by)


class _Styles:
    """The formats of a part with cell styles. It is parsed in one piece: a part takes its time with the square of the
    longest attribute where it comes in many.

    Attributes:
        codes: the code of each number format, by its number.
        used: the number format of each cell style.
    """

    def __init__(self, part: bytes) -> None:
        self.codes: dict[int, str] = dict(_BUILT_IN)
        self.used: list[int] = []
        self._within: list[str] = []
        self._count = 0
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.Parse(part, True)

    def _begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._count += 1
        if self._count > _MOST_ELEMENTS:
            refuse_size(_COUNT, self._count, _MOST_ELEMENTS)
        within = self._within[1] if len(self._within) == 2 else ""
        number = whole(attributes.get("numFmtId"), 0)
        if within == "cellXfs":
            self.used.append(number)
        elif within == "numFmts" and number not in _OWN_CURRENCY:
            self.codes[number] = attributes.get("formatCode", "")
        self._within.append(tag.rpartition(":")[2])

    def _end(self, tag: str) -> None:
        self._within.pop()

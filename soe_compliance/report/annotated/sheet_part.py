"""A worksheet under change: marks on its cells, cells where there were none, and the link to its comments."""

from collections.abc import Collection, Mapping
from xml.parsers import expat

from msgspec import Struct

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.cell_places import cell_name, column_number
from soe_compliance.report.annotated.comments import Cell, Sizes
from soe_compliance.report.annotated.refusals import cannot_edit
from soe_compliance.report.annotated.styles import Mark, StyleSheet
from soe_compliance.report.annotated.xml_edits import Edits, declared

_REFERENCE = pattern(r"([A-Z]{1,3})([1-9]\d{0,6})")
_MERGED = pattern(rb"""<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*["']([A-Z]+)(\d+):([A-Z]+)(\d+)["']""")
_AFTER_COMMENTS = frozenset(
    [
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "webPublishItems",
        "tableParts",
        "extLst",
        "AlternateContent",
    ]
)
"""What must stand behind the link to comments in a sheet."""

_TRUE = ("1", "true")
_DIGIT_PIXELS, _PADDING_PIXELS, _PIXELS_A_POINT = 7, 5, 4 / 3


def shown_cells(data: bytes, cells: Collection[Cell]) -> dict[Cell, Cell]:
    """For each of these cells the one that shows it: of merged cells, the first."""
    shown = {cell: cell for cell in cells}
    if b"mergeCell" not in data:
        return shown
    for left, top, right, bottom in _MERGED.findall(data):
        rows = range(int(top) - 1, int(bottom))
        columns = range(column_number(left.decode()), column_number(right.decode()) + 1)
        if len(rows) * len(columns) <= len(cells):
            covered = [(row, column) for row in rows for column in columns if (row, column) in shown]
        else:
            covered = [cell for cell in cells if cell[0] in rows and cell[1] in columns]
        shown |= dict.fromkeys(covered, (rows[0], columns[0]))
    return shown


def without_selection(data: bytes) -> bytes:
    """The sheet with its tab not selected: of two selected sheets, both would be typed into at once."""
    if b"tabSelected" not in data:
        return data
    scan = _Scan(data, {}, None)
    scan.run()
    return scan.edits.applied()


class MarkedSheet(Struct, frozen=True):
    """A sheet with its marks.

    Attributes:
        edits: the marks, and the tab not selected; more may be added.
        root: the attributes of its root.
        prefix: that of its elements, with its colon.
        link_at: where a link to comments belongs.
        drawing: the relation of the drawing with its comments' boxes, if it has one.
        sizes: of its columns and rows.
    """

    edits: Edits
    root: Mapping[str, str]
    prefix: str
    link_at: int
    drawing: str | None
    sizes: Sizes


def marked_sheet(data: bytes, marks: Mapping[Cell, Mark], styles: StyleSheet) -> MarkedSheet:
    """Mark these cells of a sheet, putting in those that it lacks.

    Raises:
        UserError: its rows or cells are not in order, or it mixes ways of naming its elements.
    """
    scan = _Scan(data, marks, styles)
    scan.run()
    return MarkedSheet(scan.edits, scan.root, scan.prefix, scan.link_at, scan.drawing, scan.sizes())


class _Scan:
    """One pass over a sheet's XML, which notes the places of what is to change."""

    def __init__(self, data: bytes, marks: Mapping[Cell, Mark], styles: StyleSheet | None) -> None:
        self.data = data
        self.marks = marks
        self.styles = styles
        self.root: Mapping[str, str] = {}
        self.prefix = ""
        self.link_at = -1
        self.drawing: str | None = None
        self._depth = 0
        self._in_data = False
        self._row = -1
        self._row_start = 0
        self._row_style: int | None = None
        self._column = -1
        self._data_start = -1
        self._column_styles: list[tuple[int, int, int]] = []
        self._columns: dict[int, int] = {}
        self._rows: dict[int, int] = {}
        self._usual: dict[str, int] = {}
        self.edits = Edits(data)
        by_row: dict[int, list[int]] = {}
        for row, column in sorted(marks):
            by_row.setdefault(row, []).append(column)
        self._waiting = [(row, by_row[row]) for row in sorted(by_row, reverse=True)]
        self._cells: list[int] = []
        self._parser = expat.ParserCreate()

    def run(self) -> None:
        self._parser.StartElementHandler = self._opened
        self._parser.EndElementHandler = self._closed
        try:
            self._parser.Parse(self.data, True)
        except (ValueError, OverflowError):
            raise cannot_edit("工作表中有无效的数", "a sheet has numbers that are none") from None
        if self._data_start < 0 and self.marks:
            raise cannot_edit("工作表没有单元格部分", "a sheet has no part for cells")

    def sizes(self) -> Sizes:
        return Sizes(self._columns, self._rows, **self._usual)

    @property
    def _place(self) -> int:
        return self._parser.CurrentByteIndex

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        depth = self._depth
        self._depth += 1
        if depth == 3 and self._in_data:
            self._cell(name, attributes)
        elif depth == 2 and self._in_data:
            self._begin_row(name, attributes)
        elif depth == 2:
            self._setting(name.rpartition(":")[2], attributes)
        elif depth == 1:
            self._section(name.rpartition(":")[2], attributes)
        elif depth == 0:
            self.root = attributes
            self.prefix = name[: -len(name.rpartition(":")[2])]

    def _closed(self, name: str) -> None:
        self._depth -= 1
        if self._depth == 2 and self._in_data:
            self._end_row()
        elif self._depth == 1 and self._in_data:
            self._end_data()
        elif self._depth == 0 and self.link_at < 0:
            self.link_at = self._place

    def _section(self, local: str, attributes: dict[str, str]) -> None:
        if local == "sheetData":
            self._in_data, self._data_start = True, self._place
            if not self.marks:
                self._parser.StartElementHandler = self._parser.EndElementHandler = None
        elif local == "legacyDrawing":
            self.drawing = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), None)
        elif local == "sheetFormatPr":
            self._note_usual_sizes(attributes)
        elif local in _AFTER_COMMENTS and self.link_at < 0 and self._data_start >= 0:
            self.link_at = self._place

    def _note_usual_sizes(self, attributes: dict[str, str]) -> None:
        if "defaultColWidth" in attributes:
            self._usual["column"] = _column_pixels(attributes["defaultColWidth"])
        if "defaultRowHeight" in attributes:
            self._usual["row"] = _row_pixels(attributes["defaultRowHeight"])

    def _setting(self, local: str, attributes: dict[str, str]) -> None:
        if local == "sheetView" and attributes.get("tabSelected") in _TRUE:
            self.edits.set_attribute(self._place, "tabSelected", "0")
        elif local == "col":
            first, last = int(attributes.get("min", 1)) - 1, int(attributes.get("max", 1)) - 1
            self._column_styles.append((first, last, int(attributes.get("style", 0))))
            hidden = attributes.get("hidden") in _TRUE
            if "width" in attributes or hidden:
                pixels = 0 if hidden else _column_pixels(attributes["width"])
                self._columns |= dict.fromkeys(range(first, min(last, 16_383) + 1), pixels)

    def _begin_row(self, name: str, attributes: dict[str, str]) -> None:
        row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
        if row <= self._row or name != self.prefix + "row":
            raise cannot_edit("工作表中的行次序或写法不规范", "the rows of a sheet are not in order")
        self._put_rows_before(row)
        self._row, self._row_start, self._column = row, self._place, -1
        styled = attributes.get("customFormat") in _TRUE and "s" in attributes
        self._row_style = int(attributes["s"]) if styled else None
        if attributes.get("hidden") in _TRUE:
            self._rows[row] = 0
        elif "ht" in attributes:
            self._rows[row] = _row_pixels(attributes["ht"])
        if self._waiting and self._waiting[-1][0] == row:
            self._cells = self._waiting.pop()[1]
        else:
            self._parser.StartElementHandler, self._parser.EndElementHandler = None, self._passed

    def _passed(self, name: str) -> None:
        """Go by the elements of a row in which nothing is marked: most rows of a large sheet."""
        if name == self.prefix + "row":
            self._parser.StartElementHandler = self._opened
            self._parser.EndElementHandler = self._closed
            self._depth -= 1

    def _cell(self, name: str, attributes: dict[str, str]) -> None:
        found = _REFERENCE.fullmatch(attributes.get("r", ""))
        column = column_number(found[1]) if found else self._column + 1
        in_order = column > self._column and (found is None or int(found[2]) - 1 == self._row)
        if not in_order or name != self.prefix + "c":
            raise cannot_edit("工作表中的单元格次序或写法不规范", "the cells of a sheet are not in order")
        self._column = column
        if not self._cells:
            return
        self._put_cells_before(column, self._place)
        if self._cells and self._cells[0] == column:
            self._cells = self._cells[1:]
            style = self._style(self._row, column, int(attributes.get("s", 0)))
            self.edits.set_attribute(self._place, "s", str(style))

    def _put_cells_before(self, column: int, at: int) -> None:
        while self._cells and self._cells[0] < column:
            self.edits.insert(at, self._new_cell(self._row, self._cells[0]))
            self._cells = self._cells[1:]

    def _end_row(self) -> None:
        if self._cells:
            new = b"".join(self._new_cell(self._row, column) for column in self._cells)
            self.edits.append(self._row_start, self._place, new)
            self._cells = []

    def _put_rows_before(self, row: int) -> None:
        while self._waiting and self._waiting[-1][0] < row:
            self.edits.insert(self._place, self._new_row(*self._waiting.pop()))

    def _end_data(self) -> None:
        new = b"".join(self._new_row(*waiting) for waiting in reversed(self._waiting))
        if new:
            self.edits.append(self._data_start, self._place, new)
        self._waiting, self._in_data = [], False

    def _new_row(self, row: int, columns: list[int]) -> bytes:
        self._row_style = None
        cells = b"".join(self._new_cell(row, column) for column in columns)
        tag = f"{self.prefix}row"
        return f'<{tag} r="{row + 1}">'.encode() + cells + f"</{tag}>".encode()

    def _new_cell(self, row: int, column: int) -> bytes:
        base = self._row_style
        if base is None:
            base = next((s for first, last, s in self._column_styles if first <= column <= last), 0)
        style = self._style(row, column, base)
        return f'<{self.prefix}c r="{cell_name(row, column)}" s="{style}"/>'.encode()

    def _style(self, row: int, column: int, base: int) -> int:
        assert self.styles is not None
        return self.styles.marked(base, self.marks[row, column])


def link_to_comments(sheet: MarkedSheet, relations: str, relation: str) -> None:
    """Add the link to the drawing with the boxes of comments."""
    declaration = declared("r", relations, sheet.root)
    link = f'<{sheet.prefix}legacyDrawing{declaration} r:id="{relation}"/>'
    sheet.edits.insert(sheet.link_at, link.encode())


def _column_pixels(width: str) -> int:
    return min(int(float(width) * _DIGIT_PIXELS) + _PADDING_PIXELS, 2_000)


def _row_pixels(height: str) -> int:
    return min(int(float(height) * _PIXELS_A_POINT), 2_000)

"""Tables as sheets of a workbook: what is a text stays a text, whoever wrote it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from io import BytesIO
from itertools import chain, islice
from tempfile import TemporaryDirectory, TemporaryFile
from types import TracebackType
from typing import IO, Any

from soe_compliance.domain.amounts import plain
from soe_compliance.domain.text import Language, Text
from soe_compliance.report.book import (
    CELL,
    DAY,
    HEADING,
    LINE_HEIGHT,
    TEXT,
    done,
    new_workbook,
    printed_width,
    set_page,
)
from soe_compliance.report.cells import Cell, Column, Kind
from soe_compliance.report.safe import may_be_formula, visible

MOST_ROWS = 1_000_000
MOST_CHARACTERS = 32_767
WIDEST = 60
_NARROWEST = 6
_HEADER_WIDTH = 12
_SAMPLED_ROWS = 2_000
_PART = 1024**2
_HEIGHTS = ("row_info", "set_rows", "row_sizes")  # as versions of the writer name them
_HIGHEST = 400.0
_NUMBER_FORMATS = {Kind.TEXT: TEXT, Kind.NUMBER: "#,##0.00########", Kind.COUNT: "0", Kind.DATE: DAY}
_CUT = Text("……（原文共{n}字，此处截断）", " ... (cut here; {n} characters in all)")


@dataclass(frozen=True)
class SheetOfTable:
    """A sheet: its name, its columns and its rows."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


@dataclass(frozen=True)
class Placed:
    """A table on its sheet: the widths of the columns, and the row after its last."""

    sheet: Any
    widths: Sequence[int]
    end: int


@dataclass
class Book:
    """A workbook under construction.

    Attributes:
        created: the time that it bears; the same content then gives the same bytes.
        footer: what stands at the left of each page's foot.
        large: rows go to temporary files as they come, and must come in order.
    """

    language: Language
    created: datetime
    title: str
    footer: str
    most_rows: int = MOST_ROWS
    large: bool = False
    _formats: dict[tuple[str, ...], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="soe-compliance-") if self.large else None
        self._bytes: IO[bytes] = (
            TemporaryFile(dir=self._folder.name) if self._folder else BytesIO()  # noqa: SIM115 (open as long as the book is)
        )
        rows_in = self._folder.name if self._folder else None
        self._book: Any = new_workbook(self._bytes, visible(self.title), self.created, rows_in)

    def __enter__(self) -> "Book":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bytes.close()
        if self._folder:
            self._folder.cleanup()

    def finished(self) -> bytes:
        """The bytes of the workbook; nothing can be added after."""
        return b"".join(self.parts())

    def parts(self) -> Iterator[bytes]:
        """The same, in parts."""
        self._book.close()
        self._bytes.seek(0)
        while part := self._bytes.read(_PART):
            yield part

    def add(self, table: SheetOfTable) -> Placed:
        """Add a table, on more than one sheet where it has too many rows; says where the last one ends."""
        rows, number = iter(table.rows), 1
        sample = list(islice(rows, min(_SAMPLED_ROWS, self.most_rows)))
        while True:
            title = table.title if number == 1 else f"{table.title}({number})"
            sheet = self._book.add_worksheet(title)
            widths = [
                _column_width(column, (row[place] for row in sample))
                for place, column in enumerate(table.columns)
            ]
            for place, width in enumerate(widths):
                done(sheet.set_column(place, place, width))
            self._set_up(sheet, table.columns)
            chunk = chain(sample, islice(rows, self.most_rows - len(sample)))
            end = self._put(sheet, 0, table.columns, widths, chunk)
            done(sheet.autofilter(0, 0, end - 1, len(table.columns) - 1))
            self._offer_choices(sheet, table.columns, end - 1)
            sample, number = list(islice(rows, min(_SAMPLED_ROWS, self.most_rows))), number + 1
            if not sample:
                return Placed(sheet, widths, end)

    def add_below(self, above: Placed, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
        """Add a table below another, a row between them; it takes the other's widths."""
        self._put(above.sheet, above.end + 1, columns, above.widths, rows)

    def _put(
        self,
        sheet: Any,
        top: int,
        columns: Sequence[Column],
        widths: Sequence[int],
        rows: Iterable[Sequence[Cell]],
    ) -> int:
        """Write header and rows from a row on; gives the row after the last."""
        headers = [column.header for column in columns]
        _set_height(sheet, top, columns, widths, headers)
        for place, header in enumerate(headers):
            done(sheet.write_string(top, place, header, self._format("header")))
        row = top
        for row, cells in enumerate(rows, top + 1):
            _set_height(sheet, row, columns, widths, cells)
            for place, (column, cell) in enumerate(zip(columns, cells, strict=True)):
                self._write(sheet, row, place, column, cell)
            if self.large:
                _forget_height(sheet, row - 1)
        return row + 1

    def _set_up(self, sheet: Any, columns: Sequence[Column]) -> None:
        sheet.freeze_panes(1, min(2, len(columns) - 1))
        set_page(sheet, self.footer, self.language)
        done(sheet.repeat_rows(0))

    def _offer_choices(self, sheet: Any, columns: Sequence[Column], rows: int) -> None:
        for place, column in enumerate(columns):
            if column.choices and rows:
                rule = {"validate": "list", "source": list(column.choices)}
                done(sheet.data_validation(1, place, rows, place, rule))

    def _write(self, sheet: Any, row: int, place: int, column: Column, cell: Cell) -> None:
        match cell:
            case None:
                done(sheet.write_blank(row, place, None, self._format(column.kind)))
            case str():
                self._write_text(sheet, row, place, column, cell)
            case date() if cell.year >= 1900:
                moment = datetime(cell.year, cell.month, cell.day)
                done(sheet.write_datetime(row, place, moment, self._format(Kind.DATE)))
            case date():
                self._write_text(sheet, row, place, column, cell.isoformat())
            case _:
                self._write_number(sheet, row, place, column, cell)

    def _write_number(self, sheet: Any, row: int, place: int, column: Column, number: int | Fraction) -> None:
        try:
            value = float(number)
        except OverflowError:
            self._write_text(sheet, row, place, column, plain(Fraction(number)))
            return
        kind = Kind.COUNT if isinstance(number, int) else Kind.NUMBER
        done(sheet.write_number(row, place, value, self._format(kind)))

    def _write_text(self, sheet: Any, row: int, place: int, column: Column, raw: str) -> None:
        text = fitting(visible(raw), self.language)
        options = [f"fill {column.fills[text]}"] if text in column.fills else []
        if may_be_formula(text):
            options.append("quoted")
        done(sheet.write_string(row, place, text, self._format(Kind.TEXT, *options)))

    def _format(self, base: Kind | str, *options: str) -> Any:
        key = (base.value if isinstance(base, Kind) else base, *options)
        if key not in self._formats:
            self._formats[key] = self._book.add_format(_properties(base, options))
        return self._formats[key]


def _properties(base: Kind | str, options: Sequence[str]) -> dict[str, object]:
    look: dict[str, object] = {**CELL, "valign": "top"}
    if isinstance(base, Kind):
        look["num_format"] = _NUMBER_FORMATS[base]
        look["text_wrap"] = base in (Kind.TEXT, Kind.DATE)
        look |= {"align": "right", "indent": 1} if base in (Kind.NUMBER, Kind.COUNT) else {"align": "left"}
    else:
        look |= HEADING
    for option in options:
        if option == "quoted":
            look["quote_prefix"] = True
        else:
            look["bg_color"] = option.removeprefix("fill ")
    return look


def fitting(text: str, language: Language, most: int = MOST_CHARACTERS) -> str:
    """The text, or as much of it as a cell holds, saying that it was cut."""
    if len(text.encode("utf-16-le")) // 2 <= most:
        return text
    note = _CUT.in_(language).format(n=len(text))
    kept = text.encode("utf-16-le")[: 2 * (most - len(note))].decode("utf-16-le", "ignore")
    return kept + note


def _column_width(column: Column, cells: Iterable[Cell]) -> int:
    """Wide enough for what stands in it, Chinese characters taking two; the rest is wrapped."""
    header = min(printed_width(column.header) + 3, _HEADER_WIDTH)
    widest = max((_cell_width(cell) for cell in cells), default=0) + 2
    return min(max(header, min(widest, column.widest), _NARROWEST), WIDEST)


def _cell_width(cell: Cell) -> int:
    match cell:
        case None:
            return 0
        case str():
            return printed_width(cell[:200])
        case date():
            return 10
        case int():
            return len(str(cell))
        case Fraction():
            return len(plain(cell)) * 4 // 3


def _set_height(
    sheet: Any, row: int, columns: Sequence[Column], widths: Sequence[int], cells: Sequence[Cell]
) -> None:
    """As high as the cell with the most lines: programs do not all find that out by themselves."""
    lines = max(
        (
            min(-(-printed_width(cell) // (width - 2)), column.most_lines)
            for column, width, cell in zip(columns, widths, cells, strict=False)
            if isinstance(cell, str)
        ),
        default=1,
    )
    if lines > 1:
        done(sheet.set_row(row, min(lines * LINE_HEIGHT + 2, _HIGHEST)))


def _forget_height(sheet: Any, row: int) -> None:
    """Let go of the height of a row that is in its file; the writer would hold those of a million rows."""
    for held in _HEIGHTS:
        getattr(sheet, held, {}).pop(row, None)

"""Tables as sheets of a workbook: what is a text stays a text, whoever wrote it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from fractions import Fraction
from io import BytesIO
from itertools import chain, islice
from tempfile import TemporaryDirectory, TemporaryFile
from types import TracebackType
from typing import IO, Any

from msgspec import Struct

from soe_compliance.domain.amounts import plain
from soe_compliance.domain.text import Language, Text
from soe_compliance.report.book import (
    CELL,
    DAY,
    HEADING,
    LINE_HEIGHT,
    TEXT,
    Page,
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
_HEADER_WIDTH = 12
_SAMPLED_ROWS = 2_000
HIGHEST = 400.0
"""The most that a row is made high, in points; programs stop at 409."""
_PART = 1024**2
_HEIGHTS = ("row_info", "set_rows", "row_sizes")  # as versions of the writer name them
_NUMBER_FORMATS = {Kind.TEXT: TEXT, Kind.NUMBER: "#,##0.00########", Kind.COUNT: "0", Kind.DATE: DAY}
LOOKS: dict[str, dict[str, object]] = {
    "header": HEADING,
    "label": {**HEADING, "text_wrap": True},
    "said": {"num_format": TEXT, "align": "left", "valign": "vcenter"},
    "title": {"bold": True, "font_size": 14, "align": "center", "valign": "vcenter", "border": 0},
    "note": {"num_format": TEXT, "align": "left", "border": 0, "text_wrap": False},
    "remark": {"num_format": TEXT, "align": "left", "border": 0, "text_wrap": True},
}
"""How cells look that are in no column of a table, over what all cells have."""

_OVERDUE = {"bg_color": "#F8CBAD", "font_color": "#9C0006", "bold": True}
_FIRST_DAY = date(2000, 1, 1)
_ASK_DAY = Text("填日期，如2024-04-15", "a date such as 2024-04-15")
_NO_DAY = Text("请填写日期，如2024-04-15", "write a date such as 2024-04-15")
_CUT = Text("……（原文共{n}字，此处截断）", " ... (cut here; {n} characters in all)")


class SheetOfTable(Struct, frozen=True):
    """A sheet: its name, its columns and its rows.

    Attributes:
        nothing: what stands below the header where there is no row.
        alert: a formula of the first row below the header, with the place of the column whose cells it turns red.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    page: Page = Page()
    nothing: str = ""
    alert: tuple[int, str] | None = None


class Placed(Struct, frozen=True):
    """A table on its sheet: the widths of the columns, and the row after its last."""

    sheet: Any
    widths: Sequence[int]
    end: int


class Book:
    """A workbook under construction.

    Args:
        created: the time that it bears; the same content then gives the same bytes.
        footer: what stands at the left of each page's foot.
        large: rows go to temporary files as they come, and must come in order.
    """

    def __init__(
        self,
        language: Language,
        created: datetime,
        title: str,
        footer: str,
        most_rows: int = MOST_ROWS,
        large: bool = False,
    ) -> None:
        self.language: Language = language
        self.footer = footer
        self.most_rows = most_rows
        self.large = large
        self._formats: dict[tuple[str, ...], Any] = {}
        self._folder = TemporaryDirectory(prefix="soe-compliance-") if large else None
        self._bytes: IO[bytes] = (
            TemporaryFile(dir=self._folder.name) if self._folder else BytesIO()  # noqa: SIM115 (open as long as the book is)
        )
        rows_in = self._folder.name if self._folder else None
        self._book: Any = new_workbook(self._bytes, visible(title), created, rows_in)

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
            self._set_up(sheet, table)
            chunk = chain(sample, islice(rows, self.most_rows - len(sample)))
            end = self._put(sheet, 0, table.columns, widths, chunk)
            done(sheet.autofilter(0, 0, end - 1, len(table.columns) - 1))
            self._offer_choices(sheet, table.columns, end - 1)
            self._alert(sheet, table.alert, end - 1)
            if not sample and table.nothing:
                self.text(sheet, end, 0, table.nothing, "note")
                end += 1
            if table.page.columns is not None:
                done(sheet.print_area(0, 0, end - 1, table.page.columns - 1))
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

    def new_sheet(self, title: str, page: Page) -> Any:
        """A sheet to be written cell by cell, its first row on every page."""
        sheet = self._book.add_worksheet(title)
        set_page(sheet, self.footer, self.language, page)
        done(sheet.repeat_rows(0))
        return sheet

    def text(self, sheet: Any, row: int, place: int, text: str, look: str, upto: int | None = None) -> None:
        """A text in a cell, or across the cells up to another of its row; `look` is one of `LOOKS`."""
        shown = fitting(visible(text), self.language)
        form = self._format(look, *(["quoted"] if may_be_formula(shown) else []))
        if upto is not None and upto > place:
            done(sheet.merge_range(row, place, row, upto, "", form))
        done(
            sheet.write_string(row, place, shown, form)
            if shown
            else sheet.write_blank(row, place, None, form)
        )

    def _set_up(self, sheet: Any, table: SheetOfTable) -> None:
        columns = table.columns
        sheet.freeze_panes(1, min(2, len(columns) - 1))
        set_page(sheet, self.footer, self.language, table.page)
        done(sheet.repeat_rows(0))

    def _alert(self, sheet: Any, alert: tuple[int, str] | None, rows: int) -> None:
        if alert and rows:
            place, formula = alert
            rule = {"type": "formula", "criteria": formula, "format": self._book.add_format(_OVERDUE)}
            done(sheet.conditional_format(1, place, rows, place, rule))

    def _offer_choices(self, sheet: Any, columns: Sequence[Column], rows: int) -> None:
        for place, column in enumerate(columns):
            if rows and (column.choices or column.asks_day):
                done(sheet.data_validation(1, place, rows, place, self._entry(column)))

    def _entry(self, column: Column) -> dict[str, object]:
        """What may be filled in."""
        if column.choices:
            return {"validate": "list", "source": list(column.choices)}
        ask, wrong = (text.in_(self.language) for text in (_ASK_DAY, _NO_DAY))
        return {
            "validate": "date",
            "criteria": ">=",
            "value": _FIRST_DAY,
            "input_message": ask,
            "error_message": wrong,
        }

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
        look |= LOOKS[base]
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
    most = WIDEST if column.kind is Kind.TEXT else _HEADER_WIDTH
    widest = max((_cell_width(cell, most) for cell in cells), default=0) + 2
    return min(max(header, min(widest, column.widest), column.narrowest), WIDEST)


def _cell_width(cell: Cell, most_of_text: int) -> int:
    match cell:
        case None:
            return 0
        case str():
            return min(printed_width(cell[:200]), most_of_text)
        case date():
            return 10
        case int():
            return len(str(cell))
        case Fraction():
            return len(plain(cell)) + len(str(abs(int(cell)))) // 3


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
        done(sheet.set_row(row, min(lines * LINE_HEIGHT + 5, HIGHEST)))


def _forget_height(sheet: Any, row: int) -> None:
    """Let go of the height of a row that is in its file; the writer would hold those of a million rows."""
    for held in _HEIGHTS:
        getattr(sheet, held, {}).pop(row, None)

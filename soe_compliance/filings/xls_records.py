"""The sheets of an .xls workbook by its records: how far they reach, their errors and hidden rows ([MS-XLS] 2.4)."""

from collections.abc import Iterator

from msgspec import Struct, field

from soe_compliance.filings.package import DAMAGED
from soe_compliance.filings.problems import problem
from soe_compliance.filings.raw import ReadingError
from soe_compliance.filings.sheet_facts import Fault, Faults, SheetFacts, error_named

_BEGIN, _END = 0x0809, 0x000A
_PASSWORD, _SHEET, _SHARED_TEXTS, _CONTINUED = 0x002F, 0x0085, 0x00FC, 0x003C
_OF_BOOK = frozenset({_PASSWORD, _SHEET, _SHARED_TEXTS, _CONTINUED})
_REACH, _OLD_REACH = 0x0200, 10
_ROWS, _COLUMNS = 65_536, 256
_ROW, _ERROR, _MANY_NUMBERS = 0x0208, 0x0205, 0x00BD
_FORMULAS = frozenset({0x0006, 0x0206, 0x0406})
_SHARED_TEXT = 0x00FD
_CELLS = frozenset({0x0203, 0x027E, _SHARED_TEXT, 0x0204, 0x00D6, _ERROR}) | _FORMULAS
_NOT_A_NUMBER = b"\xff\xff"
_ERROR_RESULT = 2
_HIDDEN = 0x20


class XlsSheet(Struct):
    """What the records of one sheet say.

    Attributes:
        texts: the numbers of the shared texts in its cells.
    """

    rows: int = 0
    columns: int = 0
    texts: list[int] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    hidden: set[int] = field(default_factory=set)
    filled: set[int] = field(default_factory=set)

    @property
    def facts(self) -> SheetFacts:
        return SheetFacts(self.faults, len(self.hidden & self.filled))

    def take(self, kind: int, record: bytes) -> None:
        row, column = _number(record, 0), _number(record, 2)
        if kind == _ROW:
            if _number(record, 12) & _HIDDEN:
                self.hidden.add(row)
            return
        last = _number(record, len(record) - 2) if kind == _MANY_NUMBERS else column
        self.filled.add(row)
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, last + 1)
        if kind == _SHARED_TEXT:
            self.texts.append(_number(record, 6, 4))
        code = _error_code(kind, record)
        if code is not None:
            self.faults.add(row, column, Fault.ERROR, error_named(code))


class XlsBook(Struct):
    """What the records of a workbook say.

    Attributes:
        sheets: its sheets by their names.
        shared: the shared texts: their record, and those that continue it.
    """

    sheets: dict[str, XlsSheet] = field(default_factory=dict)
    shared: list[bytes] = field(default_factory=list)


def book_of(stream: bytes) -> XlsBook | None:
    """The workbook that the stream “Workbook” holds; None where a password is asked for.

    Raises:
        ReadingError: sheets don't begin where it says, each at a place of its own, or one says that it reaches
            beyond the grid: other readers take memory for it as it says.
    """
    book = XlsBook()
    names: dict[int, str] = {}
    within: list[XlsSheet | None] = []
    about_book, about_texts = True, False
    for place, kind, start, size in _records(stream):
        about_texts = kind == _SHARED_TEXTS or (about_texts and kind == _CONTINUED)
        if about_book and kind in _OF_BOOK:
            record = stream[start : start + size]
            if kind == _PASSWORD:
                return None
            if kind == _SHEET:
                _refuse_damaged(_number(record, 0, 4) in names)
                names[_number(record, 0, 4)] = _sheet_name(record)
            elif kind == _SHARED_TEXTS:
                book.shared = [record]
            elif about_texts:
                book.shared.append(record)
        if kind == _BEGIN:
            # A chart on a sheet has records of its own; they are none of the sheet's.
            name = names.pop(place, None)
            within.append(None if name is None else book.sheets.setdefault(name, XlsSheet()))
        elif kind == _END:
            about_book = False
            if within:
                within.pop()
        elif kind == _REACH:
            _refuse_damaged(_leaves_grid(stream[start : start + size]))
        elif (kind in _CELLS or kind in (_ROW, _MANY_NUMBERS)) and size >= 6 and within and within[-1]:
            within[-1].take(kind, stream[start : start + size])
    _refuse_damaged(bool(names))
    return book


def _refuse_damaged(damaged: bool) -> None:
    if damaged:
        raise ReadingError(problem("file-unreadable", why=DAMAGED))


def _leaves_grid(record: bytes) -> bool:
    """Whether a sheet says that it reaches beyond the grid, or ends before it begins."""
    width = 2 if len(record) == _OLD_REACH else 4
    top, bottom = _number(record, 0, width), _number(record, width, width)
    left, right = _number(record, 2 * width), _number(record, 2 * width + 2)
    if not bottom or not right:
        return False
    return not (top <= bottom <= _ROWS and left <= right <= _COLUMNS)


def _records(stream: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Place, kind, start and size of each record."""
    place, end = 0, len(stream)
    while place + 4 <= end:
        kind, size = _number(stream, place), _number(stream, place + 2)
        yield place, kind, place + 4, size
        place += 4 + size


def _sheet_name(record: bytes) -> str:
    length, wide = record[6:7], record[7:8]
    characters = int.from_bytes(length, "little")
    if wide == b"\1":
        return record[8 : 8 + 2 * characters].decode("utf-16-le", "replace")
    return record[8 : 8 + characters].decode("latin-1")


def _error_code(kind: int, record: bytes) -> int | None:
    """The code of the error that a cell shows."""
    if kind == _ERROR:
        return record[6] if record[7:8] == b"\1" else None
    if kind in _FORMULAS and record[12:14] == _NOT_A_NUMBER and record[6] == _ERROR_RESULT:
        return record[8]
    return None


def _number(data: bytes, start: int, size: int = 2) -> int:
    return int.from_bytes(data[start : start + size], "little")

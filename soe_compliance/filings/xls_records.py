"""The sheets of an .xls workbook by its records: how far they reach, their errors and hidden rows ([MS-XLS] 2.4)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from soe_compliance.filings.sheet_facts import Cell, CellFault, Fault, SheetFacts, error_named

_BEGIN, _END = 0x0809, 0x000A
_PASSWORD, _SHEET = 0x002F, 0x0085
_ROW, _ERROR, _MANY_NUMBERS = 0x0208, 0x0205, 0x00BD
_FORMULAS = frozenset({0x0006, 0x0206, 0x0406})
_CELLS = frozenset({0x0203, 0x027E, 0x00FD, 0x0204, 0x00D6, _ERROR}) | _FORMULAS
_NOT_A_NUMBER = b"\xff\xff"
_ERROR_RESULT = 2
_HIDDEN = 0x20


@dataclass
class XlsSheet:
    """What the records of one sheet say."""

    rows: int = 0
    columns: int = 0
    faults: dict[Cell, CellFault] = field(default_factory=dict)
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
        code = _error_code(kind, record)
        if code is not None:
            self.faults[row, column] = CellFault(Fault.ERROR, error_named(code))


def sheets_of(stream: bytes) -> dict[str, XlsSheet] | None:
    """The sheets of the stream “Workbook” by their names; None where a password is asked for."""
    names: dict[int, str] = {}
    sheets: dict[str, XlsSheet] = {}
    within: list[XlsSheet | None] = []
    for place, kind, start, size in _records(stream):
        if kind == _PASSWORD:
            return None
        if kind == _SHEET:
            record = stream[start : start + size]
            names[_number(record, 0, 4)] = _sheet_name(record)
        elif kind == _BEGIN:
            # A chart on a sheet has records of its own; they are none of the sheet's.
            name = names.get(place)
            within.append(None if name is None else sheets.setdefault(name, XlsSheet()))
        elif kind == _END and within:
            within.pop()
        elif (kind in _CELLS or kind in (_ROW, _MANY_NUMBERS)) and size >= 6 and within and within[-1]:
            within[-1].take(kind, stream[start : start + size])
    return sheets


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

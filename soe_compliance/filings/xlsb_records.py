"""The sheets of an .xlsb workbook by their records ([MS-XLSB] 2.4): how far they reach, texts used, errors."""

from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct, field

from soe_compliance.filings.package import DAMAGED
from soe_compliance.filings.problems import problem
from soe_compliance.filings.raw import ReadingError
from soe_compliance.filings.sheet_facts import Fault, Faults, SheetFacts, error_named

_ROW, _TEXT, _LAST_CELL, _TEXT_ITEM, _SHEET = 0x0000, 0x0007, 0x000B, 0x0013, 0x009C
_ERRORS = frozenset({0x0003, 0x000B})
_HIDDEN = 0x10


class XlsbSheet(Struct):
    """What the records of one sheet say.

    Attributes:
        texts: the numbers of the shared texts in its cells.
    """

    rows: int = 0
    columns: int = 0
    texts: list[int] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    hidden_rows: int = 0

    @property
    def facts(self) -> SheetFacts:
        return SheetFacts(self.faults, self.hidden_rows)


def sheet_of(part: bytes, most_faults: int) -> XlsbSheet:
    """A sheet by the records of its part; so many faults and one are taken at most."""
    sheet, row = XlsbSheet(), 0
    for kind, start, size in _records(part):
        if kind == _ROW and size >= 4:
            row = _number(part, start)
            sheet.hidden_rows += size >= 12 and bool(part[start + 11] & _HIDDEN)
        elif 0 < kind <= _LAST_CELL and size >= 8:
            column = _number(part, start)
            sheet.rows, sheet.columns = max(sheet.rows, row + 1), max(sheet.columns, column + 1)
            if kind == _TEXT:
                sheet.texts.append(_number(part, start + 8))
            elif kind in _ERRORS and size >= 9 and len(sheet.faults) <= most_faults:
                sheet.faults.add(row, column, Fault.ERROR, error_named(part[start + 8]))
    return sheet


def text_lengths(part: bytes) -> list[int]:
    """The size in bytes of each shared text."""
    return [size for kind, _, size in _records(part) if kind == _TEXT_ITEM]


def sheet_relations(part: bytes) -> Mapping[str, str]:
    """The relation by which the workbook finds each sheet, by the sheet's name."""
    found = {}
    for kind, start, size in _records(part):
        if kind == _SHEET and size >= 12:
            relation, after = _wide_text(part, start + 8, start + size)
            found[_wide_text(part, after, start + size)[0]] = relation
    return found


def without_sheets(part: bytes, relations: Collection[str]) -> bytes:
    """The main part without the records that list the sheets of these relations."""
    kept, end = [], 0
    for kind, start, size in _records(part):
        after = start + size
        if kind == _SHEET and size >= 12 and _wide_text(part, start + 8, after)[0] in relations:
            end = after
            continue
        kept.append(part[end:after])
        end = after
    return b"".join(kept)


def _wide_text(data: bytes, start: int, end: int) -> tuple[str, int]:
    """A text and where it ends."""
    after = min(start + 4 + 2 * _number(data, start), end)
    return data[start + 4 : after].decode("utf-16-le", "replace"), after


def _number(data: bytes, start: int) -> int:
    return int.from_bytes(data[start : start + 4], "little")


def _records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, start and size of the records of a binary part ([MS-XLSB] 2.1.4).

    Raises:
        ReadingError: the part breaks off within a record, which other readers take memory for as it says.
    """
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
        if size > end - place:
            raise ReadingError(problem("file-unreadable", why=DAMAGED))
        yield kind, place, size
        place += size

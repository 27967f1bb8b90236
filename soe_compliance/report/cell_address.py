"""The places of cells, taken apart: which part of its file a place names, and on which line of a text it stands."""

import re

from msgspec import Struct

from soe_compliance.domain.patterns import pattern

_CSV = pattern(r"(?P<file>[^/:]+\.csv):(?P<line>[1-9]\d{0,8})(:(?P<field>.+))?", re.DOTALL)
_OF_LINE = pattern(r"(?P<line>[1-9]\d{0,8}):(?P<pointer>/.*)?", re.DOTALL)


class CellAddress(Struct, frozen=True):
    """Where a cell stands.

    Attributes:
        file: the file of a folder that holds it.
        line: the line of a text file, from 1.
        name: the short name, such as H7 or balance.
        kind: what it is a part of: the sheet of a workbook, or a property of JSON.
    """

    file: str | None
    line: int | None
    name: str
    kind: str


def cell_address(location: str) -> CellAddress:
    """The parts of a place: 担保台账!H7, /guarantees/3/balance, 2:/guarantees/3/balance, guarantees.csv:12:balance."""
    if csv := _CSV.fullmatch(location):
        return CellAddress(csv["file"], int(csv["line"]), csv["field"] or csv["line"], "member")
    if of_line := _OF_LINE.fullmatch(location):
        return CellAddress(None, int(of_line["line"]), _last(of_line["pointer"] or "/"), "property")
    if location.startswith("/"):
        return CellAddress(None, None, _last(location), "property")
    return CellAddress(None, None, location.rpartition("!")[2] or location, "member")


def _last(pointer: str) -> str:
    return pointer.rpartition("/")[2] or pointer

"""Sheets in which nothing stands but what most have: rows of near cells with values, none hidden, none merged.

One look at the whole of such a sheet tells that nothing is to be said of it, and that going through it can't fail.
The rows are looked at by RE2, whose time grows with the size of a sheet whatever stands in it.
"""

import re2

from soe_compliance.domain.patterns import pattern

_TEXT = rb"(?:[^<>&]|&[a-z]{2,4};)*+"
_TAG = rb"""<(?!mergeCell|row\b|c\b|sheetData)[a-zA-Z0-9]+(?=[\s/>])(?:[^<>"'/]|"[^<>"]*")*+"""
_ENDS = rb"</[a-zA-Z0-9]+>"
_ELEMENT = rb"%s(?:/>|>(?:%%s)%s)" % (_TAG, _ENDS)
_INNERMOST = _ELEMENT % _TEXT
_INNER = _ELEMENT % (rb"(?:%s)*+|%s" % (_INNERMOST, _TEXT))
_OUTER = _ELEMENT % (rb"(?:%s)*+|%s" % (_INNER, _TEXT))
_OTHERS = rb"(?:%s)*+" % _OUTER
"""What stands round the rows: elements, three deep."""

_ABOVE = pattern(rb"(?:<\?xml [^<>]*\?>\s*)?<worksheet(?=[\s>])[^<>]*+(?<!/)>%s" % _OTHERS)
_BELOW = pattern(rb"%s</worksheet>\s*" % _OTHERS)

_VALUE = rb'(?:(?: t="[nb]")?><v>[^<&]*| t="s"><v>[0-9]*)</v></c>'
_CELL = rb'<c r="[A-Z]{1,2}[0-9]{1,3}"(?:(?: s="[0-9]+")?%s| s="[0-9]+"/>)' % _VALUE
_NOT_HIDDEN = rb'(?:[ \t\r\n]+(?:[a-gi-zA-Z]|h[a-hj-z])[a-zA-Z0-9:]*="[^"<>]*")*[ \t\r\n]*'
"""Attributes of a row; only `hidden` begins so."""

AS_BYTES = re2.Options()
"""Of patterns that are looked for in bytes, whatever they stand for."""
AS_BYTES.encoding = re2.Options.Encoding.LATIN1
AS_BYTES.never_capture = True

_ROWS = re2.compile(rb"(?:<row%s(?:/>|>(?:%s)*</row>))*" % (_NOT_HIDDEN, _CELL), AS_BYTES)

_BEGIN, _END = b"<sheetData>", b"</sheetData>"
_NONE_MERGED = b"<mergeCells/>"


def cells_begin(sheet: bytes) -> int | None:
    """Where the rows of a plain sheet begin; None where a sheet is any other."""
    begin, end = sheet.find(_BEGIN), sheet.rfind(_END)
    rows = begin + len(_BEGIN)
    plain = (
        0 <= begin < end
        and _ABOVE.fullmatch(sheet, 0, begin)
        and _BELOW.fullmatch(sheet, end + len(_END))
        and _ROWS.fullmatch(sheet, rows, end)
    )
    return begin if plain else None


def saying_unmerged(sheet: bytes, begin: int) -> bytes:
    """A plain sheet with an empty list of merged cells before its rows.

    What reads the cells goes through a sheet a second time for the merged ones, and stops where their list ends.
    """
    return b"".join((sheet[:begin], _NONE_MERGED, sheet[begin:]))

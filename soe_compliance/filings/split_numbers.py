"""Numbers of an .xlsx that are written in pieces, as 1&#53;0 or 1<!-- -->50.

Spreadsheet programs put the pieces together and show 150; what reads the cells takes the first, 1, for the whole.
No program in use writes so.
"""

import re

import re2

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.plain_sheets import AS_BYTES

_MAY_BE = re2.compile(rb"<(?:[^<>/ \t\r\n]+:)?v(?:[ \t\r\n][^<>]*)?>[^<&]*(?:&|<[^/])", AS_BYTES)
"""A value in which something stands beside figures; in a text it may."""

_ASIDE = pattern(rb"<(?:!--.*?(?:-->|\Z)|\?.*?(?:\?>|\Z)|!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
_CDATA, _LEFT_OUT, _IN_PIECES = b"<![", b"<>", b"&"
_CELL_OR_VALUE = pattern(
    rb"<(?:[^<>/\s]+:)?(?:c(?=[\s/>])(?P<attributes>[^<>]*)|v(?:\s[^<>]*)?(?<!/)>(?P<value>[^<]*)(?P<more><[^/])?)"
)
_OF_TEXT = pattern(rb'(?:\s+[\w:]+="[^"<>]*")*?\s+t="(?:str|d)"(?:\s+[\w:]+="[^"<>]*")*\s*')
"""The attributes of a cell whose pieces are put together."""


def has_split_number(sheet: bytes) -> bool:
    """Whether a value on a sheet would be read in part."""
    if not _MAY_BE.search(sheet):
        return False
    attributes = b""
    for found in _CELL_OR_VALUE.finditer(_ASIDE.sub(_mark, sheet)):
        if found["attributes"] is not None:
            attributes = found["attributes"]
        elif found["more"] or (_IN_PIECES in found["value"] and not _OF_TEXT.fullmatch(attributes)):
            return True
    return False


def _mark(aside: re.Match[bytes]) -> bytes:
    """What stands for a comment or the like; of CDATA nothing is read, be the cell a text or not."""
    return _LEFT_OUT if aside[0].startswith(_CDATA) else _IN_PIECES

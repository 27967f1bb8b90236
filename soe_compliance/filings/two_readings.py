"""Cells that spreadsheet programs show as one value and what reads them takes for another.

Of an .xlsx:
    <c><v>1&#53;0</v></c>                    150 is shown; only what stands before the reference, a comment or CDATA is read
    <c t="s"><v> 7</v></c>                   the eighth shared text is shown, the first is read
    <c><v>150</v><is><t>1</t></is></c>       150 is shown, the text in place is read
Of an .ods:
    <text:p>1<![CDATA[50]]></text:p>         150 is shown, CDATA is not read
    office:boolean-value="tru&#101;"         what is not written as true is read as false

No program in use writes so.
"""

import re

import re2

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.plain_sheets import AS_BYTES

_MAY_BE = re2.compile(
    rb"<(?:[^<>/ \t\r\n]+:)?v(?:[ \t\r\n][^<>]*)?>[^<&]*(?:&|<[^/])"
    rb"""|<(?:[^<>/ \t\r\n]+:)?c[ \t\r\n][^<]*["']s["'][^<]*"""
    rb"<(?:[^v/]|v[^> \t\r\n]|v(?:[ \t\r\n][^<]*)?>(?:[0-9]*[^0-9<]))",
    AS_BYTES,
)
"""A value in which something stands beside text, or a cell with a shared text that is no plain number."""

_IN_PLACE, _RIGHTLY_IN_PLACE, _PREFIXED_IN_PLACE = b"<is", b' t="inlineStr"><is>', b":is"

_ASIDE = pattern(rb"<(?:!--.*?(?:-->|\Z)|\?.*?(?:\?>|\Z)|!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
_CDATA, _LEFT_OUT, _IN_PIECES = b"<![", b"<>", b"&"
_PART = pattern(
    rb"<(?:[^<>/\s]+:)?"
    rb"(?:c(?=[\s/>])(?P<cell>[^<]*)|(?P<in_place>is)(?=[\s/>])|v(?:\s[^<>]*)?(?<!/)>(?P<value>[^<]*)(?P<more><[^/])?)"
)
_TYPE = pattern(
    rb"""(?:\s+[^\s=<>"']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*?\s+t\s*=\s*(?:"(?P<type>\w+)"|'(?P<single>\w+)')"""
)
_PUT_TOGETHER = (b"str", b"d")
"""Types of cells whose pieces are read as one."""

_ODD_TRUTH = pattern(rb"""boolean-value\s*=\s*["'](?!(?:true|false)["'])""")


def ods_has_two_readings(content: bytes) -> bool:
    """Whether a cell of an .ods would be read otherwise than it is shown."""
    return b"<![CDATA[" in content or _ODD_TRUTH.search(content) is not None


def has_two_readings(sheet: bytes) -> bool:
    """Whether a cell on a sheet of an .xlsx would be read otherwise than it is shown."""
    if not (_MAY_BE.search(sheet) or _may_be_in_place(sheet)):
        return False
    kind = b""
    for found in _PART.finditer(_ASIDE.sub(_mark, sheet)):
        if found["cell"] is not None:
            stated = _TYPE.match(found["cell"])
            kind = (stated["type"] or stated["single"]) if stated else b""
        elif found["in_place"]:
            if kind != b"inlineStr":
                return True
        elif found["more"] or not _is_read_whole(found["value"], kind):
            return True
    return False


def _may_be_in_place(sheet: bytes) -> bool:
    """Whether a text in place may stand in a cell of another type."""
    return sheet.count(_IN_PLACE) > sheet.count(_RIGHTLY_IN_PLACE) or _PREFIXED_IN_PLACE in sheet


def _is_read_whole(value: bytes, kind: bytes) -> bool:
    if kind == b"s":
        return not value or value.isdigit()
    return kind in _PUT_TOGETHER or _IN_PIECES not in value


def _mark(aside: re.Match[bytes]) -> bytes:
    """What stands for a comment or the like; of CDATA nothing is read, be the cell a text or not."""
    return _LEFT_OUT if aside[0].startswith(_CDATA) else _IN_PIECES

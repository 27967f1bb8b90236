"""What the looks of an .xlsx sheet keep from whoever sees it: hidden columns, and formats that come with a condition."""

from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from xml.etree import ElementTree

from msgspec import Struct

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.number_formats import number_format
from soe_compliance.filings.sheet_xml import local_name, text_in_xml, whole
from soe_compliance.filings.shown_units import shows_its_own

_COLUMNS = pattern(rb"<(?:\w+:)?col\b[^<>]*>")
_ATTRIBUTE = pattern(rb"""\s(min|max|hidden|width)\s*=\s*["']([^"'<>]*)["']""")
_CONDITIONAL = pattern(rb"<(?:\w+:)?conditionalFormatting\b")
_END = b"conditionalFormatting>"
_RANGE = pattern(rb"""\ssqref\s*=\s*["']([^"'<>]*)["']|<(?:\w+:)?sqref\s*>([^<]*)<""")
_USED = pattern(rb"""\sdxfId\s*=\s*["'](\d{1,9})["']""")
_CODE = pattern(rb"""\sformatCode\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')""")
_MOST_COLUMNS = 16_384


class Unseen(Struct, frozen=True):
    """What a sheet does not show as it is.

    Attributes:
        columns: the hidden columns, from 0.
        formats: where a format with a condition shows words or figures of its own, and its code.
    """

    columns: Set[int] = frozenset()
    formats: Sequence[tuple[str, str]] = ()


NOTHING_UNSEEN = Unseen()


def unseen_on(part: bytes, styles: bytes) -> Unseen:
    """What a sheet does not show, by its XML and that of the styles of its workbook."""
    columns = frozenset(_hidden_columns(part[: part.find(b"sheetData")]))
    formats = tuple(_formats(part, styles)) if b"conditionalFormatting" in part else ()
    return Unseen(columns, formats) if columns or formats else NOTHING_UNSEEN


def _hidden_columns(head: bytes) -> Iterator[int]:
    if b"hidden" not in head and b"width" not in head:
        return
    for column in _COLUMNS.findall(head):
        said = dict(_ATTRIBUTE.findall(column))
        if said.get(b"hidden") in (b"1", b"true") or said.get(b"width") in (b"0", b"0.0"):
            first, last = (whole(said.get(end, b"").decode(), 0) for end in (b"min", b"max"))
            yield from range(max(first, 1) - 1, min(last, _MOST_COLUMNS))


def _formats(part: bytes, styles: bytes) -> Iterator[tuple[str, str]]:
    for found in _conditional(part):
        used = _codes_of_styles(styles) if b"dxfId" in found else ()
        codes = [used[int(place)] for place in _USED.findall(found) if int(place) < len(used)]
        codes += [text_in_xml(one or other) for one, other in _CODE.findall(found)]
        for code in dict.fromkeys(codes):
            if code and shows_its_own(number_format(code)):
                ranges = [one or other for one, other in _RANGE.findall(found)]
                yield text_in_xml(ranges[0]) if ranges else "", code


def _conditional(part: bytes) -> Iterator[bytes]:
    """The formats with a condition, as written."""
    end = 0
    for opening in _CONDITIONAL.finditer(part):
        if opening.start() >= end:
            end = part.find(_END, opening.end())
            if end < 0:
                return
            yield part[opening.start() : end]


@lru_cache(maxsize=2)
def _codes_of_styles(styles: bytes) -> Sequence[str]:
    """The number format of each style that formats with a condition use, empty where it has none."""
    if b"<dxf" not in styles and b":dxf" not in styles:
        return ()
    all_of = next((one for one in ElementTree.fromstring(styles) if local_name(one.tag) == "dxfs"), ())
    return [
        next((part.get("formatCode", "") for part in style if local_name(part.tag) == "numFmt"), "")
        for style in all_of
    ]

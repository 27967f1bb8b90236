"""Sheets in which nothing stands but what most have: rows of near cells with values, none hidden, none merged.

One look at the whole of such a sheet tells that nothing is to be said of it, and that going through it can't fail.
"""

from soe_compliance.domain.patterns import pattern

_TEXT = rb"(?:[^<>&]|&[a-z]{2,4};)*+"
_TAG = rb"""<(?!mergeCell|row\b|c\b|sheetData)[a-zA-Z0-9]+(?=[\s/>])(?:[^<>"'/]|"[^<>"]*")*+"""
_ENDS = rb"</[a-zA-Z0-9]+>"


def _element(*contents: bytes) -> bytes:
    """An element that is empty, or holds one of these."""
    return rb"%s(?:/>|>(?:%s)%s)" % (_TAG, rb"|".join(contents), _ENDS)


def _several(element: bytes) -> bytes:
    return rb"(?:%s)*+" % element


_OTHERS = _several(_element(_several(_element(_several(_element(_TEXT)), _TEXT)), _TEXT))
"""What stands round the cells: elements, a few deep."""

_CELL = (
    rb'<c r="[A-Z]{1,2}+\d{1,3}+"'
    rb'(?:(?:><v>| t="[snb]"><v>| s="\d++"><v>| s="\d++" t="[snb]"><v>)[^<]*+</v></c>| s="\d++"/>)'
)
_ROW = rb"<row(?=[\s>])(?![^<>]*hidden)[^<>]*+>(?:(?:%s)*+</row>|(?<=/>))" % _CELL
_PLAIN = pattern(
    rb"(?:<\?xml [^<>]*\?>\s*)?<worksheet(?=[\s>])[^<>]*+(?<!/)>%s(<sheetData>)(?:%s)*+</sheetData>%s</worksheet>\s*"
    % (_OTHERS, _ROW, _OTHERS)
)
_NONE_MERGED = b"<mergeCells/>"


def cells_begin(sheet: bytes) -> int | None:
    """Where the rows of a plain sheet begin; None where a sheet is any other."""
    plain = _PLAIN.fullmatch(sheet)
    return plain.start(1) if plain else None


def saying_unmerged(sheet: bytes, begin: int) -> bytes:
    """A plain sheet with an empty list of merged cells before its rows.

    What reads the cells goes through a sheet a second time for the merged ones, and stops where their list ends.
    """
    return b"".join((sheet[:begin], _NONE_MERGED, sheet[begin:]))

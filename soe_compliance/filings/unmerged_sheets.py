"""Sheets that say before their cells that none of them are merged.

What reads the cells goes through a sheet a second time for its merged cells, which stand behind all others, and stops
where their list ends. Most sheets have none: with an empty list in front, the second time is over at once.
"""

import re

_FIRST_CELLS, _LAST_CELLS = b"<sheetData>", b"</sheetData>"
_MERGED, _NONE_MERGED = b"mergeCell", b"<mergeCells/>"

_TAG = rb"""<[a-zA-Z](?:[^<>"'/]|"[^<>"]*")*+"""
_EMPTY = rb"%s/>" % _TAG
_TEXT = rb"(?:[^<>&]|&[a-z]{2,4};)*+"
_WITH_TEXT = rb"%s>%s</[a-zA-Z0-9:]+>" % (_TAG, _TEXT)


def _holding(content: bytes) -> bytes:
    return rb"%s>(?:%s)*+</[a-zA-Z0-9:]+>" % (_TAG, content)


_SIMPLE = rb"%s|%s" % (_EMPTY, _WITH_TEXT)
_NESTED = rb"%s|%s" % (_SIMPLE, _holding(rb"%s|%s" % (_SIMPLE, _holding(_SIMPLE))))
_PLAIN_END = re.compile(rb"</sheetData>(?:%s)*+</worksheet>\s*" % _NESTED)
"""What may stand behind the cells so that going through it can't fail: whole elements, a few deep."""


def saying_unmerged(sheet: bytes) -> bytes:
    """A sheet with an empty list of merged cells in front.

    One that may have merged cells stays as it is, and so does one whose end is broken: that is found by going through it.
    """
    start = sheet.find(_FIRST_CELLS)
    end = sheet.find(_LAST_CELLS, start) if start >= 0 else -1
    if end < 0 or _MERGED in sheet or not _PLAIN_END.fullmatch(sheet, end):
        return sheet
    return b"".join((sheet[:start], _NONE_MERGED, sheet[start:]))

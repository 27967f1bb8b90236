"""What stands in a cell as text, and what is wrong with a cell.

Texts are compared after NFKC, without what can't be seen (zero-width characters) and without white space at their
ends. A dash, a stroke or 无 stands for blank.
"""

import unicodedata
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from math import isfinite

from soe_compliance.domain.patterns import pattern
from soe_compliance.domain.text import Text


class BadCell(ValueError):
    """A cell that does not hold what its field asks for.

    Attributes:
        expected: what to write instead, where that is more than what the field's type says.
    """

    def __init__(self, expected: Text | None = None) -> None:
        super().__init__()
        self.expected = expected


class LostDigits(BadCell):
    """A code that was stored as a number of more digits than a number keeps."""


FIRST_LOST = 10**15
"""From here on a number of a spreadsheet does not keep all of its digits."""

BLANK_MARKS = frozenset(
    (
        "-",
        "--",
        "---",
        "—",
        "——",
        "———",
        "–",
        "――",
        "―",
        "/",
        "//",
        "无",
        "暂无",
        "空白",
        "不适用",
        "N/A",
        "n/a",
    )
)
"""What forms hold where nothing is stated, after NFKC."""

LONGEST_MARK = max(map(len, BLANK_MARKS))

_UNSEEN = pattern(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a\u202c\u202d\u2060-\u2066\u2068-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
"""What Unicode calls default ignorable: no program shows it. `TURNING` is left, for it shows another text."""

TURNING = pattern("[\u202b\u202e\u2067]")
"""What has the text behind it run from right to left."""

_RAISED = pattern(
    "[\u00b2\u00b3\u00b9\u2070-\u209f\u2460-\u24ff\u2776-\u2793\u3200-\u33ff\U0001f100-\U0001f10c]"
)
"""Raised and circled figures: NFKC would make figures of a number out of the mark of a note."""

_LARGEST = 10**100
_PIECE = 1000
_LONGEST = 100
"""No number and no date is longer than so many characters."""


def text_of(cell: object) -> str:
    """A text without white space at its ends, after NFKC; blank is empty."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        if cell.isascii():
            return cell.strip()
        return _known_words(cell) if len(cell) <= _LONGEST else _words(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return _float_text(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
    if isinstance(cell, (Decimal, date)) or (isinstance(cell, int) and abs(cell) < _LARGEST):
        return str(cell)
    raise BadCell


def _words(text: str) -> str:
    return _normalised(_UNSEEN.sub("", text)).strip()


_known_words = lru_cache(maxsize=8192)(_words)
"""Headers, labels and names stand in many places."""


def _normalised(text: str) -> str:
    # A run of combining marks takes time with the square of its length, so a long text goes in pieces.
    if len(text) <= _PIECE:
        return unicodedata.normalize("NFKC", text)
    pieces = (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))
    return "".join(unicodedata.normalize("NFKC", piece) for piece in pieces)


def _float_text(cell: float) -> str:
    if not isfinite(cell):
        raise BadCell
    return str(int(cell)) if cell.is_integer() and abs(cell) < FIRST_LOST else format(cell, ".15g")


def short_text(cell: str) -> str:
    """The text of a cell that asks for a number, a date or a mark, blank where a dash or the like stands in it.

    The apostrophe that makes a text of a number in spreadsheets is no part of it.
    """
    bare = cell.strip()
    if len(bare) > _LONGEST or (not bare.isascii() and _RAISED.search(bare)):
        raise BadCell
    text = text_of(bare).removeprefix("'").lstrip()
    return "" if text in BLANK_MARKS else text


def is_stated(text: str) -> bool:
    """Whether a text is neither empty nor a mark for blank."""
    bare = text_of(text)
    return bool(bare) and bare not in BLANK_MARKS


def is_blank(cell: object) -> bool:
    """Whether a cell is empty, or holds nothing but white space."""
    return cell == "" or (isinstance(cell, str) and not cell.strip())


def squeezed(text: str) -> str:
    """A text without white space, as texts are compared."""
    # Codes and the like, of which there are many, take less time than looking them up.
    return "".join(text.split()) if text.isascii() else _squeezed_words(text)


@lru_cache(maxsize=8192)
def _squeezed_words(text: str) -> str:
    return "".join(text_of(text).split())

"""Rows that are totals: by a word for one that stands alone in a cell, or at the end of the row's label."""

from collections.abc import Sequence

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.cell_text import is_blank, squeezed, text_of
from soe_compliance.filings.layout import LeftOut

_GRAND_TOTALS = ("合计", "总计", "共计", "总合计")
_SUBTOTALS = ("小计", "本页合计", "本页小计", "累计", "本年累计")
_TOTALS = ("合计", "小计", "总计", "共计")
_UNIT_BEHIND = pattern(r"\([^()]*\)$")
_COUNT_BEHIND = pattern(r"[:,]?共?\d+(?:户|家|个|项|笔|条)$")
_ENUMERATION = pattern(r"\d+(?:\.\d+)*|[一二三四五六七八九十]+")
_LONGEST_LABEL = 24


def total_of(row: Sequence[object], required: Sequence[object]) -> LeftOut | None:
    """Which total a row is, None where it may be data; `required` are its cells that data fill."""
    word = next((cell for cell in required if is_total_word(cell)), None)
    if word is None and all(not is_blank(cell) for cell in required):
        return None
    word = word or next((cell for cell in row if is_total_word(cell)), None)
    if word is not None:
        return _scope(row, required, str(word))
    label = next((cell for cell in row if not is_blank(cell) and not _is_number(cell)), "")
    if isinstance(label, str) and all(is_blank(cell) or cell == label for cell in required):
        return _labelled_total(label, alone=all(map(is_blank, required)))
    return None


def is_total_word(cell: object) -> bool:
    """Whether a cell holds a word for a total and nothing else but its unit, or how many."""
    if not isinstance(cell, str) or len(cell) > _LONGEST_LABEL:
        return False
    return _bare_total(cell) in (*_GRAND_TOTALS, *_SUBTOTALS)


def _scope(row: Sequence[object], required: Sequence[object], word: str) -> LeftOut:
    """Of which rows a total is; of something else where the row names more than the word."""
    others = [cell for cell in row if isinstance(cell, str) and not is_blank(cell) and cell != word]
    named = any(not _is_number(cell) and not _looks_like_amount(cell) for cell in others)
    kind = _bare_total(word)
    if kind in _SUBTOTALS:
        return LeftOut.SUBTOTAL if kind == "小计" else LeftOut.OTHER_TOTAL
    blank = all(is_blank(cell) or is_total_word(cell) for cell in required)
    return LeftOut.TOTAL if blank and not named else LeftOut.OTHER_TOTAL


def _labelled_total(cell: str, *, alone: bool) -> LeftOut | None:
    """Which total a label says; a name that a row needs (not `alone`) may begin with 其中, but ends with no such word."""
    text = _bare_total(cell)
    if alone and text.startswith("其中"):
        return LeftOut.OF_WHICH
    return LeftOut.OTHER_TOTAL if text.endswith(_TOTALS) else None


def _bare_total(cell: str) -> str:
    """A text without its unit, or the number of what is counted: 合计 of 合计（万元） and of 合计：3户."""
    bare = _UNIT_BEHIND.sub("", squeezed(cell).strip("*:"))
    return _COUNT_BEHIND.sub("", bare).strip("*:")


def _is_number(cell: object) -> bool:
    return not isinstance(cell, str) or bool(_ENUMERATION.fullmatch(squeezed(cell)))


def _looks_like_amount(cell: str) -> bool:
    return not any(character.isalpha() for character in text_of(cell))

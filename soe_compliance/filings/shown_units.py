"""What the number format of a cell makes of the number in it: the unit of an amount, the kind of a share."""

import re
import unicodedata
from datetime import date
from enum import Enum, auto
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.amounts import FEN_OF_UNIT, FOREIGN
from soe_compliance.filings.cell_text import FIRST_LOST
from soe_compliance.filings.filing import FEN_PER_UNIT
from soe_compliance.filings.forms import Unit
from soe_compliance.filings.number_formats import NumberFormat, Section

_HOME = pattern(r"人民币|RMB|CNY|CN¥|¥", re.IGNORECASE)
_ROUND = "整正()"
_OTHER_CURRENCY = pattern(
    r"(?:CHF|MNT|KZT|THB|VND|INR|MYR|IDR|PHP|NZD|BRL|ZAR|AED|SEK|NOK|DKK)(?![A-Z])|Fr\.|kr"
)
_SYMBOLS_OF_HOME = "¥￥"
_LIKE_A_UNIT = pattern(r"[元圆角厘百千万亿兆]|^分$")
_MULTIPLIERS = {"百": 2, "千": 3, "K": 3, "k": 3, "M": 6, "m": 6, "MM": 6, "mm": 6, "B": 9, "bn": 9}
"""Words that multiply and name no unit of money by themselves, with the noughts that each stands for."""

_DAY_0 = date(1899, 12, 30).toordinal()
"""Days are numbers, counted from this one."""

_AS_CODE = pattern(
    r"""(?=00|"[^"]*[^\s"%‰元万亿]"0|0+"[^"]*[^\s"%‰元万亿])(?:"(?P<before>[^"]*)")?(?P<figures>0+)(?:"(?P<behind>[^"]*)")?"""
)
_ODD_SHARE = pattern(r"[‰‱成折]|bps?$|基点", re.IGNORECASE)
_COUNTED = frozenset(FEN_PER_UNIT[unit] for unit in Unit)


class Refusal(Enum):
    """Why the amount or share that a format shows can't be taken."""

    FOREIGN = auto()
    DISAGREES = auto()
    UNTOLD = auto()


class ShareKind(Enum):
    """What a number in a column of shares is by its format."""

    UNMARKED = auto()
    SHARE = auto()
    PERCENTAGE = auto()
    UNTOLD = auto()


class ShownUnit(NamedTuple):
    """What a section of a format says of an amount.

    Attributes:
        fen: the fen that 1 of the number shown stands for; None where no unit is shown.
        words: the unit as shown.
        scale: the number shown is the one stored divided by 10 to this power.
        refusal: why no amount can be taken, whatever is stated elsewhere.
    """

    fen: int | None = None
    words: str = ""
    scale: int = 0
    refusal: Refusal | None = None

    @property
    def is_plain(self) -> bool:
        return self == _PLAIN

    def stored_fen(self, stated: int | None) -> Fraction | None:
        """The fen that 1 of the number stored stands for, given those of the unit stated elsewhere."""
        fen = self.fen if self.fen is not None else stated
        return None if fen is None else Fraction(fen, 10**self.scale)


_PLAIN = ShownUnit()
_UNTOLD = ShownUnit(refusal=Refusal.UNTOLD)


@lru_cache(maxsize=1024)
def shown_unit(section: Section) -> ShownUnit:
    """What a section says of an amount."""
    if not (section.before or section.after or section.scale or section.is_odd):
        return _PLAIN
    if _is_foreign(section.before) or _is_foreign(section.after):
        return ShownUnit(refusal=Refusal.FOREIGN)
    if section.is_odd:
        return _UNTOLD
    before, after = (_HOME.sub("", text).strip(_ROUND) for text in (section.before, section.after))
    words = after or before
    if words in FEN_OF_UNIT and "" in (before, after):
        return ShownUnit(FEN_OF_UNIT[words], words, section.scale)
    if words in _MULTIPLIERS and not before:
        return _PLAIN if _MULTIPLIERS[words] == section.scale else _UNTOLD
    return _UNTOLD if _LIKE_A_UNIT.search(before + after) else ShownUnit(scale=section.scale)


def _is_foreign(text: str) -> bool:
    if FOREIGN.search(text) or _OTHER_CURRENCY.search(text):
        return True
    return any(unicodedata.category(sign) == "Sc" and sign not in _SYMBOLS_OF_HOME for sign in text)


def fen_by_format(number: float, shown_by: NumberFormat, stated: int | None) -> int | Refusal | None:
    """The fen that 1 of a number stands for in a cell with this format; None where the format says nothing of it.

    The amount is the one that is seen: the number shown, in the unit shown, else in the one stated elsewhere. A unit
    stated elsewhere may be meant of the number stored or of the one shown; a format that scales without naming a
    unit is taken at its word only where the number stored then counts a unit in use.

    Args:
        number: the number stored.
        shown_by: the format.
        stated: the fen of the unit that header, unit line or the row itself states; None where none does.
    """
    section = shown_by.section(number)
    if not number:
        return Refusal.UNTOLD if section.adds else None
    return _fen_in_section(section, shown_by, stated)


@lru_cache(maxsize=1024)
def _fen_in_section(section: Section, shown_by: NumberFormat, stated: int | None) -> int | Refusal | None:
    shown = shown_unit(section)
    if shown.is_plain:
        return None
    if shown.refusal:
        return shown.refusal
    sections = [shown_unit(section) for section in shown_by.of_amounts if section.is_shown]
    is_even = len({section.stored_fen(stated) for section in sections}) == 1
    fen = shown.stored_fen(stated)
    if fen is None or fen.denominator != 1:
        return Refusal.UNTOLD
    if shown.fen is None:
        return int(fen) if is_even and fen in _COUNTED else Refusal.UNTOLD
    if stated is None:
        return int(fen) if is_even else Refusal.UNTOLD
    is_as_shown = is_even and any(section.fen == stated for section in sections)
    return int(fen) if fen == stated or is_as_shown else Refusal.DISAGREES


def share_by_format(number: float, shown_by: NumberFormat) -> ShareKind:
    """What a number in a column of shares is by its format: one that shows `51%` of 51 by a sign that is only text is 51%."""
    return _share_kind(shown_by.section(number))


@lru_cache(maxsize=1024)
def makes_shares(shown_by: NumberFormat) -> bool:
    """Whether all numbers with this format are shares."""
    return all(_share_kind(section) is ShareKind.SHARE for section in shown_by.sections)


@lru_cache(maxsize=1024)
def _share_kind(section: Section) -> ShareKind:
    if not section.is_shown:
        return ShareKind.UNTOLD if section.adds else ShareKind.UNMARKED
    words = section.before + section.after
    if section.is_odd or section.scale or (words and _ODD_SHARE.search(words)):
        return ShareKind.UNTOLD
    if section.percent:
        return ShareKind.SHARE
    return ShareKind.PERCENTAGE if "%" in words else ShareKind.UNMARKED


def tells(shown_by: NumberFormat) -> bool:
    """Whether a format may say something of a number that its percent signs alone don't."""
    return bool(shown_by.of_texts or makes_codes(shown_by)) or any(
        not shown_unit(section).is_plain or _share_kind(section) in (ShareKind.PERCENTAGE, ShareKind.UNTOLD)
        for section in shown_by.sections
    )


def makes_codes(shown_by: NumberFormat) -> bool:
    """Whether a format shows numbers as codes: with noughts before them, or with letters or signs that it quotes."""
    return _AS_CODE.fullmatch(shown_by.code) is not None


def code_shown(cell: object, shown_by: NumberFormat) -> str | None:
    """The code that a whole number is shown as; None where the format makes no code of it."""
    if (
        isinstance(cell, bool)
        or not isinstance(cell, (int, float))
        or not 0 < cell < FIRST_LOST
        or cell != int(cell)
    ):
        return None
    found = _AS_CODE.fullmatch(shown_by.code)
    if found is None:
        return None
    return f"{found['before'] or ''}{int(cell):0{len(found['figures'])}d}{found['behind'] or ''}"


def shows_its_own(shown_by: NumberFormat) -> bool:
    """Whether a format has words for texts, or figures that no number has."""
    return bool(shown_by.of_texts) or any(section.adds for section in shown_by.sections)


def shows_other(cell: object, shown_by: NumberFormat) -> bool:
    """Whether a format shows words of its own for a text, or figures that a number or a day has not."""
    if isinstance(cell, str):
        return bool(cell and shown_by.of_texts)
    if isinstance(cell, date):
        return shown_by.section(cell.toordinal() - _DAY_0).adds
    return isinstance(cell, (int, float)) and shown_by.section(cell).adds

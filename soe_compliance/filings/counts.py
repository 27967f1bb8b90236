"""Years, quarters and levels as forms spell them."""

import re
from decimal import Decimal

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.amounts import number_of
from soe_compliance.filings.cell_text import BadCell, short_text
from soe_compliance.filings.numerals import digit_by_digit, numeral
from soe_compliance.filings.spellings import How, Understood, blank

_YEAR_IN_FRONT = pattern(r"^(?:[0-9]{4}年度?-?|[0-9]{4}-?(?=Q))")
_QUARTERS = ("季度末", "季度", "季")
LARGEST_WHOLE = 10**9
_LEVELS = ("级企业", "级公司", "级单位", "级")


def read_whole(cell: object) -> Understood[int]:
    """A whole number, such as a year: 2024, 2024年, 2024年度, 二〇二四年."""
    if type(cell) is int and abs(cell) <= LARGEST_WHOLE:
        return cell, None
    if type(cell) is float and cell.is_integer() and abs(cell) <= LARGEST_WHOLE:
        return int(cell), None
    if not isinstance(cell, str):
        return _whole(number_of(cell)), None
    text = short_text(cell)
    if not text:
        return blank(cell)
    bare = text.removesuffix("度").removesuffix("年").strip()
    figures = digit_by_digit(bare) if len(bare) == 4 else bare
    number = _whole(number_of(figures))
    if number is None:
        raise BadCell
    return number, How.PLAIN_TEXT if figures == text else How.COUNT


def _whole(number: Decimal | None) -> int | None:
    if number is None:
        return None
    if number != number.to_integral_value() or abs(number) > LARGEST_WHOLE:
        raise BadCell
    return int(number)


def whole_of(cell: object) -> int | None:
    return read_whole(cell)[0]


def _read_count(
    cell: object, suffixes: tuple[str, ...], in_front: re.Pattern[str] | None = None
) -> Understood[int]:
    """A small number, also as 一 or 第一, with a suffix."""
    if not isinstance(cell, str):
        return read_whole(cell)
    text = "".join(short_text(cell).upper().split())
    if not text:
        return blank(cell)
    counted = in_front.sub("", text).removeprefix("Q") if in_front else text
    counted = counted.removeprefix("第")
    suffix = next(suffix for suffix in (*suffixes, "") if counted.endswith(suffix))
    counted = counted.removesuffix(suffix)
    number = numeral(counted)
    if number is None:
        number = whole_of(counted)
    if number is None:
        raise BadCell
    usual = f"{'零一二三四五六七八九'[number]}{suffix}" if 0 < number < 10 else None
    if text == usual and suffix in ("季度", "级"):
        return number, None
    return number, How.PLAIN_TEXT if counted == text else How.COUNT


def read_quarter(cell: object) -> Understood[int]:
    """A quarter: 1, 一季度, 第一季度, Q1, 2024年第一季度; the year is that of the row's own field."""
    quarter, how = _read_count(cell, _QUARTERS, _YEAR_IN_FRONT)
    if quarter is not None and not 1 <= quarter <= 4:
        raise BadCell
    return quarter, how


def quarter_of(cell: object) -> int | None:
    return read_quarter(cell)[0]


def read_level(cell: object) -> Understood[int]:
    """A level: 1, 一级, 第一级, 一级企业."""
    return _read_count(cell, _LEVELS)


def level_of(cell: object) -> int | None:
    return read_level(cell)[0]

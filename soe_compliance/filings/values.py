"""One cell at a time: from what stands in it to a value, or a `BadCell` that says what was expected.

Blank (None, an empty text, a dash or the like) gives None, for codes and texts an empty text. Each reader gives
what a cell says and how it was understood; the functions named `…_of` only what it says.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from functools import lru_cache, partial
from math import nan
from typing import Any, TypeAlias

from soe_compliance.domain.text import Text
from soe_compliance.filings.amounts import (
    MOST_DIGITS,
    Amount,
    Share,
    money_of,
    number_of,
    ratio_of,
    read_amount,
    read_share,
)
from soe_compliance.filings.cell_text import (
    BLANK_MARKS,
    FIRST_LOST,
    BadCell,
    LostDigits,
    is_stated,
    short_text,
    text_of,
)
from soe_compliance.filings.days import FIRST_DAY, LAST_DAY, day_of, read_day
from soe_compliance.filings.fields import Choice, FieldType
from soe_compliance.filings.flags import flag_of, read_flag
from soe_compliance.filings.numerals import digit_by_digit, numeral
from soe_compliance.filings.spellings import How, Understood, blank

__all__ = [
    "EXPECTED",
    "FIRST_DAY",
    "LAST_DAY",
    "PARSERS",
    "Amount",
    "BadCell",
    "LostDigits",
    "Share",
    "choice_of",
    "choices_of",
    "code_of",
    "day_of",
    "flag_of",
    "float_of",
    "id_of",
    "is_stated",
    "level_of",
    "money_of",
    "name_of",
    "number_of",
    "quarter_of",
    "ratio_of",
    "reader",
    "scaled",
    "text_of",
    "whole_of",
]

Reader: TypeAlias = Callable[[object], tuple[Any, How | None]]

_FLOAT_DIGITS = 15
_EXACT = Context(prec=4 * MOST_DIGITS, traps=[Inexact])
_AS_POWER = re.compile(r"[0-9](?:\.[0-9]+E\+?|E\+)[0-9]{2}", re.IGNORECASE)
_USUAL_CODE = re.compile(r"[0-9A-Z]+")
_SPACED_CODE = re.compile(r"[0-9A-Z]{18}")
_YEAR_IN_FRONT = re.compile(r"^(?:[0-9]{4}年度?-?|[0-9]{4}-?(?=Q))")
_QUARTERS = ("季度末", "季度", "季")
_LEVELS = ("级企业", "级公司", "级单位", "级")

EXPECTED: Mapping[FieldType, Text] = {
    FieldType.FIRM: Text("代码", "a code"),
    FieldType.PROJECT: Text("代码", "a code"),
    FieldType.ID: Text("编号", "an identifier"),
    FieldType.TEXT: Text("文本", "a text"),
    FieldType.INT: Text("整数（年度如2024）", "a whole number (a year such as 2024)"),
    FieldType.QUARTER: Text("季度（1至4，或一季度至四季度）", "a quarter (1 to 4)"),
    FieldType.LEVEL: Text("级次（如1或一级）", "a level (such as 1 or 一级)"),
    FieldType.DATE: Text("日期（年月日俱全，如2024-02-28）", "a full date (such as 2024-02-28)"),
    FieldType.MONEY: Text("金额（如1,234.50或1.2亿元）", "an amount (such as 1,234.50 or 1.2亿元)"),
    FieldType.RATIO: Text("比例（如24.98%）", "a share (such as 24.98%)"),
    FieldType.FLAG: Text("“是”或“否”（只选其一）", "yes or no (是 or 否, one of them)"),
    FieldType.CHOICE: Text("所列选项", "one of the listed values"),
    FieldType.CHOICES: Text("所列选项", "a list of the listed values"),
}


def read_code(cell: object) -> Understood[str]:
    """A code: a text in upper case. A number that has lost digits is refused."""
    if isinstance(cell, str) and _USUAL_CODE.fullmatch(cell):
        return cell, None
    code, how = _read_name(cell)
    code = code.upper()
    if " " in code and _SPACED_CODE.fullmatch(joined := "".join(code.split())):
        code = joined
    return code, how or (How.CODE_TEXT if isinstance(cell, str) and code != cell.strip() else None)


def read_id(cell: object) -> Understood[str]:
    """An identifier as it is compared. A number that has lost digits is refused."""
    return _read_name(cell)


def _read_name(cell: object) -> tuple[str, How | None]:
    if not isinstance(cell, str):
        if isinstance(cell, float) and abs(cell) >= FIRST_LOST:
            raise LostDigits
        return text_of(cell), How.CODE_NUMBER if isinstance(cell, (int, float)) else None
    text = text_of(cell)
    if text in BLANK_MARKS:
        return "", How.BLANK_MARK
    if text[1:2] in (".", "E", "e") and _AS_POWER.fullmatch(text):
        raise LostDigits
    return text.removeprefix("'"), None


def read_name(cell: object) -> Understood[str]:
    """A free text as written, without white space at its ends."""
    if not isinstance(cell, str):
        return text_of(cell), None
    name = cell.strip()
    return (name, None) if is_stated(name) else ("", How.BLANK_MARK if name else None)


def code_of(cell: object) -> str:
    return read_code(cell)[0] or ""


def id_of(cell: object) -> str:
    return read_id(cell)[0] or ""


def name_of(cell: object) -> str:
    return read_name(cell)[0] or ""


def float_of(cell: object) -> float:
    """A number of 15 digits at most, which a float tells from all others of as many; NaN for all else."""
    if type(cell) is int:
        return float(cell) if abs(cell) < 10**_FLOAT_DIGITS else nan
    if type(cell) is not Decimal or len(str(cell)) > _FLOAT_DIGITS:
        return nan
    return float(cell) if cell.is_finite() and abs(cell.adjusted()) <= MOST_DIGITS else nan


def read_whole(cell: object) -> Understood[int]:
    """A whole number, such as a year: 2024, 2024年, 2024年度, 二〇二四年."""
    if not isinstance(cell, str):
        return _whole(number_of(cell)), None
    text = short_text(cell)
    if not text:
        return blank(cell)
    bare = text.removesuffix("度").removesuffix("年").strip()
    figures = digit_by_digit(bare) if len(bare) == 4 else bare
    return _whole(number_of(figures)), How.PLAIN_TEXT if figures == text else How.COUNT


def _whole(number: Decimal | None) -> int | None:
    if number is None:
        return None
    if number != number.to_integral_value() or abs(number) > 10**9:
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
    counted = in_front.sub("", text, count=1) if in_front else text
    counted = counted.removeprefix("Q" if in_front else "第").removeprefix("第")
    suffix = next((suffix for suffix in suffixes if counted.endswith(suffix)), "")
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


@lru_cache(maxsize=64)
def _spellings(choices: type[Choice]) -> Mapping[str, tuple[int, How | None]]:
    """The place of each listed value by its key, its label and the other words for it."""
    found: dict[str, tuple[int, How | None]] = {}
    for place, choice in enumerate(choices):
        for word in choice.other_words:
            found[text_of(word)] = (place, How.SYNONYM)
    for place, choice in enumerate(choices):
        found[text_of(choice.value).lower()] = found[text_of(choice.label)] = (place, None)
    return found


def read_choice(cell: object, choices: type[Choice]) -> Understood[int]:
    """The place of the listed value, by its key, its label or another word for it."""
    text = text_of(cell)
    known = _spellings(choices)
    found = known.get(text) or known.get(text.lower()) or known.get("".join(text.split()).strip("《》"))
    if found:
        return found
    if not text or text in BLANK_MARKS:
        return blank(cell)
    raise BadCell


def choice_of(cell: object, choices: type[Choice]) -> int | None:
    return read_choice(cell, choices)[0]


def read_choices(cell: object, choices: type[Choice]) -> Understood[int]:
    """Listed values as a bit mask: a list, or a text that separates them by 、 ; or ，. An empty list is stated."""
    if isinstance(cell, list):
        parts = cell
    else:
        text = text_of(cell)
        if not text or text in BLANK_MARKS:
            return blank(cell)
        parts = [part for part in re.split(r"[、;,\n]", text) if part.strip()]
    mask, how = 0, None
    for part in parts:
        place, other = read_choice(part, choices) if isinstance(part, str) else (None, None)
        if place is None:
            raise BadCell
        mask |= 1 << place
        how = how or other
    return mask, how


def choices_of(cell: object, choices: type[Choice]) -> int | None:
    return read_choices(cell, choices)[0]


def scaled(number: Decimal, scale: int) -> int | Fraction:
    """A decimal times a whole number, exactly; an int where it is whole."""
    product = _EXACT.multiply(number, scale)
    whole = int(product)
    return whole if whole == product else Fraction(product)


_READERS: Mapping[FieldType, Reader] = {
    FieldType.FIRM: read_code,
    FieldType.PROJECT: read_code,
    FieldType.ID: read_id,
    FieldType.TEXT: read_name,
    FieldType.INT: read_whole,
    FieldType.QUARTER: read_quarter,
    FieldType.LEVEL: read_level,
    FieldType.DATE: read_day,
    FieldType.MONEY: read_amount,
    FieldType.RATIO: read_share,
    FieldType.FLAG: read_flag,
}


def reader(kind: FieldType, choices: type[Choice] | None) -> Reader:
    """What reads the cells of a field: for each the value, None or an empty text where blank, and how.

    Args:
        kind: the field's type.
        choices: its listed values, for the types that have some.
    """
    if choices is None:
        return _READERS[kind]
    return partial(read_choices if kind is FieldType.CHOICES else read_choice, choices=choices)


def _value_of(read: Reader) -> Callable[[object], object]:
    return lambda cell: read(cell)[0]


PARSERS: Mapping[FieldType, Callable[[object], object]] = {
    kind: _value_of(read) for kind, read in _READERS.items()
}
"""What a cell says, by the type of its field, for the types that need nothing but the cell."""

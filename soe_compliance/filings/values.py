"""One cell at a time: from what stands in it to a value, or a `BadCell` that says what was expected.

Blank (None, an empty text, a dash where a number or a date is asked) gives None. Numbers out of spreadsheet cells
(float) are taken at 15 significant digits, as spreadsheets show them; int and Decimal are taken exactly.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Context, Decimal, Inexact, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from math import isfinite, nan

from soe_compliance.domain.text import Text
from soe_compliance.filings.fields import Choice, FieldType


class BadCell(ValueError):
    """A cell that does not hold what its field asks for."""


class LostDigits(BadCell):
    """A code that was stored as a number of more digits than a number keeps."""


FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
_MOST_DIGITS = 40
_FLOAT_DIGITS = 15
_EXACT = Context(prec=4 * _MOST_DIGITS, traps=[Inexact])
_DASHES = {"-", "--", "—", "——", "－", "/", "／", "无", "空白"}
_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?([eE][+-]?\d{1,2})?")
_DAY_TEXT = re.compile(
    r"(\d{4})(?:年(\d{1,2})月(\d{1,2})日?|-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})"
    r"|(\d{2})(\d{2}))(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_FLAGS = {
    **dict.fromkeys(("是", "√", "☑", "✓", "✔", "y", "yes", "true"), True),
    **dict.fromkeys(("否", "n", "no", "false"), False),
}
_DIGITS = dict(zip("一二三四五六七八九", range(1, 10), strict=True))

EXPECTED: Mapping[FieldType, Text] = {
    FieldType.FIRM: Text("代码", "a code"),
    FieldType.PROJECT: Text("代码", "a code"),
    FieldType.ID: Text("编号", "an identifier"),
    FieldType.TEXT: Text("文本", "a text"),
    FieldType.INT: Text("整数", "a whole number"),
    FieldType.QUARTER: Text("季度（1至4，或一季度至四季度）", "a quarter (1 to 4)"),
    FieldType.LEVEL: Text("级次（如1或一级）", "a level (such as 1 or 一级)"),
    FieldType.DATE: Text("日期（如2024-02-28）", "a date (such as 2024-02-28)"),
    FieldType.MONEY: Text("金额", "an amount"),
    FieldType.RATIO: Text("比例（如24.98%）", "a share (such as 24.98%)"),
    FieldType.FLAG: Text("“是”或“否”", "yes or no (是 or 否)"),
    FieldType.CHOICE: Text("所列选项", "one of the listed values"),
    FieldType.CHOICES: Text("所列选项", "a list of the listed values"),
}


def text_of(cell: object) -> str:
    """A text without white space at its ends, after NFKC; blank is empty."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip() if cell.isascii() else unicodedata.normalize("NFKC", cell).strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return _float_text(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
    if isinstance(cell, (int, Decimal, date)):
        return str(cell)
    raise BadCell


def _float_text(cell: float) -> str:
    if not isfinite(cell):
        raise BadCell
    return str(int(cell)) if cell.is_integer() and abs(cell) < 10**15 else format(cell, ".15g")


def code_of(cell: object) -> str:
    """A code: a text in upper case. A number that has lost digits is refused."""
    if isinstance(cell, float) and abs(cell) >= 10**15:
        raise LostDigits
    return text_of(cell).upper()


def name_of(cell: object) -> str:
    """A free text as written, without white space at its ends."""
    return cell.strip() if isinstance(cell, str) else text_of(cell)


def _written(cell: object) -> str:
    """A text in which a dash stands for blank."""
    text = text_of(cell)
    return "" if text in _DASHES else text


def number_of(cell: object) -> Decimal | None:
    """An exact decimal."""
    if isinstance(cell, bool):
        raise BadCell
    if isinstance(cell, (int, Decimal)):
        number = Decimal(cell)
    elif isinstance(cell, float):
        if not isfinite(cell):
            raise BadCell
        number = Decimal(format(cell, ".15g"))
    else:
        text = _written(cell)
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            raise BadCell
        try:
            number = Decimal(text.replace(",", ""))
        except InvalidOperation:
            raise BadCell from None
    return _sane(number)


def _sane(number: Decimal) -> Decimal:
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS or _has_too_many_digits(number):
        raise BadCell
    return number


def _has_too_many_digits(number: Decimal) -> bool:
    # Counting characters first is quicker, and there are no more digits than these.
    return len(str(number)) > _MOST_DIGITS and len(number.as_tuple().digits) > _MOST_DIGITS


def float_of(cell: object) -> float:
    """A number of 15 digits at most, which a float tells from all others of as many; NaN for all else."""
    if type(cell) is int:
        return float(cell) if abs(cell) < 10**_FLOAT_DIGITS else nan
    if type(cell) is not Decimal or len(str(cell)) > _FLOAT_DIGITS:
        return nan
    return float(cell) if cell.is_finite() and abs(cell.adjusted()) <= _MOST_DIGITS else nan


def money_of(cell: object) -> Decimal | None:
    """An amount in its unit: 1234.50, 1,234.50, full-width digits, or a number."""
    if isinstance(cell, str):
        stripped = text_of(cell).removeprefix("¥").strip()
        return number_of(stripped)
    return number_of(cell)


def ratio_of(cell: object) -> tuple[Decimal, bool] | None:
    """A share or percentage as written, and whether it bears its own percent sign."""
    if isinstance(cell, str):
        text = _written(cell)
        marked = text.endswith("%")
        number = number_of(text.removesuffix("%").strip())
        if number is None and marked:
            raise BadCell
        return None if number is None else (number, marked)
    number = number_of(cell)
    return None if number is None else (number, False)


def whole_of(cell: object) -> int | None:
    """A whole number, such as a year: 2024, 2024年, 2024年度."""
    if isinstance(cell, str):
        text = _written(cell)
        cell = text.removesuffix("度").removesuffix("年").strip()
    number = number_of(cell)
    if number is None:
        return None
    if number != number.to_integral_value() or abs(number) > 10**9:
        raise BadCell
    return int(number)


def _counted(cell: object, suffixes: tuple[str, ...]) -> int | None:
    """A small number, also as 一, 第一 or Q1, with a suffix."""
    if isinstance(cell, str):
        text = _written(cell).upper().removeprefix("第").removeprefix("Q")
        for suffix in suffixes:
            text = text.removesuffix(suffix)
        text = text.strip()
        if text in _DIGITS:
            return _DIGITS[text]
        cell = text
    return whole_of(cell)


def quarter_of(cell: object) -> int | None:
    quarter = _counted(cell, ("季度", "季"))
    if quarter is not None and not 1 <= quarter <= 4:
        raise BadCell
    return quarter


def level_of(cell: object) -> int | None:
    return _counted(cell, ("级",))


def day_of(cell: object) -> int | None:
    """A day as its ordinal: a date cell, 2024年2月28日, 2024-2-28, 2024/2/28, 2024.02.28 or 20240228."""
    if isinstance(cell, datetime):
        return _in_range(cell.date())
    if isinstance(cell, date):
        return _in_range(cell)
    if isinstance(cell, bool):
        raise BadCell
    return _day_in_text(_written(cell))


@lru_cache(maxsize=4096)
def _day_in_text(text: str) -> int | None:
    if not text:
        return None
    match = _DAY_TEXT.fullmatch(text)
    if not match:
        raise BadCell
    year, month, day = (int(part) for part in match.groups() if part)
    try:
        return _in_range(date(year, month, day))
    except ValueError:
        raise BadCell from None


def _in_range(day: date) -> int:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise BadCell
    return day.toordinal()


def flag_of(cell: object) -> bool | None:
    if isinstance(cell, bool):
        return cell
    if cell is None or isinstance(cell, str):
        text = _written(cell).lower()
        if not text:
            return None
        if text in _FLAGS:
            return _FLAGS[text]
    raise BadCell


@lru_cache(maxsize=64)
def _spellings(choices: type[Choice]) -> dict[str, int]:
    found = {}
    for place, choice in enumerate(choices):
        found[text_of(choice.value).lower()] = place
        found[text_of(choice.label)] = place
    return found


def choice_of(cell: object, choices: type[Choice]) -> int | None:
    """The place of the listed value, by its key or its label."""
    text = text_of(cell)
    if not text:
        return None
    place = _spellings(choices).get(text, _spellings(choices).get(text.lower()))
    if place is None:
        raise BadCell
    return place


def choices_of(cell: object, choices: type[Choice]) -> int | None:
    """Listed values as a bit mask: a list, or a text that separates them by 、 ; or ，. An empty list is stated."""
    if isinstance(cell, list):
        parts = cell
    else:
        text = text_of(cell)
        if not text:
            return None
        parts = [part for part in re.split(r"[、;,\n]", text) if part.strip()]
    mask = 0
    for part in parts:
        place = choice_of(part, choices) if isinstance(part, str) else None
        if place is None:
            raise BadCell
        mask |= 1 << place
    return mask


def scaled(number: Decimal, scale: int) -> int | Fraction:
    """A decimal times a whole number, exactly; an int where it is whole."""
    product = _EXACT.multiply(number, scale)
    whole = int(product)
    return whole if whole == product else Fraction(product)


PARSERS: Mapping[FieldType, Callable[[object], object]] = {
    FieldType.FIRM: code_of,
    FieldType.PROJECT: code_of,
    FieldType.ID: text_of,
    FieldType.TEXT: name_of,
    FieldType.INT: whole_of,
    FieldType.QUARTER: quarter_of,
    FieldType.LEVEL: level_of,
    FieldType.DATE: day_of,
    FieldType.MONEY: money_of,
    FieldType.RATIO: ratio_of,
    FieldType.FLAG: flag_of,
}
"""The parsers of the types that need nothing but the cell."""

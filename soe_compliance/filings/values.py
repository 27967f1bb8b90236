"""One cell at a time: from what stands in it to a value, or a `BadCell` that says what was expected.

Blank (None, an empty text, a dash or the like) gives None, for codes and texts an empty text. Each reader gives
what a cell says and how it was understood; the functions named `…_of` only what it says.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import partial
from math import nan
from typing import Any, TypeAlias

from soe_compliance.domain.text import Text
from soe_compliance.filings.amounts import (
    EXACT,
    MOST_DIGITS,
    Amount,
    Share,
    money_of,
    number_of,
    ratio_of,
    read_amount,
    read_share,
)
from soe_compliance.filings.cell_text import BadCell, LostDigits, text_of
from soe_compliance.filings.codes import code_of, id_of, name_of, read_code, read_id, read_name
from soe_compliance.filings.counts import (
    level_of,
    quarter_of,
    read_level,
    read_quarter,
    read_whole,
    whole_of,
)
from soe_compliance.filings.days import FIRST_DAY, LAST_DAY, day_of, read_day
from soe_compliance.filings.fields import Choice, FieldType
from soe_compliance.filings.flags import flag_of, read_flag
from soe_compliance.filings.listed_values import choice_of, choices_of, read_choice, read_choices
from soe_compliance.filings.spellings import How

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


def float_of(cell: object) -> float:
    """A number of 15 digits at most, which a float tells from all others of as many; NaN for all else."""
    if type(cell) is int:
        return float(cell) if abs(cell) < 10**_FLOAT_DIGITS else nan
    if type(cell) is not Decimal or len(str(cell)) > _FLOAT_DIGITS:
        return nan
    return float(cell) if cell.is_finite() and abs(cell.adjusted()) <= MOST_DIGITS else nan


def scaled(number: Decimal, scale: int) -> int | Fraction:
    """A decimal times a whole number, exactly; an int where it is whole."""
    product = EXACT.multiply(number, scale)
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


def _said(read: Reader, cell: object) -> object:
    return read(cell)[0]


PARSERS: Mapping[FieldType, Callable[[object], object]] = {
    kind: partial(_said, read) for kind, read in _READERS.items()
}
"""What a cell says, by the type of its field, for the types that need nothing but the cell."""

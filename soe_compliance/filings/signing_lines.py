"""Where a form is signed below its table: who signs, and the day.

A day alone is a signing line only below all data, in a column that holds no days and with nothing beside it: there it
can be no datum. Anywhere else it stays data, which can't be used.
"""

import re
from collections.abc import Collection, Sequence
from datetime import date

from soe_compliance.filings.cell_text import BadCell, text_of
from soe_compliance.filings.days import day_of

_SIGNATURE = re.compile(
    r"(?:(?:填表|填报|制表|编制|审核|复核|联系|经办|报送)人|(?:单位|部门|财务|分管|企业|主要)?负责人|法定代表人)"
    r"(?:\((?:签字|签名|签章|盖章)\))?(?::|$)"
)
_DAY_TO_FILL_IN = re.compile(r"(?:\d{4})?年\d{0,2}月\d{0,2}日?")
_LONGEST = 40


def is_signature(text: str) -> bool:
    """Whether a text names one who signs: 填表人：, 负责人（签字）：."""
    return bool(_SIGNATURE.match("".join(text_of(text).split())))


def signed_at_end(
    rows: Sequence[Sequence[object]], numbers: Sequence[int], days: Collection[int]
) -> Sequence[int]:
    """The last of the rows with data, as far as they hold a day alone, or one beside who signs.

    Args:
        rows: the rows of the sheet.
        numbers: the numbers of the rows with data.
        days: the columns of the table that hold days.
    """
    kept = len(numbers)
    while kept and _is_day_alone(rows[numbers[kept - 1]], days):
        kept -= 1
    return numbers[kept:]


def _is_day_alone(row: Sequence[object], days: Collection[int]) -> bool:
    stated = [(column, cell) for column, cell in enumerate(row) if not isinstance(cell, str) or cell.strip()]
    if len(stated) == 1:
        return stated[0][0] not in days and is_day(stated[0][1])
    signed = [isinstance(cell, str) and is_signature(cell) for _, cell in stated]
    return any(signed) and all(name or is_day(cell) for name, (_, cell) in zip(signed, stated, strict=True))


def is_day(cell: object) -> bool:
    """Whether a cell is a day, or a place for one; figures alone may be a number or an identifier."""
    if isinstance(cell, date):
        return True
    if not isinstance(cell, str) or len(cell) > _LONGEST or cell.strip().isdecimal():
        return False
    text = "".join(text_of(cell).split()).removeprefix("日期:")
    if _DAY_TO_FILL_IN.fullmatch(text):
        return True
    try:
        return day_of(text) is not None
    except BadCell:
        return False

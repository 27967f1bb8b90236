"""Where a form is signed below its table: who signs, and the day.

A day is a signing line only below all data, beside no more than who signs. Where nobody does, it has to stand in a column
that holds no days, or right below the notes: there it can be no datum. Anywhere else it stays data, which can't be used.
"""

from collections.abc import Collection, Mapping, Sequence, Set
from datetime import date

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.cell_text import BadCell, text_of
from soe_compliance.filings.days import day_of

_SIGNATURE = pattern(
    r"(?:(?:填表|填报|制表|编制|审核|复核|联系|经办|报送)人|(?:单位|部门|财务|分管|企业|主要)?负责人|法定代表人)"
    r"(?:\((?:签字|签名|签章|盖章)\))?(?::|$)"
)
_DAY_TO_FILL_IN = pattern(r"(?:\d{4})?年\d{0,2}月\d{0,2}日?")
_LONGEST = 40


def is_signature(text: str) -> bool:
    """Whether a text names one who signs: 填表人：, 负责人（签字）：."""
    return bool(_SIGNATURE.match("".join(text_of(text).split())))


def signed_at_end(
    rows: Sequence[Sequence[object]], numbers: Sequence[int], days: Set[int], notes: Collection[int]
) -> Sequence[int]:
    """The last of the rows with data, as far as they hold no more than a day, and who signs.

    Args:
        rows: the rows of the sheet.
        numbers: the numbers of the rows with data.
        days: the columns of the table that hold days.
        notes: the numbers of the rows that are notes.
    """
    kept = len(numbers)
    while kept and _is_signed(rows, numbers[kept - 1], days, notes):
        kept -= 1
    return numbers[kept:]


def _is_signed(rows: Sequence[Sequence[object]], number: int, days: Set[int], notes: Collection[int]) -> bool:
    stated, signed = _stated(rows[number]), False
    for cell in stated.values():
        if isinstance(cell, str) and is_signature(cell):
            signed = True
        elif not is_day(cell):
            return False
    alone = len(stated) == 1
    return signed or (alone and (days.isdisjoint(stated) or _last_stated(rows, number) in notes))


def _stated(row: Sequence[object]) -> Mapping[int, object]:
    """The cells of a row that hold something, by column."""
    return {column: cell for column, cell in enumerate(row) if not isinstance(cell, str) or cell.strip()}


def _last_stated(rows: Sequence[Sequence[object]], below: int) -> int | None:
    """The next row above that holds something."""
    return next((number for number in reversed(range(below)) if _stated(rows[number])), None)


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

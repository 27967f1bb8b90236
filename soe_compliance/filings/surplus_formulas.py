"""Rows at a table's end that hold nothing but formulas filled down too far: lookups that found nothing, and noughts beside.

Such a row is no more than an empty one, so it is no row; but it is said, for it may have been meant to hold one. It
stays data, which can't be used, wherever one datum may be missing by it:

- with any value of its own, be it the key that was looked up: a row was meant;
- with noughts alone: they may have been stated;
- with any other error (#REF!, #NAME?, #VALUE! …): what was looked up was there, and broke;
- with data below it: it stands in the place of a row;
- in a table without any other row: then it is the formulas that are broken, not the data that ended.
"""

from collections.abc import Collection, Sequence

_NOT_FOUND = "#N/A"
_NOUGHT = "0"
_RUNNING_NUMBERS = frozenset({"序号", "行次"})


def formulas_at_end(
    rows: Sequence[Sequence[object]], numbers: Sequence[int], headers: Sequence[str]
) -> Sequence[int]:
    """The last of the rows with data, as far as there is nothing in them.

    Args:
        rows: the rows of the sheet.
        numbers: the numbers of the rows with data.
        headers: the header of each column.
    """
    last = rows[numbers[-1]] if numbers else ()
    if _NOT_FOUND not in last:
        return ()
    numbering = {column for column, text in enumerate(headers) if "".join(text.split()) in _RUNNING_NUMBERS}
    kept = len(numbers)
    while kept and _holds_nothing(rows[numbers[kept - 1]], numbering):
        kept -= 1
    return numbers[kept:] if kept else ()


def _holds_nothing(row: Sequence[object], numbering: Collection[int]) -> bool:
    """Whether all that a row holds are results of such formulas, beside blanks and a running number."""
    for column, cell in enumerate(row):
        if column in numbering and _is_number(cell):
            continue
        if cell == _NOT_FOUND or _is_nought(cell):
            continue
        if not isinstance(cell, str) or cell.strip():
            return False
    return _NOT_FOUND in row


def _is_nought(cell: object) -> bool:
    """Whether a cell is 0; what is no number by itself, such as FALSE, is none."""
    return cell.strip() == _NOUGHT if isinstance(cell, str) else type(cell) in (int, float) and cell == 0


def _is_number(cell: object) -> bool:
    return isinstance(cell, (int, float)) or (isinstance(cell, str) and cell.strip().isdecimal())

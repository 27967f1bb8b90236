"""Merged cells of a table: what is merged down holds for each of its rows, what is merged across is a heading.

What other cells of a merged range hold is not shown by any program: it is no datum, and a problem.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple, TypeAlias

from soe_compliance.filings.fields import FieldType

Merged: TypeAlias = Sequence[tuple[tuple[int, int], tuple[int, int]]]
"""First and last cell of each merged range, as row and column from 0."""

NOT_SHARED = frozenset({FieldType.MONEY, FieldType.RATIO})
"""What may be stated of several rows together, so that one of them alone can't be told."""

_FEWEST_ACROSS = 3


def merged_across(merged: Merged) -> Set[int]:
    """The rows with a cell that is merged over several columns, and over no other row."""
    return {
        top for (top, left), (bottom, right) in merged if top == bottom and right - left + 1 >= _FEWEST_ACROSS
    }


class Shared(NamedTuple):
    """An amount or share that several rows of a column state together."""

    first: int
    last: int
    column: int


class Covered(NamedTuple):
    """Cells of a column that hold something which no screen shows, for another cell is merged over them.

    Attributes:
        row: the first of them.
        cells: how many there are.
        by: row and column of the cell that is shown.
        value: what the first one holds.
    """

    row: int
    column: int
    cells: int
    by: tuple[int, int]
    value: object


def filled_down(
    rows: Sequence[Sequence[object]], merged: Merged, first: int, types: Mapping[int, FieldType]
) -> tuple[Sequence[Sequence[object]], list[Shared], list[Covered]]:
    """The rows with what is merged down in all of its rows, and what can't be told of each, or isn't shown.

    Args:
        first: the first row below the header.
        types: the type of each column of the table.

    Returns:
        The rows; each merged amount or share, which is blank in all of its rows; and what lies hidden under merged
        cells, which is blank as well.
    """
    ranges = [one for one in merged if first <= one[0][0] < len(rows) and _reaches(one, types)]
    if not ranges:
        return rows, [], []
    filled = list(rows)
    own: dict[int, list[object]] = {}
    shared: list[Shared] = []
    covered: list[Covered] = []
    for (top, left), (bottom, right) in ranges:
        last, end = min(bottom, len(filled) - 1), min(right, len(filled[0]) - 1)
        for number in range(top, last + 1):
            if number not in own:
                own[number] = list(filled[number])
                filled[number] = own[number]
        own_rows = [own[number] for number in range(top, last + 1)]
        for column in range(left, end + 1):
            if column in types and (column > left or filled[top][left] == ""):
                covered += _uncovered(own_rows, top, column, (top, left))
        if left not in types or last <= top or filled[top][left] == "":
            continue
        value = filled[top][left]
        if types[left] in NOT_SHARED:
            shared.append(Shared(top, last, left))
            value = ""
        _set(own_rows, left, value)
    return filled, shared, covered


def _reaches(one: tuple[tuple[int, int], tuple[int, int]], columns: Collection[int]) -> bool:
    """Whether a merged range has a cell in these columns."""
    (_, left), (_, right) = one
    return any(left <= column <= right for column in columns)


def _uncovered(rows: Sequence[list[object]], top: int, column: int, by: tuple[int, int]) -> Iterator[Covered]:
    """Blank the cells of a column, of rows from the top one on, and say what they held."""
    held = [place for place, row in enumerate(rows) if row[column] != ""]
    if held:
        yield Covered(top + held[0], column, len(held), by, rows[held[0]][column])
        _set(rows, column, "")


def _set(rows: Iterable[list[object]], column: int, value: object) -> None:
    for row in rows:
        row[column] = value

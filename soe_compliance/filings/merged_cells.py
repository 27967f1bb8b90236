"""Merged cells of a table: what is merged down holds for each of its rows, what is merged across is a heading."""

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import TypeAlias

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


def filled_down(
    rows: Sequence[Sequence[object]], merged: Merged, first: int, types: Mapping[int, FieldType]
) -> tuple[Sequence[Sequence[object]], list[tuple[int, int, int]]]:
    """The rows with what is merged down in all of its rows, and what can't be told of each.

    Args:
        first: the first row below the header.
        types: the type of each column of the table.

    Returns:
        The rows, and first row, last row and column of each merged amount or share, which is blank in all of them.
    """
    ranges = [
        (top, bottom, left) for (top, left), (bottom, _) in merged if first <= top < bottom and left in types
    ]
    if not ranges:
        return rows, []
    filled = [list(row) for row in rows]
    shared = []
    for top, bottom, column in ranges:
        last = min(bottom, len(filled) - 1)
        value = filled[top][column]
        if value == "" or last == top:
            continue
        if types[column] in NOT_SHARED:
            shared.append((top, last, column))
            value = ""
        _set(filled[top : last + 1], column, value)
    return filled, shared


def _set(rows: Iterable[list[object]], column: int, value: object) -> None:
    for row in rows:
        row[column] = value

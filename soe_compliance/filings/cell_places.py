"""Names of cells, such as 担保台账!H7."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby

from msgspec import Struct

from soe_compliance.domain.text import Text

_MOST_RUNS = 10


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """The letters of a column, counted from 0: A, B … Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The column of these letters, counted from 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def cell_name(row: int, column: int) -> str:
    """A1 for row 0 and column 0."""
    return f"{column_letters(column)}{row + 1}"


def span(first: int, last: int) -> str:
    """Rows, counted from 0, as a sheet numbers them: 5, or 5-7."""
    return str(first + 1) if first == last else f"{first + 1}-{last + 1}"


def runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each run of numbers that follow one another."""
    for _, run in groupby(enumerate(numbers), key=lambda item: item[1] - item[0]):
        found = [number for _, number in run]
        yield found[0], found[-1]


def rows_listed(numbers: Sequence[int]) -> Text:
    """Rows, counted from 0, run by run, the first of them where there are many."""
    found = [span(first, last) for first, last in runs(numbers)]
    first, more = found[:_MOST_RUNS], len(found) > _MOST_RUNS
    return Text("、".join(first) + "等" * more, ", ".join(first) + " and others" * more)


class SheetLocator(Struct, frozen=True):
    """Names the cells of a table on a sheet. Rows are counted from 0."""

    sheet: str
    columns: Mapping[str, int]

    def place(self, row: int, field: str | None) -> str:
        column = None if field is None else self.columns.get(field)
        return (
            f"{self.sheet}!{row + 1}:{row + 1}"
            if column is None
            else f"{self.sheet}!{cell_name(row, column)}"
        )


class PairsLocator(Struct, frozen=True):
    """Names the cells of key-value pairs, which stand anywhere on a sheet."""

    sheet: str
    cells: Mapping[str, tuple[int, int]]

    def place(self, row: int, field: str | None) -> str:
        cell = None if field is None else self.cells.get(field)
        return self.sheet if cell is None else f"{self.sheet}!{cell_name(*cell)}"

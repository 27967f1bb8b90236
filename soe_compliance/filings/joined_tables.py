"""A table that stands on several sheets, as one: every value keeps its cell, its unit and its own sheet."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate, chain

from msgspec import Struct

from soe_compliance.filings.cell_places import PairsLocator, SheetLocator
from soe_compliance.filings.filing import RawTable


class JoinedLocator(Struct, frozen=True):
    """Names the cells of a table on several sheets. Its rows are counted through from 0.

    Attributes:
        parts: the tables of the sheets.
        starts: the first row of each.
    """

    parts: Sequence[RawTable]
    starts: Sequence[int]

    def part_of(self, row: int) -> tuple[RawTable, int]:
        """The table of a row's sheet, and the row's number at that source; rows may be added below the last one."""
        number = bisect_right(self.starts, row) - 1
        part, within = self.parts[number], row - self.starts[number]
        added = within - len(part.rows) + 1
        return part, part.rows[within] if added <= 0 else max(part.rows, default=0) + added

    def place(self, row: int, field: str | None) -> str:
        part, number = self.part_of(row)
        return part.locator.place(number, field)


def is_of_workbook(table: RawTable) -> bool:
    """Whether a table stands on a sheet or on several."""
    return isinstance(table.locator, (SheetLocator, PairsLocator, JoinedLocator))


def joined(parts: Sequence[RawTable]) -> RawTable:
    """The rows of these tables of one form, one after another."""
    keys = list(dict.fromkeys(chain.from_iterable(part.cells for part in parts)))
    starts = list(accumulate((len(part.rows) for part in parts[:-1]), initial=0))
    return RawTable(
        parts[0].key,
        {key: _column(parts, key) for key in keys},
        range(sum(len(part.rows) for part in parts)),
        JoinedLocator(parts, starts),
        {key: _fen(parts, key) for key in keys if any(key in part.fen_per_unit for part in parts)},
        {key: _percent(parts, key) for key in keys if any(key in part.percent for part in parts)},
        {key: _formats(parts, starts, key) for key in keys if any(key in part.formats for part in parts)},
        parts=parts,
    )


def _column(parts: Sequence[RawTable], key: str) -> Sequence[object]:
    return [cell for part in parts for cell in part.cells.get(key) or [None] * len(part.rows)]


def _fen(parts: Sequence[RawTable], key: str) -> Sequence[int]:
    return [part.fen_of(key, row) for part in parts for row in range(len(part.rows))]


def _percent(parts: Sequence[RawTable], key: str) -> Sequence[bool]:
    return [mark for part in parts for mark in part.percent.get(key) or [False] * len(part.rows)]


def _formats(parts: Sequence[RawTable], starts: Sequence[int], key: str) -> Mapping[int, str]:
    return {
        start + row: code
        for part, start in zip(parts, starts, strict=True)
        for row, code in part.formats.get(key, {}).items()
    }

"""A filing with some cells changed: what it would be after a remedy, or with one guarantee more.

The filing that was read stays as it is. A change is made to the table as it stands at the source, whatever its
format, in the source's own units.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Context, Decimal
from fractions import Fraction
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from soe_compliance.filings.batch import Batch, batch_of
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.filing import FEN_PER_UNIT, Filing, Locator, RawTable
from soe_compliance.filings.tables import TABLES

NewValue: TypeAlias = Fraction | date | bool | tuple[str, ...] | str | None


class Change(Struct, frozen=True):
    """One cell, or one row more.

    Attributes:
        id: what names the row; where no used row bears the name, `row` is put behind the others with the field.
        value: what the cell is to say: an amount in the filing's unit, a text as a form has it, None for blank.
        row: the other fields of a row to be added; None where only a row that is there may be changed.
    """

    table: str
    id: str
    field: str
    value: NewValue
    row: Mapping[str, NewValue] | None = None


class NoSuchRow(LookupError):
    """A change of a row that is not there."""


class _WithAddedRows(Struct, frozen=True):
    """Places of cells in a table with rows that the source does not have; there, something else may stand below its last.

    Attributes:
        last: the number of its last row at the source, -1 where it has none.
        locator: names the places of those that the source has.
    """

    table: str
    last: int = -1
    locator: Locator | None = None

    def place(self, row: int, field: str | None) -> str:
        if self.locator is not None and row <= self.last:
            return self.locator.place(row, field)
        parts = ["", self.table, f"+{row - self.last}", field]
        return "/".join(part for part in parts if part is not None)


def changed(filing: Filing, *changes: Change) -> Filing:
    """The filing with these changes, made one after the other.

    Raises:
        NoSuchRow: a change names a row that is not there and says no row to add.
    """
    for change in changes:
        table = filing.tables.get(change.table) or RawTable(
            change.table, {}, (), _WithAddedRows(change.table)
        )
        row = _row(batch_of([filing]), change)
        if row is None and change.row is None:
            raise NoSuchRow(f"{change.table} {change.id}")
        table = (
            _with_row(filing, table, {**(change.row or {}), change.field: change.value})
            if row is None
            else _with_cell(filing, table, row, change.field, change.value)
        )
        filing = replace(filing, tables={**filing.tables, change.table: table})
    return filing


def row_names(batch: Batch, table: str) -> list[str]:
    """What names the used rows of a table, in order."""
    return [batch.row_name(table, row) for row in range(len(batch.tables[table]))]


def _row(batch: Batch, change: Change) -> int | None:
    """The place in the raw table of the used row that bears the name."""
    names = row_names(batch, change.table)
    return int(batch.tables[change.table].row[names.index(change.id)]) if change.id in names else None


def _with_cell(filing: Filing, table: RawTable, row: int, field: str, value: NewValue) -> RawTable:
    cells = list(table.cells.get(field) or [None] * len(table.rows))
    cells[row] = _cell(filing, field, value, table, row)
    percent = dict(table.percent)
    if field in percent:
        percent[field] = [mark and place != row for place, mark in enumerate(percent[field])]
    return replace(table, cells={**table.cells, field: cells}, percent=percent)


def _with_row(filing: Filing, table: RawTable, row: Mapping[str, NewValue]) -> RawTable:
    cells: dict[str, list[object]] = {field: [*column, None] for field, column in table.cells.items()}
    units = {
        field: stated if isinstance(stated, int) else [*stated, 0]
        for field, stated in table.fen_per_unit.items()
    }
    table = replace(table, fen_per_unit=units)
    for field, value in row.items():
        column = cells.setdefault(field, [None] * (len(table.rows) + 1))
        column[-1] = _cell(filing, field, value, table, len(table.rows))
    last = max(table.rows, default=-1)
    is_first = not isinstance(table.locator, _WithAddedRows)
    return replace(
        table,
        cells=cells,
        rows=[*table.rows, last + 1],
        locator=_WithAddedRows(table.key, last, table.locator) if is_first else table.locator,
        percent={field: [*marks, False] for field, marks in table.percent.items()},
    )


def _cell(filing: Filing, field: str, value: NewValue, table: RawTable, row: int) -> object:
    """What a reader finds in the cell: amounts in the unit of the column or row, decimals exact."""
    if isinstance(value, tuple):
        return list(value)
    if not isinstance(value, Fraction):
        return value
    if TABLES[table.key].fields[field].type is FieldType.MONEY:
        usual = FEN_PER_UNIT[filing.unit]
        value *= Fraction(usual, table.fen_of(field, row) or usual)
    return _decimal(value)


def _decimal(number: Fraction) -> Decimal:
    """A number with finite decimals, exactly."""
    places = 0
    while (number * 10**places).denominator != 1:
        places += 1
    return Decimal(int(number * 10**places)).scaleb(-places, Context(prec=200))

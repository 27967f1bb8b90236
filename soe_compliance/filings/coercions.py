"""What was read out of the cells of a filing that does not stand in them just so: the list for people to look over."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction

from msgspec import Struct

from soe_compliance.domain.amounts import plain
from soe_compliance.domain.text import Text
from soe_compliance.filings.bad_cells import shown
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.filing import FEN_PER_UNIT, Filing, RawTable
from soe_compliance.filings.joined_tables import is_of_workbook
from soe_compliance.filings.spellings import How
from soe_compliance.filings.tables import HEADER, TABLES, FieldOfForm
from soe_compliance.filings.values import Amount, BadCell, Share, reader, scaled

_NAMED_BY_UNIT = "unit"
"""The field of the filing's own unit: units are read, and told of, by themselves."""


class Coercion(Struct, frozen=True):
    """A cell that was understood otherwise than by the value stored in it.

    Attributes:
        table: the table's key.
        field: the field's key.
        location: the cell's place, as problems name it.
        written: what stands in the cell, with the number format that it was understood by, if any.
        understood: what it was taken for, as forms spell it; amounts in yuan; empty where it counts as blank.
        how: what kind of spelling it is.
        number_format: the number format that it was understood by, if any.
    """

    table: str
    field: str
    location: str
    written: str
    understood: str
    how: Text
    number_format: str = ""


def coercions(filing: Filing) -> tuple[Coercion, ...]:
    """Every cell of a filing whose meaning is not just its stored value, table by table, column by column.

    The spellings that forms ask for (是, 一季度, an ISO date) are none; nor, outside workbooks, is a number that is
    stored as a plain text, for there it can't well be stored otherwise. Cells that can't be read are problems of
    reading and not listed here.
    """
    tables = {HEADER: filing.header, **filing.tables}
    return tuple(found for table in tables.values() for found in _in_table(table, FEN_PER_UNIT[filing.unit]))


def _in_table(table: RawTable, usual_fen: int) -> Iterator[Coercion]:
    in_workbook = is_of_workbook(table)
    for key, cells in table.cells.items():
        field = TABLES[table.key].fields[key]
        if (table.key, key) == (HEADER, _NAMED_BY_UNIT):
            continue
        read = reader(field.type, field.choices)
        percent = table.percent.get(key)
        formats = table.formats.get(key, {})
        for row, cell in enumerate(cells):
            try:
                value, how = read(cell)
            except BadCell:
                continue
            number_format = formats.get(row, "")
            how = How.FORMAT if number_format and how is None else how
            if how is None or (how is How.PLAIN_TEXT and not in_workbook):
                continue
            unit = 100 if percent and percent[row] else 1
            fen = table.fen_of(key, row) or usual_fen
            understood = _in_words(field, value, fen, unit)
            written = f"{shown(cell)}（{shown(number_format)}）" if number_format else shown(cell)
            yield Coercion(
                table.key, key, table.place(row, key), written, understood, how.value, number_format
            )


def _in_words(field: FieldOfForm, value: object, fen: int, share_unit: int) -> str:
    """A value as forms spell it.

    Args:
        field: the field it stands in.
        value: what its reader gave.
        fen: the fen that 1 stands for in an amount that does not name its unit.
        share_unit: 100 where a share that bears no mark is a percentage, else 1.
    """
    if value is None:
        return ""
    if isinstance(value, Amount):
        return f"{plain(Fraction(scaled(value.number, value.fen or fen)) / 100)}元"
    if isinstance(value, Share):
        return f"{plain(Fraction(value.number) * (1 if value.marked else Fraction(100, share_unit)), 0)}%"
    to_words = _TO_WORDS.get(field.type)
    return to_words(field, value) if to_words else str(value)


def _labels(field: FieldOfForm, value: object) -> list[str]:
    """The labels of the listed values that a bit mask or a place stands for."""
    assert field.choices is not None
    assert isinstance(value, int)
    mask = value if field.type is FieldType.CHOICES else 1 << value
    return [choice.label for place, choice in enumerate(field.choices) if mask >> place & 1]


_TO_WORDS: Mapping[FieldType, Callable[[FieldOfForm, object], str]] = {
    FieldType.DATE: lambda _, value: date.fromordinal(value).isoformat() if isinstance(value, int) else "",
    FieldType.FLAG: lambda _, value: "是" if value else "否",
    FieldType.CHOICE: lambda field, value: "、".join(_labels(field, value)),
    FieldType.CHOICES: lambda field, value: "、".join(_labels(field, value)),
}

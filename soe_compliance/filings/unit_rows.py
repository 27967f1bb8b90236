"""A row of units below a header, be it below the numbers of the columns too: 元 under amounts, % under shares."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from soe_compliance.filings.cell_text import is_blank
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.header_rows import BESIDE_UNITS, PERCENT_WORDS, HeaderRow, Heading
from soe_compliance.filings.tables import FieldOfForm
from soe_compliance.filings.units import StatedUnit, unit_named


def is_row_of_units(row: Sequence[object], fields: Mapping[int, FieldOfForm]) -> bool:
    """Whether a row holds units, and in no column that is used anything else."""
    found = False
    for column, field in fields.items():
        cell = row[column]
        if _is_unit(cell, field):
            found = True
        elif not is_blank(cell) and cell not in BESIDE_UNITS:
            return False
    return found


def unit_in(cell: object, field: FieldOfForm) -> StatedUnit | None:
    """The unit that a cell of a row of units states for a column of amounts."""
    if field.type is not FieldType.MONEY or not isinstance(cell, str) or "单位" in cell:
        return None
    unit = unit_named(cell)
    return StatedUnit(cell.strip(), unit) if unit else None


def with_units(header: HeaderRow, row: Sequence[object]) -> HeaderRow:
    """The header with what a row of units says of its columns."""
    columns = {column: _with_unit(heading, row[column]) for column, heading in header.columns.items()}
    return replace(header, columns=columns)


def _is_unit(cell: object, field: FieldOfForm) -> bool:
    return unit_in(cell, field) is not None or _is_percent(cell, field)


def _is_percent(cell: object, field: FieldOfForm) -> bool:
    return field.type is FieldType.RATIO and isinstance(cell, str) and cell.strip("()（） ") in PERCENT_WORDS


def _with_unit(heading: Heading, cell: object) -> Heading:
    """Of an amount whose header names another unit, neither is known."""
    if _is_percent(cell, heading.field):
        return replace(heading, percent=True)
    stated, own = unit_in(cell, heading.field), heading.unit
    if stated is None or (own and own.unit is stated.unit):
        return heading
    return replace(heading, unit=StatedUnit(f"{own.text}、{stated.text}", None) if own else stated)

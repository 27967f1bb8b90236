"""The smallest change that cures, as data: of one cell of a row that is there, or by one row more."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import floor

from soe_compliance.checks.situation import Situation, day
from soe_compliance.domain.exact import Interval, as_fraction
from soe_compliance.domain.finding import CellValue, Cure, stated
from soe_compliance.domain.truth import YES
from soe_compliance.filings.fields import FieldType


def cure_of_cell(situation: Situation, table: str, row: int, field: str, to: CellValue) -> Cure:
    """Another value for a cell; an amount is given in fen."""
    batch = situation.batch
    filing = int(situation.table(table).filing[row])
    is_amount = isinstance(to, Fraction)
    says = _said(situation, table, row, field)
    return Cure(
        table=table,
        id=batch.row_name(table, row),
        field=field,
        from_=None if says is None else stated(says),
        to=stated(_in_unit(situation, to, filing) if isinstance(to, Fraction) else to),
        unit=situation.unit(filing) if is_amount else "",
        location=batch.place(table, row, field),
    )


def cure_by_row(table: str, name: str, field: str, to: CellValue, row: Mapping[str, str]) -> Cure:
    """A row more, with this field beside those that it needs."""
    return Cure(table, name, field, None, stated(to), row=row)


def next_id(situation: Situation, filing: int, table: str) -> str | None:
    """What names a row without an id that is put behind the others; None where that is taken."""
    raw = situation.batch.filings[filing].tables.get(table)
    name = f"#{len(raw.rows) + 1 if raw else 1}"
    return None if situation.batch.names.find(filing, name) >= 0 else name


def cure_by_less(
    situation: Situation, table: str, rows: Iterable[int], field: str, less: Fraction
) -> Cure | None:
    """The largest amount of these rows, the first of several, less by so many fen or a part of one more.

    None where no row alone is large enough.
    """
    column = situation.table(table).columns[field]
    filled = [row for row in rows if column.stated[row]]
    if not filled:
        return None
    largest = max(filled, key=lambda row: (as_fraction(column.values[row]), -row))
    left = as_fraction(column.values[largest]) - less
    if left < 0:
        return None
    return cure_of_cell(situation, table, largest, field, Fraction(floor(left)))


def _in_unit(situation: Situation, fen: Fraction, filing: int) -> Fraction:
    return situation.in_unit(Interval(fen, fen), filing).low


def _said(situation: Situation, table: str, row: int, field: str) -> CellValue | None:
    columns = situation.table(table)
    column, form = columns.columns[field], columns.form.fields[field]
    if not column.stated[row]:
        return None
    value = column.values[row]
    if form.type is FieldType.MONEY:
        return _in_unit(situation, as_fraction(value), int(columns.filing[row]))
    if form.type is FieldType.FLAG:
        return bool(value == YES)
    if form.type is FieldType.DATE:
        return day(value)
    assert form.choices is not None
    keys = [choice.value for choice in form.choices]
    if form.type is FieldType.CHOICES:
        return tuple(key for place, key in enumerate(keys) if int(value) >> place & 1)
    return keys[int(value)]

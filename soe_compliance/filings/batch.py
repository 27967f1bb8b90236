"""A batch: many filings as columns, with the rows that rules may use.

In this order: rows that lack a required field go (they are counted, and looked at by hand); of rows that share a
key the first is used; values out of range become blank.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import MAXYEAR, date
from fractions import Fraction
from functools import cache, cached_property
from itertools import groupby

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from soe_compliance.domain.exact import Interval, Range, as_fraction
from soe_compliance.domain.groups import Grouped, combined
from soe_compliance.domain.ownership import RATIO_UNIT
from soe_compliance.domain.truth import Mask, Numbers, Truth
from soe_compliance.filings.columns import Column, Names
from soe_compliance.filings.fields import Choice, FieldType
from soe_compliance.filings.filing import Filing, RawTable
from soe_compliance.filings.problems import Problem, left_out
from soe_compliance.filings.rows import Rows, typed_rows
from soe_compliance.filings.tables import HEADER, TABLES, TableOfForms
from soe_compliance.filings.unusable_rows import unusable_rows


class Table(Struct, frozen=True, eq=False):
    """The rows of one table that rules may use, over all filings.

    Attributes:
        filing: the filing of each row.
        row: the row's place in the filing's `RawTable`.
        columns: a column for each field of the forms.
        out_of_range: for each field with such values, the rows whose value was blanked.
    """

    form: TableOfForms
    filing: Numbers
    row: Numbers
    columns: Mapping[str, Column]
    out_of_range: Mapping[str, Numbers]

    def __len__(self) -> int:
        return len(self.filing)

    def values(self, field: str) -> NDArray[np.int64]:
        return self.columns[field].values

    def stated(self, field: str) -> Mask:
        return self.columns[field].stated

    def truth(self, field: str) -> Truth:
        return self.columns[field].values

    def range(self, field: str) -> Range:
        column = self.columns[field]
        return Range.stated(column.values, column.stated)

    def amount(self, field: str, row: int) -> Interval:
        """The money of one row, as `range` has it."""
        column = self.columns[field]
        if not column.stated[row]:
            return Interval(Fraction(0), None)
        value = as_fraction(column.values[row])
        return Interval(value, value)

    def is_one_of(self, field: str, keys: Iterable[str]) -> Mask:
        """Where a listed value is stated and is one of these."""
        choices = self.form.fields[field].choices
        assert choices is not None
        column, is_one = self.columns[field], np.zeros(len(choices), dtype=bool)
        is_one[[_order(choices)[key] for key in keys]] = True
        return column.stated & is_one[np.where(column.stated, column.values, 0)]


@cache
def _order(choices: type[Choice]) -> Mapping[str, int]:
    """The place of each listed value."""
    return {choice.value: place for place, choice in enumerate(choices)}


class Repeats(Struct, frozen=True, eq=False):
    """Rows that share a key with an earlier one: for each such key the used row and all of its rows."""

    first: Numbers
    filing: Numbers
    rows: Sequence[tuple[int, ...]]


class Batch(Struct, frozen=True, eq=False, dict=True):
    """Filings as columns.

    Attributes:
        tables: the usable, first rows of each table.
        repeats: for each table with keys, the keys that rows share.
        unusable: for each table, the number of unusable rows of each filing.
        has_table: for each table, which filings have it, be it empty.
        unusable_guarantors: the guarantors (firm numbers) that unusable rows of guarantees state.
        names: all codes and identifiers by number; firms come first, those of one filing side by side.
        problems: for each filing, what reading its cells met.
    """

    filings: Sequence[Filing]
    tables: Mapping[str, Table]
    repeats: Mapping[str, Repeats]
    unusable: Mapping[str, Numbers]
    has_table: Mapping[str, Mask]
    unusable_guarantors: Numbers
    firm_codes: Sequence[str]
    filing_of_firm: Numbers
    parent: Numbers
    names: Names
    problems: Sequence[tuple[Problem, ...]]

    def __len__(self) -> int:
        return len(self.filings)

    @cached_property
    def left_out(self) -> Mapping[str, Mask]:
        """For each table, the filings of which a sheet or rows that may be its were not even read."""
        found = {key: np.zeros(len(self), dtype=bool) for key in TABLES}
        for number, filing in enumerate(self.filings):
            for table in left_out(filing.problems, filing.tables):
                for key in (table,) if table else found.keys() - filing.tables.keys():
                    found[key][number] = True
        return found

    @cached_property
    def year(self) -> Numbers:
        return np.array([filing.year for filing in self.filings], dtype=np.int64)

    @cached_property
    def days_of_year(self) -> tuple[Numbers, Numbers]:
        """The first and the last day of each filing's year, as ordinals."""
        first = [date(filing.year, 1, 1).toordinal() for filing in self.filings]
        last = [date(filing.year, 12, 31).toordinal() for filing in self.filings]
        return np.array(first, dtype=np.int64), np.array(last, dtype=np.int64)

    @cached_property
    def reference(self) -> Numbers:
        """The reference date of each filing, as an ordinal."""
        return np.array([filing.reference_date.toordinal() for filing in self.filings], dtype=np.int64)

    @cached_property
    def latest_year_end(self) -> Numbers:
        """The year of the last 31 December up to the reference date."""
        dates = [filing.reference_date for filing in self.filings]
        return np.array(
            [d.year if (d.month, d.day) == (12, 31) else d.year - 1 for d in dates], dtype=np.int64
        )

    @cached_property
    def filed_on(self) -> Column:
        days = [filing.filed_on for filing in self.filings]
        stated = np.array([day is not None for day in days], dtype=bool)
        return Column(np.array([day.toordinal() if day else 0 for day in days], dtype=np.int64), stated)

    @cached_property
    def entity_of_firm(self) -> Numbers:
        """The row of each firm in entities, -1 where it has none."""
        return self._row_of("entities", "code")

    def _row_of(self, table: str, field: str) -> Numbers:
        rows = np.full(len(self.firm_codes), -1, dtype=np.int64)
        rows[self.tables[table].values(field)] = np.arange(len(self.tables[table]))
        return rows

    def of_entity(self, field: str, firms: Numbers) -> Column:
        """A field of entities for each firm; blank where it has no row."""
        column = self.tables["entities"].columns[field]
        rows = self.entity_of_firm[firms]
        if not len(column.values):
            blank = np.full(len(firms), 1 if column.values.dtype == np.int8 else 0, dtype=column.values.dtype)
            return Column(blank, np.zeros(len(firms), dtype=bool))
        found = rows >= 0
        values = column.values[rows]
        if values.dtype == np.int8:
            values = np.where(found, values, np.int8(1))
        return Column(values, found & column.stated[rows])

    @cached_property
    def _financial_rows(self) -> tuple[Numbers, Numbers]:
        """The firms and years of financials as one number each, in order, and their rows."""
        table = self.tables["financials"]
        keys = _of_year(table.values("code"), table.values("year"))
        order = np.argsort(keys)
        return keys[order], order

    def financial_rows(self, firms: Numbers, years: Numbers) -> Numbers:
        """The row of financials of each firm and year, -1 where there is none."""
        keys, rows = self._financial_rows
        wanted = _of_year(firms, years)
        if not len(keys):
            return np.full(len(wanted), -1, dtype=np.int64)
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where((keys[place] == wanted) & (wanted >= 0), rows[place], -1)

    def of_financials(self, field: str, rows: Numbers) -> Range:
        """A money field of these rows of financials; from 0 to no limit where blank or without a row."""
        column = self.tables["financials"].columns[field]
        if not len(column.values):
            return Range.stated(np.zeros(len(rows), dtype=np.int64), np.zeros(len(rows), dtype=bool))
        return Range.stated(column.values[rows], column.stated[rows] & (rows >= 0))

    def firm_name(self, firm: int) -> str:
        """The name that entities give a firm, else its code."""
        name = self._firm_names.get(firm)
        if name is None:
            row, code = int(self.entity_of_firm[firm]), self.firm_codes[firm]
            name = str(self.cell("entities", row, "name") or code).strip() if row >= 0 else code
            self._firm_names[firm] = name
        return name

    @cached_property
    def _firm_names(self) -> dict[int, str]:
        """The names of firms that were asked for."""
        return {}

    def has_column(self, table: str, row: int, field: str) -> bool:
        """Whether the table of a used row has this field at the source."""
        return field in self._raw(table, row).cells

    def cell(self, table: str, row: int, field: str) -> object:
        """What stands in a cell of a used row at the source."""
        cells = self._raw(table, row).cells.get(field)
        return None if cells is None else cells[int(self.tables[table].row[row])]

    def _raw(self, table: str, row: int) -> RawTable:
        return self.filings[int(self.tables[table].filing[row])].tables[table]

    def text(self, table: str, row: int, field: str) -> str:
        """A code, identifier or whole number of a used row as it is compared and reported."""
        columns = self.tables[table]
        value = int(columns.values(field)[row])
        kind = columns.form.fields[field].type
        if kind is FieldType.FIRM:
            return self.firm_codes[value]
        return self.names.names[value] if kind is FieldType.ID or kind is FieldType.PROJECT else str(value)

    def row_name(self, table: str, row: int) -> str:
        """What names a used row, such as `P>A` for a stake."""
        key = table, row
        name = self._row_names.get(key)
        if name is None:
            form = self.tables[table].form
            values = {field: self.text(table, row, field) for field in form.key_fields}
            name = self._row_names[key] = form.row_name.format_map(values)
        return name

    @cached_property
    def _row_names(self) -> dict[tuple[str, int], str]:
        """The names of rows that were asked for."""
        return {}

    def place(self, table: str, row: int, field: str | None = None) -> str:
        """The place of a cell of a used row at the source."""
        return self._raw(table, row).place(int(self.tables[table].row[row]), field)


def _of_year(firms: Numbers, years: Numbers) -> Numbers:
    """One number for a firm and a year; -1 for what is no year."""
    return np.where((years >= 0) & (years <= MAXYEAR), firms * (MAXYEAR + 1) + years, -1)


def batch_of(filings: Sequence[Filing]) -> Batch:
    """The batch of these filings."""
    firms, names = Names(), Names()
    problems: list[list[Problem]] = [[] for _ in filings]
    parent = [firms.number(i, filing.group_code) for i, filing in enumerate(filings)]
    all_rows = {
        key: typed_rows(form, filings, firms, names, problems)
        for key, form in TABLES.items()
        if key != HEADER
    }
    codes = firms.names
    order, renumbered = _side_by_side(firms)
    tables, repeats, unusable = {}, {}, {}
    for key, rows in all_rows.items():
        _renumber_firms(rows, renumbered)
        usable = rows.usable()
        unusable[key] = np.bincount(rows.filing[~usable], minlength=len(filings))
        _report_unusable(rows, ~usable, filings, problems)
        rows = rows.at(np.flatnonzero(usable))
        first, repeats[key] = _first_of_key(rows)
        tables[key] = _in_range(rows.at(first))
    return Batch(
        filings=filings,
        tables=tables,
        repeats=repeats,
        unusable=unusable,
        has_table={
            key: np.array([key in filing.tables for filing in filings], dtype=bool) for key in all_rows
        },
        unusable_guarantors=_unusable_guarantors(all_rows["guarantees"]),
        firm_codes=[codes[old] for old in order.tolist()],
        filing_of_firm=np.array(firms.filing, dtype=np.int64)[order],
        parent=renumbered[parent],
        names=names,
        problems=[tuple(found) for found in problems],
    )


def _unusable_guarantors(rows: Rows) -> Numbers:
    guarantor = rows.columns["guarantor_code"]
    firms: Numbers = guarantor.values[~rows.usable() & guarantor.stated]
    return firms


def _side_by_side(firms: Names) -> tuple[Numbers, Numbers]:
    """The order that puts the firms of each filing side by side, and the new number of each."""
    order = np.argsort(np.array(firms.filing, dtype=np.int64), kind="stable")
    renumbered = np.empty(len(order), dtype=np.int64)
    renumbered[order] = np.arange(len(order))
    return order, renumbered


def _renumber_firms(rows: Rows, renumbered: Numbers) -> None:
    for key, field in rows.form.fields.items():
        if field.type is FieldType.FIRM and len(rows.filing):
            column = rows.columns[key]
            column.values[column.stated] = renumbered[column.values[column.stated]]


def _report_unusable(
    rows: Rows, unusable: Mask, filings: Sequence[Filing], problems: list[list[Problem]]
) -> None:
    places = np.flatnonzero(unusable).tolist()
    for filing, of_filing in groupby(places, key=lambda place: int(rows.filing[place])):
        at = list(of_filing)
        table = filings[filing].tables[rows.form.key]
        lacking = [
            next(field for field in rows.form.required if not rows.columns[field.key].stated[place])
            for place in at
        ]
        problems[filing] += unusable_rows(table, [int(rows.row[place]) for place in at], lacking)


def _first_of_key(rows: Rows) -> tuple[Numbers, Repeats]:
    """The first row of each key, in order, and the keys that rows share."""
    everything = np.arange(len(rows.filing))
    none = Repeats(everything[:0], everything[:0], ())
    if rows.form.may_repeat or not len(everything):
        return everything, none
    keys = combined(rows.filing, *(rows.columns[key].values for key in rows.form.key_fields))
    if _all_differ(keys):
        return everything, none
    _, first, group, count = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    kept = np.sort(first)
    shared = np.flatnonzero(count > 1)
    shared = shared[np.argsort(first[shared])]
    by_key = Grouped(group, len(count))
    members = [tuple(rows.row[by_key.of(number)].tolist()) for number in shared.tolist()]
    return kept, Repeats(np.searchsorted(kept, first[shared]), rows.filing[first[shared]], members)


def _all_differ(keys: Numbers) -> bool:
    in_order = np.sort(keys)
    return bool((in_order[1:] != in_order[:-1]).all())


def _in_range(rows: Rows) -> Table:
    out: dict[str, Numbers] = {}
    columns = dict(rows.columns)
    for key, field in rows.form.fields.items():
        column = columns[key]
        if field.type is FieldType.MONEY and not field.may_be_negative:
            wrong = column.stated & (column.values < 0).astype(bool)
        elif field.type is FieldType.RATIO:
            wrong = column.stated & ((column.values < 0) | (column.values > RATIO_UNIT)).astype(bool)
        else:
            continue
        if wrong.any():
            out[key] = np.flatnonzero(wrong)
            columns[key] = Column(np.where(wrong, 0, column.values), column.stated & ~wrong)
    return Table(rows.form, rows.filing, rows.row, columns, out)

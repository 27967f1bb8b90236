"""One sheet of a workbook as a table of the forms."""

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from soe_compliance.domain.text import Text
from soe_compliance.filings.bad_cells import shown
from soe_compliance.filings.cell_places import SheetLocator, cell_name, column_letters, runs
from soe_compliance.filings.data_rows import DataRows
from soe_compliance.filings.deleted_cells import DeletedCells
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.filing import RawTable
from soe_compliance.filings.forms import Unit
from soe_compliance.filings.header_rows import HeaderRow, Heading, find_header, qualified_by
from soe_compliance.filings.layout import ComparedTotal, FoundBy, Layout, LeftOut
from soe_compliance.filings.merged_cells import Merged, Shared, filled_down, merged_across
from soe_compliance.filings.problems import Problem, problem
from soe_compliance.filings.row_problems import RowProblems
from soe_compliance.filings.rows_above import rows_above
from soe_compliance.filings.sheet_formats import Formats, FormattedCells
from soe_compliance.filings.sheet_units import SheetUnits, sheet_units, units_above
from soe_compliance.filings.signing_lines import signed_at_end
from soe_compliance.filings.struck import NOTHING_STRUCK, Struck
from soe_compliance.filings.surplus_formulas import formulas_at_end
from soe_compliance.filings.tables import FieldOfForm, TableOfForms
from soe_compliance.filings.tables_beside import without_table_beside
from soe_compliance.filings.template_tags import is_tag
from soe_compliance.filings.totals import COMPARED, compared_totals
from soe_compliance.filings.unit_rows import with_units
from soe_compliance.filings.units import StatedUnit
from soe_compliance.filings.values import text_of
from soe_compliance.filings.void_rows import void_rows

Rows = Sequence[Sequence[object]]


class SheetContext(Struct, frozen=True):
    """What the workbook tells of a sheet besides its cells.

    Attributes:
        found_by: how the sheet was found to be this table.
        merged: the merged ranges.
        may_hold_tags: whether tags of a template are to be looked for.
        unit: the unit of the filing, None where it is not known yet.
        struck: the cells that are struck through.
    """

    found_by: FoundBy = FoundBy.FORM
    merged: Merged = ()
    may_hold_tags: bool = True
    unit: Unit | None = None
    struck: Struck = NOTHING_STRUCK


_PLAIN = SheetContext()


def table_on_sheet(
    form: TableOfForms, sheet: str, rows: Rows, formats: Formats, context: SheetContext = _PLAIN
) -> tuple[RawTable | None, list[Problem]]:
    """The table on a sheet, None where its header row is not found."""
    header = find_header(rows, form)
    if header is None:
        return None, [_without_header(form, sheet, rows)]
    return _SheetTable(form, sheet, rows, header, context).read(formats)


def _without_header(form: TableOfForms, sheet: str, rows: Rows) -> Problem:
    """What a sheet lacks to be read as a table: the whole header row, or columns that no row can do without."""
    header = find_header(rows, form, complete=False)
    found = {heading.field.key for heading in header.columns.values()} if header else set()
    lacking = [field for field in form.required if field.key not in found]
    headers = Text(*(mark.join(field.header for field in lacking) for mark in ("、", ", ")))
    if header is None:
        return problem(
            "header-row-not-found",
            table=form.key,
            location=sheet,
            sheet=sheet,
            title=form.title,
            headers=headers,
        )
    return problem(
        "column-missing",
        table=form.key,
        field=lacking[0].key if lacking else None,
        location=f"{sheet}!{header.last + 1}:{header.last + 1}",
        title=form.title,
        row=header.last + 1,
        headers=headers,
    )


class _SheetTable(Struct):
    form: TableOfForms
    sheet: str
    rows: Rows
    header: HeaderRow
    context: SheetContext
    problems: list[Problem] = field(default_factory=list)

    def read(self, formats: Formats) -> tuple[RawTable, list[Problem]]:
        first = self.header.last + 1
        shared = self._fill_down(first) if self.context.merged else ()
        below = list(zip(*self.rows[first:], strict=True))
        self._leave_table_beside(below)
        fields = {column: heading.field for column, heading in self.header.columns.items()}
        columns = {field.key: column for column, field in fields.items()}
        data, numbers = self._data_rows(fields, first, below)
        for number in units_above(numbers, data.left_out):
            self.header = with_units(self.header, self.rows[number])
        self._mention_shared(shared, numbers)
        by_column = below if len(numbers) == len(self.rows) - first else self._columns_of(numbers)
        cells: dict[str, Sequence[object]] = {
            key: by_column[column] if numbers else () for key, column in columns.items()
        }
        if self.context.may_hold_tags:
            self._blank_tags(cells, columns, numbers)
        void = void_rows(by_column, numbers, self.header.texts, self.header.columns) if numbers else ()
        if void or self.context.struck:
            deleted = DeletedCells(self.form, columns, numbers, self.context.struck, self._report)
            deleted.blank(cells, void)
        units = sheet_units(
            self.form.key, self.header, self.rows, numbers, data.left_out, self.sheet, self.context.unit
        )
        self._mention_columns(by_column, numbers, units)
        self.problems += self._row_problems.round_data(numbers, data, self._rows_above(fields))
        self._refuse_units(cells, numbers, units)
        self._refuse_later_units(cells, numbers, units)
        formatted = FormattedCells(self.header.columns, cells, numbers, formats, self._report)
        if FieldType.MONEY in self.form.types:
            totals = {n: self.rows[n] for n, why in data.left_out.items() if why in COMPARED}
            formatted.take_amounts(units, totals)
        if FieldType.RATIO in self.form.types:
            formatted.take_shares()
        formatted.take_codes()
        formatted.refuse_others()
        if data.left_out and any(field.type is FieldType.MONEY for field in fields.values()):
            last = numbers[-1] if numbers else self.header.last
            self.problems += self._row_problems.units_below(self.rows, last, data.left_out, units)
        compared = self._totals(columns, numbers, data.left_out, units)
        layout = Layout(
            self.sheet,
            self.context.found_by,
            self.header,
            data.left_out,
            units.units,
            units.by_row,
            units.currency,
            compared,
        )
        locator = SheetLocator(self.sheet, columns)
        read = formatted.percent, formatted.understood
        return RawTable(self.form.key, cells, numbers, locator, units.fen, *read, layout), self.problems

    def _report(
        self, code: str, row: int, column: int, field: FieldOfForm | None = None, **values: object
    ) -> None:
        location = f"{self.sheet}!{cell_name(row, column)}"
        key = field.key if field else None
        self.problems.append(problem(code, table=self.form.key, field=key, location=location, **values))

    @property
    def _row_problems(self) -> RowProblems:
        return RowProblems(self.form.key, self.sheet)

    def _rows_above(self, fields: Mapping[int, FieldOfForm]) -> Sequence[int]:
        """The rows above the header that look like rows of the table."""
        return rows_above(self.rows[: self.header.first], self.header.texts, fields)

    def _leave_table_beside(self, below: Rows) -> None:
        """Leave out the columns of another table to the right."""
        own, column = without_table_beside(self.header, below)
        if column is not None:
            beside = {at: heading for at, heading in self.header.repeated.items() if at >= column}
            self._mention_repeated(beside)
            self._report("other-table-beside", self.header.last, column, letters=column_letters(column))
        self.header = own

    def _fill_down(self, first: int) -> Sequence[Shared]:
        """Fill merged cells down and blank what they cover; gives the amounts and shares that several rows share."""
        types = {column: heading.field.type for column, heading in self.header.columns.items()}
        self.rows, shared, covered = filled_down(self.rows, self.context.merged, first, types)
        for one in covered:
            field = self.header.columns[one.column].field
            said = {"header": field.header, "value": shown(one.value), "by": cell_name(*one.by)}
            self._report("cells-covered", one.row, one.column, field, count=f"{one.cells:,}", **said)
        return shared

    def _mention_shared(self, shared: Sequence[Shared], numbers: Sequence[int]) -> None:
        """Mention amounts and shares that are stated of several rows with data together, and so blank in all of them."""
        data = set(numbers) if shared else set()
        for top, last, column in shared:
            if not data.isdisjoint(range(top, last + 1)):
                field = self.header.columns[column].field
                rows = f"{top + 1}-{last + 1}"
                self._report("amount-merged", top, column, field, header=field.header, rows=rows)

    def _columns_of(self, numbers: Sequence[int]) -> Sequence[Sequence[object]]:
        return list(zip(*(self.rows[number] for number in numbers), strict=True))

    def _data_rows(
        self, fields: Mapping[int, FieldOfForm], first: int, below: Rows
    ) -> tuple[DataRows, list[int]]:
        columns = {field.key: column for column, field in fields.items()}
        required = [columns[field.key] for field in self.form.required] or list(fields)
        across = merged_across(self.context.merged)
        lines = self.rows[self.header.first : first]
        data = DataRows(fields, required, self.header.texts, lines, across)
        numbers = data.among(self.rows, first, below)
        if self.context.may_hold_tags:
            numbers = self._without_templates(data, numbers, required)
        days = {column for column, field in fields.items() if field.type is FieldType.DATE}
        notes = {number for number, why in data.left_out.items() if why is LeftOut.NOTE}
        if signed := signed_at_end(self.rows, numbers, days, notes):
            numbers = numbers[: -len(signed)]
            data.left_out.update(dict.fromkeys(signed, LeftOut.NOTE))
            self.problems += [self._row_problems.of_row("row-of-day", number) for number in signed]
        if surplus := formulas_at_end(self.rows, numbers, self.header.texts):
            numbers = numbers[: -len(surplus)]
            data.left_out.update(dict.fromkeys(surplus, LeftOut.FORMULAS))
            self.problems += [self._row_problems.of_rows("rows-of-formulas", *run) for run in runs(surplus)]
        return data, numbers

    def _without_templates(
        self, data: DataRows, numbers: Sequence[int], required: Sequence[int]
    ) -> list[int]:
        """The rows whose required cells hold no tag of a template; of the others the first tag is a problem."""
        kept = []
        for number in numbers:
            row = self.rows[number]
            tag = next((column for column in required if is_tag(row[column])), None)
            if tag is None:
                kept.append(number)
                continue
            data.left_out[number] = LeftOut.TEMPLATE
            self._report("template-tag", number, tag, None, text=shown(row[tag]))
        return kept

    def _blank_tags(
        self, cells: dict[str, Sequence[object]], columns: Mapping[str, int], numbers: Sequence[int]
    ) -> None:
        for key, column in columns.items():
            places = {place for place, cell in enumerate(cells[key]) if is_tag(cell)}
            for place in places:
                text = shown(cells[key][place])
                self._report("template-tag", numbers[place], column, self.form.fields[key], text=text)
            if places:
                cells[key] = [None if place in places else cell for place, cell in enumerate(cells[key])]

    def _mention_columns(
        self, by_column: Sequence[Sequence[object]], numbers: Sequence[int], units: SheetUnits
    ) -> None:
        header, last = self.header, self.header.last
        self._mention_repeated(header.repeated)
        for column, heading in header.ambiguous.items():
            self._report(
                "column-ambiguous",
                last,
                column,
                heading.field,
                header=self._text(column),
                meant=heading.field.header,
            )
        for column, (taken, other) in header.disagreeing.items():
            self._report(
                "headers-disagree" if column not in header.columns else "headers-disagree-required",
                last,
                column,
                taken.field,
                one=taken.field.header,
                other=other.field.header,
            )
        self._mention_unknown(by_column, numbers, units)

    def _mention_unknown(
        self, by_column: Sequence[Sequence[object]], numbers: Sequence[int], units: SheetUnits
    ) -> None:
        header, last = self.header, self.header.last
        for column, text in header.unknown.items():
            if column in (units.by_row, units.currency):
                continue
            meant = qualified_by(text, self.form.key)
            if meant and meant.key not in header.named:
                said = {"header": self._text(column), "meant": meant.header}
                self._report("column-qualified", last, column, meant, **said)
            elif text.strip():
                self._report("column-unknown", last, column, header=self._text(column))
            elif by_column and by_column[column].count("") < len(numbers):
                self._report("column-unknown", last, column, header=column_letters(column))

    def _mention_repeated(self, repeated: Mapping[int, Heading]) -> None:
        for column, heading in repeated.items():
            self._report(
                "column-repeated", self.header.last, column, heading.field, header=self._text(column)
            )

    def _text(self, column: int) -> str:
        return shown("".join(text_of(self.header.texts[column]).split()))

    def _refuse_units(
        self, cells: dict[str, Sequence[object]], numbers: Sequence[int], units: SheetUnits
    ) -> None:
        """Amounts of an unknown unit, or of two that disagree, become blank."""
        for column, stated in units.unknown.items():
            field = self.header.columns[column].field
            self._refuse_unit(cells, column, field, stated)
        for column, doubts in units.doubtful.items():
            field = self.header.columns[column].field
            amounts = list(cells[field.key])
            for doubt in doubts:
                if amounts[doubt.place] in ("", None):
                    continue
                amounts[doubt.place] = None
                other = doubt.other
                self._report(
                    "units-disagree" if other else "unit-unknown-in-row",
                    numbers[doubt.place],
                    column,
                    field,
                    header=field.header,
                    text=shown(doubt.stated.text),
                    other=shown(other.text) if other else "",
                )
            cells[field.key] = amounts
        for column, currencies in units.foreign.items():
            self._refuse_foreign(cells, numbers, column, currencies)

    def _refuse_later_units(
        self,
        cells: dict[str, Sequence[object]],
        numbers: Sequence[int],
        units: SheetUnits,
    ) -> None:
        """Amounts below a line or a header that states another unit become blank."""
        for column, (row, stated) in units.later.items():
            field = self.header.columns[column].field
            cells[field.key] = [
                cell if number < row else None for number, cell in zip(numbers, cells[field.key], strict=True)
            ]
            self._report(
                "unit-changes",
                row,
                column,
                field,
                header=field.header,
                text=shown(stated.text),
                number=row + 1,
            )

    def _refuse_foreign(
        self,
        cells: dict[str, Sequence[object]],
        numbers: Sequence[int],
        column: int,
        currencies: Mapping[int, str],
    ) -> None:
        """Amounts in another currency become blank."""
        field = self.header.columns[column].field
        amounts = list(cells[field.key])
        for place, currency in currencies.items():
            if amounts[place] not in ("", None):
                amounts[place] = None
                text = shown(currency)
                self._report(
                    "currency-foreign", numbers[place], column, field, header=field.header, text=text
                )
        cells[field.key] = amounts

    def _refuse_unit(
        self, cells: dict[str, Sequence[object]], column: int, field: FieldOfForm, stated: StatedUnit
    ) -> None:
        self._report("unit-unknown", self.header.last, column, field, text=shown(stated.text))
        cells[field.key] = [None] * len(cells[field.key])

    def _totals(
        self,
        columns: Mapping[str, int],
        numbers: Sequence[int],
        left_out: Mapping[int, LeftOut],
        units: SheetUnits,
    ) -> Sequence[ComparedTotal]:
        """The totals added up again; one that differs is a problem."""
        if not left_out:
            return ()
        money = {
            key: column
            for key, column in columns.items()
            if self.form.fields[key].type is FieldType.MONEY
            and (units.by_row is None or column in units.units)
            and column not in units.unknown
            and column not in units.uneven
            and column not in units.later
        }
        totals = compared_totals(self.rows, numbers, left_out, money)
        for total in totals:
            if not total.agrees:
                field = self.form.fields[total.field]
                self._report(
                    "total-differs",
                    total.row,
                    columns[total.field],
                    field,
                    header=field.header,
                    stated=f"{total.stated:,f}",
                    added=f"{total.added:,f}",
                    difference=f"{total.stated - total.added:+,f}",
                )
        return totals

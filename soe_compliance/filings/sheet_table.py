"""One sheet of a workbook as the table that its title names."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from soe_compliance.domain.text import Text
from soe_compliance.filings.bad_cells import shown
from soe_compliance.filings.cell_places import SheetLocator, cell_name, column_letters
from soe_compliance.filings.data_rows import DataRows
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.filing import FEN_PER_UNIT, RawTable
from soe_compliance.filings.header_rows import HeaderRow, find_header
from soe_compliance.filings.problems import Problem, problem
from soe_compliance.filings.ratio_columns import ratio_column
from soe_compliance.filings.tables import FieldOfForm, TableOfForms
from soe_compliance.filings.units import StatedUnit, unit_of_lines
from soe_compliance.filings.values import text_of

Rows = Sequence[Sequence[object]]
PercentCells = Callable[[Collection[int]], set[tuple[int, int]]]
"""Which cells of the given columns have a percent format: row and column, from 0."""


def table_on_sheet(
    form: TableOfForms, sheet: str, rows: Rows, percent_cells: PercentCells
) -> tuple[RawTable | None, list[Problem]]:
    """The table on a sheet, None where its header row is not found."""
    header = find_header(rows, form)
    if header is None:
        headers = Text(*(mark.join(f.header for f in form.required) for mark in ("、", ", ")))
        lost = problem(
            "header-row-not-found",
            table=form.key,
            location=sheet,
            sheet=sheet,
            title=form.title,
            headers=headers,
        )
        return None, [lost]
    return _SheetTable(form, sheet, rows, header).read(percent_cells)


@dataclass
class _SheetTable:
    form: TableOfForms
    sheet: str
    rows: Rows
    header: HeaderRow
    problems: list[Problem] = field(default_factory=list)

    def read(self, percent_cells: PercentCells) -> tuple[RawTable, list[Problem]]:
        columns = {heading.field.key: column for column, heading in self.header.columns.items()}
        required = [columns[f.key] for f in self.form.required]
        data = DataRows(columns.values(), required, self.header.texts)
        numbers = data.among(self.rows, self.header.last + 1)
        by_column = list(zip(*(self.rows[number] for number in numbers), strict=True))
        cells: dict[str, Sequence[object]] = {
            key: list(by_column[column]) if numbers else [] for key, column in columns.items()
        }
        self._mention_other_columns(numbers)
        fen_per_unit = self._units(cells)
        percent = self._ratios(cells, numbers, percent_cells)
        locator = SheetLocator(self.sheet, columns)
        return RawTable(self.form.key, cells, numbers, locator, fen_per_unit, percent), self.problems

    def _report(
        self, code: str, row: int, column: int, field: FieldOfForm | None = None, **values: object
    ) -> None:
        location = f"{self.sheet}!{cell_name(row, column)}"
        key = field.key if field else None
        self.problems.append(problem(code, table=self.form.key, field=key, location=location, **values))

    def _mention_other_columns(self, numbers: Sequence[int]) -> None:
        last = self.header.last
        for column, heading in self.header.repeated.items():
            self._report("column-repeated", last, column, heading.field, header=heading.field.header)
        for column, text in self.header.unknown.items():
            if text.strip():
                self._report("column-unknown", last, column, header=shown("".join(text_of(text).split())))
            elif any(self.rows[number][column] != "" for number in numbers):
                self._report("column-unknown", last, column, header=column_letters(column))

    def _units(self, cells: dict[str, Sequence[object]]) -> dict[str, int]:
        """The fen that 1 stands for in each money column that says so; one of an unknown unit becomes blank."""
        money = {c: h for c, h in self.header.columns.items() if h.field.type is FieldType.MONEY}
        if not money:
            return {}
        first, last = self.header.first, self.header.last
        line = unit_of_lines(self.rows[:first], self.rows[first : last + 1])
        units = {}
        for column, heading in money.items():
            stated = heading.unit or line
            if stated and stated.unit:
                units[heading.field.key] = FEN_PER_UNIT[stated.unit]
            elif stated:
                self._refuse_unit(cells, column, heading.field, stated)
        return units

    def _refuse_unit(
        self, cells: dict[str, Sequence[object]], column: int, field: FieldOfForm, stated: StatedUnit
    ) -> None:
        self._report("unit-unknown", self.header.last, column, field, text=shown(stated.text))
        cells[field.key] = [None] * len(cells[field.key])

    def _ratios(
        self, cells: dict[str, Sequence[object]], numbers: Sequence[int], percent_cells: PercentCells
    ) -> dict[str, Sequence[bool]]:
        """Which numbers of each ratio column are percentages; what may be either becomes blank."""
        ratios = {c: h for c, h in self.header.columns.items() if h.field.type is FieldType.RATIO}
        if not ratios:
            return {}
        numeric = [
            c for c, h in ratios.items() if any(type(cell) in (float, int) for cell in cells[h.field.key])
        ]
        formatted = percent_cells(numeric) if numeric else set()
        percent: dict[str, Sequence[bool]] = {}
        for column, heading in ratios.items():
            key = heading.field.key
            read = ratio_column(
                cells[key],
                percent_header=heading.percent,
                has_format={place for place, number in enumerate(numbers) if (number, column) in formatted},
            )
            for place in read.ambiguous:
                value = shown(cells[key][place])
                self._report(
                    "ratio-ambiguous",
                    numbers[place],
                    column,
                    heading.field,
                    header=heading.field.header,
                    value=value,
                )
            cells[key], percent[key] = read.cells, read.percent
        return percent

"""What is told of whole rows round the data of a table on its sheet."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from soe_compliance.filings.bad_cells import shown
from soe_compliance.filings.cell_places import cell_name, runs, span
from soe_compliance.filings.data_rows import DataRows
from soe_compliance.filings.layout import LeftOut
from soe_compliance.filings.problems import Problem, problem
from soe_compliance.filings.sheet_units import SheetUnits
from soe_compliance.filings.units import unit_of_lines

_GAP = 10
"""From so many empty rows on, what follows is mentioned."""


class RowProblems(Struct, frozen=True):
    """Makes problems of rows. Rows are counted from 0.

    Attributes:
        table: the key of the table.
        sheet: its sheet.
    """

    table: str
    sheet: str

    def of_row(self, code: str, number: int, **values: object) -> Problem:
        return self._problem(code, f"{number + 1}:{number + 1}", row=number + 1, **values)

    def of_rows(self, code: str, first: int, last: int) -> Problem:
        return self._problem(code, f"{first + 1}:{last + 1}", rows=span(first, last))

    def round_data(self, numbers: Sequence[int], data: DataRows, above: Sequence[int]) -> Iterator[Problem]:
        """Rows above the header that look like data, examples that may be data, other tables below, data below gaps and notes.

        Args:
            numbers: the numbers of the rows with data.
            data: what stands round them.
            above: the numbers of the rows above the header that look like data.
        """
        for first, last in runs(above):
            yield self.of_rows("rows-above-header", first, last)
        for number in data.examples:
            yield self.of_row("row-example", number)
        for number, column in data.other_tables:
            yield self._problem("other-table-below", cell_name(number, column), row=number + 1)
        yield from self._beyond(numbers, data.left_out)

    def units_below(
        self,
        rows: Sequence[Sequence[object]],
        last: int,
        left_out: Mapping[int, LeftOut],
        units: SheetUnits,
    ) -> Iterator[Problem]:
        """Unit lines below the last row of a table that may say otherwise than what its amounts are read in."""
        used = set(units.units.values())
        for number, why in left_out.items():
            if number <= last or why not in (LeftOut.NOTE, LeftOut.HINT):
                continue
            stated = unit_of_lines([rows[number]])
            if stated and used != {stated.unit}:
                yield self.of_row("unit-below", number, text=shown(stated.text))

    def _beyond(self, numbers: Sequence[int], left_out: Mapping[int, LeftOut]) -> Iterator[Problem]:
        """Data below many empty rows, or below notes: they are read, and may stand there by mistake."""
        if not numbers:
            return
        last_taken, told = numbers[0], set()
        if numbers[-1] - last_taken - len(numbers) + 1 >= _GAP:
            for number in numbers[1:]:
                between = range(last_taken + 1, number)
                if len(between) >= _GAP and sum(n not in left_out for n in between) >= _GAP:
                    yield self.of_row("rows-beyond-gap", number)
                    told.add(number)
                last_taken = number
        note = min((n for n, why in left_out.items() if why is LeftOut.NOTE), default=None)
        if note is None or note < numbers[0]:
            return
        beyond = next((n for n in numbers if n > note), None)
        if beyond is not None and beyond not in told:
            yield self.of_row("rows-beyond-notes", beyond)

    def _problem(self, code: str, cells: str, **values: object) -> Problem:
        location = f"{self.sheet}!{cells}"
        return problem(code, table=self.table, field=None, location=location, **values)

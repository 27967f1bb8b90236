"""From cells whose value can't be taken to problems: each counts as blank, and its filer hears of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from soe_compliance.filings.bad_cells import shown
from soe_compliance.filings.cell_places import PairsLocator, SheetLocator
from soe_compliance.filings.filing import RawTable
from soe_compliance.filings.problems import Problem, problem
from soe_compliance.filings.sheet_facts import Cell, CellFault, Fault, SheetFacts
from soe_compliance.filings.tables import TABLES

_CODES = {Fault.ERROR: "cell-error", Fault.NO_VALUE: "formula-without-value"}


def marked(rows: Sequence[Sequence[object]], facts: SheetFacts) -> Sequence[Sequence[object]]:
    """The rows with what faulty cells show in place of the blanks that the reader gives.

    A row in which such a cell is all there is would be taken for a blank one.
    """
    if not facts.faults:
        return rows
    faults = {cell: fault for cell, fault in facts.faults.items() if fault.fault.is_blank}
    if not faults:
        return rows
    height = max(len(rows), *(row + 1 for row, _ in faults))
    width = max(max(map(len, rows), default=0), *(column + 1 for _, column in faults))
    copied = [[*row, *[""] * (width - len(row))] for row in rows]
    copied += [[""] * width for _ in range(height - len(rows))]
    for (row, column), fault in faults.items():
        copied[row][column] = fault.text
    return copied


def settled(table: RawTable, facts: SheetFacts) -> tuple[RawTable, list[Problem]]:
    """The table with its faulty cells blank, and a problem for each; links to other workbooks keep their values."""
    if not facts.faults:
        return table, []
    cells = dict(table.cells)
    problems = []
    for key, linked in _faults_by_field(table, facts):
        values = list(cells[key])
        external = []
        for row, fault in linked:
            if fault.fault.is_blank:
                values[row] = ""
                problems.append(_problem(_CODES[fault.fault], table, key, row, value=shown(fault.text)))
            else:
                external.append(row)
        if external:
            problems.append(_problem("formula-external", table, key, external[0], count=len(external)))
        cells[key] = values
    return replace(table, cells=cells), problems


def _faults_by_field(table: RawTable, facts: SheetFacts) -> Iterator[tuple[str, list[tuple[int, CellFault]]]]:
    """For each field with faulty cells, their rows in the table."""
    for key in table.cells:
        places = ((row, _cell(table, row, key)) for row in range(len(table.rows)))
        found = [(row, facts.faults[cell]) for row, cell in places if cell and cell in facts.faults]
        if found:
            yield key, found


def _cell(table: RawTable, row: int, key: str) -> Cell | None:
    """Where a field stands on its sheet."""
    if isinstance(table.locator, PairsLocator):
        return table.locator.cells.get(key)
    assert isinstance(table.locator, SheetLocator)
    return table.rows[row], table.locator.columns[key]


def _problem(code: str, table: RawTable, key: str, row: int, **values: object) -> Problem:
    header = TABLES[table.key].fields[key].header
    return problem(code, table=table.key, field=key, location=table.place(row, key), header=header, **values)

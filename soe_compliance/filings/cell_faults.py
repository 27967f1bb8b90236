"""From cells whose value can't be taken to problems: each counts as blank, and its filer hears of it."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from msgspec.structs import replace

from soe_compliance.filings.bad_cells import shown
from soe_compliance.filings.cell_places import PairsLocator, SheetLocator
from soe_compliance.filings.filing import RawTable
from soe_compliance.filings.merged_cells import Merged
from soe_compliance.filings.problems import Problem, problem
from soe_compliance.filings.sheet_facts import CellFault, Fault, Faults, SheetFacts
from soe_compliance.filings.tables import TABLES
from soe_compliance.filings.told_together import told

_CODES = {Fault.ERROR: "cell-error", Fault.NO_VALUE: "formula-without-value"}
_CODES_OF_SEVERAL = {Fault.ERROR: "cells-error", Fault.NO_VALUE: "formulas-without-value"}


def marked(rows: list[list[Any]], facts: SheetFacts) -> list[list[Any]]:
    """The same rows, with what faulty cells show put in place of the blanks that the reader gives.

    A row in which such a cell is all there is would be taken for a blank one.
    """
    height = width = 0
    for row, column, fault in facts.faults:
        if fault.fault.is_blank:
            height, width = max(height, row + 1), max(width, column + 1)
    if not height:
        return rows
    width = max(width, max(map(len, rows), default=0))
    rows += [[] for _ in range(height - len(rows))]
    for cells in rows:
        cells += [""] * (width - len(cells))
    for row, column, fault in facts.faults:
        if fault.fault.is_blank:
            rows[row][column] = fault.text
    return rows


def fill_down(faults: Faults, merged: Merged, height: int) -> None:
    """Have a faulty cell that is merged down hold for each of its rows on a sheet of this height, as a value does."""
    down = sorted((left, top, bottom) for (top, left), (bottom, _) in merged if top < bottom)
    for column, ranges in groupby(down, key=itemgetter(0)):
        of_column, below = faults.of_column(column), 0
        for _, top, bottom in ranges:
            fault = of_column.get(top)
            if fault and fault.fault.is_blank:
                for row in range(max(top + 1, below), min(bottom + 1, height)):
                    faults.add(row, column, fault.fault, fault.text)
                below = max(below, bottom + 1)


def settled(table: RawTable, facts: SheetFacts) -> tuple[RawTable, list[Problem]]:
    """The table with its faulty cells blank, and a problem for each; links to other workbooks keep their values."""
    if not facts.faults:
        return table, []
    cells = dict(table.cells)
    problems: list[Problem] = []
    for key in table.cells:
        column, numbers = _places(table, key)
        of_column = facts.faults.of_column(column) if column is not None else None
        if not of_column:
            continue
        found = [(row, of_column[number]) for row, number in enumerate(numbers) if number in of_column]
        blank = [(row, fault) for row, fault in found if fault.fault.is_blank]
        external = [row for row, fault in found if not fault.fault.is_blank]
        if blank:
            values = list(cells[key])
            for row, _ in blank:
                values[row] = ""
            cells[key] = values
            problems += _told(table, key, blank)
        if external:
            problems.append(_problem("formula-external", table, key, external[0], count=len(external)))
    return replace(table, cells=cells), problems


def _places(table: RawTable, key: str) -> tuple[int | None, Sequence[int]]:
    """The column that a field stands in on its sheet, and the row of each of its cells."""
    if isinstance(table.locator, PairsLocator):
        row, column = table.locator.cells.get(key, (0, None))
        return column, [row]
    assert isinstance(table.locator, SheetLocator)
    return table.locator.columns[key], table.rows


def _told(table: RawTable, key: str, blank: Sequence[tuple[int, CellFault]]) -> Iterator[Problem]:
    """A problem for each of the first faulty cells of a column; those of all others by kind."""
    faults = dict(blank)
    for one in told(table, list(faults), [fault.fault for fault in faults.values()]):
        code, value = (_CODES_OF_SEVERAL if one.listed else _CODES)[one.kind], shown(faults[one.row].text)
        yield _problem(code, table, key, one.row, value=value, count=f"{one.count:,}", rows=one.listed)


def _problem(code: str, table: RawTable, key: str, row: int, **values: object) -> Problem:
    header = TABLES[table.key].fields[key].header
    return problem(code, table=table.key, field=key, location=table.place(row, key), header=header, **values)

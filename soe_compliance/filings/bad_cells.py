"""The problems of cells that can't be read."""

import json
from collections.abc import Iterator, Sequence

from msgspec import Struct

from soe_compliance.domain.text import Text
from soe_compliance.filings.filing import RawTable
from soe_compliance.filings.joined_tables import is_of_workbook
from soe_compliance.filings.problems import Problem, problem
from soe_compliance.filings.tables import FieldOfForm
from soe_compliance.filings.told_together import Told, told
from soe_compliance.filings.values import EXPECTED, BadCell, LostDigits, text_of


class _Fault(Struct, frozen=True):
    """What is wrong with a cell: the code for one, the code for several, and what was expected."""

    code: str
    code_of_several: str
    expected: Text


def bad_cell(field: FieldOfForm, table: RawTable, row: int, error: BadCell) -> Problem:
    """What to say of a cell that is not what its field asks for; it counts as blank."""
    return _problem(field, table, Told(row, _fault(field, error)))


def bad_cells(
    field: FieldOfForm, table: RawTable, rows: Sequence[int], errors: Sequence[BadCell]
) -> Iterator[Problem]:
    """What to say of the cells of a column that are not what their field asks for.

    Args:
        rows: the rows of the cells, in order.
        errors: for each of them what is wrong with it.
    """
    faults = {error: _fault(field, error) for error in dict.fromkeys(errors)}
    for one in told(table, rows, [faults[error] for error in errors]):
        yield _problem(field, table, one)


def _fault(field: FieldOfForm, error: BadCell) -> _Fault:
    expected = error.expected or _expected(field)
    if isinstance(error, LostDigits):
        return _Fault("code-lost-digits", "codes-lost-digits", expected)
    return _Fault("cell-unreadable", "cells-unreadable", expected)


def _expected(field: FieldOfForm) -> Text:
    """What a field asks for; of listed values, which they are."""
    expected = EXPECTED[field.type]
    if field.choices is None:
        return expected
    labels = [choice.label for choice in field.choices]
    keys = [f"{choice.value} {choice.label}" for choice in field.choices]
    return Text(f"{expected.zh}（{'、'.join(labels)}）", f"{expected.en} ({', '.join(keys)})")


def _problem(field: FieldOfForm, table: RawTable, one: Told[_Fault]) -> Problem:
    return problem(
        one.kind.code_of_several if one.listed else one.kind.code,
        table=table.key,
        field=field.key,
        location=table.place(one.row, field.key),
        header=field.header,
        value=quoted(table.cells[field.key][one.row], table),
        expected=one.kind.expected,
        count=f"{one.count:,}",
        rows=one.listed,
    )


def quoted(cell: object, table: RawTable) -> str:
    """A cell of a table as its filer wrote it."""
    return shown(_written(cell, table))


def _written(cell: object, table: RawTable) -> object:
    """A truth value as workbooks or JSON have it, a list or an object as JSON has it; else the cell."""
    if isinstance(cell, bool) and is_of_workbook(table):
        return text_of(cell)
    if not isinstance(cell, (bool, list, dict)):
        return cell
    try:
        return json.dumps(cell, ensure_ascii=False, default=str)
    except (RecursionError, ValueError):
        return cell


def shown(cell: object, most: int = 40) -> str:
    """A cell as text: dates in ISO, floats at 15 digits, nothing longer than so many characters."""
    try:
        text = format(cell, ".15g") if isinstance(cell, float) else str(cell)
    except (RecursionError, ValueError):  # nested too deeply; a whole number of thousands of digits
        return "…"
    return text if len(text) <= most else text[: most - 1] + "…"

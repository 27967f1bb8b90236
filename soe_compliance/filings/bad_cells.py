"""The problem of a cell that can't be read."""

from soe_compliance.filings.filing import RawTable
from soe_compliance.filings.problems import Problem, problem
from soe_compliance.filings.tables import FieldOfForm
from soe_compliance.filings.values import EXPECTED, BadCell, LostDigits


def bad_cell(field: FieldOfForm, table: RawTable, row: int, error: BadCell) -> Problem:
    """What to say of a cell that is not what its field asks for; it counts as blank."""
    return problem(
        "code-lost-digits" if isinstance(error, LostDigits) else "cell-unreadable",
        table=table.key,
        field=field.key,
        location=table.place(row, field.key),
        header=field.header,
        value=shown(table.cells[field.key][row]),
        expected=error.expected or EXPECTED[field.type],
    )


def shown(cell: object, most: int = 40) -> str:
    """A cell as text: dates in ISO, floats at 15 digits, nothing longer than so many characters."""
    try:
        text = format(cell, ".15g") if isinstance(cell, float) else str(cell)
    except (RecursionError, ValueError):  # nested too deeply; a whole number of thousands of digits
        return "…"
    return text if len(text) <= most else text[: most - 1] + "…"

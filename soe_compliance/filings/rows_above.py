"""Rows above a header that look like rows of its table: sorted away with it, or below a header of their own.

No row above the header is read, for titles and other tables may stand there; but such a row may have been meant to be.
"""

from collections.abc import Mapping, Sequence

from soe_compliance.filings.cell_text import squeezed
from soe_compliance.filings.column_numbers import numbers_columns
from soe_compliance.filings.likeness import Likeness, is_filled
from soe_compliance.filings.tables import FieldOfForm

_FEWEST_FILLED = 3


def rows_above(
    rows: Sequence[Sequence[object]], headers: Sequence[str], fields: Mapping[int, FieldOfForm]
) -> Sequence[int]:
    """The numbers of these rows.

    Args:
        rows: the rows above the header.
        headers: the header of each column.
        fields: the fields of the columns.
    """
    fewest = min(_FEWEST_FILLED, len(fields))
    full = [number for number, row in enumerate(rows) if len(row) - row.count("") >= fewest]
    if not full:
        return full
    required = [column for column, field in fields.items() if field.required]
    likeness = Likeness(fields, required)
    texts = [squeezed(text) for text in headers]
    return [
        number
        for number in full
        if sum(is_filled(rows[number][column]) for column in fields) >= fewest
        and all(rows[number][column] != "" for column in required)
        and any(_has_figure(rows[number][column]) for column in required)
        and likeness.fits(rows[number])
        and not numbers_columns(rows[number], texts, fields)
    ]


def _has_figure(cell: object) -> bool:
    return not isinstance(cell, str) or any(map(str.isdigit, cell))

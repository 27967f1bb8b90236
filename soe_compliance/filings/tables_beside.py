"""Another table to the right of a table, on the same rows, behind an empty column.

It is told by its headers: one that the table has already, a running number of its own, or mostly such as the forms don't
have. What they name is not of the table's rows.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from soe_compliance.filings.header_rows import HeaderRow
from soe_compliance.filings.sheet_units import heads_units

_RUNNING_NUMBER = "序号"
_FEWEST_UNKNOWN = 3


def without_table_beside(
    header: HeaderRow, below: Sequence[Sequence[object]]
) -> tuple[HeaderRow, int | None]:
    """The header without the columns of another table beside it, and the first of these.

    Args:
        header: the header row.
        below: the columns below it.
    """
    if "" not in header.texts:
        return header, None
    first = None
    # From the right: an empty column may as well stand within the table.
    for column in reversed(_behind_empty_columns(header, below)):
        if _begins_table(header, column):
            first = column
            header = replace(
                header,
                columns={at: heading for at, heading in header.columns.items() if at < column},
                repeated={at: heading for at, heading in header.repeated.items() if at < column},
                unknown={at: text for at, text in header.unknown.items() if at < column},
                texts=[*header.texts[:column], *[""] * (len(header.texts) - column)],
            )
    return header, first


def _begins_table(header: HeaderRow, column: int) -> bool:
    """Whether a column behind an empty one is the first of another table."""
    beside = [heading for at, heading in header.columns.items() if at >= column]
    if len(beside) == len(header.columns) or any(heading.field.required for heading in beside):
        return False
    if any(at >= column for at in header.repeated) or _is_numbered(header, column):
        return True
    unknown = [text for at, text in header.unknown.items() if at >= column and text.strip()]
    # Columns that the forms don't have do no harm, but for units that would be taken for those of the table.
    is_at_stake = bool(beside) or any(map(heads_units, unknown))
    return is_at_stake and len(unknown) >= max(_FEWEST_UNKNOWN, len(beside) + 1)


def _behind_empty_columns(header: HeaderRow, below: Sequence[Sequence[object]]) -> Sequence[int]:
    """The columns with a header right behind one without header and cells, the first column apart."""
    texts = header.texts
    return [
        column
        for column in range(2, len(texts))
        if texts[column].strip()
        and not texts[column - 1].strip()
        and any(text.strip() for text in texts[: column - 1])
        and not (below and any(map(_is_filled, below[column - 1])))
    ]


def _is_numbered(header: HeaderRow, first: int) -> bool:
    """Whether a running number stands on both sides."""
    numbered = [
        column for column, text in enumerate(header.texts) if "".join(text.split()) == _RUNNING_NUMBER
    ]
    return bool(numbered) and numbered[0] < first <= numbered[-1]


def _is_filled(cell: object) -> bool:
    return not isinstance(cell, str) or bool(cell.strip())

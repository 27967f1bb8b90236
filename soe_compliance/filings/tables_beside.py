"""Another table to the right of a table, on the same rows, behind an empty column.

It is told by its headers: one that the table has already, a running number of its own, or mostly such as the forms don't
have. What they name is not of the table's rows.
"""

from collections.abc import Sequence
from dataclasses import replace

from soe_compliance.filings.header_rows import HeaderRow

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
    for column in _behind_empty_columns(header, below):
        columns = {at: heading for at, heading in header.columns.items() if at < column}
        beside = [heading for at, heading in header.columns.items() if at >= column]
        if columns and not any(heading.field.required for heading in beside):
            unknown = sum(at >= column and bool(text.strip()) for at, text in header.unknown.items())
            repeats = any(at >= column for at in header.repeated)
            if repeats or _is_numbered(header, column) or unknown >= max(_FEWEST_UNKNOWN, len(beside) + 1):
                own = {at: text for at, text in header.unknown.items() if at < column}
                return replace(header, columns=columns, unknown=own), column
    return header, None


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

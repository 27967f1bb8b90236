"""Cells of several lines in columns that line up, whatever is Chinese or coloured in them."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from soe_compliance.report.wrapping import text_width

GAP = 2
_COLOUR = re.compile("\x1b\\[[0-9;]*m")


def grid(
    headers: Sequence[str], rows: Sequence[Sequence[str]], *, right: int = 0, ruled: bool = False
) -> list[str]:
    """The lines of a table.

    Args:
        headers: one a column.
        rows: a cell may have several lines.
        right: how many columns, counted from the last, are of numbers.
        ruled: whether a line is drawn between rows too.
    """
    widths = [max(_cell_width(cell) for cell in column) for column in zip(headers, *rows, strict=True)]
    rule = ["-" * width for width in widths]
    table: list[Sequence[str]] = [headers, rule]
    for place, row in enumerate(rows):
        table.extend([rule, row] if ruled and place else [row])
    return [line for row in table for line in _lines(row, widths, len(widths) - right)]


def _lines(row: Sequence[str], widths: Sequence[int], numbers: int) -> Iterator[str]:
    """The lines of a row, as many as its highest cell has; `numbers` is the first column of numbers."""
    for pieces in zip_longest(*(cell.split("\n") for cell in row), fillvalue=""):
        padded = (
            _padded(piece, width, right=place >= numbers)
            for place, (piece, width) in enumerate(zip(pieces, widths, strict=True))
        )
        yield (" " * GAP).join(padded).rstrip()


def _padded(text: str, width: int, *, right: bool) -> str:
    blanks = " " * (width - _cell_width(text))
    return blanks + text if right else text + blanks


def _cell_width(cell: str) -> int:
    return max(text_width(_COLOUR.sub("", line)) for line in cell.split("\n"))

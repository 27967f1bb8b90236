"""Cells of several lines in columns that line up, whatever is Chinese or coloured in them."""

import re
from collections.abc import Sequence
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
    lines = _row_lines(headers, widths, right) + _row_lines(rule, widths, right)
    for place, row in enumerate(rows):
        lines += [
            *(_row_lines(rule, widths, right) if ruled and place else ()),
            *_row_lines(row, widths, right),
        ]
    return lines


def _row_lines(row: Sequence[str], widths: Sequence[int], right: int) -> list[str]:
    first_of_numbers = len(widths) - right
    return [
        (" " * GAP)
        .join(
            _padded(piece, width, right=place >= first_of_numbers)
            for place, (piece, width) in enumerate(zip(pieces, widths, strict=True))
        )
        .rstrip()
        for pieces in zip_longest(*(cell.split("\n") for cell in row), fillvalue="")
    ]


def _padded(text: str, width: int, *, right: bool) -> str:
    blanks = " " * (width - _cell_width(text))
    return blanks + text if right else text + blanks


def _cell_width(cell: str) -> int:
    return max(text_width(_COLOUR.sub("", line)) for line in cell.split("\n"))

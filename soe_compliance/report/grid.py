"""Cells of several lines in columns that line up, whatever is Chinese or coloured in them."""

from collections.abc import Sequence

from soe_compliance.domain.patterns import pattern
from soe_compliance.report.wrapping import text_width

GAP = 2
_COLOUR = pattern("\x1b\\[[0-9;]*m")


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
    from tabulate import tabulate

    widths = [max(_cell_width(cell) for cell in column) for column in zip(headers, *rows, strict=True)]
    rule = ["-" * width for width in widths]
    lines: list[Sequence[str]] = [headers, rule]
    for place, row in enumerate(rows):
        lines.extend([rule, row] if ruled and place else [row])
    aligned = ["left"] * (len(widths) - right) + ["right"] * right
    table = tabulate(lines, tablefmt="plain", disable_numparse=True, colalign=aligned)
    return [line.rstrip() for line in table.split("\n")]


def _cell_width(cell: str) -> int:
    return max(text_width(_COLOUR.sub("", line)) for line in cell.split("\n"))

"""Shares and percentages: which numbers of a ratio column are which."""

from collections.abc import Sequence, Set

from msgspec import Struct

from soe_compliance.filings.values import BadCell, ratio_of


class RatioColumn(Struct, frozen=True):
    """A ratio column as it is to be read.

    Attributes:
        cells: the cells; a number that may be either is blank.
        percent: which numbers are percentages.
        ambiguous: the places of the numbers that may be either.
    """

    cells: Sequence[object]
    percent: Sequence[bool]
    ambiguous: Sequence[int]


def are_plain_shares(cells: Sequence[object]) -> bool:
    """Whether all cells are blank or numbers up to 1, which are shares where the header doesn't bear %."""
    return all(type(cell) is float and cell <= 1 for cell in cells if cell != "")


def may_need_format(cells: Sequence[object], *, percent_header: bool) -> bool:
    """Whether it may matter which numbers have a percent format: not where each is a share in any case."""
    if percent_header:
        return any(type(cell) in (float, int) for cell in cells)
    return not are_plain_shares(cells)


def ratio_column(
    cells: Sequence[object],
    *,
    percent_header: bool,
    has_format: Set[int],
    has_sign: Set[int] = frozenset(),
) -> RatioColumn:
    """Tell shares from percentages.

    In a cell with a percent format a number is a share, and a percentage where a percent sign is only text beside it;
    else it is a percentage where the header bears %; else up to 1 it is a share and above 1 a percentage, and where a
    column holds both kinds, what is up to 1 may be either.

    Args:
        cells: the cells of the column.
        percent_header: whether its header bears %.
        has_format: the places of the cells with a percent number format.
        has_sign: the places of the cells whose number format has a percent sign as text.
    """
    percent = [False] * len(cells)
    if not (percent_header or has_sign) and are_plain_shares(cells):
        return RatioColumn(cells, percent, [])
    small = []
    for place, cell in enumerate(cells):
        if cell == "" or cell is None or place in has_format:
            continue
        if percent_header or place in has_sign or (kind := _kind(cell)) == "percentage":
            percent[place] = True
        elif kind == "share":
            small.append(place)
    if not small or not any(percent):
        return RatioColumn(cells, percent, [])
    doubtful = set(small)
    kept = [None if place in doubtful else cell for place, cell in enumerate(cells)]
    return RatioColumn(kept, percent, small)


def _kind(cell: object) -> str | None:
    """Whether a number without a mark reads as a percentage or a share; None where it is neither."""
    try:
        found = ratio_of(cell)
    except BadCell:
        return None
    if found is None or found.marked or found.number <= 0:
        return None
    return "percentage" if found.number > 1 else "share"

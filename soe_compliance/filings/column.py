"""A column: the values of one field, and the cells that they are made of."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from numpy.typing import NDArray

from soe_compliance.domain.truth import Mask, Numbers
from soe_compliance.filings.cell_text import BadCell


class Column(Struct, frozen=True, eq=False):
    """Values, and where they are stated. The value of a blank cell means nothing (for flags: unknown)."""

    values: NDArray[Any]
    stated: Mask

    def __getitem__(self, index: Any) -> "Column":
        return Column(self.values[index], self.stated[index])


class BadValue(Struct, frozen=True):
    """A cell of a column that could not be read. Cells of which the same is to be said share the error."""

    position: int
    cell: object
    error: BadCell


class Cells(Struct, frozen=True):
    """The raw cells of one field over all filings of a batch.

    Attributes:
        filing: the filing of each cell.
        scale: for money the fen that 1 stands for; for ratios 1 where a number is a percentage, else 0.
    """

    cells: Sequence[object]
    filing: Numbers
    scale: Numbers

"""What cells say, remembered from one batch to the next: most texts and days stand in many cells.

Only texts and days are remembered. Nothing else equals them, while 1, 1.0 and True are equal and do not say the same.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from soe_compliance.domain.truth import NO, UNKNOWN, YES
from soe_compliance.filings.cell_text import BadCell
from soe_compliance.filings.fields import Choice, FieldType
from soe_compliance.filings.values import Reader, choices_of, reader

_MOST_CELLS = 2**15
_LONGEST = 100


class KnownCells(dict[object, Any]):
    """What each cell says, by the cell; a cell that is not remembered and can't be read raises `BadCell`.

    Args:
        read: reads a cell.
        blank: what stands for a blank one, and for one that can't be read.
        meaning: what stands for what a cell says.

    Attributes:
        bad: the remembered cells that can't be read.
    """

    def __init__(self, read: Reader, blank: object, meaning: Callable[[Any], object]) -> None:
        super().__init__({None: blank, "": blank})
        self.bad: set[object] = set()
        self._read, self._blank, self._meaning = read, blank, meaning

    def __missing__(self, cell: object) -> Any:
        kept = type(cell) is date or (type(cell) is str and len(cell) <= _LONGEST)
        try:
            said = self._read(cell)[0]
        except BadCell:
            if not kept:
                raise
            self.bad.add(cell)
            said = None
        value = self._blank if said is None else self._meaning(said)
        if kept:
            self[cell] = value
        return value

    def places_of_bad(self, cells: Sequence[object]) -> list[int]:
        """The places of the cells, all looked up before, that can't be read."""
        if not self.bad or self.bad.isdisjoint(cells):
            return []
        return [place for place, cell in enumerate(cells) if cell in self.bad]


def _itself(said: Any) -> Any:
    return said


_MEANINGS: Mapping[FieldType, tuple[object, Callable[[Any], object]]] = {
    FieldType.FIRM: ("", _itself),
    FieldType.PROJECT: ("", _itself),
    FieldType.ID: ("", _itself),
    FieldType.DATE: (0, _itself),
    FieldType.FLAG: (int(UNKNOWN), lambda yes: int(YES if yes else NO)),
    FieldType.CHOICE: (-1, _itself),
    FieldType.CHOICES: (-1, _itself),
}
"""What stands for a blank cell, and for what a cell says."""

_known: dict[tuple[FieldType, type[Choice] | None], KnownCells] = {}


def known_cells(kind: FieldType, choices: type[Choice] | None) -> KnownCells:
    """What is remembered of the cells of fields of a type, with these listed values."""
    known = _known.get((kind, choices))
    if known is None or len(known) > _MOST_CELLS:
        known = _known[kind, choices] = KnownCells(reader(kind, choices), *_MEANINGS[kind])
    return known


@lru_cache(maxsize=1024)
def choices_of_list(listed: tuple[object, ...], choices: type[Choice]) -> int:
    """The bits of listed values; a list of anything else raises `BadCell`."""
    mask = choices_of(list(listed), choices)
    assert mask is not None
    return mask

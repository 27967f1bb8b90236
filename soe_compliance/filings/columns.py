"""Columns: the cells of one field, for all filings of a batch, as typed arrays.

What a column holds, by the type of its field:
    FIRM, PROJECT, ID   numbers of the batch's `Names`, -1 where blank (int64)
    TEXT                nothing: reports take names from the cells
    INT, QUARTER, LEVEL whole numbers (int64)
    DATE                day ordinals (int64)
    MONEY               fen (int64, or exact fractions)
    RATIO               10^-12 (int64, or exact fractions)
    FLAG                truth: 0 no, 1 blank, 2 yes (int8)
    CHOICE              the place in the list of values (int64)
    CHOICES             a bit for each listed value (int64)
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from soe_compliance.domain.exact import exact
from soe_compliance.domain.ownership import RATIO_UNIT
from soe_compliance.domain.text import Text
from soe_compliance.domain.truth import NO, UNKNOWN, YES, Numbers
from soe_compliance.filings.cell_text import LONGEST_MARK, is_stated
from soe_compliance.filings.column import BadValue, Cells, Column
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.names import Names
from soe_compliance.filings.packed import floats_of
from soe_compliance.filings.quick_columns import quickly_typed
from soe_compliance.filings.tables import FieldOfForm
from soe_compliance.filings.values import BadCell, Reader, float_of, reader, scaled

__all__ = ["BadValue", "Cells", "Column", "Names", "carefully_typed", "typed"]

_EXACT_FLOAT = 10**15
_BLANK_KIND: frozenset[type] = frozenset({type(None)})
_NUMBERS_AND_BLANK = _BLANK_KIND | {float, int}
_TOLD_APART = _BLANK_KIND | {str, float}
_WHOLE_TOLD_APART = _BLANK_KIND | {str, int}
"""Kinds of cells of which no two are equal and yet not the same, as 1, 1.0 and True are."""
_REMEMBERED = frozenset({str, date})
"""Kinds of cells that are not read again once they were refused: no two are equal and yet not the same."""


class _Reading:
    """Reads the cells of one column and keeps those that can't be read."""

    def __init__(self, cells: Sequence[object], read: Reader) -> None:
        self.cells = cells
        self.bad: list[BadValue] = []
        self._read = read
        self._errors: dict[tuple[type[BadCell], Text | None], BadCell] = {}
        self._refused: dict[object, BadCell] = {}

    @cached_property
    def kinds(self) -> set[type]:
        return set(map(type, self.cells))

    def at(self, position: int) -> Any:
        """What one cell says, None where it is blank or can't be read."""
        cell = self.cells[position]
        refusal = self._refused.get(cell) if self._refused and type(cell) in _REMEMBERED else None
        if refusal is None:
            try:
                return self._read(cell)[0]
            except BadCell as error:
                refusal = self._shared(error)
            if type(cell) in _REMEMBERED:
                self._refused[cell] = refusal
        self.bad.append(BadValue(position, cell, refusal))
        return None

    def _shared(self, error: BadCell) -> BadCell:
        """One error for all that say the same, without the traceback, which keeps all that was at hand."""
        return self._errors.setdefault((type(error), error.expected), type(error)(error.expected))

    def every(self) -> Sequence[Any]:
        """What each cell says; a text or number that stands in many is parsed once."""
        if self.kinds <= _BLANK_KIND:
            return self.cells
        if self.kinds <= _TOLD_APART or self.kinds <= _WHOLE_TOLD_APART:
            return self._every_told_apart()
        known: dict[object, Any] = {}
        found = []
        for position, cell in enumerate(self.cells):
            if cell is None or cell == "":
                value = None
            elif type(cell) is not str and type(cell) is not float:
                value = self.at(position)
            elif (value := known.get(cell)) is None:
                value = known[cell] = self.at(position)
            found.append(value)
        return found

    def _every_told_apart(self) -> list[Any]:
        """What each cell says, where cells that are equal are the same."""
        said: dict[object, Any] = {}
        refused: dict[object, BadCell] = {}
        for cell in dict.fromkeys(self.cells):
            try:
                said[cell] = None if cell is None or cell == "" else self._read(cell)[0]
            except BadCell as error:
                said[cell], refused[cell] = None, self._shared(error)
        if refused:
            self.bad = [
                BadValue(position, cell, refused[cell])
                for position, cell in enumerate(self.cells)
                if cell in refused
            ]
        return list(map(said.__getitem__, self.cells))


def typed(field: FieldOfForm, raw: Cells, names: Names) -> tuple[Column, list[BadValue]]:
    """The column of a field, and the cells that could not be read, which count as blank."""
    quick = quickly_typed(field, raw, names)
    if quick is None:
        return carefully_typed(field, raw, names)
    column, places = quick
    if not places:
        return column, []
    reading = _Reading(raw.cells, reader(field.type, field.choices))
    for place in places:
        reading.at(place)
    return column, reading.bad


def carefully_typed(field: FieldOfForm, raw: Cells, names: Names) -> tuple[Column, list[BadValue]]:
    """The same, each cell by itself."""
    reading = _Reading(raw.cells, reader(field.type, field.choices))
    return _TYPED.get(field.type, _whole)(raw, names, reading), reading.bad


def _named(raw: Cells, names: Names, reading: _Reading) -> Column:
    values = names.numbers(raw.filing, [name or "" for name in reading.every()])
    return Column(values, values >= 0)


def _text(raw: Cells, names: Names, reading: _Reading) -> Column:
    stated = [
        len(cell.strip()) > LONGEST_MARK or is_stated(cell)
        if type(cell) is str
        else bool(cell is not None and reading.at(position))
        for position, cell in enumerate(raw.cells)
    ]
    mask = np.array(stated, dtype=bool)
    return Column(mask, mask)


def _from_optional(found: Sequence[int | None]) -> Column:
    if None not in found:
        return Column(np.array(found, dtype=np.int64), np.ones(len(found), dtype=bool))
    stated = np.array([value is not None for value in found], dtype=bool)
    return Column(np.array([value or 0 for value in found], dtype=np.int64), stated)


def _whole(raw: Cells, names: Names, reading: _Reading) -> Column:
    return _from_optional(reading.every())


def _flag(raw: Cells, names: Names, reading: _Reading) -> Column:
    truths = {None: UNKNOWN, True: YES, False: NO}
    values = np.array(list(map(truths.__getitem__, reading.every())), dtype=np.int8)
    return Column(values, values != UNKNOWN)


def _numbers(
    cells: Sequence[object], scale: Numbers, read_exactly: Callable[[int], int | Fraction | None]
) -> Column:
    """Numbers times their scale: floats that are plainly whole by a vector, all others one by one."""
    floats, factor = _as_floats(cells), scale.astype(np.float64)
    with np.errstate(invalid="ignore", over="ignore"):
        nearest = np.rint(floats * factor)
        plain = (np.abs(nearest) < _EXACT_FLOAT) & (nearest / factor == floats)
    if plain.all():
        return Column(nearest.astype(np.int64), plain)
    values: list[int | Fraction] | None = None
    whole = np.where(plain, nearest, 0).astype(np.int64)
    stated = plain.copy()
    for position in np.flatnonzero(~plain).tolist():
        cell = cells[position]
        number = None if cell is None or cell == "" else read_exactly(position)
        if number is None:
            continue
        stated[position] = True
        if isinstance(number, int) and abs(number) < _EXACT_FLOAT * 10:
            whole[position] = number
        else:
            values = whole.tolist() if values is None else values
            values[position] = number
            whole[position] = 0
    if values is None:
        return Column(whole, stated)
    merged = [int(w) if w else v for w, v in zip(whole.tolist(), values, strict=True)]
    return Column(exact(merged), stated)


def _as_floats(cells: Sequence[object]) -> NDArray[np.float64]:
    """Each cell as a float where that is exact or too large to be told plainly whole, else NaN."""
    floats = floats_of(cells) if cells and type(cells[0]) is float else None
    if floats is not None:
        return floats
    if set(map(type, cells)) <= _NUMBERS_AND_BLANK:
        with suppress(OverflowError):
            return np.array(cells, dtype=np.float64)
    found = [c if type(c) is float else nan if c is None or type(c) is str else float_of(c) for c in cells]
    return np.array(found, dtype=np.float64)


def _money(raw: Cells, names: Names, reading: _Reading) -> Column:
    def exactly(position: int) -> int | Fraction | None:
        found = reading.at(position)
        if found is None:
            return None
        return scaled(found.number, found.fen or int(raw.scale[position]))

    return _numbers(raw.cells, raw.scale, exactly)


def _ratio(raw: Cells, names: Names, reading: _Reading) -> Column:
    unit = np.where(raw.scale == 1, RATIO_UNIT // 100, RATIO_UNIT)

    def exactly(position: int) -> int | Fraction | None:
        found = reading.at(position)
        if found is None:
            return None
        return scaled(found.number, RATIO_UNIT // 100 if found.marked else int(unit[position]))

    return _numbers(raw.cells, unit, exactly)


_TYPED: Mapping[FieldType, Callable[[Cells, Names, _Reading], Column]] = {
    FieldType.FIRM: _named,
    FieldType.PROJECT: _named,
    FieldType.ID: _named,
    FieldType.TEXT: _text,
    FieldType.FLAG: _flag,
    FieldType.MONEY: _money,
    FieldType.RATIO: _ratio,
}

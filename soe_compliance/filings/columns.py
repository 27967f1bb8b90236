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

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from soe_compliance.domain.exact import exact
from soe_compliance.domain.ownership import RATIO_UNIT
from soe_compliance.domain.truth import NO, UNKNOWN, YES, Mask, Numbers
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.tables import FieldOfForm
from soe_compliance.filings.values import (
    PARSERS,
    BadCell,
    choice_of,
    choices_of,
    day_of,
    flag_of,
    money_of,
    name_of,
    ratio_of,
    scaled,
)

_EXACT_FLOAT = 10**15


@dataclass(frozen=True, eq=False)
class Column:
    """Values, and where they are stated. The value of a blank cell means nothing (for flags: unknown)."""

    values: NDArray[Any]
    stated: Mask

    def __getitem__(self, index: Any) -> "Column":
        return Column(self.values[index], self.stated[index])


@dataclass(frozen=True)
class BadValue:
    """A cell of a column that could not be read."""

    position: int
    cell: object
    error: BadCell


class Names:
    """Numbers for names, one space of names a filing."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, str], int] = {}
        self.filing: list[int] = []
        self.names: list[str] = []

    def number(self, filing: int, name: str) -> int:
        key = (filing, name)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.names)
            self.filing.append(filing)
            self.names.append(name)
        return number

    def find(self, filing: int, name: str) -> int:
        """The number of a name, -1 where there is none."""
        return self._numbers.get((filing, name), -1)


@dataclass(frozen=True)
class Cells:
    """The raw cells of one field over all filings of a batch.

    Attributes:
        filing: the filing of each cell.
        scale: for money the fen that 1 stands for; for ratios 1 where a number is a percentage, else 0.
    """

    cells: Sequence[object]
    filing: Numbers
    scale: Numbers


def typed(field: FieldOfForm, raw: Cells, names: Names) -> tuple[Column, list[BadValue]]:
    """The column of a field, and the cells that could not be read, which count as blank."""
    bad: list[BadValue] = []

    def read(parse: Callable[[object], Any], position: int) -> Any:
        cell = raw.cells[position]
        try:
            return parse(cell)
        except BadCell as error:
            bad.append(BadValue(position, cell, error))
            return None

    column = _TYPED.get(field.type, _whole)(field, raw, names, read)
    return column, bad


_Reader = Callable[[Callable[[object], Any], int], Any]


def _named(field: FieldOfForm, raw: Cells, names: Names, read: _Reader) -> Column:
    values = np.full(len(raw.cells), -1, dtype=np.int64)
    parse = PARSERS[field.type]
    filings = raw.filing.tolist()
    for position, cell in enumerate(raw.cells):
        if cell is None or cell == "":
            continue
        name = read(parse, position)
        if name:
            values[position] = names.number(filings[position], name)
    return Column(values, values >= 0)


def _text(field: FieldOfForm, raw: Cells, names: Names, read: _Reader) -> Column:
    stated = [bool(cell not in (None, "") and read(name_of, place)) for place, cell in enumerate(raw.cells)]
    mask = np.array(stated, dtype=bool)
    return Column(mask, mask)


def _from_optional(found: list[int | None]) -> Column:
    stated = np.array([value is not None for value in found], dtype=bool)
    return Column(np.array([value or 0 for value in found], dtype=np.int64), stated)


def _whole(field: FieldOfForm, raw: Cells, names: Names, read: _Reader) -> Column:
    parse = PARSERS[field.type]
    return _from_optional([read(parse, position) for position in range(len(raw.cells))])


def _day(field: FieldOfForm, raw: Cells, names: Names, read: _Reader) -> Column:
    found = [
        None
        if cell is None or cell == ""
        else cell.toordinal()
        if type(cell) is date and 1900 <= cell.year <= 2199
        else read(day_of, position)
        for position, cell in enumerate(raw.cells)
    ]
    return _from_optional(found)


def _flag(field: FieldOfForm, raw: Cells, names: Names, read: _Reader) -> Column:
    truths = {None: UNKNOWN, True: YES, False: NO}
    values = np.array([truths[read(flag_of, place)] for place in range(len(raw.cells))], dtype=np.int8)
    return Column(values, values != UNKNOWN)


def _choice(field: FieldOfForm, raw: Cells, names: Names, read: _Reader) -> Column:
    choices = field.choices
    assert choices is not None
    parse = choices_of if field.type is FieldType.CHOICES else choice_of
    return _from_optional([read(lambda cell: parse(cell, choices), place) for place in range(len(raw.cells))])


def _numbers(raw: Cells, scale: Numbers, read_exactly: Callable[[int], int | Fraction | None]) -> Column:
    """Numbers times their scale: floats that are plainly whole by a vector, all others one by one."""
    floats = np.array([cell if type(cell) is float else np.nan for cell in raw.cells], dtype=np.float64)
    with np.errstate(invalid="ignore", over="ignore"):
        nearest = np.rint(floats * scale)
        plain = (np.abs(nearest) < _EXACT_FLOAT) & (nearest / scale == floats)
    values: list[int | Fraction] | None = None
    whole = np.where(plain, nearest, 0).astype(np.int64)
    stated = plain.copy()
    for position in np.flatnonzero(~plain).tolist():
        number = read_exactly(position)
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


def _money(field: FieldOfForm, raw: Cells, names: Names, read: _Reader) -> Column:
    def exactly(position: int) -> int | Fraction | None:
        number = read(money_of, position)
        return None if number is None else scaled(number, int(raw.scale[position]))

    return _numbers(raw, raw.scale, exactly)


def _ratio(field: FieldOfForm, raw: Cells, names: Names, read: _Reader) -> Column:
    unit = np.where(raw.scale == 1, RATIO_UNIT // 100, RATIO_UNIT)

    def exactly(position: int) -> int | Fraction | None:
        found = read(ratio_of, position)
        if found is None:
            return None
        number, marked = found
        return scaled(number, RATIO_UNIT // 100 if marked else int(unit[position]))

    return _numbers(raw, unit, exactly)


_TYPED: dict[FieldType, Callable[[FieldOfForm, Cells, Names, _Reader], Column]] = {
    FieldType.FIRM: _named,
    FieldType.PROJECT: _named,
    FieldType.ID: _named,
    FieldType.TEXT: _text,
    FieldType.DATE: _day,
    FieldType.FLAG: _flag,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choice,
    FieldType.MONEY: _money,
    FieldType.RATIO: _ratio,
}

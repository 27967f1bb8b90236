"""Columns made quickly, where it is certain that they are what the careful way gives.

A quick way takes a whole column at once: cells of one type as an array, texts and days by what is remembered of
them. What it can't take it leaves to the careful way.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from soe_compliance.domain.truth import UNKNOWN
from soe_compliance.filings.cell_text import LONGEST_MARK, BadCell, is_stated
from soe_compliance.filings.column import Cells, Column
from soe_compliance.filings.counts import LARGEST_WHOLE
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.known_cells import choices_of_list, known_cells
from soe_compliance.filings.names import Names
from soe_compliance.filings.packed import floats_of, truths_of
from soe_compliance.filings.tables import FieldOfForm

Quick: TypeAlias = tuple[Column, Sequence[int]]
"""A column, and the places of the cells that can't be read, which are blank in it."""

_BLANK_VALUES = {
    FieldType.FIRM: np.int64(-1),
    FieldType.PROJECT: np.int64(-1),
    FieldType.ID: np.int64(-1),
    FieldType.TEXT: np.bool_(False),
    FieldType.FLAG: UNKNOWN,
}
_TEXTS: frozenset[type] = frozenset({str, type(None)})
_NOT_KNOWN = (BadCell, TypeError)
"""What looking up a cell raises that is not remembered and can't be read, or can't be looked up, as a list."""


def quickly_typed(field: FieldOfForm, raw: Cells, names: Names) -> Quick | None:
    """The column of a field, None where the careful way must make it."""
    size = len(raw.cells)
    if not size or (raw.cells[0] is None and raw.cells.count(None) == size):
        values = np.full(size, _BLANK_VALUES.get(field.type, np.int64(0)))
        return Column(values, np.zeros(size, dtype=bool)), ()
    make = _QUICK.get(field.type)
    return make(field, raw, names) if make else None


def _named(field: FieldOfForm, raw: Cells, names: Names) -> Quick | None:
    known = known_cells(field.type, field.choices)
    try:
        said: list[str] = list(map(known.__getitem__, raw.cells))
    except _NOT_KNOWN:
        return None
    values = names.numbers(raw.filing, said)
    return Column(values, values >= 0), known.places_of_bad(raw.cells)


def _numbered(field: FieldOfForm, raw: Cells, names: Names, *, least: int) -> Quick | None:
    """A column of what is remembered as numbers; blank is what is less than `least`."""
    known = known_cells(field.type, field.choices)
    try:
        found = np.fromiter(map(known.__getitem__, raw.cells), dtype=np.int64, count=len(raw.cells))
    except _NOT_KNOWN:
        return None
    stated = found >= least
    return Column(np.where(stated, found, 0), stated), known.places_of_bad(raw.cells)


def _flag(field: FieldOfForm, raw: Cells, names: Names) -> Quick | None:
    truths = None if type(raw.cells[0]) is str else truths_of(raw.cells)
    if truths is not None:
        return Column(truths, truths != UNKNOWN), ()
    known = known_cells(field.type, field.choices)
    try:
        truths = np.frombuffer(bytearray(map(known.__getitem__, raw.cells)), dtype=np.int8)
    except _NOT_KNOWN:
        return None
    return Column(truths, truths != UNKNOWN), known.places_of_bad(raw.cells)


def _choices(field: FieldOfForm, raw: Cells, names: Names) -> Quick | None:
    assert field.choices is not None
    known = known_cells(field.type, field.choices)
    try:
        found = [
            choices_of_list(tuple(cell), field.choices) if type(cell) is list else known[cell]
            for cell in raw.cells
        ]
        bad = known.places_of_bad([None if type(cell) is list else cell for cell in raw.cells])
    except _NOT_KNOWN:
        return None
    values = np.array(found, dtype=np.int64)
    return Column(np.maximum(values, 0), values >= 0), bad


def _text(field: FieldOfForm, raw: Cells, names: Names) -> Quick | None:
    try:
        different = set(raw.cells)
    except TypeError:  # a list
        return None
    if not set(map(type, different)) <= _TEXTS:
        return None
    stated = {cell: isinstance(cell, str) and _is_stated(cell) for cell in different}
    if all(stated.values()):
        mask = np.ones(len(raw.cells), dtype=bool)
    else:
        mask = np.frombuffer(bytearray(map(stated.__getitem__, raw.cells)), dtype=np.bool_)
    return Column(mask, mask), ()


def _is_stated(text: str) -> bool:
    return len(text.strip()) > LONGEST_MARK or is_stated(text)


def _whole(field: FieldOfForm, raw: Cells, names: Names, *, least: int, most: int) -> Quick | None:
    """A column of whole numbers without a blank, all of them within bounds."""
    numbers = _numbers_of(raw.cells)
    if numbers is None or not ((numbers >= least) & (numbers <= most) & (np.rint(numbers) == numbers)).all():
        return None
    return Column(numbers.astype(np.int64), np.ones(len(numbers), dtype=bool)), ()


def _numbers_of(cells: Sequence[object]) -> NDArray[Any] | None:
    """Cells that are all floats or all whole numbers."""
    if type(cells[0]) is float:
        return floats_of(cells)
    if set(map(type, cells)) != {int}:
        return None
    try:
        return np.array(cells, dtype=np.int64)
    except OverflowError:
        return None


_QUICK: Mapping[FieldType, Callable[[FieldOfForm, Cells, Names], Quick | None]] = {
    FieldType.FIRM: _named,
    FieldType.PROJECT: _named,
    FieldType.ID: _named,
    FieldType.TEXT: _text,
    FieldType.INT: partial(_whole, least=-LARGEST_WHOLE, most=LARGEST_WHOLE),
    FieldType.LEVEL: partial(_whole, least=-LARGEST_WHOLE, most=LARGEST_WHOLE),
    FieldType.QUARTER: partial(_whole, least=1, most=4),
    FieldType.DATE: partial(_numbered, least=1),
    FieldType.FLAG: _flag,
    FieldType.CHOICE: partial(_numbered, least=0),
    FieldType.CHOICES: _choices,
}

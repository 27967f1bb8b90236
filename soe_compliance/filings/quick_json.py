"""JSON filings parsed quickly, where it is certain that nothing is lost by it.

The quick parser knows the tables and fields of the forms, and takes no others. It makes floats of numbers with
decimals, and takes the last of two equal keys. So what it gives counts only where a look at the bytes shows that no
number has more characters than a float keeps digits, none has an exponent, and there are as many keys in the bytes as
in what was parsed. A look may err on one side only: it sends JSON to the careful parser that the quick one would have
got right.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from operator import countOf
from typing import Any, TypeAlias

import numpy as np
from msgspec import UNSET, DecodeError, Struct, UnsetType, defstruct
from msgspec.json import Decoder
from msgspec.structs import astuple
from numpy.typing import NDArray

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.tables import HEADER, TABLES

FLOAT_DIGITS = 15
"""So many digits come out of a float as they went in."""

_Scalar: TypeAlias = str | int | float | bool | None
_Cell: TypeAlias = _Scalar | list[_Scalar] | UnsetType
_Bytes: TypeAlias = NDArray[np.uint8]

_FIRST_OF_FIGURES, _FIGURES = ord("."), len("./0123456789")
_FIRST_DIGIT, _DIGITS = ord("0"), 10
_SMALL, _EXPONENT = ord("a") - ord("A"), ord("e")
_REST_OF_EXPONENT = pattern(rb"[-+]?[0-9]+(?:\s|[,\]}]|$)")
_BEFORE_NUMBER = np.isin(np.arange(256), list(b" \t\r\n:,[-"))

_QUOTE, _COLON, _SPACE = ord('"'), ord(":"), ord(" ")
_KEY_APART = pattern(rb'"\s+:')


class NotCertainError(ValueError):
    """The careful parser must decide."""


class QuickTable(Struct, frozen=True):
    """The rows of one table.

    Attributes:
        cells: for each field that any row has its cells, one a row, None where it lacks the field.
        rows: how many rows there are, none of them blank.
        keys: how many keys the rows have together.
    """

    cells: Mapping[str, Sequence[object]]
    rows: int
    keys: int


class QuickFiling(Struct, frozen=True):
    """One filing: its tables, of which that of its own fields has one row, and how many keys all of it has."""

    tables: Mapping[str, QuickTable]
    keys: int


def quickly_parsed(data: bytes) -> QuickFiling | list[QuickFiling]:
    """The filing of a document, or those of its list.

    Raises:
        NotCertainError: it is no JSON, no filing nor a list of them, or something may have been lost.
    """
    try:
        parsed = _decoder().decode(data)
    except (DecodeError, UnicodeDecodeError, RecursionError):
        raise NotCertainError from None
    filings = [_filing(one) for one in parsed] if isinstance(parsed, list) else [_filing(parsed)]
    keys = sum(filing.keys for filing in filings)
    characters = np.frombuffer(data, dtype=np.uint8)
    if (
        _has_lost_keys(keys, data, characters)
        or _has_long_number(characters)
        or _has_exponent(data, characters)
    ):
        raise NotCertainError
    return filings if isinstance(parsed, list) else filings[0]


@cache
def _decoder() -> Decoder[Any]:
    rows = {key: _struct(key, dict.fromkeys(form.fields, _Cell)) for key, form in TABLES.items()}
    tables = {key: row if key == HEADER else list[row] for key, row in rows.items()}  # type: ignore[valid-type]
    parts = {key: table | None | UnsetType for key, table in tables.items()}
    filing = _struct("document", {**parts, "schema": str | UnsetType}, rename={"schema": "$schema"})
    return Decoder(filing | list[filing])  # type: ignore[valid-type]


def _struct(name: str, types: Mapping[str, Any], **options: Any) -> type[Struct]:
    fields = [(key, kind, UNSET) for key, kind in types.items()]
    return defstruct(name, fields, forbid_unknown_fields=True, gc=False, **options)


def _filing(parsed: Struct) -> QuickFiling:
    parts = {key: part for key in parsed.__struct_fields__ if (part := getattr(parsed, key)) is not UNSET}
    tables = {
        key: _table(key, [parts[key]] if key == HEADER else parts[key])
        for key in TABLES
        if parts.get(key) is not None
    }
    return QuickFiling(tables, len(parts) + sum(table.keys for table in tables.values()))


def _table(key: str, rows: Sequence[Struct]) -> QuickTable:
    cells: dict[str, Sequence[object]] = {}
    keys = 0
    for field, column in zip(TABLES[key].fields, zip(*map(astuple, rows), strict=True), strict=False):
        lacking = countOf(map(type, column), UnsetType)
        if lacking == len(rows):
            continue
        cells[field] = tuple(None if cell is UNSET else cell for cell in column) if lacking else column
        keys += len(rows) - lacking
    if key != HEADER and rows and _has_blank_row(cells):
        raise NotCertainError
    return QuickTable(cells, len(rows), keys)


def _has_blank_row(columns: Mapping[str, Sequence[object]]) -> bool:
    return not begin_with_texts(columns) and (
        not columns or any(map(is_blank_row, zip(*columns.values(), strict=True)))
    )


def begin_with_texts(columns: Mapping[str, Sequence[object]]) -> bool:
    """Whether the first column holds a text in each row, so that no row is blank."""
    try:
        return all(map(str.strip, next(iter(columns.values()), (None,))))  # type: ignore[arg-type]
    except TypeError:
        return False


def is_blank_row(cells: Iterable[object]) -> bool:
    """Whether a row states nothing."""
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)


def _has_long_number(characters: _Bytes) -> bool:
    """Whether there may be a number of more characters than a float keeps digits.

    Of every other character, eight in a row at least belong to such a number; the last of all belongs to none.
    """
    every_other = characters[: len(characters) // 2 * 2].view("<u2").astype(np.uint8)
    in_row = _are_within(every_other, _FIRST_OF_FIGURES, _FIGURES)
    for further in (1, 2, 4):
        in_row = in_row[further:] & in_row[:-further]
    return bool(in_row.any()) and _has_long_run_of_figures(characters)


def _has_long_run_of_figures(characters: _Bytes) -> bool:
    """Whether more figures than a float keeps digits stand in a row where a number may begin."""
    figures = _are_within(characters, _FIRST_OF_FIGURES, _FIGURES)
    begins = np.flatnonzero(figures[1:] & ~figures[:-1]) + 1
    ends = np.flatnonzero(~figures[1:] & figures[:-1]) + 1
    long = begins[ends - begins > FLOAT_DIGITS]
    return bool(_BEFORE_NUMBER[characters[long - 1]].any())


def _has_exponent(data: bytes, characters: _Bytes) -> bool:
    marks = _are_within(characters[:-1], _FIRST_DIGIT, _DIGITS)
    marks &= (characters[1:] | _SMALL) == _EXPONENT
    return any(_REST_OF_EXPONENT.match(data, at + 2) for at in np.flatnonzero(marks).tolist())


def _are_within(characters: _Bytes, first: int, count: int) -> NDArray[np.bool_]:
    """Which characters are one of so many from the first on."""
    past_first = characters - np.uint8(first)
    within: NDArray[np.bool_] = np.less(past_first, count, out=past_first.view(np.bool_))
    return within


def _has_lost_keys(keys: int, data: bytes, characters: _Bytes) -> bool:
    """Whether there may be more keys in the bytes: one given twice, or those of an object that is nested in a cell."""
    colons = characters == _COLON
    if keys == np.count_nonzero(colons):
        return False
    before = characters[np.flatnonzero(colons) - 1]
    return keys != np.count_nonzero(before == _QUOTE) or (
        bool((before <= _SPACE).any()) and _KEY_APART.search(data) is not None
    )

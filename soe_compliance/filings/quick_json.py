"""JSON parsed quickly, where it is certain that nothing is lost by it.

The quick parser makes floats of numbers with decimals, takes the last of two equal keys, and goes deeper than
others. So what it gives counts only where a look at the bytes shows that no number has more characters than a float
keeps digits, none has an exponent, and there are as many keys in the bytes as in what was parsed. A look may err on
one side only: it sends JSON to the careful parser that the quick one would have got right.
"""

from typing import Any, TypeAlias

import numpy as np
import orjson
from numpy.typing import NDArray

from soe_compliance.domain.patterns import pattern

FLOAT_DIGITS = 15
"""So many digits come out of a float as they went in."""

_Bytes: TypeAlias = NDArray[np.uint8]

_FIRST_OF_FIGURES, _FIGURES = ord("."), len("./0123456789")
_FIRST_DIGIT, _DIGITS = ord("0"), 10
_SMALL, _EXPONENT = ord("a") - ord("A"), ord("e")
_REST_OF_EXPONENT = pattern(rb"[-+]?[0-9]+(?:\s|[,\]}]|$)")
_BEFORE_NUMBER = np.isin(np.arange(256), list(b" \t\r\n:,[-"))

_QUOTE, _COLON, _SPACE = ord('"'), ord(":"), ord(" ")
_KEY_APART = pattern(rb'"\s+:')
_LIST, _MOST_LISTS = b"[", 500


class NotCertainError(ValueError):
    """The careful parser must decide."""


def quickly_parsed(data: bytes) -> object:
    """The value of a document.

    Raises:
        NotCertainError: it is no JSON, or something may have been lost.
    """
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        raise NotCertainError from None
    keys = _keys_of(value)
    characters = np.frombuffer(data, dtype=np.uint8)
    if (
        keys is None
        or _has_lost_keys(keys, data, characters)
        or _has_long_number(characters)
        or _has_exponent(data, characters)
        or (_has_many_lists(data) and _nests_lists(value))
    ):
        raise NotCertainError
    return value


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


def _has_many_lists(data: bytes) -> bool:
    """Whether there may be so many lists that, one in the other, they are more than the careful parser takes."""
    at = -1
    for _ in range(_MOST_LISTS + 1):
        at = data.find(_LIST, at + 1)
        if at < 0:
            return False
    return True


def _nests_lists(value: object) -> bool:
    """Whether a cell holds a list of lists."""
    return any(
        type(cell) is list and list in map(type, cell)
        for filing in _in_list(value)
        for part in filing.values()
        for row in _in_list(part)
        for cell in (row.values() if type(row) is dict else ())
    )


def _in_list(value: Any) -> list[Any]:
    return value if type(value) is list else [value]


def _has_lost_keys(keys: int, data: bytes, characters: _Bytes) -> bool:
    """Whether there may be more keys in the bytes: one given twice, or those of an object that is nested in a cell."""
    colons = characters == _COLON
    if keys == np.count_nonzero(colons):
        return False
    before = characters[np.flatnonzero(colons) - 1]
    return keys != np.count_nonzero(before == _QUOTE) or (
        bool((before <= _SPACE).any()) and _KEY_APART.search(data) is not None
    )


def _keys_of(value: object) -> int | None:
    """The number of keys of the objects that a filing is made of; None where it is shaped otherwise."""
    keys = 0
    for filing in _in_list(value):
        if type(filing) is not dict:
            return None
        keys += len(filing)
        for part in filing.values():
            rows = part if type(part) is list else [part] if type(part) is dict else []
            if rows:
                if set(map(type, rows)) != {dict}:
                    return None
                keys += sum(map(len, rows))
    return keys

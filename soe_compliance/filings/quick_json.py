"""JSON parsed quickly, where it is certain that nothing is lost by it.

The quick parser makes floats of numbers with decimals, takes the last of two equal keys, and goes deeper than
others. So what it gives counts only where a look at the bytes shows that no number has more characters than a float
keeps digits, none has an exponent, and there are as many keys in the bytes as in what was parsed. A look may err on
one side only: it sends JSON to the careful parser that the quick one would have got right.
"""

import re
from collections.abc import Iterator

import orjson

FLOAT_DIGITS = 15
"""So many digits come out of a float as they went in."""

_FIGURE, _EXPONENT = b"0", b"0e"
_FIGURES = bytes.maketrans(b"0123456789.E", b"00000000000e")
_LONG_NUMBER = _FIGURE * (FLOAT_DIGITS + 1)
_REST_OF_EXPONENT = re.compile(rb"[-+]?[0-9]+(?:\s|[,\]}]|$)")
_BEFORE_NUMBER = b" \t\r\n:,[-"
_KEY, _KEY_APART = b'":', re.compile(rb'"\s+:')
_MOST_LISTS = 500


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
    if _has_inexact_number(data) or not _is_whole(data, value):
        raise NotCertainError
    return value


def _has_inexact_number(data: bytes) -> bool:
    figures = data.translate(_FIGURES)
    return any(at == 0 or data[at - 1] in _BEFORE_NUMBER for at in _places(figures, _LONG_NUMBER)) or any(
        _REST_OF_EXPONENT.match(data, at + len(_EXPONENT)) for at in _places(figures, _EXPONENT)
    )


def _places(data: bytes, part: bytes) -> Iterator[int]:
    at = data.find(part)
    while at >= 0:
        yield at
        at = data.find(part, at + len(part))


def _is_whole(data: bytes, value: object) -> bool:
    """Whether every key of the bytes is there, and every object where a filing has objects: none is nested in a cell."""
    if data.count(b"[") > _MOST_LISTS:
        raise NotCertainError
    objects, keys = 0, 0
    for filing in value if type(value) is list else [value]:
        if type(filing) is not dict:
            return False
        objects, keys = objects + 1, keys + len(filing)
        for part in filing.values():
            rows = part if type(part) is list else [part] if type(part) is dict else []
            if rows:
                if set(map(type, rows)) != {dict}:
                    return False
                objects, keys = objects + len(rows), keys + sum(map(len, rows))
    if objects != data.count(b"{") or keys != data.count(_KEY):
        return False
    return keys == data.count(b":") or not _KEY_APART.search(data)

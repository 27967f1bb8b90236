"""The streams of a compound file, the container of .xls and of encrypted workbooks ([MS-CFB])."""

from collections.abc import Iterator
from typing import TypeAlias

import numpy as np

_HEADER = 512
_ENTRY = 128
_LAST = 0xFFFFFFFA
"""Sector numbers from here on end a chain, or mark what is no data."""

_ROOT, _STREAM = 5, 2

_Numbers: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.uint32]]"


class DamagedCompoundError(ValueError):
    """It is cut off, or its chains of sectors don't hold together."""


class CompoundFile:
    """The streams of a compound file by their names.

    Raises:
        DamagedCompoundError: it can't be followed.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER:
            raise DamagedCompoundError
        self._data = data
        self._sector = 1 << min(_number(data, 30, 2), 16)
        self._table = self._allocation()
        self._small_sector = 1 << min(_number(data, 32, 2), 16)
        self._large_from = _number(data, 56)
        self._small_table = _numbers(self._chain(_number(data, 60), len(data)))
        directory = self._chain(_number(data, 48), len(data))
        self._entries = [directory[start : start + _ENTRY] for start in range(0, len(directory), _ENTRY)]

    def stream(self, *names: str) -> bytes | None:
        """The stream of the first of these names that there is."""
        for name in names:
            for entry in self._entries:
                if _type(entry) == _STREAM and _name(entry).lower() == name:
                    return self._content(entry)
        return None

    def _content(self, entry: bytes) -> bytes:
        start, size = _number(entry, 116), _number(entry, 120)
        if size >= self._large_from:
            return self._chain(start, size)
        root = next((entry for entry in self._entries if _type(entry) == _ROOT), None)
        if root is None:
            raise DamagedCompoundError
        small = self._chain(_number(root, 116), _number(root, 120))
        width = self._small_sector
        numbers = _followed(self._small_table, start, size // width + 1)
        return b"".join(small[number * width : (number + 1) * width] for number in numbers)[:size]

    def _allocation(self) -> _Numbers:
        """The sector that follows each sector."""
        listed = list(_numbers(self._data[76:_HEADER]))
        following, left = _number(self._data, 68), len(self._data) // self._sector + 1
        while following < _LAST and left:
            more = list(_numbers(self._at(following)))
            listed, following, left = listed + more[:-1], int(more[-1]) if more else _LAST, left - 1
        sectors = [self._at(int(number)) for number in listed if number < _LAST]
        return _numbers(b"".join(sectors))

    def _at(self, number: int) -> bytes:
        start = (number + 1) * self._sector
        return self._data[start : start + self._sector]

    def _chain(self, start: int, size: int) -> bytes:
        numbers = _followed(self._table, start, size // self._sector + 1)
        return b"".join(map(self._at, numbers))[:size]


def _numbers(data: bytes) -> _Numbers:
    """The whole numbers of sectors in a part of a file, which may break off."""
    return np.frombuffer(data[: len(data) // 4 * 4], dtype="<u4")


def _followed(table: _Numbers, start: int, most: int) -> Iterator[int]:
    """The sectors of a chain, at most so many: a chain may bite its tail."""
    number = start
    for _ in range(most):
        if number >= _LAST:
            return
        yield number
        if number >= len(table):
            raise DamagedCompoundError
        number = int(table[number])


def _number(data: bytes, start: int, size: int = 4) -> int:
    return int.from_bytes(data[start : start + size], "little")


def _type(entry: bytes) -> int:
    return _number(entry, 66, 1)


def _name(entry: bytes) -> str:
    return entry[: max(_number(entry, 64, 2) - 2, 0)].decode("utf-16-le", "replace")

"""The shared texts of an .xls workbook: how long each is ([MS-XLS] 2.4.265 SST, 2.5.293, 2.4.58 Continue)."""

from collections.abc import Iterator, Sequence

_COUNT, _FIRST = 4, 8
_WIDE, _EXTENDED, _RICH = 0x1, 0x4, 0x8
_LONGEST = 0xFFFF
_UTF_8 = 3
"""Bytes that a character of two bytes takes in UTF-8 at most, as readers hold it."""

LONGEST_TEXT = _LONGEST * _UTF_8
"""No text is longer; one that can't be followed may be as long."""


class _BreaksOffError(Exception):
    pass


def shared_sizes(records: Sequence[bytes]) -> list[int]:
    """The size in bytes of each shared text, up to one that breaks off.

    Args:
        records: the record of the shared texts and those that continue it.
    """
    if not records or len(records[0]) < _FIRST:
        return []
    reader = _Reader(records)
    return list(reader.sizes(_number(records[0][_COUNT:_FIRST])))


class _Reader:
    """Reads on from one record to the next."""

    def __init__(self, records: Sequence[bytes]) -> None:
        self._records = iter(records)
        self._record = next(self._records)
        self._place = _FIRST

    def sizes(self, count: int) -> Iterator[int]:
        for _ in range(count):
            try:
                size = self._text()
            except _BreaksOffError:
                return
            yield size

    def _text(self) -> int:
        if self._place >= len(self._record):
            self._go_on()
        length, flags = self._taken(2), self._taken(1)
        runs = self._taken(2) if flags & _RICH else 0
        extension = self._taken(4) if flags & _EXTENDED else 0
        size = self._characters(length, flags)
        self._skip(4 * runs + extension)
        return size

    def _characters(self, left: int, flags: int) -> int:
        """The size of so many characters; each record that continues them says anew how wide they are."""
        size = 0
        while True:
            wide = flags & _WIDE
            taken = min(left, (len(self._record) - self._place) >> wide)
            size += taken * (_UTF_8 if wide else 1)
            self._place += taken << wide
            left -= taken
            if not left:
                return size
            self._go_on()
            flags = self._taken(1)

    def _skip(self, size: int) -> None:
        while size > len(self._record) - self._place:
            size -= len(self._record) - self._place
            self._go_on()
        self._place += size

    def _taken(self, size: int) -> int:
        start = self._place
        self._place += size
        if self._place > len(self._record):
            raise _BreaksOffError
        return _number(self._record[start : self._place])

    def _go_on(self) -> None:
        following = next(self._records, None)
        if following is None:
            raise _BreaksOffError
        self._record, self._place = following, 0


def _number(data: bytes) -> int:
    return int.from_bytes(data, "little")

"""Compound files and records as .xls has them, made by hand."""

import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate

_SECTOR = 512
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """A compound file with these streams, each padded to the size from which a stream has sectors of its own."""
    padded = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    table: list[int] = []
    body, starts = b"", {}
    for name, data in padded.items():
        starts[name] = len(table)
        count = -(-len(data) // _SECTOR)
        table += [*range(len(table) + 1, len(table) + count), _END]
        body += data.ljust(count * _SECTOR, b"\0")
    entries = [_entry("Root Entry", 5, _END, 0, 1)]
    entries += [_entry(name, 2, starts[name], len(data), _FREE) for name, data in padded.items()]
    directory_start = len(table)
    directory = b"".join(entries).ljust(-(-len(entries) * 128 // _SECTOR) * _SECTOR, b"\0")
    count = len(directory) // _SECTOR
    table += [*range(len(table) + 1, len(table) + count), _END]
    sectors = 1
    while sectors * 128 < len(table) + sectors:
        sectors += 1
    listed = list(range(len(table), len(table) + sectors))
    table += [_TABLE] * sectors
    packed = struct.pack(f"<{len(table)}I", *table).ljust(sectors * _SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(6) + struct.pack("<IIIIIIIII", 0, sectors, directory_start, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *(listed + [_FREE] * (109 - sectors)))
    return header + body + directory + packed


def _entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    wide = name.encode("utf-16-le") + b"\0\0"
    head = wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide), kind, 1, _FREE, _FREE, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def begin(kind: int) -> bytes:
    """The record that begins the workbook (5) or a sheet (16)."""
    return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 0x0600))


def xls(title: str, cells: Iterable[bytes], after_begin: bytes = b"") -> bytes:
    """An .xls with one sheet of these records."""
    return xls_of([(title, b"".join(cells))], after_begin)


def xls_of(
    sheets: Sequence[tuple[str, bytes]],
    after_begin: bytes = b"",
    *,
    kinds: Sequence[int] = (),
    move: Callable[[Sequence[int]], Sequence[int]] = lambda places: places,
) -> bytes:
    """An .xls with these sheets of records.

    Args:
        sheets: the title and the records of each.
        after_begin: records of the workbook.
        kinds: the kind of each sheet: 0 a worksheet, 1 a macro sheet.
        move: the places at which the sheets are said to begin, in place of those at which they do.
    """
    kinds = kinds or [0] * len(sheets)

    def book(places: Sequence[int]) -> bytes:
        listed = (
            record(0x85, struct.pack("<IBBBB", place, 0, kind, len(title), 1) + title.encode("utf-16-le"))
            for place, kind, (title, _) in zip(places, kinds, sheets, strict=True)
        )
        return begin(5) + after_begin + b"".join(listed) + record(0x0A)

    bodies = [
        begin(0x40 if kind else 0x10) + body + record(0x0A)
        for kind, (_, body) in zip(kinds, sheets, strict=True)
    ]
    starts = accumulate(map(len, bodies[:-1]), initial=len(book([0] * len(sheets))))
    return compound_file({"Workbook": book(move(list(starts))) + b"".join(bodies)})


def number(row: int, column: int, value: float) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def text(row: int, column: int, value: str) -> bytes:
    """A cell with a text of its own."""
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(value), 1) + value.encode("utf-16-le"))


def shared_text(row: int, column: int, place: int) -> bytes:
    """A cell with a shared text."""
    return record(0x00FD, struct.pack("<HHHI", row, column, 0, place))


def shared_texts(*texts: str, split: int = 4000) -> bytes:
    """The shared texts, each record of at most so many characters continued in the next."""
    records, data = [], struct.pack("<II", len(texts), len(texts))
    for value in texts:
        wide = value.encode("utf-16-le")
        data += struct.pack("<HB", len(value), 1)
        for start in range(0, len(wide), 2 * split):
            if start:
                records.append(data)
                data = b"\1"
            data += wide[start : start + 2 * split]
    first, *others = [*records, data]
    return record(0x00FC, first) + b"".join(record(0x003C, other) for other in others)


def error(row: int, column: int, code: int) -> bytes:
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, code, 1))

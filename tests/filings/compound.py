"""Compound files and records as .xls has them, made by hand."""

import struct
from collections.abc import Iterable, Mapping

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
    name = title.encode("utf-16-le")

    def globals_with(place: int) -> bytes:
        sheet = struct.pack("<IBBBB", place, 0, 0, len(title), 1) + name
        return begin(5) + after_begin + record(0x85, sheet) + record(0x0A)

    start = len(globals_with(0))
    return compound_file({"Workbook": globals_with(start) + begin(16) + b"".join(cells) + record(0x0A)})


def number(row: int, column: int, value: float) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def text(row: int, column: int, value: str) -> bytes:
    """A cell with a text of its own."""
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(value), 1) + value.encode("utf-16-le"))


def error(row: int, column: int, code: int) -> bytes:
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, code, 1))

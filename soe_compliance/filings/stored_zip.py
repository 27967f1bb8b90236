"""A zip file whose members are stored as they are, so that what reads it need not unpack them once more."""

import struct
import zipfile
from collections.abc import Iterable
from typing import TypeAlias

StoredMember: TypeAlias = tuple[str, int, bytes]
"""Its name, its checksum, its content."""

_HEADER, _ENTRY, _END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
_VERSION, _UTF8, _FIRST_DAY = 20, 0x800, 0x21


def stored_zip(members: Iterable[StoredMember]) -> bytes:
    """The zip file of these members."""
    bodies: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for text, checksum, content in members:
        name = text.encode()
        about = (_UTF8, zipfile.ZIP_STORED, 0, _FIRST_DAY, checksum, len(content), len(content), len(name))
        header = _HEADER.pack(b"PK\x03\x04", _VERSION, *about, 0)
        directory += _ENTRY.pack(b"PK\x01\x02", _VERSION, _VERSION, *about, 0, 0, 0, 0, 0, offset), name
        bodies += header, name, content
        offset += len(header) + len(name) + len(content)
    size, count = sum(map(len, directory)), len(directory) // 2
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, size, offset, 0)
    return b"".join([*bodies, *directory, end])

"""What a zip file's directory lists.

`zipfile` reads any directory, and takes as long for the dozen members of a workbook as unpacking them does. So one
that is written as all programs in use write it is read here, and every other by `zipfile`.
"""

import struct
import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import NamedTuple

from soe_compliance.domain.patterns import pattern

_ENTRY, _END = struct.Struct("<4s2xBx2H4x3L3H8xL"), struct.Struct("<4s6xH2LH")
_ENTRY_BEGINS, _END_BEGINS, _LONG_END_BEGINS = b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x07"
_LONG_END = 20
"""The size of what says where the directory of a file of 4 GB or more stands."""

_UNSAID = 0xFFFFFFFF
"""A size or place that is stated elsewhere."""

_NEWEST = 63
_LONGEST_NAME = 0xFFFF
"""The bytes of a name that a zip file has room for."""

_FIELD, _UNICODE_NAME = struct.Struct("<2H"), 0x7075
_BEFORE_NAME = _FIELD.size + 5
_ODD_IN_NAMES = pattern(rb"[\0\\\x80-\xff]")


class Member(NamedTuple):
    """A file packed into another: its name as listed, and how and where it is packed.

    Attributes:
        path: the name by which readers find it, whatever its case and its slashes.
        method: how it is packed, as `zipfile` numbers it.
        packed: the bytes that it takes up.
        size: the bytes that it unpacks to.
        offset: where it begins.
    """

    name: str
    path: str
    flags: int
    method: int
    checksum: int
    packed: int
    size: int
    offset: int


def members_of(data: bytes) -> Sequence[Member]:
    """The members of a zip file.

    Raises:
        BadZipFile, ValueError, NotImplementedError: its directory can't be read.
    """
    plain = plainly_listed(data)
    return listed_by_zipfile(data) if plain is None else plain


def listed_by_zipfile(data: bytes) -> Sequence[Member]:
    """The members of any zip file; the errors of `members_of`.

    A name that is not in UTF-8 may be too long for a zip file once it is, as it has to be to be handed on. A second name
    is one that not all readers go by.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for entry in archive.infolist():
            if len(entry.filename.encode()) > _LONGEST_NAME or _has_second_name(entry):
                raise zipfile.BadZipFile
        return [
            Member(
                entry.filename,
                entry.filename.replace("\\", "/").lower(),
                entry.flag_bits,
                entry.compress_type,
                entry.CRC,
                entry.compress_size,
                entry.file_size,
                entry.header_offset,
            )
            for entry in archive.infolist()
        ]


def _has_second_name(entry: zipfile.ZipInfo) -> bool:
    """Whether an extra field states a name in ASCII that is not the entry's: only other names have need of one."""
    at = 0
    while at + _FIELD.size <= len(entry.extra):
        kind, size = _FIELD.unpack_from(entry.extra, at)
        name = entry.extra[at + _BEFORE_NAME : at + _FIELD.size + size]
        if kind == _UNICODE_NAME and name.isascii() and name != entry.orig_filename.encode():
            return True
        at += _FIELD.size + size
    return False


def plainly_listed(data: bytes) -> Sequence[Member] | None:
    """The members, None where it takes more to tell them.

    A plain directory stands right before the end of the file, which has no comment and nothing in front; its entries
    have ASCII names, neither comments nor extra fields, and state their sizes and places themselves.
    """
    end = len(data) - _END.size
    if end < _LONG_END or data[end - _LONG_END :].startswith(_LONG_END_BEGINS):
        return None
    begins, count, size, at, comment = _END.unpack_from(data, end)
    if begins != _END_BEGINS or comment or at + size != end:
        return None
    members = []
    while at + _ENTRY.size <= end:
        begins, version, flags, method, checksum, packed, unpacked, length, extra, comment, offset = (
            _ENTRY.unpack_from(data, at)
        )
        at += _ENTRY.size + length
        name = data[at - length : at]
        if begins != _ENTRY_BEGINS or version > _NEWEST or extra or comment or _ODD_IN_NAMES.search(name):
            return None
        if _UNSAID in (packed, unpacked, offset):
            return None
        text = name.decode("ascii")
        members.append(Member(text, text.lower(), flags, method, checksum, packed, unpacked, offset))
    return members if at == end and len(members) == count else None

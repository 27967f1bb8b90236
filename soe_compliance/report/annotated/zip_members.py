"""The members of a zip file, of which some are changed or added and all others keep their very bytes."""

import struct
import zipfile
import zlib
from io import BytesIO

from msgspec import Struct, field

from soe_compliance.report.annotated.refusals import cannot_edit

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_LOCAL_FIELDS, _CENTRAL_FIELDS, _END_FIELDS = "<4s5H3L2H", "<4s6H3L5H2L", "<4s4H2LH"
_LOCAL_SIZE, _CENTRAL_SIZE = struct.calcsize(_LOCAL_FIELDS), struct.calcsize(_CENTRAL_FIELDS)
_FIRST_DAY = 0x21
"""1 January 1980, the first day that a zip file knows."""

_UTF8 = 0x800
_VERSION = 20
_OFFSET_AT = 42
_TOO_LARGE = 0xFFFFFFFF


class _Entry(Struct, frozen=True):
    """A member as the directory has it: the bytes of its entry, and those from its header to the next one's."""

    directory: bytes
    body: bytes


class ZipMembers(Struct):
    """A zip file under change; members are named as they stand in it."""

    data: bytes
    changed: dict[str, bytes] = field(default_factory=dict)
    added: dict[str, bytes] = field(default_factory=dict)

    def finished(self) -> bytes:
        """The bytes of the file: the members in their order, then those added; the same input gives the same.

        Raises:
            UserError: the file's members overlap, or its directory is one for very large files.
        """
        bodies: list[bytes] = []
        directory: list[bytes] = []
        offset = 0
        for name, entry in _entries(self.data):
            packed = _repacked(entry, self.changed[name]) if name in self.changed else entry
            bodies.append(packed.body)
            directory.append(_at(packed.directory, offset))
            offset += len(packed.body)
        for name, content in self.added.items():
            packed = _packed(name, content)
            bodies.append(packed.body)
            directory.append(_at(packed.directory, offset))
            offset += len(packed.body)
        whole = b"".join(directory)
        end = struct.pack(_END_FIELDS, _END, 0, 0, len(directory), len(directory), len(whole), offset, 0)
        return b"".join([*bodies, whole, end])


def _entries(data: bytes) -> list[tuple[str, _Entry]]:
    """The members by name, in the order of the directory."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members, place = archive.infolist(), archive.start_dir
    starts = sorted(member.header_offset for member in members)
    following = dict(zip(starts, [*starts[1:], place], strict=True))
    found = []
    for member in members:
        lengths = struct.unpack_from("<3H", data, place + 28)
        size = _CENTRAL_SIZE + sum(lengths)
        entry = data[place : place + size]
        place += size
        end = following[member.header_offset]
        name_size, extra_size = struct.unpack_from("<2H", data, member.header_offset + 26)
        least = member.header_offset + _LOCAL_SIZE + name_size + extra_size + member.compress_size
        if end < least or struct.unpack_from("<L", entry, _OFFSET_AT)[0] == _TOO_LARGE:
            raise cannot_edit("压缩包的目录不规范", "the directory of its zip file is out of the ordinary")
        found.append((member.filename, _Entry(entry, data[member.header_offset : end])))
    return found


def _at(directory: bytes, offset: int) -> bytes:
    return directory[:_OFFSET_AT] + struct.pack("<L", offset) + directory[_OFFSET_AT + 4 :]


def _repacked(entry: _Entry, content: bytes) -> _Entry:
    """A member with other content: its name, time and attributes stay."""
    fields = struct.unpack_from(_CENTRAL_FIELDS, entry.directory)
    name = entry.directory[_CENTRAL_SIZE : _CENTRAL_SIZE + fields[10]]
    return _member(
        name, content, fields[3] & _UTF8, fields[5], fields[6], (fields[1], fields[14], fields[15])
    )


def _packed(name: str, content: bytes) -> _Entry:
    return _member(name.encode(), content, 0 if name.isascii() else _UTF8, 0, _FIRST_DAY, (_VERSION, 0, 0))


def _member(
    name: bytes, content: bytes, flags: int, time: int, day: int, made: tuple[int, int, int]
) -> _Entry:
    """A packed member. `made`: by what version, internal and external attributes."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(content) + packer.flush()
    about = (flags, zipfile.ZIP_DEFLATED, time, day, zlib.crc32(content), len(packed), len(content))
    local = struct.pack(_LOCAL_FIELDS, _LOCAL, _VERSION, *about, len(name), 0)
    by, internal, external = made
    central = struct.pack(
        _CENTRAL_FIELDS, _CENTRAL, by, _VERSION, *about, len(name), 0, 0, 0, internal, external, 0
    )
    return _Entry(central + name, local + name + packed)

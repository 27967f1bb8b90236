"""The files packed into a workbook, refused where they ask too much of the machine.

A workbook of a few kilobytes can name a cell so far out, or a text so often, that the library which reads it ends
the whole process. So every member is looked at before.
"""

import posixpath
import zipfile
from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cached_property, lru_cache
from io import BytesIO
from types import MappingProxyType
from xml.etree import ElementTree

from isal import isal_zlib
from isal.igzip_lib import IsalError

from soe_compliance.domain.patterns import pattern
from soe_compliance.domain.text import Text
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.plain_sheets import cells_begin, saying_unmerged
from soe_compliance.filings.problems import problem
from soe_compliance.filings.raw import ReadingError
from soe_compliance.filings.stored_zip import StoredMember, stored_zip
from soe_compliance.filings.zip_directory import Member, members_of

DAMAGED = Text("文件已损坏", "it is damaged")
_ENCRYPTED = 0x1
_DIRECTORY_ENTRY = b"PK\x01\x02"
_MEMBERS = Text("内含文件数", "files packed into it")
_XML = (".xml", ".rels")
_SHEETS = "xl/worksheets/"
_ENCODING = pattern(rb"""(?:\xef\xbb\xbf)?\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([^"']*)""")
_UTF_8 = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
_MOST_COPIED = 16 * 1024**2
_UNCHANGED: Mapping[str, bytes] = MappingProxyType({})


class PackageKind(Enum):
    """The main part by which a packed workbook is known."""

    XLSX = "xl/workbook.xml"
    XLSB = "xl/workbook.bin"
    ODS = "content.xml"


class Package:
    """The members of a packed workbook by their names in lower case, unpacked and within the limits.

    Raises:
        ReadingError: it is damaged, encrypted, no workbook, or asks too much.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        _refuse_directory(data, limits)
        try:
            members = members_of(data)
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            raise ReadingError(problem("file-unreadable", why=DAMAGED)) from None
        _refuse_bombs(members, limits)
        self.members = {member.path: _unpacked(data, member) for member in members}
        self.kind = self._kind()
        self._refuse_declarations()
        self._data, self._listed = data, members
        self._let_go: set[str] = set()

    def readable(self, changed: Mapping[str, bytes] = _UNCHANGED) -> bytes:
        """The workbook for what reads its cells: the very members that were looked at, without unpacking them again.

        A large one is handed on as it came: a second copy of what it unpacks to would cost more memory than time.

        Args:
            changed: what is to stand in place of a member, by its name.
        """
        if not changed and sum(member.size for member in self._listed) > _MOST_COPIED:
            return self._data
        return stored_zip(self._as_read(member, changed.get(member.path)) for member in self._listed)

    def let_go(self, path: str) -> None:
        """Free the memory of a member at which nothing looks any more; where it is handed on it is unpacked anew."""
        self.members[path] = b""
        self._let_go.add(path)

    @cached_property
    def plain_sheets(self) -> Mapping[str, int]:
        """The members that are plain sheets, each with the place where its rows begin."""
        sheets = ((path, data) for path, data in self.members.items() if path.startswith(_SHEETS))
        begins = ((path, cells_begin(data)) for path, data in sheets)
        return {path: begin for path, begin in begins if begin is not None}

    def _as_read(self, member: Member, changed: bytes | None) -> StoredMember:
        """A member as it is handed on: as it is, changed, or a plain sheet that says that none of its cells are merged."""
        if changed is not None:
            return member.name, isal_zlib.crc32(changed), changed
        if member.path in self._let_go:
            return member.name, member.checksum, _unpacked(self._data, member)
        content, begin = self.members[member.path], self.plain_sheets.get(member.path)
        if begin is None:
            return member.name, member.checksum, content
        said = saying_unmerged(content, begin)
        return member.name, isal_zlib.crc32(said), said

    def relations(self, kind: PackageKind) -> Mapping[str, str]:
        """The member that each relation of the main part names, by the relation's id."""
        folder, _, name = kind.value.rpartition("/")
        return _targets(self.members.get(f"{folder}/_rels/{name}.rels", b"<none/>"))

    def _kind(self) -> PackageKind:
        if b"encryption-data" in self.members.get("meta-inf/manifest.xml", b""):
            raise ReadingError(problem("file-encrypted"))
        kind = next((kind for kind in PackageKind if kind.value in self.members), None)
        if kind is None:
            raise ReadingError(problem("format-unknown"))
        return kind

    def _refuse_declarations(self) -> None:
        """No workbook declares a document type, and nothing else needs one: it only serves to blow up entities."""
        for name, data in self.members.items():
            if name.endswith(_XML) and (_has_doctype(data) or not _says_utf_8(data)):
                why = Text(f"{name}含有DOCTYPE声明或不是UTF-8编码", f"{name} has a DOCTYPE, or is not UTF-8")
                raise ReadingError(problem("file-unreadable", why=why))


def _has_doctype(part: bytes) -> bool:
    # One byte is found many times faster than several.
    return b"!" in part and b"<!DOCTYPE" in part


def _says_utf_8(part: bytes) -> bool:
    """Whether XML is in UTF-8 by its first bytes: readers differ in what they make of any other encoding."""
    declared = _ENCODING.match(part)
    return b"\0" not in part[:100] and (declared is None or declared[1].lower() in _UTF_8)


@lru_cache(maxsize=16)
def _targets(relations: bytes) -> Mapping[str, str]:
    return {
        element.get("Id", ""): posixpath.normpath(posixpath.join("/xl", element.get("Target", "")))
        .lstrip("/")
        .lower()
        for element in ElementTree.fromstring(relations)
    }


def _unpacked(data: bytes, member: Member) -> bytes:
    """A member, of the very size and checksum that the directory states: others read on where these are wrong.

    `ZipFile.read` takes as long for a dozen sheets as unpacking them does.
    """
    if member.flags & _ENCRYPTED:
        raise ReadingError(problem("file-encrypted"))
    lengths = data[member.offset + 26 : member.offset + 30]
    start = member.offset + 30 + int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
    plain = data[start : start + member.packed]
    try:
        if member.method == zipfile.ZIP_DEFLATED:
            plain = _inflated(plain, member.size)
    except IsalError:  # type: ignore[misc] # an exception, though its stub doesn't say so
        plain = b""
    if len(plain) != member.size or isal_zlib.crc32(plain) != member.checksum:
        raise ReadingError(problem("file-unreadable", why=DAMAGED))
    return plain


def _inflated(packed: bytes, size: int) -> bytes:
    """What a member unpacks to, or more of it than the size that it should have.

    A large one comes in pieces: the library would hold it twice.
    """
    unpacker = isal_zlib.decompressobj(-isal_zlib.MAX_WBITS)
    if size <= _MOST_COPIED:
        return unpacker.decompress(packed, size + 1)
    plain = BytesIO()
    while plain.tell() <= size and (piece := unpacker.decompress(packed, _MOST_COPIED)):
        plain.write(piece)
        packed = unpacker.unconsumed_tail
    return plain.getvalue()


def _refuse_directory(data: bytes, limits: Limits) -> None:
    """Refuse a directory of too many entries before it is made into objects, a hundred times its size."""
    entries = data.count(_DIRECTORY_ENTRY)
    if entries > limits.members:
        refuse_size(_MEMBERS, entries, limits.members)


def _leads_out(name: str) -> bool:
    """Whether a member's name is a path from elsewhere than the package."""
    return name.startswith("/") or ".." in name.split("/") or name[1:2] == ":"


def _refuse_bombs(members: Sequence[Member], limits: Limits) -> None:
    if len(members) > limits.members:
        refuse_size(_MEMBERS, len(members), limits.members)
    astray = next((member.name for member in members if _leads_out(member.path)), None)
    if astray is not None:
        why = Text(
            f"内含文件的路径指向包外（{astray[:80]}）",
            f"a file packed into it leads out of it ({astray[:80]})",
        )
        raise ReadingError(problem("file-unreadable", why=why))
    if len({member.path for member in members}) < len(members):
        why = Text("内含同名文件", "two files packed into it bear one name")
        raise ReadingError(problem("file-unreadable", why=why))
    unpacked = sum(member.size for member in members)
    if unpacked > limits.unpacked_bytes:
        refuse_size(Text("解压后字节数", "bytes when unpacked"), unpacked, limits.unpacked_bytes)
    for member in members:
        if member.size > limits.ratio_from_bytes and member.size > limits.ratio * member.packed:
            what = Text(f"{member.name}的压缩比", f"the ratio at which {member.name} is packed")
            refuse_size(what, member.size // max(member.packed, 1), limits.ratio)


def refuse_size(what: Text, size: int, limit: int) -> None:
    """Refuse a workbook that has too much of something."""
    raise ReadingError(problem("workbook-too-large", what=what, size=f"{size:,}", limit=f"{limit:,}"))

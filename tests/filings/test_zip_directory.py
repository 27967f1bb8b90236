"""Plain directories of zip files are read as `zipfile` reads them; all others are left to it."""

import random
import zipfile
from collections.abc import Mapping
from io import BytesIO
from zlib import crc32

import pytest

from soe_compliance.filings.stored_zip import stored_zip
from soe_compliance.filings.zip_directory import listed_by_zipfile, members_of, plainly_listed
from tests.filings.filed import HEADER_ROWS, filing_bytes
from tools.fuzz.mutations import some_bytes

MUTATED = 1_500
_FIRST_ENTRY = b"PK\x01\x02"


def packed(members: Mapping[str, bytes], *, comment: bytes = b"", extra: bytes = b"") -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as into:
        into.comment = comment
        for name, content in members.items():
            entry = zipfile.ZipInfo(name)
            entry.extra = extra
            into.writestr(entry, content)
    return target.getvalue()


PLAIN = {"xl/workbook.xml": b"<a/>", "XL/Other.xml": b"b" * 100}
ODD = {
    "comment": packed(PLAIN, comment=b"made by hand"),
    "extra": packed(PLAIN, extra=b"\x01\x00\x00\x00"),
    "name": packed({"表.xml": b"<a/>"}),
    "backslash": packed({"xl/workbook.xml": b"<a/>"}).replace(b"xl/workbook", b"xl\\workbook"),
    "in front": b"#!/bin/sh\n" + packed(PLAIN),
    "no zip": b"PK\x03\x04" + bytes(100),
    "nothing": b"",
}


def test_a_plain_directory_is_read_as_zipfile_reads_it() -> None:
    for data in (packed(PLAIN), filing_bytes(filing=HEADER_ROWS)):
        assert plainly_listed(data) == listed_by_zipfile(data)


@pytest.mark.parametrize("name", ODD)
def test_an_odd_directory_is_left_to_zipfile(name: str) -> None:
    assert plainly_listed(ODD[name]) is None


@pytest.mark.parametrize("name", [name for name in ODD if name not in ("no zip", "nothing")])
def test_an_odd_directory_is_read(name: str) -> None:
    assert members_of(ODD[name]) == listed_by_zipfile(ODD[name])


def test_a_backslash_is_a_slash_to_readers() -> None:
    [member] = members_of(ODD["backslash"])
    assert member.path == "xl/workbook.xml"


def test_a_name_too_long_once_it_is_utf_8_is_refused() -> None:
    """Each byte of the old code page that is no ASCII takes two or three in UTF-8."""
    for sign, most in (("ü", 32_767), ("░", 21_845)):
        read = members_of(packed({"a" * most: b""}).replace(b"a" * most, sign.encode("cp437") * most))
        assert [member.name for member in read] == [sign * most]
        stored_zip((member.name, 0, b"") for member in read)
        longer = packed({"a" * (most + 1): b""}).replace(b"a" * (most + 1), sign.encode("cp437") * (most + 1))
        with pytest.raises(zipfile.BadZipFile):
            members_of(longer)


def second_name(name: bytes) -> bytes:
    return (
        b"\x01\x00\x00\x00\x02\x00\x01\x00xup"
        + bytes([5 + len(name), 0, 1])
        + crc32(b"xl/a.xml").to_bytes(4, "little")
        + name
    )


def test_a_second_name_is_refused_unless_it_has_to_be() -> None:
    """Some readers would find xl/b.xml, others xl/a.xml."""
    for name in (b"xl/b.xml", b"XL/A.XML", b""):
        with pytest.raises(zipfile.BadZipFile):
            members_of(packed({"xl/a.xml": b""}, extra=second_name(name)))
    with pytest.raises(zipfile.BadZipFile):
        members_of(packed({"xl/a.xml": b""}, extra=b"up\x00\x00"))
    for name in (b"xl/a.xml", "xl/表.xml".encode()):
        assert len(members_of(packed({"xl/a.xml": b""}, extra=second_name(name)))) == 1


def test_a_plain_directory_needs_no_zipfile(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(_: bytes) -> None:
        raise AssertionError("read by zipfile")

    monkeypatch.setattr("soe_compliance.filings.zip_directory.listed_by_zipfile", read)
    assert [member.path for member in members_of(packed(PLAIN))] == ["xl/workbook.xml", "xl/other.xml"]


@pytest.mark.parametrize("more", [1, -1])
def test_a_directory_of_another_count_is_left_to_zipfile(more: int) -> None:
    data = bytearray(packed(PLAIN))
    data[-12] += more
    assert plainly_listed(bytes(data)) is None


def test_a_directory_that_breaks_off_is_left_to_zipfile() -> None:
    """The size and the place agree, but within there is no whole last entry."""
    data = packed(PLAIN)
    end = len(data) - 22
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    for lost in (1, 20, 46):
        kept = (
            data[: end - lost] + data[end : end + 12] + (size - lost).to_bytes(4, "little") + data[end + 16 :]
        )
        assert plainly_listed(kept) is None, lost


def test_a_broken_directory_is_never_read_otherwise() -> None:
    rng = random.Random("directories")
    whole = filing_bytes(filing=HEADER_ROWS)
    start = whole.index(_FIRST_ENTRY)
    plain = 0
    for _ in range(MUTATED):
        data = whole[:start] + some_bytes(rng, whole[start:])
        listed = plainly_listed(data)
        plain += listed is not None
        assert listed is None or listed == listed_by_zipfile(data)
    assert plain > MUTATED // 20

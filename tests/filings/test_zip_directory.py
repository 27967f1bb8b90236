"""Plain directories of zip files are read as `zipfile` reads them; all others are left to it."""

import random
import zipfile
from collections.abc import Mapping
from io import BytesIO

import pytest

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
    "backslash": packed({"xl\\workbook.xml": b"<a/>"}),
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

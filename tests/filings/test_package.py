"""The guards before a workbook is unpacked, each at its limit and one beyond; and what is handed on of it."""

import struct
import zipfile
from collections.abc import Mapping
from io import BytesIO

import pytest

from soe_compliance.filings import package as module
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.package import Package, PackageKind
from soe_compliance.filings.problems import Problem
from soe_compliance.filings.raw import ReadingError

BOOK = "xl/workbook.xml"


def packed(members: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", method) as into:
        for name, content in members.items():
            into.writestr(zipfile.ZipInfo(name), content, method)
    return target.getvalue()


def book(**members: bytes) -> bytes:
    """A workbook of no more than its main part and these members, whose names have _ for the point."""
    named = {name.replace("_", "."): content for name, content in members.items()}
    return packed({BOOK: b"<workbook/>", **named})


def refusal(data: bytes, limits: Limits | None = None) -> Problem:
    with pytest.raises(ReadingError) as raised:
        Package(data, limits or Limits())
    [problem] = raised.value.problems
    return problem


def test_so_many_members_and_no_more() -> None:
    data = book(a=b"", b=b"")
    assert len(Package(data, Limits(members=3)).members) == 3
    for said, limits in ((data, Limits(members=2)), (data + b"PK\x01\x02" * 7, Limits(members=9))):
        problem = refusal(said, limits)
        assert problem.code == "workbook-too-large"
        assert "files packed into it" in problem.text.en
        assert "内含文件数" in problem.text.zh
    assert "10" in problem.text.en
    assert "9" in problem.text.en


def test_so_many_bytes_in_all_and_no_more() -> None:
    data = book(a=b"x" * 989)
    assert sum(map(len, Package(data, Limits(unpacked_bytes=1000)).members.values())) == 1000
    problem = refusal(data, Limits(unpacked_bytes=999))
    assert problem.code == "workbook-too-large"
    for text, what in ((problem.text.en, "bytes when unpacked"), (problem.text.zh, "解压后字节数")):
        assert what in text
        assert "1,000" in text
        assert "999" in text


def packed_size(content: bytes) -> int:
    data = book(a=content)
    return zipfile.ZipFile(BytesIO(data)).getinfo("a").compress_size


def test_packed_so_many_times_and_no_more() -> None:
    size = next(size for size in range(4000, 6000) if size % packed_size(b"x" * size) == 0)
    ratio, data = size // packed_size(b"x" * size), book(a=b"x" * size)
    Package(data, Limits(ratio=ratio, ratio_from_bytes=1))
    Package(data, Limits(ratio=1, ratio_from_bytes=size))
    for beyond in (1, size - 1):
        problem = refusal(data, Limits(ratio=ratio - 1, ratio_from_bytes=beyond))
        assert problem.code == "workbook-too-large"
        assert "the ratio at which a is packed" in problem.text.en
        assert "a的压缩比" in problem.text.zh
        assert f"{ratio:,}" in problem.text.en


def test_what_packs_nothing_into_something_is_told_in_numbers() -> None:
    """A member that is said to take up no byte and to unpack to many."""
    data = bytearray(book(a=b"x" * 5000))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 20 : entry + 24] = bytes(4)
    assert "5,000" in refusal(bytes(data), Limits(ratio_from_bytes=1)).text.en


@pytest.mark.parametrize(
    "name", ["/etc/x", "a/../../x", "..", "../x", "a/..", "c:", "c:x", "C:/x", r"a\..\x"]
)
def test_a_member_that_leads_out_is_refused(name: str) -> None:
    problem = refusal(packed({BOOK: b"<workbook/>", name: b""}))
    assert problem.code == "file-unreadable"
    assert "a file packed into it leads out of it" in problem.text.en
    assert "路径指向包外" in problem.text.zh
    assert name in problem.text.en


@pytest.mark.parametrize("name", ["a/..x", "..x/a", "a..b", "ab:c", ":", "x/c:y"])
def test_a_name_that_looks_like_it_does_not_lead_out(name: str) -> None:
    assert name in Package(packed({BOOK: b"<workbook/>", name: b""}), Limits()).members


def test_two_members_of_one_name_are_refused_by_that_word() -> None:
    problem = refusal(packed({BOOK: b"<workbook/>", "a.xml": b"<a/>", "A.XML": b"<a/>"}))
    assert problem.code == "file-unreadable"
    assert "two files packed into it bear one name" in problem.text.en
    assert "内含同名文件" in problem.text.zh


def test_what_is_no_workbook_or_encrypted_is_told_apart() -> None:
    assert refusal(packed({"a.xml": b"<a/>"})).code == "format-unknown"
    sealed = packed({"content.xml": b"<a/>", "META-INF/manifest.xml": b"<manifest:encryption-data/>"})
    assert refusal(sealed).code == "file-encrypted"
    flagged = bytearray(book())
    flagged[flagged.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(flagged)).code == "file-encrypted"


@pytest.mark.parametrize(("kind", "name"), [(kind, kind.value) for kind in PackageKind])
def test_kinds(kind: PackageKind, name: str) -> None:
    assert Package(packed({name.upper(): b"<a/>"}), Limits()).kind is kind


@pytest.mark.parametrize(
    ("part", "read"),
    [
        (b"<a/>", True),
        (b"<a>!</a>", True),
        (b'<?xml version="1.0" encoding="Utf-8"?><a/>', True),
        (b"\xef\xbb\xbf<?xml version='1.0' encoding='US-ASCII'?><a/>", True),
        (b'<?xml version="1.0" encoding="gb18030"?><a/>', False),
        ("<a/>".encode("utf-16-le"), False),
        (b" " * 99 + b"\0", False),
        (b" " * 100 + b"\0", True),
        (b"<!DOCTYPE a><a/>", False),
    ],
)
def test_xml_is_in_utf_8_and_declares_no_type(part: bytes, read: bool) -> None:
    data = packed({BOOK: b"<workbook/>", "a.xml": part})
    if read:
        assert Package(data, Limits()).members["a.xml"] == part
    else:
        problem = refusal(data)
        assert problem.code == "file-unreadable"
        assert "a.xml has a DOCTYPE, or is not UTF-8" in problem.text.en
        assert "a.xml含有DOCTYPE声明或不是UTF-8编码" in problem.text.zh
    assert Package(packed({BOOK: b"<workbook/>", "a.bin": part}), Limits()).members["a.bin"] == part


def with_local_extra(name: str, content: bytes, extra: bytes) -> bytes:
    """A workbook whose second member has an extra field in front of its bytes of which the directory says nothing."""
    data = packed({BOOK: b"<workbook/>", name: content})
    at = data.index(b"PK\x03\x04", 1)
    body = at + 30 + len(name)
    end = data.index(b"PK\x05\x06")
    directory_at = struct.unpack_from("<L", data, end + 16)[0]
    header = data[: at + 28] + struct.pack("<H", len(extra)) + data[at + 30 : body] + extra
    tail = data[end : end + 16] + struct.pack("<L", directory_at + len(extra)) + data[end + 20 :]
    return header + data[body:end] + tail


@pytest.mark.parametrize("size", [4, 300, 40_000])
def test_what_stands_in_front_of_a_member_is_passed_over(size: int) -> None:
    name = "a" * 400 + ".bin"
    data = with_local_extra(name, b"content", bytes(size))
    assert zipfile.ZipFile(BytesIO(data)).read(name) == b"content"
    assert Package(data, Limits()).members[name] == b"content"


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("place", [24, 16])
def test_a_size_or_checksum_that_is_wrong_is_refused(method: int, place: int) -> None:
    data = bytearray(packed({BOOK: b"<workbook/>"}, method=method))
    entry = data.index(b"PK\x01\x02") + place
    for more in (1, -1):
        wrong = bytearray(data)
        wrong[entry] = (wrong[entry] + more) % 256
        problem = refusal(bytes(wrong))
        assert problem.code == "file-unreadable"
        assert "it is damaged" in problem.text.en


def test_no_more_is_unpacked_than_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bomb is stopped one byte beyond its stated size, or a piece beyond it where it comes in pieces."""
    content = b"x" * 100_000
    data = packed({BOOK: content})
    entry = zipfile.ZipFile(BytesIO(data)).infolist()[0]
    start = entry.header_offset + 30 + len(BOOK)
    stream = data[start : start + entry.compress_size]
    assert module._inflated(stream, 100_000) == content
    assert len(module._inflated(stream, 1000)) == 1001
    monkeypatch.setattr(module, "_MOST_COPIED", 1000)
    assert len(module._inflated(stream, 1000)) == 1001
    assert module._inflated(stream, 100_000) == content
    assert len(module._inflated(stream, 1001)) == 2000
    assert len(module._inflated(stream, 2000)) == 3000


def test_a_large_workbook_is_handed_on_as_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    data = book(a_xml=b"<a/>")
    size = len(b"<workbook/>") + len(b"<a/>")
    for most, as_it_came in ((size - 1, True), (size, False)):
        monkeypatch.setattr(module, "_MOST_COPIED", most)
        package = Package(data, Limits())
        assert (package.readable() == data) == as_it_came
        changed = zipfile.ZipFile(BytesIO(package.readable({"a.xml": b"<b/>"})))
        assert [changed.read(name) for name in changed.namelist()] == [b"<workbook/>", b"<b/>"]


def test_a_member_let_go_takes_no_memory() -> None:
    package = Package(book(a_xml=b"<a/>"), Limits())
    package.let_go("a.xml")
    assert package.members["a.xml"] == b""
    assert zipfile.ZipFile(BytesIO(package.readable())).read("a.xml") == b"<a/>"


def test_relations_name_members_from_the_main_part_or_from_the_top() -> None:
    relations = (
        b'<Relationships><Relationship Id="r1" Target="worksheets/Sheet1.xml"/>'
        b'<Relationship Id="r2" Target="/XL/worksheets/Sheet2.xml"/><Relationship Id="r3" Target="../x/sheet3.xml"/>'
        b'<Relationship Target="a.xml"/><Relationship Id="r4"/></Relationships>'
    )
    package = Package(packed({BOOK: b"<workbook/>", "xl/_rels/workbook.xml.rels": relations}), Limits())
    assert package.relations(PackageKind.XLSX) == {
        "r1": "xl/worksheets/sheet1.xml",
        "r2": "xl/worksheets/sheet2.xml",
        "r3": "x/sheet3.xml",
        "": "xl/a.xml",
        "r4": "xl",
    }
    assert Package(book(), Limits()).relations(PackageKind.XLSX) == {}

"""From a file to its filings: the header, its default id, its digest; bad input never raises."""

import hashlib
import io
import json
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.filings.discover import FoundFile
from soe_compliance.filings.filing import Filing, Unreadable
from soe_compliance.filings.forms import Unit
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.problems import Level
from soe_compliance.filings.reading import Identified, read_document, read_file, unique_ids
from tests.filings.filed import HEADER_JSON, codes, filing_bytes, places, read_bytes, refused


def header(**fields: object) -> Filing | Unreadable:
    entities = [{"code": "A", "name": "甲"}]
    document: dict[str, object] = {"filing": {**HEADER_JSON, **fields}, "entities": entities}
    [filing] = read_document(document, "f.json", "")
    return filing


def checked(**fields: object) -> Filing:
    filing = header(**fields)
    assert isinstance(filing, Filing)
    return filing


def test_the_fields_of_a_filing() -> None:
    filing = checked(
        id=" Ｎo.1 ",
        group_code="p１",
        group_name=" 甲（集团） ",
        year="2024年度",
        reference_date="2024年3月31日",
        filed_on="2024/4/10",
        jurisdiction=" 盟国资委 ",
        unit="亿元",
    )
    assert filing.id == "No.1"
    assert filing.group_code == "P1"
    assert filing.group_name == "甲（集团）"
    assert filing.year == 2024
    assert filing.reference_date == date(2024, 3, 31)
    assert filing.filed_on == date(2024, 4, 10)
    assert filing.jurisdiction == "盟国资委"
    assert filing.unit is Unit.HUNDRED_MILLION
    assert filing.problems == ()


def test_what_is_blank_has_its_default() -> None:
    filing = checked(id=" ", filed_on="-")
    assert (filing.id, filing.filed_on, filing.jurisdiction, filing.unit) == (
        "f",
        None,
        "",
        Unit.TEN_THOUSAND,
    )


@pytest.mark.parametrize("field", ["group_code", "year", "reference_date"])
@pytest.mark.parametrize("blank", [None, "", "  "])
def test_a_filing_without_its_key_fields_is_unreadable(field: str, blank: object) -> None:
    filing = header(**{field: blank})
    assert isinstance(filing, Unreadable)
    assert (codes(filing), places(filing, "header-missing")) == (["header-missing"], [f"/filing/{field}"])


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ("year", 1899),
        ("year", 2200),
        ("year", "今年"),
        ("year", 2024.5),
        ("year", True),
        ("reference_date", "2017126"),
        ("reference_date", "2024-02-30"),
        ("reference_date", 2024),
        ("group_code", ["P"]),
        ("group_code", 911522017245674240.0),
    ],
)
def test_a_key_field_that_cannot_be_read_is_told_of_and_missing(field: str, cell: object) -> None:
    filing = header(**{field: cell})
    assert isinstance(filing, Unreadable)
    assert codes(filing)[0] in ("cell-unreadable", "code-lost-digits")
    assert codes(filing)[1:] == ["header-missing"]


@pytest.mark.parametrize("year", [1900, 2199])
def test_years_at_the_ends(year: int) -> None:
    assert checked(year=year).year == year


def test_without_a_name_the_code_stands_for_it() -> None:
    filing = checked(group_name=" ")
    assert filing.group_name == "P"
    [problem] = filing.problems
    assert (problem.code, problem.level, problem.location) == (
        "group-name-missing",
        Level.ERROR,
        "/filing/group_name",
    )


def test_a_filing_date_that_cannot_be_read_counts_as_blank() -> None:
    filing = checked(filed_on="四月")
    assert filing.filed_on is None
    assert places(filing, "cell-unreadable") == ["/filing/filed_on"]


@pytest.mark.parametrize(
    ("cell", "unit"),
    [
        ("元", Unit.YUAN),
        ("千元", Unit.THOUSAND),
        ("万元", Unit.TEN_THOUSAND),
        ("人民币万元", Unit.TEN_THOUSAND),
        ("（百万元）", Unit.MILLION),
        ("单位：亿元", Unit.HUNDRED_MILLION),
        ("金额单位：元", Unit.YUAN),
    ],
)
def test_units_of_a_filing(cell: str, unit: Unit) -> None:
    assert checked(unit=cell).unit is unit


@pytest.mark.parametrize("cell", ["万", "美元", "万美元", "千万元", 10000, ["元"]])
def test_a_filing_of_an_unknown_unit_is_unreadable(cell: object) -> None:
    filing = header(unit=cell)
    assert isinstance(filing, Unreadable)
    assert places(filing, "filing-unit-unknown") == ["/filing/unit"]


def test_the_digest_is_of_the_files_bytes(tmp_path: Path) -> None:
    data = filing_bytes()
    [filing] = read_bytes(tmp_path, data, "甲.2024.xlsx")
    assert filing.digest == f"sha256:{hashlib.sha256(data).hexdigest()}"
    assert filing.id == "甲.2024"
    assert filing.source == str(tmp_path / "甲.2024.xlsx")


def test_the_content_decides_not_the_ending(tmp_path: Path) -> None:
    workbook = filing_bytes()
    document = json.dumps({"filing": HEADER_JSON}).encode()
    for name in ("a.xls", "a.json", "a", "a.ods"):
        assert isinstance(read_bytes(tmp_path, workbook, name)[0], Filing)
        assert isinstance(read_bytes(tmp_path, document, name)[0], Filing)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.xlsx", "format-unknown"),
        (b"<html><table>", "a.xls", "format-unknown"),
        (b"a,b\n1,2\n", "a.csv", "csv-alone"),
        (b"%PDF-1.7", "a.pdf", "format-unknown"),
        (b"PK\x03\x04" + b"\0" * 50, "a.xlsx", "file-unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls", "file-unreadable"),
        (b"abc", "a.json", "json-invalid"),
    ],
)
def test_what_is_no_filing_is_unreadable(tmp_path: Path, data: bytes, name: str, code: str) -> None:
    assert refused(tmp_path, data, name) == [code]


def test_standard_input_is_one_document(monkeypatch: pytest.MonkeyPatch) -> None:
    data = json.dumps({"filing": HEADER_JSON}).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    [filing] = read_file(FoundFile("-"))
    assert isinstance(filing, Filing)
    assert (filing.id, filing.source) == ("stdin", "-")


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    assert codes(read_file(FoundFile(str(tmp_path)))[0]) == ["file-not-regular"]
    assert codes(read_file(FoundFile(str(tmp_path / "a\0b")))[0]) == ["file-inaccessible"]
    assert codes(read_file(FoundFile(str(tmp_path / ("x" * 300))))[0]) == ["file-inaccessible"]


def test_a_file_above_the_limit_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "f.json"
    path.write_bytes(json.dumps({"filing": HEADER_JSON}).encode())
    size = path.stat().st_size
    [filing] = read_file(FoundFile(str(path)), Limits(file_bytes=size))
    assert isinstance(filing, Filing)
    [unreadable] = read_file(FoundFile(str(path)), Limits(file_bytes=size - 1))
    assert isinstance(unreadable, Unreadable)
    assert codes(unreadable) == ["file-too-large"]
    assert unreadable.digest is None
    assert f"{size:,}" in unreadable.problems[0].text.zh


def named(name: str, source: str) -> Identified:
    return SimpleNamespace(id=name, source=source)


def test_ids_that_are_equal_get_their_paths_in_front() -> None:
    filings = [named("ID", "inbox/a.xlsx"), named("b", "inbox/b.xlsx"), named("ID", "inbox/c.xlsx")]
    assert unique_ids(filings) == ["inbox/a.xlsx:ID", "b", "inbox/c.xlsx:ID"]


def test_of_a_file_of_several_equal_ids_get_a_number_behind() -> None:
    filings = [named("ID", "a.json"), named("x", "a.json"), named("ID", "a.json"), named("ID", "b.json")]
    assert unique_ids(filings) == ["a.json:ID#1", "x", "a.json:ID#3", "b.json:ID"]


def test_an_id_that_looks_like_one_made_unique_stays_apart() -> None:
    filings = [named("ID", "a"), named("ID", "b"), named("a:ID", "c"), named("a:ID#2", "d")]
    assert unique_ids(filings) == ["a:ID", "b:ID", "a:ID#3", "a:ID#2"]


@given(
    st.lists(st.tuples(st.sampled_from(["a", "b", "p:a", "p:a#1", "p:a#2"]), st.sampled_from(["p", "q", ""])))
)
def test_ids_are_unique_and_always_the_same(pairs: list[tuple[str, str]]) -> None:
    filings = [named(*pair) for pair in pairs]
    found = unique_ids(filings)
    assert len(set(found)) == len(found)
    assert unique_ids(filings) == found

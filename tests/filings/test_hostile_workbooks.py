"""Workbooks that would fell the process that reads them are refused, each with a word on what to mend."""

import io
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from time import process_time

import pytest

from soe_compliance.filings.discover import FoundFile
from soe_compliance.filings.filing import Filing, Unreadable
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.package import Package
from soe_compliance.filings.reading import read_file
from tests.filings.filed import (
    GUARANTEE_HEADERS,
    Row,
    filing_bytes,
    read_bytes,
    read_one,
    refused,
    the_problem,
)

GUARANTEES: list[Row] = [GUARANTEE_HEADERS, ["1", "A", "B", 1.5]]
SHEET = "xl/worksheets/sheet2.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def changed(members: Mapping[str, bytes], *, level: int = 9) -> bytes:
    """A good filing with these members in place of its own."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(filing_bytes(guarantees=GUARANTEES))) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as packed,
    ):
        for name in source.namelist():
            packed.writestr(name, members.get(name, source.read(name)))
        for name in members.keys() - set(source.namelist()):
            packed.writestr(name, members[name])
    return target.getvalue()


def sheet(rows: str) -> dict[str, bytes]:
    return {
        SHEET: f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    }


FAR = {
    "plain": '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "far column": '<row r="999"><c r="A999"><v>1</v></c><c r="XFD999"><v>1</v></c></row>',
    "far row": '<row r="9"><c r="A1"><v>1</v></c><c r="ZZ1048576"><v>1</v></c></row>',
    "beyond the last column": '<row r="1"><c r="ZZZZZZZ1"><v>1</v></c></row>',
    "beyond the last row": '<row r="1"><c r="A99999999999"><v>1</v></c></row>',
    "small letters": "<row r='1'><c r='xfd1048576'><v>1</v></c></row>",
    "other order": '<row r="1"><c s="0" r="XFD1048576"><v>1</v></c></row>',
    "over lines": '<row r="1"><c\nr="XFD1048576"><v>1</v></c></row>',
    "in a namespace": f'<x:row xmlns:x="{MAIN}" r="1"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
    "reference in its row": '<row r="XFD1048576"><c r="XFD1"><v>1</v></c><c><v>1</v></c></row>',
    "after a sign in an attribute": '<row r="1"><c x=">" r="XFD1048576"><v>1</v></c></row>',
    "an error that is not named": '<row r="1"><c r="XFD1048576" t="e"></c></row>',
    "an error that is not named, oddly written": '<row r="1"><c t="e" r="XFD1048576"></c></row>',
    "by its row alone": '<row r="1048576"><c r="XFD1"><v>1</v></c><c><v>1</v></c></row>',
}


@pytest.mark.parametrize("name", FAR)
def test_a_far_cell_is_refused_and_named(tmp_path: Path, name: str) -> None:
    [unreadable] = read_bytes(tmp_path, changed(sheet(FAR[name])))
    assert isinstance(unreadable, Unreadable)
    problem = the_problem(unreadable, "sheet-too-large")
    assert problem.location == "担保台账"
    if name == "plain":
        assert "XFD1048576" in problem.text.zh


@pytest.mark.parametrize(
    "cell", ['<c r="A1" r="XFD1048576">', "<c r=\"A1\" r='XFD1048576'>", '<c x:r="A1" r="XFD1048576">']
)
def test_a_cell_with_two_references_is_refused(tmp_path: Path, cell: str) -> None:
    rows = f'<row r="1"><c r="A1"><v>1</v></c>{cell}<v>1</v></c></row>'
    assert refused(tmp_path, changed(sheet(rows))) == ["file-unreadable"]


def test_a_far_cell_on_a_sheet_of_another_name_is_refused(tmp_path: Path) -> None:
    relations = "xl/_rels/workbook.xml.rels"
    with zipfile.ZipFile(io.BytesIO(filing_bytes(guarantees=GUARANTEES))) as source:
        moved = source.read(relations).replace(b"worksheets/sheet2.xml", b"media/image1.png")
    members = {relations: moved, "xl/media/image1.png": sheet(FAR["plain"])[SHEET]}
    assert refused(tmp_path, changed(members)) == ["sheet-too-large"]


@pytest.mark.parametrize(
    "cell",
    ['<c r="XFD1048576" s="0"/>', '<c r="XFD1048576" s="0" t="n"></c>', '<c s="0" r="XFD1048576"></c>'],
)
def test_a_far_cell_without_content_is_no_matter(tmp_path: Path, cell: str) -> None:
    with zipfile.ZipFile(io.BytesIO(filing_bytes(guarantees=GUARANTEES))) as source:
        plain = source.read(SHEET)
    blank = f'<row r="1048576">{cell}</row></sheetData>'.encode()
    filing = read_one(tmp_path, changed({SHEET: plain.replace(b"</sheetData>", blank)}))
    assert len(filing.tables["guarantees"].rows) == 1


@pytest.mark.parametrize("styles", ['<x formatCode="0,"/><x', '<x formatCode="0,"><y></x>'])
def test_damaged_styles_are_refused(tmp_path: Path, styles: str) -> None:
    assert refused(tmp_path, changed({"xl/styles.xml": styles.encode()})) == ["file-unreadable"]


LARGE = " " * (33 * 1024**2)
LOOSE = Limits(ratio=10**6, faults=10)
ERRORS = "".join(f'<row r="{n}"><c r="A{n}" t="e"><v>#REF!</v></c></row>' for n in range(1, 13))


@pytest.mark.parametrize(
    ("errors", "sheet_name", "expected"),
    [
        (ERRORS, "担保台账", ["sheet-of-faults"]),
        (ERRORS, "随便", ["sheet-unknown", "no-data-rows"]),
        (ERRORS[: ERRORS.index('<row r="11"')], "随便", ["sheet-unknown", "no-data-rows"]),
    ],
)
def test_a_large_sheet_of_errors_is_refused_where_it_would_be_read(
    tmp_path: Path, errors: str, sheet_name: str, expected: list[str]
) -> None:
    names = "xl/workbook.xml"
    with zipfile.ZipFile(io.BytesIO(filing_bytes(guarantees=GUARANTEES))) as source:
        named = source.read(names).replace("担保台账".encode(), sheet_name.encode())
    path = tmp_path / "f.xlsx"
    path.write_bytes(changed({**sheet(errors + LARGE), names: named}))
    [found] = read_file(FoundFile(str(path)), LOOSE)
    assert [problem.code for problem in found.problems] == expected


def test_a_member_let_go_is_handed_on_as_it_is() -> None:
    package = Package(changed({}), Limits())
    before = {path: bytes(content) for path, content in package.members.items()}
    package.let_go(SHEET)
    with zipfile.ZipFile(io.BytesIO(package.readable({"xl/styles.xml": b"<styleSheet/>"}))) as handed_on:
        assert handed_on.read(SHEET) == before[SHEET]
        assert handed_on.read("xl/styles.xml") == b"<styleSheet/>"


def test_a_large_member_is_unpacked_whole_and_no_further_than_it_says(tmp_path: Path) -> None:
    large = {"xl/media/x.bin": bytes(range(256)) * (160 * 1024)}
    data = changed(large, level=1)
    assert Package(data, LOOSE).members["xl/media/x.bin"] == large["xl/media/x.bin"]
    size = len(large["xl/media/x.bin"])
    for wrong in (size - 1, size + 1, size // 2):
        assert refused(tmp_path, data.replace(struct.pack("<I", size), struct.pack("<I", wrong))) == [
            "file-unreadable"
        ]


def test_a_long_honest_table_is_read(tmp_path: Path) -> None:
    rows: list[Row] = [GUARANTEE_HEADERS, *([str(n), "A", "B", n] for n in range(3000))]
    filing = read_one(tmp_path, filing_bytes(guarantees=rows))
    assert filing.tables["guarantees"].place(2999, "balance") == "担保台账!D3001"


def test_the_limit_of_cells_holds_to_the_cell(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    path.write_bytes(filing_bytes(guarantees=GUARANTEES))
    assert isinstance(read_file(FoundFile(str(path)), Limits(sheet_cells=8))[0], Filing)
    assert isinstance(read_file(FoundFile(str(path)), Limits(sheet_cells=7))[0], Unreadable)


def test_a_long_text_used_often_is_refused(tmp_path: Path) -> None:
    text = (
        "<si><t>"
        + "".join(chr(33 + (n * n) % 26) for n in range(900_000)).replace("<", "").replace("&", "")
        + "</t></si>"
    )
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 900))
    members = {**sheet(rows), "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{text}</sst>'.encode()}
    assert refused(tmp_path, changed(members, level=0)) == ["workbook-too-large"]


@pytest.mark.parametrize("cell", ['<c r="A1" t="s"/>', '<c r="A1" t="s"></c>', '<x:c t="s"><x:v/></x:c>'])
def test_cells_without_a_text_are_gone_through_once(tmp_path: Path, cell: str) -> None:
    began = process_time()
    text = f'<sst xmlns="{MAIN}"><si><t>{"x" * 1_000_000}</t></si></sst>'.encode()
    rows = f'<row r="1" xmlns:x="{MAIN}">{cell * 30_000}</row>'
    read_bytes(tmp_path, changed({"xl/sharedStrings.xml": text, **sheet(rows)}, level=0))
    assert process_time() - began < 5


def test_a_long_text_used_seldom_is_no_matter(tmp_path: Path) -> None:
    rows: list[Row] = [[*GUARANTEE_HEADERS, "债权人"], *([str(n), "A", "B", n, "行"] for n in range(2500))]
    rows.append(["x", "A", "B", 1, "长" * 30_000])
    filing = read_one(tmp_path, filing_bytes(guarantees=rows))
    assert len(filing.tables["guarantees"].rows) == 2501


@pytest.mark.parametrize(
    "name", [SHEET, "xl/styles.xml", "xl/workbook.xml", "docProps/core.xml", "xl/_rels/workbook.xml.rels"]
)
def test_a_document_type_is_refused(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(filing_bytes(guarantees=GUARANTEES))) as source:
        part = source.read(name)
    end = part.index(b"?>") + 2
    doctype = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    data = changed({name: part[:end] + doctype + part[end:]})
    [unreadable] = read_bytes(tmp_path, data)
    assert isinstance(unreadable, Unreadable)
    assert "DOCTYPE" in the_problem(unreadable, "file-unreadable").text.en


def test_xml_in_another_encoding_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(filing_bytes(guarantees=GUARANTEES))) as source:
        styles = source.read("xl/styles.xml").decode()
    assert refused(tmp_path, changed({"xl/styles.xml": styles.encode("utf-16")})) == ["file-unreadable"]


@pytest.mark.parametrize("digits", [20, 5_000])
def test_numbers_of_thousands_of_digits_are_no_defect(tmp_path: Path, digits: int) -> None:
    nines = "9" * digits
    for rows in (
        f'<row r="{nines}"><c r="A{nines}" s="{nines}"><v>1</v></c></row>',
        f"<row r='{nines}'><c s='{nines}'><v>1</v></c></row>",
        f'<row r="1"><c r="A1" t="s"><v>{nines}</v></c></row>',
    ):
        found = read_bytes(tmp_path, changed(sheet(rows)))
        assert len(found) == 1
    repeated = CELL.replace(" office:", f' table:number-columns-repeated="{nines}" office:', 1)
    assert read_bytes(tmp_path, ods(f"<table:table-row>{repeated}</table:table-row>"), "f.ods")


def test_bombs_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, changed(sheet(" " * 5_000_000))) == ["workbook-too-large"]
    many = {f"xl/media/{n}.bin": b"" for n in range(2_001)}
    assert refused(tmp_path, changed(many)) == ["workbook-too-large"]


def test_the_limits_may_be_set(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    path.write_bytes(filing_bytes(guarantees=GUARANTEES))
    for limits in (Limits(members=3), Limits(unpacked_bytes=1_000), Limits(ratio=1, ratio_from_bytes=1_000)):
        [unreadable] = read_file(FoundFile(str(path)), limits)
        assert [problem.code for problem in unreadable.problems] == ["workbook-too-large"]


def test_two_members_of_one_name_are_refused(tmp_path: Path) -> None:
    data = io.BytesIO(filing_bytes(guarantees=GUARANTEES))
    with zipfile.ZipFile(data, "a") as packed:
        packed.writestr(SHEET.upper(), b"<worksheet/>")
    assert refused(tmp_path, data.getvalue()) == ["file-unreadable"]


def test_a_directory_that_lies_about_a_size_is_refused(tmp_path: Path) -> None:
    data = bytearray(filing_bytes(guarantees=GUARANTEES))
    entry = data.index(b"PK\x01\x02")
    size = int.from_bytes(data[entry + 24 : entry + 28], "little")
    data[entry + 24 : entry + 28] = (size - 1).to_bytes(4, "little")
    assert refused(tmp_path, bytes(data)) == ["file-unreadable"]


def test_a_damaged_member_is_refused(tmp_path: Path) -> None:
    data = filing_bytes(guarantees=GUARANTEES)
    assert refused(tmp_path, data[: len(data) // 2]) == ["file-unreadable"]
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        info = source.getinfo(SHEET)
    place = info.header_offset + 30 + len(SHEET) + info.compress_size // 2
    broken = data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
    assert refused(tmp_path, broken) == ["file-unreadable"]


def test_broken_xml_is_refused(tmp_path: Path) -> None:
    for name in ("xl/workbook.xml", "xl/styles.xml", SHEET):
        found = read_bytes(tmp_path, changed({name: b"<worksheet><sheetData><row><c"}))
        assert [type(filing) for filing in found] == [Unreadable]


def ods(table: str) -> bytes:
    """An .ods with this table."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr(
            "META-INF/manifest.xml", '<m xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        )
        packed.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="担保台账">{table}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return target.getvalue()


CELL = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
ODS_BOMBS = {
    "rows": f'<table:table-row table:number-rows-repeated="4000000000">{CELL}</table:table-row>',
    "columns": f'<table:table-row><table:table-cell table:number-columns-repeated="4000000000"/>{CELL}</table:table-row>',
    "filled columns": "<table:table-row>"
    + CELL.replace(" office:", ' table:number-columns-repeated="4000000000" office:', 1)
    + "</table:table-row>",
    "blank columns": '<table:table-row><table:table-cell table:number-columns-repeated="16000"/><table:table-cell/>'
    "</table:table-row>" * 1000,
    "far": f'<table:table-row>{CELL}</table:table-row><table:table-row table:number-rows-repeated="999999"/>'
    f'<table:table-row><table:table-cell table:number-columns-repeated="999"/>{CELL}</table:table-row>',
}


@pytest.mark.parametrize("name", ODS_BOMBS)
def test_an_ods_that_unfolds_too_far_is_refused(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path, ods(ODS_BOMBS[name]), "f.ods") == ["sheet-too-large"]


@pytest.mark.parametrize("times", ['text:c="4000000000"', 'text:c="999999999"'])
def test_an_ods_with_endless_blanks_is_refused(tmp_path: Path, times: str) -> None:
    cell = (
        f'<table:table-cell office:value-type="string"><text:p><text:s {times}/></text:p></table:table-cell>'
    )
    assert refused(tmp_path, ods(f"<table:table-row>{cell}</table:table-row>"), "f.ods") == [
        "workbook-too-large"
    ]


def test_an_ods_whose_blank_rows_go_on_to_the_end_is_no_matter(tmp_path: Path) -> None:
    table = (
        f'<table:table-row>{CELL}<table:table-cell table:number-columns-repeated="16383"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048575"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert "header-missing" in refused(tmp_path, ods(table), "f.ods")


def test_an_encrypted_ods_is_told_apart(tmp_path: Path) -> None:
    data = io.BytesIO(ods(""))
    target = io.BytesIO()
    with zipfile.ZipFile(data) as source, zipfile.ZipFile(target, "w") as packed:
        for name in source.namelist():
            part = (
                source.read(name).replace(b"<m ", b"<m:encryption-data ") if "manifest" in name else b"\1\2"
            )
            packed.writestr(name, part)
    assert refused(tmp_path, target.getvalue(), "f.ods") == ["file-encrypted"]


def record(kind: int, data: bytes = b"") -> bytes:
    """A record of a binary workbook."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    sizes, left = [], len(data)
    while left > 0x7F:
        sizes.append(left & 0x7F | 0x80)
        left >>= 7
    return head + bytes([*sizes, left]) + data


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(sheets: Mapping[str, Mapping[tuple[int, int], str | float]]) -> bytes:
    """An .xlsb with these cells."""
    target = io.BytesIO()
    bundle, relations = b"", ""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for number, (name, cells) in enumerate(sheets.items(), start=1):
            bundle += record(0x9C, struct.pack("<II", 0, number) + wide(f"rId{number}") + wide(name))
            relations += f'<Relationship Id="rId{number}" Target="worksheets/sheet{number}.bin"/>'
            body = b""
            for (row, column), value in cells.items():
                body += record(0x00, struct.pack("<I", row) + bytes(13))
                head = struct.pack("<II", column, 0)
                if isinstance(value, str):
                    body += record(0x06, head + wide(value))
                else:
                    body += record(0x05, head + struct.pack("<d", value))
            parts = record(0x81) + record(0x94, bytes(16)) + record(0x91) + body + record(0x92) + record(0x82)
            packed.writestr(f"xl/worksheets/sheet{number}.bin", parts)
        packed.writestr(
            "xl/workbook.bin",
            record(0x83) + record(0x8F) + bundle + record(0x90) + record(0x9D) + record(0x84),
        )
        packed.writestr("xl/_rels/workbook.bin.rels", f"<Relationships>{relations}</Relationships>")
    return target.getvalue()


XLSB_HEADER: dict[tuple[int, int], str | float] = {
    (0, 0): "集团统一社会信用代码",
    (0, 1): "P",
    (1, 0): "集团名称",
    (1, 1): "样例集团",
    (2, 0): "填报年度",
    (2, 1): 2024.0,
    (3, 0): "数据截止日",
    (3, 1): "2024-03-31",
}


def test_an_xlsb_is_read(tmp_path: Path) -> None:
    entities: dict[tuple[int, int], str | float] = {
        (1, 1): "统一社会信用代码",
        (1, 2): "企业名称",
        (2, 1): "A",
        (2, 2): "甲",
    }
    filing = read_one(tmp_path, xlsb({"填报信息": XLSB_HEADER, "企业名录": entities}), "f.xlsb")
    assert filing.tables["entities"].place(0, "name") == "企业名录!C3"


@pytest.mark.parametrize("cell", [(1_048_575, 16_383), (0, 4_000_000_000), (1_048_575, 9)])
def test_a_far_cell_of_an_xlsb_is_refused(tmp_path: Path, cell: tuple[int, int]) -> None:
    data = xlsb({"填报信息": {**XLSB_HEADER, cell: 1.0}})
    assert refused(tmp_path, data, "f.xlsb") == ["sheet-too-large"]

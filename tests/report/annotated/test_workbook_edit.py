"""What is put on a workbook's cells, and that nothing else of it changes."""

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soe_compliance.domain.errors import UserError
from soe_compliance.report.annotated.styles import Mark
from tests.report.annotated.books import (
    FIRST,
    HIDDEN,
    OWN_COMMENTS,
    SECOND,
    TITLE,
    Cells,
    annotate,
    entry,
    members,
    repacked,
    rich_book,
)

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl.*")

BOOK = rich_book()
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    RELATIONS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_CHANGED_VALUES = re.compile(rb'(?<= )(s|count|tabSelected|localSheetId|activeTab|firstSheet)="\w*"')
_MAY_CHANGE = re.compile(
    r"xl/(worksheets/(_rels/)?sheet\d+\.xml(\.rels)?|workbook\.xml|_rels/workbook\.xml\.rels|styles\.xml|comments\d+\.xml"
    r"|drawings/vmlDrawing\d+\.vml)|\[Content_Types\]\.xml"
)
CELLS = st.tuples(st.integers(0, 24), st.integers(0, 29))
ON_SHEETS = st.dictionaries(
    st.sampled_from([FIRST, SECOND, HIDDEN]), st.lists(CELLS, min_size=1, max_size=12, unique=True)
)


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def commented(data: bytes) -> dict[tuple[str, int, int], str]:
    """The comments by sheet, row and column."""
    return {
        (sheet.title, cell.row - 1, cell.column - 1): cell.comment.text
        for sheet in opened(data)
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def shown(sheet: str, row: int, column: int) -> tuple[str, int, int]:
    """The cell that shows a comment: J2:K4 of the first sheet is one cell."""
    merged = sheet == FIRST and 1 <= row <= 3 and 9 <= column <= 10
    return (sheet, 1, 9) if merged else (sheet, row, column)


def is_within(original: bytes, changed: bytes) -> bool:
    """Whether the original remains when insertions are taken out again, but for the values that may change."""
    rest = iter(_CHANGED_VALUES.sub(rb"\1", changed))
    return all(byte in rest for byte in _CHANGED_VALUES.sub(rb"\1", original))


def raw_members(data: bytes) -> dict[str, tuple[bytes, bytes]]:
    """What stands in the file for each member: its directory entry without its place, and its header and bytes."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        place = archive.start_dir
        for member in archive.infolist():
            lengths = struct.unpack_from("<3H", data, place + 28)
            size = 46 + sum(lengths)
            start = member.header_offset
            name, extra = struct.unpack_from("<2H", data, start + 26)
            body = data[start : start + 30 + name + extra + member.compress_size]
            found[member.filename] = data[place : place + 42] + data[place + 46 : place + size], body
            place += size
    return found


def contents(data: bytes) -> Iterator[tuple[str, str, Any]]:
    for sheet in opened(data):
        if sheet.title != TITLE:
            yield from (
                (sheet.title, cell.coordinate, cell.value)
                for row in sheet.iter_rows()
                for cell in row
                if cell.value is not None
            )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ON_SHEETS)
def test_comments_are_on_exactly_the_cells_named_and_all_else_is_as_it_was(cells: Cells) -> None:
    changed = annotate(BOOK, entry(1, cells))
    named = {shown(sheet, *cell) for sheet, found in cells.items() for cell in found}
    own = {(FIRST, *cell): text for cell, text in OWN_COMMENTS.items()}
    found = commented(changed)
    assert found.keys() == named | own.keys()
    for place, text in found.items():
        assert ("超过限额" in text) == (place in named)
        assert text.startswith(own.get(place, ""))
    before, after = members(BOOK), members(changed)
    raw_before, raw_after = raw_members(BOOK), raw_members(changed)
    for name, content in before.items():
        if content == after[name]:
            assert raw_before[name] == raw_after[name]
        else:
            assert _MAY_CHANGE.fullmatch(name), name
            assert is_within(content, after[name]), name
    assert list(contents(changed)) == list(contents(BOOK))
    assert annotate(BOOK, entry(1, cells)) == changed


@settings(max_examples=25, deadline=None)
@given(ON_SHEETS)
def test_a_marked_cell_differs_in_its_border_only(cells: Cells) -> None:
    before, after = opened(BOOK), opened(annotate(BOOK, entry(1, cells, Mark.OPEN)))
    for sheet in before:
        named = {shown(sheet.title, *cell) for cell in cells.get(sheet.title, ())}
        for row in range(25):
            for column in range(30):
                old, new = (book[sheet.title].cell(row + 1, column + 1) for book in (before, after))
                assert old.number_format == new.number_format or not old.has_style
                assert repr((old.fill, old.font)) == repr((new.fill, new.font)) or not old.has_style
                marked = new.border.left.style == new.border.bottom.style == "mediumDashed"
                if not isinstance(new, openpyxl.cell.cell.MergedCell):
                    assert marked == ((sheet.title, row, column) in named)


def test_a_cell_that_was_not_there_takes_the_look_of_its_row_or_column() -> None:
    after = opened(annotate(BOOK, entry(1, {FIRST: [(9, 2), (12, 6), (12, 3)]})))[FIRST]
    assert after["C10"].fill.fgColor.rgb == "FFFFFF00"
    assert after["G13"].fill.fgColor.rgb == "FFCCFFCC"
    assert after["D13"].fill.fill_type is None
    assert after["G13"].border.top.style == "medium"


def test_every_relation_and_type_of_the_package_holds() -> None:
    after = members(annotate(BOOK, entry(1, {FIRST: [(0, 0)], SECOND: [(1, 1)], HIDDEN: [(5, 5)]})))
    types = ElementTree.fromstring(after["[Content_Types].xml"])
    parts = [element.get("PartName") for element in types if element.get("PartName")]
    endings = [element.get("Extension") for element in types if element.get("Extension")]
    assert len(parts) == len(set(parts))
    assert len(endings) == len(set(endings))
    for name in after:
        assert f"/{name}" in parts or name.rpartition(".")[2] in endings or name == "[Content_Types].xml"
    assert {part.lstrip("/") for part in parts if part} <= after.keys()
    for name, content in after.items():
        if name.endswith(".rels"):
            ids = [element.get("Id") for element in ElementTree.fromstring(content)]
            assert len(ids) == len(set(ids))
        if name.endswith((".xml", ".rels", ".vml")):
            ElementTree.fromstring(content)


def test_shapes_of_comments_have_numbers_of_their_own() -> None:
    after = members(annotate(BOOK, entry(1, {FIRST: [(0, 0), (0, 1)], SECOND: [(1, 1)], HIDDEN: [(5, 5)]})))
    shapes = [
        number
        for name, content in after.items()
        if name.endswith(".vml")
        for number in re.findall(rb'<v:shape id="_x0000_s(\d+)"', content)
    ]
    assert len(shapes) == len(set(shapes)) >= 6


def test_names_and_print_areas_stay_with_their_sheets_and_the_new_sheet_is_the_one_shown() -> None:
    before, after = opened(BOOK), opened(annotate(BOOK, entry(1, {FIRST: [(0, 0)]})))
    assert after.sheetnames == [TITLE, FIRST, SECOND, HIDDEN]
    assert after.active.title == TITLE
    assert [sheet.title for sheet in after if sheet.sheet_view.tabSelected] == [TITLE]
    assert after[HIDDEN].sheet_state == "hidden"
    assert after.defined_names["全局"].attr_text == before.defined_names["全局"].attr_text
    for name in (FIRST, SECOND):
        assert after[name].print_area == before[name].print_area != ""
        assert after[name].print_title_rows == before[name].print_title_rows
        assert set(after[name].defined_names) == set(before[name].defined_names)


def test_several_entries_of_one_cell_are_one_comment_the_worst_mark() -> None:
    cells = {FIRST: [(0, 0), (0, 1)]}
    after = annotate(BOOK, entry(1, {FIRST: [(0, 0)]}), entry(2, cells, Mark.OPEN, "另一事项"))
    found = commented(after)
    assert found[FIRST, 0, 0].index("超过限额") < found[FIRST, 0, 0].index("另一事项")
    assert "超过限额" not in found[FIRST, 0, 1]
    sheet = opened(after)[FIRST]
    assert (sheet["A1"].border.left.style, sheet["B1"].border.left.style) == ("medium", "mediumDashed")


def test_a_comment_never_outgrows_what_a_cell_takes() -> None:
    many = [entry(number, {FIRST: [(0, 0)]}, message="长" * 900) for number in range(1, 101)]
    text = commented(annotate(BOOK, *many))[FIRST, 0, 0]
    assert 28_000 < len(text) <= 32_767
    told = int(re.findall(r"另有(\d+)项", text)[0])
    assert told + text.count("GUA105") == 100
    assert (
        len(commented(annotate(BOOK, entry(1, {FIRST: [(0, 0)]}, message="长" * 50_000)))[FIRST, 0, 0])
        <= 32_767
    )


@pytest.mark.parametrize(
    "text", ["=1+1", "a\x1b[31m\x00b", "</t></r><x>&", "_x0041_", "第一\n第二", "\ud800"]
)
def test_texts_stay_texts(text: str) -> None:
    found = commented(annotate(BOOK, entry(1, {FIRST: [(0, 0)]}, message=text)))[FIRST, 0, 0]
    assert "\x1b" not in found
    assert "\x00" not in found
    if text.isprintable() and "_x" not in text:
        assert text in found
    assert ("_x005F_x0041_" in found) == (text == "_x0041_")


def prefixed(content: bytes) -> bytes:
    """A part of which every element bears a prefix."""
    content = re.sub(rb"<(/?)(?=[a-zA-Z]+[ />])(?!\w+:)", rb"<\1x:", content)
    return content.replace(b'xmlns="', b'xmlns:x="', 1)


def plain_book() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = FIRST
    sheet["B2"] = 5
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_elements_with_a_prefix() -> None:
    plain = plain_book()
    names = ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml")
    book = repacked(plain, {name: prefixed(members(plain)[name]) for name in names})
    after = annotate(book, entry(1, {FIRST: [(0, 0), (1, 1), (4, 4)]}))
    assert {place[1:] for place in commented(after)} == {(0, 0), (1, 1), (4, 4)}
    assert opened(after)[FIRST]["B2"].value == 5


def test_a_strict_workbook_stays_strict() -> None:
    plain = plain_book()
    changes = {}
    for name, content in members(plain).items():
        for transitional, strict in STRICT.items():
            content = content.replace(transitional.encode(), strict.encode())
        changes[name] = content
    after = members(annotate(repacked(plain, changes), entry(1, {FIRST: [(0, 0), (1, 1)]})))
    assert {name for name in after if name.startswith("xl/comments")} == {"xl/comments1.xml"}
    assert not [name for name, content in after.items() if any(old.encode() in content for old in STRICT)]


@pytest.mark.parametrize(
    "data",
    [
        b"<sheetData/>",
        b'<sheetData><row r="3"/></sheetData>',
        b"<sheetData><row><c><v>1</v></c></row></sheetData>",
    ],
)
def test_sheets_with_next_to_nothing(data: bytes) -> None:
    sheet = (
        b'<worksheet xmlns="'
        + MAIN.encode()
        + b'">'
        + data
        + b'<pageMargins left="1" right="1" top="1" bottom="1" header="1" footer="1"/></worksheet>'
    )
    book = repacked(plain_book(), {"xl/worksheets/sheet1.xml": sheet})
    cells = [(0, 0), (0, 5), (2, 1), (2, 0), (7, 3)]
    after = annotate(book, entry(1, {FIRST: cells}))
    assert {place[1:] for place in commented(after)} == set(cells)
    root = ElementTree.fromstring(members(after)["xl/worksheets/sheet1.xml"])
    rows = [int(row.get("r", "1")) for row in root.iter(f"{{{MAIN}}}row")]
    assert rows == sorted(set(rows))
    assert [child.tag.partition("}")[2] for child in root] == ["sheetData", "pageMargins", "legacyDrawing"]


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="2"/><row r="1"/>',
        b'<row r="1"/><row r="1"/>',
        b'<row r="1"><c r="B1"/><c r="A1"/></row>',
        b'<row r="1"><c r="B2"/></row>',
        b'<row r="1"><x:c xmlns:x="y" r="B1"/></row>',
        b'<row r="one"/>',
    ],
)
def test_a_sheet_out_of_order_is_refused(rows: bytes) -> None:
    sheet = b'<worksheet xmlns="' + MAIN.encode() + b'"><sheetData>' + rows + b"</sheetData></worksheet>"
    with pytest.raises(UserError):
        annotate(repacked(plain_book(), {"xl/worksheets/sheet1.xml": sheet}), entry(1, {FIRST: [(0, 0)]}))


def test_what_looks_like_cells_in_comments_and_text_is_left_alone() -> None:
    rows = b"""<row r="1"><!-- <c r="A1"/> --><c r="A1" t='inlineStr'><is><t><![CDATA[<c r="B1" s="1"/>]]></t></is></c></row>"""
    sheet = b'<worksheet xmlns="' + MAIN.encode() + b'"><sheetData>' + rows + b"</sheetData></worksheet>"
    after = annotate(repacked(plain_book(), {"xl/worksheets/sheet1.xml": sheet}), entry(1, {FIRST: [(0, 0)]}))
    changed = members(after)["xl/worksheets/sheet1.xml"]
    assert b'<!-- <c r="A1"/> -->' in changed
    assert b'<![CDATA[<c r="B1" s="1"/>]]>' in changed
    assert changed.count(b"legacyDrawing") == 1


def test_a_conversation_is_left_alone_and_the_list_says_so() -> None:
    name = next(name for name in members(BOOK) if name.startswith("xl/comments"))
    threaded = members(BOOK)[name].replace("<author>填表人".encode(), b"<author>tc={0}")
    book = repacked(BOOK, {name: threaded})
    after = annotate(book, entry(1, {FIRST: [(2, 1), (0, 0)]}))
    found = commented(after)
    assert found[FIRST, 2, 1] == OWN_COMMENTS[2, 1]
    assert "超过限额" in found[FIRST, 0, 0]
    assert opened(after)[FIRST]["B3"].border.left.style == "medium"
    assert f"{FIRST}!B3" in opened(after)[TITLE]["A1"].value


def test_a_workbook_without_styles_is_given_them() -> None:
    plain = plain_book()
    kept = {
        "xl/styles.xml": None,
        "xl/_rels/workbook.xml.rels": re.sub(
            rb"<Relationship [^>]*/styles\"[^>]*/>", b"", members(plain)["xl/_rels/workbook.xml.rels"]
        ),
        "[Content_Types].xml": re.sub(
            rb"<Override [^>]*styles\.xml[^>]*/>", b"", members(plain)["[Content_Types].xml"]
        ),
    }
    after = annotate(repacked(plain, kept), entry(1, {FIRST: [(0, 0)]}))
    assert opened(after)[FIRST]["A1"].border.left.style == "medium"


def test_more_comments_than_one_block_of_shapes_takes() -> None:
    cells = {FIRST: [(row, 0) for row in range(1500)], HIDDEN: [(0, 0)]}
    before, after = members(BOOK), members(annotate(BOOK, entry(1, cells)))
    [new] = [content for name, content in after.items() if name.endswith(".vml") and name not in before]
    [block] = re.findall(rb'idmap [^>]*data="(\d+)"', new)
    taken = [
        int(number) // 1024
        for name, content in after.items()
        if name.endswith(".vml") and name in before
        for number in re.findall(rb"_x0000_s(\d+)", content)
    ]
    assert max(taken) == 2 < int(block)


def test_boxes_join_a_drawing_whose_root_names_no_namespace() -> None:
    """openpyxl writes such drawings where it has no lxml: each shape names its own."""
    drawing = (
        b'<xml><a:shape xmlns:a="urn:schemas-microsoft-com:vml" id="_x0000_s1026" type="#_x0000_t202">'
        b'<b:ClientData xmlns:b="urn:schemas-microsoft-com:office:excel" ObjectType="Note"/></a:shape></xml>'
    )
    [name] = [name for name in members(BOOK) if name.endswith("vmlDrawing1.vml")]
    after = members(annotate(repacked(BOOK, {name: drawing}), entry(1, {FIRST: [(0, 0)]})))[name]
    [own, box] = [shape for shape in ElementTree.fromstring(after) if shape.tag.endswith("}shape")]
    assert own.tag == box.tag
    assert own.get("id") != box.get("id")
    assert after.count(b"xmlns:v=") == 1


def test_a_drawing_that_means_something_else_by_our_prefixes_is_refused() -> None:
    [name] = [name for name in members(BOOK) if name.endswith("vmlDrawing1.vml")]
    book = repacked(BOOK, {name: b'<xml xmlns:v="urn:other"></xml>'})
    with pytest.raises(UserError, match="drawing of its comments"):
        annotate(book, entry(1, {FIRST: [(0, 0)]}))


def test_a_column_of_many_letters() -> None:
    cells = [(0, 16_383), (3, 700)]
    after = commented(annotate(BOOK, entry(1, {HIDDEN: cells})))
    assert {place[1:] for place in after if place[0] == HIDDEN} == set(cells)

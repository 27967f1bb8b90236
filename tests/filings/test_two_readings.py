"""What a spreadsheet program shows is what is read: 1&#53;0 is 150, and never 1."""

from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from soe_compliance.filings.plain_sheets import cells_begin
from soe_compliance.filings.two_readings import has_two_readings, ods_has_two_readings
from tests.filings.filed import read_bytes, the_problem
from tests.hostile.workbooks import MAIN, SHEET, ods, packed

_PIECES = {
    "a reference": "1&#53;0",
    "a reference in front": "&#x31;50",
    "a comment": "1<!-- -->50",
    "a comment in front": "<!-- </v> -->150",
    "an instruction": "1<?a b?>50",
    "CDATA": "1<![CDATA[50]]>",
    "all CDATA": "<![CDATA[150]]>",
}
_OF_NUMBERS = {
    "a number": '<c r="A1"><v>{}</v></c>',
    "with a style": '<c r="A1" s="0"><v>{}</v></c>',
    "said to be one": '<c r="A1" t="n"><v>{}</v></c>',
    "of a formula": '<c r="A1"><f>1+1</f><v>{}</v></c>',
    "with attributes": '<c r="A1"><v xml:space="preserve">{}</v></c>',
    "over lines": '<c r="A1"\n><v\n>{}</v\n></c>',
    "in a namespace": f'<x:c xmlns:x="{MAIN}" r="A1"><x:v>{{}}</x:v></x:c>',
    "after a text": '<c r="B1" t="str"><v>a</v></c><c r="A1"><v>{}</v></c>',
    "after a text, bare": '<c r="B1" t="str"><v>a</v></c><c><v>{}</v></c>',
    "after what looks like a text": '<c r="A1"><!-- <c t="str"> --><v>{}</v></c>',
    "with what looks like a type": """<c r="A1" x=' t="str" '><v>{}</v></c>""",
}
_OF_TEXTS = {
    "text": '<c r="A1" t="str"><v>{}</v></c>',
    "text of a formula": '<c r="A1" s="0" t="str" cm="1"><f>B1&amp;""</f><v>{}</v></c>',
    "day": '<c r="A1" t="d"><v>{}</v></c>',
    "text in place": '<c r="A1" t="inlineStr"><is><t>{}</t></is></c>',
}

_OF_SHARED = {
    "alone": '<c r="A1" t="s"><v>{}</v></c>',
    "with a style": '<c r="A1" s="0" t="s"><v>{}</v></c>',
    "in single quotes": "<c r='A1' t='s'><v>{}</v></c>",
    "wide": '<c r="A1" t = "s" ><v>{}</v></c>',
    "after an angle": '<c r="A1" x=">" t="s"><v>{}</v></c>',
    "of a formula": '<c r="A1" t="s"><f>1+1</f><v>{}</v></c>',
    "after a comment": '<c r="A1" t="s"><!-- --><v>{}</v></c>',
    "in a namespace": f'<x:c xmlns:x="{MAIN}" r="A1" t="s"><x:v>{{}}</x:v></x:c>',
    "in a namespace like a value": f'<v:c xmlns:v="{MAIN}" r="A1" t="s"><v:v>{{}}</v:v></v:c>',
}
_IN_PLACE = (
    '<c r="A1" t="inlineStr"><is><t>1</t></is></c>',
    '<c r="A1" t="inlineStr" s="0"><is><t>1</t></is></c>',
    "<c r='A1' t='inlineStr'><is><t>1</t></is></c>",
    '<c r="A1" t="inlineStr"><!-- --><is><t>1</t></is></c>',
    f'<x:c xmlns:x="{MAIN}" r="A1" t="inlineStr"><x:is><x:t>1</x:t></x:is></x:c>',
)
_IN_PLACE_OF_ANOTHER = (
    '<c r="A1"><v>150</v><is><t>1</t></is></c>',
    '<c r="A1" t="n"><v>150</v><!-- t="inlineStr" --><is><t>1</t></is></c>',
    '<c r="A1" t="str"><v>150</v><is><t>1</t></is></c>',
    '<c r="A1"><v>150</v><is ><t>1</t></is></c>',
    """<c r="A1" x=' t="inlineStr"'><v>150</v><is><t>1</t></is></c>""",
    f'<x:c xmlns:x="{MAIN}" r="A1"><x:v>150</x:v><x:is><x:t>1</x:t></x:is></x:c>',
)


def sheet(cell: str) -> bytes:
    row = f'<row r="1">{cell}</row>'
    return f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>{row}</sheetData></worksheet>'.encode()


def shown(part: bytes) -> str:
    """What stands in the last cell, its pieces put together."""
    return "".join([*ElementTree.fromstring(part).iter()][-1].itertext())


def read(part: bytes) -> object:
    with CalamineWorkbook.from_filelike(BytesIO(packed({SHEET: part}))) as workbook:
        return workbook.get_sheet_by_index(1).to_python()


@pytest.mark.parametrize("pieces", _PIECES.values(), ids=_PIECES)
@pytest.mark.parametrize("cell", _OF_NUMBERS.values(), ids=_OF_NUMBERS)
def test_a_number_in_pieces_is_refused(tmp_path: Path, cell: str, pieces: str) -> None:
    part = sheet(cell.format(pieces))
    assert shown(part) == "150"
    assert cells_begin(part) is None
    assert has_two_readings(part)
    [filing] = read_bytes(tmp_path, packed({SHEET: part}))
    problem = the_problem(filing, "file-unreadable")
    assert problem.location == "担保台账"
    assert "“担保台账”有的单元格写法异常" in problem.text.zh
    assert "on sheet “担保台账” some cells are written so" in problem.text.en


@pytest.mark.parametrize("cell", _OF_NUMBERS.values(), ids=_OF_NUMBERS)
def test_a_number_in_one_piece_is_none(cell: str) -> None:
    assert not has_two_readings(sheet(f"<!-- & --><?a &?>{cell.format(150)}<!-- <v>1&#53; -->"))


@pytest.mark.parametrize("pieces", ["1&#53;0", "1<!-- -->50", "1<?a b?>50", "&#x31;50"])
@pytest.mark.parametrize("cell", _OF_TEXTS.values(), ids=_OF_TEXTS)
def test_the_pieces_of_a_text_are_put_together(cell: str, pieces: str) -> None:
    part = sheet(cell.format(pieces))
    assert not has_two_readings(part)
    assert read(part) == [[shown(part)]] == [["150"]]


@pytest.mark.parametrize("cell", [_OF_TEXTS["text"], _OF_TEXTS["day"]])
def test_a_text_of_which_pieces_would_be_left_out_is_refused(cell: str) -> None:
    assert has_two_readings(sheet(cell.format("1<![CDATA[50]]>")))
    assert has_two_readings(sheet(cell.format("1&#53;<![CDATA[0]]>")))


@pytest.mark.parametrize(
    "number", [" 7", "7 ", "+7", "7.0", "\n7", "-7", "7a", "7&#32;", "7<!-- -->", "<!-- -->7"]
)
@pytest.mark.parametrize("cell", _OF_SHARED.values(), ids=_OF_SHARED)
def test_the_number_of_a_shared_text_is_no_more_than_figures(cell: str, number: str) -> None:
    part = sheet(cell.format(number))
    assert has_two_readings(part)
    assert cells_begin(part) is None


@pytest.mark.parametrize("number", ["7", "07", ""])
@pytest.mark.parametrize("cell", _OF_SHARED.values(), ids=_OF_SHARED)
def test_a_shared_text_is_read(cell: str, number: str) -> None:
    assert not has_two_readings(sheet(cell.format(number)))


@pytest.mark.parametrize("cell", _IN_PLACE_OF_ANOTHER)
def test_a_text_in_place_of_another_value_is_refused(cell: str) -> None:
    part = sheet(cell)
    assert read(part) == [["1"]]
    assert has_two_readings(part)


@pytest.mark.parametrize("cell", _IN_PLACE)
def test_a_text_in_place_is_read(cell: str) -> None:
    part = sheet(cell)
    assert read(part) == [["1"]]
    assert not has_two_readings(part)


def test_comments_without_end_take_no_time() -> None:
    assert not has_two_readings(sheet("<v>1</v>" + "<!--" * 1_000_000 + "<v>&"))


@pytest.mark.parametrize(
    "cell",
    [
        '<table:table-cell office:value-type="string"><text:p>1<![CDATA[50]]></text:p></table:table-cell>',
        '<table:table-cell office:value-type="boolean" office:boolean-value="tru&#101;"/>',
        "<table:table-cell office:value-type='boolean' office:boolean-value = ' true'/>",
    ],
)
def test_an_ods_of_two_readings_is_refused(tmp_path: Path, cell: str) -> None:
    [filing] = read_bytes(tmp_path, ods(f"<table:table-row>{cell}</table:table-row>"), "f.ods")
    problem = the_problem(filing, "file-unreadable")
    assert "无法读取：有的单元格写法异常" in problem.text.zh
    assert "some cells are written so" in problem.text.en


@pytest.mark.parametrize("truth", ["'true'", '"true"', '"false"', "'false'"])
def test_an_ods_of_one_reading_is_read(truth: str) -> None:
    assert not ods_has_two_readings(f"<a office:boolean-value={truth}>1&#53;<!-- -->0</a>".encode())

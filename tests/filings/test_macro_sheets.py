"""An Excel 4.0 macro sheet is named and left out; the sheets beside it are read."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from soe_compliance.filings.filing import Unreadable
from soe_compliance.filings.problems import Level
from tests.filings.compound import text, xls_of
from tests.filings.filed import (
    GUARANTEE_HEADERS,
    HEADER_ROWS,
    codes,
    column,
    filing_bytes,
    places,
    read_bytes,
    read_one,
    the_problem,
)
from tests.filings.test_hostile_workbooks import XLSB_HEADER, wide, xlsb
from tests.filings.test_hostile_workbooks import record as xlsb_record

MACROS = "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
PART = (
    b'<xm:macrosheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    b'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><sheetData><row r="1"><c r="A1"><f>EXEC("calc")</f>'
    b"<v>0</v></c></row></sheetData></xm:macrosheet>"
)
ELEMENT = '<sheet name="{name}" sheetId="9" state="veryHidden" r:id="rId99"/>'
RELATION = '<Relationship Id="rId99" Type="{kind}" Target="{target}"/>'


def edited(data: bytes, edits: dict[str, Callable[[bytes], bytes]], added: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as into:
        for name in source.namelist():
            into.writestr(name, edits.get(name, bytes)(source.read(name)))
        for name, part in added.items():
            into.writestr(name, part)
    return target.getvalue()


def xlsx(
    name: str = "Macro1",
    *,
    element: str = ELEMENT,
    kind: str = MACROS,
    target: str = "macrosheets/sheet1.xml",
    first: bool = False,
) -> bytes:
    """A filing with a macro sheet behind the others, or before them."""
    sheet, relation = element.format(name=name), RELATION.format(kind=kind, target=target)
    put = (b"<sheets>", f"<sheets>{sheet}") if first else (b"</sheets>", f"{sheet}</sheets>")
    return edited(
        filing_bytes(guarantees=[GUARANTEE_HEADERS, ["1", "A", "B", 1.5]]),
        {
            "xl/workbook.xml": lambda part: part.replace(put[0], put[1].encode()),
            "xl/_rels/workbook.xml.rels": lambda part: part.replace(
                b"</Relationships>", f"{relation}</Relationships>".encode()
            ),
        },
        {"xl/macrosheets/sheet1.xml": PART},
    )


XLSX = {
    "hidden": xlsx(),
    "before the others": xlsx(first=True),
    "international": xlsx(kind=MACROS.replace("Macro", "IntlMacro"), target="/xl/macrosheets/sheet1.xml"),
    "of another folder": xlsx(target="macros/sheet1.xml"),
    "in two tags": xlsx(element='<sheet r:id="rId99" name="{name}" sheetId="9"></sheet>'),
    "with signs in its name": xlsx(element="<sheet r:id='rId99' state='hidden' name='{name}' sheetId='9' />"),
}


@pytest.mark.parametrize("name", XLSX)
def test_the_sheets_beside_it_are_read(tmp_path: Path, name: str) -> None:
    filing = read_one(tmp_path, XLSX[name])
    found = the_problem(filing, "sheet-macro")
    assert (found.level, found.location) == (Level.WARNING, "Macro1")
    assert "Excel 4.0" in found.text.zh
    assert codes(filing) == ["sheet-macro"]
    assert column(filing, "guarantees", "balance") == [1.5]
    assert filing.tables["guarantees"].place(0, "balance") == "担保台账!D2"


def test_a_name_with_signs_of_its_own_is_no_matter(tmp_path: Path) -> None:
    filing = read_one(tmp_path, xlsx("a/b &gt; &quot;c'&quot;"))
    assert places(filing, "sheet-macro") == ['a/b > "c\'"']


def test_a_macro_sheet_in_place_of_a_form_is_an_error(tmp_path: Path) -> None:
    filing = read_one(tmp_path, xlsx("融资明细"))
    assert the_problem(filing, "sheet-not-a-table").level is Level.ERROR
    assert "debts" not in filing.tables


def test_a_workbook_of_macro_sheets_alone_says_so(tmp_path: Path) -> None:
    data = edited(
        xlsx(),
        {
            "xl/_rels/workbook.xml.rels": lambda part: part.replace(
                b"relationships/worksheet", b"x/xlMacrosheet"
            )
        },
        {},
    )
    [unreadable] = read_bytes(tmp_path, data)
    assert isinstance(unreadable, Unreadable)
    assert codes(unreadable) == [
        "nothing-recognised",
        "sheet-not-a-table",
        "sheet-not-a-table",
        "sheet-macro",
    ]


def test_one_that_cannot_be_taken_out_is_named(tmp_path: Path) -> None:
    commented = {"xl/workbook.xml": lambda part: part.replace(b"<sheets>", b"<!--<sheet a='1'/>--><sheets>")}
    [unreadable] = read_bytes(tmp_path, edited(xlsx(), commented, {}))
    assert isinstance(unreadable, Unreadable)
    assert "Excel 4.0宏表“Macro1”" in the_problem(unreadable, "file-unreadable").text.zh


def test_a_part_of_endless_sheets_ends_soon(tmp_path: Path) -> None:
    many = {"xl/workbook.xml": lambda part: part.replace(b"<sheets>", b"<sheets>" + b'<sheet a="' * 300_000)}
    [unreadable] = read_bytes(tmp_path, edited(xlsx(), many, {}))
    assert isinstance(unreadable, Unreadable)


def test_of_an_xlsb(tmp_path: Path) -> None:
    cells: dict[tuple[int, int], str | float] = {
        (0, place): header for place, header in enumerate(GUARANTEE_HEADERS)
    }
    row: dict[tuple[int, int], str | float] = {(1, 0): "1", (1, 1): "A", (1, 2): "B", (1, 3): 1.5}
    sheet = xlsb_record(0x9C, struct.pack("<II", 2, 9) + wide("rId99") + wide("Macro1"))
    data = edited(
        xlsb({"填报信息": XLSB_HEADER, "担保台账": {**cells, **row}}),
        {
            "xl/workbook.bin": lambda part: part.replace(xlsb_record(0x90), sheet + xlsb_record(0x90)),
            "xl/_rels/workbook.bin.rels": lambda part: part.replace(
                b"</Relationships>",
                RELATION.format(kind=MACROS, target="macrosheets/sheet1.bin").encode() + b"</Relationships>",
            ),
        },
        {"xl/macrosheets/sheet1.bin": b""},
    )
    filing = read_one(tmp_path, data, "f.xlsb")
    assert places(filing, "sheet-macro") == ["Macro1"]
    assert column(filing, "guarantees", "balance") == [1.5]


def test_of_an_xls(tmp_path: Path) -> None:
    rows = [*HEADER_ROWS[:3], ["数据截止日", "2024-03-31"]]
    header = [
        text(number, place, str(cell)) for number, row in enumerate(rows) for place, cell in enumerate(row)
    ]
    table = [text(0, place, cell) for place, cell in enumerate(GUARANTEE_HEADERS)]
    sheets = [("填报信息", b"".join(header)), ("担保台账", b"".join(table)), ("Macro1", b"")]
    filing = read_one(tmp_path, xls_of(sheets, kinds=[0, 0, 1]), "f.xls")
    assert places(filing, "sheet-macro") == ["Macro1"]
    assert "guarantees" in filing.tables

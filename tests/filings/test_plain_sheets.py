"""What one look tells of a plain sheet is what going through it tells, and it is read as it would be without."""

import random
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from soe_compliance.filings.limits import Limits
from soe_compliance.filings.package import Package
from soe_compliance.filings.plain_sheets import cells_begin, saying_unmerged
from soe_compliance.filings.raw import ReadingError
from soe_compliance.filings.sheet_xml import extent, facts_in, is_usual
from soe_compliance.filings.stored_zip import stored_zip
from soe_compliance.filings.xlsx_extents import inspected_xlsx
from tests.hostile.workbooks import SHEET, good, packed
from tools.fuzz.mutations import some_bytes, tokens

MUTATED = 1_200
_NEAR = (999, 702)
_TAGS = re.compile(rb"<[^<>]*>|[^<>]+")
_ODD = (
    b"</sheetData>",
    b"<sheetData>",
    b"<!--",
    b"-->",
    b"</a>",
    b"<a>",
    b"<mergeCells>",
    b'<mergeCell ref="A1:B2"/>',
    b"&",
    b"<c",
    b'<c r="B2" t="e"><v>#REF!</v></c>',
    b'<c r="C1"><f>A1</f></c>',
    b'<row r="2" hidden="1">',
)
_ENDS = {
    "nothing": b"",
    "margins": b'<pageMargins left="0.7" right="0.7"/><pageSetup paperSize="9"/>',
    "a link": b'<hyperlinks><hyperlink ref="A1" location="a/b"/></hyperlinks>',
    "a list of choices": b'<dataValidations count="1"><dataValidation type="list" sqref="A1"><formula1>"a,b"</formula1>'
    b"</dataValidation></dataValidations>",
    "a footer": b"<headerFooter><oddFooter>&amp;P</oddFooter></headerFooter>",
}


def sheet(end: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(good())) as source:
        return source.read(SHEET).replace(b"</worksheet>", end + b"</worksheet>")


def read(data: bytes) -> object:
    """The cells and the merged ranges of every sheet, or what the library says that it can't read."""
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
            sheets = [workbook.get_sheet_by_index(place) for place in range(len(workbook.sheet_names))]
            return [(found.to_python(skip_empty_area=False), found.merged_cell_ranges) for found in sheets]
    except Exception as error:  # whatever it raises must be the same
        return type(error), str(error)


def mutated(count: int) -> Iterator[bytes]:
    """Sheets made wrong at random."""
    rng = random.Random("sheets")
    ways = [some_bytes, tokens(_TAGS, _ODD)]
    for _ in range(count):
        found = sheet(rng.choice(list(_ENDS.values())))
        for _ in range(rng.randint(1, 3)):
            found = rng.choice(ways)(rng, found)
        yield found


@pytest.mark.parametrize("name", _ENDS)
def test_a_sheet_without_merged_cells_says_so(name: str) -> None:
    plain = sheet(_ENDS[name])
    begin = cells_begin(plain)
    assert begin is not None
    assert saying_unmerged(plain, begin).replace(b"<mergeCells/>", b"", 1) == plain
    data = packed({SHEET: plain})
    assert read(Package(data, Limits()).readable()) == read(data)


def test_rows_are_those_between_the_first_beginning_and_the_last_end() -> None:
    begin, end = b"<worksheet><sheetData>", b"</sheetData></worksheet>"
    assert cells_begin(begin + end) == len(b"<worksheet>")
    for odd in (
        begin + b"</sheetData><sheetData>" + end,
        begin + end.replace(b"</sheetData>", b""),
        end.replace(b"</sheetData>", b"</sheetData><sheetData>"),
        b"<sheetData></sheetData></worksheet>",
        b"</sheetData>" + begin + end,
        begin + b"</sheetData>" + end,
        begin + b"</sheetData><a>" + end,
    ):
        assert cells_begin(odd) is None, odd


@pytest.mark.parametrize(
    "inner", ["<a/>", "<a>text</a>", "<a><b/><b>&amp;</b></a>", "<a><b><c1>x</c1></b></a>"]
)
def test_elements_round_the_rows_may_lie_three_deep(inner: str) -> None:
    around = inner.encode()
    whole = b"<worksheet>" + around * 2 + b"<sheetData></sheetData>" + around * 2 + b"</worksheet>"
    assert cells_begin(whole) == len(b"<worksheet>") + 2 * len(around)
    assert cells_begin(whole.replace(around, b"<d>" + around + b"</d>")) == (
        None if "<c1>" in inner else len(b"<worksheet>") + 2 * (len(around) + 7)
    )


@pytest.mark.parametrize(
    "end",
    [
        b'<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>',
        b"</a>",
        b"<a>",
        b"<a/",
        b"<!-- a -->",
        b"&",
        b"a",
    ],
)
def test_a_sheet_that_has_merged_cells_or_a_broken_end_is_not_plain(end: bytes) -> None:
    assert cells_begin(sheet(end)) is None


def test_broken_sheets_are_read_or_refused_as_before() -> None:
    compared = said = 0
    for part in mutated(MUTATED):
        data = packed({SHEET: part})
        try:
            package = Package(data, Limits())
            inspected_xlsx(package, Limits())
        except (ReadingError, SyntaxError):
            continue
        compared += 1
        said += SHEET in package.plain_sheets
        assert read(package.readable()) == read(data), part
    assert compared > MUTATED // 3
    assert said > MUTATED // 20


def test_nothing_is_to_be_said_of_a_plain_or_usual_sheet() -> None:
    """One look tells the same as taking the sheet apart cell by cell."""
    plain = usual = 0
    for part in mutated(MUTATED):
        is_plain = cells_begin(part) is not None
        if is_plain or is_usual(part):
            plain += is_plain
            usual += 1
            rows, columns, _ = extent(part, enough=1, usual=False)
            assert rows <= _NEAR[0] or not columns
            assert columns <= _NEAR[1]
            facts = facts_in(part, 9, usual=False)
            assert facts_in(part, 9, usual=True) == facts
            assert not is_plain or facts_in(part, 9, usual=True, plain=True) == facts
    assert plain > MUTATED // 20
    assert usual > plain


def test_a_stored_workbook_is_read_as_the_packed_one() -> None:
    with zipfile.ZipFile(BytesIO(good())) as source:
        members = [(entry.filename, entry.CRC, source.read(entry)) for entry in source.infolist()]
    assert read(stored_zip(members)) == read(good())

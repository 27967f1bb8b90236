"""Workbooks made to harm, each with the code of the problem it is to meet."""

import random
import struct
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

from tests.filings.compound import number, record, shared_text, shared_texts, xls, xls_of
from tests.filings.filed import GUARANTEE_HEADERS, Row, filing_bytes
from tests.filings.test_hostile_workbooks import record as binary
from tests.filings.test_hostile_workbooks import wide, xlsb

GUARANTEES: list[Row] = [GUARANTEE_HEADERS, ["1", "A", "B", 1.5]]
SHEET = "xl/worksheets/sheet2.xml"
TEXTS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DECLARED = '<?xml version="1.0"?>'


def good() -> bytes:
    return filing_bytes(guarantees=GUARANTEES)


def packed(members: Mapping[str, bytes]) -> bytes:
    """A good filing with these members in place of its own, or beside them."""
    target = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(good())) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as into,
    ):
        for name in dict.fromkeys([*source.namelist(), *members]):
            into.writestr(name, members[name] if name in members else source.read(name))
    return target.getvalue()


def with_sheet(rows: str, after: str = "", before: str = "") -> bytes:
    sheet = f'{_DECLARED}{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    return packed({SHEET: sheet.encode()})


def cell(name: str, content: str = "<v>1</v>", attributes: str = "") -> str:
    digits = name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{digits}"><c r="{name}"{attributes}>{content}</c></row>'


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{"".join(f"&l{n - 1};" for _ in range(10))}">' for n in range(1, 10))
    declared = f'<!DOCTYPE x [<!ENTITY l0 "ha">{entities}]>'
    return with_sheet(cell("A1", "<is><t>&l9;</t></is>", ' t="inlineStr"'), before=declared)


def _secret_of(path: str) -> bytes:
    declared = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{path}">]>'
    return with_sheet(cell("A1", "<is><t>&e;</t></is>", ' t="inlineStr"'), before=declared)


def _long_text_used_often() -> bytes:
    rows = "".join(cell(f"A{row}", "<v>0</v>", ' t="s"') for row in range(1, 2001))
    letters = _letters(8 * 1024**2)
    texts = f'{_DECLARED}<sst xmlns="{MAIN}"><si><t>{letters}</t></si></sst>'
    sheet = f'{_DECLARED}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return packed({SHEET: sheet.encode(), TEXTS: texts.encode()})


def _twice(name: str) -> bytes:
    target = BytesIO(good())
    with zipfile.ZipFile(target, "a") as into:
        into.writestr(name.replace("sheet2", "sheetX"), b"<worksheet/>")
    return target.getvalue().replace(b"sheetX", b"sheet2")


def _wrong_checksum() -> bytes:
    data = bytearray(good())
    with zipfile.ZipFile(BytesIO(good())) as source:
        checksum = source.getinfo(SHEET).CRC.to_bytes(4, "little")
    while (place := data.find(checksum)) >= 0:
        data[place] ^= 0xFF
    return bytes(data)


def _directory_of(entries: int) -> bytes:
    """A directory that names the same bytes again and again."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as into:
        into.writestr("xl/workbook.xml", b"<workbook/>")
    data = target.getvalue()
    start, end = data.index(b"PK\1\2"), data.index(b"PK\5\6")
    directory = data[start:end] * entries
    tail = bytearray(data[end:])
    tail[8:12] = (entries & 0xFFFF).to_bytes(2, "little") * 2
    tail[12:16] = len(directory).to_bytes(4, "little")
    return data[:start] + directory + bytes(tail)


def _zip_in_zip() -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as into:
        into.writestr("a.zip", good())
    return target.getvalue()


def _cut_off() -> bytes:
    """A sheet that ends in the middle, though its size and its checksum are right."""
    with zipfile.ZipFile(BytesIO(good())) as source:
        sheet = source.read(SHEET)
    return sheet[: sheet.index(b"</sheetData>")]


def _errors_everywhere() -> bytes:
    rows = "".join(
        f'<row r="{row}">{"".join(_error(f"{column}{row}") for column in "ABCDEFGHIJ")}</row>'
        for row in range(1, 30_001)
    )
    return with_sheet(rows)


def most_errors() -> bytes:
    """As many error cells as a sheet may have cells."""
    row = "".join(_error(f"{column}%d") for column in "ABCDEFGHIJ")
    rows = "".join(
        f'<row r="{number}">{row.replace("%d", str(number))}</row>' for number in range(1, 500_001)
    )
    return with_sheet(rows)


def _error(name: str) -> str:
    return f'<c r="{name}" t="e"><v>#REF!</v></c>'


def ods(rows: str) -> bytes:
    """An .ods with these rows as its 担保台账."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as into:
        into.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        content = f'<table:table table:name="担保台账">{rows}</table:table>'
        into.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>{content}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return target.getvalue()


def _text_of_an_xls_used_often() -> bytes:
    cells = b"".join(shared_text(row, 0, 1) for row in range(3_000))
    return xls_of([("担保台账", cells)], shared_texts("x", "长" * 65_535))


def _text_of_an_xlsb_used_often() -> bytes:
    texts = binary(0x9F, bytes(8)) + binary(0x13, b"\0" + wide("长" * 1_000_000))
    cells = binary(0x00, bytes(17)) + binary(0x07, struct.pack("<III", 0, 0, 0)) * 300
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(xlsb({"担保台账": {}}))) as source, zipfile.ZipFile(target, "w") as into:
        for name in source.namelist():
            part = source.read(name)
            into.writestr(
                name, part.replace(binary(0x91), binary(0x91) + cells) if "sheet1" in name else part
            )
        into.writestr("xl/sharedStrings.bin", texts)
    return target.getvalue()


def _attribute_repeated() -> bytes:
    stated = f'office:value-type="string" office:string-value="{"x" * 600_000}"'
    return ods(
        f'<table:table-row><table:table-cell {stated} table:number-columns-repeated="1000"/></table:table-row>'
    )


def _letters(count: int) -> str:
    """Letters as they come, so that they pack no better than honest text does."""
    return random.Random(4).randbytes(count).translate(bytes(97 + code % 26 for code in range(256))).decode()


def _number_format(number: int, code: str) -> str:
    return f'<numFmt numFmtId="{number}" formatCode="{code}"/>'


def _long_format(number: int) -> str:
    return _number_format(164 + number, f'{"0!.," * 60}"{number}"'.replace('"', "&quot;"))


def _styled(formats: str, styles: str) -> bytes:
    """A good filing whose date and whose amount have a format by these styles."""
    part = f'{_DECLARED}<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs>{_XF}{_DAY}{styles}</cellXfs></styleSheet>'
    with zipfile.ZipFile(BytesIO(good())) as source:
        sheet = source.read(SHEET).replace(b'<c r="D2">', b'<c r="D2" s="3">')
    return packed({STYLES: part.encode(), SHEET: sheet})


_XF, _DAY = '<xf numFmtId="164"/>', '<xf numFmtId="14"/>'
_MILLION_FORMAT = _number_format(164, '0"百万元"'.replace('"', "&quot;"))
_LARGE = number(0, 0, 1.0) + number(65_000, 70, 1.0)
_MANY_XLS = [(f"表{place}", _LARGE) for place in range(40)]
_REACH = record(0x0200, struct.pack("<IIHHH", 0, 4_000_000_000, 0, 65_535, 0))
_BACKWARDS = record(0x0200, struct.pack("<IIHHH", 60_000, 5, 0, 256, 0))
_FAR_XLS = [number(0, 0, 1.0), number(65535, 255, 1.0)]
_MERGES = "".join(f'<mergeCell ref="X{row}:Y{row}"/>' for row in range(2, 40_002))
_LARGE_ODS = '<table:table-row table:number-rows-repeated="3000000"><table:table-cell office:value="1"/></table:table-row>'
_ODS_CELL = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'

REFUSED: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "blanks.xlsx": ("workbook-too-large", lambda: with_sheet(" " * 20_000_000)),
    "cells.xlsx": (
        "sheet-too-large",
        lambda: with_sheet(
            "".join(f'<row r="{r}"><c r="XFD{r}"><v>{r}</v></c></row>' for r in range(1, 400))
        ),
    ),
    "far.xlsx": ("sheet-too-large", lambda: with_sheet(cell("A1") + cell("XFD1048576"))),
    "stray.xlsx": ("sheet-too-large", lambda: with_sheet(cell("A1") + cell("J1048576"))),
    "text.xlsx": ("workbook-too-large", _long_text_used_often),
    "laughs.xlsx": ("file-unreadable", _laughs),
    "entity-file.xlsx": ("file-unreadable", lambda: _secret_of("file:///etc/passwd")),
    "entity-http.xlsx": ("file-unreadable", lambda: _secret_of("http://127.0.0.1:9/x")),
    "nested.xlsx": ("header-row-not-found", lambda: with_sheet("<a>" * 120_000 + "</a>" * 120_000)),
    "unclosed.xlsx": ("file-unreadable", lambda: packed({SHEET: _cut_off()})),
    "errors.xlsx": ("sheet-of-faults", _errors_everywhere),
    "twice.xlsx": ("file-unreadable", lambda: _twice(SHEET)),
    "twice-in-capitals.xlsx": ("file-unreadable", lambda: _twice(SHEET.replace("xml", "XML"))),
    "escaping.xlsx": ("file-unreadable", lambda: packed({"../../etc/cron.d/x": b"x"})),
    "absolute.xlsx": ("file-unreadable", lambda: packed({"/etc/x": b"x"})),
    "backslashes.xlsx": ("file-unreadable", lambda: packed({"..\\..\\x": b"x"})),
    "checksum.xlsx": ("file-unreadable", _wrong_checksum),
    "truncated.xlsx": ("file-unreadable", lambda: good()[:-300]),
    "halved.xlsx": ("file-unreadable", lambda: good()[: len(good()) // 2]),
    "directory.xlsx": ("workbook-too-large", lambda: _directory_of(300_000)),
    "zip-in-zip.xlsx": ("format-unknown", _zip_in_zip),
    "random.xlsx": ("format-unknown", lambda: random.Random(1).randbytes(100_000)),
    "random-zip.xlsx": ("file-unreadable", lambda: b"PK\3\4" + random.Random(2).randbytes(100_000)),
    "random-compound.xls": (
        "file-unreadable",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(3).randbytes(100_000),
    ),
    "csv.xlsx": ("format-unknown", lambda: "担保编号,担保人代码\n1,A\n".encode()),
    "html.xls": ("format-unknown", lambda: "<html><table><tr><td>担保编号</td></tr></table></html>".encode()),
    "empty.xlsx": ("format-unknown", lambda: b""),
    "far.xls": ("sheet-too-large", lambda: xls("担保台账", _FAR_XLS)),
    "text.xls": ("workbook-too-large", _text_of_an_xls_used_often),
    "sheets.xls": ("workbook-too-large", lambda: xls_of(_MANY_XLS)),
    "one-place.xls": (
        "file-unreadable",
        lambda: xls_of(_MANY_XLS, move=lambda places: [places[0] for _ in places]),
    ),
    "behind-its-beginning.xls": (
        "file-unreadable",
        lambda: xls_of([("担保台账", b"".join(_FAR_XLS))], move=lambda places: [places[0] + 20]),
    ),
    "reach.xls": ("file-unreadable", lambda: xls("担保台账", [_REACH, number(0, 0, 1.0)])),
    "backwards.xls": ("file-unreadable", lambda: xls("担保台账", [_BACKWARDS, number(0, 0, 1.0)])),
    "text.xlsb": ("workbook-too-large", _text_of_an_xlsb_used_often),
    "rows.ods": (
        "sheet-too-large",
        lambda: ods(
            f'<table:table-row table:number-rows-repeated="4000000000">{_ODS_CELL}</table:table-row>'
        ),
    ),
    "sheets.ods": (
        "workbook-too-large",
        lambda: ods(f'{_LARGE_ODS}</table:table><table:table table:name="x">{_LARGE_ODS}'),
    ),
    "styles.xlsx": ("workbook-too-large", lambda: _styled(_MILLION_FORMAT, _XF * 5_000_000)),
    "styles-large.xlsx": (
        "workbook-too-large",
        lambda: _styled(_MILLION_FORMAT, f"<!--{_letters(40_000_000)}-->"),
    ),
    "attributes.ods": ("workbook-too-large", _attribute_repeated),
    "nested.ods": ("file-unreadable", lambda: ods("<text:p>" * 100_000)),
}
"""What is refused: the code, and how it is made."""

READ: Mapping[str, Callable[[], bytes]] = {
    "merges.xlsx": lambda: _merged(_MERGES),
    "one-merge.xlsx": lambda: _merged('<mergeCell ref="A1:XFD1048576"/>'),
    "dimension.xlsx": lambda: _edited(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>'),
    "formatted.xlsx": lambda: _edited(b"</sheetData>", _blank_rows()),
    "formats.xlsx": lambda: _styled("".join(map(_long_format, range(3_000))), _XF * 10),
    "long-format.xlsx": lambda: _styled(_number_format(164, "0" + _letters(10_000_000)), _XF * 10),
    "named.xls": good,
    "named.et": good,
    "named.json": good,
}
"""What is odd but harmless, and read."""


def _edited(old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(good())) as source:
        return packed({SHEET: source.read(SHEET).replace(old, new)})


def _merged(merges: str) -> bytes:
    return _edited(b"</sheetData>", f"</sheetData><mergeCells>{merges}</mergeCells>".encode())


def _blank_rows() -> bytes:
    rows = (f'<row r="{row}"><c r="A{row}" s="0"/></row>' for row in range(10, 100_010))
    return "".join(rows).encode() + b"</sheetData>"

"""Workbooks with everything that offices put into them, and entries for cells of them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from soe_compliance.domain.text import Language, Text
from soe_compliance.filings.cell_places import cell_name
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.package import Package
from soe_compliance.report.annotated.notes import Entry, Named, Spot
from soe_compliance.report.annotated.styles import Look, Mark, StyleSheet
from soe_compliance.report.annotated.workbook_edit import edited

Cells = Mapping[str, Sequence[tuple[int, int]]]

FIRST, SECOND, HIDDEN = "担保台账", "A&B <'x'>", "藏"
TITLE = "审核结果"
OWN_COMMENTS = {(2, 1): "原有批注", (4, 4): "另一条"}


def picture() -> bytes:
    """A PNG of one red point."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">2L5B", 1, 1, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b"")


def rich_book(*, macros: bool = False) -> bytes:
    """Two sheets and a hidden one, with pictures, charts, rules, formulas, names and comments of their own."""
    target = io.BytesIO()
    book: Any = xlsxwriter.Workbook(target, {"in_memory": True})
    filled = book.add_format({"bg_color": "#FFFF00", "num_format": "0.00%", "border": 1})
    wide = book.add_format({"bg_color": "#CCFFCC"})
    sheet = book.add_worksheet(FIRST)
    sheet.set_column(6, 7, 30, wide)
    sheet.set_row(9, 40, filled)
    for row in range(6):
        for column in range(5):
            sheet.write_number(row, column, row * 5 + column, filled if row == 3 else None)
    sheet.write_string("H2", "共享文字")
    sheet.write_formula("H3", "=SUM(A1:A6)", filled, 75)
    sheet.merge_range("J2:K4", "合并")
    sheet.data_validation("C1:C20", {"validate": "list", "source": ["是", "否"]})
    sheet.conditional_format("A1:A9", {"type": "data_bar", "data_bar_2010": True})
    sheet.add_sparkline("L1", {"range": f"{FIRST}!A1:E1"})
    sheet.insert_image("N1", "x.png", {"image_data": io.BytesIO(picture())})
    sheet.write_url("M5", f"internal:'{FIRST}'!A1", string="跳转")
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": f"={FIRST}!$A$1:$A$6"})
    sheet.insert_chart("N5", chart)
    for (row, column), text in OWN_COMMENTS.items():
        sheet.write_comment(row, column, text, {"author": "填表人"})
    sheet.print_area("A1:H20")
    sheet.repeat_rows(0)
    second = book.add_worksheet(SECOND)
    second.add_table("B2:D5", {"columns": [{"header": name} for name in ("甲", "乙", "丙")]})
    second.set_header("&L&G", {"image_left": "x.png", "image_data_left": io.BytesIO(picture())})
    second.print_area("A1:C3")
    second.activate()
    second.insert_button("F2", {"caption": "按钮"}) if macros else None
    book.add_worksheet(HIDDEN).hide()
    book.define_name("全局", f"={FIRST}!$A$1")
    book.define_name(f"{FIRST}!局部", f"={FIRST}!$A$2")
    book.close()
    return target.getvalue()


def entry(number: int, cells: Cells, mark: Mark = Mark.BREACH, message: str = "超过限额") -> Entry:
    """An entry that names these cells."""
    named = [
        Named(f"{sheet}!{cell_name(*cell)}", Spot(sheet, *cell), "担保余额", "=1+1")
        for sheet, found in cells.items()
        for cell in found
    ]
    return Entry(
        number, mark, "违反", "强制", "GUA105", "单户上限", "第十三条", message, "请核减", tuple(named)
    )


def annotate(data: bytes, *entries: Entry, language: Language = "zh") -> bytes:
    """The workbook with these entries, and a bare first sheet."""

    def list_sheet(styles: StyleSheet, namespace: str, notices: Sequence[Text]) -> bytes:
        style = styles.look(Look.TEXT)
        said = "".join(notice.zh for notice in notices)
        return (
            f'<worksheet xmlns="{namespace}"><sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>'
            f'<sheetData><row r="1"><c r="A1" s="{style}" t="inlineStr"><is><t>清单{said}</t></is></c></row></sheetData>'
            "</worksheet>"
        ).encode()

    return edited(data, Package(data, Limits()), entries, TITLE, list_sheet, language).content


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(data: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """The workbook with other members; None takes one out."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**members(data), **changes}.items():
            if content is not None:
                archive.writestr(zipfile.ZipInfo(name, (2020, 1, 2, 3, 4, 6)), content)
    return target.getvalue()

"""What all workbooks share: how they are made and printed, how their cells look, how wide a text is."""

from datetime import datetime
from typing import IO, Any

from msgspec import Struct

from soe_compliance.domain.patterns import pattern
from soe_compliance.domain.text import Language, Text

TEXT, DAY = "@", "yyyy-mm-dd"
"""Number formats: a text as it stands, a date."""

CELL: dict[str, object] = {
    "font_name": "宋体",
    "font_size": 10,
    "border": 1,
    "border_color": "#BFBFBF",
    "text_wrap": True,
}
HEADING: dict[str, object] = {
    "bold": True,
    "bg_color": "#D9E1F2",
    "align": "center",
    "valign": "vcenter",
    "num_format": TEXT,
}
LINE_HEIGHT = 13.5
"""The height of a line of a cell, in points."""

A3, A4 = 8, 9
"""Sizes of paper, as workbooks number them."""

_PAGES = Text("第 &P 页，共 &N 页", "page &P of &N")
_WIDE = pattern(
    "[\u00b7\u1100-\u115f\u2014\u2018-\u201d\u2026\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff"
    "\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003fffd]"
)


def new_workbook(target: IO[bytes], title: str, created: datetime, rows_in: str | None = None) -> Any:
    """A workbook in which a text stays a text; the same content and time of making give the same bytes.

    Args:
        rows_in: a folder that takes the rows as they come, one after the other; else they are held in memory.
    """
    from xlsxwriter import Workbook

    options = {
        "in_memory": rows_in is None,
        "constant_memory": rows_in is not None,
        "tmpdir": rows_in,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": DAY,
    }
    book = Workbook(target, options)
    book.set_properties({"title": title, "created": created.replace(tzinfo=None)})
    return book


class Page(Struct, frozen=True):
    """How a sheet is printed.

    Attributes:
        columns: how many of its columns, from the first; None is all. The others stay on the screen.
        scale: in percent; None is shrunk to the width of a page, for which programs leave page breaks unheeded.
    """

    paper: int = A4
    landscape: bool = True
    columns: int | None = None
    scale: int | None = None


LANDSCAPE = Page()


def set_page(sheet: Any, footer: str, language: Language, page: Page = LANDSCAPE) -> None:
    """Paper and margins, and a foot: `footer` at the left, the page, the sheet's name; `footer` at the head where the
    page is too narrow for them all.
    """
    sheet.set_paper(page.paper)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    if page.scale is None:
        sheet.fit_to_pages(1, 0)
    else:
        sheet.set_print_scale(page.scale)
    pages = f"&C&8{_PAGES.in_(language)}&R&8&A"
    if page.landscape:
        sheet.set_landscape()
        done(sheet.set_footer(f"&L&8{footer}{pages}"))
    else:
        done(sheet.set_header(f"&L&8{footer}", {"margin": 0.25}))
        done(sheet.set_footer(pages))


def printed_width(text: str) -> int:
    """The width in characters of a font in which Chinese characters, and marks among them, take two."""
    return len(text) if text.isascii() else len(_WIDE.sub("  ", text))


def done(code: Any) -> None:
    """Check what the writer returns: it drops what does not fit without a word.

    Raises:
        RuntimeError: something was not written.
    """
    if code not in (0, None):
        raise RuntimeError(f"the workbook's writer refused a cell: {code}")

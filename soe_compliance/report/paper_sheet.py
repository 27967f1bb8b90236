"""The sheet of working papers: each on a page of its own, to be signed and filed by itself."""

from collections.abc import Iterable
from typing import Any

from soe_compliance.domain.patterns import pattern
from soe_compliance.domain.text import Text
from soe_compliance.report.book import LINE_HEIGHT, Page, done, printed_width
from soe_compliance.report.papers import Line, Paper
from soe_compliance.report.sheets import HIGHEST, Book

_WIDTHS = (12, 32, 14, 28)
"""In characters; at this scale they fit an upright A4 page, whatever font stands in for the one that is named."""
_SCALE = 82
_LAST = len(_WIDTHS) - 1
_TITLE = Text("监管合规检查工作底稿", "Working papers of the compliance check")
_FIRST_ROW = 2
_WORD = pattern(r"[!-~]+")
_TITLE_HEIGHT, _NOTE_HEIGHT, _SIGNED_HEIGHT = 28.0, 32.0, 26.0


def add_paper_sheet(book: Book, title: str, note: str, papers: Iterable[Paper]) -> None:
    """Write the papers on a sheet.

    Args:
        note: what stands under the title.
    """
    sheet = book.new_sheet(title, Page(landscape=False, scale=_SCALE))
    for place, width in enumerate(_WIDTHS):
        done(sheet.set_column(place, place, width))
    sheet.center_horizontally()
    for row, text, look, height in (
        (0, _TITLE.in_(book.language), "title", _TITLE_HEIGHT),
        (1, note, "remark", _NOTE_HEIGHT),
    ):
        done(sheet.set_row(row, height))
        book.text(sheet, row, 0, text, look, _LAST)
    row, starts = _FIRST_ROW, list[int]()
    for paper in papers:
        starts.append(row)
        for place, line in enumerate(paper, row):
            _put(book, sheet, place, line)
        row += len(paper) + 1
    sheet.set_h_pagebreaks(starts[1:])


def _put(book: Book, sheet: Any, row: int, line: Line) -> None:
    """Write a line on a row, high enough for it."""
    ends = [*range(2, len(line.texts) + 1), _LAST + 1]
    spans = list(zip(range(1, len(line.texts) + 1), ends, strict=True))
    cells = [(line.label, 0, 1), *((text, *span) for text, span in zip(line.texts, spans, strict=True))]
    height = _SIGNED_HEIGHT if line.signed else _height(cells)
    done(sheet.set_row(row, height))
    for text, first, end in cells:
        is_label = first == 0 or line.heads or (line.labelled and first == _LAST - 1)
        book.text(sheet, row, first, text, "label" if is_label else "said", end - 1)


def _height(cells: Iterable[tuple[str, int, int]]) -> float:
    """As high as the text with the most lines; each with the first of its columns and the one after its last."""
    lines = max(_lines(text, sum(_WIDTHS[first:end]) - 2) for text, first, end in cells)
    return min(max(lines, 1) * LINE_HEIGHT + 4, HIGHEST)


def _lines(text: str, width: int) -> int:
    """The lines that a text takes; one more where a word longer than a line begins on a line of its own."""
    lines = -(-printed_width(text) // width)
    longest = max(map(len, _WORD.findall(text)), default=0)
    return lines + (longest > width)

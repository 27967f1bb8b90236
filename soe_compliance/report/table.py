"""The findings as CSV: the columns of 问题清单, safe to open in a spreadsheet program."""

from codecs import BOM_UTF8
from collections.abc import Iterator
from csv import writer
from datetime import date
from fractions import Fraction
from io import StringIO

from soe_compliance.domain.amounts import plain
from soe_compliance.domain.text import Language
from soe_compliance.report.cells import Cell, finding_columns, finding_rows
from soe_compliance.report.model import Report
from soe_compliance.report.safe import guarded, visible


def csv_report(report: Report, language: Language = "zh") -> Iterator[bytes]:
    """All findings of the report, a row each; UTF-8 with the mark that spreadsheet programs look for."""
    yield BOM_UTF8 + _line([column.header for column in finding_columns(language)])
    for row in finding_rows(report, language):
        yield _line([_written(cell) for cell in row])


def _line(cells: list[str]) -> bytes:
    text = StringIO()
    writer(text).writerow(cells)
    return text.getvalue().encode()


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Fraction():
            return plain(cell)
        case date():
            return cell.isoformat()
        case int():
            return str(cell)
        case str():
            return guarded(visible(cell))

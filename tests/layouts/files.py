"""Laid-out sheets as the bytes of workbooks and as CSV folders."""

import csv
import io
import shutil
import subprocess
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from soe_compliance.filings.tables import TABLES
from tests.filings.filed import Percent
from tests.layouts.sheets import Sheet

SOFFICE = shutil.which("soffice")


def xlsx(sheets: Sequence[Sheet], *, from_1904: bool = False) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "date_1904": from_1904})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    percent = book.add_format({"num_format": "0.00%"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        for merge in sheet.merged:
            page.merge_range(*merge, "")
        for number, row in enumerate(sheet.rows):
            for column, cell in enumerate(row):
                if cell is None or cell == "":
                    continue
                if isinstance(cell, bool):
                    page.write_boolean(number, column, cell)
                elif isinstance(cell, Percent):
                    page.write_number(number, column, cell, percent)
                elif isinstance(cell, (date, datetime)):
                    page.write_datetime(number, column, cell, day)
                elif isinstance(cell, (int, float)):
                    page.write_number(number, column, cell)
                else:
                    page.write_string(number, column, str(cell))
        for number in sheet.hidden_rows:
            page.set_row(number, None, None, {"hidden": True})
        for column in sheet.hidden_columns:
            page.set_column(column, column, None, None, {"hidden": True})
    book.close()
    return target.getvalue()


def csv_folder(folder: Path, sheets: Sequence[Sheet], encoding: str, *, keys: bool) -> None:
    """A file a sheet, named by the keys of the tables or by their titles; the sheets have the titles of the forms."""
    by_title = {form.title: form.key for form in TABLES.values()}
    folder.mkdir()
    for sheet in sheets:
        text = io.StringIO(newline="")
        width = max(map(len, sheet.rows), default=0)
        for row in sheet.rows:
            csv.writer(text).writerow([*map(_text, row), *[""] * (width - len(row))])
        name = by_title[sheet.name] if keys else sheet.name
        (folder / f"{name}.csv").write_bytes(text.getvalue().encode(encoding))


def _text(cell: object) -> str:
    if isinstance(cell, float):
        number = Decimal(format(cell, ".15g"))
        return f"{number * 100:f}%" if isinstance(cell, Percent) else f"{number:f}"
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return "" if cell is None else str(cell)


def converted(source: Path, ending: str) -> bytes:
    """A workbook as LibreOffice saves it in another format."""
    assert SOFFICE is not None
    folder = source.parent
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", ending, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return source.with_suffix(f".{ending}").read_bytes()

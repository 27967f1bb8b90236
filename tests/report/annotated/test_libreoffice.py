"""An annotated workbook as another program opens it; skipped where LibreOffice is missing."""

import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from tests.report.annotated.books import (
    FIRST,
    HIDDEN,
    OWN_COMMENTS,
    SECOND,
    TITLE,
    annotate,
    entry,
    rich_book,
)

SOFFICE = shutil.which("soffice")

pytestmark = [
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed"),
    pytest.mark.filterwarnings("ignore::UserWarning:openpyxl.*"),
]


def test_it_opens_with_its_comments_and_names(tmp_path: Path) -> None:
    assert SOFFICE is not None
    source = tmp_path / "in" / "book.xlsx"
    source.parent.mkdir()
    source.write_bytes(
        annotate(rich_book(), entry(1, {FIRST: [(0, 0), (2, 1)], SECOND: [(3, 2)], HIDDEN: [(4, 4)]}))
    )
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "book.xlsx").read_bytes()))
    assert book.sheetnames == [TITLE, FIRST, SECOND, HIDDEN]
    found = {
        (sheet.title, cell.coordinate)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    assert found == {(FIRST, "A1"), (FIRST, "B3"), (FIRST, "E5"), (SECOND, "C4"), (HIDDEN, "E5")}
    assert OWN_COMMENTS[4, 4] in book[FIRST]["E5"].comment.text
    assert book[FIRST].print_area.endswith("$A$1:$H$20")
    assert book[HIDDEN].sheet_state == "hidden"

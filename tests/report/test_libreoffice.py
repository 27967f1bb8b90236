"""The violation workbook as another program opens and prints it; skipped where LibreOffice is missing."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from soe_compliance.report.cells import LISTED
from soe_compliance.report.workbook import SHEETS, workbook
from tests.report import reports

SOFFICE = shutil.which("soffice")

pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


COMMAS_IN_UTF8 = "csv:Text - txt - csv (StarCalc):44,34,76"


def converted(folder: Path, target: str) -> bytes:
    assert SOFFICE is not None
    source = folder / "report.xlsx"
    source.write_bytes(b"".join(workbook(reports.full_report())))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", target, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / f"report.{target.partition(':')[0]}").read_bytes()


def test_every_sheet_is_one_page_wide_and_each_paper_has_its_own(tmp_path: Path) -> None:
    pdf = converted(tmp_path, "pdf")
    assert pdf.startswith(b"%PDF")
    papers = sum(finding.outcome in LISTED for finding in reports.full_report().findings)
    tables = len(SHEETS) - 1
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == tables + papers


def test_its_first_sheet_reads_back_as_it_was_written(tmp_path: Path) -> None:
    text = converted(tmp_path, COMMAS_IN_UTF8).decode("utf-8")
    assert "兴安盟投资集团有限公司" in text

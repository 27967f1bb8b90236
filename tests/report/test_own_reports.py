"""Workbooks of reports are known by their sheets."""

import pytest

from soe_compliance.filings.own_reports import are_of_report
from soe_compliance.report.workbook import SHEETS


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sheets_of_a_report_are_known(language: str) -> None:
    sheets = [getattr(title, language) for title in SHEETS.values()]
    assert are_of_report(sheets)
    assert are_of_report([*sheets, "问题清单 (2)"])
    assert not are_of_report(sheets[2:])
    assert not are_of_report([])

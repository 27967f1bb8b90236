"""How far the sheets of an .ods reach, and what they hide."""

from soe_compliance.filings.extents import (
    FactsOfSheet,
    facts_of,
    refuse_cells,
    refuse_large,
    refuse_texts,
    refuse_two_readings,
)
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.ods_cells import OdsSheet, sheets_growing
from soe_compliance.filings.package import Package, PackageKind
from soe_compliance.filings.two_readings import ods_has_two_readings


def inspected_ods(package: Package, limits: Limits) -> FactsOfSheet:
    """Refuse a workbook with a cell too far out, texts used too often or cells of two readings; say what its sheets hide.

    Raises:
        ReadingError: one of them.
    """
    content = package.members[PackageKind.ODS.value]
    if ods_has_two_readings(content):
        refuse_two_readings()
    sheets: dict[str, OdsSheet] = {}
    for sheet in sheets_growing(content, limits.sheet_cells):
        refuse_large(sheet.name, sheet.rows, sheet.columns, limits)
        refuse_large(sheet.name, 1, sheet.unfolded, limits)
        refuse_cells(sheet.before + sheet.rows * sheet.columns, limits, sheet.name)
        refuse_texts(sheet.text, limits, sheet.name)
        sheets.setdefault(sheet.name, sheet)
    return facts_of({name: sheet.facts for name, sheet in sheets.items()}, limits)

"""How far a workbook reaches, and what it hides: looked at before it is read, by what knows its format.

What knows a format is imported when it is asked for: most checks meet a single one.
"""

from soe_compliance.filings.extents import FactsOfSheet
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.package import Package, PackageKind


def inspected(data: bytes, package: Package | None, limits: Limits) -> FactsOfSheet:
    """Refuse a workbook with a cell too far out, or texts used too often; say what its sheets hide.

    Args:
        data: the bytes of the workbook.
        package: what they pack; None for an .xls.
        limits: how far it may reach.

    Raises:
        ReadingError: it goes beyond a limit, or is encrypted or damaged.
    """
    if package is None:
        from soe_compliance.filings.xls_extents import inspected_xls

        return inspected_xls(data, limits)
    if package.kind is PackageKind.XLSB:
        from soe_compliance.filings.xlsb_extents import inspected_xlsb

        return inspected_xlsb(package, limits)
    if package.kind is PackageKind.ODS:
        from soe_compliance.filings.ods_extents import inspected_ods

        return inspected_ods(package, limits)
    from soe_compliance.filings.xlsx_extents import inspected_xlsx

    return inspected_xlsx(package, limits)

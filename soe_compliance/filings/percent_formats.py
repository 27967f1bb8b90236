"""Which cells of an .xlsx workbook have a percent number format: there a number is a share, however it is shown."""

from collections.abc import Collection, Set
from functools import lru_cache
from xml.etree import ElementTree

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.package import Package
from soe_compliance.filings.sheet_xml import local_name, sheet_parts, styles_in, whole

_STYLES = "xl/styles.xml"
_BUILT_IN = frozenset({9, 10})
"""0% and 0.00%."""

_NOT_SHOWN_AS_SIGN = pattern(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


def percent_cells(package: Package, sheet: str, columns: Collection[int]) -> set[tuple[int, int]]:
    """Row and column, counted from 0, of the cells in these columns that have a percent format."""
    part = package.members.get(sheet_parts(package).get(sheet, ""))
    styles = _percent_styles(package.members.get(_STYLES, b""))
    if part is None or not styles or not columns:
        return set()
    return {(row, column) for row, column, style in styles_in(part, columns) if style in styles}


@lru_cache(maxsize=16)
def _percent_styles(styles: bytes) -> Set[int]:
    """The numbers of the cell styles whose number format shows a percent sign."""
    if not styles:
        return set()
    root = ElementTree.fromstring(styles)
    formats = dict.fromkeys(_BUILT_IN, True)
    for element in root.iter():
        if local_name(element.tag) == "numFmt":
            formats[whole(element.get("numFmtId"), -1)] = shows_percent(element.get("formatCode", ""))
    cell_styles = next((element for element in root if local_name(element.tag) == "cellXfs"), ())
    return {place for place, style in enumerate(cell_styles) if formats.get(whole(style.get("numFmtId"), 0))}


def shows_percent(code: str) -> bool:
    """Whether a number format shows a percent sign of its own, not one in quotes."""
    return "%" in _NOT_SHOWN_AS_SIGN.sub("", code)

"""Tags of a template that nobody filled in, such as ${a.orgname}."""

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.package import Package, PackageKind

_TAG = pattern(r"\$\{|\{\{|\{%|<%|</?jx:")
_TAGS_IN_XML = (b"{", b"&lt;%", b"jx:")
_SHARED_TEXTS, _SHEETS = "xl/sharedstrings.xml", "xl/worksheets/"


def is_tag(cell: object) -> bool:
    return type(cell) is str and bool(_TAG.search(cell))


def may_hold_tags(package: Package | None) -> bool:
    """Whether a workbook may hold tags; only one whose texts can be searched is certain not to."""
    if package is None or package.kind is not PackageKind.XLSX:
        return True
    shared = package.members.get(_SHARED_TEXTS)
    sheets = (data for name, data in package.members.items() if name.startswith(_SHEETS))
    texts = [shared] if shared else sheets
    return any(tag in data for data in texts for tag in _TAGS_IN_XML)

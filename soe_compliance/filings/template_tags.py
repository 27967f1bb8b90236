"""Tags of a template that nobody filled in, such as ${a.orgname}."""

import re

from soe_compliance.filings.package import Package, PackageKind

_TAG = re.compile(r"\$\{|\{\{|\{%|<%|</?jx:")
_TAG_IN_XML = re.compile(rb"\$\{|\{\{|\{%|&lt;%|&lt;/?jx:")
_TEXTS = ("xl/sharedstrings.xml", "xl/worksheets/")


def is_tag(cell: object) -> bool:
    return type(cell) is str and bool(_TAG.search(cell))


def may_hold_tags(package: Package | None) -> bool:
    """Whether a workbook may hold tags; only one whose texts can be searched is certain not to."""
    if package is None or package.kind is not PackageKind.XLSX:
        return True
    return any(_TAG_IN_XML.search(data) for name, data in package.members.items() if name.startswith(_TEXTS))

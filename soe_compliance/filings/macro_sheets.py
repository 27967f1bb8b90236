"""Excel 4.0 macro sheets of a packed workbook: nothing of the forms is in them, and the reader refuses the workbook.

So the reader is handed the workbook without them. Their macros are not looked at, let alone run.
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from xml.etree import ElementTree

from soe_compliance.domain.patterns import pattern
from soe_compliance.domain.text import Text
from soe_compliance.filings.package import Package, PackageKind
from soe_compliance.filings.problems import problem
from soe_compliance.filings.raw import ReadingError
from soe_compliance.filings.sheet_xml import relations_of_sheets

_MACRO = b"acrosheet"
"""In the relation's type, xlMacrosheet or xlIntlMacrosheet, and in its target, macrosheets/sheet1.xml."""

_SHEET_ELEMENT = pattern(
    rb"""<((?:\w+:)?sheet)\b(?:[^<>"'/]|/(?!>)|"[^"<]*"|'[^'<]*')*+(?:/>|>\s*</\1\s*>)"""
)
_NONE: Mapping[str, str] = MappingProxyType({})


def macro_sheets(package: Package) -> Mapping[str, str]:
    """The names of the macro sheets, by the relation through which the workbook finds each."""
    if package.kind is PackageKind.ODS:
        return _NONE
    folder, _, name = package.kind.value.rpartition("/")
    relations = package.members.get(f"{folder}/_rels/{name}.rels", b"")
    if _MACRO not in relations:
        return _NONE
    macros = {
        element.get("Id", "")
        for element in ElementTree.fromstring(relations)
        if _MACRO.decode() in element.get("Type", "") + element.get("Target", "")
    }
    return {relation: name for name, relation in _sheets(package) if relation in macros}


def readable_without(package: Package, macros: Mapping[str, str]) -> bytes:
    """The workbook for what reads its cells, without these sheets.

    Raises:
        ReadingError: its list of sheets is not written so that they can be told apart.
    """
    if not macros:
        return package.readable()
    main = package.members[package.kind.value]
    if package.kind is PackageKind.XLSB:
        from soe_compliance.filings.xlsb_records import without_sheets

        return package.readable({package.kind.value: without_sheets(main, macros)})
    return package.readable({package.kind.value: _without_elements(main, macros)})


def _sheets(package: Package) -> Collection[tuple[str, str]]:
    main = package.members[package.kind.value]
    if package.kind is PackageKind.XLSB:
        from soe_compliance.filings.xlsb_records import sheet_relations

        return sheet_relations(main).items()
    return relations_of_sheets(main)


def _without_elements(workbook: bytes, macros: Mapping[str, str]) -> bytes:
    """The main part without the elements that list these sheets, and all else as it is written."""
    found = list(_SHEET_ELEMENT.finditer(workbook))
    listed = relations_of_sheets(workbook)
    if len(found) != len(listed):
        name = next(iter(macros.values()))
        why = Text(
            f"含有Excel 4.0宏表“{name}”，须先删除",
            f"it holds an Excel 4.0 macro sheet, “{name}”: delete it first",
        )
        raise ReadingError(problem("file-unreadable", why=why))
    parts, end = [], 0
    for element, (_, relation) in zip(found, listed, strict=True):
        if relation in macros:
            parts.append(workbook[end : element.start()])
            end = element.end()
    return b"".join([*parts, workbook[end:]])

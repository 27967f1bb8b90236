"""How far the sheets of an .xlsb reach, and what they hide."""

from soe_compliance.filings.extents import FactsOfSheet, facts_of, refuse_large, refuse_texts, used_size
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.package import Package, PackageKind
from soe_compliance.filings.xlsb_records import sheet_of, sheet_relations, text_lengths

_SHEETS = ("xl/worksheets/", "xl/chartsheets/", "xl/dialogsheets/")


def inspected_xlsb(package: Package, limits: Limits) -> FactsOfSheet:
    """Refuse a workbook with a cell too far out, or texts used too often; say what its sheets hide.

    Raises:
        ReadingError: one of them.
    """
    lengths = text_lengths(package.members.get("xl/sharedstrings.bin", b""))
    relations = sheet_relations(package.members[PackageKind.XLSB.value])
    targets = package.relations(PackageKind.XLSB)
    titles = {targets[relation]: name for name, relation in relations.items() if relation in targets}
    text, facts = 0, {}
    for part, data in package.members.items():
        if part in titles or (part.startswith(_SHEETS) and not part.endswith(".rels")):
            sheet = sheet_of(data, limits.faults)
            name = titles.get(part, part.rpartition("/")[2])
            refuse_large(name, sheet.rows, sheet.columns, limits)
            text += used_size(lengths, iter(sheet.texts))
            refuse_texts(text, limits, name)
            facts[name] = sheet.facts
    return facts_of(facts, limits)

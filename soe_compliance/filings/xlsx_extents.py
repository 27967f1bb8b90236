"""How far the sheets of an .xlsx reach, and what they hide."""

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from xml.etree import ElementTree

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.extents import (
    FactsOfSheet,
    refuse_large,
    refuse_texts,
    refuse_two_readings,
    used_size,
    without_many_faults,
)
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.package import Package
from soe_compliance.filings.sheet_facts import NOTHING_HIDDEN, SheetFacts
from soe_compliance.filings.sheet_xml import extent, facts_in, is_usual, sheet_parts
from soe_compliance.filings.two_readings import has_two_readings

_END_OF_TEXT = pattern(rb"</(?:\w+:)?si\s*>")
_TEXT_USED = pattern(
    rb"""\bt\s*=\s*["']s["'][^>]*>\s*(?:<(?!/?(?:[^<>/\s]+:)?c[\s/>])[^>]*>\s*)*?(\d{1,9})"""
)
"""The number of the text in a cell, found before the cell's end or the next: going further would take time with the square
of a sheet's size."""

_SHORTEST_CELL = 15
_ERROR = b't="e"'
_LARGE = 32 * 1024**2
_SHARED_TEXTS, _NO_TEXTS = "xl/sharedstrings.xml", b"<sst/>"
_ENDS = (b"sheet>", b"sst>")


def inspected_xlsx(package: Package, limits: Limits) -> FactsOfSheet:
    """Refuse a workbook with a cell too far out, texts used too often or cells of two readings; say what its sheets hide.

    Raises:
        ReadingError: one of them.
    """
    sheets = {name: data for name, data in package.members.items() if b"sheetData" in data}
    for data in (*sheets.values(), package.members.get(_SHARED_TEXTS, _NO_TEXTS)):
        if not data.rstrip().endswith(_ENDS):
            _parse_to_the_end(data)
    plain = package.plain_sheets
    usual = {name for name, sheet in sheets.items() if name in plain or is_usual(sheet)}
    as_usual = set()
    for name, sheet in sheets.items():
        if name not in plain and has_two_readings(sheet):
            refuse_two_readings(_titles(package).get(name, name))
        reach = extent(sheet, limits.sheet_cells, usual=name in usual)
        if reach.rows * reach.columns > limits.sheet_cells:
            refuse_large(_titles(package).get(name, name), reach.rows, reach.columns, limits)
        if reach.as_usual:
            as_usual.add(name)
    texts = package.members.get(_SHARED_TEXTS, b"")
    most_cells = sum(map(len, sheets.values())) // _SHORTEST_CELL
    if len(texts) * most_cells > limits.text_bytes:
        lengths = [len(text) for text in _END_OF_TEXT.split(texts)]
        if max(lengths) * most_cells > limits.text_bytes:
            _refuse_used(package, sheets, lengths, limits)

    def facts_of_part(part: str) -> SheetFacts:
        plainly = {"usual": part in usual, "plain": part in plain, "as_usual": part in as_usual}
        return facts_in(sheets[part], limits.faults, **plainly)

    # What is refused if it is read, and never used, need not stay in memory beside what its reader makes of it.
    let_go = {}
    for part, sheet in sheets.items():
        if len(sheet) >= _LARGE and sheet.count(_ERROR) > limits.faults:
            facts = facts_of_part(part)
            if len(facts.faults) > limits.faults:
                let_go[part] = facts
    for part in let_go:
        sheets[part] = b""
        package.let_go(part)
    parts = cache(lambda: sheet_parts(package))

    def facts_of(title: str) -> SheetFacts:
        part = parts().get(title, "")
        if part not in sheets:
            return NOTHING_HIDDEN
        return without_many_faults(title, let_go.get(part) or facts_of_part(part), limits)

    return facts_of


def _titles(package: Package) -> Mapping[str, str]:
    """The name of the sheet that each part holds."""
    return {part: title for title, part in sheet_parts(package).items()}


def _refuse_used(package: Package, sheets: Mapping[str, bytes], lengths: list[int], limits: Limits) -> None:
    """Refuse shared texts used too often, naming the sheet that goes beyond the limit."""
    titles = _titles(package)
    size = 0
    for name, sheet in sheets.items():
        size += used_size(lengths, (int(number) for number in _TEXT_USED.findall(sheet)))
        refuse_texts(size, limits, titles.get(name, name))


def _parse_to_the_end(part: bytes) -> None:
    """Refuse a part that breaks off: its reader would take what there is for the whole."""
    for _, element in ElementTree.iterparse(BytesIO(part)):
        element.clear()

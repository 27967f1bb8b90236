"""How much a workbook unfolds to when its cells are read, and what its sheets hide: looked at before it is read."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from io import BytesIO
from xml.etree import ElementTree

import numpy as np

from soe_compliance.domain.patterns import pattern
from soe_compliance.domain.text import Text
from soe_compliance.filings.cell_places import cell_name
from soe_compliance.filings.compound import CompoundFile, DamagedCompoundError
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.ods_cells import OdsSheet, sheets_growing
from soe_compliance.filings.package import DAMAGED, Package, PackageKind, refuse_size
from soe_compliance.filings.problems import problem
from soe_compliance.filings.raw import ReadingError
from soe_compliance.filings.sheet_facts import NOTHING_HIDDEN, SheetFacts
from soe_compliance.filings.sheet_xml import extent, facts_in, is_usual, sheet_parts
from soe_compliance.filings.xls_records import XlsBook, book_of
from soe_compliance.filings.xls_texts import LONGEST_TEXT, shared_sizes
from soe_compliance.filings.xlsb_records import sheet_of, sheet_relations, text_lengths

FactsOfSheet = Callable[[str], SheetFacts]
"""What is to be said of a sheet beside its values, by the sheet's name."""

_TEXTS = Text("单元格文字的总字节数", "bytes of text in its cells")
_CELLS = Text("各工作表行数乘列数之和", "cells of all sheets, rows times columns")
_END_OF_TEXT = pattern(rb"</(?:\w+:)?si\s*>")
_TEXT_USED = pattern(rb"""\bt\s*=\s*["']s["'][^>]*>\s*(?:<[^>]*>\s*)*?(\d{1,9})""")
_SHORTEST_CELL = 15
_ERROR = b't="e"'
_LARGE = 32 * 1024**2
_SHARED_TEXTS, _NO_TEXTS = "xl/sharedstrings.xml", b"<sst/>"
_ENDS = (b"sheet>", b"sst>")
_BINARY_SHEETS = ("xl/worksheets/", "xl/chartsheets/", "xl/dialogsheets/")
_ENCRYPTED_STREAM = "encryptedpackage"
_WORKBOOK_STREAMS = ("workbook", "book")


def inspected_package(package: Package, limits: Limits) -> FactsOfSheet:
    """Refuse a packed workbook with a cell too far out, or texts used too often; say what its sheets hide.

    Raises:
        ReadingError: one of them.
    """
    return {
        PackageKind.XLSX: _in_xlsx,
        PackageKind.XLSB: _in_xlsb,
        PackageKind.ODS: _in_ods,
    }[package.kind](package, limits)


def inspected_compound(data: bytes, limits: Limits) -> FactsOfSheet:
    """The same of an .xls.

    Raises:
        ReadingError: it is encrypted or damaged, or has a cell too far out.
    """
    try:
        compound = CompoundFile(data)
        stream = compound.stream(*_WORKBOOK_STREAMS)
        encrypted = compound.stream(_ENCRYPTED_STREAM) is not None
    except DamagedCompoundError:
        raise ReadingError(problem("file-unreadable", why=DAMAGED)) from None
    if encrypted:
        raise ReadingError(problem("file-encrypted"))
    if stream is None:
        raise ReadingError(problem("format-unknown"))
    book = book_of(stream)
    if book is None:
        raise ReadingError(problem("file-encrypted"))
    cells = 0
    for name, sheet in book.sheets.items():
        refuse_large(name, sheet.rows, sheet.columns, limits)
        cells += sheet.rows * sheet.columns
        _refuse_cells(cells, limits, name)
    _refuse_shared(book, limits)
    return _facts_of({name: sheet.facts for name, sheet in book.sheets.items()}, limits)


def _refuse_shared(book: XlsBook, limits: Limits) -> None:
    """Refuse shared texts used too often, naming the sheet that goes beyond the limit."""
    used = sum(len(sheet.texts) for sheet in book.sheets.values())
    if used * min(sum(map(len, book.shared)) * 2, LONGEST_TEXT) <= limits.text_bytes:
        return
    lengths, size = np.array([*shared_sizes(book.shared), LONGEST_TEXT], dtype=np.int64), 0
    for name, sheet in book.sheets.items():
        numbers = np.minimum(np.array(sheet.texts, dtype=np.int64), len(lengths) - 1)
        size += int(lengths[numbers].sum())
        _refuse_texts(size, limits, name)


def _refuse_cells(cells: int, limits: Limits, sheet: str) -> None:
    """Refuse a workbook that is read whole, with too many cells up to this sheet."""
    if cells > limits.sheet_cells:
        refuse_size(_upto(_CELLS, sheet), cells, limits.sheet_cells)


def _facts_of(facts: Mapping[str, SheetFacts], limits: Limits) -> FactsOfSheet:
    return lambda name: _without_many_faults(name, facts.get(name, NOTHING_HIDDEN), limits)


def _without_many_faults(sheet: str, facts: SheetFacts, limits: Limits) -> SheetFacts:
    """The facts of a sheet that is read, which is refused where they are too many; other sheets may have any number."""
    if len(facts.faults) > limits.faults:
        raise ReadingError(
            problem("sheet-of-faults", location=sheet, sheet=sheet, limit=f"{limits.faults:,}")
        )
    return facts


def refuse_large(sheet: str, rows: int, columns: int, limits: Limits) -> None:
    """Refuse a sheet of too many rows and columns, naming its last cell."""
    if rows * columns > limits.sheet_cells:
        raise ReadingError(
            problem(
                "sheet-too-large",
                location=sheet,
                sheet=sheet,
                cell=cell_name(rows - 1, columns - 1),
                rows=f"{rows:,}",
                columns=f"{columns:,}",
                limit=f"{limits.sheet_cells:,}",
            )
        )


def _refuse_texts(size: int, limits: Limits, sheet: str) -> None:
    if size > limits.text_bytes:
        refuse_size(_upto(_TEXTS, sheet), size, limits.text_bytes)


def _upto(what: Text, sheet: str) -> Text:
    """What there is too much of, and the sheet with which it is."""
    return Text(f"到工作表“{sheet}”为止，{what.zh}", f"up to sheet “{sheet}”, {what.en}")


def _in_xlsx(package: Package, limits: Limits) -> FactsOfSheet:
    sheets = {name: data for name, data in package.members.items() if b"sheetData" in data}
    for data in (*sheets.values(), package.members.get(_SHARED_TEXTS, _NO_TEXTS)):
        if not data.rstrip().endswith(_ENDS):
            _parse_to_the_end(data)
    plain = package.plain_sheets
    usual = {name for name, sheet in sheets.items() if is_usual(sheet, plain=name in plain)}
    as_usual = set()
    for name, sheet in sheets.items():
        reach = extent(sheet, limits.sheet_cells, usual=name in usual)
        if reach.rows * reach.columns > limits.sheet_cells:
            titles = {part: title for title, part in sheet_parts(package).items()}
            refuse_large(titles.get(name, name), reach.rows, reach.columns, limits)
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
        return _without_many_faults(title, let_go.get(part) or facts_of_part(part), limits)

    return facts_of


def _refuse_used(package: Package, sheets: Mapping[str, bytes], lengths: list[int], limits: Limits) -> None:
    """Refuse shared texts used too often, naming the sheet that goes beyond the limit."""
    titles = {part: title for title, part in sheet_parts(package).items()}
    size = 0
    for name, sheet in sheets.items():
        size += _used_size(lengths, (int(number) for number in _TEXT_USED.findall(sheet)))
        _refuse_texts(size, limits, titles.get(name, name))


def _parse_to_the_end(part: bytes) -> None:
    """Refuse a part that breaks off: its reader would take what there is for the whole."""
    for _, element in ElementTree.iterparse(BytesIO(part)):
        element.clear()


def _used_size(lengths: list[int], used: Iterator[int]) -> int:
    """The size of all texts, each counted as often as it is used."""
    numbers = np.fromiter((number for number in used if number < len(lengths)), dtype=np.int64)
    return int(np.array(lengths, dtype=np.int64)[numbers].sum())


def _in_xlsb(package: Package, limits: Limits) -> FactsOfSheet:
    lengths = text_lengths(package.members.get("xl/sharedstrings.bin", b""))
    relations = sheet_relations(package.members[PackageKind.XLSB.value])
    targets = package.relations(PackageKind.XLSB)
    titles = {targets[relation]: name for name, relation in relations.items() if relation in targets}
    text, facts = 0, {}
    for part, data in package.members.items():
        if part in titles or (part.startswith(_BINARY_SHEETS) and not part.endswith(".rels")):
            sheet = sheet_of(data, limits.faults)
            name = titles.get(part, part.rpartition("/")[2])
            refuse_large(name, sheet.rows, sheet.columns, limits)
            text += _used_size(lengths, iter(sheet.texts))
            _refuse_texts(text, limits, name)
            facts[name] = sheet.facts
    return _facts_of(facts, limits)


def _in_ods(package: Package, limits: Limits) -> FactsOfSheet:
    sheets: dict[str, OdsSheet] = {}
    for sheet in sheets_growing(package.members[PackageKind.ODS.value], limits.sheet_cells):
        refuse_large(sheet.name, sheet.rows, sheet.columns, limits)
        refuse_large(sheet.name, 1, sheet.unfolded, limits)
        _refuse_cells(sheet.before + sheet.rows * sheet.columns, limits, sheet.name)
        _refuse_texts(sheet.text, limits, sheet.name)
        sheets.setdefault(sheet.name, sheet)
    return _facts_of({name: sheet.facts for name, sheet in sheets.items()}, limits)

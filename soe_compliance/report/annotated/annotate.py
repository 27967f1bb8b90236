"""From a report on one filing and the file it was made of to the workbook with the findings on its cells."""

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.files import read_regular
from soe_compliance.domain.patterns import pattern
from soe_compliance.domain.text import Language, Text
from soe_compliance.filings.cell_places import column_number
from soe_compliance.filings.discover import FoundFile
from soe_compliance.filings.filing import Filing
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.package import Package, PackageKind
from soe_compliance.filings.reading import read_file
from soe_compliance.filings.sheet_xml import sheet_parts
from soe_compliance.filings.signatures import ZIP, is_workbook
from soe_compliance.report.annotated.first_sheet import first_sheet, sheet_title
from soe_compliance.report.annotated.notes import Locate, Spot, entries
from soe_compliance.report.annotated.styles import StyleSheet
from soe_compliance.report.annotated.values_copy import ValuesCopy, copy_of_filing, copy_of_workbook
from soe_compliance.report.annotated.workbook_edit import edited
from soe_compliance.report.model import Report

_TYPES = "[content_types].xml"
_MACROS = b"macroEnabled.main+xml"
_OF_COPIES = Limits(members=100_000, unpacked_bytes=1 << 40, ratio=1 << 20)
"""Those of a workbook that we made ourselves, of a file within the limits."""

_CELL = pattern(r"([A-Z]{1,3})([1-9]\d{0,6})")
_ROW = pattern(r"([1-9]\d{0,6}):[1-9]\d{0,6}")
_COPY = Text(
    "原文件（{name}）不是.xlsx，本文件是其数值的副本，不含公式、格式和图形；请在原文件中修改。",
    "The file filed ({name}) is no .xlsx: this is a copy of its values, without formulas, formats and pictures. "
    "Make corrections in the original.",
)
_UNCHANGED = Text(
    "工作簿其余内容未作改动，单元格底色未变。",
    "Nothing else of the workbook was changed, nor the colour of any cell.",
)
_CHANGED = Text("读取期间文件内容有变化", "the file changed while it was read")
_AGAIN = Text("请重新运行", "run it again")


class Annotated(Struct, frozen=True):
    """The workbook with the findings.

    Attributes:
        ending: that of its file's name: programs don't open a workbook with macros by another one.
        cells: how many cells are marked.
        entries: how many findings and problems it lists.
        is_copy: whether it is a copy of values, for the file is no .xlsx.
    """

    content: bytes
    ending: str
    cells: int
    entries: int
    is_copy: bool


class _Base(Struct, frozen=True):
    """The workbook to write on, how locations are found in it, and what is to be said of it."""

    data: bytes
    package: Package
    locate: Locate
    notice: Text
    is_copy: bool


def annotated(
    report: Report, file: FoundFile, language: Language = "zh", limits: Limits | None = None
) -> Annotated:
    """The workbook of a filing with the findings of its report on the cells.

    Args:
        report: on this file's one filing, which could be read.
        limits: those that the file was read within.

    Raises:
        UserError: the file changed since, or is written in a way in which nothing can be added.
    """
    base = _base(report, file, limits or Limits())
    listed = entries(report, base.locate, language)
    title = sheet_title(list(sheet_parts(base.package)), language)

    def list_sheet(styles: StyleSheet, namespace: str, more: Sequence[Text]) -> bytes:
        return first_sheet(report, listed, [base.notice, *more], styles, namespace, language)

    done = edited(base.data, base.package, listed, title, list_sheet, language)
    macros = _MACROS in base.package.members.get(_TYPES, b"")
    ending = ".xlsm" if macros else ".xlsx"
    return Annotated(done.content, ending, done.cells, len(listed), base.is_copy)


def _base(report: Report, file: FoundFile, limits: Limits) -> _Base:
    data = b""
    if os.path.isfile(file.path):
        data = read_regular(file.path, limits.file_bytes + 1)
        if f"sha256:{hashlib.sha256(data).hexdigest()}" != report.filings[0].digest:
            raise UserError(_CHANGED, place=file.source, remedy=_AGAIN)
    if not is_workbook(data):
        return _on_copy(copy_of_filing(_filing(report, file, limits), report.as_of), file)
    package = Package(data, limits) if data.startswith(ZIP) else None
    if package and package.kind is PackageKind.XLSX:
        titles = {name: name for name in sheet_parts(package)}
        return _Base(data, package, _finder(titles, {}), _UNCHANGED, is_copy=False)
    return _on_copy(copy_of_workbook(data, report.as_of), file)


def _filing(report: Report, file: FoundFile, limits: Limits) -> Filing:
    [filing] = read_file(file, limits)
    if not isinstance(filing, Filing) or filing.digest != report.filings[0].digest:
        raise UserError(_CHANGED, place=file.source, remedy=_AGAIN)
    return filing


def _on_copy(copy: ValuesCopy, file: FoundFile) -> _Base:
    name = os.path.basename(file.source.rstrip("/\\"))
    package = Package(copy.content, _OF_COPIES)
    locate = _finder(copy.titles, copy.places)
    return _Base(copy.content, package, locate, _COPY.format(name=name), is_copy=True)


def _finder(titles: Mapping[str, str], places: Mapping[str, Spot]) -> Callable[[str], Spot | None]:
    """Finds a location: a known place, a sheet, a cell of a sheet, or rows, whose first cell stands for them."""

    def locate(location: str) -> Spot | None:
        if location in places:
            return places[location]
        if location in titles:
            return Spot(titles[location], is_cell=False)
        sheet, _, place = location.rpartition("!")
        if sheet not in titles:
            return None
        if cell := _CELL.fullmatch(place):
            return Spot(titles[sheet], int(cell[2]) - 1, column_number(cell[1]))
        if row := _ROW.fullmatch(place):
            return Spot(titles[sheet], int(row[1]) - 1, 0)
        return None

    return locate

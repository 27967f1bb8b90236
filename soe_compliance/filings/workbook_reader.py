"""Workbooks (.xlsx .xlsm .xls .xlsb .ods .et): a sheet a table, told by its title."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

import python_calamine

from soe_compliance.domain.text import Text
from soe_compliance.filings.cell_faults import marked, settled
from soe_compliance.filings.cell_places import PairsLocator
from soe_compliance.filings.extents import FactsOfSheet, inspected_compound, inspected_package, refuse_large
from soe_compliance.filings.filing import RawTable
from soe_compliance.filings.guide import GUIDE_SHEET
from soe_compliance.filings.key_values import header_table
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.package import Package, PackageKind
from soe_compliance.filings.percent_formats import percent_cells
from soe_compliance.filings.problems import Problem, problem
from soe_compliance.filings.raw import RawFiling, ReadingError
from soe_compliance.filings.sheet_table import table_on_sheet
from soe_compliance.filings.tables import HEADER, TABLES, TableOfForms
from soe_compliance.filings.values import text_of

_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DAMAGED = Text("文件已损坏，或不是工作簿", "it is damaged, or no workbook")
_PANIC = "PanicException"
"""What the library raises on files that it did not foresee; it is no `Exception` and can't be imported."""

_VISIBLE = python_calamine.SheetVisibleEnum.Visible
_WORKSHEET = python_calamine.SheetTypeEnum.WorkSheet

_TITLES = {form.title: form for form in TABLES.values()}


def is_workbook(data: bytes) -> bool:
    """Whether these are the bytes of a workbook, whatever the file's name."""
    return data.startswith((_ZIP, _COMPOUND))


def raw_workbook(data: bytes, limits: Limits) -> RawFiling:
    """The tables of a workbook.

    Raises:
        ReadingError: it is damaged, encrypted, too large, or holds no table of the forms.
    """
    with _refusals():
        package = Package(data, limits) if data.startswith(_ZIP) else None
        facts = inspected_package(package, limits) if package else inspected_compound(data, limits)
        return _tables(data, _Found(package, facts), limits)


def first_sheet(data: bytes, limits: Limits) -> list[list[Any]]:
    """The cells of a workbook's first sheet, under the same guards.

    Raises:
        ReadingError: it is damaged, encrypted or too large.
    """
    with _refusals():
        if data.startswith(_ZIP):
            inspected_package(Package(data, limits), limits)
        else:
            inspected_compound(data, limits)
        with python_calamine.CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
            sheet = workbook.get_sheet_by_index(0)
            refuse_large(sheet.name, sheet.total_height, sheet.total_width, limits)
            return sheet.to_python(skip_empty_area=False)


@contextmanager
def _refusals() -> Iterator[None]:
    """What the libraries raise on files that are none, as a `ReadingError`."""
    try:
        yield
    except python_calamine.PasswordError:
        raise ReadingError(problem("file-encrypted")) from None
    except python_calamine.CalamineError as error:
        raise ReadingError(problem("file-unreadable", why=_reason(str(error)))) from None
    except ParseError:
        raise ReadingError(problem("file-unreadable", why=_DAMAGED)) from None
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise ReadingError(problem("file-unreadable", why=_DAMAGED)) from None


def _reason(message: str) -> Text:
    if message == "Cannot detect file format":
        return _DAMAGED
    return Text(f"{_DAMAGED.zh}（{message[:80]}）", f"{_DAMAGED.en} ({message[:80]})")


def _tables(data: bytes, found: "_Found", limits: Limits) -> RawFiling:
    with python_calamine.CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
        for place, metadata in enumerate(workbook.sheets_metadata):
            form = None if _title(metadata.name) == GUIDE_SHEET else found.form_of(metadata)
            if form:
                sheet = workbook.get_sheet_by_index(place)
                refuse_large(metadata.name, sheet.total_height, sheet.total_width, limits)
                found.take(form, metadata.name, sheet.to_python(skip_empty_area=False))
    if not found.titles:
        raise ReadingError(problem("nothing-recognised"), *found.problems)
    return RawFiling(found.header, found.tables, tuple(found.problems))


class _Found:
    """What the sheets of a workbook hold, sheet by sheet."""

    def __init__(self, package: Package | None, facts: FactsOfSheet) -> None:
        self._package = package
        self._facts = facts
        self.header = RawTable(HEADER, {}, [0], PairsLocator(TABLES[HEADER].title, {}))
        self.tables: dict[str, RawTable] = {}
        self.titles: set[str] = set()
        self.problems: list[Problem] = []

    def form_of(self, metadata: python_calamine.SheetMetadata) -> TableOfForms | None:
        """The form that a sheet is titled after; other, hidden and repeated sheets are mentioned."""
        name, hidden = metadata.name, metadata.visible != _VISIBLE
        form = _TITLES.get(_title(name))
        if form is None:
            code = "sheet-hidden-unused" if hidden else "sheet-unknown"
            self.problems.append(problem(code, location=name, sheet=name))
            return None
        if metadata.typ != _WORKSHEET:
            self.problems.append(problem("sheet-not-a-table", table=form.key, location=name, sheet=name))
            return None
        if form.title in self.titles:
            self.problems.append(
                problem("table-repeated", table=form.key, location=name, title=form.title, sheet=name)
            )
            return None
        self.titles.add(form.title)
        if hidden:
            self.problems.append(problem("sheet-hidden", table=form.key, location=name, sheet=name))
        return form

    def take(self, form: TableOfForms, name: str, rows: Sequence[Sequence[object]]) -> None:
        """Read a sheet as the table of this form."""
        facts = self._facts(name)
        if facts.hidden_rows:
            hidden = problem(
                "rows-hidden", table=form.key, location=name, sheet=name, count=facts.hidden_rows
            )
            self.problems.append(hidden)
        table: RawTable | None
        if form.key == HEADER:
            table, problems = header_table(name, marked(rows, facts))
        else:
            table, problems = table_on_sheet(
                form, name, marked(rows, facts), partial(self._percent_cells, name)
            )
        self.problems += problems
        if table is None:
            return
        table, faults = settled(table, facts)
        self.problems += faults
        if form.key == HEADER:
            self.header = table
        else:
            self.tables[form.key] = table

    def _percent_cells(self, name: str, columns: Collection[int]) -> set[tuple[int, int]]:
        if self._package is None or self._package.kind is not PackageKind.XLSX:
            return set()
        return percent_cells(self._package, name, columns)


def _title(name: str) -> str:
    return "".join(text_of(name).split())

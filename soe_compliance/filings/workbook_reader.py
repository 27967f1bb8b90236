"""Workbooks (.xlsx .xlsm .xls .xlsb .ods .et): a sheet a table, told by its title, else by its headers."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

import python_calamine

from soe_compliance.domain.text import Text
from soe_compliance.filings.cell_faults import fill_down, marked, settled
from soe_compliance.filings.cell_formats import CellFormats, SheetFormats
from soe_compliance.filings.cell_places import PairsLocator
from soe_compliance.filings.extents import FactsOfSheet, refuse_large
from soe_compliance.filings.filing import RawTable
from soe_compliance.filings.forms import Unit
from soe_compliance.filings.guide import holds_no_data
from soe_compliance.filings.inspection import inspected
from soe_compliance.filings.key_values import has_required_labels, header_table
from soe_compliance.filings.lack_of_memory import lacked_memory
from soe_compliance.filings.layout import FoundBy
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.macro_sheets import macro_sheets, readable_without
from soe_compliance.filings.own_reports import are_of_report
from soe_compliance.filings.package import Package, PackageKind
from soe_compliance.filings.problems import OWN_REPORT, Problem, problem
from soe_compliance.filings.raw import RawFiling, ReadingError
from soe_compliance.filings.sheet_facts import SheetFacts
from soe_compliance.filings.sheet_periods import JoinedSheets
from soe_compliance.filings.sheet_table import SheetContext, table_on_sheet
from soe_compliance.filings.sheet_titles import (
    form_of_headers,
    form_titled,
    form_without_mark,
    forms_headed,
    is_example,
    is_void,
)
from soe_compliance.filings.signatures import ZIP
from soe_compliance.filings.struck import struck_on
from soe_compliance.filings.tables import HEADER, TABLES, TableOfForms
from soe_compliance.filings.template_tags import may_hold_tags
from soe_compliance.filings.texts_afloat import texts_afloat
from soe_compliance.filings.units import unit_of_filing
from soe_compliance.filings.unseen import unseen_on
from soe_compliance.filings.unseen_cells import units_afloat, unseen_cells

_DAMAGED = Text("文件已损坏，或不是工作簿", "it is damaged, or no workbook")
_OF_DAMAGED = (ParseError, ExpatError, OSError)  # an OSError is of the bytes in memory: they end too soon
_PANIC = "PanicException"
"""What the library raises on files that it did not foresee; it is no `Exception` and can't be imported."""

_VISIBLE = python_calamine.SheetVisibleEnum.Visible
_WORKSHEET = python_calamine.SheetTypeEnum.WorkSheet
_MACRO_SHEET = python_calamine.SheetTypeEnum.MacroSheet


def raw_workbook(data: bytes, limits: Limits) -> RawFiling:
    """The tables of a workbook.

    Raises:
        ReadingError: it is damaged, encrypted, too large, or holds no table of the forms.
    """
    with _refusals():
        package = Package(data, limits) if data.startswith(ZIP) else None
        found = _Found(package, inspected(data, package, limits))
        if package:
            macros = macro_sheets(package)
            found.leave_macros(macros.values())
            data = readable_without(package, macros)
        return _tables(data, found, limits)


def first_sheet(data: bytes, limits: Limits) -> list[list[Any]]:
    """The cells of a workbook's first sheet, under the same guards.

    Raises:
        ReadingError: it is damaged, encrypted or too large.
    """
    with _refusals():
        package = Package(data, limits) if data.startswith(ZIP) else None
        inspected(data, package, limits)
        if package:
            data = readable_without(package, macro_sheets(package))
        with python_calamine.CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
            sheet = workbook.get_sheet_by_index(0)
            refuse_large(sheet.name, sheet.total_height, sheet.total_width, limits)
            return sheet.to_python(skip_empty_area=False)


@contextmanager
def _refusals() -> Iterator[None]:
    """What the libraries raise on files that are none, as a `ReadingError`; where they lacked memory, a `MemoryError`."""
    try:
        yield
    except python_calamine.PasswordError:
        raise ReadingError(problem("file-encrypted")) from None
    except python_calamine.CalamineError as error:
        raise ReadingError(problem("file-unreadable", why=_reason(str(error)))) from None
    except BaseException as error:
        if lacked_memory(error):
            raise MemoryError from None
        if not isinstance(error, _OF_DAMAGED) and type(error).__name__ != _PANIC:
            raise
        raise ReadingError(problem("file-unreadable", why=_DAMAGED)) from None


def _reason(message: str) -> Text:
    if message == "Cannot detect file format":
        return _DAMAGED
    return Text(f"{_DAMAGED.zh}（{message[:80]}）", f"{_DAMAGED.en} ({message[:80]})")


def _tables(data: bytes, found: "_Found", limits: Limits) -> RawFiling:
    with python_calamine.CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
        sheets = [
            (place, metadata)
            for place, metadata in enumerate(workbook.sheets_metadata)
            if not holds_no_data(metadata.name)
        ]
        found.know([metadata.name for _, metadata in sheets])
        untitled = []
        for place, metadata in sorted(sheets, key=lambda sheet: found.precedence(sheet[1].name)):
            titled = form_titled(metadata.name)
            if is_void(metadata.name):
                found.set_aside(metadata)
            elif titled is None:
                untitled.append((place, metadata))
            elif found.wants(titled, metadata):
                found.look_at(titled, metadata.name)
                sheet = workbook.get_sheet_by_index(place)
                refuse_large(metadata.name, sheet.total_height, sheet.total_width, limits)
                found.take(titled, metadata, sheet)
        for place, metadata in untitled:
            if metadata.visible != _VISIBLE or metadata.typ != _WORKSHEET:
                found.leave(metadata)
                continue
            sheet = workbook.get_sheet_by_index(place)
            if sheet.total_height * sheet.total_width > limits.sheet_cells:
                found.leave(metadata)
            else:
                found.take_by_headers(metadata, sheet)
    found.join()
    if not found.forms:
        if are_of_report(workbook.sheet_names):
            raise ReadingError(problem(OWN_REPORT))
        raise ReadingError(problem("nothing-recognised"), *found.problems)
    return RawFiling(found.header, found.tables, tuple(found.problems))


class _Found:
    """What the sheets of a workbook hold, sheet by sheet."""

    def __init__(self, package: Package | None, facts: FactsOfSheet) -> None:
        self._formats = CellFormats(package)
        self._facts = facts
        self._looked_at: dict[str, SheetFacts] = {}
        self._may_hold_tags = may_hold_tags(package)
        self._exactly_titled: set[str] = set()
        self.header = RawTable(HEADER, {}, [0], PairsLocator(TABLES[HEADER].title, {}))
        self.tables: dict[str, RawTable] = {}
        self.forms: set[str] = set()
        self.joined = JoinedSheets(())
        told = package is not None and package.kind is not PackageKind.XLSB
        self.problems: list[Problem] = [] if told else [problem("formulas-not-told")]

    def know(self, names: Sequence[str]) -> None:
        """Note which forms have a sheet with their exact title, and which a sheet for each year or quarter."""
        titled = (form_titled(name) for name in names)
        self._exactly_titled = {t[0].key for t in titled if t is not None and t[1] is FoundBy.FORM}
        self.joined = JoinedSheets(names)

    def precedence(self, name: str) -> tuple[bool, bool, int]:
        """Where a sheet stands among all: the filing's own fields go first, for its unit holds on the other sheets."""
        titled = form_titled(name)
        return titled is None or titled[0].key != HEADER, *self.joined.precedence(name)

    def wants(self, titled: tuple[TableOfForms, FoundBy], metadata: python_calamine.SheetMetadata) -> bool:
        """Whether a sheet is to be read as this form: the one with its exact title, else the first; others are mentioned."""
        form, found_by = titled
        if metadata.typ != _WORKSHEET:
            self._mention("sheet-not-a-table", metadata.name, form)
            return False
        if self.joined.goes_on(form, metadata.name):
            return True
        if form.key in self.forms or (found_by is not FoundBy.FORM and form.key in self._exactly_titled):
            self._repeated(
                form, metadata.name, "sheet-set-aside" if is_example(metadata.name) else "table-repeated"
            )
            return False
        return True

    @property
    def _unit(self) -> Unit | None:
        """The unit of the filing, None as long as its own fields were not met."""
        [unit] = self.header.cells.get("unit", [None])
        return unit_of_filing(unit) if HEADER in self.forms else None

    def look_at(self, titled: tuple[TableOfForms, FoundBy], name: str) -> None:
        """Refuse a sheet of faults before its cells are read; one that may be no header yet is looked at later."""
        form, found_by = titled
        if form.key != HEADER or found_by is FoundBy.FORM:
            self._looked_at[name] = self._facts(name)

    def set_aside(self, metadata: python_calamine.SheetMetadata) -> None:
        """Mention a sheet whose name says that it is void."""
        form = form_without_mark(metadata.name)
        if form is None:
            self.leave(metadata)
        else:
            self._repeated(form, metadata.name, "sheet-set-aside")

    def _mention(self, code: str, name: str, form: TableOfForms | None = None) -> None:
        table = form.key if form else None
        self.problems.append(problem(code, table=table, location=name, sheet=name))

    def _repeated(self, form: TableOfForms, name: str, code: str = "table-repeated") -> None:
        self.problems.append(problem(code, table=form.key, location=name, title=form.title, sheet=name))

    def take(
        self, titled: tuple[TableOfForms, FoundBy], metadata: python_calamine.SheetMetadata, sheet: Any
    ) -> None:
        """Read a sheet as the table of this form; a 封面 without the filing's own fields is none."""
        form, found_by = titled
        rows = sheet.to_python(skip_empty_area=False)
        if form.key == HEADER and found_by is not FoundBy.FORM and not has_required_labels(rows):
            self.leave(metadata)
            return
        if metadata.visible != _VISIBLE:
            self._mention("sheet-hidden", metadata.name, form)
        self._read(form, found_by, metadata.name, sheet, rows)

    def take_by_headers(self, metadata: python_calamine.SheetMetadata, sheet: Any) -> None:
        """Read a sheet as the table whose headers it has; mention it where it has none's."""
        rows = sheet.to_python(skip_empty_area=False)
        form = form_of_headers(rows) or form_of_headers(rows, complete=False)
        untold = []
        if form is None or form.key == HEADER:
            untold = [one for one in forms_headed(rows) if one.key not in self.forms]
        if untold:
            self._mention_untold(metadata.name, untold)
        if form is None and not untold:
            self.leave(metadata)
        elif form and form.key in self.forms:
            self._repeated(form, metadata.name)
        elif form:
            self._read(form, FoundBy.HEADERS, metadata.name, sheet, rows)

    def _mention_untold(self, name: str, forms: Sequence[TableOfForms]) -> None:
        titles = Text(*(mark.join(f"“{form.title}”" for form in forms) for mark in ("", ", ")))
        self.problems.append(problem("sheet-untold", location=name, sheet=name, titles=titles))

    def leave(self, metadata: python_calamine.SheetMetadata) -> None:
        """Mention a sheet that is not read."""
        if metadata.typ == _MACRO_SHEET:
            self.leave_macros([metadata.name])
            return
        hidden = metadata.visible != _VISIBLE
        self._mention("sheet-hidden-unused" if hidden else "sheet-unknown", metadata.name)

    def leave_macros(self, names: Iterable[str]) -> None:
        """Mention macro sheets; one that is titled as a form is may be meant to hold its data."""
        for name in names:
            titled = form_titled(name)
            self._mention(
                "sheet-not-a-table" if titled else "sheet-macro", name, titled[0] if titled else None
            )

    def _read(
        self, form: TableOfForms, found_by: FoundBy, name: str, sheet: Any, rows: list[list[Any]]
    ) -> None:
        self.forms.add(form.key)
        facts = self._looked_at.pop(name, None) or self._facts(name)
        if facts.hidden_rows:
            self.problems.append(
                problem("rows-hidden", table=form.key, location=name, sheet=name, count=facts.hidden_rows)
            )
        merged = sheet.merged_cell_ranges or ()
        if facts.faults:
            fill_down(facts.faults, merged, len(rows))
        cells = marked(rows, facts)
        table: RawTable | None
        if form.key == HEADER:
            table, problems = header_table(name, cells, found_by)
        else:
            form = self.joined.form_of(form, name, cells)
            struck = struck_on(self._formats, name, len(rows[0]) if rows else 0)
            context = SheetContext(found_by, merged, self._may_hold_tags, self._unit, struck)
            table, problems = table_on_sheet(form, name, cells, SheetFormats(self._formats, name), context)
        self.problems += problems
        if table is not None:
            table, faults = settled(table, facts)
            self.problems += faults
            self.problems += unseen_cells(
                table, name, unseen_on(self._formats.part(name), self._formats.styles)
            )
            if afloat := texts_afloat(self._formats, name):
                self.problems += units_afloat(table, name, afloat, self._unit)
        if self.joined.holds(name):
            self.problems += self.joined.take(form, name, table)
        elif table is not None and form.key == HEADER:
            self.header = table
        elif table is not None:
            self.tables[form.key] = table

    def join(self) -> None:
        """Put the sheets of each year or quarter together."""
        tables, problems = self.joined.tables()
        self.tables.update(tables)
        self.problems += problems

"""Workbooks (.xlsx .xlsm .xls .xlsb .ods): a sheet a table, told by its title."""

from collections.abc import Collection, Sequence
from functools import partial
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

import python_calamine

from soe_compliance.domain.text import Text
from soe_compliance.filings.cell_places import PairsLocator
from soe_compliance.filings.extents import refuse_large, refuse_unfolding
from soe_compliance.filings.filing import RawTable
from soe_compliance.filings.key_values import has_required_labels, header_table
from soe_compliance.filings.layout import FoundBy
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.package import Package, PackageKind
from soe_compliance.filings.percent_formats import percent_cells
from soe_compliance.filings.problems import Problem, problem
from soe_compliance.filings.raw import RawFiling, ReadingError
from soe_compliance.filings.sheet_table import SheetFacts, table_on_sheet
from soe_compliance.filings.sheet_titles import form_of_headers, form_titled
from soe_compliance.filings.tables import HEADER, TABLES, TableOfForms
from soe_compliance.filings.template_tags import may_hold_tags

_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_FIRST_RECORD = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_PASSWORD_RECORD = 0x002F
_DAMAGED = Text("文件已损坏，或不是工作簿", "it is damaged, or no workbook")
_PANIC = "PanicException"
"""What the library raises on files that it did not foresee; it is no `Exception` and can't be imported."""


def is_workbook(data: bytes) -> bool:
    """Whether these are the bytes of a workbook, whatever the file's name."""
    return data.startswith((_ZIP, _COMPOUND))


def raw_workbook(data: bytes, limits: Limits) -> RawFiling:
    """The tables of a workbook.

    Raises:
        ReadingError: it is damaged, encrypted, too large, or holds no table of the forms.
    """
    try:
        package = Package(data, limits) if data.startswith(_ZIP) else None
        if package:
            refuse_unfolding(package, limits)
        elif _is_encrypted(data):
            raise ReadingError(problem("file-encrypted"))
        return _tables(data, package, limits)
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


def _is_encrypted(data: bytes) -> bool:
    """Whether a compound file is an encrypted .xlsx, or an .xls whose first records ask for a password."""
    if _ENCRYPTED_STREAM in data:
        return True
    place = data.find(_FIRST_RECORD)
    for _ in range(4 if place >= 0 else 0):
        if int.from_bytes(data[place : place + 2], "little") == _PASSWORD_RECORD:
            return True
        place += 4 + int.from_bytes(data[place + 2 : place + 4], "little")
    return False


def _tables(data: bytes, package: Package | None, limits: Limits) -> RawFiling:
    with python_calamine.CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
        found = _Found(package, workbook.sheet_names)
        untitled = []
        for place, name in enumerate(workbook.sheet_names):
            titled = form_titled(name)
            if titled is None:
                untitled.append((place, name))
            elif not found.has_other(titled, name):
                sheet = workbook.get_sheet_by_index(place)
                refuse_large(name, sheet.total_height, sheet.total_width, limits)
                found.take(titled, name, sheet)
        for place, name in untitled:
            sheet = workbook.get_sheet_by_index(place)
            if sheet.total_height * sheet.total_width > limits.sheet_cells:
                found.leave(name)
            else:
                found.take_by_headers(name, sheet)
    if not found.forms:
        raise ReadingError(problem("nothing-recognised"), *found.problems)
    return RawFiling(found.header, found.tables, tuple(found.problems))


class _Found:
    """What the sheets of a workbook hold, sheet by sheet."""

    def __init__(self, package: Package | None, names: Sequence[str]) -> None:
        self._package = package
        self._may_hold_tags = may_hold_tags(package)
        self._exactly_titled = {form for form, found_by in map(_titled, names) if found_by is FoundBy.FORM}
        self.header = RawTable(HEADER, {}, [0], PairsLocator(TABLES[HEADER].title, {}))
        self.tables: dict[str, RawTable] = {}
        self.forms: set[str] = set()
        self.problems: list[Problem] = []

    def has_other(self, titled: tuple[TableOfForms, FoundBy], name: str) -> bool:
        """Whether another sheet stands for this form: the one with its exact title, else the first; it is mentioned."""
        form, found_by = titled
        other = form.key in self.forms or (found_by is not FoundBy.FORM and form.key in self._exactly_titled)
        if other:
            self._repeated(form, name)
        return other

    def _repeated(self, form: TableOfForms, name: str) -> None:
        self.problems.append(
            problem("table-repeated", table=form.key, location=name, title=form.title, sheet=name)
        )

    def take(self, titled: tuple[TableOfForms, FoundBy], name: str, sheet: Any) -> None:
        """Read a sheet as the table of this form; a 封面 without the filing's own fields is none."""
        form, found_by = titled
        rows = sheet.to_python(skip_empty_area=False)
        if form.key == HEADER and found_by is not FoundBy.FORM and not has_required_labels(rows):
            self.leave(name)
        else:
            self._read(form, found_by, name, sheet, rows)

    def take_by_headers(self, name: str, sheet: Any) -> None:
        """Read a sheet as the table whose headers it has; mention it where it has none's."""
        rows = sheet.to_python(skip_empty_area=False)
        form = form_of_headers(rows)
        if form is None:
            self.leave(name)
        elif form.key in self.forms:
            self._repeated(form, name)
        else:
            self._read(form, FoundBy.HEADERS, name, sheet, rows)

    def leave(self, name: str) -> None:
        self.problems.append(problem("sheet-unknown", location=name, sheet=name))

    def _read(
        self, form: TableOfForms, found_by: FoundBy, name: str, sheet: Any, rows: list[list[Any]]
    ) -> None:
        self.forms.add(form.key)
        if form.key == HEADER:
            self.header, problems = header_table(name, rows, found_by)
        else:
            facts = SheetFacts(found_by, sheet.merged_cell_ranges or (), self._may_hold_tags)
            table, problems = table_on_sheet(form, name, rows, partial(self._percent_cells, name), facts)
            if table:
                self.tables[form.key] = table
        self.problems += problems

    def _percent_cells(self, name: str, columns: Collection[int]) -> set[tuple[int, int]]:
        if self._package is None or self._package.kind is not PackageKind.XLSX:
            return set()
        return percent_cells(self._package, name, columns)


def _titled(name: str) -> tuple[str | None, FoundBy | None]:
    found = form_titled(name)
    return (found[0].key, found[1]) if found else (None, None)

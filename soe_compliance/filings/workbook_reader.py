"""Workbooks (.xlsx .xlsm .xls .xlsb .ods): a sheet a table, told by its title."""

from collections.abc import Collection
from functools import partial
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

import python_calamine

from soe_compliance.domain.text import Text
from soe_compliance.filings.cell_places import PairsLocator
from soe_compliance.filings.extents import refuse_large, refuse_unfolding
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
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_FIRST_RECORD = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_PASSWORD_RECORD = 0x002F
_DAMAGED = Text("文件已损坏，或不是工作簿", "it is damaged, or no workbook")
_PANIC = "PanicException"
"""What the library raises on files that it did not foresee; it is no `Exception` and can't be imported."""

_TITLES = {form.title: form for form in TABLES.values()}


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
    found = _Found(package)
    with python_calamine.CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
        for place, name in enumerate(workbook.sheet_names):
            form = None if _title(name) == GUIDE_SHEET else found.form_of(name)
            if form:
                sheet = workbook.get_sheet_by_index(place)
                refuse_large(name, sheet.total_height, sheet.total_width, limits)
                found.take(form, name, sheet.to_python(skip_empty_area=False))
    if not found.titles:
        raise ReadingError(problem("nothing-recognised"), *found.problems)
    return RawFiling(found.header, found.tables, tuple(found.problems))


def _title(sheet: str) -> str:
    return "".join(text_of(sheet).split())


class _Found:
    """What the sheets of a workbook hold, sheet by sheet."""

    def __init__(self, package: Package | None) -> None:
        self._package = package
        self.header = RawTable(HEADER, {}, [0], PairsLocator(TABLES[HEADER].title, {}))
        self.tables: dict[str, RawTable] = {}
        self.titles: set[str] = set()
        self.problems: list[Problem] = []

    def form_of(self, name: str) -> TableOfForms | None:
        """The form that a sheet is titled after; other sheets, and a second one of a title, are mentioned."""
        form = _TITLES.get(_title(name))
        if form is None:
            self.problems.append(problem("sheet-unknown", location=name, sheet=name))
            return None
        if form.title in self.titles:
            self.problems.append(
                problem("table-repeated", table=form.key, location=name, title=form.title, sheet=name)
            )
            return None
        self.titles.add(form.title)
        return form

    def take(self, form: TableOfForms, name: str, rows: list[list[Any]]) -> None:
        """Read a sheet as the table of this form."""
        if form.key == HEADER:
            self.header, problems = header_table(name, rows)
        else:
            table, problems = table_on_sheet(form, name, rows, partial(self._percent_cells, name))
            if table:
                self.tables[form.key] = table
        self.problems += problems

    def _percent_cells(self, name: str, columns: Collection[int]) -> set[tuple[int, int]]:
        if self._package is None or self._package.kind is not PackageKind.XLSX:
            return set()
        return percent_cells(self._package, name, columns)

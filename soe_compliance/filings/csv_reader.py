"""CSV filings: a folder with a file for the filing's own fields and one a table, named by their keys or titles."""

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from soe_compliance.domain.files import NotRegularError, read_regular
from soe_compliance.domain.text import Text
from soe_compliance.filings.cell_places import PairsLocator, SheetLocator, column_number
from soe_compliance.filings.csv_text import CsvRows, csv_rows, decoded
from soe_compliance.filings.filing import RawTable
from soe_compliance.filings.key_values import header_table
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.problems import Problem, problem
from soe_compliance.filings.raw import RawFiling, ReadingError
from soe_compliance.filings.sheet_table import table_on_sheet
from soe_compliance.filings.tables import HEADER, TABLES, TableOfForms
from soe_compliance.filings.values import text_of

ENDING = ".csv"
_HEADER_FORM = TABLES[HEADER]
_HEADER_FILES = (HEADER + ENDING, _HEADER_FORM.title + ENDING)
_BY_NAME = {name: form for form in TABLES.values() for name in (form.key, form.title)}
_KEYS_FIRST_ROWS = 20
_FILES = Text("CSV文件数", "CSV files")


def is_csv_folder(path: str) -> bool:
    """Whether a folder is a filing: it holds the filing's own fields."""
    return os.path.isdir(path) and any(os.path.isfile(os.path.join(path, name)) for name in _HEADER_FILES)


@dataclass(frozen=True)
class CsvLocator:
    """Names the cells of a CSV file, such as guarantees.csv:12:balance.

    Attributes:
        lines: the line on which each row begins.
        at: for the filing's own fields, the row of each.
    """

    name: str
    lines: Sequence[int]
    at: Mapping[str, int] | None = None

    def place(self, row: int, field: str | None) -> str:
        if self.at is not None:
            row = self.at.get(field or "", -1)
        parts = [self.name, str(self.lines[row]) if 0 <= row < len(self.lines) else None, field]
        return ":".join(part for part in parts if part is not None)


def csv_members(folder: str, limits: Limits) -> dict[str, bytes]:
    """The CSV files of a folder by their names, sorted; what is no regular file is left out.

    Raises:
        ReadingError: one can't be read, or they are too many or too large.
        OSError: the folder can't be read.
    """
    with os.scandir(folder) as listing:
        names = sorted(
            entry.name
            for entry in listing
            if entry.name.lower().endswith(ENDING)
            and not entry.name.startswith((".", "~$"))
            and entry.is_file(follow_symlinks=False)
        )
    if len(names) > limits.members:
        size, limit = f"{len(names):,}", f"{limits.members:,}"
        raise ReadingError(problem("workbook-too-large", what=_FILES, size=size, limit=limit))
    members: dict[str, bytes] = {}
    left = limits.file_bytes
    for name in names:
        try:
            members[name] = read_regular(os.path.join(folder, name), left + 1)
        except NotRegularError:
            continue
        except OSError as error:
            why = error.strerror or str(error)
            raise ReadingError(problem("file-inaccessible", location=_shown(name), why=why)) from None
        left -= len(members[name])
        if left < 0:
            size, limit = f"{limits.file_bytes - left:,}", f"{limits.file_bytes:,}"
            raise ReadingError(problem("file-too-large", location=_shown(name), size=size, limit=limit))
    return members


def digest_of(members: Mapping[str, bytes]) -> str:
    """The digest of the sorted names and digests, as `LC_ALL=C sha256sum *.csv | sha256sum` gives it."""
    whole = hashlib.sha256()
    for name, data in members.items():
        whole.update(hashlib.sha256(data).hexdigest().encode() + b"  " + os.fsencode(name) + b"\n")
    return f"sha256:{whole.hexdigest()}"


def raw_csv(members: Mapping[str, bytes], limits: Limits) -> RawFiling:
    """The tables of a CSV folder.

    Raises:
        ReadingError: a file can't be told apart into rows, so that what it holds would be lost.
    """
    problems: list[Problem] = []
    files: dict[str, str] = {}
    for name in members:
        form = _BY_NAME.get(text_of(name[: -len(ENDING)]))
        if form is None:
            problems.append(problem("csv-unknown", location=_shown(name), name=_shown(name)))
        elif form.key in files:
            repeated = problem(
                "table-repeated", table=form.key, location=_shown(name), title=form.title, sheet=_shown(name)
            )
            problems.append(repeated)
        else:
            files[form.key] = name
    tables: dict[str, RawTable] = {}
    wrong: list[Problem] = []
    for key, name in files.items():
        try:
            table, found = _table(TABLES[key], _shown(name), members[name], limits)
        except ReadingError as error:
            wrong += error.problems
            continue
        problems += found
        if table:
            tables[key] = table
    if wrong:
        raise ReadingError(*wrong)
    header = tables.pop(HEADER, None) or RawTable(HEADER, {}, [0], CsvLocator(HEADER + ENDING, (), {}))
    return RawFiling(header, tables, tuple(problems))


def _shown(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _table(
    form: TableOfForms, name: str, data: bytes, limits: Limits
) -> tuple[RawTable | None, list[Problem]]:
    """The table of one file, its places named by file, line and field."""
    read = csv_rows(decoded(data, name), name, limits)
    rows = _with_headers(form, read.rows)
    if form.key == HEADER:
        table, problems = header_table(name, rows)
        assert isinstance(table.locator, PairsLocator)
        at = {key: row for key, (row, _) in table.locator.cells.items()}
        located = replace(table, locator=CsvLocator(name, read.lines, at))
        return located, [_placed(found, name, read, {}) for found in problems]
    found, problems = table_on_sheet(form, name, rows, lambda columns: set())
    columns: Mapping[str, int] = {}
    if found:
        assert isinstance(found.locator, SheetLocator)
        columns = found.locator.columns
        problems += _ragged(found, name, read)
        found = replace(found, locator=CsvLocator(name, read.lines))
    return found, [_placed(one, name, read, columns) for one in problems]


def _with_headers(form: TableOfForms, rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """The rows with the keys of fields, where they stand as headers or labels, as the forms write them."""
    headers = {field.key: field.header for field in form.fields.values()}
    renamed = list(rows)
    for place, row in enumerate(rows[:_KEYS_FIRST_ROWS]):
        texts = [text_of(cell) for cell in row]
        if form.key == HEADER and texts and texts[0] in headers and not any(t in headers for t in texts[1:]):
            renamed[place] = [headers[texts[0]], *row[1:]]
        elif sum(text in headers for text in texts) > 1:
            renamed[place] = [headers.get(text, cell) for text, cell in zip(texts, row, strict=True)]
            return renamed
    return renamed


def _ragged(table: RawTable, name: str, read: CsvRows) -> list[Problem]:
    """The rows that have more cells than the header, which spoils the filing, or fewer, which is worth a look.

    Raises:
        ReadingError: some have more: what stands in which column can't be told.
    """
    first = min(table.rows, default=len(read.rows))
    width = max((read.widths[row] for row in range(first)), default=0)

    def said(code: str, row: int, size: int) -> Problem:
        location = f"{name}:{read.lines[row]}"
        return problem(code, table=table.key, location=location, size=size, limit=width)

    too_long = [said("row-too-long", row, read.widths[row]) for row in table.rows if read.widths[row] > width]
    if too_long:
        raise ReadingError(*too_long)
    return [said("row-too-short", row, read.written[row]) for row in table.rows if read.written[row] < width]


def _placed(found: Problem, name: str, read: CsvRows, columns: Mapping[str, int]) -> Problem:
    """A problem of a sheet with its place as CSV files have it."""
    sheet, _, cell = (found.location or "").rpartition("!")
    digits = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if sheet != name or not digits.isdecimal():
        return found
    keys = {column: key for key, column in columns.items()}
    letters = cell[: -len(digits)]
    key = found.field or keys.get(column_number(letters), letters)
    return replace(found, location=f"{name}:{read.lines[int(digits) - 1]}:{key}")

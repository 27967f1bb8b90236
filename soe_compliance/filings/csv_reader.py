"""CSV filings: the tables that the files of a folder hold."""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from soe_compliance.domain.patterns import pattern
from soe_compliance.domain.text import Text
from soe_compliance.filings.cell_formats import NO_FORMATS
from soe_compliance.filings.cell_places import PairsLocator, SheetLocator, column_number
from soe_compliance.filings.csv_folder import ENDING, shown_name
from soe_compliance.filings.csv_text import CsvRows, csv_rows, decoded, invalid
from soe_compliance.filings.filing import RawTable
from soe_compliance.filings.key_values import header_table
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.problems import Problem, problem
from soe_compliance.filings.raw import RawFiling, ReadingError
from soe_compliance.filings.sheet_table import table_on_sheet
from soe_compliance.filings.sheet_titles import (
    form_titled,
    form_without_mark,
    is_example,
    is_void,
    precedence,
)
from soe_compliance.filings.tables import HEADER, TABLES, TableOfForms
from soe_compliance.filings.values import text_of

_BY_NAME = {name: form for form in TABLES.values() for name in (form.key, form.title)}
_SEPARATORS = {";": Text("分号", "semicolons"), "\t": Text("制表符", "tabs"), "|": Text("竖线", "bars")}
_KEYS_FIRST_ROWS = 20
_ROWS = pattern(r"(\d+):\d+")
"""Whole rows of a sheet, of which the first gives the place."""


class CsvLocator(Struct, frozen=True):
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


def raw_csv(members: Mapping[str, bytes], limits: Limits) -> RawFiling:
    """The tables of a CSV folder.

    Raises:
        ReadingError: a file can't be told apart into rows, so that what it holds would be lost.
    """
    problems: list[Problem] = []
    files: dict[str, str] = {}
    for name in sorted(members, key=_by_how_well_named):
        form, aside = _form_named(_stem(name))
        if form is None:
            problems.append(problem("csv-unknown", location=shown_name(name), name=shown_name(name)))
        elif aside:
            shown = shown_name(name)
            problems.append(
                problem(
                    "csv-set-aside", table=form.key, location=shown, name=shown, title=form.title + ENDING
                )
            )
        elif form.key in files:
            repeated = problem(
                "table-repeated",
                table=form.key,
                location=shown_name(name),
                title=form.title,
                sheet=shown_name(name),
            )
            problems.append(repeated)
        else:
            files[form.key] = name
    tables: dict[str, RawTable] = {}
    wrong: list[Problem] = []
    for key, name in files.items():
        try:
            table, found = _table(TABLES[key], shown_name(name), members[name], limits)
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


def _stem(name: str) -> str:
    return text_of(name[: -len(ENDING)])


def _by_how_well_named(name: str) -> tuple[bool, tuple[bool, int], str]:
    """A file with a table's own key or title goes before others that stand for it, of those the latest year's."""
    return _stem(name).lower() not in _BY_NAME, precedence(_stem(name)), name


def _form_named(stem: str) -> tuple[TableOfForms | None, bool]:
    """The form that a file's name stands for, as that of a sheet does, and whether the name sets the file aside."""
    if form := _BY_NAME.get(stem.lower()):
        return form, False
    if is_void(stem):
        return form_without_mark(stem), True
    titled = form_titled(stem)
    return (titled[0] if titled else None), is_example(stem)


def _table(
    form: TableOfForms, name: str, data: bytes, limits: Limits
) -> tuple[RawTable | None, list[Problem]]:
    """The table of one file, its places named by file, line and field."""
    read = csv_rows(decoded(data, name), name, limits)
    _refuse_other_separators(form, name, read)
    rows = _with_headers(form, read.rows)
    if form.key == HEADER:
        table, problems = header_table(name, rows)
        assert isinstance(table.locator, PairsLocator)
        at = {key: row for key, (row, _) in table.locator.cells.items()}
        located = replace(table, locator=CsvLocator(name, read.lines, at))
        return located, [_placed(found, name, read, {}) for found in problems]
    found, problems = table_on_sheet(form, name, rows, NO_FORMATS)
    columns: Mapping[str, int] = {}
    if found:
        assert isinstance(found.locator, SheetLocator)
        columns = found.locator.columns
        problems += _ragged(found, name, read)
        found = replace(found, locator=CsvLocator(name, read.lines))
    return found, [_placed(one, name, read, columns) for one in problems]


def _refuse_other_separators(form: TableOfForms, name: str, read: CsvRows) -> None:
    """Tell a header of the form that another mark than a comma follows from a text that holds such a mark.

    Raises:
        ReadingError: the columns are separated by another mark.
    """
    known = {text for field in form.fields.values() for text in (field.key, field.header, *field.also)}
    for line, row in zip(read.lines, read.rows[:_KEYS_FIRST_ROWS], strict=False):
        for mark, called in _SEPARATORS.items():
            first, found, _ = row[0].partition(mark) if row and not any(row[1:]) else ("", "", "")
            if found and text_of(first) in known:
                why = Text(
                    f"各列以{called.zh}分隔，应以逗号分隔",
                    f"its columns are separated by {called.en}, not by commas",
                )
                raise ReadingError(invalid(why, name, line))


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
    if sheet == name and (rows := _ROWS.fullmatch(cell)):
        return replace(found, location=f"{name}:{read.lines[int(rows[1]) - 1]}")
    digits = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if sheet != name or not digits.isdecimal():
        return found
    keys = {column: key for key, column in columns.items()}
    letters = cell[: -len(digits)]
    key = found.field or keys.get(column_number(letters), letters)
    return replace(found, location=f"{name}:{read.lines[int(digits) - 1]}:{key}")

"""Who should have filed: a table with the code and the name of each group, and perhaps the year."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from msgspec import Struct

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.files import read_regular
from soe_compliance.domain.text import Text
from soe_compliance.filings.bad_cells import shown
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.problems import problem
from soe_compliance.filings.raw import ReadingError
from soe_compliance.filings.signatures import is_workbook
from soe_compliance.filings.values import BadCell, code_of, name_of, text_of, whole_of

_HEADERS = {
    "group_code": ("group_code", "集团统一社会信用代码", "统一社会信用代码"),
    "group_name": ("group_name", "集团名称", "企业名称"),
    "year": ("year", "填报年度", "年度"),
}


_LIMITS = Limits()
_Read = TypeVar("_Read")


class Listed(Struct, frozen=True):
    """A group that should have filed for a year."""

    group_code: str
    group_name: str
    year: int


def read_roster(path: str, year: int | None) -> list[Listed]:
    """The groups of a roster (.xlsx, .xls, .ods or .csv), each group and year once.

    Args:
        year: the year of groups whose row names none.

    Raises:
        UserError: it can't be read, lacks a column, or a row lacks its code or year; with the place.
    """
    rows = _rows(path)
    columns = _columns(rows[0] if rows else (), path)
    listed = [
        _listed(row, columns, year, f"{path}:{number}") for number, row in enumerate(rows[1:], 2) if any(row)
    ]
    if not listed:
        raise UserError(Text("名单没有列出任何集团", "the roster names no group"), place=path)
    return list(dict.fromkeys(listed))


def _rows(path: str) -> Sequence[Sequence[object]]:
    from soe_compliance.filings.csv_text import csv_rows, decoded
    from soe_compliance.filings.workbook_reader import first_sheet

    try:
        data = read_regular(path, _LIMITS.file_bytes + 1)
        if len(data) > _LIMITS.file_bytes:
            size, limit = f"{len(data):,}", f"{_LIMITS.file_bytes:,}"
            raise ReadingError(problem("file-too-large", size=size, limit=limit))
        if is_workbook(data):
            return first_sheet(data, _LIMITS)
        return csv_rows(decoded(data, path), path, _LIMITS).rows
    except OSError as error:
        why = error.strerror or str(error)
        raise UserError(
            Text(f"无法读取名单：{why}", f"the roster can't be read: {why}"), place=path
        ) from None
    except ReadingError as error:
        first = error.problems[0]
        raise UserError(first.text, place=first.location or path) from None


def _columns(header: Sequence[object], path: str) -> dict[str, int]:
    found = {text_of(cell): place for place, cell in reversed(list(enumerate(header)))}
    columns = {
        key: found[name] for key, names in _HEADERS.items() for name in reversed(names) if name in found
    }
    for key in ("group_code", "group_name"):
        if key not in columns:
            names = "、".join(_HEADERS[key][:2])
            raise UserError(
                Text(f"名单第一行缺少列{names}", f"the roster's first row lacks a column {key}"), place=path
            )
    return columns


def _listed(row: Sequence[object], columns: dict[str, int], year: int | None, place: str) -> Listed:
    def cell(key: str) -> object:
        return row[columns[key]] if key in columns and columns[key] < len(row) else None

    def read(key: str, as_what: Callable[[object], _Read]) -> _Read:
        try:
            return as_what(cell(key))
        except BadCell:
            written = shown(text_of(cell(key)))
            raise UserError(
                Text(f"{_HEADERS[key][1]}“{written}”无法识别", f"{key} “{written}” can't be read"),
                place=place,
                remedy=Text("请更正，代码一列存为文本", "correct it, and store codes as texts"),
            ) from None

    code, named = read("group_code", code_of), read("year", whole_of)
    of_year = year if named is None else named
    if not code or of_year is None or not 1900 <= of_year <= 2199:
        raise UserError(
            Text("缺少集团代码或年度", "the code of the group or the year is missing"),
            place=place,
            remedy=Text("补填，或用--year给出年度", "fill it in, or give the year with --year"),
        )
    return Listed(code, name_of(cell("group_name")) or code, of_year)


def absent(listed: Sequence[Listed], filed: set[tuple[str, int]]) -> Iterator[Listed]:
    """The groups of the roster without a readable filing of the year."""
    return (group for group in listed if (group.group_code, group.year) not in filed)

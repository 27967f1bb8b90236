"""Who should have filed: a table with the code and the name of each group, and perhaps the year."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.files import read_regular
from soe_compliance.domain.system_errors import why
from soe_compliance.domain.text import Text
from soe_compliance.filings.bad_cells import shown
from soe_compliance.filings.days import FIRST_DAY, LAST_DAY
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

_FIRST_ROW = Text(
    "第一行请写表头group_code,group_name,year，各列以逗号分隔",
    "let the first row be the headers group_code,group_name,year with commas between them",
)
_GROUPS = Text("请在表头下每行列一个集团", "list the groups below the headers, one a row")
_CODE = Text("请填统一社会信用代码，存为文本", "write the group's unified credit code, stored as text")
_YEAR = Text(
    f"请填{FIRST_DAY.year}至{LAST_DAY.year}的年度，如2024",
    f"write a year from {FIRST_DAY.year} to {LAST_DAY.year}, such as 2024",
)

_LIMITS = Limits()


class Listed(Struct, frozen=True):
    """A group that should have filed for a year."""

    group_code: str
    group_name: str
    year: int


def read_roster(path: str, year: int | None) -> list[Listed]:
    """The groups of a roster (.xlsx, .xls, .ods or .csv), each group and year once, by its first name.

    Args:
        year: the year of groups whose row names none.

    Raises:
        UserError: it can't be read, lacks a column, or a row lacks its code or year; with the place.
    """
    rows = _rows(path)
    columns = _columns(rows[0] if rows else (), path)
    found: dict[tuple[str, int], Listed] = {}
    for number, row in enumerate(rows[1:], 2):
        if any(row):
            group = _listed(row, columns, year, f"{path}:{number}")
            found.setdefault((group.group_code, group.year), group)
    if not found:
        raise UserError(Text("名单没有列出任何集团", "the roster names no group"), place=path, remedy=_GROUPS)
    return list(found.values())


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
    except (OSError, ValueError) as error:
        raise UserError(
            Text("无法读取名单：{why}", "the roster can't be read: {why}").format(why=why(error)),
            place=path,
            remedy=Text("请核对路径和读取权限", "check the path and the right to read it"),
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
            name = _HEADERS[key][1]
            raise UserError(
                Text(
                    f"名单第一行没有“{name}”（{key}）列",
                    f"the roster's first row has no column {key} ({name})",
                ),
                place=path,
                remedy=_FIRST_ROW,
            )
    return columns


def _listed(row: Sequence[object], columns: dict[str, int], year: int | None, place: str) -> Listed:
    def cell(key: str) -> object:
        return row[columns[key]] if key in columns and columns[key] < len(row) else None

    try:
        code = code_of(cell("group_code"))
    except BadCell:
        raise _unfit("group_code", cell("group_code"), place, _CODE) from None
    try:
        named = whole_of(cell("year"))
    except BadCell:
        raise _unfit("year", cell("year"), place, _YEAR) from None
    if not code:
        raise UserError(Text("缺少集团代码", "the code of the group is missing"), place=place, remedy=_CODE)
    of_year = year if named is None else named
    if of_year is None:
        raise UserError(
            Text("缺少年度", "the year is missing"),
            place=place,
            remedy=Text("请补填，或用--year给出年度", "fill it in, or give it with --year"),
        )
    if not FIRST_DAY.year <= of_year <= LAST_DAY.year:
        raise _unfit("year", of_year, place, _YEAR)
    return Listed(code, name_of(cell("group_name")) or code, of_year)


def _unfit(key: str, value: object, place: str, remedy: Text) -> UserError:
    name = _HEADERS[key][-1]
    what = Text(f"{name}“{shown(value)}”不可用", f"the {key} “{shown(value)}” can't be used")
    return UserError(what, place=place, remedy=remedy)


def absent(listed: Sequence[Listed], filed: set[tuple[str, int]]) -> Iterator[Listed]:
    """The groups of the roster without a readable filing of the year."""
    return (group for group in listed if (group.group_code, group.year) not in filed)

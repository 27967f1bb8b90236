"""The header row of a table: found wherever it stands in a sheet's first rows, its columns in any order."""

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache, lru_cache

from msgspec import Struct

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.cell_text import BLANK_MARKS
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.tables import TABLES, FieldOfForm, TableOfForms
from soe_compliance.filings.units import StatedUnit, unit_in_brackets, unit_named
from soe_compliance.filings.values import text_of

_FIRST_ROWS = 20
_FEWEST = 2
_FEWEST_INCOMPLETE = 3
_DEEPEST = 3
_LONGEST_UNIT = 12
_NOT_MENTIONED = frozenset({"序号", "备注", "行次"})
_MARKED = pattern(r"[*●★▲]|[(\[【](?:必填|选填|必填项)[)\]】]")
_BRACKETS = pattern(r"(.+)[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_HINT = pattern(
    r"是[/或、]?否|√|[yY]/[nN]|\d+位|[yY]{4}|年.?月.?日|格式|\d[-~至]\d|^年度?$|一级|一季度|全称|选择|可选|文本"
)
"""How to fill a column in; it says nothing of what the column is."""

_OPTIONS = pattern(r"[^/、]+[/、].")
"""The values to choose from, which say no more than the forms do."""

_OPENING = ("(", "（", "[", "【")
BESIDE_UNITS = BLANK_MARKS | {"计量单位", "金额单位", "单位"}
"""What a row of units holds below the headers of what is no amount."""

PERCENT_WORDS = frozenset({"%", "百分比", "百分数"})


class Heading(Struct, frozen=True):
    """What a header says: the field, and how its column is to be read; `synonym` where the forms write it otherwise."""

    field: FieldOfForm
    unit: StatedUnit | None = None
    percent: bool = False
    synonym: bool = False


class HeaderRow(Struct, frozen=True):
    """A header row.

    Attributes:
        first: its number, from 0.
        last: the number of its last line, where it takes several.
        columns: the known headings by column; of a repeated one the first.
        repeated: the later columns of repeated headings.
        ambiguous: the columns that may equally be one field; none of them is used.
        disagreeing: the columns of which a second line of headers says something else, and what.
        unknown: the other headers by column.
        texts: the text of each column's header.
    """

    first: int
    last: int
    columns: Mapping[int, Heading]
    repeated: Mapping[int, Heading]
    ambiguous: Mapping[int, Heading]
    disagreeing: Mapping[int, tuple[Heading, Heading]]
    unknown: Mapping[int, str]
    texts: Sequence[str]

    @property
    def named(self) -> Set[str]:
        """The fields that a column names, be it used or not."""
        headings = (
            *self.columns.values(),
            *self.ambiguous.values(),
            *(own for own, _ in self.disagreeing.values()),
        )
        return {heading.field.key for heading in headings}


def find_header(
    rows: Sequence[Sequence[object]], form: TableOfForms, deepest: int = _DEEPEST, *, complete: bool = True
) -> HeaderRow | None:
    """The row that has the most headers of a table, all required ones among them; of several such rows the first.

    Args:
        rows: the rows of the sheet.
        form: the table.
        deepest: over how many rows a header may be spread.
        complete: false for a row that lacks required headers and can't be used, but is plainly meant to be one.
    """
    required = {field.key for field in form.required} if complete else set()
    fewest = max(_FEWEST, len(required)) if complete else _FEWEST_INCOMPLETE
    best, most = None, (fewest - 1, 0)
    height = min(len(rows), _FIRST_ROWS)
    for first in range(height):
        if len(rows[first]) - rows[first].count("") >= fewest:
            score = _score(rows, form, required, first, 1)
            near = best is None or first - best[0] < deepest
            if score[0] > most[0] or (near and score > most):
                best, most = (first, 1), score
                if most[0] == len(form.fields):
                    break
    if best and most[0] == len(form.fields) and not _goes_on(rows, best[0]):
        return _header_row(rows, form, *best)
    for first, depth in _spread(best[0] if best else None, height, deepest):
        score = _score(rows, form, required, first, depth)
        if score > most:
            best, most = (first, depth), score
    return _header_row(rows, form, *best) if best else None


def _goes_on(rows: Sequence[Sequence[object]], first: int) -> bool:
    """Whether a row of units follows, in brackets or bare."""
    below = rows[first + 1] if first + 1 < len(rows) else ()
    return any(cell[:1] in _OPENING or _is_bare_unit(cell) for cell in below if type(cell) is str)


def _is_bare_unit(cell: str) -> bool:
    return (
        len(cell) <= _LONGEST_UNIT
        and "元" in cell
        and cell[:1] not in _OPENING
        and unit_named(cell) is not None
    )


def _spread(single: int | None, height: int, deepest: int) -> Iterator[tuple[int, int]]:
    """First row and depth of the headers over several rows to try: those round the best single one, if any."""
    for depth in range(2, deepest + 1):
        start, end = (0, height - depth + 1) if single is None else (single - depth + 1, single + 1)
        for first in range(max(start, 0), min(end, height - depth + 1)):
            yield first, depth


def _score(
    rows: Sequence[Sequence[object]], form: TableOfForms, required: Set[str], first: int, depth: int
) -> tuple[int, int]:
    """How many fields a header names, and how many columns it says more of; nothing if a required one lacks."""
    found, more = _named_by(tuple(_stacked(rows[first : first + depth], form)), form.key)
    return (len(found), more) if required <= found else (0, 0)


def _header_row(rows: Sequence[Sequence[object]], form: TableOfForms, first: int, depth: int) -> HeaderRow:
    texts = _stacked(rows[first : first + depth], form)
    chosen = _chosen(tuple(texts), form.key)
    last = first + depth - 1
    below = _headings_beside(rows, last + 1, form, chosen.columns)
    above = _headings_beside(rows, first - 1, form, chosen.columns)
    columns, unknown, disagreeing = chosen.columns, chosen.unknown, {}
    if below or above:
        disagreeing = _disagreeing(columns, above) | _disagreeing(columns, below)
        columns = {
            column: heading
            for column, heading in columns.items()
            if column not in disagreeing or heading.field.required
        }
    return HeaderRow(
        first, last + bool(below), columns, chosen.repeated, chosen.ambiguous, disagreeing, unknown, texts
    )


class _Chosen(Struct, frozen=True):
    """Which column of a line stands for each field, and which for none."""

    columns: Mapping[int, Heading]
    repeated: Mapping[int, Heading]
    ambiguous: Mapping[int, Heading]
    unknown: Mapping[int, str]


@lru_cache(maxsize=1024)
def _chosen(texts: tuple[str, ...], table: str) -> _Chosen:
    """A header of the forms goes before other spellings; of two such spellings none does."""
    headings = _headings_of_line(texts, table)
    found: dict[str, list[int]] = {}
    for column, heading in headings.items():
        found.setdefault(heading.field.key, []).append(column)
    columns: dict[int, Heading] = {}
    repeated: dict[int, Heading] = {}
    ambiguous: dict[int, Heading] = {}
    for places in found.values():
        if len(places) > 1:
            places = [column for column in places if not headings[column].synonym] or places
        first = headings[places[0]]
        if len(places) > 1 and first.synonym and not _may_take_first(first.field):
            ambiguous.update((column, headings[column]) for column in places)
            continue
        columns[places[0]] = first
        repeated.update((column, headings[column]) for column in places[1:])
    told = columns.keys() | repeated.keys() | ambiguous.keys()
    unknown = {
        column: text
        for column, text in enumerate(texts)
        if column not in told and _plain(text) not in _NOT_MENTIONED
    }
    ordered = dict(sorted(columns.items()))
    return _Chosen(ordered, repeated, ambiguous, unknown)


def _may_take_first(field: FieldOfForm) -> bool:
    """Whether the first of several columns may stand for a field: without it no row counts, or no verdict hangs on it."""
    return field.required or field.type is FieldType.TEXT


def _headings_beside(
    rows: Sequence[Sequence[object]], number: int, form: TableOfForms, columns: Mapping[int, Heading]
) -> Mapping[int, Heading]:
    """What the line above or below a header says, if it is a header itself: all its texts in used columns are known."""
    if not 0 <= number < len(rows):
        return {}
    row, found = rows[number], {}
    if len(row) - row.count("") < _FEWEST:
        return {}
    for column in columns:
        cell = row[column] if column < len(row) else ""
        if cell == "" or _is_group(row, column):
            continue
        # Codes need not be looked up among headers, which are all words.
        heading = heading_of(cell, form.key) if isinstance(cell, str) and not cell.isascii() else None
        if heading is None:
            return {}
        found[column] = heading
    return found if len(found) >= _FEWEST else {}


def _is_group(row: Sequence[object], column: int) -> bool:
    """Whether a cell may reach over the next column, as the title of several does."""
    return column + 1 < len(row) and row[column + 1] == ""


def _disagreeing(
    columns: Mapping[int, Heading], others: Mapping[int, Heading]
) -> dict[int, tuple[Heading, Heading]]:
    return {
        column: (columns[column], other)
        for column, other in others.items()
        if other.field.key != columns[column].field.key
    }


def _stacked(rows: Sequence[Sequence[object]], form: TableOfForms) -> list[str]:
    """The header of each column over several lines.

    The lowest that is known, else all of them joined; else what stands above it, be it over the columns to the left
    (担保人 above 名称 and 代码), and itself.
    """
    texts = [cell if type(cell) is str else "" for cell in rows[0]]
    if len(rows) == 1:
        return texts
    above = _reaching_right(rows[0])
    for row in rows[1:]:
        for column, cell in enumerate(row):
            below = "" if cell == "" else cell if isinstance(cell, str) else "\0"
            if below:
                texts[column] = _joined(texts[column], above[column], below, form.key)
        above = [reach + text for reach, text in zip(above, _reaching_right(row), strict=True)]
    return texts


def _joined(own: str, group: str, below: str, table: str) -> str:
    if heading_of(below, table):
        return below
    if below.strip() in BESIDE_UNITS:
        return own
    if _is_bare_unit(below) and (heading := heading_of(own, table)) and heading.field.type is FieldType.MONEY:
        return f"{own}({below})"
    if own != group and not heading_of(own + below, table) and heading_of(group + below, table):
        return group + below
    return own + below


def _reaching_right(row: Sequence[object]) -> list[str]:
    """The texts of a line, each reaching over the blank cells to its right."""
    reached, text = [], ""
    for cell in row:
        text = cell if isinstance(cell, str) and cell else text if cell == "" else ""
        reached.append(text)
    return reached


@lru_cache(maxsize=1024)
def _named_by(texts: tuple[str, ...], table: str) -> tuple[Set[str], int]:
    """The fields that a line names, and of how many columns it says more."""
    headings = _headings_of_line(texts, table).values()
    more = sum(heading.percent or heading.unit is not None for heading in headings)
    return frozenset(heading.field.key for heading in headings), more


@lru_cache(maxsize=1024)
def _headings_of_line(texts: tuple[str, ...], table: str) -> Mapping[int, Heading]:
    """The known headers of a line; most filings have the same lines."""
    found = {column: heading_of(text, table) for column, text in enumerate(texts) if text}
    return {column: heading for column, heading in found.items() if heading}


@lru_cache(maxsize=8192)
def heading_of(text: str, table: str) -> Heading | None:
    """What a header says, if it is one of this table."""
    plain = _plain(text)
    unit: StatedUnit | None = None
    percent = False
    while True:
        if field := _known(table).get(plain):
            return Heading(field, unit, percent)
        if field := _also_known(table).get(plain):
            return Heading(field, unit, percent, synonym=True)
        bracketed = _BRACKETS.fullmatch(plain)
        if bracketed and bracketed[2] in PERCENT_WORDS:
            plain, percent = bracketed[1], True
        elif bracketed and unit is None and (unit := unit_in_brackets(bracketed[2])):
            plain = bracketed[1]
        elif plain.endswith("%"):
            plain, percent = plain[:-1], True
        elif bracketed and _says_how(bracketed[2], _any_known(table, bracketed[1])):
            plain = bracketed[1]
        else:
            return None


def qualified_by(text: str, table: str) -> FieldOfForm | None:
    """The field that a header names beside words in brackets, which may make it another; None where it names none."""
    plain = _plain(text)
    while bracketed := _BRACKETS.fullmatch(plain):
        plain = bracketed[1]
        if field := _any_known(table, plain):
            return field
    return None


def _says_how(words: str, field: FieldOfForm | None) -> bool:
    """Whether words in brackets say how to fill a column in; of amounts and shares they may change what is counted."""
    if field is None or field.type in (FieldType.MONEY, FieldType.RATIO):
        return False
    chosen = field.type in (FieldType.FLAG, FieldType.CHOICE, FieldType.CHOICES)
    return bool(_HINT.search(words) or (chosen and _OPTIONS.match(words)))


@cache
def _known(table: str) -> Mapping[str, FieldOfForm]:
    return {_plain(field.header): field for field in TABLES[table].fields.values()}


@cache
def _also_known(table: str) -> Mapping[str, FieldOfForm]:
    return {_plain(text): field for field in TABLES[table].fields.values() for text in field.also}


def _any_known(table: str, plain: str) -> FieldOfForm | None:
    return _known(table).get(plain) or _also_known(table).get(plain)


@lru_cache(maxsize=8192)
def _plain(text: str) -> str:
    """A header without white space and marks of what must be filled in."""
    return _MARKED.sub("", "".join(text_of(text).split()))

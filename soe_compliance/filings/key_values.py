"""The sheet of the filing's own fields: key-value pairs down the sheet, or a header row with one row below."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence, Set
from functools import lru_cache
from typing import TypeAlias

from soe_compliance.filings.bad_cells import shown
from soe_compliance.filings.cell_places import PairsLocator, cell_name
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.filing import RawTable
from soe_compliance.filings.header_rows import Heading, find_header
from soe_compliance.filings.labelled_cells import (
    Statement,
    own_heading,
    statements,
    statements_of,
    unit_heading,
)
from soe_compliance.filings.layout import ColumnLayout, FoundBy, Layout
from soe_compliance.filings.problems import Problem, problem
from soe_compliance.filings.tables import HEADER, TABLES
from soe_compliance.filings.template_tags import is_tag
from soe_compliance.filings.units import unit_named
from soe_compliance.filings.values import PARSERS, BadCell, text_of

_HINT_HEADINGS = frozenset({"填写说明", "填报说明", "填表说明", "说明", "备注", "示例", "填写要求"})
_BEHIND_LABELS = "：: \u3000"
_FORM = TABLES[HEADER]

Rows: TypeAlias = Sequence[Sequence[object]]


def header_table(sheet: str, rows: Rows, found_by: FoundBy = FoundBy.FORM) -> tuple[RawTable, list[Problem]]:
    """The filing's own fields, each with the place of its value. A tag of a template is none."""
    labels, repeated = _labels(rows)
    hints = _hint_columns(rows)
    cells = _pairs(rows, labels, hints)
    within = list(statements(rows, hints))
    if not _has_required(rows, labels, cells, {found.key for _, found in within}) and (
        below := _below_header(rows)
    ):
        cells, repeated, labels = below, [], {}
    own = _Own(rows, labels, cells)
    repeated += [(found.key, place) for place, found in within if not own.takes(place, found)]
    problems = [
        problem(
            "column-repeated",
            table=HEADER,
            field=key,
            location=f"{sheet}!{cell_name(*label)}",
            header=_FORM.fields[key].header,
        )
        for key, label in repeated
    ]
    values = {key: [value] for key, value in own.values.items()}
    for key, value in own.values.items():
        if is_tag(value):
            location, text = f"{sheet}!{cell_name(*cells[key])}", shown(value)
            problems.append(problem("template-tag", table=HEADER, field=key, location=location, text=text))
            values[key] = [""]
    layout = Layout(sheet, found_by, labels=list(own.columns.values()))
    return RawTable(HEADER, values, [0], PairsLocator(sheet, cells), layout=layout), problems


class _Own:
    """The filing's own fields as pairs state them, and as single cells do.

    Attributes:
        values: the value of each field.
        columns: the label of each field as written.
    """

    def __init__(
        self, rows: Rows, labels: Mapping[str, tuple[int, int]], cells: dict[str, tuple[int, int]]
    ) -> None:
        self._cells = cells
        self._taken = set(labels.values())
        self.values = {key: _at(rows, cell) for key, cell in cells.items()}
        self.columns = _label_columns(rows, labels)

    def takes(self, place: tuple[int, int], found: Statement) -> bool:
        """Take what a cell says of a field, which is no more than what is known of it; False where it says otherwise."""
        key = found.key
        known = self.values.get(key, "")
        if self._cells.get(key) in (place, None) or self._cells[key] in self._taken or known == "":
            self._take(place, found)
        elif not _say_the_same(key, known, found.value):
            if key in self.columns and self.columns[key].found_by is FoundBy.SYNONYM and not found.synonym:
                self._take(place, found)
            return False
        return True

    def _take(self, place: tuple[int, int], found: Statement) -> None:
        self._cells[found.key] = place
        self.values[found.key] = found.value
        found_by = FoundBy.SYNONYM if found.synonym else FoundBy.FORM
        self.columns[found.key] = ColumnLayout(place[1], found.label, found.key, found_by)


def _say_the_same(key: str, one: object, other: object) -> bool:
    """Whether two values mean the same, however they are spelled."""
    try:
        if key == "unit":
            return unit_named(text_of(one)) == unit_named(text_of(other))
        read = PARSERS[_FORM.fields[key].type]
        return read(one) == read(other)
    except BadCell:
        return one == other


def _has_required(
    rows: Rows,
    labels: Mapping[str, tuple[int, int]],
    cells: Mapping[str, tuple[int, int]],
    within: Collection[str],
) -> bool:
    """Whether a value stands beside the label of each required field, or with it; the next label is none."""
    taken = set(labels.values())
    found = (cells.get(field.key) for field in _FORM.required if field.key not in within)
    return all(cell and cell not in taken and _is_value(_at(rows, cell)) for cell in found)


def _label_columns(rows: Rows, labels: Mapping[str, tuple[int, int]]) -> dict[str, ColumnLayout]:
    """The label of each field as written."""
    columns = {}
    for key, (row, column) in labels.items():
        text = str(rows[row][column])
        heading = _heading(text)
        found_by = FoundBy.FORM if heading and not heading.synonym else FoundBy.SYNONYM
        columns[key] = ColumnLayout(column, text, key, found_by)
    return columns


def _at(rows: Rows, cell: tuple[int, int]) -> object:
    row, column = cell
    return rows[row][column] if column < len(rows[row]) else ""


def _is_value(cell: object) -> bool:
    """Whether a cell is filled, and not with the label of a field: labels side by side are a header row."""
    return cell != "" and not (isinstance(cell, str) and _heading(cell))


def _below_header(rows: Rows) -> dict[str, tuple[int, int]]:
    """The places of the values in the row below a header row; none where the sheet is laid out otherwise."""
    bare = [[cell.rstrip(_BEHIND_LABELS) if isinstance(cell, str) else cell for cell in row] for row in rows]
    header = find_header(bare, _FORM, deepest=1)
    if header is None:
        return {}
    for number in range(header.last + 1, len(rows)):
        if any(rows[number][column] != "" for column in header.columns):
            return {heading.field.key: (number, column) for column, heading in header.columns.items()}
    return {}


def _pairs(rows: Rows, labels: Mapping[str, tuple[int, int]], hints: Set[int]) -> dict[str, tuple[int, int]]:
    """The place of each field's value."""
    values = {key: _value_column(rows, *label, hints) for key, label in labels.items()}
    usual = _usual_columns(labels, values)
    places = {}
    for key, (number, column) in labels.items():
        value = values[key]
        # Beyond the column that values stand in there are hints on how to fill them in.
        if value is None or (value > usual.get(column, value) and not _fits(key, rows[number][value])):
            value = usual.get(column, column + 1)
        places[key] = (number, value)
    return places


def _hint_columns(rows: Rows) -> set[int]:
    """The columns that say how to fill the others in."""
    return {
        column
        for row in rows
        for column, cell in enumerate(row)
        if type(cell) is str and _is_hint_heading(cell)
    }


def _labels(
    rows: Rows,
) -> tuple[dict[str, tuple[int, int]], list[tuple[str, tuple[int, int]]]]:
    """The label of each field, one of the forms before other spellings, and the labels that say it once more."""
    labels: dict[str, tuple[int, int]] = {}
    repeated: dict[bool, list[tuple[str, tuple[int, int]]]] = {False: [], True: []}
    synonyms: set[str] = set()
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if not (isinstance(cell, str) and cell):
                continue
            heading = _heading(cell) or unit_heading(cell, _beside(row, column))
            if heading is None:
                continue
            key = heading.field.key
            if key not in labels or (key in synonyms and not heading.synonym):
                labels[key] = (number, column)
                synonyms = synonyms | {key} if heading.synonym else synonyms - {key}
            elif _value_column(rows, number, column) is not None:
                repeated[heading.synonym].append((key, (number, column)))
    also = [
        (key, label) for key, label in repeated[True] if key in synonyms and _differ(rows, labels[key], label)
    ]
    return labels, repeated[False] + also


def _differ(rows: Rows, one: tuple[int, int], other: tuple[int, int]) -> bool:
    values = [_value_column(rows, *label) for label in (one, other)]
    return (
        None in values
        or len({rows[row][value or 0] for (row, _), value in zip((one, other), values, strict=True)}) > 1
    )


def has_required_labels(rows: Rows, *, within: bool = True) -> bool:
    """Whether a sheet has a label for each field that a filing can't do without.

    Args:
        rows: the rows of the sheet.
        within: whether a label that stands in one cell with its value counts.
    """
    labels, _ = _labels(rows)
    found = {*labels, *(stated.key for _, stated in statements(rows))} if within else labels
    return all(field.key in found for field in _FORM.required)


def _fits(key: str, cell: object) -> bool:
    """Whether a cell is plainly a value of this field: a date, a number or a unit."""
    if key == "unit":
        return isinstance(cell, str) and unit_named(cell) is not None
    kind = _FORM.fields[key].type
    if kind not in (FieldType.DATE, FieldType.INT):
        return False
    try:
        return PARSERS[kind](cell) is not None
    except BadCell:
        return False


@lru_cache(maxsize=4096)
def _heading(cell: str) -> Heading | None:
    return own_heading(text_of(cell).rstrip(" :"))


def _beside(row: Sequence[object], column: int) -> object:
    return next((cell for cell in row[column + 1 :] if cell != ""), "")


def _value_column(rows: Rows, number: int, label: int, hints: Set[int] = frozenset()) -> int | None:
    """The column of the next cell to the right that holds something, unless it is a label too."""
    row = rows[number]
    for column in range(label + 1, len(row)):
        cell = row[column]
        if cell == "" or column in hints:
            continue
        return None if isinstance(cell, str) and (_heading(cell) or statements_of(cell)) else column
    return None


def _usual_columns(labels: Mapping[str, tuple[int, int]], values: Mapping[str, int | None]) -> dict[int, int]:
    """For each column with labels, the column that most of their values stand in."""
    found: dict[int, Counter[int]] = {}
    for key, (_, column) in labels.items():
        value = values[key]
        if value is not None:
            found.setdefault(column, Counter())[value] += 1
    return {
        column: min(counts, key=lambda value: (-counts[value], value)) for column, counts in found.items()
    }


@lru_cache(maxsize=4096)
def _is_hint_heading(cell: str) -> bool:
    return "".join(text_of(cell).split()) in _HINT_HEADINGS

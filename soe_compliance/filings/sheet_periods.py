"""The year, or the quarter, that a sheet's name says its rows are of, where a table stands on a sheet for each."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from soe_compliance.domain.patterns import pattern
from soe_compliance.domain.text import Text
from soe_compliance.filings.bad_cells import shown
from soe_compliance.filings.filing import RawTable
from soe_compliance.filings.header_rows import find_header
from soe_compliance.filings.joined_tables import joined
from soe_compliance.filings.layout import FoundBy
from soe_compliance.filings.problems import Problem, problem
from soe_compliance.filings.sheet_titles import form_titled, is_example, is_void, precedence, without_number
from soe_compliance.filings.tables import TABLES, TableOfForms
from soe_compliance.filings.values import PARSERS, BadCell

_PERIODICAL = frozenset({"financials", "plans", "investment_reports", "financing_reports"})
"""The tables whose rows are each of a year, or of a quarter. The year of a project's plan is another thing: projects
go on, and stand on the sheets of several years."""

_QUARTER = r"(?:第?(?P<quarter>[一二三四1-4])季度|[Qq](?P<figure>[1-4]))"
_PERIOD = pattern(
    rf"(?<!\d)(?P<year>20\d\d)(?:年(?:度|末|底)?+)?+(?:[-_.]?{_QUARTER})?+(?!\d|[上下]半年|[-_.]?第?[一二三四1-4]季)"
    rf"|{_QUARTER.replace('quarter', 'quarter_alone').replace('figure', 'figure_alone')}"
)
_QUARTERS = ("quarter", "figure", "quarter_alone", "figure_alone")
_CHINESE = "一二三四"
_SEPARATORS = "-_.、"


class SheetPeriod(Struct, frozen=True):
    """What a sheet's name says of its rows.

    Attributes:
        group: the form and what else the name says: the sheets of one group differ in their periods alone.
        values: the year, the quarter, or both, by field.
    """

    group: tuple[str, ...]
    values: Mapping[str, int]

    def lacking(self, form: TableOfForms, present: Collection[str]) -> TableOfForms:
        """The form without need of the columns that the sheet does not have, since its name says what they would."""
        fields = {
            key: replace(field, required=field.required and (key in present or key not in self.values))
            for key, field in form.fields.items()
        }
        return replace(form, fields=MappingProxyType(fields))


def sheets_by_period(names: Sequence[str]) -> Mapping[str, SheetPeriod]:
    """The sheets to be read as one table, by name: those whose names differ only in the year or the quarter.

    A form that has a sheet of its exact title is filed there.
    """
    titled = {name: found for name in names if (found := form_titled(name))}
    wanted = _PERIODICAL - {form.key for form, found_by in titled.values() if found_by is FoundBy.FORM}
    groups: dict[tuple[str, ...], dict[tuple[int, ...], tuple[str, SheetPeriod]]] = {}
    for name, (form, _) in titled.items():
        if form.key not in wanted or is_void(name) or is_example(name):
            continue
        if period := _period(name, form):
            alike = groups.setdefault(period.group, {})
            alike.setdefault(tuple(period.values.values()), (name, period))
    return {name: period for alike in groups.values() if len(alike) > 1 for name, period in alike.values()}


def _period(name: str, form: TableOfForms) -> SheetPeriod | None:
    """The one period in a sheet's name, if the form has fields for it."""
    plain = without_number(name)
    found = list(_PERIOD.finditer(plain))
    if len(found) != 1:
        return None
    [match] = found
    values = {}
    if match["year"]:
        values["year"] = int(match["year"])
    if quarter := next(filter(None, (match[part] for part in _QUARTERS)), None):
        values["quarter"] = _CHINESE.find(quarter) + 1 or int(quarter)
    if not values.keys() <= form.fields.keys():
        return None
    rest = (plain[: match.start()] + plain[match.end() :]).replace("()", "").strip(_SEPARATORS)
    return SheetPeriod((form.key, rest, *values), MappingProxyType(values))


class JoinedSheets:
    """The sheets of a workbook that are read as one table, as they are read one after another."""

    def __init__(self, names: Sequence[str]) -> None:
        self._periods = sheets_by_period(names)
        first: dict[tuple[str, ...], tuple[bool, int]] = {}
        for name, period in self._periods.items():
            first[period.group] = min(first.get(period.group, precedence(name)), precedence(name))
        self._first = first
        self._taken: dict[str, tuple[str, ...]] = {}
        self._sheets: dict[str, list[str]] = {}
        self._parts: dict[str, list[RawTable]] = {}
        self._refused: dict[str, str] = {}

    def precedence(self, name: str) -> tuple[bool, int]:
        """Where a sheet stands among those of its form: sheets of one group side by side, in their own order."""
        period = self._periods.get(name)
        return self._first[period.group] if period else precedence(name)

    def holds(self, name: str) -> bool:
        """Whether a sheet is one of several."""
        return name in self._periods

    def goes_on(self, form: TableOfForms, name: str) -> bool:
        """Whether a sheet belongs to those of its form that were taken before."""
        period = self._periods.get(name)
        return period is not None and self._taken.get(form.key) == period.group

    def form_of(self, form: TableOfForms, name: str, rows: Sequence[Sequence[object]]) -> TableOfForms:
        """The form as the sheet is to be read: without need of a column for what its name says."""
        period = self._periods.get(name)
        if period is None or find_header(rows, form):
            return form
        header = find_header(rows, form, complete=False)
        present = {heading.field.key for heading in header.columns.values()} if header else set()
        return period.lacking(form, present)

    def take(self, form: TableOfForms, name: str, table: RawTable | None) -> list[Problem]:
        """Take the table of a sheet, None where it can't be used; say what its rows state otherwise than its name."""
        period = self._periods[name]
        self._taken[form.key] = period.group
        if table is None:
            self._refused.setdefault(form.key, name)
            return []
        table, problems = with_period(table, period, name)
        self._parts.setdefault(form.key, []).append(table)
        self._sheets.setdefault(form.key, []).append(name)
        return problems

    def tables(self) -> tuple[Mapping[str, RawTable], list[Problem]]:
        """The tables, each of all of its sheets: where one sheet can't be used, its rows would be missing unsaid."""
        found, problems = {}, []
        for key, parts in self._parts.items():
            title, sheets = TABLES[key].title, self._sheets[key]
            if key in self._refused:
                continue
            found[key] = joined(parts)
            listed = Text("、".join(sheets), ", ".join(sheets))
            problems.append(
                problem(
                    "sheets-joined",
                    table=key,
                    location=sheets[0],
                    title=title,
                    count=len(sheets),
                    sheets=listed,
                )
            )
        for key, sheet in self._refused.items():
            title = TABLES[key].title
            problems.append(problem("sheets-not-joined", table=key, location=sheet, title=title, sheet=sheet))
        return found, problems


def with_period(table: RawTable, period: SheetPeriod, sheet: str) -> tuple[RawTable, list[Problem]]:
    """The table with the sheet's period where rows state none; what they state otherwise is a problem, and blank."""
    cells, problems = dict(table.cells), []
    for key, value in period.values.items():
        field = TABLES[table.key].fields[key]
        stated = list(cells.get(key) or [None] * len(table.rows))
        filled = 0
        for row, cell in enumerate(stated):
            try:
                own = PARSERS[field.type](cell)
            except BadCell:
                continue
            if own is None:
                stated[row] = value
                filled += 1
            elif own != value:
                said = problem(
                    "period-disagrees",
                    table=table.key,
                    field=key,
                    location=table.place(row, key),
                    header=field.header,
                    value=shown(cell),
                    sheet=sheet,
                )
                problems.append(said)
                stated[row] = None
        if filled:
            said = problem(
                "period-of-sheet",
                table=table.key,
                field=key,
                location=sheet,
                header=field.header,
                sheet=sheet,
                count=filled,
                value=value,
            )
            problems.append(said)
        cells[key] = stated
    return replace(table, cells=cells), problems

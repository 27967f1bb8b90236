"""Rows that lack what a row can't do without: the first of a sheet told of one by one, all others together, run by run."""

from collections.abc import Iterator, Sequence

from soe_compliance.domain.text import Text
from soe_compliance.filings.cell_places import SheetLocator, runs, span
from soe_compliance.filings.filing import RawTable
from soe_compliance.filings.joined_tables import JoinedLocator
from soe_compliance.filings.problems import Problem, problem
from soe_compliance.filings.tables import FieldOfForm

_MOST_TOLD = 1_000
"""So many rows of a sheet are told of one by one, and then all others together."""

_MOST_RUNS = 50
"""So many runs of rows are listed in one problem; those beyond have problems of their own."""


def unusable_rows(table: RawTable, rows: Sequence[int], lacking: Sequence[FieldOfForm]) -> Iterator[Problem]:
    """What to say of the rows of a table that can't be used.

    Args:
        rows: the rows, in order.
        lacking: for each of them the first field that it can't do without.
    """
    if not isinstance(table.locator, JoinedLocator):
        yield from _on_one_sheet(table, rows, lacking)
        return
    parts = [table.locator.part_of(row) for row in rows]
    for part in table.parts:
        within = [(row, field) for (one, row), field in zip(parts, lacking, strict=True) if one is part]
        yield from _on_one_sheet(part, [row for row, _ in within], [field for _, field in within])


def _on_one_sheet(table: RawTable, rows: Sequence[int], lacking: Sequence[FieldOfForm]) -> Iterator[Problem]:
    numbers = [table.rows[row] for row in rows]
    for number, field in zip(numbers[:_MOST_TOLD], lacking, strict=False):
        yield _problem("row-unusable", table, number, field)
    rest = list(zip(numbers, lacking, strict=True))[_MOST_TOLD:]
    for field in dict.fromkeys(field for _, field in rest):
        found = list(runs([number for number, lacked in rest if lacked is field]))
        for start in range(0, len(found), _MOST_RUNS):
            listed = found[start : start + _MOST_RUNS]
            count = sum(last - first + 1 for first, last in listed)
            listed_rows = _listed(table, listed)
            yield _problem("rows-unusable", table, listed[0][0], field, count=f"{count:,}", rows=listed_rows)


def _listed(table: RawTable, found: Sequence[tuple[int, int]]) -> Text:
    """Runs of rows as their source numbers them."""
    if isinstance(table.locator, SheetLocator):
        spans = [span(first, last) for first, last in found]
        return Text(f"第{'、'.join(spans)}行", f"rows {', '.join(spans)}")
    places = [" - ".join(dict.fromkeys(table.locator.place(number, None) for number in run)) for run in found]
    return Text("、".join(places), ", ".join(places))


def _problem(code: str, table: RawTable, number: int, field: FieldOfForm, **values: object) -> Problem:
    location = table.locator.place(number, field.key)
    return problem(code, table=table.key, field=field.key, location=location, header=field.header, **values)

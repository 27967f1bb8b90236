"""What is told of many rows of a table: of the first of each sheet one by one, of all others together, run by run."""

from collections.abc import Hashable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from msgspec import Struct

from soe_compliance.domain.text import Text
from soe_compliance.filings.cell_places import SheetLocator, runs, span
from soe_compliance.filings.filing import RawTable
from soe_compliance.filings.joined_tables import JoinedLocator

_MOST_TOLD = 1_000
"""So many rows of a sheet are told of one by one, and then all others together."""

_MOST_RUNS = 50
"""So many runs of rows are listed together; those beyond are told of by themselves."""

Kind = TypeVar("Kind", bound=Hashable)


class Told(Struct, Generic[Kind], frozen=True):
    """A row that is told of by itself, or several of one kind that are told of together.

    Attributes:
        row: the row's place in the table, or that of the first of several.
        kind: what is to be told.
        count: how many rows there are.
        listed: where they are told of together, all of them as their source numbers them.
    """

    row: int
    kind: Kind
    count: int = 1
    listed: Text | None = None


class _Row(NamedTuple, Generic[Kind]):
    """A row, its number at its source, and what is to be told of it."""

    row: int
    number: int
    kind: Kind


def told(table: RawTable, rows: Sequence[int], kinds: Sequence[Kind]) -> Iterator[Told[Kind]]:
    """What is told of one by one, and what together.

    Args:
        table: the table; where it stands on several sheets, each counts for itself.
        rows: the rows, in order.
        kinds: for each of them what is to be told; only rows of one kind are told of together.
    """
    if not isinstance(table.locator, JoinedLocator):
        numbered = (_Row(row, table.rows[row], kind) for row, kind in zip(rows, kinds, strict=True))
        yield from _on_one_sheet(table, list(numbered))
        return
    parts = [table.locator.part_of(table.rows[row]) for row in rows]
    for part in table.parts:
        found = zip(rows, parts, kinds, strict=True)
        yield from _on_one_sheet(
            part, [_Row(row, number, kind) for row, (one, number), kind in found if one is part]
        )


def _on_one_sheet(table: RawTable, rows: Sequence[_Row[Kind]]) -> Iterator[Told[Kind]]:
    for row in rows[:_MOST_TOLD]:
        yield Told(row.row, row.kind)
    rest: dict[Kind, list[_Row[Kind]]] = {}
    for row in rows[_MOST_TOLD:]:
        rest.setdefault(row.kind, []).append(row)
    for kind, of_kind in rest.items():
        found, told_of = list(runs([row.number for row in of_kind])), 0
        for start in range(0, len(found), _MOST_RUNS):
            together = found[start : start + _MOST_RUNS]
            count = sum(last - first + 1 for first, last in together)
            yield Told(of_kind[told_of].row, kind, count, _listed(table, together))
            told_of += count


def _listed(table: RawTable, found: Sequence[tuple[int, int]]) -> Text:
    """Runs of rows as their source numbers them."""
    if isinstance(table.locator, SheetLocator):
        spans = [span(first, last) for first, last in found]
        return Text(f"第{'、'.join(spans)}行", f"rows {', '.join(spans)}")
    places = [" - ".join(dict.fromkeys(table.locator.place(number, None) for number in run)) for run in found]
    return Text("、".join(places), ", ".join(places))

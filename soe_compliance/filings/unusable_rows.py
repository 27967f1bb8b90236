"""Rows that lack what a row can't do without."""

from collections.abc import Iterator, Sequence

from soe_compliance.filings.filing import RawTable
from soe_compliance.filings.problems import Problem, problem
from soe_compliance.filings.tables import FieldOfForm
from soe_compliance.filings.told_together import told


def unusable_rows(table: RawTable, rows: Sequence[int], lacking: Sequence[FieldOfForm]) -> Iterator[Problem]:
    """What to say of the rows of a table that can't be used.

    Args:
        rows: the rows, in order.
        lacking: for each of them the first field that it can't do without.
    """
    for one in told(table, rows, lacking):
        yield problem(
            "rows-unusable" if one.listed else "row-unusable",
            table=table.key,
            field=one.kind.key,
            location=table.place(one.row, one.kind.key),
            header=one.kind.header,
            count=f"{one.count:,}",
            rows=one.listed,
        )

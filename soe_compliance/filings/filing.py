"""A filing as read: its header, and the cells of its tables as they stand, each with its place."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct, field

from soe_compliance.filings.forms import Unit
from soe_compliance.filings.problems import Problem

if TYPE_CHECKING:
    from soe_compliance.filings.layout import Layout

FEN_PER_UNIT: Mapping[Unit, int] = {
    Unit.YUAN: 10**2,
    Unit.THOUSAND: 10**5,
    Unit.TEN_THOUSAND: 10**6,
    Unit.MILLION: 10**8,
    Unit.HUNDRED_MILLION: 10**10,
}


class Locator(Protocol):
    """Names the place of a cell of one table."""

    def place(self, row: int, field: str | None) -> str:
        """The place of a field in the row with this number at the source."""
        ...


class RawTable(Struct, frozen=True):
    """The rows of one table as they stand in the source; empty rows and total rows are left out.

    Attributes:
        cells: for each field that the source has, its cells, one a row.
        rows: the number of each row at the source, as `locator` takes it.
        locator: names the place of a cell.
        fen_per_unit: for money fields, the fen that 1 stands for, or that for each row (0: by the filing's unit).
        percent: for ratio fields, which numbers are percentages.
        formats: for each field, the number formats by which cells were understood otherwise than by the number stored
            alone, by row.
        layout: how the table stands on its sheet; None where it stands on none, or on several.
        parts: where it stands on several sheets, the table of each.
    """

    key: str
    cells: Mapping[str, Sequence[object]]
    rows: Sequence[int]
    locator: Locator
    fen_per_unit: Mapping[str, int | Sequence[int]] = field(default_factory=dict)
    percent: Mapping[str, Sequence[bool]] = field(default_factory=dict)
    formats: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    layout: "Layout | None" = None
    parts: Sequence["RawTable"] = ()

    def fen_of(self, field: str, row: int) -> int:
        """The fen that 1 stands for in a cell; 0 where only the filing's unit says."""
        stated = self.fen_per_unit.get(field, 0)
        return stated if isinstance(stated, int) else stated[row]

    def place(self, row: int, field: str | None = None) -> str:
        """The place of a cell by its row in this table."""
        return self.locator.place(self.rows[row], field)


class Filing(Struct, frozen=True):
    """One filing that can be checked.

    Attributes:
        id: unique in a report.
        source: the path as given.
        digest: "sha256:" and the digest of the file's bytes.
        tables: the tables that the source has, be they empty.
    """

    id: str
    source: str
    digest: str
    group_code: str
    group_name: str
    year: int
    reference_date: date
    filed_on: date | None
    jurisdiction: str
    unit: Unit
    header: RawTable
    tables: Mapping[str, RawTable]
    problems: tuple[Problem, ...] = ()


class Unreadable(Struct, frozen=True):
    """A file, or a filing in it, that can't be checked, and why."""

    id: str
    source: str
    digest: str | None
    problems: tuple[Problem, ...]

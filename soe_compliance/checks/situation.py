"""A batch under a ruleset at a date: what checks share, worked out once, when it is first asked for."""

import weakref
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from msgspec import Struct
from msgspec import field as attribute

from soe_compliance.domain import reasons
from soe_compliance.domain.exact import Interval
from soe_compliance.domain.finding import Evidence
from soe_compliance.domain.ownership import Holdings, consolidated_scope
from soe_compliance.domain.text import Text
from soe_compliance.domain.truth import NO, UNKNOWN, YES, Mask, Numbers, Truth, either
from soe_compliance.domain.workdays import Calendar
from soe_compliance.filings.bad_cells import shown
from soe_compliance.filings.batch import Batch, Table
from soe_compliance.filings.cell_text import is_stated
from soe_compliance.filings.filing import FEN_PER_UNIT
from soe_compliance.filings.tables import TABLES
from soe_compliance.law.kinds import Rows
from soe_compliance.law.model import Ruleset

Shared = TypeVar("Shared")

_UNITS_OF_A_FEN = {unit: Fraction(1, fen) for unit, fen in FEN_PER_UNIT.items()}

MOST_OF_A_CELL = 200
"""The most characters of a cell that a finding quotes."""
MOST_KNOWN_CELLS = 40_000
"""How many cells are kept as evidence for the next finding that rests on them."""


class Situation(Struct, frozen=True, eq=False, dict=True, weakref=True):
    """What every check is given.

    Attributes:
        as_of: the date by which things are due.
        calendar: the official working days.
        _evidence: the cells that were shown so far, the same under each ruleset and at each date.
    """

    batch: Batch
    ruleset: Ruleset
    as_of: date
    calendar: Calendar
    _evidence: dict[tuple[str, int, str], Evidence | None] = attribute(default_factory=dict)

    @cached_property
    def today(self) -> int:
        """The as-of date as an ordinal."""
        return self.as_of.toordinal()

    @cached_property
    def in_force_from(self) -> int:
        return self.ruleset.force.from_.toordinal()

    @cached_property
    def _shared(self) -> dict[Callable[..., Any], Any]:
        return {}

    def shared(self, made_by: "Callable[[Situation], Shared]") -> Shared:
        """What several checks use, made by the first that asks for it."""
        if made_by not in self._shared:
            # By a weak reference: the two would hold each other otherwise, and all filings, until garbage is looked for.
            self._shared[made_by] = made_by(weakref.proxy(self))
        found: Shared = self._shared[made_by]
        return found

    def table(self, key: str) -> Table:
        return self.batch.tables[key]

    def rows(self, rows: Rows) -> Numbers:
        """The rows of a table that a rule looks at."""
        table = self.table(rows.table)
        wanted = np.ones(len(table), dtype=bool)
        for field, keys in rows.where.items():
            wanted &= table.is_one_of(field, keys)
        for field, keys in rows.unless.items():
            wanted &= ~table.is_one_of(field, keys)
        if rows.of_year is not None:
            wanted &= table.values(rows.of_year) == self.batch.year[table.filing]
        return np.flatnonzero(wanted)

    def cannot_show_absence(self, table: str) -> Mask:
        """Filings in which want of a row of this table shows nothing: it is lacking, or not all of it could be used."""
        return ~self.batch.has_table[table] | (self.batch.unusable[table] > 0) | self.batch.left_out[table]

    def why_absence_shows_nothing(self, table: str, filing: int) -> Iterator[Text]:
        """What `cannot_show_absence` rests on in a filing."""
        unusable = int(self.batch.unusable[table][filing])
        if self.batch.left_out[table][filing]:
            yield reasons.LEFT_OUT.format(table=title(table))
        elif not self.batch.has_table[table][filing]:
            yield reasons.TABLE_MISSING.format(table=title(table))
        if unusable:
            yield reasons.UNUSABLE_ROWS.format(table=title(table), count=unusable)

    def filed_too_early(self, filing: Numbers, due_high: Numbers) -> Mask:
        """Filings that state a day on which they were made up that is not certainly after the due day."""
        filed_on = self.batch.filed_on
        return filed_on.stated[filing] & (filed_on.values[filing] <= due_high)

    # dates

    def due(self, name: str, year: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """A named due day of each year: as written, and rolled, the earliest and the latest it may be."""
        term = self.ruleset.terms.due_dates[name]
        if term.day == "last":
            first_of_next = [date(y + term.month // 12, term.month % 12 + 1, 1) for y in year.tolist()]
            written = np.array([day.toordinal() - 1 for day in first_of_next], dtype=np.int64)
        else:
            written = np.array(
                [date(y, term.month, term.day).toordinal() for y in year.tolist()], dtype=np.int64
            )
        return written, *self.rolled(written)

    def rolled(self, written: Numbers) -> tuple[Numbers, Numbers]:
        """Due days after rolling, the earliest and the latest each may be."""
        deadlines = self.ruleset.terms.deadlines
        if deadlines.roll == "none":
            return written, written
        return self.calendar.roll(written, deadlines.uncovered_days)

    # the group

    @cached_property
    def holdings(self) -> Holdings:
        batch, table = self.batch, self.table("holdings")
        ratio, voting = table.columns["ratio"], table.columns["voting_ratio"]
        return Holdings(
            holder=table.values("holder_code"),
            investee=table.values("investee_code"),
            ratio=np.where(ratio.stated, ratio.values, 0),
            ratio_stated=ratio.stated,
            votes=np.where(voting.stated, voting.values, np.where(ratio.stated, ratio.values, 0)),
            votes_stated=voting.stated | ratio.stated,
            filing_of=batch.filing_of_firm,
            has_rows=np.bincount(table.filing, minlength=len(batch)) > 0,
            has_unusable=(batch.unusable["holdings"] > 0) | batch.left_out["holdings"],
        )

    @cached_property
    def lacks_ratios(self) -> Mask:
        """For each filing, whether it has no stakes, or one of unknown size."""
        blank = self.table("holdings").filing[~self.holdings.ratio_stated]
        return ~self.holdings.has_rows | (np.bincount(blank, minlength=len(self.batch)) > 0)

    @cached_property
    def scope(self) -> Truth:
        """Membership of each firm in its group's scope of consolidation."""
        everyone = np.arange(len(self.batch.firm_codes))
        stated = self.batch.of_entity("consolidated", everyone).values.astype(np.int8)
        return consolidated_scope(
            self.holdings, self.batch.parent, stated, self.ruleset.terms.control.votes_above
        )

    @cached_property
    def scope_as_actor(self) -> Truth:
        """Membership of each firm as guarantor or investor: a code that is not listed may be mistyped."""
        unlisted = self.batch.entity_of_firm < 0
        return np.where(unlisted & (self.scope != YES), UNKNOWN, self.scope).astype(np.int8)

    @cached_property
    def is_parent(self) -> Mask:
        mask = np.zeros(len(self.batch.firm_codes), dtype=bool)
        mask[self.batch.parent] = True
        return mask

    @cached_property
    def upper_tier(self) -> Truth:
        """Whether each firm is the parent, of the first level, or a key subsidiary."""
        everyone = np.arange(len(self.batch.firm_codes))
        tiered = self.ruleset.terms.tiered
        level = self.batch.of_entity("level", everyone)
        flag = self.batch.of_entity(tiered.flag, everyone).values.astype(np.int8)
        by_level = np.where(level.stated, np.where(level.values == tiered.level, YES, NO), UNKNOWN)
        return np.where(self.is_parent, YES, either(by_level.astype(np.int8), flag)).astype(np.int8)

    @cached_property
    def tiered(self) -> Truth:
        """The same of investors, where a stated level that is no level (below the first) tells nothing."""
        everyone = np.arange(len(self.batch.firm_codes))
        level = self.batch.of_entity("level", everyone)
        odd = level.stated & (level.values < self.ruleset.terms.tiered.level)
        return np.where(odd & (self.upper_tier == NO), UNKNOWN, self.upper_tier).astype(np.int8)

    # what findings show

    def unit(self, filing: int) -> str:
        return str(self.batch.filings[filing].unit)

    def in_unit(self, amount: Interval, filing: int) -> Interval:
        """An amount in fen in the filing's unit."""
        return amount.scaled(_UNITS_OF_A_FEN[self.batch.filings[filing].unit])

    def evidence(self, table: str, rows: Iterable[int], *fields: str) -> tuple[Evidence, ...]:
        """These cells of these rows, be they blank, of the columns that their table has; of the row -1, which is none,
        nothing."""
        known, found = self._evidence, []
        for row in rows:
            if row < 0:
                continue
            for field in fields:
                cell = table, row, field
                if cell not in known:
                    if len(known) == MOST_KNOWN_CELLS:
                        known.clear()
                    known[cell] = self._of_cell(table, row, field)
                if (evidence := known[cell]) is not None:
                    found.append(evidence)
        return tuple(found)

    def blank_cells(self, table: str, rows: Iterable[int], *fields: str) -> tuple[Evidence, ...]:
        """Those of these cells that are blank: where what is missing is to be filled in."""
        return tuple(cell for cell in self.evidence(table, rows, *fields) if not is_stated(cell.value))

    def _of_cell(self, table: str, row: int, field: str) -> Evidence | None:
        """A cell as evidence; None where its table has no such column."""
        batch = self.batch
        if not batch.has_column(table, row, field):
            return None
        cell = batch.cell(table, row, field)
        return Evidence(
            table,
            batch.row_name(table, row),
            field,
            "" if cell is None else shown(cell, MOST_OF_A_CELL),
            batch.place(table, row, field),
        )

    def blank(self, table: str, rows: Iterable[int], *fields: str) -> tuple[str, ...]:
        """Which of these fields some row leaves blank, as "table.field"; the row -1, which is none, leaves all."""
        columns, listed = self.table(table), list(rows)
        return tuple(
            f"{table}.{field}"
            for field in fields
            if not all(row >= 0 and columns.stated(field)[row] for row in listed)
        )


def day(ordinal: int) -> date:
    return date.fromordinal(int(ordinal))


def title(table: str) -> str:
    return TABLES[table].title


def header(table: str, field: str) -> str:
    return TABLES[table].fields[field].header


MOST_LISTED = 5


def listed(names: Iterable[str], total: int | None = None) -> Text:
    """Some names in a row, the first few of them; of how many, if they are not all given."""
    every = list(names)
    total = len(every) if total is None else total
    more = total - MOST_LISTED
    zh, en = "、".join(every[:MOST_LISTED]), ", ".join(every[:MOST_LISTED])
    return Text(zh + f"等{total}项", en + f" and {more} more") if more > 0 else Text(zh, en)

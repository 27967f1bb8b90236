"""The exhibits of each filing of a batch."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np
from msgspec.structs import replace

from soe_compliance.checks.guarantees import Guarantees
from soe_compliance.checks.headroom import headroom_of
from soe_compliance.checks.situation import Situation
from soe_compliance.checks.web import rings
from soe_compliance.domain.exact import as_fraction
from soe_compliance.domain.exhibits import (
    Exhibits,
    ShownEntity,
    ShownGuarantees,
    ShownHolding,
    Standing,
    Web,
)
from soe_compliance.domain.ownership import RATIO_UNIT
from soe_compliance.domain.truth import NO, YES, Numbers
from soe_compliance.filings.batch import batch_of
from soe_compliance.filings.columns import Column
from soe_compliance.law.model import Rule

_NAMES = (
    ("holdings", "holder_code", "holder_name"),
    ("holdings", "investee_code", "investee_name"),
    ("guarantees", "guarantor_code", "guarantor_name"),
    ("guarantees", "beneficiary_code", "beneficiary_name"),
)
"""Where firms that are not listed have their names."""


def exhibits_of(situation: Situation, rules: Sequence[Rule]) -> list[Exhibits]:
    """What outputs show of each filing, in the order of the batch; its headroom under these rules."""
    webs = _Webs(situation)
    return [
        Exhibits(webs.web(number), headroom_of(replace(situation, batch=batch_of([filing])), rules))
        for number, filing in enumerate(situation.batch.filings)
    ]


class _Webs:
    """The webs of a batch; rows and firms of one filing are found without a look at the others."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.batch = situation.batch
        self.rows = {
            key: _by_filing(situation.table(key).filing, len(self.batch))
            for key in ("entities", "holdings", "guarantees")
        }
        self.level = self.batch.of_entity("level", np.arange(len(self.batch.firm_codes)))
        self.held = situation.holdings.reached_by_any(situation.scope)

    def web(self, filing: int) -> Web:
        holdings, guarantees = self.rows["holdings"][filing], self.rows["guarantees"][filing]
        firms = self._firms(filing)
        names = self._stated_names(filing)
        return Web(
            parent=self.batch.firm_codes[int(self.batch.parent[filing])],
            entities=tuple(self._entity(firm, names) for firm in firms),
            holdings=tuple(self._holding(row) for row in holdings.tolist()),
            guarantees=tuple(self._guarantees(filing, guarantees)),
            holding_rings=self._holding_rings(holdings),
            guarantee_rings=self._guarantee_rings(guarantees),
        )

    def _firms(self, filing: int) -> list[int]:
        """The parent, the listed firms, and those that only a stake or a guarantee names, each once."""
        found = [int(self.batch.parent[filing])]
        found += self._column("entities", "code")[self.rows["entities"][filing]].tolist()
        for table, code, _ in _NAMES:
            found += self._column(table, code)[self.rows[table][filing]].tolist()
        return list(dict.fromkeys(found))

    def _column(self, table: str, field: str) -> Numbers:
        return self.situation.table(table).values(field)

    def _stated_names(self, filing: int) -> dict[int, str]:
        """The first name that stakes and guarantees give each firm which is not listed."""
        names: dict[int, str] = {}
        for table, code, field in _NAMES:
            rows = self.rows[table][filing]
            firms = self._column(table, code)[rows]
            unlisted = self.batch.entity_of_firm[firms] < 0
            for row, firm in zip(rows[unlisted].tolist(), firms[unlisted].tolist(), strict=True):
                name = str(self.batch.cell(table, row, field) or "").strip()
                if name:
                    names.setdefault(firm, name)
        return names

    def _entity(self, firm: int, names: dict[int, str]) -> ShownEntity:
        return ShownEntity(
            code=self.batch.firm_codes[firm],
            name=names.get(firm) or self.batch.firm_name(firm),
            level=int(self.level.values[firm]) if self.level.stated[firm] else None,
            standing=self._standing(firm),
            listed=bool(self.batch.entity_of_firm[firm] >= 0),
        )

    def _standing(self, firm: int) -> Standing:
        if self.situation.is_parent[firm]:
            return Standing.PARENT
        scope = self.situation.scope[firm]
        if scope != NO:
            return Standing.MEMBER if scope == YES else Standing.OPEN
        return Standing.PARTICIPATION if self.held[firm] == YES else Standing.OUTSIDE

    def _holding(self, row: int) -> ShownHolding:
        table, batch = self.situation.table("holdings"), self.batch
        return ShownHolding(
            row=batch.row_name("holdings", row),
            holder=batch.text("holdings", row, "holder_code"),
            investee=batch.text("holdings", row, "investee_code"),
            ratio=_share(table.columns["ratio"], row),
            voting=_share(table.columns["voting_ratio"], row),
        )

    def _guarantees(self, filing: int, rows: Numbers) -> Iterator[ShownGuarantees]:
        if not rows.size:
            return
        situation, batch = self.situation, self.batch
        guarantees = situation.shared(Guarantees)
        group: dict[tuple[int, int, bool], int] = {}
        keys = zip(
            guarantees.guarantor[rows].tolist(),
            guarantees.beneficiary[rows].tolist(),
            guarantees.in_force[rows].tolist(),
            strict=True,
        )
        groups = np.array([group.setdefault(key, len(group)) for key in keys], dtype=np.int64)
        sums = guarantees.sums(rows, np.ones(len(rows), dtype=bool), groups, len(group))
        members: list[list[str]] = [[] for _ in group]
        for row, place in zip(rows.tolist(), groups.tolist(), strict=True):
            members[place].append(batch.row_name("guarantees", row))
        for (guarantor, beneficiary, in_force), place in group.items():
            yield ShownGuarantees(
                guarantor=batch.firm_codes[guarantor],
                beneficiary=batch.firm_codes[beneficiary],
                in_force=in_force,
                balance=situation.in_unit(sums.at(place), filing),
                unit=situation.unit(filing),
                rows=tuple(members[place]),
            )

    def _holding_rings(self, rows: Numbers) -> tuple[tuple[str, ...], ...]:
        ratio = self.situation.table("holdings").columns["ratio"]
        held = rows[~ratio.stated[rows] | (ratio.values[rows] > 0).astype(bool)]
        return self._rings(
            self._column("holdings", "holder_code")[held], self._column("holdings", "investee_code")[held]
        )

    def _guarantee_rings(self, rows: Numbers) -> tuple[tuple[str, ...], ...]:
        guarantees = self.situation.shared(Guarantees)
        live = rows[guarantees.in_force[rows]]
        return self._rings(guarantees.guarantor[live], guarantees.beneficiary[live])

    def _rings(self, source: Numbers, target: Numbers) -> tuple[tuple[str, ...], ...]:
        several = rings(source, target)
        within = {firm for ring in several for firm in ring}
        alone = [[firm] for firm in np.unique(source[source == target]).tolist() if firm not in within]
        codes = self.batch.firm_codes
        return tuple(tuple(codes[firm] for firm in ring) for ring in sorted([*several, *alone]))


def _by_filing(filing: Numbers, filings: int) -> list[Numbers]:
    """The rows of each filing, which lie side by side."""
    bounds = np.searchsorted(filing, np.arange(1, filings))
    return np.split(np.arange(len(filing)), bounds)


def _share(column: Column, row: int) -> Fraction | None:
    return as_fraction(column.values[row]) / RATIO_UNIT if column.stated[row] else None

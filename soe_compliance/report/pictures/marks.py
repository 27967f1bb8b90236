"""Which entities, stakes and guarantees of a picture the findings are about."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from msgspec import Struct

from soe_compliance.domain.exhibits import ShownGuarantees, ShownHolding, Web
from soe_compliance.domain.finding import Finding
from soe_compliance.domain.outcomes import Outcome, Severity

_ROWS = ("holdings", "guarantees")

_Key = TypeVar("_Key")


class Mark(Struct, frozen=True, order=True):
    """A rule that is broken; `rank` is that of its severity, strictest first."""

    rank: int
    rule: str

    @property
    def is_breach(self) -> bool:
        """Whether it is more than a warning sign."""
        return self.rank < Severity.ADVISORY.rank


class Marks(Struct, frozen=True):
    """The rules that entities (by code) and rows of holdings and guarantees (by table and name) break."""

    entities: Mapping[str, tuple[Mark, ...]]
    rows: Mapping[tuple[str, str], tuple[Mark, ...]]

    def of_entity(self, code: str) -> tuple[Mark, ...]:
        return self.entities.get(code, ())

    def of_holding(self, holding: ShownHolding) -> tuple[Mark, ...]:
        return self.rows.get(("holdings", holding.row), ())

    def of_guarantees(self, guarantees: ShownGuarantees) -> tuple[Mark, ...]:
        found = {mark for row in guarantees.rows for mark in self.rows.get(("guarantees", row), ())}
        return tuple(sorted(found))


def marks(web: Web, findings: Iterable[Finding]) -> Marks:
    """The breaches among the findings of one filing, by what they are about.

    A finding about stakes or guarantees marks the rows that it rests on, one about an entity that entity; those
    about plans, projects and debts mark nothing.
    """
    codes = {entity.code for entity in web.entities}
    entities: dict[str, set[Mark]] = {}
    rows: dict[tuple[str, str], set[Mark]] = {}
    for finding in findings:
        if finding.outcome is not Outcome.FAIL:
            continue
        mark = Mark(finding.severity.rank, finding.rule)
        if finding.subject.table in _ROWS:
            for cell in finding.details.evidence:
                if cell.table == finding.subject.table:
                    rows.setdefault((cell.table, cell.id), set()).add(mark)
        elif finding.subject.table == "entities" and finding.subject.id in codes:
            entities.setdefault(finding.subject.id, set()).add(mark)
    return Marks(_sorted(entities), _sorted(rows))


def _sorted(found: Mapping[_Key, set[Mark]]) -> dict[_Key, tuple[Mark, ...]]:
    return {key: tuple(sorted(marked)) for key, marked in found.items()}

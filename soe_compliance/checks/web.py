"""The web of guarantees and holdings: rings, and projects that are split."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from soe_compliance.checks.consistency import Found, only_fails
from soe_compliance.checks.guarantees import Guarantees
from soe_compliance.checks.projects import Projects
from soe_compliance.checks.situation import Situation, listed
from soe_compliance.checks.verdicts import Verdicts
from soe_compliance.domain.amounts import amount_in_words
from soe_compliance.domain.exact import Exact, Interval, as_fraction
from soe_compliance.domain.finding import Details, Evidence, MeasuredAmount, Subject
from soe_compliance.domain.groups import distinct
from soe_compliance.domain.names import without_part
from soe_compliance.domain.truth import NO, YES, Mask, Numbers
from soe_compliance.law.kinds import Cycles, SplitProjects
from soe_compliance.law.model import Category

_ROUNDS = 8
_NEARLY = 1 - 1e-9


def check_cycles(situation: Situation, check: Cycles) -> Verdicts:
    """A fail for each strongly connected set of two firms or more."""
    if check.of == "holdings":
        table, rows = "holdings", _stakes(situation)
        source, target = (
            situation.table(table).values(key)[rows] for key in ("holder_code", "investee_code")
        )
    else:
        table, rows = "guarantees", _ring_guarantees(situation, check)
        guarantees = situation.shared(Guarantees)
        source, target = guarantees.guarantor[rows], guarantees.beneficiary[rows]
    found: list[Found] = []
    for ring in rings(source, target):
        inside = np.isin(source, ring) & np.isin(target, ring)
        filing = int(situation.batch.filing_of_firm[ring[0]])
        found.append((filing, _ring(situation, table, rows[inside], ring)))
    return only_fails(found)


def _stakes(situation: Situation) -> Numbers:
    ratio = situation.table("holdings").columns["ratio"]
    return np.flatnonzero(ratio.stated & (ratio.values > 0).astype(bool))


def _ring_guarantees(situation: Situation, check: Cycles) -> Numbers:
    assert check.select is not None
    return situation.shared(Guarantees).selected(check.select).rows


def rings(source: Numbers, target: Numbers) -> list[list[int]]:
    """The strongly connected sets of two nodes or more, by their lowest node."""
    source, target = _core(source, target)
    if not source.size:
        return []
    import networkx as nx

    graph = nx.DiGraph(zip(source.tolist(), target.tolist(), strict=True))
    return sorted(sorted(part) for part in nx.strongly_connected_components(graph) if len(part) > 1)


def _core(source: Numbers, target: Numbers) -> tuple[Numbers, Numbers]:
    """The edges that may be part of a ring: most lead from or to a firm without others, and go in a few rounds."""
    for _ in range(_ROUNDS):
        kept = np.isin(source, target) & np.isin(target, source) & (source != target)
        if kept.all():
            break
        source, target = source[kept], target[kept]
    return source, target


def _ring(situation: Situation, table: str, rows: Numbers, ring: list[int]) -> Callable[[], Details]:
    def details() -> Details:
        batch = situation.batch
        codes = sorted(batch.firm_codes[firm] for firm in ring)
        fields = ("guarantor_code", "beneficiary_code", "balance") if table == "guarantees" else ("ratio",)
        return Details(
            subject=Subject(table, "+".join(codes), _joined(batch.firm_name(firm) for firm in ring)),
            evidence=situation.evidence(table, rows.tolist(), *fields),
            facts={
                "names": listed(batch.firm_name(firm) for firm in ring),
                "rows": listed(batch.row_name(table, row) for row in rows.tolist()),
            },
        )

    return details


def _joined(names: Iterable[str]) -> str:
    return "、".join(names)


def check_split(situation: Situation, check: SplitProjects) -> Verdicts:
    """A fail for each set of projects of one investor and one name that are together what none is by itself."""
    projects = situation.shared(Projects)
    category = situation.ruleset.terms.categories[check.category]
    assert category.large is not None
    table, base = projects.table, projects.base(category.large)
    investor = table.values("investor_code")
    asked = (
        (projects.category(check.category) == NO)
        & (projects.large(category.large) == NO)
        & (projects.investor_scope == YES)
        & (situation.tiered[investor] == YES)
    )
    for field, value in category.unless.items():
        asked &= table.truth(field) != (YES if value else NO)
    alike: dict[tuple[int, str], list[int]] = defaultdict(list)
    rows_asked = projects.of_year[asked[projects.of_year]]
    limits = base.amount.low[rows_asked].astype(np.float64) * float(category.large.factor)
    _, owner = distinct(investor[rows_asked], len(situation.batch.firm_codes))
    for row in rows_asked[_may_reach(owner, table.values("amount")[rows_asked], limits)].tolist():
        name = without_part(str(situation.batch.cell("projects", row, "name")))
        alike[int(investor[row]), name].append(row)
    found: list[Found] = []
    for rows in (rows for rows in alike.values() if len(rows) > 1):
        together = sum((as_fraction(table.values("amount")[row]) for row in rows), Fraction(0))
        limit = as_fraction(base.amount.low[rows[0]]) * category.large.factor
        reaches = together >= limit if category.large.boundary == "inclusive" else together > limit
        if reaches:
            found.append((int(table.filing[rows[0]]), _split(situation, category, rows, together, limit)))
    return only_fails(found)


def _may_reach(owner: Numbers, amounts: Exact, limits: NDArray[np.float64]) -> Mask:
    """The projects of investors whose projects, all taken together, come near a limit or above it."""
    together = np.bincount(owner, weights=np.maximum(amounts, 0).astype(np.float64), minlength=1)
    least = np.full(len(together), np.inf)
    np.minimum.at(least, owner, limits)
    reached: Mask = together >= least * _NEARLY
    return reached[owner]


def _split(
    situation: Situation, category: Category, rows: list[int], together: Fraction, limit: Fraction
) -> Callable[[], Details]:
    def details() -> Details:
        batch, projects = situation.batch, situation.shared(Projects)
        filing = int(projects.table.filing[rows[0]])
        investor = int(projects.table.values("investor_code")[rows[0]])
        codes = sorted(batch.text("projects", row, "code") for row in rows)
        unit = situation.unit(filing)
        value, cap = (situation.in_unit(Interval(n, n), filing) for n in (together, limit))
        name = without_part(str(batch.cell("projects", rows[0], "name")))
        return Details(
            subject=Subject("projects", "+".join(codes), name),
            measured=MeasuredAmount(value, cap, unit),
            evidence=situation.evidence("projects", rows, "name", "amount")
            + situation.evidence("projects", rows, *category.unless)
            + _threshold(situation, category, rows[0], investor),
            facts={
                "investor": batch.firm_name(investor),
                "names": listed(str(batch.cell("projects", row, "name")).strip() for row in rows),
                "sum": amount_in_words(value, unit),
            },
        )

    return details


def _threshold(situation: Situation, category: Category, project: int, investor: int) -> tuple[Evidence, ...]:
    """The cells that the threshold of an investor's projects rests on, and that it is bound by it."""
    assert category.large is not None
    row, field = situation.shared(Projects).base(category.large).cell(category.large, project)
    entity = int(situation.batch.entity_of_firm[investor])
    return situation.evidence("financials", [row], field) + situation.evidence(
        "entities", [entity], "level", situation.ruleset.terms.tiered.flag
    )

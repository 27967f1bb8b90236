"""The stakes that findings name: shortest chains, and all that is above a firm, within bounds."""

from collections import deque
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given

from soe_compliance.checks import graph
from soe_compliance.checks.graph import Named, chain, stakes_above
from soe_compliance.checks.situation import Situation
from tests.checks.curing import findings_of
from tests.domain.webs import Web, webs
from tests.judging import Document, filing_of, ruleset_with, situation_of
from tests.report.pictures.scenes import AS_OF, document


def filed(one: Web) -> Document:
    stakes = [(s.holder, s.investee, None if s.ratio is None else str(float(s.ratio))) for s in one.stakes]
    return document(one.firms, stakes)


def line(stakes: int, guarantees: int = 0) -> Document:
    """E0 holds E1, which holds E2, and so on."""
    rows = [(firm, firm + 1, "1") for firm in range(stakes)]
    return document(stakes + 1, rows, [(0, 1, "1")] * guarantees)


def firm(situation: Situation, number: int) -> int:
    return situation.batch.firm_codes.index(f"E{number}")


def between(situation: Situation, top: int, bottom: int, subjects: str = "guarantees") -> Named:
    return chain(situation, 0, firm(situation, top), firm(situation, bottom), subjects)


def rows_of(one: Web) -> dict[int, tuple[int, int]]:
    """Holder and investee of each row that is a stake, be its size unknown."""
    return {
        row: (stake.holder, stake.investee)
        for row, stake in enumerate(one.stakes)
        if stake.ratio is None or stake.ratio > 0
    }


def steps_down(one: Web, top: int) -> dict[int, int]:
    """How many stakes lead from a firm down to each that it reaches."""
    found, queue = {top: 0}, deque([top])
    while queue:
        holder = queue.popleft()
        for above, below in rows_of(one).values():
            if above == holder and below not in found:
                found[below] = found[holder] + 1
                queue.append(below)
    return found


@given(one=webs(most=9))
def test_a_chain_is_a_shortest_way_down(one: Web) -> None:
    situation, rows = situation_of(filed(one), AS_OF), rows_of(one)
    for top in range(one.firms):
        steps = steps_down(one, top)
        for bottom in range(one.firms):
            found = between(situation, top, bottom)
            assert not found.cut
            assert len(found.rows) == steps.get(bottom, 0)
            ends = [rows[row] for row in found.rows]
            assert all(below == above for (_, below), (above, _) in pairwise(ends))
            assert not ends or (ends[0][0], ends[-1][1]) == (top, bottom)


@given(one=webs(most=9))
def test_what_is_above_a_firm_up_to_the_group(one: Web) -> None:
    """With the parent and the last firm as the group, which no chain passes."""
    situation, rows = situation_of(filed(one), AS_OF), rows_of(one)
    group = {0, one.firms - 1}
    start = np.isin(np.arange(one.firms), [firm(situation, number) for number in group])
    for number in range(one.firms):
        above, grown = {number}, True
        while grown:
            holders = {holder for holder, investee in rows.values() if investee in above} - group
            grown = not holders <= above
            above |= holders
        found = stakes_above(situation, 0, firm(situation, number), start)
        assert found == Named([row for row, (_, investee) in rows.items() if investee in above])


@pytest.mark.parametrize(("ratio", "rows"), [("0", []), ("0.000000000001", [0]), (None, [0])])
def test_a_stake_of_nothing_is_none_and_the_smallest_is_one(ratio: str | None, rows: list[int]) -> None:
    situation = situation_of(document(2, [(0, 1, ratio)]), AS_OF)
    nobody = np.zeros(2, dtype=bool)
    assert between(situation, 0, 1).rows == rows
    assert stakes_above(situation, 0, firm(situation, 1), nobody).rows == rows


def test_of_two_chains_of_one_length_it_is_the_one_whose_last_stake_comes_first() -> None:
    situation = situation_of(document(4, [(0, 1, "1"), (0, 2, "1"), (2, 3, "0.5"), (1, 3, "0.5")]), AS_OF)
    assert between(situation, 0, 3) == Named([1, 2])


@pytest.fixture
def bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that small filings reach: 12 rows named in all, 3 at least; 24 looked at in all, 8 at least."""
    for name, value in {"NAMED": (12, 3), "LOOKED_AT": (24, 8)}.items():
        for which, bound in zip(("MOST", "LEAST"), value, strict=True):
            monkeypatch.setattr(graph, f"_{which}_{name}", bound)


@pytest.mark.usefixtures("bounded")
@pytest.mark.parametrize(
    ("guarantees", "named"), [(0, 12), (1, 12), (2, 6), (3, 4), (4, 3), (5, 3), (12, 3), (13, 3)]
)
def test_the_more_findings_there_may_be_the_fewer_rows_each_names(guarantees: int, named: int) -> None:
    situation = situation_of(line(14, guarantees), AS_OF)
    assert between(situation, 0, named) == Named(list(range(named)))
    assert between(situation, 0, named + 1) == Named([], cut=True)
    nobody = np.zeros(15, dtype=bool)
    assert stakes_above(situation, 0, firm(situation, named), nobody) == Named(list(range(named)))
    cut = stakes_above(situation, 0, firm(situation, named + 1), nobody)
    assert cut == Named(list(range(1, named + 1)), cut=True)


@pytest.mark.usefixtures("bounded")
def test_how_many_findings_there_may_be_is_told_by_the_table_that_they_are_about() -> None:
    situation = situation_of(line(4, guarantees=3), AS_OF)
    assert between(situation, 0, 4, "guarantees") == Named([0, 1, 2, 3])
    assert between(situation, 0, 4, "entities") == Named([], cut=True)


@pytest.mark.usefixtures("bounded")
@pytest.mark.parametrize(
    ("beside", "guarantees", "found"),
    [(22, 0, True), (23, 0, False), (10, 2, True), (11, 2, False), (6, 4, True), (7, 4, False)],
)
def test_a_firm_with_many_stakes_is_not_looked_through(beside: int, guarantees: int, found: bool) -> None:
    """On the way from E0 down to E3 the stakes of E0 are looked at, and then that above E3."""
    stakes = [(0, 1, "1"), (1, 2, "1"), (2, 3, "1"), *((0, 4 + n, "1") for n in range(beside))]
    situation = situation_of(document(4 + beside, stakes, [(0, 1, "1")] * guarantees), AS_OF)
    assert between(situation, 0, 3) == (Named([0, 1, 2]) if found else Named([], cut=True))


@pytest.mark.usefixtures("bounded")
def test_a_finding_says_that_a_chain_is_too_long_to_be_named() -> None:
    filing = filing_of({**line(13), "guarantees": [{"guarantor_code": "E0", "beneficiary_code": "E13"}]})
    [finding] = findings_of(filing, ruleset_with({}), AS_OF, ("GUA101",))
    assert finding.details.reasons == Named([], cut=True).remark
    assert {cell.table for cell in finding.details.evidence} == {"guarantees", "entities"}


def test_rows_of_two_chains() -> None:
    assert Named([1, 2]) + Named([0]) == Named([1, 2, 0])
    assert Named([], cut=True) + Named([0]) == Named([0]) + Named([], cut=True) == Named([0], cut=True)
    assert Named([1]).remark == ()
    [remark] = Named([3, 4], cut=True).remark
    assert remark.zh == "股权链条过多或过长，仅列出其中2行"

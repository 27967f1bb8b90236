"""The graph of holdings that findings name: the stakes that explain a relation or a share.

What is looked at and named for one finding is bounded: the more a filing has that findings may be about, the less.
"""

from functools import cached_property

import numpy as np
from msgspec import Struct

from soe_compliance.checks.situation import Situation
from soe_compliance.domain import reasons
from soe_compliance.domain.edges import Edges, Links
from soe_compliance.domain.text import Text
from soe_compliance.domain.truth import Mask

_MOST_NAMED, _LEAST_NAMED = 20_000, 10
_MOST_LOOKED_AT, _LEAST_LOOKED_AT = 2_000_000, 200


class Named(Struct, frozen=True):
    """Rows of holdings that a finding names.

    Attributes:
        cut: whether there are more of them.
    """

    rows: list[int]
    cut: bool = False

    def __add__(self, other: "Named") -> "Named":
        return Named([*self.rows, *other.rows], self.cut or other.cut)

    @property
    def remark(self) -> tuple[Text, ...]:
        """That not all of the rows are named."""
        return (reasons.STAKES_CUT.format(count=len(self.rows)),) if self.cut else ()


class _Graph:
    """The stakes of the batch that are above nothing or of unknown size, with their rows as weights."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        table = situation.table("holdings")
        ratio = table.columns["ratio"]
        rows = np.flatnonzero(~ratio.stated | (ratio.values > 0).astype(bool))
        self._edges = Edges(
            table.values("holder_code")[rows],
            table.values("investee_code")[rows],
            rows,
            len(situation.batch.firm_codes),
        )

    @cached_property
    def down(self) -> Links:
        return self._edges.one_by_one

    @cached_property
    def up(self) -> Links:
        return self._edges.reversed().one_by_one


class _Bounds(Struct, frozen=True):
    """For each finding of a filing, how many rows are named, and how many are looked at for that."""

    named: int
    looked_at: int

    @classmethod
    def of(cls, situation: Situation, filing: int, subjects: str) -> "_Bounds":
        rows = situation.batch.filings[filing].tables[subjects].rows
        many = max(len(rows), 1)
        return cls(max(_LEAST_NAMED, _MOST_NAMED // many), max(_LEAST_LOOKED_AT, _MOST_LOOKED_AT // many))


def chain(situation: Situation, filing: int, source: int, target: int, subjects: str = "guarantees") -> Named:
    """A shortest chain from one firm down to another; no rows where there is none, or it is too long to be named.

    Args:
        subjects: the table whose rows findings are about.
    """
    graph, bounds = situation.shared(_Graph), _Bounds.of(situation, filing, subjects)
    above: dict[int, tuple[int, int]] = {source: (source, -1)}
    below: dict[int, tuple[int, int]] = {target: (target, -1)}
    tops, bottoms = [source], [target]
    length, left = 0, bounds.looked_at
    while tops and bottoms and source != target:
        length += 1
        if length > bounds.named or left < 0:
            return Named([], cut=True)
        fringe: list[int] = []
        if len(tops) <= len(bottoms):
            links, seen, others, here = graph.down, above, below, tops
            tops = fringe
        else:
            links, seen, others, here = graph.up, below, above, bottoms
            bottoms = fringe
        for firm in here:
            for end, row in links.weighted(firm):
                if end not in seen:
                    seen[end] = firm, row
                    fringe.append(end)
                if end in others:
                    return Named(_steps(above, end)[::-1] + _steps(below, end))
            left -= len(links.of(firm))
    return Named([])


def _steps(seen: dict[int, tuple[int, int]], firm: int) -> list[int]:
    """The rows by which a firm was found."""
    rows = []
    while seen[firm][1] >= 0:
        firm, row = seen[firm]
        rows.append(row)
    return rows


def stakes_above(situation: Situation, filing: int, firm: int, start: Mask) -> Named:
    """The rows of holdings on all chains from the start down to a firm, in the order of the form; the nearest first."""
    graph = situation.shared(_Graph)
    most = _Bounds.of(situation, filing, "guarantees").named
    rows: list[int] = []
    seen, queue = {firm}, [firm]
    for investee in queue:
        for holder, row in graph.up.weighted(investee):
            rows.append(row)
            if holder not in seen and not start[holder]:
                seen.add(holder)
                queue.append(holder)
        if len(rows) > most:
            break
    return Named(sorted(rows[:most]), cut=len(rows) > most)

"""Holdings as edges of a graph, walked along in whole columns, or firm by firm where the graph is deep and narrow."""

from functools import cached_property

import numpy as np
from msgspec import Struct

from soe_compliance.domain.exact import Exact
from soe_compliance.domain.truth import Mask, Numbers

MOST_ROUNDS = 1000
"""After so many steps with whole columns it is quicker to go on firm by firm."""


class Edges(Struct, frozen=True, eq=False, dict=True):
    """Holdings as edges holder -> investee with an exact weight, found by holder."""

    holder: Numbers
    investee: Numbers
    weight: Exact
    firms: int

    @cached_property
    def _order(self) -> Numbers:
        return np.argsort(self.holder, kind="stable").astype(np.int64)

    @cached_property
    def _first(self) -> Numbers:
        counts = np.bincount(self.holder, minlength=self.firms)
        return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)

    def out_of(self, firms: Numbers) -> tuple[Numbers, Numbers]:
        """The edges that leave the given firms: for each, its place among `firms` and its number."""
        first = self._first[firms]
        counts = self._first[firms + 1] - first
        origin = np.repeat(np.arange(len(firms)), counts)
        within = np.arange(len(origin)) - np.repeat(np.cumsum(counts) - counts, counts)
        return origin, self._order[first[origin] + within]

    @cached_property
    def one_by_one(self) -> "Links":
        """The same for walks firm by firm."""
        order = self._order
        return Links(self._first.tolist(), self.investee[order].tolist(), self.weight[order].tolist())

    def reversed(self) -> "Edges":
        return Edges(self.investee, self.holder, self.weight, self.firms)

    def where(self, mask: Mask) -> "Edges":
        return Edges(self.holder[mask], self.investee[mask], self.weight[mask], self.firms)


class Links(Struct, frozen=True, eq=False):
    """Edges as Python's lists."""

    first: list[int]
    end: list[int]
    weight: list[int]

    def of(self, firm: int) -> list[int]:
        """Where the edges of a firm lead."""
        return self.end[self.first[firm] : self.first[firm + 1]]

    def weighted(self, firm: int) -> "zip[tuple[int, int]]":
        """Where the edges of a firm lead, with their weights."""
        here = slice(self.first[firm], self.first[firm + 1])
        return zip(self.end[here], self.weight[here], strict=True)


class Sieve:
    """Numbers below a bound, each kept once; quicker than sorting them."""

    def __init__(self, bound: int) -> None:
        self._place = np.empty(bound, dtype=np.int64)

    def first_of_each(self, numbers: Numbers) -> Mask:
        """Marks one occurrence of each number."""
        here = np.arange(len(numbers))
        self._place[numbers] = here
        kept: Mask = self._place[numbers] == here
        return kept


def reached_from(edges: Edges, seeds: Mask) -> Mask:
    """Which firms a chain of edges leads to from a seed."""
    reached, sieve = np.zeros(edges.firms, dtype=bool), Sieve(edges.firms)
    frontier = np.flatnonzero(seeds)
    for _ in range(MOST_ROUNDS):
        if not frontier.size:
            return reached
        found = edges.investee[edges.out_of(frontier)[1]]
        found = found[~reached[found]]
        found = found[sieve.first_of_each(found)]
        reached[found] = True
        frontier = found[~seeds[found]]
    links, known, is_seed, waiting = edges.one_by_one, reached.tolist(), seeds.tolist(), frontier.tolist()
    while waiting:
        for firm in links.of(waiting.pop()):
            if not known[firm]:
                known[firm] = True
                if not is_seed[firm]:
                    waiting.append(firm)
    return np.array(known, dtype=bool)

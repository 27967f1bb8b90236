"""Who controls whom, who reaches whom, for every filing of a batch at once.

Firms are numbered through the batch, those of one filing side by side. A stake of unknown size is taken twice:
at nothing, and at what the stated ratios of its investee leave of the whole; what comes out the same is known.
Both questions are answered by growing sets along the edges of the holdings, a frontier at a time, so that the
work is that of the edges walked, however deep or circular the holdings are.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from soe_compliance.domain.exact import Exact, sum_by, times
from soe_compliance.domain.groups import distinct
from soe_compliance.domain.truth import Mask, Numbers, Truth, between, known

RATIO_UNIT = 10**12
"""Ratios are held as whole 10^-12 where they are that coarse, as exact numbers of this unit elsewhere."""

_STATES_AT_ONCE = 2**23


@dataclass(frozen=True, eq=False)
class Edges:
    """Holdings as edges holder -> investee with a weight in `RATIO_UNIT`, found by holder."""

    holder: Numbers
    investee: Numbers
    weight: Exact
    firms: int

    @cached_property
    def _order(self) -> Numbers:
        return np.argsort(self.holder, kind="stable").astype(np.int64)

    @cached_property
    def _first(self) -> Numbers:
        return np.searchsorted(self.holder[self._order], np.arange(self.firms + 1)).astype(np.int64)

    def out_of(self, firms: Numbers) -> tuple[Numbers, Numbers]:
        """The edges that leave the given firms: for each, its place among `firms` and its number."""
        first, counts = self._first[firms], np.diff(self._first)[firms]
        origin = np.repeat(np.arange(len(firms)), counts)
        within = np.arange(len(origin)) - np.repeat(np.cumsum(counts) - counts, counts)
        return origin, self._order[first[origin] + within]

    def reversed(self) -> "Edges":
        return Edges(self.investee, self.holder, self.weight, self.firms)

    def where(self, mask: Mask) -> "Edges":
        return Edges(self.holder[mask], self.investee[mask], self.weight[mask], self.firms)


def reached_from(edges: Edges, seeds: Mask) -> Mask:
    """Which firms a chain of edges leads to from a seed."""
    reached = np.zeros(edges.firms, dtype=bool)
    frontier = np.flatnonzero(seeds)
    while frontier.size:
        _, edge = edges.out_of(frontier)
        found = distinct(edges.investee[edge])
        found = found[~reached[found]]
        reached[found] = True
        frontier = found[~seeds[found]]
    return reached


def _grow_reach(edges: Edges, source: Numbers, base: Numbers, states: int) -> Mask:
    reached = np.zeros(states, dtype=bool)
    run, firm = np.arange(len(source)), source
    while firm.size:
        origin, edge = edges.out_of(firm)
        run, firm = run[origin], edges.investee[edge]
        state, first = np.unique(base[run] + firm, return_index=True)
        fresh = ~reached[state]
        reached[state[fresh]] = True
        run, firm = run[first[fresh]], firm[first[fresh]]
    return reached


def _grow_control(edges: Edges, source: Numbers, base: Numbers, states: int, more_than: Fraction) -> Mask:
    member = np.zeros(states, dtype=bool)
    member[base + source] = True
    votes = np.zeros(states, dtype=edges.weight.dtype)
    run, firm = np.arange(len(source)), source
    while firm.size:
        origin, edge = edges.out_of(firm)
        run, firm = run[origin], edges.investee[edge]
        state = base[run] + firm
        np.add.at(votes, state, edges.weight[edge])
        state, first = np.unique(state, return_index=True)
        enough = times(votes[state], more_than.denominator) > more_than.numerator * RATIO_UNIT
        fresh = enough.astype(bool) & ~member[state]
        member[state[fresh]] = True
        run, firm = run[first[fresh]], firm[first[fresh]]
    return member


@dataclass(frozen=True, eq=False)
class Holdings:
    """The stakes of a batch.

    Attributes:
        holder, investee: firm numbers, a pair once.
        ratio, votes: the stated numbers in `RATIO_UNIT`, 0 where blank.
        ratio_stated, votes_stated: where they are stated (votes: the voting ratio, else the ratio).
        filing_of: the filing of each firm; firms of one filing stand side by side.
        has_rows: for each filing, whether it has a usable row of holdings.
        has_unusable: for each filing, whether it has an unusable one.
    """

    holder: Numbers
    investee: Numbers
    ratio: Exact
    ratio_stated: Mask
    votes: Exact
    votes_stated: Mask
    filing_of: Numbers
    has_rows: Mask
    has_unusable: Mask

    @property
    def firms(self) -> int:
        return len(self.filing_of)

    @cached_property
    def _left_over(self) -> Exact:
        """For each stake, what the stated ratios of its investee leave of the whole, not below nothing."""
        stated = sum_by(self.investee, np.where(self.ratio_stated, self.ratio, 0), self.firms)
        left: Exact = np.maximum(RATIO_UNIT - stated, 0)
        return left[self.investee]

    def _edges(self, values: Exact, stated: Mask, unknown: Exact | int) -> Edges:
        weight = np.where(stated, values, unknown)
        held = (weight > 0).astype(bool)
        return Edges(self.holder[held], self.investee[held], weight[held], self.firms)

    @cached_property
    def certain(self) -> Edges:
        """Stakes above nothing, those of unknown size left out."""
        return self._edges(self.ratio, self.ratio_stated, 0)

    @cached_property
    def possible(self) -> Edges:
        """Stakes above nothing, those of unknown size at the most that they can be by themselves."""
        return self._edges(self.ratio, self.ratio_stated, self._left_over)

    @cached_property
    def certain_votes(self) -> Edges:
        return self._edges(self.votes, self.votes_stated, 0)

    @cached_property
    def possible_votes(self) -> Edges:
        return self._edges(self.votes, self.votes_stated, self._left_over)

    def reaches(self, source: Numbers, target: Numbers) -> Truth:
        """Whether a chain of holdings leads from each source down to its target."""
        certain = _answers(_grow_reach, self.certain, self.filing_of, source, target)
        possible = certain
        if not self.ratio_stated.all():
            possible = _answers(_grow_reach, self.possible, self.filing_of, source, target)
        return self._unknown_without_rows(between(certain, possible), source, target)

    def controls(self, source: Numbers, target: Numbers, more_than: Fraction) -> Truth:
        """Whether each source controls its target: more than the given part of the votes, down chains and together."""

        def grow(edges: Edges, source: Numbers, base: Numbers, states: int) -> Mask:
            return _grow_control(edges, source, base, states, more_than)

        certain = _answers(grow, self.certain_votes, self.filing_of, source, target)
        possible = certain
        if not self.votes_stated.all():
            possible = _answers(grow, self.possible_votes, self.filing_of, source, target)
        return self._unknown_without_rows(between(certain, possible), source, target)

    def _unknown_without_rows(self, truth: Truth, source: Numbers, target: Numbers) -> Truth:
        dark = ~self.has_rows[self.filing_of[source]] & (source != target)
        return np.where(dark, between(False, True), truth).astype(np.int8)

    def reached_by_any(self, members: Truth) -> Truth:
        """Whether some member (three-valued) reaches each firm."""
        certain = reached_from(self.certain, members == 2)
        possible = reached_from(self.possible, members >= 1)
        truth = between(certain, possible)
        return np.where(~self.has_rows[self.filing_of], between(False, True), truth).astype(np.int8)


def _answers(
    grow: Callable[[Edges, Numbers, Numbers, int], Mask],
    edges: Edges,
    filing_of: Numbers,
    source: Numbers,
    target: Numbers,
) -> Mask:
    """Grow a set from each distinct source and look up each target, some sources at a time."""
    answers = np.zeros(len(source), dtype=bool)
    first = np.searchsorted(filing_of, np.arange(filing_of[-1] + 2)) if len(filing_of) else np.zeros(1)
    distinct, run_of = np.unique(source, return_inverse=True)
    for start, stop in _portions(np.diff(first)[filing_of[distinct]]):
        runs = distinct[start:stop]
        widths = np.diff(first)[filing_of[runs]]
        base = np.cumsum(widths) - widths - first[filing_of[runs]]
        grown = grow(edges, runs, base, int(widths.sum()))
        asked = np.flatnonzero((run_of >= start) & (run_of < stop))
        answers[asked] = grown[base[run_of[asked] - start] + target[asked]]
    return answers


def _portions(widths: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Cut the runs so that each portion needs a bounded number of states."""
    start, states = 0, 0
    for place, width in enumerate(widths.tolist()):
        if states and states + width > _STATES_AT_ONCE:
            yield start, place
            start, states = place, 0
        states += width
    if start < len(widths):
        yield start, len(widths)


def consolidated_scope(
    holdings: Holdings, parent: Numbers, stated: Truth, control_more_than: Fraction
) -> Truth:
    """Membership of each firm in the group's scope of consolidation.

    Args:
        parent: the firm number of each filing's group parent.
        stated: for each firm, what its row says: yes, no, or unknown where blank or without a row.
    """
    everyone = np.arange(holdings.firms)
    by_control = holdings.controls(parent[holdings.filing_of], everyone, control_more_than)
    scope = np.where(stated == 1, by_control, stated).astype(np.int8)
    scope[parent] = known(True)
    return scope

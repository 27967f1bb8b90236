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

from soe_compliance.domain.edges import MOST_ROUNDS, Edges, Sieve, reached_from
from soe_compliance.domain.exact import Exact, sum_by, times
from soe_compliance.domain.pairs import controlling, reaching
from soe_compliance.domain.truth import NO, YES, Mask, Numbers, Truth, between, known

RATIO_UNIT = 10**12
"""Ratios are held as whole 10^-12 where they are that coarse, as exact numbers of this unit elsewhere."""

_STATES_AT_ONCE = 2**23
_STATES_OF_A_FILING = 2**21
"""For more pairs of a source and a firm of its filing than these, sets are not grown source by source."""


def _grow_reach(edges: Edges, source: Numbers, base: Numbers, states: int) -> Mask:
    reached, sieve = np.zeros(states, dtype=bool), Sieve(states)
    run, firm = np.arange(len(source)), source
    for _ in range(MOST_ROUNDS):
        if not firm.size:
            return reached
        origin, edge = edges.out_of(firm)
        run, firm = run[origin], edges.investee[edge]
        state = base[run] + firm
        fresh = ~reached[state]
        fresh &= sieve.first_of_each(state)
        reached[state[fresh]] = True
        run, firm = run[fresh], firm[fresh]
    # Deep and narrow from here on: firm by firm.
    links, seen = edges.one_by_one, bytearray(reached.tobytes())
    waiting = list(zip(base[run].tolist(), firm.tolist(), strict=True))
    while waiting:
        start, holder = waiting.pop()
        for end in links.of(holder):
            if not seen[start + end]:
                seen[start + end] = True
                waiting.append((start, end))
    return np.frombuffer(seen, dtype=bool)


def _grow_control(edges: Edges, source: Numbers, base: Numbers, states: int, more_than: Fraction) -> Mask:
    member, sieve = np.zeros(states, dtype=bool), Sieve(states)
    member[base + source] = True
    votes = np.zeros(states, dtype=edges.weight.dtype)
    run, firm = np.arange(len(source)), source
    for _ in range(MOST_ROUNDS):
        if not firm.size:
            return member
        origin, edge = edges.out_of(firm)
        run, firm = run[origin], edges.investee[edge]
        state = base[run] + firm
        np.add.at(votes, state, edges.weight[edge])
        enough = times(votes[state], more_than.denominator) > more_than.numerator * RATIO_UNIT
        fresh = enough.astype(bool) & ~member[state]
        fresh &= sieve.first_of_each(state)
        member[state[fresh]] = True
        run, firm = run[fresh], firm[fresh]
    links, inside = edges.one_by_one, bytearray(member.tobytes())
    waiting = list(zip(base[run].tolist(), firm.tolist(), strict=True))
    while waiting:
        start, holder = waiting.pop()
        for end, weight in links.weighted(holder):
            votes[start + end] += weight
            if not inside[start + end] and votes[start + end] > more_than * RATIO_UNIT:
                inside[start + end] = True
                waiting.append((start, end))
    return np.frombuffer(inside, dtype=bool)


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

        def of_pairs(edges: Edges, source: Numbers, target: Numbers) -> Truth:
            return known(reaching(edges, source, target))

        certain = possible = self._answers(_grow_reach, of_pairs, self.certain, source, target)
        if not self.ratio_stated.all():
            possible = self._answers(_grow_reach, of_pairs, self.possible, source, target)
        truth = between(certain == YES, possible != NO)
        return self._unknown_without_rows(truth, source, target)

    def controls(self, source: Numbers, target: Numbers, more_than: Fraction) -> Truth:
        """Whether each source controls its target: more than the given part of the votes, down chains and together."""

        def grow(edges: Edges, source: Numbers, base: Numbers, states: int) -> Mask:
            return _grow_control(edges, source, base, states, more_than)

        def of_pairs(edges: Edges, source: Numbers, target: Numbers) -> Truth:
            return controlling(edges, source, target, more_than * RATIO_UNIT)

        certain = possible = self._answers(grow, of_pairs, self.certain_votes, source, target)
        if not self.votes_stated.all():
            possible = self._answers(grow, of_pairs, self.possible_votes, source, target)
        truth = between(certain == YES, possible != NO)
        return self._unknown_without_rows(truth, source, target)

    def _answers(
        self,
        grow: Callable[[Edges, Numbers, Numbers, int], Mask],
        of_pairs: Callable[[Edges, Numbers, Numbers], Truth],
        edges: Edges,
        source: Numbers,
        target: Numbers,
    ) -> Truth:
        """Answer for each pair: by growing a set from each source, those of large filings by pairs."""
        large = self._in_large_filings(source)
        if not large.any():
            return known(_grown(grow, edges, self.filing_of, source, target))
        truth = np.empty(len(source), dtype=np.int8)
        truth[large] = of_pairs(edges, source[large], target[large])
        truth[~large] = known(_grown(grow, edges, self.filing_of, source[~large], target[~large]))
        return truth

    def _in_large_filings(self, source: Numbers) -> Mask:
        """Which sources belong to a filing that has too many of them and too many firms."""
        sources = np.bincount(self.filing_of[np.unique(source)], minlength=len(self.has_rows))
        firms = np.bincount(self.filing_of, minlength=len(self.has_rows))
        large: Mask = (sources > 1) & (sources * firms > _STATES_OF_A_FILING)
        return large[self.filing_of[source]]

    def _unknown_without_rows(self, truth: Truth, source: Numbers, target: Numbers) -> Truth:
        dark = ~self.has_rows[self.filing_of[source]] & (source != target)
        return np.where(dark, between(False, True), truth).astype(np.int8)

    def reached_by_any(self, members: Truth) -> Truth:
        """Whether some member (three-valued) reaches each firm."""
        certain = reached_from(self.certain, members == 2)
        possible = reached_from(self.possible, members >= 1)
        truth = between(certain, possible)
        return np.where(~self.has_rows[self.filing_of], between(False, True), truth).astype(np.int8)


def _grown(
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

"""Who controls whom, who reaches whom, for every filing of a batch at once.

Firms are numbered through the batch, those of one filing side by side. A stake of unknown size is taken twice:
at nothing, and at what the stated ratios of its investee leave of the whole; what comes out the same is known.
Both questions are answered by growing sets along the edges of the holdings, or in large webs for all pairs together.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import cached_property

import numpy as np
from msgspec import Struct

from soe_compliance.domain.edges import Edges, reached_from
from soe_compliance.domain.exact import Exact, sum_by
from soe_compliance.domain.groups import distinct
from soe_compliance.domain.growth import grow_control, grow_reach, grown, walks_of_filings
from soe_compliance.domain.pairs import controlling, reaching
from soe_compliance.domain.truth import NO, UNKNOWN, YES, Mask, Numbers, Truth, between, known

RATIO_UNIT = 10**12
"""Ratios are held as whole 10^-12 where they are that coarse, as exact numbers of this unit elsewhere."""

_MOST_WALKED = 2**20
"""Where more firms and edges of one filing would be met, sets are not grown source by source."""


class Holdings(Struct, frozen=True, eq=False, dict=True):
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

        certain = possible = self._answers(grow_reach, of_pairs, self.certain, source, target)
        if not self.ratio_stated.all():
            possible = self._answers(grow_reach, of_pairs, self.possible, source, target)
        truth = between(certain == YES, possible != NO)
        return self._unknown_without_rows(truth, source, target)

    def controls(self, source: Numbers, target: Numbers, more_than: Fraction) -> Truth:
        """Whether each source controls its target: more than the given part of the votes, down chains and together."""

        def grow(edges: Edges, source: Numbers, base: Numbers, states: int) -> Mask:
            return grow_control(edges, source, base, states, more_than * RATIO_UNIT)

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
        large = self._in_large_filings(edges, source)
        if not large.any():
            return known(grown(grow, edges, self.filing_of, source, target))
        truth = np.empty(len(source), dtype=np.int8)
        truth[large] = of_pairs(edges, source[large], target[large])
        truth[~large] = known(grown(grow, edges, self.filing_of, source[~large], target[~large]))
        return truth

    def _in_large_filings(self, edges: Edges, source: Numbers) -> Mask:
        """Which sources belong to a filing in which a walk from each would be too much."""
        filings = len(self.has_rows)
        sources = np.bincount(self.filing_of[distinct(source, len(self.filing_of))[0]], minlength=filings)
        walks = sources * walks_of_filings(edges, self.filing_of, filings)
        large: Mask = (sources > 1) & (walks > _MOST_WALKED)
        return large[self.filing_of[source]]

    def _unknown_without_rows(self, truth: Truth, source: Numbers, target: Numbers) -> Truth:
        truth[~self.has_rows[self.filing_of[source]] & (source != target)] = UNKNOWN
        return truth

    def reached_by_any(self, members: Truth) -> Truth:
        """Whether some member (three-valued) reaches each firm."""
        certain = reached_from(self.certain, members == YES)
        possible = reached_from(self.possible, members != NO)
        truth = between(certain, possible)
        truth[~self.has_rows[self.filing_of]] = UNKNOWN
        return truth


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
    scope: Truth = np.where(stated == UNKNOWN, by_control, stated)
    scope[parent] = YES
    return scope

"""The group's share of the firms of a batch, as the ruleset takes it."""

from fractions import Fraction
from functools import cached_property

import numpy as np

from soe_compliance.checks.situation import Situation
from soe_compliance.domain.exact import Interval
from soe_compliance.domain.share_floats import Floats
from soe_compliance.domain.shares import Share, Shares
from soe_compliance.domain.truth import UNKNOWN, YES, Mask, Numbers


def holders_in_full(situation: Situation) -> tuple[Mask, Mask]:
    """The firms that are taken together as the holder: those that certainly are, and those that may be."""
    if situation.ruleset.terms.share.basis == "economic":
        return situation.is_parent, situation.is_parent
    return situation.scope == YES, situation.scope >= UNKNOWN


class GroupShares:
    """The group's share of some beneficiaries, a range where stakes or members are not certain."""

    def __init__(self, situation: Situation, beneficiaries: Numbers) -> None:
        holdings = situation.holdings
        start_low, start_high = situation.shared(holders_in_full)
        self._low = self._high = Shares(holdings.certain, start_low, beneficiaries)
        if not holdings.ratio_stated.all():  # else control is known, and with it who is a member
            self._high = Shares(holdings.possible, start_high, beneficiaries)
        self._dark = ~holdings.has_rows[situation.batch.filing_of_firm]

    @cached_property
    def least_in_floats(self) -> Floats:
        """For each firm the low end of the range; NaN where floats do not tell it."""
        low = self._low.in_floats
        if self._high is not self._low:
            low = np.minimum(low, self._high.in_floats)
        return np.where(self._dark, 0, low)

    def of(self, firm: int) -> Interval:
        """The range that the share of a firm lies in."""
        if self._dark[firm]:
            return Interval(Fraction(0), None)
        return _between(self._low.of(firm), self._high.of(firm))


def _between(low: Share, high: Share) -> Interval:
    """The range between two ends: one that has no sum is 0 at the low end and no limit at the high end.

    Where stakes come to more than the whole, members in doubt may turn the ends round.
    """
    if low is None:
        low = Interval(Fraction(0), Fraction(0))
    bottom = low.low if high is None else min(low.low, high.low)
    if high is None or low.high is None or high.high is None:
        return Interval(bottom, None)
    return Interval(bottom, max(low.high, high.high))

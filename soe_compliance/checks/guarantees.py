"""Guarantees: which are in force, whose they are, what they are for, and how the two firms are related."""

from collections.abc import Iterable
from functools import cached_property
from typing import get_args

import numpy as np
from msgspec import Struct

from soe_compliance.checks.situation import Situation, listed
from soe_compliance.domain import reasons
from soe_compliance.domain.exact import Range, max_by, sum_by
from soe_compliance.domain.finding import Evidence
from soe_compliance.domain.groups import combined
from soe_compliance.domain.text import Text
from soe_compliance.domain.truth import NO, UNKNOWN, YES, Mask, Numbers, Truth, both, either, known, negate
from soe_compliance.law.kinds import Selection
from soe_compliance.law.kinds.guarantees import RelationName

RELATIONS: tuple[str, ...] = get_args(RelationName)
RELATION_UNKNOWN = -1


class Selected(Struct, frozen=True, eq=False):
    """The guarantees that a rule looks at, and which of them certainly count.

    One is in doubt where its guarantor may be outside the group, or where it may be licensed business that the rule
    leaves out.
    """

    rows: Numbers
    certain: Mask


class Guarantees:
    """The guarantees of a batch."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.table = situation.table("guarantees")
        self.guarantor = self.table.values("guarantor_code")
        self.beneficiary = self.table.values("beneficiary_code")
        self.filing = self.table.filing
        self.reference = situation.batch.reference[self.filing]

    @cached_property
    def in_force(self) -> Mask:
        """Neither run down to 0 nor signed later nor released by the reference date; expiry does not end it."""
        balance, signed, released = (self.table.columns[k] for k in ("balance", "signed_on", "released_on"))
        owed = ~balance.stated | (balance.values != 0).astype(bool)
        begun = ~signed.stated | (signed.values <= self.reference)
        in_force: Mask = owed & begun & (~released.stated | (released.values > self.reference))
        return in_force

    @cached_property
    def signed_in_year(self) -> Mask:
        """Signed in the filing's year, by the reference date."""
        signed = self.table.columns["signed_on"]
        first, last = self.situation.batch.days_of_year
        in_year = (signed.values >= first[self.filing]) & (signed.values <= last[self.filing])
        so_far: Mask = signed.stated & in_year & (signed.values <= self.reference)
        return so_far

    @cached_property
    def holds_licence(self) -> Mask:
        """Guarantees whose guarantor was licensed on the day of the signature (where undated, at the reference date)."""
        batch = self.situation.batch
        licence = batch.of_entity("guarantee_licence", self.guarantor)
        until = batch.of_entity("guarantee_licence_until", self.guarantor)
        signed = self.table.columns["signed_on"]
        at = np.where(signed.stated, signed.values, self.reference)
        holds: Mask = licence.stated & (~until.stated | (until.values >= at))
        return holds

    @cached_property
    def licensed(self) -> Truth:
        """Licensed guarantee business: declared so, the guarantor licensed at the time and of the upper tier."""
        upper_tier = self.situation.upper_tier[self.guarantor]
        return both(self.table.truth("licensed_business"), known(self.holds_licence), upper_tier)

    @cached_property
    def claimed(self) -> Mask:
        """Stated to be licensed business, or perhaps it, for all that is stated; the licence may have run out."""
        business = self.table.truth("licensed_business")
        claimed: Mask = (business == YES) | ((business == UNKNOWN) & self.holds_licence)
        return claimed

    @cached_property
    def home_buyers(self) -> Mask:
        declared: Mask = self.table.truth("home_buyers") == YES
        return declared

    @cached_property
    def guarantor_scope(self) -> Truth:
        return self.situation.scope_as_actor[self.guarantor]

    def selected(self, select: Selection) -> Selected:
        """The guarantees that a rule looks at; security for one's own debt is never among them."""
        wanted = self.in_force | self.signed_in_year if select.signed_in_year else self.in_force.copy()
        wanted &= self.guarantor != self.beneficiary
        certain = np.ones(len(self.table), dtype=bool)
        if not select.any_guarantor:
            wanted &= self.guarantor_scope != NO
            certain &= self.guarantor_scope == YES
        if select.leave_out_home_buyers:
            wanted &= ~self.home_buyers
        if select.leave_out_licensed:
            wanted &= self.licensed != YES
            certain &= self.licensed == NO
        rows = np.flatnonzero(wanted)
        return Selected(rows, certain[rows])

    @cached_property
    def spared(self) -> Mask:
        """Guarantees signed before the regulation was in force, where these are spared."""
        signed = self.table.columns["signed_on"]
        if self.situation.ruleset.terms.earlier_guarantees == "judge":
            return np.zeros(len(self.table), dtype=bool)
        return signed.stated & (signed.values < self.situation.in_force_from)

    def doubts(self, row: int, select: Selection) -> list[Text]:
        """Why a guarantee may not count."""
        name = self.situation.batch.firm_name(int(self.guarantor[row]))
        found = []
        if not select.any_guarantor and self.guarantor_scope[row] == UNKNOWN:
            found.append(reasons.SCOPE_UNKNOWN.format(name=name))
        if select.leave_out_licensed and self.licensed[row] == UNKNOWN:
            found.append(reasons.LICENCE_UNKNOWN.format(name=name))
        return found

    def counting_cells(self, rows: Iterable[int], select: Selection) -> tuple[Evidence, ...]:
        """The cells for which these guarantees count: in force, of the group, and none of what the rule leaves out."""
        rows, situation = list(rows), self.situation
        fields = ["released_on"]
        fields += ["licensed_business"] if select.leave_out_licensed else []
        fields += ["home_buyers"] if select.leave_out_home_buyers else []
        found = situation.evidence("guarantees", rows, *fields)
        if not select.any_guarantor:
            found += situation.evidence("entities", self._guarantors(rows), "consolidated")
        if select.leave_out_licensed:
            claimed = [row for row in rows if self.claimed[row]]
            flag = situation.ruleset.terms.tiered.flag
            licensed = [row for row in claimed if self.holds_licence[row]]
            licence = "guarantee_licence", "guarantee_licence_until"
            found += situation.evidence("entities", self._guarantors(claimed), *licence)
            found += situation.evidence("entities", self._guarantors(licensed), "level", flag)
        return found

    def claimed_cells(self, rows: Iterable[int], select: Selection) -> tuple[Evidence, ...]:
        """Why those of many guarantees count that are, or may be, said to be licensed business, which the rule leaves out."""
        if not select.leave_out_licensed:
            return ()
        return self.counting_cells([row for row in rows if self.claimed[row]], select)

    def _guarantors(self, rows: Iterable[int]) -> list[int]:
        """The rows in which the guarantors of these guarantees are listed, each once."""
        firms = dict.fromkeys(self.guarantor[list(rows)].tolist())
        return [int(self.situation.batch.entity_of_firm[firm]) for firm in firms]

    def approved(self, field: str | None, rows: Numbers) -> Truth:
        """Whether each of these guarantees was approved no later than its signature; no where no such approval counts."""
        if field is None:
            return np.full(len(rows), NO)
        approved, signed = self.table.columns[field][rows], self.table.columns["signed_on"][rows]
        in_time = known(approved.values <= signed.values)
        return np.where(approved.stated & signed.stated, in_time, UNKNOWN).astype(np.int8)

    # relations

    @cached_property
    def relation(self) -> Numbers:
        """The relation of each pair, as its place in `RELATIONS`: the first step that is true, unknown if one before is."""
        relation = np.full(len(self.table), RELATIONS.index("unrelated"), dtype=np.int64)
        for truth, name in reversed(self._steps()):
            relation[truth == YES] = RELATIONS.index(name)
            relation[truth == UNKNOWN] = RELATION_UNKNOWN
        return relation

    def _steps(self) -> list[tuple[Truth, str]]:
        situation, holdings = self.situation, self.situation.holdings
        guarantor, beneficiary = self.guarantor, self.beneficiary
        in_scope = situation.scope[beneficiary]
        down = holdings.reaches(guarantor, beneficiary)
        up = holdings.reaches(beneficiary, guarantor)
        from_parent = known(situation.is_parent[guarantor])
        unsure = known(holdings.has_unusable[self.filing]) == YES
        unrelated = np.where(unsure, UNKNOWN, YES)
        terms = situation.ruleset.terms
        return [
            (known(guarantor == beneficiary), "self"),
            (
                either(known(situation.is_parent[beneficiary]), self._controlled_from_outside(in_scope)),
                "upstream",
            ),
            (both(in_scope, either(from_parent, down)), "subsidiary"),
            (down, "participation"),
            *([(both(in_scope, up), "upstream")] if terms.relation.siblings != "review" else []),
            (both(in_scope, unrelated), "unrelated")
            if terms.relation.siblings == "ban"
            else (in_scope, "sibling"),
            *(
                [(holdings.reached_by_any(situation.scope)[beneficiary], "group_participation")]
                if terms.relation.scope == "group"
                else []
            ),
            (up, "upstream"),
            (unrelated, "unrelated"),
        ]

    def _controlled_from_outside(self, in_scope: Truth) -> Truth:
        """Whether a beneficiary outside the scope controls the guarantor."""
        more_than = self.situation.ruleset.terms.control.votes_above
        outside = negate(in_scope)
        asked = np.flatnonzero(outside != NO)
        controls = np.full(len(self.table), NO)
        controls[asked] = self.situation.holdings.controls(
            self.beneficiary[asked], self.guarantor[asked], more_than
        )
        return both(outside, controls)

    # sums

    @cached_property
    def repeats_debt(self) -> Mask:
        """Guarantees whose debt another guarantee of the filing states too."""
        debt = self.table.columns["debt_id"]
        times = np.bincount(debt.values[debt.stated], minlength=1)
        repeats: Mask = debt.stated & (times[np.where(debt.stated, debt.values, 0)] > 1)
        return repeats

    @cached_property
    def _bundle(self) -> Numbers:
        """For each guarantee that repeats a debt, the number of its guarantor, beneficiary and debt; -1 for others."""
        bundle = np.full(len(self.table), -1, dtype=np.int64)
        rows = np.flatnonzero(self.repeats_debt)
        if rows.size:
            debt = self.table.values("debt_id")[rows]
            keys = combined(self.guarantor[rows], self.beneficiary[rows], debt)
            bundle[rows] = np.unique(keys, return_inverse=True)[1]
        return bundle

    def secured_twice(self, rows: Numbers) -> Mask:
        """Which of these rows secure one debt for one guarantor in two different forms or more."""
        bundle, form = self._bundle[rows], self.table.columns["form"][rows]
        named = np.flatnonzero((bundle >= 0) & form.stated)
        if not named.size:
            return np.zeros(len(rows), dtype=bool)
        _, one_of_each = np.unique(combined(bundle[named], form.values[named]), return_index=True)
        bundles, forms = np.unique(bundle[named][one_of_each], return_counts=True)
        return np.isin(bundle, bundles[forms > 1])

    def sums(self, rows: Numbers, certain: Mask, groups: Numbers, size: int) -> Range:
        """The balances of each group; of a debt secured twice the largest certain one up to their sum.

        Args:
            rows: guarantees, and for each whether it is certainly in the sum, and its group.
        """
        amounts = self.table.range("balance")[rows]
        total = amounts.sum_by(groups, size, certain)
        twice = self.secured_twice(rows)
        if not twice.any():
            return total
        plain = Range(np.where(twice, 0, amounts.low), amounts.high, amounts.unlimited)
        total = plain.sum_by(groups, size, certain)
        counted = np.flatnonzero(twice & certain)
        bundles, place = np.unique(self._bundle[rows[counted]], return_inverse=True)
        largest = max_by(place.astype(np.int64), amounts.low[counted], len(bundles))
        group_of = np.zeros(len(bundles), dtype=np.int64)
        group_of[place] = groups[counted]
        return Range(total.low + sum_by(group_of, largest, size), total.high, total.unlimited)

    def twice_reason(self, rows: Numbers) -> list[Text]:
        """That some of these rows secure one debt twice."""
        twice = rows[self.secured_twice(rows)]
        if not twice.size:
            return []
        names = listed(self.situation.batch.row_name("guarantees", row) for row in twice.tolist())
        return [reasons.SECURED_TWICE.format(ids=names)]

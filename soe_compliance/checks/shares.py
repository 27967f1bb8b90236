"""Guarantees for one debt of a participation, against the group's share of it."""

from collections.abc import Set
from fractions import Fraction
from functools import cached_property

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from soe_compliance.checks.cures import cure_by_less
from soe_compliance.checks.graph import stakes_above
from soe_compliance.checks.group_shares import GroupShares, holders_in_full
from soe_compliance.checks.guarantees import RELATION_UNKNOWN, RELATIONS, Guarantees
from soe_compliance.checks.nameless_debts import NO_OTHERS, Others, others_without_number
from soe_compliance.checks.relations import relation_missing, relation_reason
from soe_compliance.checks.situation import Situation, listed
from soe_compliance.checks.subjects import firm_label
from soe_compliance.checks.verdicts import Verdicts
from soe_compliance.domain import reasons
from soe_compliance.domain.amounts import amount_in_words, percent_in_words
from soe_compliance.domain.exact import Interval, Range, as_fraction
from soe_compliance.domain.finding import Cure, Details, Evidence, MeasuredAmount, Subject
from soe_compliance.domain.groups import Grouped, combined
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.share_floats import MOST_ERROR
from soe_compliance.domain.shares import in_print, is_settled
from soe_compliance.domain.text import Text
from soe_compliance.domain.truth import NO, UNKNOWN, YES, Mask, Numbers
from soe_compliance.law.kinds import ShareLimit

_SURELY = 1 - 2 * MOST_ERROR
"""By so much floats may err, and more."""

_NO_BALANCE = np.iinfo(np.int64).max


class _Debt(Struct, frozen=True, dict=True):
    """The guarantees of a group for one debt, and what is to be compared.

    Attributes:
        is_settled: whether the share is one number, though perhaps one that is too long to write out.
        others: guarantees without a debt number that may secure the same debt.
        covered: the truth of an excess being allowed by approval and counter-guarantees.
    """

    rows: tuple[int, ...]
    value: Interval
    share: Interval
    is_settled: bool
    balance: Interval
    balances_differ: bool
    relation_open: bool
    others: Others
    covered: int

    @cached_property
    def limit(self) -> Interval:
        low = max(self.share.low * self.balance.low, Fraction(0))
        if self.share.high == 0 or self.balance.high == 0:
            return Interval(low, Fraction(0))
        if self.share.high is None or self.balance.high is None:
            return Interval(low, None)
        return Interval(low, max(self.share.high * self.balance.high, Fraction(0)))

    @cached_property
    def excess(self) -> Fraction | None:
        high = self.limit.high
        return None if high is None or self.value.low <= high else self.value.low - high

    def explained_by_rounding(self, rounding: Fraction) -> bool:
        """Whether the excess is no more than what rounding the share may hide."""
        if rounding == 0 or self.excess is None:
            return False
        return self.balance.high is None or self.excess <= rounding * self.balance.high

    @property
    def is_too_close(self) -> bool:
        """Whether the value lies between the ends of a limit that is known but too long to be written out."""
        low, high = self.limit.low, self.limit.high
        stated = self.value.is_point and self.balance.is_point and self.is_settled
        return stated and high is not None and low < self.value.low <= high

    def outcome(self, rounding: Fraction) -> Outcome:
        if self.balances_differ:
            return Outcome.UNKNOWN
        if self.excess is not None:
            if self.covered == YES:
                return Outcome.PASS
            open_still = self.covered == UNKNOWN or self.explained_by_rounding(rounding)
            return Outcome.UNKNOWN if open_still else Outcome.FAIL
        within = self.value.high is not None and self.value.high <= self.limit.low
        return (
            Outcome.PASS if within and not self.relation_open and not self.others.total else Outcome.UNKNOWN
        )


def check_share(situation: Situation, check: ShareLimit) -> Verdicts:
    """One outcome for each debt of a participation that the group guarantees."""
    guarantees = situation.shared(Guarantees)
    selected = guarantees.selected(check.select)
    relation = guarantees.relation[selected.rows]
    wanted = np.isin(relation, [RELATIONS.index(name) for name in check.relations])
    kept = (wanted | (relation == RELATION_UNKNOWN)) & ~guarantees.spared[selected.rows]
    rows = selected.rows[kept]
    certain = (selected.certain & wanted)[kept]
    debts = _Debts(guarantees, rows, certain)
    rounding = situation.ruleset.terms.share.rounding
    outcome = np.full(len(debts), Outcome.PASS, dtype=np.int8)
    for place in np.flatnonzero(~debts.plainly_within()).tolist():
        outcome[place] = _with_cover(guarantees, check, debts.at(place)).outcome(rounding)

    def details(place: int) -> Details:
        debt = _with_cover(guarantees, check, debts.at(place))
        return _details(guarantees, check, debt, Outcome(outcome[place]))

    return Verdicts(guarantees.filing[debts.first], outcome, details)


class _Debts:
    """The debts that these guarantees secure; each is looked at by itself only where that is needed.

    Attributes:
        first: the first guarantee of each debt.
    """

    def __init__(self, guarantees: Guarantees, rows: Numbers, certain: Mask) -> None:
        self._guarantees, self._rows = guarantees, rows
        self._groups, size = _groups(guarantees, rows)
        self._value = guarantees.sums(rows, certain, self._groups, size)
        self._shares = GroupShares(guarantees.situation, guarantees.beneficiary[rows])
        self._nameless = others_without_number(guarantees, rows)
        self._by_debt = Grouped(self._groups, size)
        self.first = rows[self._by_debt.first]

    def __len__(self) -> int:
        return len(self.first)

    def at(self, place: int) -> _Debt:
        """One debt, in exact numbers."""
        guarantees = self._guarantees
        own = self._rows[self._by_debt.of(place)]
        stated = _stated_balances(guarantees, own.tolist())
        share = self._shares.of(int(guarantees.beneficiary[own[0]]))
        return _Debt(
            rows=tuple(own.tolist()),
            value=self._value.at(place),
            share=share,
            is_settled=is_settled(share),
            balance=_debt_balance(stated),
            balances_differ=len(stated) > 1,
            relation_open=bool((guarantees.relation[own] == RELATION_UNKNOWN).any()),
            others=self._nameless.get(int(own[0]), NO_OTHERS),
            covered=int(NO),
        )

    def plainly_within(self) -> Mask:
        """Which debts stay within their limit by more than floats may err, with nothing about them in doubt."""
        guarantees, rows, groups, size = self._guarantees, self._rows, self._groups, len(self)
        balance = guarantees.table.columns["debt_balance"]
        if balance.values.dtype == object or self._value.high.dtype == object:
            return np.zeros(size, dtype=bool)
        stated = balance.stated[rows]
        least, most = np.full(size, _NO_BALANCE), np.full(size, -_NO_BALANCE)
        np.minimum.at(least, groups[stated], balance.values[rows[stated]])
        np.maximum.at(most, groups[stated], balance.values[rows[stated]])
        doubt = np.zeros(size, dtype=bool)
        doubt[groups[guarantees.relation[rows] == RELATION_UNKNOWN]] = True
        doubt |= (least != most) | self._value.unlimited | ~guarantees.table.stated("debt_id")[self.first]
        share = self._shares.least_in_floats[guarantees.beneficiary[self.first]]
        within: Mask = self._value.high <= np.maximum(share * least, 0) * _SURELY
        return within & ~doubt


def _with_cover(guarantees: Guarantees, check: ShareLimit, debt: _Debt) -> _Debt:
    """The debt with whether its excess is allowed: each guarantee approved in time, the excess secured in turn."""
    if check.unless_covered is None or debt.excess is None:
        return debt
    rows = np.array(debt.rows)
    approved = guarantees.approved(check.unless_covered.approved, rows).min()
    stated = guarantees.table.columns[check.unless_covered.counter_guarantee][rows]
    security = Range.stated(stated.values, stated.stated)
    total = security.sum_by(np.zeros(len(rows), dtype=np.int64), 1, np.ones(len(rows), dtype=bool)).at(0)
    enough = YES if total.low >= debt.excess else UNKNOWN if total.high is None else NO
    return replace(debt, covered=int(min(approved, enough)))


def _groups(guarantees: Guarantees, rows: Numbers) -> tuple[Numbers, int]:
    """Together by beneficiary and stated debt; a guarantee of a debt without a number by itself."""
    debt = guarantees.table.columns["debt_id"][rows]
    alone = np.where(debt.stated, -1, rows)
    keys = combined(guarantees.beneficiary[rows], np.where(debt.stated, debt.values, -1), alone)
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[inverse], len(first)


def _stated_balances(guarantees: Guarantees, rows: list[int]) -> set[Fraction]:
    column = guarantees.table.columns["debt_balance"]
    return {as_fraction(column.values[row]) for row in rows if column.stated[row]}


def _debt_balance(stated: Set[Fraction]) -> Interval:
    if not stated:
        return Interval(Fraction(0), None)
    return Interval(min(stated), max(stated))


def _details(guarantees: Guarantees, check: ShareLimit, debt: _Debt, outcome: Outcome) -> Details:
    situation, batch = guarantees.situation, guarantees.situation.batch
    cure = _cure(guarantees, debt) if outcome == Outcome.FAIL else None
    debt, first = replace(debt, share=in_print(debt.share)), debt.rows[0]
    filing, beneficiary = int(guarantees.filing[first]), int(guarantees.beneficiary[first])
    unit, named = situation.unit(filing), bool(guarantees.table.stated("debt_id")[first])
    number = (
        batch.text("guarantees", first, "debt_id") if named else "#" + batch.row_name("guarantees", first)
    )
    unknown = outcome == Outcome.UNKNOWN
    name = firm_label(situation, first, "beneficiary")
    debt_balance = amount_in_words(situation.in_unit(debt.balance, filing), unit)
    stakes = stakes_above(situation, filing, beneficiary, situation.shared(holders_in_full)[0])
    return Details(
        subject=Subject("guarantees", f"{batch.firm_codes[beneficiary]}/{number}", name),
        measured=MeasuredAmount(
            situation.in_unit(debt.value, filing), situation.in_unit(debt.limit, filing), unit
        ),
        missing=_missing(guarantees, check, debt) if unknown else (),
        evidence=situation.evidence("guarantees", debt.rows, "balance", "debt_balance", "debt_id")
        + situation.evidence("holdings", stakes.rows, "ratio")
        + _cover_cells(situation, check, debt)
        + guarantees.claimed_cells(debt.rows, check.select),
        reasons=(
            *(
                _reasons(guarantees, check, debt, name)
                if unknown
                else guarantees.twice_reason(np.array(debt.rows))
            ),
            *stakes.remark,
        ),
        facts={
            "debt": number if named else Text("（未填合同编号）", "without a number"),
            "share": percent_in_words(debt.share),
            "debt_balance": debt_balance,
        },
        cure=cure,
    )


def _cure(guarantees: Guarantees, debt: _Debt) -> Cure | None:
    """The one guarantee to be reduced, if reducing one is enough and leaves nothing open."""
    if debt.value.high is None or debt.relation_open or debt.others.total:
        return None
    less = debt.value.high - debt.limit.low
    cure = cure_by_less(guarantees.situation, "guarantees", debt.rows, "balance", less)
    if cure is not None and cure.to.value == 0 and len(debt.rows) > 1:
        # A guarantee of nothing is no longer looked at, nor is the debt balance that it states.
        stated = [row for row in debt.rows if guarantees.table.stated("debt_balance")[row]]
        named = {guarantees.situation.batch.row_name("guarantees", row) for row in stated}
        return cure if named - {cure.id} else None
    return cure


def _cover_cells(situation: Situation, check: ShareLimit, debt: _Debt) -> tuple[Evidence, ...]:
    """What shows whether an excess is allowed; of counter-guarantees the blank ones: others are no part of the sum."""
    cover = check.unless_covered
    if cover is None or debt.excess is None:
        return ()
    approval = situation.evidence("guarantees", debt.rows, cover.approved, "signed_on")
    return approval + situation.blank_cells("guarantees", debt.rows, cover.counter_guarantee)


def _missing(guarantees: Guarantees, check: ShareLimit, debt: _Debt) -> tuple[str, ...]:
    situation, cover = guarantees.situation, check.unless_covered
    if cover is not None and debt.excess is not None:
        return situation.blank("guarantees", debt.rows, cover.approved, cover.counter_guarantee, "signed_on")
    found = list(situation.blank("guarantees", debt.rows, "balance"))
    if debt.balance.high is None:
        found.append("guarantees.debt_balance")
    if debt.others.total:
        found.append("guarantees.debt_id")
    if not debt.is_settled and _lacks_ratios(guarantees, debt):
        found.append("holdings.ratio")
    for row in debt.rows:
        found.extend(relation_missing(guarantees, row))
    return tuple(dict.fromkeys(found))


def _lacks_ratios(guarantees: Guarantees, debt: _Debt) -> bool:
    """Whether a stake may be missing or of unknown size; where none is, a share can only be endless."""
    return bool(guarantees.situation.lacks_ratios[guarantees.filing[debt.rows[0]]])


def _reasons(guarantees: Guarantees, check: ShareLimit, debt: _Debt, name: str) -> list[Text]:
    situation, batch = guarantees.situation, guarantees.situation.batch
    filing = int(guarantees.filing[debt.rows[0]])
    unit, rounding = situation.unit(filing), situation.ruleset.terms.share.rounding
    found = []
    if debt.balances_differ:
        found.append(reasons.DEBT_BALANCES_DIFFER)
    elif debt.explained_by_rounding(rounding) and debt.excess is not None:
        tolerance = debt.balance.scaled(rounding)
        found.append(
            reasons.WITHIN_ROUNDING.format(
                excess=amount_in_words(situation.in_unit(Interval(debt.excess, debt.excess), filing), unit),
                tolerance=amount_in_words(situation.in_unit(tolerance, filing), unit),
            )
        )
    if debt.others.total:
        names = listed((batch.row_name("guarantees", row) for row in debt.others.first), debt.others.total)
        found.append(reasons.DEBT_MAY_BE_SHARED.format(others=names))
    if not debt.is_settled:
        why = reasons.SHARE_UNKNOWN if _lacks_ratios(guarantees, debt) else reasons.SHARE_ENDLESS
        found.append(why.format(name=name))
    elif debt.is_too_close:
        found.append(reasons.SHARE_TOO_LONG.format(name=name))
    for row in debt.rows:
        if guarantees.relation[row] == RELATION_UNKNOWN:
            found.append(relation_reason(guarantees, row))
        found.extend(guarantees.doubts(row, check.select))
    return list(dict.fromkeys([*found, *guarantees.twice_reason(np.array(debt.rows))]))

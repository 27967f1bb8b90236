"""Sums of guarantees against a part of net assets."""

from functools import cached_property

import numpy as np

from soe_compliance.checks.bases import basis_in_words
from soe_compliance.checks.cures import cure_by_less
from soe_compliance.checks.guarantees import Guarantees
from soe_compliance.checks.situation import Situation, title
from soe_compliance.checks.subjects import firm_label, row_subject
from soe_compliance.checks.verdicts import Verdicts, of_breach
from soe_compliance.domain import reasons
from soe_compliance.domain.exact import Range, above
from soe_compliance.domain.finding import Cure, Details, Evidence, MeasuredAmount, Subject
from soe_compliance.domain.groups import Grouped, distinct
from soe_compliance.domain.outcomes import OUTCOMES, Outcome
from soe_compliance.domain.text import Text
from soe_compliance.domain.truth import NO, UNKNOWN, YES, Numbers
from soe_compliance.law.kinds import Cap


def check_cap(situation: Situation, check: Cap) -> Verdicts:
    """One outcome for each group that files guarantees; or for each guarantor, beneficiary or guarantee."""
    return _CapCheck(situation, check).verdicts()


def cap_details(situation: Situation, check: Cap) -> list[Details]:
    """What is to be said of every sum; of a cap by guarantor also of members that guarantee nothing so far."""
    return _CapCheck(situation, check, everyone=True).every_detail()


class _CapCheck:
    def __init__(self, situation: Situation, check: Cap, *, everyone: bool = False) -> None:
        self.situation, self.check, self.batch = situation, check, situation.batch
        self.everyone = everyone
        self.guarantees = situation.shared(Guarantees)
        selected = self.guarantees.selected(check.select)
        self.rows, self.certain = selected.rows, selected.certain
        self.holders, self.group, self.filing = self._groups()
        self.firms = self._base_firms()
        self.year = self.batch.latest_year_end[self.filing]
        self.base_row = self.batch.financial_rows(self.firms, self.year)
        self.base = self._base()
        self.unusable = self._unusable()
        self.left_out = self.batch.left_out["guarantees"][self.filing] & (check.by != "guarantee")
        self.value = self._value()

    def _groups(self) -> tuple[Numbers, Numbers, Numbers]:
        """What is summed for (firms, or guarantees by themselves), the sum of each row, and the filing of each sum."""
        filing_of_row = self.guarantees.filing[self.rows]
        if self.check.by == "group":
            filing = np.flatnonzero(self.batch.has_table["guarantees"])
            return self.batch.parent[filing], np.searchsorted(filing, filing_of_row), filing
        of_row = {
            "guarantor": self.guarantees.guarantor[self.rows],
            "beneficiary": self.guarantees.beneficiary[self.rows],
            "guarantee": self.rows,
        }[self.check.by]
        if self.check.by == "guarantee":
            return of_row, np.arange(len(of_row)), filing_of_row
        everyone = self.everyone and self.check.by == "guarantor"
        listed = np.concatenate([of_row, self._members()]) if everyone else of_row
        holders, group = distinct(listed, len(self.batch.firm_codes))
        return holders, group[: len(of_row)], self.batch.filing_of_firm[holders]

    def _members(self) -> Numbers:
        """The listed firms that are certainly of the group."""
        listed = self.situation.table("entities").values("code")
        members: Numbers = listed[self.situation.scope[listed] == YES]
        return members

    def _base_firms(self) -> Numbers:
        return self.holders if self.check.by == "guarantor" else self.batch.parent[self.filing]

    def _base(self) -> Range:
        base = self.batch.of_financials(self.check.of, self.base_row)
        if not self.check.audited:
            return base
        audited = np.append(self.situation.table("financials").truth("audited"), NO)[self.base_row] == YES
        return Range(np.where(audited, base.low, 0), base.high, base.unlimited | ~audited)

    def _value(self) -> Range:
        value = self.guarantees.sums(self.rows, self.certain, self.group, len(self.holders))
        return value.or_without_limit((self.unusable > 0) | self.left_out)

    def _unusable(self) -> Numbers:
        """How many unusable rows may belong to each sum: those that name the guarantor, else all of its filing."""
        if self.check.by == "guarantee":
            return np.zeros(len(self.holders), dtype=np.int64)
        rows: Numbers = self.batch.unusable["guarantees"][self.filing]
        if self.check.by == "guarantor":
            stray = np.bincount(self.batch.unusable_guarantors, minlength=len(self.batch.firm_codes))
            rows = stray[self.holders]
        return rows

    def verdicts(self) -> Verdicts:
        outcome = of_breach(above(self.value, self.base.clipped(), self.check.factor))

        def details(place: int) -> Details:
            return self._details(place, OUTCOMES[outcome[place]])

        return Verdicts(self.filing, outcome, details)

    def every_detail(self) -> list[Details]:
        """Of every sum, with what is missing where an amount is open."""
        found = []
        for place in range(len(self.holders)):
            known = self.value.at(place).is_point and self.base.at(place).is_point
            found.append(self._details(place, Outcome.PASS if known else Outcome.UNKNOWN))
        return found

    @cached_property
    def _by_sum(self) -> Grouped:
        return Grouped(self.group, len(self.holders))

    def _details(self, place: int, outcome: Outcome) -> Details:
        situation, check = self.situation, self.check
        filing = int(self.filing[place])
        own = self.rows[self._by_sum.of(place)]
        base = self.base.at(place)
        unit, unknown = situation.unit(filing), outcome == Outcome.UNKNOWN
        limit = base.clipped().scaled(check.factor)
        return Details(
            subject=self._subject(place, own),
            measured=MeasuredAmount(
                situation.in_unit(self.value.at(place), filing), situation.in_unit(limit, filing), unit
            ),
            missing=self._missing(place, own) if unknown else (),
            evidence=situation.evidence("guarantees", own.tolist(), "balance")
            + situation.evidence("financials", [int(self.base_row[place])], *self._base_fields())
            + self._holder_cells(place)
            + self.guarantees.claimed_cells(own.tolist(), check.select),
            reasons=tuple(self._reasons(place, own, unknown)),
            facts={
                "basis": basis_in_words(
                    check.of, int(self.year[place]), situation.in_unit(base, filing), check.factor, unit
                ),
            },
            cure=self._cure(place, own) if outcome == Outcome.FAIL else None,
        )

    def _cure(self, place: int, own: Numbers) -> Cure | None:
        """The one guarantee to be reduced, if reducing one is enough however the ranges turn out."""
        value = self.value.at(place)
        if value.high is None:
            return None
        limit = self.base.at(place).clipped().scaled(self.check.factor)
        return cure_by_less(self.situation, "guarantees", own.tolist(), "balance", value.high - limit.low)

    def _subject(self, place: int, own: Numbers) -> Subject:
        holder = int(self.holders[place])
        if self.check.by == "guarantee":
            return row_subject(self.situation, "guarantees", holder)
        code = self.batch.firm_codes[holder]
        if self.check.by == "group":
            return Subject("entities", code, self.batch.filings[int(self.filing[place])].group_name)
        if not own.size:
            return Subject("entities", code, self.batch.firm_name(holder))
        return Subject("entities", code, firm_label(self.situation, int(own[0]), self.check.by))

    def _missing(self, place: int, own: Numbers) -> tuple[str, ...]:
        found = list(self.situation.blank("guarantees", own.tolist(), "balance"))
        if self.base.unlimited[place]:
            found += self._base_missing(int(self.base_row[place]))
        if (self.guarantees.guarantor_scope[own] == UNKNOWN).any():
            found.append("entities.consolidated")
        if self.check.select.leave_out_licensed:
            open_licence = own[self.guarantees.licensed[own] == UNKNOWN]
            found += self.situation.blank("guarantees", open_licence.tolist(), "licensed_business")
        return tuple(found)

    def _holder_cells(self, place: int) -> tuple[Evidence, ...]:
        """The cell for which a guarantor is of the group."""
        if self.check.by != "guarantor":
            return ()
        entity = int(self.batch.entity_of_firm[self.holders[place]])
        return self.situation.evidence("entities", [entity], "consolidated")

    def _base_is_unaudited(self, place: int) -> bool:
        """Whether the base is stated not to be audited, where it has to be."""
        row = int(self.base_row[place])
        return (
            self.check.audited
            and row >= 0
            and int(self.situation.table("financials").truth("audited")[row]) == NO
        )

    def _base_fields(self) -> tuple[str, ...]:
        return (self.check.of, "audited") if self.check.audited else (self.check.of,)

    def _base_missing(self, row: int) -> tuple[str, ...]:
        fields = self._base_fields() if row >= 0 else (self.check.of,)
        return self.situation.blank("financials", [row], *fields)

    def _reasons(self, place: int, own: Numbers, unknown: bool) -> list[Text]:
        found: list[Text] = []
        unusable = int(self.unusable[place])
        if unknown and self._base_is_unaudited(place):
            name = self.batch.firm_name(int(self.firms[place]))
            found.append(reasons.NOT_AUDITED.format(name=name, year=int(self.year[place])))
        if unknown and self.left_out[place]:
            found.append(reasons.LEFT_OUT.format(table=title("guarantees")))
        if unknown and unusable:
            found.append(reasons.UNUSABLE_ROWS.format(table=title("guarantees"), count=unusable))
        if unknown:
            for row in own.tolist():
                found.extend(self.guarantees.doubts(row, self.check.select))
        return list(dict.fromkeys([*found, *self.guarantees.twice_reason(own)]))

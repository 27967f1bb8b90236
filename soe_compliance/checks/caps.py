"""The sum of guarantees, of a group or of one guarantor, against a part of its net assets."""

import numpy as np

from soe_compliance.checks.guarantees import Guarantees
from soe_compliance.checks.situation import Situation, title
from soe_compliance.checks.verdicts import Verdicts, of_breach
from soe_compliance.domain import reasons
from soe_compliance.domain.amounts import amount_in_words, percent_in_words
from soe_compliance.domain.exact import Interval, Range, above
from soe_compliance.domain.finding import Details, MeasuredAmount, Subject
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Text
from soe_compliance.domain.truth import UNKNOWN, YES, Numbers
from soe_compliance.law.kinds import Cap


def check_cap(situation: Situation, check: Cap) -> Verdicts:
    """One outcome for each group that files guarantees, or for each guarantor."""
    return _CapCheck(situation, check).verdicts()


class _CapCheck:
    def __init__(self, situation: Situation, check: Cap) -> None:
        self.situation, self.check, self.batch = situation, check, situation.batch
        self.guarantees = Guarantees(situation)
        selected = self.guarantees.selected(check.select)
        self.rows, self.certain = selected.rows, selected.certain
        if check.by == "group":
            self.filing = np.flatnonzero(self.batch.has_table["guarantees"])
            self.firms = self.batch.parent[self.filing]
            holder = self.batch.parent[self.guarantees.filing[self.rows]]
        else:
            holder = self.guarantees.guarantor[self.rows]
            self.firms = np.unique(holder)
            self.filing = self.batch.filing_of_firm[self.firms]
        self.group = np.searchsorted(self.firms, holder).astype(np.int64)
        self.year = self.batch.latest_year_end[self.filing]
        self.base_row = self.batch.financial_rows(self.firms, self.year)
        self.base = self.batch.of_financials(check.of, self.base_row)
        self.value = self._value()

    def _value(self) -> Range:
        value = self.guarantees.sums(self.rows, self.certain, self.group, len(self.firms))
        return value.or_without_limit(self._unusable() > 0)

    def _unusable(self) -> Numbers:
        """How many unusable rows may belong to each sum: for a group all of its filing, else those that name it."""
        if self.check.by == "group":
            return self.batch.unusable["guarantees"][self.filing]
        stray = np.bincount(self.batch.unusable_guarantors, minlength=len(self.batch.firm_codes))
        return stray[self.firms]

    def verdicts(self) -> Verdicts:
        breach = above(self.value, self.base.clipped(), self.check.factor)
        outcome = of_breach(breach)
        if self.check.by == "guarantor" and not self.check.select.any_guarantor:
            doubt = self.situation.scope_as_actor[self.firms] != YES
            outcome = np.where(doubt & (outcome == Outcome.FAIL), Outcome.UNKNOWN, outcome).astype(np.int8)

        def details(place: int) -> Details:
            return self._details(place, Outcome(outcome[place]))

        return Verdicts(self.filing, outcome, details)

    def _details(self, place: int, outcome: Outcome) -> Details:
        situation, check = self.situation, self.check
        filing, firm = int(self.filing[place]), int(self.firms[place])
        own = self.rows[self.group == place]
        base, base_row = self.base.at(place), int(self.base_row[place])
        unit, unknown = situation.unit(filing), outcome == Outcome.UNKNOWN
        limit = base.clipped().scaled(check.factor)
        evidence = situation.evidence("guarantees", own.tolist(), "balance")
        if base_row >= 0:
            evidence += situation.evidence("financials", [base_row], check.of)
        return Details(
            subject=Subject("entities", self.batch.firm_codes[firm], self._name(firm, own)),
            measured=MeasuredAmount(
                situation.in_unit(self.value.at(place), filing), situation.in_unit(limit, filing), unit
            ),
            missing=self._missing(place, own) if unknown else (),
            evidence=evidence,
            reasons=tuple(self._reasons(place, own, unknown)),
            facts={
                "base": amount_in_words(situation.in_unit(base, filing), unit),
                "base_year": str(self.year[place]),
                "factor": percent_in_words(Interval(check.factor, check.factor)),
            },
        )

    def _name(self, firm: int, own: Numbers) -> str:
        if self.check.by == "group":
            return self.batch.filings[int(self.batch.filing_of_firm[firm])].group_name
        name = self.batch.firm_name(firm)
        if name == self.batch.firm_codes[firm] and own.size:
            written = str(self.batch.cell("guarantees", int(own[0]), "guarantor_name") or "").strip()
            return written or name
        return name

    def _missing(self, place: int, own: Numbers) -> tuple[str, ...]:
        found = list(self.situation.blank("guarantees", own.tolist(), "balance"))
        if self.base.unlimited[place]:
            found.append(f"financials.{self.check.of}")
        scope = self.guarantees.guarantor_scope[own]
        firms = self.guarantees.guarantor[own][scope == UNKNOWN]
        if firms.size and not self.batch.of_entity("consolidated", firms).stated.all():
            found.append("entities.consolidated")
        if self.check.select.leave_out_licensed:
            open_licence = own[self.guarantees.licensed[own] == UNKNOWN]
            found += self.situation.blank("guarantees", open_licence.tolist(), "licensed_business")
        return tuple(found)

    def _reasons(self, place: int, own: Numbers, unknown: bool) -> list[Text]:
        found: list[Text] = []
        unusable = int(self._unusable()[place])
        if unknown and unusable:
            found.append(reasons.UNUSABLE_ROWS.format(table=title("guarantees"), count=unusable))
        if unknown:
            for row in own.tolist():
                found.extend(self.guarantees.doubts(row, self.check.select))
        return list(dict.fromkeys([*found, *self.guarantees.twice_reason(own)]))

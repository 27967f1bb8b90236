"""Whether a beneficiary is viable, and whether licensed business is that."""

import numpy as np

from soe_compliance.checks.bases import basis_in_words
from soe_compliance.checks.guarantees import Guarantees
from soe_compliance.checks.situation import Situation, header
from soe_compliance.checks.subjects import firm_label, row_subject
from soe_compliance.checks.verdicts import Outcomes, Verdicts, of_breach, softened
from soe_compliance.domain.exact import above
from soe_compliance.domain.finding import Details, MeasuredAmount, Subject
from soe_compliance.domain.groups import Grouped, distinct
from soe_compliance.domain.outcomes import OUTCOMES, Outcome
from soe_compliance.domain.text import Text
from soe_compliance.domain.truth import NO, UNKNOWN, YES, Numbers, Truth, both, either, known, negate
from soe_compliance.law.kinds import BeneficiaryFlag, BeneficiaryRatio, Licensed, Viable


class _Viability:
    """What is stated of each beneficiary."""

    def __init__(self, situation: Situation, check: Viable, firms: Numbers) -> None:
        batch = situation.batch
        self.situation, self.check, self.firms = situation, check, firms
        self.year = batch.latest_year_end[batch.filing_of_firm[firms]]
        self.flags: list[Truth] = [
            batch.of_entity(flag, firms).values.astype(np.int8) for flag in check.flags
        ]
        self.rows = [batch.financial_rows(firms, self.year - back) for back in range(check.loss_years)]
        insolvent = self._negative(check.not_negative, self.rows[0])
        losing = both(*(self._negative(field, row) for row in self.rows for field in check.loss_fields))
        self.insolvent, self.losing = insolvent == YES, losing == YES
        self.by_statements = either(insolvent, losing)

    def _negative(self, field: str, rows: Numbers) -> Truth:
        amount = self.situation.batch.of_financials(field, rows)
        return np.where(amount.unlimited, UNKNOWN, known(amount.low < 0))

    def outcome(self, unapproved: Truth) -> Outcomes:
        """Fail where something speaks against a beneficiary that was not approved all the same.

        What else is open the flags decide; where a rule asks for none, statements that are lacking leave it open.
        """
        doubtful = negate(both(*self.flags)) if self.flags else self.by_statements
        breach = np.where(self.insolvent | self.losing, YES, doubtful).astype(np.int8)
        return of_breach(both(breach, unapproved))

    def why(self, place: int) -> Text:
        """What speaks against a beneficiary."""
        year, found = self.year[place], []
        for flag, truth in zip(self.check.flags, self.flags, strict=True):
            if truth[place] == NO:
                found.append(Text(f"“{header('entities', flag)}”填报为否", f"{flag} is stated as no"))
        if self.insolvent[place]:
            found.append(Text(f"{year}年末净资产为负", f"its net assets are negative at the end of {year}"))
        if self.losing[place]:
            years = self.check.loss_years
            found.append(
                Text(
                    f"截至{year}年末连续{years}年亏损且经营活动现金流量净额为负",
                    f"{years} years of loss with negative operating cash flow up to {year}",
                )
            )
        return Text("，".join(text.zh for text in found), ", ".join(text.en for text in found))


def check_viable(situation: Situation, check: Viable) -> Verdicts:
    """One outcome for each beneficiary of the guarantees that the rule looks at."""
    guarantees = situation.shared(Guarantees)
    selected = guarantees.selected(check.select)
    beneficiary = guarantees.beneficiary[selected.rows]
    firms, group = distinct(beneficiary, len(situation.batch.firm_codes))
    by_firm = Grouped(group, len(firms))
    certain = np.zeros(len(situation.batch.firm_codes), dtype=bool)
    certain[beneficiary[selected.certain]] = True
    viability = _Viability(situation, check, firms)
    approved = guarantees.approved(check.unless_approved, selected.rows)
    all_approved = np.full(len(situation.batch.firm_codes), YES)
    np.minimum.at(all_approved, beneficiary, approved)
    outcome = softened(viability.outcome(negate(all_approved[firms])), ~certain[firms])

    def details(place: int) -> Details:
        verdict = OUTCOMES[outcome[place]]
        batch, firm = situation.batch, int(firms[place])
        own = selected.rows[by_firm.of(place)].tolist()
        unknown = verdict is Outcome.UNKNOWN
        entity = int(batch.entity_of_firm[firm])
        statements = [int(rows[place]) for rows in viability.rows]
        approval = (check.unless_approved, "signed_on") if check.unless_approved else ()
        return Details(
            subject=Subject("entities", batch.firm_codes[firm], firm_label(situation, own[0], "beneficiary")),
            missing=_missing(situation, check, viability, place, own) if unknown else (),
            evidence=situation.evidence("entities", [entity], *check.flags)
            + situation.evidence("financials", statements, check.not_negative, *check.loss_fields)
            + situation.evidence("guarantees", own, "balance", *approval)
            + guarantees.counting_cells(own, check.select),
            reasons=_doubts(guarantees, check, own) if unknown and not certain[firm] else (),
            facts={"why": viability.why(place)},
        )

    return Verdicts(situation.batch.filing_of_firm[firms], outcome, details)


def _doubts(guarantees: Guarantees, check: Viable | BeneficiaryRatio, own: list[int]) -> tuple[Text, ...]:
    """Why it may be that none of a beneficiary's guarantees counts."""
    return tuple(dict.fromkeys(text for row in own for text in guarantees.doubts(row, check.select)))


def _missing(
    situation: Situation, check: Viable, viability: _Viability, place: int, own: list[int]
) -> tuple[str, ...]:
    one = np.array([viability.firms[place]])
    found = [f"entities.{flag}" for flag in check.flags if not situation.batch.of_entity(flag, one).stated[0]]
    if viability.insolvent[place] or viability.losing[place]:
        if check.unless_approved:
            found += situation.blank("guarantees", own, check.unless_approved, "signed_on")
    elif not check.flags:
        for back, rows in enumerate(viability.rows):
            fields = (*((check.not_negative,) if back == 0 else ()), *check.loss_fields)
            found += situation.blank("financials", [int(rows[place])], *fields)
    return tuple(dict.fromkeys(found))


def check_beneficiary_flag(situation: Situation, check: BeneficiaryFlag) -> Verdicts:
    """One outcome for each guarantee: its beneficiary's flag is as it must be, or it was approved all the same."""
    guarantees = situation.shared(Guarantees)
    selected = guarantees.selected(check.select)
    rows = selected.rows
    flag = situation.batch.of_entity(check.flag, guarantees.beneficiary[rows]).values.astype(np.int8)
    breach = both(
        negate(flag) if check.must_be else flag, negate(guarantees.approved(check.unless_approved, rows))
    )
    outcome = softened(of_breach(breach), ~selected.certain)

    def details(place: int) -> Details:
        verdict = OUTCOMES[outcome[place]]
        row, batch = int(rows[place]), situation.batch
        entity = int(batch.entity_of_firm[guarantees.beneficiary[row]])
        unknown = verdict is Outcome.UNKNOWN
        missing: tuple[str, ...] = ()
        approval = (check.unless_approved, "signed_on") if check.unless_approved else ()
        if unknown and flag[place] == UNKNOWN:
            missing = (f"entities.{check.flag}",)
        elif unknown and check.unless_approved:
            missing = situation.blank("guarantees", [row], check.unless_approved, "signed_on")
        return Details(
            subject=row_subject(situation, "guarantees", row),
            missing=missing,
            evidence=situation.evidence("entities", [entity], check.flag)
            + situation.evidence("guarantees", [row], "beneficiary_code", "balance", *approval)
            + guarantees.counting_cells([row], check.select),
            reasons=tuple(guarantees.doubts(row, check.select)) if unknown else (),
            facts={role: firm_label(situation, row, role) for role in ("guarantor", "beneficiary")},
        )

    return Verdicts(guarantees.filing[rows], outcome, details)


def check_beneficiary_ratio(situation: Situation, check: BeneficiaryRatio) -> Verdicts:
    """One outcome for each beneficiary: one amount of its statements is within a part of another."""
    guarantees, batch = situation.shared(Guarantees), situation.batch
    selected = guarantees.selected(check.select)
    beneficiary = guarantees.beneficiary[selected.rows]
    firms, group = distinct(beneficiary, len(batch.firm_codes))
    by_firm = Grouped(group, len(firms))
    certain = np.zeros(len(batch.firm_codes), dtype=bool)
    certain[beneficiary[selected.certain]] = True
    filing = batch.filing_of_firm[firms]
    statements = batch.financial_rows(firms, batch.latest_year_end[filing])
    value, base = (batch.of_financials(field, statements) for field in (check.value, check.of))
    outcome = softened(of_breach(above(value, base.clipped(), check.at_most)), ~certain[firms])

    def details(place: int) -> Details:
        verdict = OUTCOMES[outcome[place]]
        firm, row = int(firms[place]), int(statements[place])
        own = selected.rows[by_firm.of(place)].tolist()
        unknown, unit = verdict is Outcome.UNKNOWN, situation.unit(int(filing[place]))
        fields = (check.value, check.of)
        limit = base.at(place).clipped().scaled(check.at_most)
        return Details(
            subject=Subject("entities", batch.firm_codes[firm], firm_label(situation, own[0], "beneficiary")),
            measured=MeasuredAmount(
                situation.in_unit(value.at(place), int(filing[place])),
                situation.in_unit(limit, int(filing[place])),
                unit,
            ),
            missing=situation.blank("financials", [row], *fields) if unknown else (),
            evidence=situation.evidence("financials", [row], *fields)
            + situation.evidence("guarantees", own, "balance")
            + guarantees.counting_cells(own, check.select),
            reasons=_doubts(guarantees, check, own) if unknown and not certain[firm] else (),
            facts={
                "basis": basis_in_words(
                    check.of,
                    int(batch.latest_year_end[filing[place]]),
                    situation.in_unit(base.at(place), int(filing[place])),
                    check.at_most,
                    unit,
                ),
            },
        )

    return Verdicts(filing, outcome, details)


def check_licensed(situation: Situation, check: Licensed) -> Verdicts:
    """One outcome for each guarantee that is declared as licensed business."""
    guarantees = situation.shared(Guarantees)
    declared = guarantees.table.truth("licensed_business") == YES
    rows = np.flatnonzero(declared & guarantees.in_force & (guarantees.guarantor != guarantees.beneficiary))
    outcome = of_breach(negate(guarantees.licensed[rows]))

    def details(place: int) -> Details:
        verdict = OUTCOMES[outcome[place]]
        row, batch = int(rows[place]), situation.batch
        guarantor = int(guarantees.guarantor[row])
        entity = int(batch.entity_of_firm[guarantor])
        fields = ("level", situation.ruleset.terms.tiered.flag)
        one = np.array([guarantor])
        unknown = verdict is Outcome.UNKNOWN
        return Details(
            subject=row_subject(situation, "guarantees", row),
            missing=tuple(f"entities.{f}" for f in fields if not batch.of_entity(f, one).stated[0])
            if unknown
            else (),
            evidence=situation.evidence("guarantees", [row], "licensed_business", "signed_on")
            + situation.evidence(
                "entities",
                [entity],
                "guarantee_licence",
                "guarantee_licence_until",
                *fields,
            ),
            facts={
                "guarantor": firm_label(situation, row, "guarantor"),
                "beneficiary": firm_label(situation, row, "beneficiary"),
                "why": _why_not_licensed(situation, guarantees, row),
            },
        )

    return Verdicts(guarantees.filing[rows], outcome, details)


_NO_LICENCE = Text(
    "担保人签署时没有在有效期内的融资担保经营许可证",
    "the guarantor held no licence in force when it was signed",
)
_NOT_OF_UPPER_TIER = Text(
    "担保人不是一级企业或重要子企业", "the guarantor is neither of the first level nor a key subsidiary"
)


def _why_not_licensed(situation: Situation, guarantees: Guarantees, row: int) -> Text:
    """Each of the conditions that is certainly not met: to meet one alone would not cure."""
    found = []
    if not guarantees.holds_licence[row]:
        found.append(_NO_LICENCE)
    if situation.upper_tier[guarantees.guarantor[row]] == NO:
        found.append(_NOT_OF_UPPER_TIER)
    return Text("，且".join(text.zh for text in found), ", and ".join(text.en for text in found))

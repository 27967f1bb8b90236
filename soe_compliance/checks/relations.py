"""How the two firms of a guarantee are related, and which relations are forbidden."""

from fractions import Fraction

import numpy as np

from soe_compliance.checks.cures import cure_of_cell
from soe_compliance.checks.graph import chain
from soe_compliance.checks.guarantees import RELATION_UNKNOWN, RELATIONS, Guarantees
from soe_compliance.checks.situation import Situation
from soe_compliance.checks.subjects import firm_label
from soe_compliance.checks.verdicts import Verdicts, first_that_fits, softened, spared
from soe_compliance.domain import reasons
from soe_compliance.domain.amounts import amount_in_words
from soe_compliance.domain.finding import Cure, Details, Subject
from soe_compliance.domain.outcomes import OUTCOMES, Outcome
from soe_compliance.domain.text import Text
from soe_compliance.domain.truth import NO, UNKNOWN
from soe_compliance.law.kinds import Relation

RELATION_NAMES = {
    "self": Text("为自身债务担保", "the same firm"),
    "upstream": Text("被担保人在担保人之上", "the beneficiary stands above the guarantor"),
    "subsidiary": Text("合并范围内的子企业", "a consolidated subsidiary"),
    "participation": Text("担保人参股的企业", "a participation of the guarantor"),
    "sibling": Text("合并范围内的平级子企业", "a sibling in the group"),
    "group_participation": Text("集团参股的企业", "a participation of another member"),
    "unrelated": Text("没有股权关系", "unrelated"),
}


def check_relation(situation: Situation, check: Relation) -> Verdicts:
    """One outcome for each guarantee: its relation is not a forbidden one."""
    guarantees = situation.shared(Guarantees)
    selected = guarantees.selected(check.select)
    rows = selected.rows
    relation = guarantees.relation[rows]
    forbidden = np.isin(relation, [RELATIONS.index(name) for name in check.forbidden])
    approved = guarantees.approved(check.unless_approved, rows)
    outcome = first_that_fits(
        [
            (relation == RELATION_UNKNOWN, Outcome.UNKNOWN),
            (forbidden & (approved == NO), Outcome.FAIL),
            (forbidden & (approved == UNKNOWN), Outcome.UNKNOWN),
        ],
        Outcome.PASS,
    )
    outcome = spared(softened(outcome, ~selected.certain), guarantees.spared[rows])

    def details(place: int) -> Details:
        row = int(rows[place])
        return _details(guarantees, check, row, OUTCOMES[outcome[place]])

    return Verdicts(guarantees.filing[rows], outcome, details)


def _details(guarantees: Guarantees, check: Relation, row: int, outcome: Outcome) -> Details:
    situation, batch = guarantees.situation, guarantees.situation.batch
    filing = int(guarantees.filing[row])
    guarantor, beneficiary = int(guarantees.guarantor[row]), int(guarantees.beneficiary[row])
    names = firm_label(situation, row, "guarantor"), firm_label(situation, row, "beneficiary")
    unknown = outcome == Outcome.UNKNOWN
    balance = guarantees.table.amount("balance", row)
    relation = int(guarantees.relation[row])
    facts: dict[str, str | Text] = {
        "guarantor": names[0],
        "beneficiary": names[1],
        "balance": amount_in_words(situation.in_unit(balance, filing), situation.unit(filing)),
    }
    if relation != RELATION_UNKNOWN:
        facts["relation"] = RELATION_NAMES[RELATIONS[relation]]
    path = chain(situation, filing, guarantor, beneficiary)
    if not path.rows:
        path += chain(situation, filing, beneficiary, guarantor)
    firms = (guarantor, beneficiary) if check.select.any_guarantor else (beneficiary,)
    entities = [int(batch.entity_of_firm[firm]) for firm in firms]
    approval = (check.unless_approved,) if check.unless_approved else ()
    return Details(
        subject=Subject("guarantees", batch.row_name("guarantees", row), names[1]),
        missing=_missing(guarantees, check, row) if unknown else (),
        evidence=situation.evidence(
            "guarantees", [row], "guarantor_code", "beneficiary_code", "balance", "signed_on", *approval
        )
        + situation.evidence("entities", entities, "consolidated")
        + situation.evidence("holdings", path.rows, "ratio")
        + guarantees.counting_cells([row], check.select),
        reasons=(*_reasons(guarantees, check, row), *path.remark) if unknown else path.remark,
        facts=facts,
        cure=_cure(guarantees, check, row) if outcome == Outcome.FAIL else None,
    )


def _cure(guarantees: Guarantees, check: Relation, row: int) -> Cure | None:
    """Running the guarantee down to nothing; one that the rule looks at for its signature is past that.

    Where the balance is not stated, it is what is owed that has to be filled in, whatever a nought would do.
    """
    past = check.select.signed_in_year and guarantees.signed_in_year[row]
    if past or not guarantees.table.columns["balance"].stated[row]:
        return None
    return cure_of_cell(guarantees.situation, "guarantees", row, "balance", Fraction(0))


def _reasons(guarantees: Guarantees, check: Relation, row: int) -> list[Text]:
    found = []
    if guarantees.relation[row] == RELATION_UNKNOWN:
        found.append(relation_reason(guarantees, row))
        if guarantees.situation.holdings.has_unusable[int(guarantees.filing[row])]:
            found.append(reasons.HOLDINGS_UNUSABLE)
    return found + guarantees.doubts(row, check.select)


def _missing(guarantees: Guarantees, check: Relation, row: int) -> tuple[str, ...]:
    found = relation_missing(guarantees, row)
    if check.unless_approved and guarantees.relation[row] != RELATION_UNKNOWN:
        found += guarantees.situation.blank("guarantees", [row], check.unless_approved, "signed_on")
    return found


def relation_reason(guarantees: Guarantees, row: int) -> Text:
    """That the relation of a guarantee is not known."""
    return reasons.RELATION_UNKNOWN.format(
        guarantor=firm_label(guarantees.situation, row, "guarantor"),
        beneficiary=firm_label(guarantees.situation, row, "beneficiary"),
    )


def relation_missing(guarantees: Guarantees, row: int) -> tuple[str, ...]:
    """The blank inputs that a relation or the guarantor's place in the group hangs on."""
    situation, batch = guarantees.situation, guarantees.situation.batch
    filing = int(guarantees.filing[row])
    found = []
    firms = np.array([guarantees.guarantor[row], guarantees.beneficiary[row]])
    if (situation.scope_as_actor[firms[0]] == UNKNOWN) | (situation.scope[firms[1]] == UNKNOWN):
        found.append("entities.consolidated")
    if guarantees.relation[row] == RELATION_UNKNOWN and situation.lacks_ratios[filing]:
        found.append("holdings.ratio")
    if guarantees.licensed[row] == UNKNOWN:
        found.extend(situation.blank("guarantees", [row], "licensed_business"))
        found.extend(
            f"entities.{field}"
            for field in ("level", situation.ruleset.terms.tiered.flag)
            if not batch.of_entity(field, firms).stated[0]
        )
    return tuple(dict.fromkeys(found))

"""Warning signs in what is filed: codes, totals, dates, balances, states; outcomes only for what is found."""

from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np

from soe_compliance.checks.consistency import Found, only_fails
from soe_compliance.checks.graph import chain
from soe_compliance.checks.guarantees import Guarantees
from soe_compliance.checks.situation import Situation, day, header, title
from soe_compliance.checks.subjects import firm_label, row_subject
from soe_compliance.checks.verdicts import Verdicts
from soe_compliance.domain.amounts import amount_in_words, percent_in_words
from soe_compliance.domain.credit_codes import are_wrong, check_character
from soe_compliance.domain.exact import Interval, as_fraction, sum_by
from soe_compliance.domain.finding import Details, MeasuredAmount, MeasuredDay, Subject
from soe_compliance.domain.ownership import RATIO_UNIT
from soe_compliance.domain.text import Text
from soe_compliance.domain.truth import NO, YES
from soe_compliance.law.kinds import (
    CheckCharacter,
    DateOrder,
    DatePair,
    FieldExcess,
    GuaranteeState,
    HoldingsTotal,
    OneBalance,
    Unconsolidated,
)


def check_check_character(situation: Situation, check: CheckCharacter) -> Verdicts:
    """A fail for each entity whose credit code can't be right."""
    found: list[Found] = []
    table = situation.table("entities")
    codes = list(map(situation.batch.firm_codes.__getitem__, table.values("code").tolist()))
    for row in np.flatnonzero(are_wrong(codes)).tolist():
        found.append((int(table.filing[row]), _bad_code(situation, row, codes[row])))
    return only_fails(found)


def _bad_code(situation: Situation, row: int, code: str) -> Callable[[], Details]:
    def details() -> Details:
        right = check_character(code)
        why = (
            Text(f"按前17位计算，校验码应为{right}", f"by its first 17 characters the last should be {right}")
            if right
            else Text(
                "含有标准不用的字母（I、O、S、V、Z）",
                "it holds a letter that the standard does not use (I, O, S, V, Z)",
            )
        )
        name = situation.batch.cell("entities", row, "name")
        return Details(
            subject=Subject("entities", code, str(name).strip()),
            evidence=situation.evidence("entities", [row], "code"),
            facts={"why": why},
        )

    return details


def check_holdings_total(situation: Situation, check: HoldingsTotal) -> Verdicts:
    """A fail for each firm whose stated stakes come to more than the whole, roundings allowed for."""
    table, rounding = situation.table("holdings"), situation.ruleset.terms.share.rounding
    stated = np.flatnonzero(table.stated("ratio"))
    investee = table.values("investee_code")[stated]
    size = len(situation.batch.firm_codes)
    total = sum_by(investee, table.values("ratio")[stated], size)
    counts = np.bincount(investee, minlength=size)
    found: list[Found] = []
    above_whole = total > int(RATIO_UNIT * check.at_most)
    for firm in np.flatnonzero(above_whole.astype(bool)).tolist():
        share = as_fraction(total[firm]) / RATIO_UNIT
        if share > check.at_most + rounding * int(counts[firm]):
            rows = stated[investee == firm].tolist()
            found.append(
                (int(situation.batch.filing_of_firm[firm]), _too_much_held(situation, firm, rows, share))
            )
    return only_fails(found)


def _too_much_held(
    situation: Situation, firm: int, rows: list[int], share: Fraction
) -> Callable[[], Details]:
    def details() -> Details:
        batch = situation.batch
        name = batch.firm_name(firm)
        if batch.entity_of_firm[firm] < 0:
            name = str(batch.cell("holdings", rows[0], "investee_name") or name).strip()
        return Details(
            subject=Subject("holdings", batch.firm_codes[firm], name),
            evidence=situation.evidence("holdings", rows, "ratio"),
            facts={"total": percent_in_words(Interval(share, share))},
        )

    return details


def check_date_order(situation: Situation, check: DateOrder) -> Verdicts:
    """A fail for each day that is earlier than the one it should follow."""
    found: list[Found] = []
    for pair in check.pairs:
        table = situation.table(pair.table)
        later, earlier = table.columns[pair.later], table.columns[pair.earlier]
        wrong = later.stated & earlier.stated & (later.values < earlier.values)
        for row in np.flatnonzero(wrong).tolist():
            found.append((int(table.filing[row]), _out_of_order(situation, pair, row)))
    return only_fails(found)


def _out_of_order(situation: Situation, pair: DatePair, row: int) -> Callable[[], Details]:
    def details() -> Details:
        table = situation.table(pair.table)
        name = situation.batch.row_name(pair.table, row)
        later, earlier = day(table.values(pair.later)[row]), day(table.values(pair.earlier)[row])
        return Details(
            subject=Subject(pair.table, f"{pair.table}:{name}:{pair.later}", name),
            measured=MeasuredDay(later, earlier, earlier, None),
            evidence=situation.evidence(pair.table, [row], pair.later, pair.earlier),
            facts={
                "table": title(pair.table),
                "key": name,
                "field": header(pair.table, pair.later),
                "other": header(pair.table, pair.earlier),
            },
        )

    return details


def check_one_balance(situation: Situation, check: OneBalance) -> Verdicts:
    """A fail for each stated debt of which guarantees state different balances."""
    table = situation.table("guarantees")
    rows = np.flatnonzero(situation.shared(Guarantees).repeats_debt & table.stated("debt_balance"))
    debts: dict[tuple[int, int], list[int]] = {}
    beneficiary, debt = (table.values(key)[rows].tolist() for key in ("beneficiary_code", "debt_id"))
    for row, firm, number in zip(rows.tolist(), beneficiary, debt, strict=True):
        debts.setdefault((firm, number), []).append(row)
    balances = table.values("debt_balance")
    return only_fails(
        [
            (int(table.filing[own[0]]), _two_balances(situation, own))
            for own in debts.values()
            if len(own) > 1 and len({as_fraction(balances[row]) for row in own}) > 1
        ]
    )


def _two_balances(situation: Situation, rows: list[int]) -> Callable[[], Details]:
    def details() -> Details:
        batch = situation.batch
        beneficiary, debt = (
            batch.text("guarantees", rows[0], key) for key in ("beneficiary_code", "debt_id")
        )
        filing = int(situation.table("guarantees").filing[rows[0]])
        table = situation.table("guarantees")
        stated = [
            amount_in_words(
                situation.in_unit(table.amount("debt_balance", row), filing), situation.unit(filing)
            )
            for row in rows
        ]
        return Details(
            subject=Subject(
                "guarantees", f"{beneficiary}/{debt}", firm_label(situation, rows[0], "beneficiary")
            ),
            evidence=situation.evidence("guarantees", rows, "debt_balance", "debt_id"),
            facts={
                "debt": debt,
                "balances": Text(
                    "、".join(dict.fromkeys(text.zh for text in stated)),
                    ", ".join(dict.fromkeys(text.en for text in stated)),
                ),
            },
        )

    return details


def check_field_excess(situation: Situation, check: FieldExcess) -> Verdicts:
    """A fail for each row in which one amount is more than the other."""
    table = situation.table(check.table)
    value, limit = table.range(check.value), table.range(check.limit)
    stated = table.stated(check.value) & table.stated(check.limit)
    rows = np.flatnonzero(stated & (value.low > limit.low).astype(bool))

    def made(row: int) -> Callable[[], Details]:
        def details() -> Details:
            filing = int(table.filing[row])
            return Details(
                subject=row_subject(situation, check.table, row),
                measured=MeasuredAmount(
                    situation.in_unit(value.at(row), filing),
                    situation.in_unit(limit.at(row), filing),
                    situation.unit(filing),
                ),
                evidence=situation.evidence(check.table, [row], check.value, check.limit),
            )

        return details

    return only_fails([(int(table.filing[row]), made(row)) for row in rows.tolist()])


def check_guarantee_state(situation: Situation, check: GuaranteeState) -> Verdicts:
    """A fail for each guarantee in a state that should not be."""
    guarantees = situation.shared(Guarantees)
    table, reference = guarantees.table, guarantees.reference
    expires, released = table.columns["expires_on"], table.columns["released_on"]
    balance = table.columns["balance"]
    wrong = {
        "expired": guarantees.in_force & expires.stated & (expires.values < reference),
        "released": released.stated
        & (released.values <= reference)
        & balance.stated
        & (balance.values > 0).astype(bool),
        "own_debt": guarantees.guarantor == guarantees.beneficiary,
    }[check.state]
    own_debt = check.state == "own_debt"
    days = ("expires_on", "released_on")
    fields = ("balance", *(("guarantor_code", "beneficiary_code") if own_debt else days))
    return only_fails(
        [(int(table.filing[row]), _state(situation, row, fields)) for row in np.flatnonzero(wrong).tolist()]
    )


def _state(situation: Situation, row: int, fields: Sequence[str]) -> Callable[[], Details]:
    def details() -> Details:
        table = situation.table("guarantees")
        filing = int(table.filing[row])
        balance = situation.in_unit(table.amount("balance", row), filing)
        facts: dict[str, str | Text] = {
            "guarantor": firm_label(situation, row, "guarantor"),
            "beneficiary": firm_label(situation, row, "beneficiary"),
            "balance": amount_in_words(balance, situation.unit(filing)),
        }
        for field in ("expires_on", "released_on"):
            if table.stated(field)[row]:
                facts[field] = str(day(table.values(field)[row]))
        return Details(
            subject=row_subject(situation, "guarantees", row),
            evidence=situation.evidence("guarantees", [row], *fields),
            facts=facts,
        )

    return details


def check_unconsolidated(situation: Situation, check: Unconsolidated) -> Verdicts:
    """A fail for each entity that is left out of the consolidation though the parent certainly controls it."""
    table, batch = situation.table("entities"), situation.batch
    firms = table.values("code")
    control = situation.holdings.controls(
        batch.parent[table.filing], firms, situation.ruleset.terms.control.votes_above
    )
    left_out = (table.truth("consolidated") == NO) & ~situation.is_parent[firms] & (control == YES)

    def made(row: int) -> Callable[[], Details]:
        def details() -> Details:
            filing, firm = int(table.filing[row]), int(firms[row])
            path = chain(situation, filing, int(batch.parent[filing]), firm, "entities")
            return Details(
                subject=Subject("entities", batch.firm_codes[firm], batch.firm_name(firm)),
                evidence=situation.evidence("entities", [row], "consolidated")
                + situation.evidence("holdings", path.rows, "ratio", "voting_ratio"),
                reasons=path.remark,
            )

        return details

    return only_fails([(int(table.filing[row]), made(row)) for row in np.flatnonzero(left_out).tolist()])

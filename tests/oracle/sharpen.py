"""Moves random filings onto the edge of a rule, and writes exceptions for what fails."""

import random
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .case import Case, Finding, full_reading
from .draw import CENT, Draw
from .guarantees import GROUP_CAP, GUARANTOR_CAP, group_cap
from .ledger import capped_addends, sum_of
from .ownership import Ownership
from .reference import WAIVABLE, outcomes
from .rows import Row, as_number, normal_code, normal_id, read_filing
from .values import ZERO

Reading = dict[str, str]
OTHER_RULES = ["GUA101", "GUA105", "INV101", "DAT004", "FIN103", "gua104", "NET002"]


def case_of(filing: dict[str, Any], as_of: date, reading: Reading) -> Case:
    """The filing as the rules see it."""
    read = read_filing(filing)
    return Case(read, as_of, full_reading(reading), Ownership(read))


def sharpen(draw: Draw, filing: dict[str, Any], reading: Reading) -> None:
    """Puts one balance on the edge of one of the three caps."""
    usable = [
        row
        for row in filing.get("guarantees") or []
        if row.get("guarantor_code") and row.get("beneficiary_code")
    ]
    if not usable:
        return
    row = draw.rng.choice(usable)
    edge = draw.rng.choice([group_edge, guarantor_edge, share_edge])
    favoured = [g for g in usable if (g["guarantor_code"], g["beneficiary_code"]) in draw.favoured]
    if favoured and draw.chance(0.7):
        row = draw.rng.choice(favoured)
        edge = share_edge
    row["balance"] = None
    balance = edge(draw, filing, row, case_of(filing, draw.as_of, reading))
    row["balance"] = draw.number(balance) if balance is not None and balance > 0 else 1


def around(rng: random.Random) -> Fraction:
    """At an edge, or a cent beside it."""
    return rng.choice([ZERO, ZERO, CENT, -CENT])


def group_edge(draw: Draw, filing: dict[str, Any], row: Row, case: Case) -> Fraction | None:
    """What is left under the group's cap."""
    base = case.filing.net_assets(
        case.filing.group_code, case.filing.latest_year_end(), "consolidated_net_assets"
    )
    if base is None:
        return None
    return base * GROUP_CAP - sum_of(capped_addends(case))[0] + around(draw.rng)


def guarantor_edge(draw: Draw, filing: dict[str, Any], row: Row, case: Case) -> Fraction | None:
    """What is left under the guarantor's cap."""
    code = normal_code(row["guarantor_code"]) or ""
    base = case.filing.net_assets(code, case.filing.latest_year_end(), "net_assets")
    if base is None:
        return None
    own = [a for a in capped_addends(case) if a.guarantee["guarantor_code"] == code]
    return base * GUARANTOR_CAP - sum_of(own)[0] + around(draw.rng)


def share_edge(draw: Draw, filing: dict[str, Any], row: Row, case: Case) -> Fraction | None:
    """What is left under the group's share of the debt, or under what rounding may explain."""
    debt = as_number(row.get("debt_balance"))
    if debt is None or debt <= 0:
        return None
    code = normal_code(row["beneficiary_code"]) or ""
    low, high = case.ownership.group_share(code, case.reading["share_basis"])
    share = draw.rng.choice([low, high if high is not None else low])
    rounding = debt * Fraction(5, 100000)
    left = share * debt - others_of_debt(filing, row)
    return left + draw.rng.choice([ZERO, CENT, -CENT, rounding, rounding + CENT, rounding - CENT])


def others_of_debt(filing: dict[str, Any], row: Row) -> Fraction:
    """What other rows state for the same debt."""
    debt = normal_id(row.get("debt_id"))
    if debt is None:
        return ZERO
    total = ZERO
    for other in filing["guarantees"]:
        same = normal_code(other.get("beneficiary_code")) == normal_code(row["beneficiary_code"])
        if other is not row and same and normal_id(other.get("debt_id")) == debt:
            total += as_number(other.get("balance")) or ZERO
    return total


def draw_exceptions(draw: Draw, filing: dict[str, Any], reading: Reading) -> list[Row]:
    """Approvals for some of what fails, and some that excuse nothing."""
    found = sorted(outcomes(filing, draw.as_of, reading))
    failed = [(rule, subject) for rule, subject, outcome in found if outcome == "fail" and rule in WAIVABLE]
    draw.rng.shuffle(failed)
    chosen = failed[: draw.rng.choice([0, 1, 3, 5])]
    chosen += [item for item in failed if item[0] in ("GUA104", "NET003", "INV302") and draw.chance(0.5)]
    strict = [
        (rule, subject) for rule, subject, outcome in found if outcome == "fail" and rule not in WAIVABLE
    ]
    if strict and draw.chance(0.2):
        chosen.append(draw.rng.choice(strict))
    if draw.chance(0.2):
        chosen.append((draw.rng.choice(OTHER_RULES), draw.rng.choice([*draw.codes, "DB-0"])))
    total = group_cap(case_of(filing, draw.as_of, reading))
    return [draw_exception(draw, rule, subject, total) for rule, subject in chosen[:8]]


def draw_exception(draw: Draw, rule: str, subject: str, total: Finding) -> Row:
    """One exception."""
    day = draw.reference_date
    approved = draw.near(day) if draw.chance(0.3) else day - timedelta(days=draw.rng.randint(0, 900))
    expires = draw.near(day) if draw.chance(0.4) else draw.after(day, 400)
    up_to: int | float | str | None = None
    if draw.chance(0.5 if rule == "GUA104" else 0.1):
        edge = (total.high_end if total.high_end is not None else Fraction(100)) + around(draw.rng)
        up_to = draw.number(edge)
    if draw.chance(0.05):
        up_to = "-1"
    return draw.row(
        {
            "rule": draw.spelled_id(rule),
            "subject": draw.spelled_id(subject) if draw.chance(0.97) else subject.lower(),
            "approval_no": "批001",
            "up_to": up_to,
        },
        {
            "approved_on": approved,
            "expires_on": expires if draw.chance(0.6) else None,
            "approver": "盟国资委",
        },
    )

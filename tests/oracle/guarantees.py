"""GUA101 to GUA109."""

from collections.abc import Iterator
from fractions import Fraction

from .case import Case, Finding
from .days import before_force
from .ledger import (
    Addend,
    bound_guarantees,
    capped_addends,
    enterprise_guarantees,
    in_force,
    in_force_or_signed,
    is_doubtful,
    is_self,
    licensed,
    relation_of,
    spared,
    sum_of,
)
from .rows import Row
from .share_caps import share_findings
from .values import ANYTHING, add_ranges, cap_of, exceeds

GROUP_CAP = Fraction(40, 100)
GUARANTOR_CAP = Fraction(50, 100)
FORBIDDEN_RELATION = {"GUA101": "unrelated", "GUA102": "upstream", "GUA109": "sibling"}


def guarantee_findings(case: Case) -> Iterator[Finding]:
    """All findings on guarantees."""
    yield from relation_findings(case)
    yield from share_findings(case)
    if "guarantees" in case.filing.stated_tables:
        yield group_cap(case)
    yield from guarantor_caps(case)
    yield from viable_beneficiaries(case)
    yield from decisions(case)
    yield from licences(case)


def relation_findings(case: Case) -> Iterator[Finding]:
    """GUA101, GUA102 and GUA109."""
    for guarantee in enterprise_guarantees(case):
        if not in_force_or_signed(case, guarantee):
            continue
        relation = relation_of(case, guarantee)
        for rule, forbidden in FORBIDDEN_RELATION.items():
            if spared(case, guarantee):
                outcome = "not_applicable"
            elif relation == "unknown":
                outcome = "unknown"
            elif relation == forbidden:
                outcome = "unknown" if is_doubtful(case, guarantee) else "fail"
            else:
                outcome = "pass"
            yield Finding(rule, guarantee["id"], outcome)


def group_cap(case: Case) -> Finding:
    """GUA104."""
    filing = case.filing
    total = sum_of(capped_addends(case))
    for _ in filing.unusable["guarantees"]:
        total = add_ranges(total, ANYTHING)
    field = {"consolidated": "consolidated_net_assets", "attributable": "attributable_net_assets"}
    year = filing.latest_year_end()
    base = filing.net_assets(filing.group_code, year, field[case.reading["group_net_assets"]])
    return Finding("GUA104", filing.group_code, exceeds(total, cap_of(base, GROUP_CAP)), total[1])


def guarantor_caps(case: Case) -> Iterator[Finding]:
    """GUA105."""
    filing = case.filing
    field = {"own": "net_assets", "consolidated": "consolidated_net_assets"}[
        case.reading["entity_net_assets"]
    ]
    by_guarantor: dict[str, list[Addend]] = {}
    for addend in capped_addends(case):
        by_guarantor.setdefault(addend.guarantee["guarantor_code"], []).append(addend)
    for guarantor, addends in by_guarantor.items():
        total = sum_of(addends)
        for row in filing.unusable["guarantees"]:
            if row["guarantor_code"] == guarantor:
                total = add_ranges(total, ANYTHING)
        base = filing.net_assets(guarantor, filing.latest_year_end(), field)
        outcome = exceeds(total, cap_of(base, GUARANTOR_CAP))
        if outcome == "fail" and case.ownership.in_scope_as_actor(guarantor) is None:
            outcome = "unknown"
        yield Finding("GUA105", guarantor, outcome)


def viable_beneficiaries(case: Case) -> Iterator[Finding]:
    """GUA106."""
    by_beneficiary: dict[str, list[Row]] = {}
    for guarantee in enterprise_guarantees(case):
        if in_force(case, guarantee):
            by_beneficiary.setdefault(guarantee["beneficiary_code"], []).append(guarantee)
    for beneficiary, guarantees in by_beneficiary.items():
        outcome = viable(case, beneficiary)
        if outcome == "fail" and all(is_doubtful(case, guarantee) for guarantee in guarantees):
            outcome = "unknown"
        yield Finding("GUA106", beneficiary, outcome)


def viable(case: Case, code: str) -> str:
    """Whether a firm can go on and can pay."""
    filing = case.filing
    year = filing.latest_year_end()
    entity = filing.first("entities", code=code)
    going_concern = None if entity is None else entity["going_concern"]
    solvent = None if entity is None else entity["solvent"]
    net_assets = filing.net_assets(code, year, "net_assets")
    if going_concern is False or solvent is False:
        return "fail"
    if net_assets is not None and net_assets < 0:
        return "fail"
    if all(bad_year(case, code, past) for past in (year, year - 1, year - 2)):
        return "fail"
    return "pass" if going_concern is True and solvent is True else "unknown"


def bad_year(case: Case, code: str, year: int) -> bool:
    """A year of stated loss and stated outflow."""
    profit = case.filing.net_assets(code, year, "net_profit")
    cash = case.filing.net_assets(code, year, "operating_cash_flow")
    return profit is not None and cash is not None and profit < 0 and cash < 0


def decisions(case: Case) -> Iterator[Finding]:
    """GUA107."""
    for guarantee in bound_guarantees(case):
        if in_force_or_signed(case, guarantee) and licensed(case, guarantee) is not True:
            yield Finding("GUA107", guarantee["id"], decided_before_signing(case, guarantee))


def decided_before_signing(case: Case, guarantee: Row) -> str:
    """GUA107 for one guarantee."""
    signed, decided = guarantee["signed_on"], guarantee["board_resolution_on"]
    if before_force(signed):
        return "not_applicable"
    if signed is None or decided is None:
        return "unknown"
    if decided <= signed:
        return "pass"
    return "unknown" if is_doubtful(case, guarantee) else "fail"


def licences(case: Case) -> Iterator[Finding]:
    """GUA108."""
    for guarantee in case.filing.used["guarantees"]:
        if guarantee["licensed_business"] is True and in_force(case, guarantee) and not is_self(guarantee):
            outcome = {True: "pass", False: "fail", None: "unknown"}[licensed(case, guarantee)]
            yield Finding("GUA108", guarantee["id"], outcome)

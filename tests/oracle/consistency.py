"""DAT001 to DAT013: whether a filing agrees with itself."""

from collections.abc import Iterator
from fractions import Fraction

from .case import Case, Finding
from .ledger import in_force, is_self

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ROUNDING = Fraction(5, 100000)
REFERENCES = (
    ("guarantees", "guarantor_code", "entities"),
    ("projects", "investor_code", "entities"),
    ("debts", "borrower_code", "entities"),
    ("financials", "code", "entities"),
    ("approvals", "project_code", "projects"),
    ("investment_reports", "project_code", "projects"),
)
DATES_IN_ORDER = (
    ("guarantees", "expires_on", "signed_on"),
    ("projects", "completed_on", "started_on"),
    ("approvals", "accepted_on", "applied_on"),
    ("approvals", "decided_on", "accepted_on"),
    ("approvals", "paused_until", "paused_from"),
)


def consistency_findings(case: Case) -> Iterator[Finding]:
    """All findings on the filing itself; only what is found has an outcome."""
    filing = case.filing
    for table, key in filing.repeated_keys:
        yield Finding("DAT002", f"{table}:{key}", "fail")
    for table, key, field in filing.out_of_range:
        yield Finding("DAT005", f"{table}:{key}:{field}", "fail")
    if filing.first("entities", code=filing.group_code) is None:
        yield Finding("DAT009", filing.group_code, "fail")
    yield from entity_findings(case)
    yield from dangling_references(case)
    yield from overfull_investees(case)
    yield from dates_out_of_order(case)
    yield from guarantee_row_findings(case)
    yield from contradicting_debts(case)


def has_bad_check_digit(code: str) -> bool:
    """Whether a code looks like a unified social credit code and is none."""
    if len(code) != 18 or not (code.isascii() and code.isalnum()):
        return False
    if any(sign not in ALPHABET for sign in code):
        return True
    weighted = sum(ALPHABET.index(sign) * 3**place % 31 for place, sign in enumerate(code[:17]))
    return ALPHABET[(31 - weighted % 31) % 31] != code[17]


def entity_findings(case: Case) -> Iterator[Finding]:
    """DAT001 and DAT012."""
    parent = case.filing.group_code
    for entity in case.filing.used["entities"]:
        code = entity["code"]
        if has_bad_check_digit(code):
            yield Finding("DAT001", code, "fail")
        left_out = entity["consolidated"] is False and code != parent
        if left_out and case.ownership.controls(parent, code) is True:
            yield Finding("DAT012", code, "fail")


def dangling_references(case: Case) -> Iterator[Finding]:
    """DAT003."""
    for table, field, target in REFERENCES:
        for row in case.filing.used[table]:
            if case.filing.first(target, code=row[field]) is None:
                yield Finding("DAT003", f"{table}:{row['key']}:{field}", "fail")


def overfull_investees(case: Case) -> Iterator[Finding]:
    """DAT004."""
    holdings = case.filing.used["holdings"]
    for investee in {row["investee_code"] for row in holdings}:
        rows = [row for row in holdings if row["investee_code"] == investee]
        ratios = [Fraction(row["ratio"]) for row in rows if row["ratio"] is not None]
        limit = Fraction(1)
        if case.reading["share_rounding"] == "two_decimals":
            limit += ROUNDING * len(ratios)
        if sum(ratios, Fraction(0)) > limit:
            yield Finding("DAT004", investee, "fail")


def dates_out_of_order(case: Case) -> Iterator[Finding]:
    """DAT007."""
    for table, later, earlier in DATES_IN_ORDER:
        for row in case.filing.used[table]:
            if row[later] is not None and row[earlier] is not None and row[later] < row[earlier]:
                yield Finding("DAT007", f"{table}:{row['key']}:{later}", "fail")


def guarantee_row_findings(case: Case) -> Iterator[Finding]:
    """DAT006, DAT010, DAT011 and DAT013."""
    day = case.filing.reference_date
    for guarantee in case.filing.used["guarantees"]:
        name = guarantee["id"]
        balance, amount = guarantee["balance"], guarantee["amount"]
        if balance is not None and amount is not None and balance > amount:
            yield Finding("DAT006", name, "fail")
        expires, released = guarantee["expires_on"], guarantee["released_on"]
        if in_force(case, guarantee) and expires is not None and expires < day:
            yield Finding("DAT010", name, "fail")
        if released is not None and released <= day and balance is not None and balance > 0:
            yield Finding("DAT011", name, "fail")
        if is_self(guarantee):
            yield Finding("DAT013", name, "fail")


def contradicting_debts(case: Case) -> Iterator[Finding]:
    """DAT008."""
    balances: dict[str, set[Fraction]] = {}
    for guarantee in case.filing.used["guarantees"]:
        if guarantee["debt_id"] is not None and guarantee["debt_balance"] is not None:
            debt = f"{guarantee['beneficiary_code']}/{guarantee['debt_id']}"
            balances.setdefault(debt, set()).add(guarantee["debt_balance"])
    for debt, stated in balances.items():
        if len(stated) > 1:
            yield Finding("DAT008", debt, "fail")

"""GUA103: guarantees for a firm in which the group holds a stake, against the group's share of the debt."""

from collections.abc import Iterator
from fractions import Fraction

from .case import Case, Finding
from .ledger import (
    Addend,
    enterprise_guarantees,
    in_force,
    is_doubtful,
    relation_of,
    spared,
    sum_of,
)
from .rows import Row
from .values import Range, add_limits, amount_range, times_limits

ROUNDING = Fraction(5, 100000)


def share_findings(case: Case) -> Iterator[Finding]:
    """One outcome for each beneficiary and debt."""
    rows = []
    for guarantee in enterprise_guarantees(case):
        relation = relation_of(case, guarantee)
        shared = relation in ("participation", "group_participation", "unknown")
        if shared and in_force(case, guarantee) and not spared(case, guarantee):
            rows.append((guarantee, relation))
    debts: dict[tuple[str, ...], list[tuple[Row, str]]] = {}
    for guarantee, relation in rows:
        debts.setdefault(debt_of(guarantee), []).append((guarantee, relation))
    all_rows = [guarantee for guarantee, _ in rows]
    for summed in debts.values():
        yield Finding("GUA103", subject_of(summed[0][0]), debt_outcome(case, summed, all_rows))


def debt_of(guarantee: Row) -> tuple[str, ...]:
    """What is added up together; a row of a blank debt stands alone."""
    if guarantee["debt_id"] is None:
        return ("row", guarantee["id"])
    return ("debt", guarantee["beneficiary_code"], guarantee["debt_id"])


def subject_of(guarantee: Row) -> str:
    """The subject that a guarantee belongs to."""
    debt = f"#{guarantee['id']}" if guarantee["debt_id"] is None else guarantee["debt_id"]
    return f"{guarantee['beneficiary_code']}/{debt}"


def debt_outcome(case: Case, summed: list[tuple[Row, str]], all_rows: list[Row]) -> str:
    """GUA103 for one beneficiary and debt."""
    guarantees = [guarantee for guarantee, _ in summed]
    stated = {g["debt_balance"] for g in guarantees if g["debt_balance"] is not None}
    if len(stated) > 1:
        return "unknown"
    debt = amount_range(stated.pop() if stated else None)
    addends = [
        Addend(guarantee, relation != "unknown" and not is_doubtful(case, guarantee))
        for guarantee, relation in summed
    ]
    share = case.ownership.group_share(guarantees[0]["beneficiary_code"], case.reading["share_basis"])
    outcome = compare(case, sum_of(addends), share, debt)
    relation_open = any(relation == "unknown" for _, relation in summed)
    if outcome == "pass" and (relation_open or may_be_another_debt(guarantees[0], all_rows)):
        return "unknown"
    return outcome


def compare(case: Case, total: Range, share: Range, debt: Range) -> str:
    """The sum against the share of the debt, and what printing of the share may explain."""
    highest = times_limits(share[1], debt[1])
    if case.reading["share_rounding"] == "two_decimals":
        highest = add_limits(highest, times_limits(ROUNDING, debt[1]))
    if highest is not None and total[0] > highest:
        return "fail"
    if total[1] is not None and total[1] <= share[0] * debt[0]:
        return "pass"
    return "unknown"


def may_be_another_debt(guarantee: Row, all_rows: list[Row]) -> bool:
    """Whether a row of a blank debt may speak of the same debt as another such row."""
    if guarantee["debt_id"] is not None:
        return False
    for other in all_rows:
        if other["id"] == guarantee["id"] or other["debt_id"] is not None:
            continue
        if other["beneficiary_code"] != guarantee["beneficiary_code"]:
            continue
        creditors = (guarantee["creditor"], other["creditor"])
        if None in creditors or creditors[0] == creditors[1]:
            return True
    return False

"""Which guarantees the rules look at, and how their balances add up."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .case import Case
from .days import before_force
from .rows import Row
from .values import ZERO, Range, Truth, add_ranges, amount_range, both


def in_force(case: Case, guarantee: Row) -> bool:
    """Whether a guarantee stands at the reference date."""
    day = case.filing.reference_date
    signed, released = guarantee["signed_on"], guarantee["released_on"]
    return bool(
        guarantee["balance"] != 0
        and (signed is None or signed <= day)
        and (released is None or released > day)
    )


def in_force_or_signed(case: Case, guarantee: Row) -> bool:
    """Whether it stands, or was signed in the filing's year whatever became of it."""
    signed = guarantee["signed_on"]
    recent = signed is not None and signed.year == case.filing.year and signed <= case.filing.reference_date
    return recent or in_force(case, guarantee)


def is_self(guarantee: Row) -> bool:
    """Whether it secures the guarantor's own debt."""
    return bool(guarantee["guarantor_code"] == guarantee["beneficiary_code"])


def guarantor_scope(case: Case, guarantee: Row) -> Truth:
    """Whether the guarantor belongs to the group."""
    return case.ownership.in_scope_as_actor(guarantee["guarantor_code"])


def licensed(case: Case, guarantee: Row) -> Truth:
    """Whether it is business of a licensed guarantor."""
    return both(guarantee["licensed_business"], holds_licence(case, guarantee), licence_rank(case, guarantee))


def holds_licence(case: Case, guarantee: Row) -> bool:
    """Whether the guarantor's licence covers the day of signing."""
    guarantor = case.filing.first("entities", code=guarantee["guarantor_code"])
    if guarantor is None or guarantor["guarantee_licence"] is None:
        return False
    until = guarantor["guarantee_licence_until"]
    day = case.filing.reference_date if guarantee["signed_on"] is None else guarantee["signed_on"]
    return until is None or bool(until >= day)


def licence_rank(case: Case, guarantee: Row) -> Truth:
    """Whether the guarantor is the parent, at the first level, or a key subsidiary."""
    code = guarantee["guarantor_code"]
    if code == case.filing.group_code:
        return True
    guarantor = case.filing.first("entities", code=code)
    if guarantor is None:
        return None
    if guarantor["level"] == 1 or guarantor["key_subsidiary"] is True:
        return True
    if guarantor["level"] is None or guarantor["key_subsidiary"] is None:
        return None
    return False


def spared(case: Case, guarantee: Row) -> bool:
    """Whether it is older than the regulation and left alone for that."""
    return case.reading["earlier_guarantees"] == "spare" and before_force(guarantee["signed_on"])


def relation_of(case: Case, guarantee: Row) -> str:
    """How the guarantor stands to the beneficiary."""
    ends = (guarantee["guarantor_code"], guarantee["beneficiary_code"])
    return case.ownership.relation(*ends, case.reading)


def is_doubtful(case: Case, guarantee: Row) -> bool:
    """Whether a fail that rests on it alone is none."""
    return guarantor_scope(case, guarantee) is None or licensed(case, guarantee) is None


def bound_guarantees(case: Case) -> list[Row]:
    """Guarantees of guarantors that belong to the group, certainly or perhaps, not for their own debt."""
    listed = case.filing.used["guarantees"]
    return [g for g in listed if not is_self(g) and guarantor_scope(case, g) is not False]


def enterprise_guarantees(case: Case) -> list[Row]:
    """Of these, what is neither for buyers of homes nor certainly licensed business."""
    bound = bound_guarantees(case)
    return [g for g in bound if g["home_buyers"] is not True and licensed(case, g) is not True]


@dataclass
class Addend:
    """A guarantee in a sum, certainly or perhaps."""

    guarantee: Row
    certain: bool


def capped_addends(case: Case) -> list[Addend]:
    """The guarantees in the sums of the two caps on net assets."""
    addends = []
    for guarantee in bound_guarantees(case):
        if not in_force(case, guarantee):
            continue
        if guarantee["home_buyers"] is True and case.reading["buyers_in_caps"] == "exclude":
            continue
        licence = licensed(case, guarantee) if case.reading["licensed_in_caps"] == "exclude" else False
        if licence is True:
            continue
        certain = guarantor_scope(case, guarantee) is True and licence is False
        addends.append(Addend(guarantee, certain))
    return addends


def sum_of(addends: Sequence[Addend]) -> Range:
    """The range in which the sum of the balances lies."""
    groups: dict[tuple[str, ...], list[Addend]] = {}
    for addend in addends:
        groups.setdefault(same_money(addend.guarantee), []).append(addend)
    total: Range = (ZERO, ZERO)
    for group in groups.values():
        forms = {a.guarantee["form"] for a in group if a.guarantee["form"] is not None}
        twice = len(forms) >= 2 and group[0].guarantee["debt_id"] is not None
        total = add_ranges(total, secured_twice(group) if twice else plain_sum(group))
    return total


def same_money(guarantee: Row) -> tuple[str, ...]:
    """What rows that may secure the same money have in common; a row of a blank debt stands alone."""
    if guarantee["debt_id"] is None:
        return ("row", guarantee["id"])
    return ("debt", guarantee["guarantor_code"], guarantee["beneficiary_code"], guarantee["debt_id"])


def plain_sum(addends: Sequence[Addend]) -> Range:
    """Balances added up."""
    total: Range = (ZERO, ZERO)
    for addend in addends:
        low, high = amount_range(addend.guarantee["balance"])
        total = add_ranges(total, (low if addend.certain else ZERO, high))
    return total


def secured_twice(addends: Sequence[Addend]) -> Range:
    """At least the largest balance that is certainly in the sum, at most all of them."""
    stated: list[Fraction] = [
        a.guarantee["balance"] for a in addends if a.certain and a.guarantee["balance"] is not None
    ]
    return max(stated, default=ZERO), plain_sum(addends)[1]

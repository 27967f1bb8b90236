"""INV101 to INV105: the annual plan and its adjustments."""

from collections.abc import Iterator
from datetime import date

from .case import Case, Finding, fail_unless_filed_before, flag_outcome
from .days import Due, before_force, february_end
from .rows import Row

SPECIAL_KINDS = ("government", "venture", "emergency", "special")


def plan_findings(case: Case) -> Iterator[Finding]:
    """All findings on plans."""
    subject = f"plan:{case.filing.year}"
    yield Finding("INV101", subject, annual_plan(case))
    for plan in plans_of(case, "annual"):
        yield Finding("INV102", plan["id"], narrative(case, plan))
    adjustments = plans_of(case, "regular_adjustment")
    if "plans" in case.filing.stated_tables:
        counted = [
            p for p in adjustments if p["decision"] != "rejected" and not before_force(p["submitted_on"])
        ]
        yield Finding("INV103", subject, "fail" if len(counted) > 1 else "pass")
    for plan in adjustments:
        if plan["decision"] != "rejected":
            yield Finding("INV104", plan["id"], july(case, plan))
    for plan in plans_of(case, *SPECIAL_KINDS):
        yield Finding("INV105", plan["id"], special(plan))


def plans_of(case: Case, *kinds: str) -> list[Row]:
    """The plans of the filing's year of these kinds."""
    return [p for p in case.filing.used["plans"] if p["year"] == case.filing.year and p["kind"] in kinds]


def annual_due(case: Case) -> Due:
    """When the annual plan is due."""
    return Due(february_end(case.filing.year), case.rolls)


def annual_plan(case: Case) -> str:
    """INV101."""
    due = annual_due(case)
    if before_force(due.written):
        return "not_applicable"
    plans = plans_of(case, "annual")
    if not plans:
        return no_annual_plan(case, due)
    days: list[date] = [plan["submitted_on"] for plan in plans if plan["submitted_on"] is not None]
    missed = due.missed_by(min(days)) if days else True
    if missed is False:
        return "pass"
    if missed is None or len(days) < len(plans):
        return "unknown"
    return "fail"


def no_annual_plan(case: Case, due: Due) -> str:
    """INV101 where there is no plan to look at."""
    missed = due.missed_by(case.as_of)
    if missed is None:
        return "unknown"
    if not missed:
        return "pending"
    if case.filing.lacks_or_may_hide("plans"):
        return "unknown"
    return fail_unless_filed_before(case, due)


def narrative(case: Case, plan: Row) -> str:
    """INV102."""
    due = annual_due(case)
    if before_force(due.written):
        return "not_applicable"
    return pending_until(flag_outcome(plan["narrative_attached"], good=True), due, case.as_of)


def pending_until(outcome: str, due: Due, as_of: date) -> str:
    """A fail is pending while the due date is not past."""
    if outcome != "fail":
        return outcome
    return {True: "fail", False: "pending", None: "unknown"}[due.missed_by(as_of)]


def july(case: Case, plan: Row) -> str:
    """INV104."""
    due = Due(date(case.filing.year, 7, 31), case.rolls)
    if before_force(due.written):
        return "not_applicable"
    if plan["submitted_on"] is None:
        return "unknown"
    return {True: "fail", False: "pass", None: "unknown"}[due.missed_by(plan["submitted_on"])]


def special(plan: Row) -> str:
    """INV105."""
    if before_force(plan["submitted_on"]):
        return "not_applicable"
    if plan["submitted_on"] is None or plan["board_resolution_on"] is None:
        return "unknown"
    if plan["board_resolution_on"] > plan["submitted_on"]:
        return "fail"
    return "pending" if plan["decision"] in (None, "pending") else "pass"

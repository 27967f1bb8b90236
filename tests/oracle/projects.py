"""What the investment rules share: categories of projects, their start and their approvals."""

from datetime import date
from fractions import Fraction

from .case import Case
from .rows import Row
from .values import Truth, both, negated

LARGE_SHARE = Fraction(30, 100)


def projects_of_year(case: Case) -> list[Row]:
    """The projects planned for the filing's year."""
    return [p for p in case.filing.used["projects"] if p["plan_year"] == case.filing.year]


def approvals_of(case: Case, project: Row) -> list[Row]:
    """The approvals of a project."""
    return [a for a in case.filing.used["approvals"] if a["project_code"] == project["code"]]


def approved_approvals_of(case: Case, project: Row) -> list[Row]:
    """Those that were granted."""
    return [a for a in approvals_of(case, project) if a["decision"] == "approved"]


def start_of(project: Row) -> date | None:
    """The day it started, at the latest."""
    day: date | None = project["started_on"]
    if day is None:
        day = project["completed_on"]
    return day


def by(day: date | None, limit: date) -> bool:
    """Whether a stated day is not after another."""
    return day is not None and day <= limit


def investor_scope(case: Case, project: Row) -> Truth:
    """Whether the investor belongs to the group."""
    return case.ownership.in_scope_as_actor(project["investor_code"])


def project_base(case: Case, project: Row) -> Fraction | None:
    """The net assets against which a project is large; None where they are not stated."""
    if case.reading["large_project_base"] == "group":
        firm = case.filing.group_code
    else:
        firm = project["investor_code"]
    year = case.filing.year - 1
    base = case.filing.net_assets(firm, year, "consolidated_net_assets")
    holdings = case.filing.used["holdings"]
    holds_nothing = all(row["ratio"] == 0 for row in holdings if row["holder_code"] == firm)
    if base is None and holdings and holds_nothing:
        return case.filing.net_assets(firm, year, "net_assets")
    return base


def is_large_amount(case: Case, amount: Fraction | None, base: Fraction | None) -> Truth:
    """Whether an amount is large against net assets."""
    if base is None:
        return None
    if base <= 0:
        return True
    if amount is None:
        return None
    if case.reading["large_project_boundary"] == "inclusive":
        return amount >= LARGE_SHARE * base
    return amount > LARGE_SHARE * base


def is_large(case: Case, project: Row) -> Truth:
    """Whether a project is large."""
    return is_large_amount(case, project["amount"], project_base(case, project))


def within_group(case: Case, project: Row, category: Truth) -> Truth:
    """A category of a project whose investor may not belong to the group."""
    member = investor_scope(case, project)
    if member is False:
        return False
    if member is None and category is True:
        return None
    return category


def overseas_category(case: Case, project: Row) -> Truth:
    """INV201's category."""
    return within_group(case, project, project["overseas"])


def large_category(case: Case, project: Row) -> Truth:
    """INV202's category."""
    at_home = project["overseas"] is not True
    tiered = case.ownership.tiered(project["investor_code"])
    return within_group(case, project, both(at_home, tiered, is_large(case, project)))


def outside_main_category(case: Case, project: Row) -> Truth:
    """INV203's category."""
    tiered = case.ownership.tiered(project["investor_code"])
    return within_group(case, project, both(negated(project["main_business"]), tiered))

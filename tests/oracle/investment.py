"""INV106, INV201 to INV207, INV301 and INV302: projects and their approvals."""

from collections.abc import Iterator
from datetime import date

from .case import Case, Finding, fail_unless_filed_before, flag_outcome
from .days import Due, before_force, quarter_end, quarter_of, report_due, year_later
from .projects import (
    approvals_of,
    approved_approvals_of,
    by,
    investor_scope,
    large_category,
    outside_main_category,
    overseas_category,
    projects_of_year,
    start_of,
)
from .reports import series_outcome
from .rows import Row
from .values import Truth


def project_findings(case: Case) -> Iterator[Finding]:
    """All findings on projects."""
    for project in projects_of_year(case):
        yield from findings_on_project_of_year(case, project)
    for project in case.filing.used["projects"]:
        if approved_approvals_of(case, project):
            yield from completion_reports(case, project)
            if by(project["completed_on"], case.as_of):
                yield Finding("INV302", project["code"], evaluated(case, project))


def findings_on_project_of_year(case: Case, project: Row) -> Iterator[Finding]:
    """The rules that look at projects of the filing's year only."""
    code = project["code"]
    member = investor_scope(case, project)
    if member is not False and by(project["started_on"], case.as_of):
        outcome = flag_outcome(project["in_plan"], good=True)
        yield Finding("INV106", code, soften(outcome, member is None))
    categories = [
        overseas_category(case, project),
        large_category(case, project),
        outside_main_category(case, project),
    ]
    for rule, category in zip(("INV201", "INV202", "INV203"), categories, strict=True):
        yield Finding(rule, code, approval_required(case, project, category))
    all_false = all(category is False for category in categories)
    if approved_approvals_of(case, project) and by(start_of(project), case.as_of) and not all_false:
        yield Finding("INV206", code, started_after_approval(case, project, categories))
    untiered = case.ownership.tiered(project["investor_code"]) is False
    if member is not False and project["main_business"] is False and untiered:
        yield Finding("INV207", code, soften(decided_internally(case, project), member is None))


def soften(outcome: str, doubtful: bool) -> str:
    """A doubtful fail is unknown."""
    return "unknown" if outcome == "fail" and doubtful else outcome


def approval_required(case: Case, project: Row, category: Truth) -> str:
    """INV201 to INV203."""
    start = start_of(project)
    if category is False or before_force(start):
        return "not_applicable"
    if category is None:
        return "unknown"
    decisions = [approval["decision"] for approval in approvals_of(case, project)]
    if "approved" in decisions:
        return "pass"
    if None in decisions:
        return "unknown"
    if start is not None and start <= case.as_of:
        filed_before = case.filing.filed_on is not None and case.filing.filed_on < start
        hidden = case.filing.lacks_or_may_hide("approvals")
        return soften("fail", filed_before or hidden)
    if by(project["terminated_on"], case.as_of):
        return "pass"
    if decisions and all(decision == "rejected" for decision in decisions):
        return "pass"
    return "pending"


def started_after_approval(case: Case, project: Row, categories: list[Truth]) -> str:
    """INV206."""
    start = start_of(project)
    if start is None:
        raise AssertionError("only asked of projects with a start")
    if before_force(start):
        return "not_applicable"
    approvals = approved_approvals_of(case, project)
    days = [a["decided_on"] for a in approvals if a["decided_on"] is not None]
    if not days:
        return "unknown"
    if start < min(days):
        return soften("fail", len(days) < len(approvals) or True not in categories)
    return "unknown" if project["started_on"] is None else "pass"


def decided_internally(case: Case, project: Row) -> str:
    """INV207."""
    start = start_of(project)
    if before_force(start):
        return "not_applicable"
    decided = project["internal_decision_on"]
    if decided is None:
        return "unknown" if by(start, case.as_of) else "pending"
    if start is not None and start < decided:
        return "fail"
    only_completed = project["started_on"] is None and project["completed_on"] is not None
    return "unknown" if only_completed else "pass"


def completion_reports(case: Case, project: Row) -> Iterator[Finding]:
    """INV301 for one approved project."""
    year = case.filing.year
    approved = [a["decided_on"] for a in approved_approvals_of(case, project)]
    days = [day for day in approved if day is not None]
    ends = [day for day in (project["completed_on"], project["terminated_on"]) if day is not None]
    for quarter in (1, 2, 3, 4):
        if quarter_end(year, quarter) > case.as_of:
            continue
        if days and (year, quarter) < quarter_of(min(days)):
            continue
        if ends and (year, quarter) > quarter_of(min(ends)):
            continue
        outcome = completion_report(case, project, quarter, dated=len(days) > 0)
        yield Finding("INV301", f"{project['code']}:{year}Q{quarter}", outcome)


def completion_report(case: Case, project: Row, quarter: int, dated: bool) -> str:
    """INV301 for one quarter."""
    year = case.filing.year
    if before_force(quarter_end(year, quarter)):
        return "not_applicable"
    if not dated:
        return "unknown"
    report = case.filing.first("investment_reports", project_code=project["code"], year=year, quarter=quarter)
    due = report_due(year, quarter, case.reading["quarterly_due"], case.rolls)
    return series_outcome(case, "investment_reports", report, due)


def evaluated(case: Case, project: Row) -> str:
    """INV302."""
    if project["post_evaluated_on"] is not None:
        return "pass"
    due: date = year_later(project["completed_on"])
    if case.as_of <= due:
        return "pending"
    return fail_unless_filed_before(case, Due(due, rolls=False))

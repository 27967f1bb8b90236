"""INV204 and INV205: the file of an approval and the authority's twenty working days."""

from collections.abc import Iterator
from datetime import date

from .case import Case, Finding, fail_unless_filed_before
from .days import IN_FORCE, Due, before_force, is_covered, twentieth_working_day
from .projects import outside_main_category
from .rows import Row
from .values import Truth

BASIC = {"application", "feasibility_study", "legal_opinion", "resolution", "party_minutes"}
FOR_EQUITY = {"due_diligence", "financial_audit", "asset_verification", "asset_appraisal"}
EARLIEST_ACCEPTANCE = date(2023, 3, 1)


def approval_findings(case: Case) -> Iterator[Finding]:
    """All findings on approvals."""
    for approval in case.filing.used["approvals"]:
        if approval["authority"] == "government":
            continue
        project = case.filing.first("projects", code=approval["project_code"])
        category = None if project is None else outside_main_category(case, project)
        if project is not None and project["plan_year"] == case.filing.year and category is True:
            outcome = file_complete(approval, project)
            yield Finding("INV204", approval["id"], unsure(outcome, approval["authority"] is None))
        if case.reading["approval_clock"] == "non_main" and category is False:
            continue
        outcome = in_time(case, approval)
        yield Finding("INV205", approval["id"], unsure(outcome, clock_is_unsure(case, approval, category)))


def unsure(outcome: str, doubtful: bool) -> str:
    """A doubtful fail is unknown."""
    return "unknown" if outcome == "fail" and doubtful else outcome


def clock_is_unsure(case: Case, approval: Row, category: Truth) -> bool:
    """Whether it is not certain that INV205 asks about this approval."""
    if approval["authority"] is None:
        return True
    return case.reading["approval_clock"] == "non_main" and category is None


def file_complete(approval: Row, project: Row) -> str:
    """INV204."""
    applied = approval["accepted_on"] if approval["applied_on"] is None else approval["applied_on"]
    if before_force(applied):
        return "not_applicable"
    if approval["documents"] is None:
        return "unknown"
    handed_in = set(approval["documents"])
    lacks_basic = not handed_in >= BASIC
    lacks_equity = not handed_in >= FOR_EQUITY
    if not lacks_basic and lacks_equity and project["kind"] is None:
        return "unknown"
    if lacks_basic or (lacks_equity and project["kind"] == "equity"):
        decided = approval["decided_on"] is not None or approval["decision"] in ("approved", "rejected")
        return "fail" if decided else "pending"
    return "pass"


def in_time(case: Case, approval: Row) -> str:
    """INV205: the first that fits."""
    accepted = approval["accepted_on"]
    if accepted is None:
        return "unknown"
    unpaused = twentieth_working_day(accepted, None)
    if accepted < EARLIEST_ACCEPTANCE or (unpaused is not None and unpaused < IN_FORCE):
        return "not_applicable"
    begun, ended, decided = approval["paused_from"], approval["paused_until"], approval["decided_on"]
    if ended is not None and begun is None:
        return "unknown"
    if decided is None and approval["decision"] in ("approved", "rejected"):
        return "unknown"
    if begun is None:
        return judged_by(case, decided, unpaused)
    if ended is not None:
        return judged_by(case, decided, twentieth_working_day(accepted, (begun, ended)))
    # where the calendar does not tell the 20th day, a pause is not shown to start after it
    if unpaused is not None and begun > unpaused:
        return judged_by(case, decided, unpaused)
    if decided is None:
        return "pending"
    return judged_by(case, decided, unpaused) if decided < begun else "unknown"


def judged_by(case: Case, decided: date | None, due: date | None) -> str:
    """INV205 once the due date is counted; None is a count that leaves the calendar."""
    if due is None:
        if decided is not None:
            return "pass" if is_covered(decided) else "unknown"
        return "pending" if is_covered(case.as_of) else "unknown"
    if decided is not None:
        return "pass" if decided <= due else "fail"
    if case.as_of <= due:
        return "pending"
    return fail_unless_filed_before(case, Due(due, rolls=False))

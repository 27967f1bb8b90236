"""FIN101 to FIN105, and what INV301 and FIN101 share: a report for each quarter."""

from collections.abc import Iterator

from .case import Case, Finding, fail_unless_filed_before, flag_outcome
from .days import Due, before_force, quarter_end, report_due
from .plans import pending_until
from .rows import Row


def series_outcome(case: Case, table: str, report: Row | None, due: Due) -> str:
    """Whether the report of a quarter came in time."""
    if report is not None:
        if report["submitted_on"] is None:
            return "unknown"
        return {True: "fail", False: "pass", None: "unknown"}[due.missed_by(report["submitted_on"])]
    missed = due.missed_by(case.as_of)
    if missed is None:
        return "unknown"
    if not missed:
        return "pending"
    if case.filing.lacks_or_may_hide(table):
        return "unknown"
    return fail_unless_filed_before(case, due)


def financing_due(case: Case, quarter: int) -> Due:
    """When the financing report of a quarter is due."""
    return report_due(case.filing.year, quarter, case.reading["quarterly_due"], case.rolls)


def financing_findings(case: Case) -> Iterator[Finding]:
    """All findings on financing."""
    year = case.filing.year
    for quarter in (1, 2, 3, 4):
        if quarter_end(year, quarter) <= case.as_of:
            yield Finding("FIN101", quarter_subject(case, quarter), quarterly_report(case, quarter))
    for report in case.filing.used["financing_reports"]:
        if report["year"] == year:
            yield from findings_on_report(case, report)
    for debt in case.filing.used["debts"]:
        yield Finding("FIN104", debt["id"], flag_outcome(debt["for_government"], good=False))
        yield Finding("FIN105", debt["id"], repayment(debt))


def quarter_subject(case: Case, quarter: int) -> str:
    """The subject of a quarter's report."""
    return f"{case.filing.group_code}:{case.filing.year}Q{quarter}"


def quarterly_report(case: Case, quarter: int) -> str:
    """FIN101."""
    year = case.filing.year
    if before_force(quarter_end(year, quarter)):
        return "not_applicable"
    report = case.filing.first("financing_reports", year=year, quarter=quarter)
    return series_outcome(case, "financing_reports", report, financing_due(case, quarter))


def findings_on_report(case: Case, report: Row) -> Iterator[Finding]:
    """FIN102 and FIN103."""
    quarter = report["quarter"]
    subject = quarter_subject(case, quarter)
    if before_force(quarter_end(case.filing.year, quarter)):
        yield Finding("FIN102", subject, "not_applicable")
        yield Finding("FIN103", subject, "not_applicable")
        return
    details = flag_outcome(report["details_attached"], good=True)
    yield Finding("FIN102", subject, pending_until(details, financing_due(case, quarter), case.as_of))
    yield Finding("FIN103", subject, ceiling(report))


def ceiling(report: Row) -> str:
    """FIN103."""
    if report["total_balance"] is None or report["ceiling"] is None:
        return "unknown"
    return "pass" if report["total_balance"] <= report["ceiling"] else "fail"


def repayment(debt: Row) -> str:
    """FIN105."""
    source = debt["repayment_source"]
    if source == "fiscal":
        return "fail"
    return "unknown" if source in (None, "other", "government_payment") else "pass"

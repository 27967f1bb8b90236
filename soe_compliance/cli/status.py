"""The exit status of a check."""

from soe_compliance.cli.exit_codes import BREACHED, CLEAN, DEFECT, INCOMPLETE, UNREADABLE
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.engine import Status
from soe_compliance.filings.problems import defects_in
from soe_compliance.report.model import Report
from soe_compliance.report.summary import reaches


def exit_status(report: Report, fail_on: str, *, strict: bool) -> int:
    """What a report comes to, strongest first.

    4: the program failed over a file. 2: something could not be read. 1: a breach at or above `fail_on`. 3, with
    `strict`: an unknown outcome at or above it, an incomplete filing, or no rule that could be applied at all. 0: none
    of these.
    """
    if any(defects_in(filing.problems) for filing in report.filings):
        return DEFECT
    if any(filing.status is Status.UNREADABLE for filing in report.filings) or not report.filings:
        return UNREADABLE
    if _has(report, Outcome.FAIL, fail_on):
        return BREACHED
    incomplete = any(filing.status is Status.INCOMPLETE for filing in report.filings)
    if strict and (incomplete or _has(report, Outcome.UNKNOWN, fail_on) or not _any_applied(report)):
        return INCOMPLETE
    return CLEAN


def _has(report: Report, outcome: Outcome, fail_on: str) -> bool:
    """Whether some finding of this outcome is at or above a severity."""
    return any(found is outcome and reaches(severity, fail_on) for found, severity in report.tally.kinds)


def _any_applied(report: Report) -> bool:
    return any(set(filing.outcomes) - {Outcome.NOT_APPLICABLE} for filing in report.filings)

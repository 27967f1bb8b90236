"""Every outcome of one filing, by the slow and plain way."""

from datetime import date
from typing import Any

from .approvals import approval_findings
from .case import Case, Finding, full_reading
from .consistency import consistency_findings
from .guarantees import guarantee_findings
from .investment import project_findings
from .ownership import Ownership
from .plans import plan_findings
from .reports import financing_findings
from .rows import Row, read_filing
from .web import web_findings

WAIVABLE = {
    *("INV106", "INV302"),
    *("GUA104", "GUA106", "GUA109"),
    *("NET001", "NET002", "NET003"),
    *("DAT001", "DAT006", "DAT007", "DAT010", "DAT011", "DAT012", "DAT013"),
}
"""The rules whose severity is principle or advisory."""

Outcome = tuple[str, str, str]


def outcomes(
    filing: dict[str, Any], as_of: date, interpretations: dict[str, str] | None = None
) -> set[Outcome]:
    """(rule, subject id, outcome) of every rule that has a subject in the filing."""
    read = read_filing(filing)
    case = Case(read, as_of, full_reading(interpretations), Ownership(read))
    findings = [
        *plan_findings(case),
        *project_findings(case),
        *approval_findings(case),
        *guarantee_findings(case),
        *financing_findings(case),
        *web_findings(case),
        *consistency_findings(case),
    ]
    return {(f.rule, f.subject, "waived" if is_waived(case, f) else f.outcome) for f in findings}


def is_waived(case: Case, finding: Finding) -> bool:
    """Whether a documented exception excuses a fail."""
    if finding.outcome != "fail" or finding.rule not in WAIVABLE:
        return False
    return any(excuses(case, row, finding) for row in case.filing.used["exceptions"])


def excuses(case: Case, row: Row, finding: Finding) -> bool:
    """Whether one exception covers one finding."""
    day = case.filing.reference_date
    if row["excuses_nothing"] or (row["rule"], row["subject"]) != (finding.rule, finding.subject):
        return False
    if row["approved_on"] is None or row["approved_on"] > day:
        return False
    if row["expires_on"] is not None and row["expires_on"] < day:
        return False
    if finding.rule != "GUA104" or row["up_to"] is None:
        return True
    return finding.high_end is not None and bool(row["up_to"] >= finding.high_end)

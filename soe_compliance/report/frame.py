"""The findings as a pandas table, for people who go on from here."""

import pandas as pd

from soe_compliance.domain.finding import Finding
from soe_compliance.domain.text import Language
from soe_compliance.report.document import FindingDocument, finding_document
from soe_compliance.report.model import Report

_MEASURED = ("value", "limit", "excess", "unit", "date", "due", "days_late")
COLUMNS = (
    *("fingerprint", "filing", "rule", "outcome", "severity", "responsible"),
    *("table", "subject", "name", "clause", "message"),
    *_MEASURED,
    *("missing", "sensitive_to", "places", "remedy", "explanation"),
)


def frame(report: Report, language: Language = "zh") -> pd.DataFrame:
    """A row a finding, in the report's order; see `Report.to_frame`."""
    rows = [_row(finding, report, language) for finding in report.findings]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(finding: Finding, report: Report, language: Language) -> dict[str, object]:
    document: FindingDocument = finding_document(finding, report.ruleset, language)
    measured = document.measured.model_dump() if document.measured else {}
    return {
        **{key: str(getattr(document, key)) for key in COLUMNS[:6]},
        "table": document.subject.table,
        "subject": document.subject.id,
        "name": document.subject.name,
        "clause": document.clause,
        "message": document.message,
        **{key: measured.get(key) for key in _MEASURED},
        "missing": " ".join(document.missing),
        "sensitive_to": " ".join(document.sensitive_to),
        "places": " ".join(cell.location for cell in document.evidence),
        "remedy": document.remedy,
        "explanation": document.explanation,
    }

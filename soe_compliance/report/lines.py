"""The report as JSON lines: first the report, then its filings and findings, last the summary."""

from collections.abc import Iterator
from json import dumps
from typing import Literal

from soe_compliance.domain.text import Language
from soe_compliance.report.document import Document, filing_document, finding_document, report_document
from soe_compliance.report.model import Report
from soe_compliance.report.safe import json_escaped

LineType = Literal["report", "filing", "finding", "summary"]


def jsonl_report(report: Report, language: Language = "zh") -> Iterator[bytes]:
    """A line each, with its `type`."""
    return (f"{line}\n".encode() for line in _lines(report, language))


def _lines(report: Report, language: Language) -> Iterator[str]:
    whole = report_document(report, language)
    yield _line("report", whole, leave_out={"summary", "filings", "findings"})
    for filing in report.filings:
        yield _line("filing", filing_document(filing, language))
    for finding in report.findings:
        yield _line("finding", finding_document(finding, report.ruleset, language))
    yield _line("summary", whole.summary)


def _line(kind: LineType, part: Document, leave_out: set[str] | None = None) -> str:
    data = part.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude=leave_out)
    return json_escaped(dumps({"type": kind, **data}, ensure_ascii=False))

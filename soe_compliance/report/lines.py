"""The report as JSON lines: first the report, then its filings and findings, last the summary."""

from collections.abc import Iterator
from json import dumps
from typing import Literal

from soe_compliance.domain.text import Language
from soe_compliance.report.document import Document, document
from soe_compliance.report.model import Report
from soe_compliance.report.safe import json_escaped

LineType = Literal["report", "filing", "finding", "summary"]


def jsonl_report(report: Report, language: Language = "zh") -> bytes:
    """A line each, with its `type`."""
    return "".join(line + "\n" for line in _lines(report, language)).encode()


def _lines(report: Report, language: Language) -> Iterator[str]:
    whole = document(report, language)
    yield _line("report", whole, leave_out={"summary", "filings", "findings"})
    for filing in whole.filings:
        yield _line("filing", filing)
    for finding in whole.findings:
        yield _line("finding", finding)
    yield _line("summary", whole.summary)


def _line(kind: LineType, part: Document, leave_out: set[str] | None = None) -> str:
    data = part.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude=leave_out)
    return json_escaped(dumps({"type": kind, **data}, ensure_ascii=False))

"""The report as JSON lines: first the report, then its filings and findings, last the summary."""

from collections.abc import Iterator
from json import dumps
from typing import Any, Literal

from soe_compliance.domain.finding import Finding
from soe_compliance.domain.text import Language
from soe_compliance.law.model import Ruleset
from soe_compliance.report.document import Document, filing_document, finding_document, report_document
from soe_compliance.report.long_findings import cells_in_parts, is_long, without_cells
from soe_compliance.report.model import Report
from soe_compliance.report.safe import json_escaped

_NO_CELLS = '"evidence": []'
"""What the line of a finding without cells has once: within a text quotes are escaped."""

LineType = Literal["report", "filing", "finding", "summary"]


def jsonl_report(report: Report, language: Language = "zh") -> Iterator[bytes]:
    """A line each, with its `type`."""
    return (part.encode() for part in _parts(report, language))


def _parts(report: Report, language: Language) -> Iterator[str]:
    whole = report_document(report, language)
    yield _line("report", whole, leave_out={"summary", "filings", "findings"})
    for filing in report.filings:
        yield _line("filing", filing_document(filing, language))
    for finding in report.findings:
        if is_long(finding):
            yield from _long_line(finding, report.ruleset, language)
        else:
            yield _line("finding", finding_document(finding, report.ruleset, language))
    yield _line("summary", whole.summary)


def _line(kind: LineType, part: Document, leave_out: set[str] | None = None) -> str:
    return _text({"type": kind, **_data(part, leave_out)}) + "\n"


def _long_line(finding: Finding, ruleset: Ruleset, language: Language) -> Iterator[str]:
    """The line of a finding with very many cells, in parts."""
    head, tail = _line("finding", finding_document(without_cells(finding), ruleset, language)).split(
        _NO_CELLS
    )
    yield head + '"evidence": ['
    before = ""
    for cells in cells_in_parts(finding):
        yield before + ", ".join(_text(_data(cell)) for cell in cells)
        before = ", "
    yield "]" + tail


def _data(part: Document, leave_out: set[str] | None = None) -> dict[str, Any]:
    return part.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude=leave_out)


def _text(data: dict[str, Any]) -> str:
    return json_escaped(dumps(data, ensure_ascii=False))

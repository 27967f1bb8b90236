"""The report as JSON lines: first the report, then its filings and findings, last the summary."""

from collections.abc import Iterator
from json import dumps
from typing import Literal

from soe_compliance.domain.finding import Finding
from soe_compliance.domain.text import Language
from soe_compliance.law.model import Ruleset
from soe_compliance.report.json_values import Values, filing_values, finding_values, report_values
from soe_compliance.report.long_findings import cells_in_parts, is_long, without_cells
from soe_compliance.report.model import Report
from soe_compliance.report.safe import json_escaped

_NO_CELLS = '"evidence": []'
"""What the line of a finding without cells has once: within a text quotes are escaped."""

_ON_OTHER_LINES = ("summary", "filings", "findings")

LineType = Literal["report", "filing", "finding", "summary"]


def jsonl_report(report: Report, language: Language = "zh") -> Iterator[bytes]:
    """A line each, with its `type`."""
    return (part.encode() for part in _parts(report, language))


def _parts(report: Report, language: Language) -> Iterator[str]:
    whole = report_values(report, language)
    yield _line("report", {key: value for key, value in whole.items() if key not in _ON_OTHER_LINES})
    for filing in report.filings:
        yield _line("filing", filing_values(filing, language))
    for finding in report.findings:
        if is_long(finding):
            yield from _long_line(finding, report.ruleset, language)
        else:
            yield _line("finding", finding_values(finding, report.ruleset, language))
    yield _line("summary", whole["summary"])


def _line(kind: LineType, values: Values) -> str:
    return _text({"type": kind, **values}) + "\n"


def _long_line(finding: Finding, ruleset: Ruleset, language: Language) -> Iterator[str]:
    """The line of a finding with very many cells, in parts."""
    head, tail = _line("finding", finding_values(without_cells(finding), ruleset, language)).split(_NO_CELLS)
    yield head + '"evidence": ['
    before = ""
    for cells in cells_in_parts(finding):
        yield before + ", ".join(map(_text, cells))
        before = ", "
    yield "]" + tail


def _text(values: Values) -> str:
    return json_escaped(dumps(values, ensure_ascii=False))

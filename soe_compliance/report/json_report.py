"""The report as a JSON file, in parts: a filing or a finding at a time, and of one that rests on very many cells these
a few at a time."""

from collections.abc import Iterable, Iterator

from soe_compliance.domain.finding import Finding
from soe_compliance.domain.text import Language
from soe_compliance.law.model import Ruleset
from soe_compliance.report.json_values import filing_values, finding_values, json_of, report_values
from soe_compliance.report.long_findings import cells_in_parts, is_long, without_cells
from soe_compliance.report.model import Report

_LISTS = '  "filings": [],\n  "findings": []\n}'
"""The end of a report without filings and findings."""
_NO_CELLS = '\n  "evidence": [],\n'
"""What a finding without cells has once: within a text there is no line break, and what lies deeper is set in further."""


def json_report(report: Report, language: Language = "zh") -> Iterator[bytes]:
    """The parts of the file."""
    head = json_of(report_values(report, language))
    assert head.endswith(_LISTS)
    yield head.removesuffix(_LISTS).encode()
    yield b'  "filings": '
    yield from _list([json_of(filing_values(filing, language))] for filing in report.filings)
    yield b',\n  "findings": '
    yield from _list(_finding(finding, report.ruleset, language) for finding in report.findings)
    yield b"\n}\n"


def _list(items: Iterable[Iterable[str]]) -> Iterator[bytes]:
    """A list of the outermost level, its items in parts."""
    before = "["
    for item in items:
        before += "\n    "
        for text in item:
            yield (before + text.replace("\n", "\n    ")).encode()
            before = ""
        before = ","
    yield b"[]" if before == "[" else b"\n  ]"


def _finding(finding: Finding, ruleset: Ruleset, language: Language) -> Iterable[str]:
    if is_long(finding):
        return _long(finding, ruleset, language)
    return [json_of(finding_values(finding, ruleset, language))]


def _long(finding: Finding, ruleset: Ruleset, language: Language) -> Iterator[str]:
    text = json_of(finding_values(without_cells(finding), ruleset, language))
    head, tail = text.split(_NO_CELLS)
    yield head + '\n  "evidence": ['
    before = ""
    for cells in cells_in_parts(finding):
        yield before + ",".join("\n    " + json_of(cell).replace("\n", "\n    ") for cell in cells)
        before = ","
    yield "\n  ],\n" + tail

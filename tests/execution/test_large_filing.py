"""One filing with very many findings: the same report, while few findings are objects anywhere."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from soe_compliance.domain import packed_findings
from soe_compliance.domain.finding import Finding
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.packed_findings import PackedFindings
from soe_compliance.engine import Checked
from soe_compliance.execution import spool
from soe_compliance.execution.outcomes import from_json, to_json
from soe_compliance.execution.spool import Findings, Spool
from soe_compliance.execution.state import loaded, stored
from soe_compliance.report import by_filing, junit, long_findings
from soe_compliance.report.model import Report
from soe_compliance.report.render import FORMATS, TEXT, render
from tests.cli.filings import CLEAN
from tests.execution.batches import SETTINGS, report_of, write_batch
from tests.judging import checked, filing_of, ruleset_with

GUARANTEES = 40
EVERYTHING = replace(SETTINGS, show=(Outcome.PASS, Outcome.NOT_APPLICABLE))


def ledger() -> dict[str, Any]:
    """A filing with many guarantees, all of one guarantor, each with a breach."""
    row = {
        "guarantor_code": "P",
        "guarantor_name": "甲",
        "beneficiary_name": "乙",
        "balance": 9_000_000,
        "amount": 1,
        "signed_on": "2024-01-31",
    }
    rows = [{**row, "id": f"G{n:03}", "beneficiary_code": f"B{n % 7}"} for n in range(GUARANTEES)]
    group = CLEAN["filing"]["group_code"]
    return {**CLEAN, "guarantees": [{**row, "guarantor_code": group} for row in rows]}


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A large filing between small ones."""
    folder = tmp_path / "inbox"
    write_batch(folder, 3)
    (folder / "f001b.json").write_text(json.dumps(ledger()), encoding="utf-8")
    return folder


def pack_what_is_many(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(packed_findings, "FINDINGS_A_BLOCK", 10)
    patch.setattr(spool, "FINDINGS_A_BLOCK", 10)
    patch.setattr(by_filing, "_MOST_HELD", 10)
    patch.setattr(long_findings, "_CELLS_AT_ONCE", 3)


@pytest.mark.parametrize("name", [*FORMATS, TEXT])
def test_every_output_is_the_same(inbox: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    held = report_of([inbox], EVERYTHING)
    pack_what_is_many(monkeypatch)
    packed = report_of([inbox], EVERYTHING)
    assert (type(held.findings), type(packed.findings)) == (tuple, Findings)
    assert packed == held
    assert render(packed, name) == render(held, name)


def outcome_of_ledger() -> tuple[Checked, ...]:
    return tuple(checked([filing_of(ledger())], SETTINGS.as_of, ruleset_with({})))  # type: ignore[arg-type]


def test_packed_findings_go_between_processes_and_to_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    [held] = outcome_of_ledger()
    pack_what_is_many(monkeypatch)
    outcome = outcome_of_ledger()
    findings = outcome[0].findings
    assert isinstance(findings, PackedFindings)
    assert (outcome[0].result, list(findings)) == (held.result, list(held.findings))
    assert from_json(to_json([outcome])) == [outcome]
    assert loaded(stored(outcome)) == outcome


def test_a_spool_takes_blocks_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    [held] = outcome_of_ledger()
    pack_what_is_many(monkeypatch)
    [packed] = outcome_of_ledger()
    made = 0

    def unpacked(line: bytes) -> Finding:
        nonlocal made
        made += 1
        return packed_findings.unpacked(line)

    monkeypatch.setattr(spool, "unpacked", unpacked)
    waiting, few = Spool(), held.findings[:4]  # type: ignore[index]
    waiting.add(0, few)
    waiting.add(1, packed.findings)
    waiting.add(2, few)
    assert made == 0
    every = [*((0, f) for f in few), *((1, f) for f in held.findings), *((2, f) for f in few)]
    assert list(waiting.since(0)) == every
    assert made == len(held.findings)
    assert list(waiting.since(len(every) - 9)) == every[-9:]
    assert made == len(held.findings) + 5


def test_findings_of_a_span(monkeypatch: pytest.MonkeyPatch, inbox: Path) -> None:
    pack_what_is_many(monkeypatch)
    whole = report_of([inbox], EVERYTHING).findings
    assert isinstance(whole, Findings)
    every = list(whole)
    part = whole.between(3, len(every) - 2)
    assert (len(part), list(part)) == (len(every) - 5, every[3:-2])
    assert (part[0], part[-1], part[2:5]) == (every[3], every[-3], tuple(every[5:8]))
    assert list(part.between(1, 3)) == every[4:6]
    assert list(whole.between(2, 2)) == []


def test_a_suite_of_a_large_filing_is_written_a_case_at_a_time(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack_what_is_many(monkeypatch)
    report = report_of([inbox], EVERYTHING)
    parts = list(junit.junit_report(report))
    assert len(parts) > len(report.findings)
    assert max(part.count(b"<testcase") for part in parts) == 1


def test_sums_are_those_of_the_file(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack_what_is_many(monkeypatch)
    report: Report = report_of([inbox], EVERYTHING)
    listed: Sequence[Finding] = report.findings
    for filing in report.filings:
        own = [finding for finding in listed if finding.filing == filing.id]
        assert len(own) == sum(filing.outcomes.values())

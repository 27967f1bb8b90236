"""The sample filings, read as users' files are: every outcome is one that was meant, and none is missing."""

import json
from pathlib import Path
from typing import Any

import pytest

from soe_compliance.api import check
from soe_compliance.engine import Status
from soe_compliance.law.loading import load_ruleset
from tests.oracle.consistency import has_bad_check_digit
from tools.samples.__main__ import EXPECTED, TARGET, write_samples
from tools.samples.catalogue import SAMPLES
from tools.samples.sample import AS_OF, Sample

INTENDED: dict[str, list[list[str]]] = json.loads(EXPECTED.read_text(encoding="utf-8"))
PROBLEMS = {"04-兴安盟水务集团-2024.json": [("row-unusable", "/guarantees/13/beneficiary_code")]}
"""What reading must stumble over."""

by_file = pytest.mark.parametrize("file", sorted(INTENDED))


@by_file
def test_every_outcome_is_the_intended_one(file: str) -> None:
    rules = load_ruleset().rules
    found = {(f.rule, f.subject.id, f.outcome.key) for f in check(TARGET / file, as_of=AS_OF).findings}
    intended = {(rule, subject, outcome) for rule, subject, outcome, _ in INTENDED[file] if rule in rules}
    assert found == intended


@by_file
def test_reading_meets_only_the_intended_problems(file: str) -> None:
    [filing] = check(TARGET / file, as_of=AS_OF).filings
    assert [(p.code, p.location) for p in filing.problems] == PROBLEMS.get(file, [])
    assert filing.status is (Status.INCOMPLETE if file in PROBLEMS else Status.CHECKED)


@by_file
def test_a_sample_passes_rules_too(file: str) -> None:
    [filing] = check(TARGET / file, as_of=AS_OF).filings
    assert sum(filing.outcomes.values()) > len(INTENDED[file])


def test_the_generator_writes_the_committed_bytes(tmp_path: Path) -> None:
    write_samples(tmp_path / "samples", tmp_path / "expected.json")
    written = {path.name: path.read_bytes() for path in (tmp_path / "samples").iterdir()}
    assert written == {path.name: path.read_bytes() for path in TARGET.iterdir()}
    assert (tmp_path / "expected.json").read_bytes() == EXPECTED.read_bytes()


def test_the_check_digit_test_knows_real_codes() -> None:
    assert not has_bad_check_digit("914403001922038216")
    assert not has_bad_check_digit("9144030071526726XG")
    assert has_bad_check_digit("914403001922038217")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.file)
def test_codes_of_firms_are_right_unless_meant_not_to_be(sample: Sample) -> None:
    entities: Any = sample.document["entities"]
    wrong = {row["code"] for row in entities if has_bad_check_digit(row["code"])}
    assert wrong == {subject for rule, subject, _, _ in sample.expected if rule == "DAT001"}
    assert all(len(row["code"]) == 18 for row in entities)

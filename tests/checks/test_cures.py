"""A cure cures: applied to its filing, the rule is complied with."""

import random
from collections import Counter
from fractions import Fraction

import pytest
from msgspec.structs import replace

from soe_compliance.api import read_filing
from soe_compliance.authoring.examples import Example, RuleExamples
from soe_compliance.authoring.examples import filing_of as example_filing
from soe_compliance.domain.finding import Measured, MeasuredAmount, StatedAmount
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.filings.filing import FEN_PER_UNIT, Filing
from soe_compliance.filings.reading import read_document
from soe_compliance.law.loading import load_ruleset
from tests.authoring.shipped import examples_of_rules, resolved
from tests.checks.curing import Cured, applied, cured, findings_of
from tests.judging import filing_of, ruleset_with
from tests.oracle.random_filings import random_filing
from tools.samples.__main__ import TARGET
from tools.samples.catalogue import SAMPLES
from tools.samples.sample import AS_OF

FILINGS = 200
KINDS = {
    **dict.fromkeys(("cap", "relation", "field_limit", "report_series", "attached"), 35),
    **dict.fromkeys(("approval", "flag", "project_flag"), 35),
    **dict.fromkeys(("share", "filed_by", "follow_up", "working_days", "documents"), 6),
}
"""Kinds of checks of which some breach or duty has a cure, and how many of them are drawn at least."""


@pytest.fixture(scope="module")
def drawn() -> list[Cured]:
    """Every cure of many random filings, applied."""
    rng = random.Random("cures")
    return [
        result
        for document, as_of, readings in (random_filing(rng) for _ in range(FILINGS))
        for result in cured(filing_of(document), ruleset_with(readings), as_of)
    ]


def test_each_cure_cures(drawn: list[Cured]) -> None:
    assert [result for result in drawn if not result.complied] == []


def test_every_kind_has_cures(drawn: list[Cured]) -> None:
    counts = Counter(result.kind for result in drawn)
    assert {kind for kind, least in KINDS.items() if counts[kind] < least} == set(), counts
    pending = Counter(result.kind for result in drawn if result.finding.outcome is Outcome.PENDING)
    assert {"filed_by", "report_series", "working_days", "approval", "documents"} <= set(pending)


def test_an_internal_decision_still_to_come_has_a_cure() -> None:
    """Random filings rarely await one; the examples of the rule do."""
    kind = "decided_internally"
    [examples] = [shown for shown in examples_of_rules() if shown.rule.check.kind == kind]
    results = [result for example in examples.examples.examples for result in _of_example(examples, example)]
    assert [result.complied for result in results if result.finding.outcome is Outcome.PENDING]


@pytest.mark.parametrize("examples", examples_of_rules(), ids=lambda examples: str(examples.rule.id))
def test_cures_of_the_examples_cure(examples: RuleExamples) -> None:
    for example in examples.examples.examples:
        assert [r for r in _of_example(examples, example) if not r.complied] == [], example.name


def _of_example(examples: RuleExamples, example: Example) -> list[Cured]:
    [filing] = read_document(example_filing(examples.examples, example), "example.json", "")
    assert isinstance(filing, Filing)
    ruleset = resolved(examples.ruleset, example.interpret)
    return cured(filing, ruleset, example.as_of or examples.examples.as_of, (examples.rule.id,))


@pytest.mark.parametrize("file", sorted(sample.file for sample in SAMPLES))
def test_cures_of_the_samples_cure(file: str) -> None:
    """Read as workbooks, with the units and percentages of their columns."""
    results = cured(read_filing(TARGET / file), load_ruleset(), AS_OF)
    assert [result for result in results if not result.complied] == []


def test_a_fen_less_of_a_change_does_not_cure() -> None:
    """A cure of an amount that is known is the smallest."""
    rng, tried = random.Random("smallest"), 0
    for _ in range(FILINGS // 2):
        document, as_of, readings = random_filing(rng)
        filing, ruleset = filing_of(document), ruleset_with(readings)
        rules = tuple(code for code, law in ruleset.rules.items() if law.check.kind in ("cap", "share"))
        for result in cured(filing, ruleset, as_of, rules):
            measured = result.finding.details.measured
            if not _is_known(measured):
                continue
            assert isinstance(result.cure.to, StatedAmount)
            less = replace(
                result.cure, to=StatedAmount(result.cure.to.value + Fraction(1, FEN_PER_UNIT[filing.unit]))
            )
            after = findings_of(applied(filing, less), ruleset, as_of, (result.finding.rule,))
            [outcome] = [f.outcome for f in after if f.subject.id == result.finding.subject.id]
            assert outcome is not Outcome.PASS, result
            tried += 1
    assert tried > 20


def _is_known(measured: Measured | None) -> bool:
    return isinstance(measured, MeasuredAmount) and measured.value.is_point and measured.limit.is_point


def test_contradictions_and_rings_name_their_rows() -> None:
    """Nobody has to search for what a finding without a cure speaks of."""
    rng, seen = random.Random("rows"), Counter[str]()
    for _ in range(FILINGS // 2):
        document, as_of, readings = random_filing(rng)
        filing, ruleset = filing_of(document), ruleset_with(readings)
        rules = tuple(sorted(code for code in ruleset.rules if code.startswith(("DAT", "NET"))))
        for finding in findings_of(filing, ruleset, as_of, rules):
            assert all(cell.location for cell in finding.details.evidence)
            assert finding.details.evidence, finding
            seen[finding.rule] += 1
    assert len(seen) >= 14, seen

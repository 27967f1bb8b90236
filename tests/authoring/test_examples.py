"""Every shipped rule has examples; they come out as they say and show all that the rule can come to."""

from collections import Counter

import pytest

from soe_compliance.authoring.examples import (
    Example,
    RuleExamples,
    disagreements_of,
    filing_of,
    outcomes_of,
    uncovered_outcomes,
)
from tests.authoring.shipped import ShippedRule, resolved, rules_with_examples, shipped_rules

_WITH_EXAMPLES = rules_with_examples()
_each_rule = pytest.mark.parametrize("examples", _WITH_EXAMPLES.values(), ids=_WITH_EXAMPLES)


@pytest.mark.parametrize("shipped", shipped_rules(), ids=lambda shipped: shipped.rule.id)
def test_a_rule_has_examples(shipped: ShippedRule) -> None:
    assert shipped.examples is not None


@pytest.mark.parametrize(
    ("examples", "number"),
    [
        pytest.param(examples, number, id=f"{code}-{example.name}")
        for code, examples in _WITH_EXAMPLES.items()
        for number, example in enumerate(examples.examples.examples)
    ],
)
def test_an_example_comes_out_as_it_says(examples: RuleExamples, number: int) -> None:
    assert list(disagreements_of(examples, number)) == []


@_each_rule
def test_examples_show_every_outcome(examples: RuleExamples) -> None:
    assert uncovered_outcomes(examples) == []


@_each_rule
def test_examples_show_how_a_waivable_rule_is_waived(examples: RuleExamples) -> None:
    waived = any("waived" in example.expect.values() for example in examples.examples.examples)
    assert waived == resolved(examples.ruleset, {}).can_be_waived(examples.rule)


@_each_rule
def test_no_two_examples_of_a_rule_share_a_name_or_a_case(examples: RuleExamples) -> None:
    names = Counter(example.name for example in examples.examples.examples)
    cases = Counter(_case(examples, example) for example in examples.examples.examples)
    assert [name for name, count in (names | cases).items() if count > 1] == []


def _case(examples: RuleExamples, example: Example) -> str:
    as_of = example.as_of or examples.examples.as_of
    filing = filing_of(examples.examples, example)
    return f"{as_of} {example.calendar_until} {example.interpret} {filing}"


@pytest.mark.parametrize(
    ("shipped", "key"),
    [
        pytest.param(shipped, key, id=f"{shipped.rule.id}-{key}")
        for shipped in shipped_rules()
        if shipped.examples is not None
        for key in shipped.readings
    ],
)
def test_a_reading_turns_an_example(shipped: ShippedRule, key: str) -> None:
    """Some example that states the reading comes out otherwise under the default."""
    examples = shipped.examples
    assert examples is not None
    stated = [example for example in examples.examples.examples if key in example.interpret]
    assert any(_outcomes(examples, example, without=key) != example.expect for example in stated)


def _outcomes(examples: RuleExamples, example: Example, without: str) -> dict[str, str]:
    readings = {key: option for key, option in example.interpret.items() if key != without}
    findings = outcomes_of(examples, example, lambda _: resolved(examples.ruleset, readings))
    return {finding.subject.id: finding.outcome.key for finding in findings}

"""Each rule's own examples, as one test that ends at the first that does not come out as it says."""

from collections.abc import Mapping

import pytest

from soe_compliance.authoring.examples import RuleExamples, disagreements
from soe_compliance.law.model import Ruleset
from tests.authoring.shipped import examples_of_rules, resolved


@pytest.mark.parametrize(
    "examples",
    [pytest.param(examples, id=f"{examples.ruleset}-{examples.rule.id}") for examples in examples_of_rules()],
)
def test_the_examples_of_a_rule_come_out_as_they_say(examples: RuleExamples) -> None:
    def ruleset_with(readings: Mapping[str, str]) -> Ruleset:
        return resolved(examples.ruleset, readings)

    assert next(disagreements(examples, ruleset_with), None) is None

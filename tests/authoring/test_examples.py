"""Every shipped rule has examples; they come out as they say and show all that the rule can come to."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace
from pydantic import ValidationError

from soe_compliance.authoring.examples import (
    Example,
    Examples,
    RuleExamples,
    disagreements_of,
    filing_of,
    load_examples,
    outcomes_of,
    uncovered_outcomes,
)
from soe_compliance.domain.errors import UserError
from soe_compliance.filings.batch import batch_of
from soe_compliance.filings.filing import Filing
from soe_compliance.filings.reading import read_document
from tests.authoring.shipped import ShippedRule, examples_of_rules, resolved, shipped_rules

_each_rule = pytest.mark.parametrize(
    "examples", examples_of_rules(), ids=lambda examples: str(examples.rule.id)
)


@pytest.mark.parametrize(
    "shipped", shipped_rules(), ids=lambda shipped: f"{shipped.ruleset}-{shipped.rule.id}"
)
def test_a_rule_has_examples(shipped: ShippedRule) -> None:
    assert shipped.examples is not None


@pytest.mark.parametrize(
    ("examples", "number"),
    [
        pytest.param(examples, number, id=f"{examples.rule.id}-{example.name}")
        for examples in examples_of_rules()
        for number, example in enumerate(examples.examples.examples)
    ],
)
def test_an_example_comes_out_as_it_says(examples: RuleExamples, number: int) -> None:
    found = disagreements_of(examples, number, lambda readings: resolved(examples.ruleset, readings))
    assert list(found) == []


@_each_rule
def test_examples_show_every_outcome(examples: RuleExamples) -> None:
    assert uncovered_outcomes(examples) == []


@_each_rule
def test_examples_show_how_a_waivable_rule_is_waived(examples: RuleExamples) -> None:
    waived = any("waived" in example.expect.values() for example in examples.examples.examples)
    assert waived == resolved(examples.ruleset, {}).can_be_waived(examples.rule)


@pytest.mark.parametrize(
    ("put", "said"),
    [
        (
            {"plans/0/submited_on": "2024-02-29"},
            "/plans/0/submited_on: “submited_on” is not part of the forms",
        ),
        ({"plan": [{"id": "A1"}]}, "/plan: “plan” is not the key of a table"),
        ({"plans/0/submitted_on": "二月底"}, "/plans/0/submitted_on: "),
    ],
)
def test_an_example_that_is_read_otherwise_than_it_means_is_refused_at_its_line(
    put: dict[str, Any], said: str
) -> None:
    examples = load_examples("xingan-2023", resolved("xingan-2023", {}).rules["INV101"])
    example = Example.model_validate({"name": "misspelt", "expect": {}, "put": put})
    altered = examples.examples.model_copy(update={"examples": [*examples.examples.examples[:2], example]})
    with pytest.raises(UserError) as caught:
        list(disagreements_of(replace(examples, examples=altered), 2))
    assert caught.value.what.en.startswith(said)
    assert caught.value.place == examples.place(2)


def test_an_example_expects_outcomes() -> None:
    with pytest.raises(ValidationError, match="“passed” is no outcome; use one of fail, "):
        Example.model_validate({"name": "a", "expect": {"A": "passed"}})


@_each_rule
def test_the_filings_of_examples_lack_what_they_mean_to_lack(examples: RuleExamples) -> None:
    """No misspelt table or field: all that reading has to say is that a row lacks a field it needs, or that none is there."""
    for example in examples.examples.examples:
        [filing] = read_document(filing_of(examples.examples, example), "example.json", "")
        assert isinstance(filing, Filing)
        problems = [*filing.problems, *batch_of([filing]).problems[0]]
        assert {problem.code for problem in problems} <= {"row-unusable", "no-data-rows"}, example.name


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


@pytest.mark.parametrize(
    "change",
    [
        {"drop": ["plans/9"]},
        {"drop": ["debts"]},
        {"put": {"plans/9/id": "A1"}},
        {"put": {"plans/first/id": "A1"}},
        {"put": {"filing/year/id": "A1"}},
        {"add": {"filing": [{"id": "A1"}]}},
    ],
    ids=str,
)
def test_a_change_of_what_is_not_there_is_refused(change: dict[str, Any]) -> None:
    examples = load_examples("xingan-2023", resolved("xingan-2023", {}).rules["INV101"])
    example = Example.model_validate({"name": "lost", "expect": {}, **change})
    with pytest.raises(UserError, match="a place that is not there"):
        outcomes_of(examples, example)


def test_of_two_rows_the_later_is_dropped_first() -> None:
    """By their numbers: the tenth row comes after the second."""
    rows = [{"id": f"A{number}"} for number in range(12)]
    example = Example(name="two less", drop=["plans/2", "plans/10"], expect={})
    examples = Examples(as_of=date(2024, 4, 15), base={"plans": rows}, examples=[example])
    left = [row["id"] for row in filing_of(examples, example)["plans"]]
    assert left == ["A0", "A1", *(f"A{number}" for number in range(3, 10)), "A11"]

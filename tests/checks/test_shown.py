"""Findings show the cells, blanks, reasons, facts and cures that they have shown so far, whatever becomes of the code."""

import json

import pytest

from tests.authoring.shipped import examples_of_rules
from tests.checks.shown import SHOWN, of_example

KEPT = json.loads(SHOWN.read_text(encoding="utf-8"))


@pytest.mark.parametrize("rule", KEPT)
def test_what_findings_show_is_as_it_was(rule: str) -> None:
    [examples] = [shown for shown in examples_of_rules() if f"{shown.ruleset}/{shown.rule.id}" == rule]
    for example in examples.examples.examples:
        kept = KEPT[rule].get(example.name)
        if kept:
            found = dict(of_example(examples, example))
            assert {subject: found.get(subject) for subject in kept} == kept, example.name


def test_what_is_unknown_says_why() -> None:
    """By a blank that the verdict hangs on, or by a reason; of each shape there is one."""
    silent = [
        (rule, example, subject)
        for rule, kept_of_rule in KEPT.items()
        for example, findings in kept_of_rule.items()
        for subject, found in findings.items()
        if found["outcome"] == "unknown" and not (found.keys() & {"missing", "reasons"})
    ]
    assert silent == []


def test_every_rule_has_some_that_is_kept() -> None:
    assert set(KEPT) == {f"{shown.ruleset}/{shown.rule.id}" for shown in examples_of_rules()}

"""Findings show the cells, blanks, reasons, facts and cures that they have shown so far, whatever becomes of the code."""

import json

import pytest

from tests.authoring.shipped import examples_of_rules
from tests.checks.shown import SHOWN, Shown, of_example

KEPT = json.loads(SHOWN.read_text(encoding="utf-8"))
OF_ANY_OUTCOME = ("NOT_WAIVABLE", "EXCEPTION_NOT_IN_FORCE", "SECURED_TWICE")
"""Reasons that are not about what is not known."""


@pytest.mark.parametrize("rule", KEPT)
def test_what_findings_show_is_as_it_was(rule: str) -> None:
    [examples] = [shown for shown in examples_of_rules() if f"{shown.ruleset}/{shown.rule.id}" == rule]
    for example in examples.examples.examples:
        kept = KEPT[rule].get(example.name, {})
        found = dict(of_example(examples, example))
        assert {subject: found.get(subject) for subject in kept} == kept, example.name
        assert [subject for subject in found if not says_why(found[subject])] == [], example.name
        assert [subject for subject in found if "days_late=0" in found[subject].get("measured", "")] == []


def says_why(found: Shown) -> bool:
    """What is unknown says why, by a blank that the verdict hangs on or a reason; what is known says nothing of the kind."""
    if found["outcome"] == "unknown":
        return "missing" in found or "reasons" in found
    reasons = [reason for reason in found.get("reasons", []) if not reason.startswith(OF_ANY_OUTCOME)]
    return "missing" not in found and not reasons


def test_every_rule_has_some_that_is_kept() -> None:
    assert set(KEPT) == {f"{shown.ruleset}/{shown.rule.id}" for shown in examples_of_rules()}

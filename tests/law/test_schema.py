"""The schema of a rule's file holds for every shipped rule as written, and for no misspelt one."""

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from soe_compliance.law.documents import load, rulesets_folder
from soe_compliance.law.schema import rule_schema

RULES = sorted(rulesets_folder().glob("*/[A-Z][A-Z][A-Z][0-9][0-9][0-9].yaml"))
SCHEMA = Draft202012Validator(rule_schema())


@pytest.mark.parametrize("path", RULES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_shipped_rule_is_of_the_schema(path: Path) -> None:
    assert [error.message for error in SCHEMA.iter_errors(load(path).data)] == []


@pytest.mark.parametrize(
    "check",
    [
        {"factr": "2/5"},
        {"by": "nobody"},
        {"of": {"reading": "group_net_assets", "option": {}}},
        {"kind": {"reading": "group_net_assets"}},
    ],
)
def test_a_misspelt_rule_is_not(check: dict[str, Any]) -> None:
    [path] = [path for path in RULES if path.stem == "GUA104" and path.parent.name == "xingan-2023"]
    rule = load(path).data
    assert SCHEMA.is_valid(rule)
    assert not SCHEMA.is_valid({**rule, "check": {**rule["check"], **check}})

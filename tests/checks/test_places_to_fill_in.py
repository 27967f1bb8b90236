"""A verdict that lacks something names the cells to fill in, wherever there are such cells."""

from collections.abc import Iterator

import pytest

from soe_compliance.authoring.examples import Example, RuleExamples, filing_of, outcomes_of
from soe_compliance.domain.finding import Finding
from soe_compliance.filings.cell_text import is_stated
from tests.authoring.shipped import examples_of_rules, resolved

_OF_NO_ROW = {"entities", "holdings", "financials"}
"""Tables of which a row may be lacking, so that there is no cell."""


def _named(finding: Finding) -> set[str]:
    return {f"{cell.table}.{cell.field}" for cell in finding.details.evidence if not is_stated(cell.value)}


def _fillable(examples: RuleExamples, example: Example, finding: Finding) -> Iterator[str]:
    """What is missing of a table whose rows all state the field, be it as blank: so there is a cell to name."""
    filing = filing_of(examples.examples, example)
    for name in finding.details.missing:
        table, _, field = name.partition(".")
        rows = filing.get(table, [])
        blank = [row for row in rows if field in row and row[field] in (None, "")]
        if blank and (table not in _OF_NO_ROW or len(blank) == len(rows)):
            yield name


@pytest.mark.parametrize(
    "examples", examples_of_rules(), ids=lambda found: f"{found.ruleset}/{found.rule.id}"
)
def test_blank_cells_are_named(examples: RuleExamples) -> None:
    for example in examples.examples.examples:
        for finding in outcomes_of(examples, example, lambda readings: resolved(examples.ruleset, readings)):
            assert set(_fillable(examples, example, finding)) <= _named(finding), example.name


def test_the_level_of_a_guarantor_that_may_be_licensed_is_named() -> None:
    [examples] = [
        found
        for found in examples_of_rules()
        if found.rule.id == "GUA102" and found.ruleset.endswith("xingan-2023")
    ]
    [example] = [e for e in examples.examples.examples if e.name.startswith("perhaps licensed")]
    [finding] = outcomes_of(examples, example, lambda readings: resolved(examples.ruleset, readings))
    assert "entities.level" in _named(finding)


def test_what_a_split_project_is_measured_against_is_named() -> None:
    [examples] = [found for found in examples_of_rules() if found.rule.id == "NET003"]
    example = examples.examples.examples[0]
    [finding] = outcomes_of(examples, example, lambda readings: resolved(examples.ruleset, readings))
    assert [cell.location for cell in finding.details.evidence if cell.table == "financials"] == [
        "/financials/1/net_assets"
    ]

"""What a ruleset asks of filings is what its rules look at."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, get_args

import pytest
from msgspec.structs import replace

from soe_compliance import engine
from soe_compliance.authoring.examples import outcomes_of
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.filings.batch import Batch, batch_of
from soe_compliance.filings.columns import Column
from soe_compliance.filings.filing import Filing
from soe_compliance.filings.tables import HEADER, TABLES
from soe_compliance.law.kinds import AnyKind
from soe_compliance.law.loading import ruleset_ids
from soe_compliance.law.reads import _COMPARED, _NEEDED, fields_compared, fields_needed, needed_tables
from tests.authoring.shipped import ShippedRule, resolved, shipped_rules

NOT_THE_RULES_OWN = {"exceptions"}
"""Read for every rule, by what excuses a breach."""


class Watched(dict[str, Column]):
    """The columns of a table; those that are asked for are noted."""

    def __init__(self, table: str, columns: Any, seen: set[str]) -> None:
        super().__init__(columns)
        self.table, self.seen = table, seen

    def __getitem__(self, key: str) -> Column:
        self.seen.add(f"{self.table}.{key}")
        return super().__getitem__(key)


def watched_batch(seen: set[str], filings: Sequence[Filing]) -> Batch:
    batch = batch_of(filings)
    tables = {
        key: replace(table, columns=Watched(key, table.columns, seen)) for key, table in batch.tables.items()
    }
    return replace(batch, tables=tables)


def names_of_rows() -> set[str]:
    return {
        f"{form.key}.{key}"
        for form in TABLES.values()
        for key in (*form.key_fields, *(field.key for field in form.required))
    }


def by_reading(shipped: ShippedRule) -> Iterator[tuple[dict[str, str], Any]]:
    assert shipped.examples is not None
    for example in shipped.examples.examples.examples:
        yield example.interpret, example


@pytest.mark.parametrize("shipped", shipped_rules(), ids=lambda rule: f"{rule.ruleset}-{rule.rule.id}")
def test_no_rule_looks_at_more_than_it_is_said_to(
    shipped: ShippedRule, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shipped.examples is not None
    seen: dict[frozenset[tuple[str, str]], set[str]] = defaultdict(set)
    home = shipped.examples.ruleset
    for reading, example in by_reading(shipped):
        fields = seen[frozenset(reading.items())]
        monkeypatch.setattr(engine, "batch_of", partial(watched_batch, fields))
        outcomes_of(shipped.examples, example, partial(resolved, home))
    for reading_key, fields in seen.items():
        ruleset = resolved(home, dict(reading_key))
        said = fields_needed(ruleset, shipped.rule.id) | fields_compared(ruleset, shipped.rule.id)
        looked = {name for name in fields if name.split(".")[0] not in NOT_THE_RULES_OWN}
        assert looked - names_of_rows() <= said


def test_every_kind_of_check_says_what_it_looks_at() -> None:
    every = set(get_args(get_args(AnyKind)[0]))
    assert _NEEDED.keys() | _COMPARED.keys() == every
    assert not _NEEDED.keys() & _COMPARED.keys()
    only_finds = {kind for kind in every if kind.reaches == (Outcome.FAIL,)}
    assert _COMPARED.keys() == only_finds


@pytest.mark.parametrize("name", ruleset_ids())
def test_what_is_asked_for_is_in_the_forms(name: str) -> None:
    for table, fields in needed_tables(resolved(name, {})).items():
        assert fields <= TABLES[table].fields.keys()


def test_a_rule_on_guarantees_asks_for_no_projects() -> None:
    needed = needed_tables(resolved("guangzhou-guarantee-2016", {}))
    assert set(needed) == {"entities", "holdings", "financials", "guarantees"}
    assert "solvent" not in needed["entities"]
    assert "total_liabilities" in needed["financials"]


def test_a_ruleset_that_only_compares_looks_at_every_table() -> None:
    assert set(needed_tables(resolved("filing-consistency", {}))) == TABLES.keys() - {HEADER}

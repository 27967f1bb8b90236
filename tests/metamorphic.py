"""Filings drawn and changed, and their outcomes by the public check."""

import json
import random
from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from soe_compliance.api import check
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.filing import Filing
from soe_compliance.filings.tables import HEADER, TABLES
from tests.judging import Document, filing_of
from tests.oracle.random_filings import random_filing
from tests.test_properties import plain, without_repeats
from tools.samples.__main__ import document as sample_document
from tools.samples.catalogue import SAMPLES

Outcomes: TypeAlias = dict[tuple[str, str], str]
"""The outcome of each rule and subject."""

SHOWN = ("pass", "not_applicable")
AS_OF = date(2024, 4, 15)
RULESET = "xingan-2023"


def samples() -> list[Document]:
    return [json.loads(sample_document(sample)) for sample in SAMPLES]


def drawn(rng: random.Random, count: int) -> tuple[list[Document], date, dict[str, str]]:
    """Random filings without repeated keys, with the day and the readings of one of them."""
    found = [random_filing(rng) for _ in range(count)]
    return [without_repeats(document) for document, _, _ in found], found[0][1], found[0][2]


def filings_of(documents: Sequence[Document]) -> list[Filing]:
    return [filing_of({**one, HEADER: {**one[HEADER], "id": f"F{n}"}}) for n, one in enumerate(documents)]


def judged(
    documents: Sequence[Document],
    as_of: date = AS_OF,
    readings: Mapping[str, str] | None = None,
    ruleset: str = RULESET,
) -> list[Outcomes]:
    """The outcomes of each document, all checked in one batch."""
    report = check(*filings_of(documents), ruleset=ruleset, as_of=as_of, interpret=readings, show=SHOWN)
    found: dict[str, Outcomes] = {result.id: {} for result in report.filings}
    for finding in report.findings:
        found[finding.filing][finding.rule, finding.subject.id] = finding.outcome.key
    return [found[f"F{number}"] for number in range(len(documents))]


def scaled(document: Document, factor: Decimal) -> Document:
    """The filing with every amount times a factor."""
    other = deepcopy(document)
    for table, form in TABLES.items():
        money = [key for key, field in form.fields.items() if field.type is FieldType.MONEY]
        for row in other.get(table, []) if table != HEADER else []:
            for field in money:
                if plain(row.get(field)):
                    row[field] = f"{Decimal(str(row[field])) * factor:f}"
    return other


def renamed(document: Document, mark: str) -> Document:
    """The filing with a mark before the code of every firm."""
    other = deepcopy(document)
    for table, form in TABLES.items():
        firms = [key for key, field in form.fields.items() if field.type is FieldType.FIRM]
        rows = [other[HEADER]] if table == HEADER else other.get(table, [])
        for row in rows:
            for field in firms:
                if plain(row.get(field)):
                    row[field] = mark + plain(row[field])
    return other


def stated_cells(document: Document) -> list[tuple[str, int, str]]:
    """Table, row and field of every cell that says something and that a row can do without, identifiers aside."""
    return [
        (table, number, field)
        for table in document
        if table != HEADER
        for number, row in enumerate(document[table])
        for field in row
        if plain(row[field])
        and not TABLES[table].fields[field].required
        and TABLES[table].fields[field].type is not FieldType.ID
    ]


def blanked(document: Document, table: str, row: int, field: str) -> Document:
    other = deepcopy(document)
    other[table][row][field] = None
    return other


def changes(before: Outcomes, after: Outcomes) -> dict[tuple[str, str], tuple[str, str]]:
    """What came out otherwise; "none" where a rule has no such subject."""
    return {
        key: (before.get(key, "none"), after.get(key, "none"))
        for key in before.keys() | after.keys()
        if before.get(key) != after.get(key)
    }


def fails(outcomes: Outcomes) -> set[tuple[str, str]]:
    return {key for key, outcome in outcomes.items() if outcome == "fail"}

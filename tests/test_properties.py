"""What must hold of every filing, tried on random ones."""

import json
import random
import unicodedata
from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest

from soe_compliance.api import check
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.filing import FEN_PER_UNIT
from soe_compliance.filings.forms import Unit
from soe_compliance.filings.tables import HEADER, TABLES
from tests.judging import Document, judged
from tests.oracle.random_filings import random_filing

FILINGS = 24
WITH_IDS = ("plans", "approvals", "guarantees", "debts")


def batch(rng: random.Random) -> tuple[list[Document], date, dict[str, str]]:
    """Random filings, with the day and the readings of one of them."""
    drawn = [random_filing(rng) for _ in range(FILINGS)]
    return [document for document, _, _ in drawn], drawn[0][1], drawn[0][2]


def plain(cell: object) -> str:
    """A cell as keys are compared."""
    return unicodedata.normalize("NFKC", "" if cell is None else str(cell)).strip().upper()


def without_repeats(document: Document) -> Document:
    """The document with an id in every row, and no key used twice."""
    tidy = deepcopy(document)
    numbers = count(1)
    for table, form in TABLES.items():
        if table == HEADER or table not in tidy:
            continue
        rows = [row for row in tidy[table] if any(plain(cell) for cell in row.values())]
        seen: set[tuple[str, ...]] = set()
        kept = []
        for row in rows:
            if table in WITH_IDS and not plain(row.get("id")):
                row["id"] = f"given-{next(numbers)}"
            key = tuple(plain(row.get(field)) for field in form.key_fields)
            if form.may_repeat or key not in seen:
                kept.append(row)
            seen.add(key)
        tidy[table] = kept
    return tidy


@pytest.mark.parametrize("seed", range(8))
def test_order_of_rows_changes_no_verdict(seed: int) -> None:
    rng = random.Random(f"order {seed}")
    drawn, as_of, readings = batch(rng)
    documents = [without_repeats(document) for document in drawn]
    shuffled = deepcopy(documents)
    for document in shuffled:
        for table in sorted(set(document) - {HEADER}):
            rng.shuffle(document[table])
    assert judged(shuffled, as_of, readings) == judged(documents, as_of, readings)


def restated(document: Document, unit: Unit) -> Document:
    """The same filing with its amounts in another unit."""
    other = deepcopy(document)
    before = next(one for one in Unit if one.value == document[HEADER]["unit"])
    other[HEADER]["unit"] = unit.value
    factor = Decimal(FEN_PER_UNIT[before]) / FEN_PER_UNIT[unit]
    for table, form in TABLES.items():
        money = [key for key, field in form.fields.items() if field.type is FieldType.MONEY]
        for row in other.get(table, []) if table != HEADER else []:
            for field in money:
                if plain(row.get(field)):
                    row[field] = f"{Decimal(str(row[field])) * factor:f}"
    return other


@pytest.mark.parametrize("unit", list(Unit))
def test_unit_changes_no_verdict(unit: Unit) -> None:
    documents, as_of, readings = batch(random.Random(f"unit {unit}"))
    other = [restated(document, unit) for document in documents]
    assert judged(other, as_of, readings) == judged(documents, as_of, readings)


@pytest.mark.parametrize("seed", range(8))
def test_what_failed_has_failed_later_too(seed: int) -> None:
    documents, as_of, readings = batch(random.Random(f"later {seed}"))
    before = judged(documents, as_of, readings)
    for days in (1, 16, 400):
        after = judged(documents, as_of + timedelta(days=days), readings)
        for old, new in zip(before, after, strict=True):
            assert {verdict for verdict in old if verdict[2] == "fail"} <= new


@pytest.mark.parametrize("seed", range(8))
def test_an_unconnected_firm_changes_nothing_else(seed: int) -> None:
    documents, as_of, readings = batch(random.Random(f"firm {seed}"))
    more = [with_unconnected_firm(document) for document in documents]
    assert judged(more, as_of, readings) == judged(documents, as_of, readings)


def with_unconnected_firm(document: Document) -> Document:
    """One more firm, outside the group, held by another that is on no list."""
    more = deepcopy(document)
    firm = {"code": "ALONE", "name": "无关企业", "level": 3, "key_subsidiary": False, "consolidated": False}
    holding = {"holder_code": "ALONE-TOP", "investee_code": "ALONE", "ratio": "0.4"}
    loss = {"code": "ALONE", "year": document[HEADER]["year"] - 1, "net_assets": "-7"}
    if has_usable_row(document, "entities"):
        more["entities"].insert(0, firm)
        more["financials"] = [loss, *more.get("financials", [])]
    if has_usable_row(document, "holdings"):
        more["holdings"].insert(0, holding)
    return more


def has_usable_row(document: Document, table: str) -> bool:
    """Whether a table speaks already, so that one more row does not make it known."""
    needed = [field.key for field in TABLES[table].required]
    return any(all(plain(row.get(key)) for key in needed) for row in document.get(table, []))


def test_jobs_change_nothing(tmp_path: Path) -> None:
    rng = random.Random("jobs")
    for number in range(140):
        document, _, _ = random_filing(rng)
        (tmp_path / f"{number:03}.json").write_text(json.dumps(document), encoding="utf-8")
    alone, shared = (check(tmp_path, as_of=date(2024, 6, 30), show=["pass"], jobs=jobs) for jobs in (1, 2))
    assert [f.id for f in alone.filings] == [f.id for f in shared.filings]
    assert (alone.filings, alone.findings, alone.notices) == (shared.filings, shared.findings, shared.notices)
    assert len(alone.filings) == 140

"""Six rules judged by the engine, beside the same rules written by hand in numpy, in SQL, and for an engine that takes a
record at a time.

Filings are plausible here, but every rule is broken by some. Each side starts from what it takes best, made beforehand:
columns, tables of DuckDB, or a document a filing; money is in fen, days are ordinals. All must come to the same
outcomes. The engine does more than the others: it also asks who controls whom, what is licensed or secured twice, and
what becomes of blanks.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from benchmarks.checking import read_all
from benchmarks.generator import AS_OF, Document, document, json_bytes
from benchmarks.record_engine import decision, filing_documents, outcomes_of
from benchmarks.sql_engine import connected, outcomes_in_sql
from benchmarks.timing import Figure, medians
from soe_compliance.checks.registry import evaluate as evaluate_check
from soe_compliance.checks.situation import Situation
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.truth import YES
from soe_compliance.domain.workdays import official_calendar
from soe_compliance.engine import Options, evaluate
from soe_compliance.filings.batch import Batch, Table, batch_of
from soe_compliance.filings.filing import Filing
from soe_compliance.law.loading import load_ruleset

RULES = ("DAT006", "FIN103", "GUA104", "GUA105", "GUA107", "INV101")
_PLAN_DUE, _REGULATED_FROM = date(2024, 2, 29), date(2023, 5, 1)
_NEVER = date.max.toordinal()

Columns: TypeAlias = Mapping[str, Mapping[str, NDArray[Any]]]
"""The columns of each table."""
Outcomes: TypeAlias = Mapping[str, tuple[int, int]]
"""How often each rule was kept, and broken."""


def measure_rules(folder: Path, count: int, rounds: int) -> Iterator[Figure]:
    """Judging so many filings by six rules."""
    filings = read_all(_written(folder, count))
    batch = batch_of(filings)
    columns = columns_of(batch)
    tables, records, rules = connected(columns), filing_documents(columns), decision()
    expected = ours(batch)
    assert all(broken for _, broken in expected.values())
    assert expected == by_hand(columns) == outcomes_in_sql(tables) == outcomes_of(rules, records)
    taken = medians(
        {
            "ours": lambda: ours(batch),
            "numpy": lambda: by_hand(columns),
            "DuckDB": lambda: outcomes_in_sql(tables),
            "zen": lambda: outcomes_of(rules, records),
            "type": lambda: batch_of(filings),
            "all": lambda: _with_findings(filings),
        },
        rounds,
    )
    name = f"{len(RULES)} rules over {count:,} filings: outcomes"
    for yardstick, key in (
        ("numpy by hand", "numpy"),
        ("DuckDB, one thread, a query a rule", "DuckDB"),
        ("zen-engine, a decision a filing", "zen"),
    ):
        yield Figure(name, 1000 * taken["ours"], yardstick, 1000 * taken[key], "ms")
    findings = sum(broken for _, broken in expected.values())
    with_findings = 1000 * (taken["all"] - taken["type"])
    yield Figure(
        f"{name} and {findings:,} findings", with_findings, "zen-engine as above", 1000 * taken["zen"], "ms"
    )


def broken_document(number: int) -> Document:
    """A filing of the generator with what makes some of these rules fail in it."""
    filing = document(number)
    filing["plans"] = [
        {
            "id": "JH-1",
            "year": 2024,
            "kind": "annual",
            "submitted_on": _from(date(2024, 2, 1), number * 7 % 40),
        },
        {"id": "JH-2", "year": 2024, "kind": "special", "submitted_on": _from(date(2024, 1, 1), number % 50)},
    ]
    filing["financing_reports"] = [
        {
            "year": year,
            "quarter": quarter,
            "submitted_on": date(2024, 3, 1),
            "total_balance": 90_000 + 997 * ((number + quarter) % 13),
            "ceiling": 100_000,
        }
        for year, quarter in ((2023, 3), (2023, 4), (2024, 1))
    ]
    for place, row in enumerate(filing["financials"]):
        if (number + place) % 3 == 0:
            row["net_assets"] = row["attributable_net_assets"] = round(row["net_assets"] / 20, 2)
            row["consolidated_net_assets"] = round(row["net_assets"] * 1.1, 2)
    for place, row in enumerate(filing["guarantees"]):
        if (number + place) % 13 == 0:
            row["amount"] = round(row["balance"] / 2, 2)
        if (number + place) % 9 == 0:
            row["released_on"] = _from(date(2024, 2, 1), place)
        if (number + place) % 4 == 0:
            row["signed_on"] = _from(date(2024, 1, 1), place)
            row["board_resolution_on"] = row["signed_on"] + timedelta(days=place % 5 - 3)
    return filing


def _from(start: date, days: int) -> date:
    return start + timedelta(days=days)


def _written(folder: Path, count: int) -> list[Path]:
    paths = [folder / f"broken-{number:05}.json" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_bytes(json_bytes(broken_document(number)))
    return paths


def columns_of(batch: Batch) -> Columns:
    """What the six rules look at. A day that is not stated never comes; the firms of all filings are told apart."""
    tables = batch.tables
    guarantees, entities, financials = (tables[key] for key in ("guarantees", "entities", "financials"))
    kinds = [choice.value for choice in tables["plans"].form.fields["kind"].choices or ()]
    return {
        "filings": {
            "filing": np.arange(len(batch)),
            "year": batch.year,
            "reference": batch.reference,
            "first_day": batch.days_of_year[0],
            "year_end": batch.latest_year_end,
            "parent": batch.parent,
            "plan_due": np.full(len(batch), _PLAN_DUE.toordinal()),
            "regulated_from": np.full(len(batch), _REGULATED_FROM.toordinal()),
        },
        "guarantees": {
            "filing": guarantees.filing,
            "guarantor": guarantees.values("guarantor_code"),
            "beneficiary": guarantees.values("beneficiary_code"),
            "balance": guarantees.values("balance"),
            "amount": guarantees.values("amount"),
            "signed_on": _days(guarantees, "signed_on"),
            "released_on": _days(guarantees, "released_on"),
            "resolved_on": _days(guarantees, "board_resolution_on"),
            "licensed": guarantees.truth("licensed_business") == YES,
            "home_buyers": guarantees.truth("home_buyers") == YES,
        },
        "entities": {
            "firm": entities.values("code"),
            "filing": entities.filing,
            "consolidated": entities.truth("consolidated") == YES,
        },
        "financials": {
            "firm": financials.values("code"),
            "year": financials.values("year"),
            "net_assets": financials.values("net_assets"),
            "consolidated_net_assets": financials.values("consolidated_net_assets"),
        },
        "plans": {
            "filing": tables["plans"].filing,
            "year": tables["plans"].values("year"),
            "annual": tables["plans"].values("kind") == kinds.index("annual"),
            "submitted_on": _days(tables["plans"], "submitted_on"),
        },
        "reports": {
            "filing": tables["financing_reports"].filing,
            "year": tables["financing_reports"].values("year"),
            "total_balance": tables["financing_reports"].values("total_balance"),
            "ceiling": tables["financing_reports"].values("ceiling"),
        },
    }


def _days(table: Table, field: str) -> NDArray[np.int64]:
    return np.where(table.stated(field), table.values(field), _NEVER)


def ours(batch: Batch) -> Outcomes:
    """The rules as the engine judges them, with nothing kept from one run to the next."""
    ruleset = load_ruleset()
    situation = Situation(replace(batch), ruleset, AS_OF, official_calendar())
    found = {}
    for rule in RULES:
        outcome = evaluate_check(situation, ruleset.rules[rule].check).outcome
        kept, broken = (int((outcome == wanted).sum()) for wanted in (Outcome.PASS, Outcome.FAIL))
        assert kept + broken + int((outcome == Outcome.NOT_APPLICABLE).sum()) == len(outcome)
        found[rule] = kept, broken
    return found


def _with_findings(filings: Sequence[Filing]) -> object:
    return evaluate(filings, load_ruleset(), official_calendar(), Options(AS_OF, RULES))


def by_hand(columns: Columns) -> Outcomes:
    """The rules over the same columns, as one would write them for this data."""
    filings, guarantees, firms = columns["filings"], columns["guarantees"], columns["entities"]
    of, signed = guarantees["filing"], guarantees["signed_on"]
    reference = filings["reference"][of]
    consolidated = np.zeros(int(firms["firm"].max()) + 1, dtype=bool)
    consolidated[firms["firm"]] = firms["consolidated"]
    in_scope = consolidated[guarantees["guarantor"]] & (guarantees["guarantor"] != guarantees["beneficiary"])
    in_force = (guarantees["balance"] != 0) & (signed <= reference) & (guarantees["released_on"] > reference)
    counts = in_force & in_scope & ~guarantees["licensed"] & ~guarantees["home_buyers"]
    in_year = (signed >= filings["first_day"][of]) & (signed <= reference)
    decided = (in_force | in_year) & in_scope & (signed >= filings["regulated_from"][of])
    late = guarantees["resolved_on"][decided] > signed[decided]
    excess = guarantees["balance"] > guarantees["amount"]
    return {
        "DAT006": (0, int(excess.sum())),
        "FIN103": _ceilings(columns),
        "GUA104": _group_caps(columns, counts),
        "GUA105": _firm_caps(columns, counts),
        "GUA107": _split(late),
        "INV101": _plans(columns),
    }


def _split(broken: NDArray[np.bool_]) -> tuple[int, int]:
    return int((~broken).sum()), int(broken.sum())


def _ceilings(columns: Columns) -> tuple[int, int]:
    reports = columns["reports"]
    of_year = reports["year"] == columns["filings"]["year"][reports["filing"]]
    return _split((reports["total_balance"] > reports["ceiling"])[of_year])


def _plans(columns: Columns) -> tuple[int, int]:
    filings, plans = columns["filings"], columns["plans"]
    annual = plans["annual"] & (plans["year"] == filings["year"][plans["filing"]])
    earliest = np.full(len(filings["year"]), _NEVER)
    np.minimum.at(earliest, plans["filing"][annual], plans["submitted_on"][annual])
    return _split(earliest > filings["plan_due"])


def _group_caps(columns: Columns, counts: NDArray[np.bool_]) -> tuple[int, int]:
    filings, guarantees = columns["filings"], columns["guarantees"]
    total = np.zeros(len(filings["year"]), dtype=np.int64)
    np.add.at(total, guarantees["filing"][counts], guarantees["balance"][counts])
    base = _latest(columns, filings["parent"], filings["year_end"], "consolidated_net_assets")
    return _split(5 * total > 2 * np.maximum(base, 0))


def _firm_caps(columns: Columns, counts: NDArray[np.bool_]) -> tuple[int, int]:
    filings, guarantees = columns["filings"], columns["guarantees"]
    firms, place = np.unique(guarantees["guarantor"][counts], return_inverse=True)
    total = np.zeros(len(firms), dtype=np.int64)
    np.add.at(total, place, guarantees["balance"][counts])
    year_end = np.zeros(len(firms), dtype=np.int64)
    year_end[place] = filings["year_end"][guarantees["filing"][counts]]
    return _split(2 * total > np.maximum(_latest(columns, firms, year_end, "net_assets"), 0))


def _latest(
    columns: Columns, firms: NDArray[np.int64], years: NDArray[np.int64], field: str
) -> NDArray[np.int64]:
    financials = columns["financials"]
    keys = financials["firm"] * 10_000 + financials["year"]
    order = np.argsort(keys)
    place = np.searchsorted(keys, firms * 10_000 + years, sorter=order)
    found: NDArray[np.int64] = financials[field][order[place]]
    return found

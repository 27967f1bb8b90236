"""What a finding costs does not grow with the filing: its rows are found without a look at all of them."""

import tracemalloc
from datetime import date
from typing import Any

import pytest

from soe_compliance.checks import situation as situations
from soe_compliance.checks.registry import evaluate
from soe_compliance.checks.situation import Situation
from tests.judging import situation_of

AS_OF = date(2024, 4, 15)
FEWER, MORE = 100, 10_000


def ledger(guarantors: int) -> dict[str, Any]:
    """Every firm guarantees one debt of another, of which the group holds a part."""
    firms = [f"F{n:05}" for n in range(guarantors)]
    others = [f"B{n:05}" for n in range(guarantors)]
    return {
        "filing": {"group_code": "P", "group_name": "甲", "year": 2024, "reference_date": "2024-03-31"},
        "entities": [
            {"code": code, "name": code, "consolidated": code in ("P", *firms)} for code in ("P", *firms)
        ],
        "holdings": [{"holder_code": "P", "investee_code": code, "ratio": 0.3} for code in others],
        "financials": [{"code": code, "year": 2023, "net_assets": 1} for code in ("P", *firms)],
        "guarantees": [
            {
                "id": f"G{n}",
                "guarantor_code": firm,
                "beneficiary_code": others[n],
                "balance": 9,
                "debt_id": f"D{n}",
            }
            for n, firm in enumerate(firms)
        ],
    }


def peak_of_details(code: str, guarantors: int) -> int:
    """The most bytes that are held at once while the details of one more subject are made."""
    situation = situation_of(ledger(guarantors), AS_OF)
    verdicts = evaluate(situation, situation.ruleset.rules[code].check)
    assert len(verdicts) == guarantors
    verdicts.details(0)
    tracemalloc.start()
    try:
        verdicts.details(guarantors // 2)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("code", ["GUA101", "GUA103", "GUA105", "GUA106", "GUA107"])
def test_details_of_one_subject_look_at_its_rows_only(code: str) -> None:
    assert peak_of_details(code, MORE) < peak_of_details(code, FEWER) + MORE // 2


def test_the_cells_that_are_kept_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(situations, "MOST_KNOWN_CELLS", 50)
    situation: Situation = situation_of(ledger(FEWER), AS_OF)
    rows = range(FEWER)
    found = situation.evidence("guarantees", rows, "balance", "debt_id")
    assert [(cell.id, cell.field) for cell in found] == [
        (f"G{n}", f) for n in rows for f in ("balance", "debt_id")
    ]
    assert len(situation._evidence) <= 50

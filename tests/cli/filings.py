"""Small filings that break a rule of one severity each, or none."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

AS_OF = "2024-03-15"
PARENT, CHILD = "PARENT", "CHILD"

CLEAN: dict[str, Any] = {
    "filing": {
        "group_code": PARENT,
        "group_name": "某集团",
        "year": 2024,
        "reference_date": "2024-02-29",
        "unit": "万元",
    },
    "entities": [
        {"code": PARENT, "name": "某集团", "level": 1, "consolidated": True},
        {
            "code": CHILD,
            "name": "某子企业",
            "level": 2,
            "key_subsidiary": False,
            "consolidated": True,
            "going_concern": True,
            "solvent": True,
        },
    ],
    "holdings": [{"holder_code": PARENT, "investee_code": CHILD, "ratio": "1"}],
    "financials": [{"code": PARENT, "year": 2023, "consolidated_net_assets": "1000", "net_assets": "5000"}],
    "plans": [
        {
            "id": "P1",
            "year": 2024,
            "kind": "annual",
            "submitted_on": "2024-02-20",
            "narrative_attached": True,
        }
    ],
    "guarantees": [
        {
            "id": "G1",
            "guarantor_code": PARENT,
            "beneficiary_code": CHILD,
            "debt_id": "D1",
            "amount": "400",
            "balance": "400",
            "debt_balance": "400",
            "licensed_business": False,
            "signed_on": "2024-01-10",
            "board_resolution_on": "2024-01-05",
        }
    ],
    "debts": [
        {
            "id": "D1",
            "borrower_code": CHILD,
            "balance": "400",
            "for_government": False,
            "repayment_source": "operations",
        }
    ],
}


def with_cells(**cells: Any) -> dict[str, Any]:
    """The clean filing with other cells, named as `guarantees__balance`, in a table's first row."""
    changed = deepcopy(CLEAN)
    for place, value in cells.items():
        table, _, field = place.partition("__")
        changed[table][0][field] = value
    return changed


BREACH = {
    "prohibition": with_cells(debts__for_government=True),
    "mandatory": with_cells(plans__submitted_on="2024-03-01"),
    "principle": with_cells(
        guarantees__balance="400.01", guarantees__amount="400.01", guarantees__debt_balance="400.01"
    ),
    "data": with_cells(holdings__ratio="1.2", holdings__voting_ratio="1"),
    "advisory": with_cells(guarantees__amount="399.99"),
}
"""A filing for each severity whose worst breach has it."""

UNKNOWN = with_cells(guarantees__board_resolution_on=None)
INCOMPLETE = {**CLEAN, "debts": [*CLEAN["debts"], {"id": "D2", "lender": "某银行"}]}


def written(path: Path, document: object) -> Path:
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path

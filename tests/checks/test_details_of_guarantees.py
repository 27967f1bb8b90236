"""What findings about guarantees show where the rules' own examples have nothing of the kind."""

import pytest

from tests.checks.changed import Case
from tests.checks.shown import Shown

PASS: Shown = {"outcome": "pass", "missing": [], "reasons": []}

SUMS = (
    Case(
        "debts of two beneficiaries are two, though of one number",
        "xingan-2023/GUA105",
        put={
            "guarantees/0/debt_id": "D1",
            "guarantees/0/form": "抵押",
            "guarantees/1/debt_id": "D1",
            "guarantees/1/form": "保证",
        },
        shows={"P": PASS | {"measured": "value=5000..5000 limit=5000..5000 unit=万元"}},
    ),
    Case(
        "two debts of one beneficiary in two forms",
        "xingan-2023/GUA105",
        put={
            "guarantees/0/debt_id": "D1",
            "guarantees/0/form": "抵押",
            "guarantees/1/debt_id": "D2",
            "guarantees/1/beneficiary_code": "A",
            "guarantees/1/form": "保证",
        },
        shows={"P": PASS | {"measured": "value=5000..5000 limit=5000..5000 unit=万元"}},
    ),
    Case(
        "two forms, of no debt that is stated",
        "xingan-2023/GUA105",
        put={
            "guarantees/0/form": "抵押",
            "guarantees/1/beneficiary_code": "A",
            "guarantees/1/form": "保证",
        },
        shows={"P": PASS | {"measured": "value=5000..5000 limit=5000..5000 unit=万元"}},
    ),
    Case(
        "two forms, of no debt that is stated, beside a debt that bears the number of the first guarantee",
        "xingan-2023/GUA105",
        put={
            "guarantees": [
                {
                    "id": "G1",
                    "guarantor_code": "P",
                    "beneficiary_code": "A",
                    "debt_id": "G1",
                    "balance": 1000,
                },
                {
                    "id": "G2",
                    "guarantor_code": "P",
                    "beneficiary_code": "A",
                    "debt_id": "G1",
                    "balance": 1000,
                },
                {"id": "G3", "guarantor_code": "P", "beneficiary_code": "A", "form": "抵押", "balance": 1000},
                {"id": "G4", "guarantor_code": "P", "beneficiary_code": "A", "form": "保证", "balance": 1000},
            ]
        },
        shows={"P": PASS | {"measured": "value=4000..4000 limit=5000..5000 unit=万元"}},
    ),
    Case(
        "two debts, each secured twice: 1000 or 1800, and 600 or 1100",
        "xingan-2023/GUA105",
        put={
            "guarantees": [
                {
                    "id": number,
                    "guarantor_code": "P",
                    "beneficiary_code": "A",
                    "debt_id": debt,
                    "form": form,
                    "balance": balance,
                }
                for number, debt, form, balance in (
                    ("G1", "D1", "抵押", 1000),
                    ("G2", "D2", "抵押", 600),
                    ("G3", "D1", "保证", 800),
                    ("G4", "D2", "保证", 500),
                )
            ]
        },
        shows={
            "P": {
                "outcome": "pass",
                "measured": "value=1600..2900 limit=5000..5000 unit=万元",
                "reasons": ["SECURED_TWICE G1、G2、G3、G4"],
            }
        },
    ),
    Case(
        "of statements that need not be audited only the amount",
        "xingan-2023/GUA105",
        put={"financials/0/audited": True},
        shows={
            "P": {
                "cells": [
                    "guarantees G1 balance=3000 at /guarantees/0/balance",
                    "guarantees G2 balance=2000 at /guarantees/1/balance",
                    "financials P:2023 net_assets=10000 at /financials/0/net_assets",
                    "entities P consolidated=True at /entities/0/consolidated",
                ]
            }
        },
    ),
    Case(
        "blanks on both sides",
        "xingan-2023/GUA105",
        put={"guarantees/1/balance": None, "financials/0/net_assets": None},
        shows={"P": {"outcome": "unknown", "missing": ["guarantees.balance", "financials.net_assets"]}},
    ),
)

RELATIONS = (
    Case(
        "a firm that controls the guarantor, and may be a member itself, may stand above it or be a sibling",
        "xingan-2023/GUA102",
        put={
            "entities/2/consolidated": None,
            "holdings": [
                {"holder_code": "P", "investee_code": "A", "ratio": 0.4},
                {"holder_code": "P", "investee_code": "B"},
                {"holder_code": "B", "investee_code": "A", "ratio": 0.6},
            ],
            "guarantees/0/guarantor_code": "A",
            "guarantees/0/beneficiary_code": "B",
        },
        shows={
            "G1": {
                "outcome": "unknown",
                "missing": ["entities.consolidated", "holdings.ratio"],
                "reasons": ["RELATION_UNKNOWN 子公司甲 子公司乙"],
            }
        },
    ),
    Case(
        "a subsidiary needs no approval, so none is missing",
        "central-guarantee-2021/GUA109",
        put={"guarantees/0/guarantor_code": "P", "guarantees/0/group_approved_on": None},
        shows={"G1": PASS},
    ),
    Case(
        "for the parent, by a firm that may be mistyped: what is open decides nothing",
        "xingan-2023/GUA101",
        put={"guarantees/0/guarantor_code": "M1", "guarantees/0/beneficiary_code": "P"},
        shows={"G1": PASS},
    ),
    Case(
        "a firm outside that holds a part of the guarantor, and of which the group holds a part, is a participation",
        "xingan-2023/GUA102",
        interpret={"siblings": "ban"},
        put={
            "entities": [
                {"code": "P", "consolidated": True},
                {"code": "A", "consolidated": True},
                {"code": "J", "consolidated": False},
            ],
            "holdings": [
                {"holder_code": "P", "investee_code": "A", "ratio": 0.9},
                {"holder_code": "P", "investee_code": "J", "ratio": 0.3},
                {"holder_code": "J", "investee_code": "A", "ratio": 0.1},
            ],
            "guarantees/0/guarantor_code": "A",
            "guarantees/0/beneficiary_code": "J",
        },
        shows={
            "G1": PASS
            | {
                "facts": [
                    "balance: 100.00万元",
                    "beneficiary: J",
                    "guarantor: A",
                    "relation: 集团参股的企业",
                ]
            }
        },
    ),
)

VIABILITY = (
    Case(
        "all that speaks against a beneficiary",
        "xingan-2023/GUA106",
        put={
            "entities/1/going_concern": False,
            "entities/1/solvent": False,
            "financials/0/net_assets": -1,
        },
        shows={
            "B": {
                "outcome": "fail",
                "facts": [
                    "why: “是否具备持续经营能力”填报为否，“是否具备偿债能力”填报为否，2023年末净资产为负"
                ],
            }
        },
    ),
    Case(
        "statements of earlier years, that of the last year lacking",
        "xingan-2023/GUA106",
        drop=["financials/0", "financials/2"],
        shows={
            "B": {
                "outcome": "pass",
                "cells": [
                    "entities B going_concern=True at /entities/1/going_concern",
                    "entities B solvent=True at /entities/1/solvent",
                    "financials B:2022 net_assets=600 at /financials/0/net_assets",
                    "financials B:2022 net_profit=-30 at /financials/0/net_profit",
                    "financials B:2022 operating_cash_flow=-40 at /financials/0/operating_cash_flow",
                    "guarantees G1 balance=100 at /guarantees/0/balance",
                    "entities P consolidated=True at /entities/0/consolidated",
                ],
            }
        },
    ),
    Case(
        "of a beneficiary that is not listed no cell of another firm",
        "central-guarantee-2021/GUA112",
        put={"entities/0/financial": False},
        drop=["entities/1"],
        shows={
            "G1": {
                "outcome": "unknown",
                "missing": ["entities.financial"],
                "cells": [
                    "guarantees G1 beneficiary_code=F at /guarantees/0/beneficiary_code",
                    "guarantees G1 balance=100 at /guarantees/0/balance",
                    "guarantees G1 group_approved_on=2024-03-16 at /guarantees/0/group_approved_on",
                    "guarantees G1 signed_on=2024-03-15 at /guarantees/0/signed_on",
                    "entities P consolidated=True at /entities/0/consolidated",
                ],
            }
        },
    ),
    Case(
        "approved in time, by a guarantor that may be mistyped",
        "central-guarantee-2021/GUA112",
        put={"guarantees/0/guarantor_code": "M1", "guarantees/0/group_approved_on": "2024-03-15"},
        shows={"G1": PASS},
    ),
    Case(
        "within the part of its assets, for a guarantor that may be mistyped",
        "guangzhou-guarantee-2016/GUA115",
        put={"guarantees/0/guarantor_code": "M1"},
        shows={"B": PASS},
    ),
    Case(
        "what is open hangs on a blank alone, one guarantee certainly counting",
        "guangzhou-guarantee-2016/GUA115",
        put={"financials/0/total_liabilities": None},
        add={"guarantees": [{"id": "G2", "guarantor_code": "M1", "beneficiary_code": "B", "balance": 5}]},
        shows={"B": {"outcome": "unknown", "missing": ["financials.total_liabilities"], "reasons": []}},
    ),
)


@pytest.mark.parametrize("case", [*SUMS, *RELATIONS, *VIABILITY], ids=lambda case: case.name)
def test_a_finding_shows(case: Case) -> None:
    assert case.found == case.shows

"""The group's share where members of the group are not certain, worked out by hand."""

from typing import Any

import pytest

from tests.checks.changed import Case

P = {"code": "P", "consolidated": True, "name": "集团本部"}


def member(code: str, *, consolidated: bool | None) -> dict[str, Any]:
    return {"code": code, "name": code, "consolidated": consolidated}


def stake(
    holder: str, investee: str, ratio: float | None, voting_ratio: float | None = None
) -> dict[str, Any]:
    return {"holder_code": holder, "investee_code": investee, "ratio": ratio, "voting_ratio": voting_ratio}


def case(
    name: str,
    entities: list[dict[str, Any]],
    holdings: list[dict[str, Any]],
    balance: int,
    value: str,
    limit: str,
) -> Case:
    """A guarantee of the parent for J, which owes 10000."""
    return Case(
        name,
        "xingan-2023/GUA103",
        put={
            "entities": [P, *entities, member("J", consolidated=False)],
            "holdings": holdings,
            "guarantees/0/guarantor_code": "P",
            "guarantees/0/balance": balance,
        },
        shows={"J/D1": {"outcome": "unknown", "measured": f"value={value} limit={limit} unit=万元"}},
    )


CASES = (
    case(
        "A is a member whose 30% count in full, or the parent has nothing of it, and is not related to J",
        [member("A", consolidated=None)],
        [stake("P", "A", None), stake("Q", "A", 0.4), stake("A", "J", 0.3)],
        2500,
        "0..2500",
        "0..3000",
    ),
    case(
        # of A, which has been given away 1.7 times, D has most of the votes; D is a member or not
        "of the half that A holds 1.7 times as much is the group's, or A is a member and it is the half",
        [member("B", consolidated=True), member("D", consolidated=None), member("A", consolidated=None)],
        [
            stake("P", "B", 1),
            stake("P", "D", None),
            stake("P", "A", 0.9, 0.2),
            stake("B", "A", 0.8, 0.2),
            stake("D", "A", 0.1, 0.6),
            stake("A", "J", 0.5),
        ],
        6000,
        "6000..6000",
        "5000..8500",
    ),
    case(
        # round the ring of A and B a stake goes on without end, unless A is a member, where chains begin
        "a sum without an end, or A is a member and holds the half",
        [
            member("A", consolidated=None),
            member("B", consolidated=False),
            member("D", consolidated=None),
        ],
        [
            stake("P", "D", None),
            stake("D", "A", 0.1, 0.6),
            stake("P", "A", 0.5, 0.1),
            stake("A", "B", 1),
            stake("B", "A", 1, 0),
            stake("A", "J", 0.5),
        ],
        2500,
        "2500..2500",
        "0..5000",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_share_is_a_range(case: Case) -> None:
    assert case.found == case.shows

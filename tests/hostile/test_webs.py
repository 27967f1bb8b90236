"""Holdings made to take forever: judged in seconds, or cut with a word about it."""

import json
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.hostile.process import MOST_BYTES, check, run

Stake = tuple[str, str, float]


def _line(firms: int) -> list[Stake]:
    return [("P", "F0", 0.6), *((f"F{n}", f"F{n + 1}", 0.6) for n in range(firms - 1))]


def _ladder(rungs: int) -> list[Stake]:
    """Two firms a rung, each held by both of the rung above: the chains down double with each rung."""
    across = product(range(rungs - 1), (0, 1), (0, 1))
    steps = [(f"F{2 * r + a}", f"F{2 * r + 2 + b}", 0.4999 if a == b else 0.4998) for r, a, b in across]
    return [("P", "F0", 0.3), ("P", "F1", 0.3), *steps]


def _tangle(firms: int, holders: int) -> list[Stake]:
    """All firms reach each other."""
    random, most = Random(3), 9000 // (holders + 1)
    found = [("P", "F0", 0.05)]
    for firm in range(firms):
        above = {(firm - 1) % firms, *random.sample(range(firms), holders)} - {firm}
        found += [(f"F{h}", f"F{firm}", random.randint(1, most) / 10_000) for h in sorted(above)]
    return found


def _crowd(firms: int) -> list[Stake]:
    """All firms hold each other: one ring, of which a finding names every stake."""
    return [
        ("P", "F0", 0.05),
        *((f"F{a}", f"F{b}", 0.004) for a, b in product(range(firms), repeat=2) if a != b),
    ]


def _filing(stakes: list[Stake], guarantees: int, *, members: bool) -> dict[str, Any]:
    random = Random(9)
    firms = sorted({firm for holder, investee, _ in stakes for firm in (holder, investee)} - {"P"})
    flags = {} if members else {"consolidated": False}
    return {
        "filing": {
            "group_code": "P",
            "group_name": "甲集团",
            "year": 2024,
            "reference_date": "2024-03-31",
            "unit": "万元",
        },
        "entities": [{"code": "P", "name": "甲"}, *({"code": f, "name": f, **flags} for f in firms)],
        "holdings": [{"holder_code": h, "investee_code": i, "ratio": r} for h, i, r in stakes],
        "guarantees": [
            {
                "id": f"G{number}",
                "guarantor_code": random.choice(["P", random.choice(firms)]),
                "beneficiary_code": random.choice(firms),
                "balance": random.randint(100, 900),
                "debt_balance": 1000,
                **({} if number % 5 else {"creditor": "B"}),
                **({"debt_id": f"D{number}"} if number % 3 else {}),
            }
            for number in range(guarantees)
        ],
    }


WEBS = {
    "line": _filing(_line(4000), 500, members=False),
    "ladder": _filing(_ladder(600), 500, members=False),
    "tangle": _filing(_tangle(600, 4), 600, members=False),
    "crowd": _filing(_crowd(210), 300, members=False),
}


@pytest.mark.parametrize("name", WEBS)
def test_a_web_is_judged(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps(WEBS[name]), encoding="utf-8")
    ran = check(folder)
    assert (ran.status, ran.err) == (1, "")
    assert ran.peak < MOST_BYTES
    assert ran.report["filings"][0]["status"] == "checked"
    shares = [f for f in ran.report["findings"] if f["rule"] == "GUA103"]
    assert shares
    assert all(len(json.dumps(finding)) < 20_000 for finding in shares)


@pytest.mark.parametrize("command", ["graph", "headroom"])
def test_other_commands_end_too(command: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps(WEBS["ladder"]), encoding="utf-8")
    output = ["-o", "out.svg"] if command == "graph" else ["--format", "json"]
    ran = run(command, "a.json", *output, "--as-of", "2024-04-15", cwd=folder)
    assert (ran.status, ran.err) == (0, "")
    assert ran.peak < MOST_BYTES

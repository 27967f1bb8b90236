"""Inputs made wrong at random, so many of each kind; `make fuzz` runs on for as long as it is told."""

import random

import pytest

from tools.fuzz.running import Fuzzer
from tools.fuzz.targets import BY_NAME

INPUTS = {
    "cell-text": 4_000,
    "json-byte": 3_600,
    "json": 3_000,
    "jsonl": 1_000,
    "json-cell": 1_000,
    "csv-byte": 1_500,
    "csv-keys-byte": 1_500,
    "csv-gb18030-byte": 1_500,
    "csv": 2_000,
    "csv-cell": 800,
    "random-filing": 300,
    "workbook": 2_100,
    "workbook-cell": 400,
    "yaml": 3_600,
    "ruleset": 300,
}
PIECES = 4
JUDGED = 0.06


def test_the_number_of_inputs() -> None:
    assert INPUTS.keys() == BY_NAME.keys()
    files = sum(count for name, count in INPUTS.items() if name != "cell-text")
    assert files >= 20_000
    assert sum(count for name, count in INPUTS.items() if name.startswith("workbook")) >= 2_000


@pytest.mark.parametrize("piece", range(PIECES))
@pytest.mark.parametrize("name", INPUTS)
def test_nothing_breaks(name: str, piece: int) -> None:
    with Fuzzer(judged=JUDGED) as fuzzer:
        tally = fuzzer.run(BY_NAME[name], random.Random(f"{name} {piece}"), INPUTS[name] // PIECES)
    assert tally.runs == INPUTS[name] // PIECES
    assert not tally.finds, f"{len(tally.finds)} finds, the first:\n{tally.finds[0].trace}"

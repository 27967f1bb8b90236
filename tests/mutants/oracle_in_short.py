"""A few random filings, judged by the engine and by the oracle; `tests/test_oracle.py` has many."""

import random

import pytest

from tests.judging import judged
from tests.oracle.random_filings import random_filing
from tests.oracle.reference import outcomes

ALONE = 5


@pytest.mark.parametrize("seed", range(6))
def test_engine_and_oracle_agree_on_a_few(seed: int) -> None:
    rng = random.Random(f"in short {seed}")
    for _ in range(ALONE):
        document, as_of, readings = random_filing(rng)
        assert judged([document], as_of, readings) == [outcomes(document, as_of, readings)]

"""What is shown of a filing is the same whatever other filings it is checked with."""

import random

import pytest

from tests.judging import checked, filing_of, ruleset_with
from tests.oracle.random_filings import random_filing

TOGETHER = 6


@pytest.mark.parametrize("seed", range(2))
def test_a_filing_in_a_batch_shows_what_it_shows_alone(seed: int) -> None:
    rng = random.Random(f"together {seed}")
    drawn = [random_filing(rng) for _ in range(TOGETHER)]
    filings = [filing_of(document, f"{place}") for place, (document, _, _) in enumerate(drawn)]
    _, as_of, readings = drawn[0]
    ruleset = ruleset_with(readings)
    alone = [found for filing in filings for found in checked([filing], as_of, ruleset)]
    assert checked(filings, as_of, ruleset) == alone

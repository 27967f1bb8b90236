"""The engine against the oracle, a second implementation of the rules, on random filings."""

import random
from collections.abc import Mapping
from datetime import date

import pytest

from tests.judging import Document, Verdict, checked, filing_of, judged, ruleset_with, verdicts
from tests.oracle import reference
from tests.oracle.random_filings import random_filing

ALONE, TOGETHER = 40, 24


def expected(document: Document, as_of: date, readings: Mapping[str, str]) -> set[Verdict]:
    """What the oracle says, of the rules and under the readings that the ruleset has."""
    ruleset = ruleset_with(readings)
    chosen = {key: option for key, option in readings.items() if key in ruleset.interpretations}
    outcomes = reference.outcomes(document, as_of, chosen)
    return {verdict for verdict in outcomes if verdict[0] in ruleset.rules}


@pytest.mark.parametrize("seed", range(15))
def test_engine_and_oracle_agree(seed: int) -> None:
    rng = random.Random(f"alone {seed}")
    for _ in range(ALONE):
        document, as_of, readings = random_filing(rng)
        assert judged(document, as_of, readings) == expected(document, as_of, readings), (as_of, readings)


@pytest.mark.parametrize("seed", range(10))
def test_a_filing_in_a_batch_is_judged_as_alone(seed: int) -> None:
    rng = random.Random(f"together {seed}")
    drawn = [random_filing(rng) for _ in range(TOGETHER)]
    _, as_of, readings = drawn[0]
    filings = [filing_of(document, f"{place}") for place, (document, _, _) in enumerate(drawn)]
    batch = checked(filings, as_of, ruleset_with(readings))
    for (document, _, _), result in zip(drawn, batch, strict=True):
        together = verdicts(result)
        assert together == judged(document, as_of, readings)
        assert together == expected(document, as_of, readings), (as_of, readings)


@pytest.mark.parametrize("seed", range(3))
def test_splitting_a_batch_changes_nothing(seed: int) -> None:
    rng = random.Random(f"split {seed}")
    filings = [filing_of(random_filing(rng)[0], f"{place}") for place in range(TOGETHER)]
    ruleset, as_of, cut = ruleset_with({}), date(2024, 10, 8), rng.randrange(1, TOGETHER)
    parts = [*checked(filings[:cut], as_of, ruleset), *checked(filings[cut:], as_of, ruleset)]
    assert checked(filings, as_of, ruleset) == parts


def test_random_filings_reach_every_rule() -> None:
    rng = random.Random("reach")
    reached: set[str] = set()
    for _ in range(150):
        document, as_of, readings = random_filing(rng)
        reached |= {rule for rule, _, _ in reference.outcomes(document, as_of, readings)}
    assert reached >= set(ruleset_with({}).rules)

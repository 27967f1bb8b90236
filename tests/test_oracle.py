"""The engine against the oracle, a second implementation of the rules, on random filings."""

import random
from datetime import date

import pytest

from tests.judging import checked, filing_of, judged, ruleset_with
from tests.oracle.random_filings import random_filing
from tests.oracle.reference import outcomes

ALONE, TOGETHER = 40, 24


@pytest.mark.parametrize("seed", range(15))
def test_engine_and_oracle_agree(seed: int) -> None:
    rng = random.Random(f"alone {seed}")
    for _ in range(ALONE):
        document, as_of, readings = random_filing(rng)
        assert judged([document], as_of, readings) == [outcomes(document, as_of, readings)], (as_of, readings)


@pytest.mark.parametrize("seed", range(10))
def test_a_filing_in_a_batch_is_judged_as_alone(seed: int) -> None:
    rng = random.Random(f"together {seed}")
    drawn = [random_filing(rng) for _ in range(TOGETHER)]
    documents = [document for document, _, _ in drawn]
    _, as_of, readings = drawn[0]
    together = judged(documents, as_of, readings)
    assert together == [judged([document], as_of, readings)[0] for document in documents]
    assert together == [outcomes(document, as_of, readings) for document in documents], (as_of, readings)


@pytest.mark.parametrize("seed", range(3))
def test_splitting_a_batch_changes_nothing(seed: int) -> None:
    rng = random.Random(f"split {seed}")
    filings = [filing_of(random_filing(rng)[0], f"{place}") for place in range(TOGETHER)]
    ruleset, as_of, cut = ruleset_with({}), date(2024, 10, 8), rng.randrange(1, TOGETHER)
    parts = [*checked(filings[:cut], as_of, ruleset), *checked(filings[cut:], as_of, ruleset)]
    assert checked(filings, as_of, ruleset) == parts


def test_random_filings_reach_every_outcome_of_every_rule() -> None:
    rng = random.Random("reach")
    reached: dict[str, set[str]] = {}
    for _ in range(800):
        document, as_of, readings = random_filing(rng)
        for code, _, outcome in outcomes(document, as_of, readings):
            reached.setdefault(code, set()).add(outcome)
    for code, law in ruleset_with({}).rules.items():
        assert reached[code] >= {outcome.key for outcome in law.check.outcomes()}, code

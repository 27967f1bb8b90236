"""Which readings a verdict hangs on, against the oracle asked once for each other reading."""

import random
from datetime import date

import pytest

from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.workdays import official_calendar
from soe_compliance.engine import Alternative, Options, evaluate
from tests.judging import Document, filing_of, ruleset_with
from tests.oracle.random_filings import random_filing
from tests.oracle.reference import outcomes

FILINGS = 15


def verdicts(document: Document, as_of: date, readings: dict[str, str]) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for rule, subject, outcome in outcomes(document, as_of, readings):
        found.setdefault((rule, subject), set()).add(outcome)
    return found


@pytest.mark.parametrize("seed", range(4))
def test_a_verdict_names_the_readings_that_change_it(seed: int) -> None:
    rng = random.Random(f"sensitive {seed}")
    for _ in range(FILINGS):
        document, as_of, readings = random_filing(rng)
        ruleset = ruleset_with(readings)
        others = tuple(
            Alternative(key, ruleset_with({**ruleset.readings, key: option}))
            for key, interpretation in ruleset.interpretations.items()
            for option in interpretation.others(ruleset.readings[key])
        )
        base = verdicts(document, as_of, ruleset.readings)
        hangs_on: dict[tuple[str, str], set[str]] = {}
        for other in others:
            changed = verdicts(document, as_of, other.ruleset.readings)
            for subject in base:
                if base[subject] != changed.get(subject):
                    hangs_on.setdefault(subject, set()).add(other.key)
        options = Options(as_of, tuple(ruleset.rules), frozenset(Outcome), others)
        [checked] = evaluate([filing_of(document)], ruleset, official_calendar(), options)
        for finding in checked.findings:
            expected = hangs_on.get((finding.rule, finding.subject.id), set())
            assert set(finding.sensitive_to) == expected, (finding.rule, finding.subject.id)

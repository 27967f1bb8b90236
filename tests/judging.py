"""What the engine says of documents: (rule, subject id, outcome), as the oracle gives it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, TypeAlias

from soe_compliance.checks.situation import Situation
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.workdays import official_calendar
from soe_compliance.engine import Checked, Options, evaluate
from soe_compliance.filings.batch import batch_of
from soe_compliance.filings.filing import Filing
from soe_compliance.filings.reading import read_document
from soe_compliance.law.loading import load_ruleset
from soe_compliance.law.model import Ruleset

Document: TypeAlias = dict[str, Any]
Verdict: TypeAlias = tuple[str, str, str]


def ruleset_with(readings: Mapping[str, str]) -> Ruleset:
    """The ruleset under these readings."""
    return _ruleset(tuple(sorted(readings.items())))


@cache
def _ruleset(readings: tuple[tuple[str, str], ...]) -> Ruleset:
    return load_ruleset(readings=dict(readings))


def filing_of(document: Document, name: str = "filing") -> Filing:
    """The filing of a document that can be read."""
    [filing] = read_document(document, f"{name}.json", f"sha256:{name}")
    assert isinstance(filing, Filing), filing
    return filing


def situation_of(document: Document, as_of: date) -> Situation:
    """What the checks are given of one document."""
    return Situation(batch_of([filing_of(document)]), ruleset_with({}), as_of, official_calendar())


def checked(filings: Sequence[Filing], as_of: date, ruleset: Ruleset) -> list[Checked]:
    """Every rule of the ruleset on every filing, with every outcome listed."""
    options = Options(as_of, tuple(sorted(ruleset.rules)), frozenset(Outcome))
    return evaluate(filings, ruleset, official_calendar(), options)


def verdicts(result: Checked) -> set[Verdict]:
    """The outcomes of one filing; each subject has one, and all are counted."""
    found = [(f.rule, f.subject.id, f.outcome.key) for f in result.findings]
    assert len({(rule, subject) for rule, subject, _ in found}) == len(found)
    assert Counter(f.outcome for f in result.findings) == Counter(result.result.outcomes)
    return set(found)


def judged(
    documents: Sequence[Document], as_of: date, readings: Mapping[str, str] | None = None
) -> list[set[Verdict]]:
    """The outcomes of each document, all in one batch."""
    filings = [filing_of(document, f"{place}") for place, document in enumerate(documents)]
    return [verdicts(result) for result in checked(filings, as_of, ruleset_with(readings or {}))]

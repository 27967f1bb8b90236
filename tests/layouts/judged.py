"""What a file comes to: its verdicts with their exact numbers, and the problems of its cells."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from soe_compliance.domain.exact import Interval
from soe_compliance.domain.finding import Measured, MeasuredAmount
from soe_compliance.engine import Checked
from soe_compliance.filings.filing import FEN_PER_UNIT, Filing
from soe_compliance.filings.units import unit_named
from tests.judging import checked, ruleset_with

_OF_THE_LAYOUT = frozenset(
    {
        "formulas-not-told",
        "column-unknown",
        "key-unknown",
        "rows-hidden",
        "columns-hidden",
        "rows-beyond-notes",
        "row-of-day",
    }
)
"""Notices on columns and rows that JSON does not have."""


@dataclass(frozen=True)
class Judgement:
    """What a filing comes to, however it is laid out: money in fen."""

    verdicts: Mapping[tuple[str, str], tuple[str, object, frozenset[str]]]
    problems: Mapping[tuple[str, str | None, str | None], int]


def judgements(filings: Sequence[Filing], as_of: date, readings: Mapping[str, str]) -> list[Judgement]:
    return [_judgement(result) for result in checked(filings, as_of, ruleset_with(readings))]


def _judgement(result: Checked) -> Judgement:
    verdicts = {
        (finding.rule, finding.subject.id): (
            finding.outcome.key,
            _in_fen(finding.details.measured),
            frozenset(finding.details.missing),
        )
        for finding in result.findings
    }
    problems = Counter(
        (problem.code, problem.table, problem.field)
        for problem in result.result.problems
        if problem.code not in _OF_THE_LAYOUT
    )
    return Judgement(verdicts, problems)


def _in_fen(measured: Measured | None) -> object:
    if not isinstance(measured, MeasuredAmount):
        return measured
    unit = unit_named(measured.unit)
    assert unit
    fen = FEN_PER_UNIT[unit]
    return _scaled(measured.value, fen), _scaled(measured.limit, fen)


def _scaled(interval: Interval, fen: int) -> tuple[Fraction, Fraction | None]:
    return interval.low * fen, None if interval.high is None else interval.high * fen

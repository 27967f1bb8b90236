"""The filer's own explanations (审核说明): shown beside the finding that they answer, and changing no outcome.

A row names a finding by its fingerprint in an earlier report. What may be explained is a finding of a principle or an
advisory rule, and one that is pending. An explanation that states the compared value that it speaks of lapses when the
filing shows another.
"""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from unicodedata import normalize

from msgspec.structs import replace

from soe_compliance.checks.situation import Situation, day
from soe_compliance.domain.amounts import plain
from soe_compliance.domain.finding import (
    Details,
    Explanation,
    Finding,
    MeasuredAmount,
    MeasuredCount,
    MeasuredDay,
)
from soe_compliance.domain.outcomes import Outcome, Severity
from soe_compliance.domain.text import Text
from soe_compliance.filings.bad_cells import shown
from soe_compliance.filings.problems import Problem, problem
from soe_compliance.filings.values import BadCell, day_of

_TABLE = "explanations"
_EXPLAINABLE = frozenset({Severity.PRINCIPLE, Severity.ADVISORY})


class Explanations:
    """The explanations of a batch, found by filing and fingerprint."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self._rows: dict[tuple[int, str], list[int]] = {}
        self._problems: dict[int, list[Problem]] = {}
        table = situation.table(_TABLE)
        for row in range(len(table)):
            mark = situation.batch.text(_TABLE, row, "fingerprint").lower()
            self._rows.setdefault((int(table.filing[row]), mark), []).append(row)
        self._unanswered = set(self._rows)

    def explained(self, filing: int, finding: Finding) -> Finding:
        """The finding with its explanation, where it has one that holds."""
        key = filing, finding.fingerprint
        if key not in self._rows or finding.outcome in (Outcome.PASS, Outcome.NOT_APPLICABLE):
            return finding
        self._unanswered.discard(key)
        if finding.outcome is not Outcome.PENDING and finding.severity not in _EXPLAINABLE:
            severity = finding.severity.label
            self._report(
                filing, self._rows[key], "explanation-not-allowed", rule=finding.rule, severity=severity
            )
            return finding
        holding = [row for row in self._rows[key] if self._speaks_of(row, finding.details)]
        lapsed = [row for row in self._rows[key] if row not in holding]
        now = shown(compared_value(finding.details)) or Text("未填", "not stated")
        self._report(filing, lapsed, "explanation-lapsed", "measured", rule=finding.rule, now=now)
        return replace(finding, explanation=self._explanation(holding[-1])) if holding else finding

    def problems(self, *, every_rule: bool) -> dict[int, list[Problem]]:
        """What is to be said of explanations without effect, by filing.

        Args:
            every_rule: whether all rules were evaluated; only then does an explanation that met no finding answer none.
        """
        for key in sorted(self._unanswered if every_rule else ()):
            self._report(key[0], self._rows[key], "explanation-unmatched")
        return self._problems

    def _report(
        self, filing: int, rows: Sequence[int], code: str, field: str = "fingerprint", **values: object
    ) -> None:
        batch = self.situation.batch
        for row in rows:
            written = shown(batch.cell(_TABLE, row, field))
            place = batch.place(_TABLE, row, field)
            said = problem(code, table=_TABLE, field=field, location=place, written=written, **values)
            self._problems.setdefault(filing, []).append(said)

    def _speaks_of(self, row: int, details: Details) -> bool:
        written = self.situation.batch.cell(_TABLE, row, "measured")
        return written is None or not str(written).strip() or states(written, details)

    def _explanation(self, row: int) -> Explanation:
        on = self.situation.table(_TABLE).columns["written_on"]
        return Explanation(
            text=self._written(row, "text") or "",
            by=self._written(row, "by"),
            written_on=day(on.values[row]) if on.stated[row] else None,
        )

    def _written(self, row: int, field: str) -> str | None:
        cell = self.situation.batch.cell(_TABLE, row, field)
        return None if cell is None else str(cell).strip() or None


def compared_value(details: Details) -> str:
    """The value that a finding compared, as reports print it: an amount, a day, a count, else its only cell."""
    match details.measured:
        case MeasuredAmount(value, _, _):
            return plain(value.low)
        case MeasuredDay(stated, _, _, _):
            return stated.isoformat() if stated else ""
        case MeasuredCount(value, _):
            return str(value)
        case None:
            return details.evidence[0].value if len(details.evidence) == 1 else ""


def states(written: object, details: Details) -> bool:
    """Whether a cell states the value that a finding compared, however days and numbers are written."""
    now = compared_value(details)
    if isinstance(details.measured, MeasuredDay):
        return _day(written) == _day(now)
    unit = details.measured.unit if isinstance(details.measured, MeasuredAmount) else ""
    one, other = (_bare(str(value)).removesuffix(unit) for value in (written, now))
    numbers = _number(one), _number(other)
    return numbers[0] == numbers[1] if None not in numbers else one == other


def _day(written: object) -> int | None:
    """The day as an ordinal; -1 for what is none."""
    try:
        return day_of(written)
    except BadCell:
        return -1


def _bare(text: str) -> str:
    return "".join(normalize("NFKC", text).replace(",", "").split())


def _number(text: str) -> Fraction | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return Fraction(number) if number.is_finite() and -40 < number.adjusted() < 40 else None

"""How a verdict comes about, step by step: cells, their sum, the limit's formula with its numbers, the margin; or the day
it was due with how it is counted, and the days between.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from msgspec import Struct

from soe_compliance.domain.amounts import grouped, percent_in_words, plain
from soe_compliance.domain.exact import Interval
from soe_compliance.domain.text import Language, Text, days_in_words
from soe_compliance.filings.tables import TABLES
from soe_compliance.filings.values import BadCell, day_of
from soe_compliance.law.kinds import Attached, FollowUp, WorkingDays
from soe_compliance.law.model import Rule, Ruleset
from soe_compliance.report.document import (
    AmountDocument,
    CountDocument,
    DayDocument,
    EvidenceDocument,
    FindingDocument,
)
from soe_compliance.report.due_days import written_due
from soe_compliance.report.numbers import amounts, days
from soe_compliance.report.proof import Formula, Proof, Sum, proof_of
from soe_compliance.report.safe import visible

STEP_LABELS = {
    "value": Text("实际值", "Value"),
    "limit": Text("限额", "Limit"),
    "due": Text("到期", "Due"),
    "compared": Text("对照日", "Compared with"),
    "margin": Text("比较", "Margin"),
}
"""What the steps are called, by their keys."""

_LONGEST = 72

_BY_RULE = Text("{value}（按规则由所列单元格得出）", "{value} (from these cells, as the rule counts)")
_TERMS_MORE = Text("…（共{n}项）", "... ({n} in all)")
_NOT_POSITIVE = Text(
    "{place} {field} {base}不为正数，限额为{limit}", "{place} {field} {base} is not positive: {limit}"
)
_TIMES = Text("{place} {field} {base} × {factor} = {limit}", "{place} {field} {base} × {factor} = {limit}")
_WORKS_OUT = Text(
    "{place} {field} {base} × {factor} = {limit}（比例由限额折算）",
    "{place} {field} {base} × {factor} = {limit} (the part follows from the limit)",
)
_ITSELF = Text("{place} {field} {limit}", "{place} {field} {limit}")
_OVER = Text("{value} > {limit}，超出{margin}", "{value} > {limit}: {margin} too much")
_EQUAL = Text("{value} = {limit}，恰好相等", "{value} = {limit}: equal")
_UNDER = Text("{value} < {limit}，尚余{margin}", "{value} < {limit}: {margin} left")
_OPEN = Text("{value}；限额{limit}：不能确定", "{value}; limit {limit}: not certain")
_WITHIN = Text(
    "{start}次日起{n}个工作日（中止期间不计），即{due}",
    "{n} working days from the day after {start} (pauses left out): {due}",
)
_MOVED = Text("{written}为休息日，顺延至{due}", "{written} is a day off, so it moves to {due}")
_MONTHS = Text("{start}起满{n}个月，即{due}", "{n} months from {start}: {due}")
_LATE = Text("{day}晚于{due}，{apart}", "{day} is {apart} after {due}")
_EARLY = Text("{day}早于{due}，{apart}", "{day} is {apart} before {due}")
_SAME_DAY = Text("{day}与{due}为同一天", "{day} is the day itself")
_THE_SAME = Text("{day}与{due}为同一天", "{day} is the same day")
_OF_FIELD = Text("{day}（{field}）", "{day} ({field})")
_ORDER = {
    "pass": Text("{compared}：先后顺序符合要求", "{compared}: in order"),
    "pending": Text("{compared}：先后顺序符合要求", "{compared}: in order"),
    "fail": Text("{compared}：先后顺序不符合要求", "{compared}: in the wrong order"),
    "waived": Text("{compared}：先后顺序不符合要求", "{compared}: in the wrong order"),
}
"""What the order of two days comes to, by the outcome; of others nothing is said."""
_OVERDUE = Text("截至{as_of}未填日期，已超期{apart}", "no date by {as_of}: {apart} late")
_AHEAD = Text("截至{as_of}未填日期，距到期还有{apart}", "no date by {as_of}: {apart} left")
_NO_DAY = Text("截至{as_of}未填日期", "no date by {as_of}")
_UNATTACHED_OVERDUE = Text("截至{as_of}已超期{apart}", "{apart} late by {as_of}")
_UNATTACHED_AHEAD = Text("截至{as_of}距到期还有{apart}", "{apart} left at {as_of}")
_COUNT = Text("{value}次；限{limit}次", "{value}; at most {limit}")


class Case(Struct, frozen=True):
    """A finding with what its steps are made from; no ruleset where the report's is not at hand."""

    finding: FindingDocument
    as_of: date
    ruleset: Ruleset | None
    language: Language

    @property
    def rule(self) -> Rule | None:
        return self.ruleset.rules.get(self.finding.rule) if self.ruleset else None

    def say(self, text: Text, **values: object) -> str:
        return text.format(**values).in_(self.language)

    def field(self, cell: EvidenceDocument) -> str:
        form = TABLES.get(cell.table)
        known = form.fields.get(cell.field) if form else None
        return known.header if known and self.language == "zh" else visible(cell.field)


def different_cells(evidence: Sequence[EvidenceDocument]) -> list[EvidenceDocument]:
    """The cells, each place once."""
    return list({cell.location: cell for cell in evidence}.values())


def steps(case: Case, shown: int) -> Iterator[tuple[str, str]]:
    """Each step by its key in `STEP_LABELS`; of a sum so many terms are shown."""
    measured = case.finding.measured
    match measured:
        case AmountDocument():
            proof = proof_of(measured, case.finding.evidence, case.rule, case.ruleset)
            yield "value", _value(case, proof, measured.unit, shown)
            yield "limit", _limit(case, proof, measured.unit)
            yield "margin", _margin(case, proof, measured.unit)
        case DayDocument() if measured.date and case.rule and case.rule.check.compares_days:
            yield "compared", _of_field(case, measured.due)
            yield "margin", _ordered(case, measured.date, measured.due)
        case DayDocument():
            yield "due", _due(case, measured)
            if margin := _days(case, measured):
                yield "margin", margin
        case CountDocument():
            yield "value", case.say(_COUNT, value=measured.value, limit=measured.limit)
            yield "margin", _counted(case, Fraction(measured.value), Fraction(measured.limit))


# amounts


def _value(case: Case, proof: Proof, unit: str, shown: int) -> str:
    total = amounts(proof.value, unit, case.language)
    if proof.sum is None:
        return case.say(_BY_RULE, value=total) if case.finding.evidence else total
    return _equation(case, proof.sum, unit, shown)


def _equation(case: Case, found: Sum, unit: str, shown: int) -> str:
    terms = [_plain(term) for term in found.terms]
    written = " + ".join(terms[:shown])
    if len(terms) > shown:
        written += " + " + case.say(_TERMS_MORE, n=len(terms))
    total = _amount(found.total, unit, case.language)
    if found.unit != unit:
        own = _amount(sum(found.terms, Fraction(0)), found.unit, case.language)
        return f"{written} = {own} = {total}" if len(terms) > 1 else f"{own} = {total}"
    return f"{written} = {total}" if len(terms) > 1 else total


def _limit(case: Case, proof: Proof, unit: str) -> str:
    if proof.formula is None:
        return amounts(proof.limit, unit, case.language)
    return _formula(case, proof.formula, unit)


def _formula(case: Case, formula: Formula, unit: str) -> str:
    base, factor = formula.base, formula.factor
    [cell], [term] = base.cells, base.terms
    text = _ITSELF if factor is None else _TIMES if formula.by_rule else _WORKS_OUT
    if factor is not None and term <= 0:
        text = _NOT_POSITIVE
    return case.say(
        text,
        place=shortened(cell.location),
        field=case.field(cell),
        base=_amount(term, base.unit, case.language),
        factor="" if factor is None else _part(factor, case.language),
        limit=_amount(formula.limit, unit, case.language),
    )


def _margin(case: Case, proof: Proof, unit: str) -> str:
    value, limit = proof.value, proof.limit
    shown = {"value": amounts(value, unit, case.language), "limit": amounts(limit, unit, case.language)}
    if limit.high is not None and value.low > limit.high:
        return case.say(_OVER, **shown, margin=_amount(value.low - limit.high, unit, case.language))
    if value.high is not None and value.high < limit.low:
        return case.say(_UNDER, **shown, margin=_amount(limit.low - value.high, unit, case.language))
    return case.say(_EQUAL if value == limit and value.is_point else _OPEN, **shown)


def _amount(number: Fraction, unit: str, language: Language) -> str:
    return amounts(Interval(number, number), unit, language)


def _plain(number: Fraction) -> str:
    return grouped(number).zh


def _part(factor: Fraction, language: Language) -> str:
    """A factor as a percentage where that comes out, else as a fraction."""
    percent = percent_in_words(Interval(factor, factor)).in_(language)
    decimals = plain(factor * 100, 0).partition(".")[2]
    return percent if len(decimals) <= 6 else str(factor)


# days and counts


def _due(case: Case, measured: DayDocument) -> str:
    due = days(date.fromisoformat(measured.due), _latest(measured), case.language)
    check = case.rule.check if case.rule else None
    start = _start(case.finding.evidence, measured)
    if start and isinstance(check, WorkingDays):
        return case.say(_WITHIN, start=start, n=check.within, due=due)
    if start and isinstance(check, FollowUp):
        return case.say(_MONTHS, start=start, n=check.months, due=due)
    written = _moved_from(case, measured)
    return case.say(_MOVED, written=written, due=due) if written else due


def _moved_from(case: Case, measured: DayDocument) -> date | None:
    """The day off from which a due day moved, where it did."""
    due = date.fromisoformat(measured.due)
    if case.rule is None or case.ruleset is None or _latest(measured) != due:
        return None
    written = written_due(due, case.rule, case.ruleset)
    return None if written == due else written


def _latest(measured: DayDocument) -> date:
    return date.fromisoformat(measured.due_high or measured.due)


def _start(evidence: Sequence[EvidenceDocument], measured: DayDocument) -> str | None:
    """The one day among the cells that is not the measured one."""
    found = {day for cell in evidence if (day := _day(cell)) and day.isoformat() != measured.date}
    return found.pop().isoformat() if len(found) == 1 else None


def _day(cell: EvidenceDocument) -> date | None:
    try:
        ordinal = day_of(cell.value)
    except BadCell:
        return None
    return None if ordinal is None else date.fromordinal(ordinal)


def _days(case: Case, measured: DayDocument) -> str:
    due, latest = date.fromisoformat(measured.due), _latest(measured)
    if measured.date is None:
        return _undated(case, due, measured.days_late)
    day = date.fromisoformat(measured.date)
    shown = {"day": day, "due": days(due, latest, case.language)}
    if day > latest:
        return case.say(_LATE, **shown, apart=days_in_words(measured.days_late or (day - latest).days))
    if day < due:
        return case.say(_EARLY, **shown, apart=days_in_words((due - day).days))
    return case.say(_SAME_DAY if due == latest else _OPEN, **shown, value=day, limit=shown["due"])


def _ordered(case: Case, day: str, other: str) -> str:
    """A day and the one that it is compared with: how they lie, and whether that is their order."""
    apart = (date.fromisoformat(day) - date.fromisoformat(other)).days
    text = _LATE if apart > 0 else _EARLY if apart < 0 else _THE_SAME
    compared = case.say(text, day=_of_field(case, day), due=other, apart=days_in_words(abs(apart)))
    order = _ORDER.get(case.finding.outcome)
    return case.say(order, compared=compared) if order else compared


def _of_field(case: Case, day: str) -> str:
    """A day with the field that holds it, where that is a single one of the cells."""
    fields = {
        case.field(cell)
        for cell in case.finding.evidence
        if (found := _day(cell)) and found.isoformat() == day
    }
    return case.say(_OF_FIELD, day=day, field=fields.pop()) if len(fields) == 1 else day


def _undated(case: Case, due: date, days_late: int | None) -> str:
    """How late or early it is; nothing is said of a date where the form has none, only whether it is attached."""
    as_of = case.as_of
    overdue, ahead, neither = _OVERDUE, _AHEAD, case.say(_NO_DAY, as_of=as_of)
    if case.rule and isinstance(case.rule.check, Attached):
        if case.finding.outcome == "pass":
            return ""
        overdue, ahead, neither = _UNATTACHED_OVERDUE, _UNATTACHED_AHEAD, ""
    if days_late is not None:
        return case.say(overdue, as_of=as_of, apart=days_in_words(days_late))
    return case.say(ahead, as_of=as_of, apart=days_in_words((due - as_of).days)) if due >= as_of else neither


def _counted(case: Case, value: Fraction, limit: Fraction) -> str:
    shown = {"value": str(value), "limit": str(limit), "margin": str(abs(value - limit))}
    return case.say(_OVER if value > limit else _UNDER if value < limit else _EQUAL, **shown)


def shortened(text: str) -> str:
    """A text of a filer, at most so long that a line holds it."""
    shown = visible(text)
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"

"""How a finding's numbers come about: which cells make up the value, and by which factor the limit follows from its base.

All of it is worked out again, exactly, from a report as it was written; what does not come out to the fen is not said.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from msgspec import Struct
from pydantic import BaseModel

from soe_compliance.domain.amounts import plain
from soe_compliance.domain.exact import Interval
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.filing import FEN_PER_UNIT
from soe_compliance.filings.tables import TABLES
from soe_compliance.filings.values import BadCell, money_of
from soe_compliance.law.model import Rule, Ruleset
from soe_compliance.report.document import AmountDocument, EvidenceDocument

_FEN = {unit.value: fen for unit, fen in FEN_PER_UNIT.items()}


class Sum(Struct, frozen=True):
    """Cells of one column, and what they come to.

    Attributes:
        cells: each once, in the report's order.
        terms: their numbers as filed.
        unit: the unit in which these are.
        total: what they come to, in the report's unit.
    """

    cells: tuple[EvidenceDocument, ...]
    terms: tuple[Fraction, ...]
    unit: str
    total: Fraction

    @property
    def place(self) -> tuple[str, str]:
        return self.cells[0].table, self.cells[0].field


class Formula(Struct, frozen=True):
    """A limit: the base times a factor (none where it is the base itself), 0 where the base is not positive.

    `by_rule` says whether the factor is the rule's own, or what base and limit come to.
    """

    base: Sum
    factor: Fraction | None
    by_rule: bool
    limit: Fraction


class Proof(Struct, frozen=True):
    """What an amount rests on, as far as it comes out exactly."""

    value: Interval
    limit: Interval
    sum: Sum | None
    formula: Formula | None


def proof_of(
    measured: AmountDocument,
    evidence: Sequence[EvidenceDocument],
    rule: Rule | None = None,
    ruleset: Ruleset | None = None,
) -> Proof:
    """What an amount rests on.

    Args:
        rule, ruleset: as they were when the report was made, where they still are at hand.
    """
    value, limit = intervals(measured)
    columns = _columns(evidence)
    total = next(_sums(columns, value, measured.unit), None) if value.is_point else None
    others = [column for column in columns if total is None or column != total.cells]
    factors = _factors(rule, ruleset) if rule and ruleset else []
    formula = _formula(others, limit.low, measured.unit, factors) if limit.is_point else None
    return Proof(value, limit, total, formula)


def intervals(measured: AmountDocument) -> tuple[Interval, Interval]:
    """The value and its limit as exact numbers."""
    exact = None if measured.exact is None else Fraction(measured.exact)

    def number(text: str) -> Fraction:
        return exact if exact is not None and plain(exact) == text else Fraction(text)

    def interval(low: str, high: str | None, key: str) -> Interval:
        least = number(low)
        if key not in measured.model_fields_set:
            return Interval(least, least)
        return Interval(least, None if high is None else number(high))

    return (
        interval(measured.value, measured.value_high, "value_high"),
        interval(measured.limit, measured.limit_high, "limit_high"),
    )


def _columns(evidence: Sequence[EvidenceDocument]) -> list[tuple[EvidenceDocument, ...]]:
    """The cells that hold amounts, by table and field, each cell once."""
    found: dict[tuple[str, str], dict[str, EvidenceDocument]] = {}
    for cell in evidence:
        if _number(cell) is not None:
            found.setdefault((cell.table, cell.field), {})[cell.location] = cell
    return [tuple(cells.values()) for cells in found.values()]


def _number(cell: EvidenceDocument, unit: str = "") -> Fraction | None:
    """The amount of a cell in a unit; a cell that states its own is converted, where the unit is known."""
    form = TABLES.get(cell.table)
    field = form.fields.get(cell.field) if form else None
    if field is None or field.type is not FieldType.MONEY:
        return None
    try:
        amount = money_of(cell.value)
    except BadCell:
        return None
    if amount is None:
        return None
    number, own = Fraction(amount.number), amount.fen
    return number if own is None or unit not in _FEN else number * own / _FEN[unit]


def _sum(cells: Sequence[EvidenceDocument], unit: str, scale: Fraction) -> Sum:
    terms = tuple(_number(cell, unit) or Fraction(0) for cell in cells)
    return Sum(tuple(cells), terms, unit, sum(terms, Fraction(0)) * scale)


def _scales(unit: str) -> Iterator[tuple[str, Fraction]]:
    """The units that a column may be in, the report's first, with what 1 of them is in it."""
    yield unit, Fraction(1)
    own = _FEN.get(unit)
    for other, fen in _FEN.items():
        if own and other != unit:
            yield other, Fraction(fen, own)


def _sums(columns: Sequence[tuple[EvidenceDocument, ...]], value: Interval, unit: str) -> Iterator[Sum]:
    """The columns that come to the value, in whatever unit they are."""
    for cells in columns:
        for name, scale in _scales(unit):
            found = _sum(cells, name, scale)
            if found.total == value.low:
                yield found
                break


def _formula(
    columns: Sequence[tuple[EvidenceDocument, ...]], limit: Fraction, unit: str, factors: Sequence[Fraction]
) -> Formula | None:
    """The first of these that comes to the limit: the rule's factor of a base, the base itself, some factor of it."""
    bases = [
        _sum(cells[:1], name, scale)
        for cells in columns
        if len({_number(cell, unit) for cell in cells}) == 1
        for name, scale in _scales(unit)
    ]
    for base in bases:
        for factor in factors:
            if max(base.total, Fraction(0)) * factor == limit:
                return Formula(base, factor, True, limit)
    for base in bases:
        if base.total == limit:
            return Formula(base, None, True, limit)
    in_unit = [base for base in bases if base.unit == unit and base.total > 0]
    return Formula(in_unit[0], limit / in_unit[0].total, False, limit) if in_unit and limit else None


def _factors(rule: Rule, ruleset: Ruleset) -> list[Fraction]:
    """The fractions that a rule's check names, itself or through the categories of projects that it asks for."""
    categories = [ruleset.terms.categories[name] for name in rule.check.category_names()]
    return [factor for part in (rule.check, *categories) for factor in _fractions(part)]


def _fractions(part: object) -> Iterator[Fraction]:
    if isinstance(part, Fraction):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _fractions(getattr(part, name))

"""A legal number stands once: move it by a step where it stands, and some example of the rules breaks.

A number that could be moved unnoticed would be one that stands a second time in the program, or one whose
boundary no example shows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, TypeAlias

import pytest
from pydantic import BaseModel

from soe_compliance.authoring.examples import disagreements_of
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.law.loading import ruleset_ids
from soe_compliance.law.model import QUARTERLY, DueDate, Rule, Ruleset
from tests.authoring.shipped import ShippedRule, resolved, shipped_rules

Path: TypeAlias = tuple[str | int, ...]
Number: TypeAlias = Fraction | int | date | DueDate

_DAY = timedelta(days=1)
_OF_AN_AMOUNT = Fraction(1, 10**9)  # of 100,000,000 yuan ten fen
_STEPS = {
    "votes_above": Fraction(1, 10**4),  # shares are printed to 0.01%
    "at_most": Fraction(1, 10**4),
    "rounding": Fraction(1, 10**6),
}
_OF_ACCEPTANCES = (date(1999, 1, 1), date(2023, 4, 4))
"""Where `older_before` begins to tell: it stands for what the calendar does not cover, and within it the 20th working
day decides; so it is moved to before any calendar, and to after the first acceptance that is judged."""

_FROM_A_DAY_ON = {
    "xingan-2023": {
        *("INV103", "INV105", "INV201", "INV202", "INV203", "INV204", "INV206", "INV207"),
        *("GUA101", "GUA102", "GUA103", "GUA107", "GUA109"),
    }
}
"""The rules that spare what lies before the regulation, by a day that may be any. (Due dates, ends of quarters and the
20th working day, by which others spare it, never lie next to the regulation's first day.) For rulesets that are not
named here one rule has to feel the move, if any has an example of what is older."""


@dataclass(frozen=True)
class Move:
    """One legal number of a ruleset, and what it is moved to."""

    ruleset: str
    path: Path
    number: Number
    to: Number

    def made(self, ruleset: Ruleset) -> Ruleset:
        """The ruleset with the number moved; as it is where a reading puts another number there."""
        moved: Ruleset = _replaced(ruleset, self.path, self.number, self.to)
        return moved

    @property
    def name(self) -> str:
        return f"{'.'.join(map(str, self.path))} {_text(self.number)} to {_text(self.to)}"


def _text(number: Number) -> str:
    if isinstance(number, DueDate):
        return f"{number.month}-{number.day}"
    return f"{float(number):.10g}" if isinstance(number, Fraction) else str(number)


def _replaced(node: Any, path: Path, old: Number, new: Number) -> Any:
    if not path:
        return new if node == old else node
    key, *rest = path
    if isinstance(node, BaseModel):
        name = str(key)
        return node.model_copy(update={name: _replaced(getattr(node, name), tuple(rest), old, new)})
    if isinstance(node, dict):
        return {**node, key: _replaced(node[key], tuple(rest), old, new)}
    return [_replaced(child, tuple(rest), old, new) if n == key else child for n, child in enumerate(node)]


def _numbers(node: Any, path: Path) -> Iterator[tuple[Path, Number]]:
    """Every number in a part of a ruleset, with the path to it."""
    if isinstance(node, bool):
        return
    if isinstance(node, (Fraction, int, date, DueDate)):
        yield path, node
    elif isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from _numbers(getattr(node, name), (*path, name))
    elif isinstance(node, dict):
        for key, child in node.items():
            yield from _numbers(child, (*path, key))
    elif isinstance(node, list):
        for place, child in enumerate(node):
            yield from _numbers(child, (*path, place))


def _legal_numbers(ruleset: Ruleset) -> Iterator[tuple[Path, Number]]:
    """The numbers that decide verdicts; the trial's end only makes a notice."""
    yield ("force", "from_"), ruleset.force.from_
    yield from _numbers(ruleset.terms, ("terms",))
    for code, rule in ruleset.rules.items():
        yield from _numbers(rule.check, ("rules", code, "check"))


def _moved(path: Path, number: Number) -> tuple[Number, Number]:
    """The number a step lower and a step higher."""
    match number:
        case DueDate():
            return _day_before(number), _day_after(number)
        case date():
            return _OF_ACCEPTANCES if path[-1] == "older_before" else (number - _DAY, number + _DAY)
        case Fraction():
            step = _STEPS.get(str(path[-1]), _OF_AN_AMOUNT)
            return number - step, number + step
        case _:
            return number - 1, number + 1


def _day_before(due: DueDate) -> DueDate:
    """For the last of February the 28th, which is earlier in leap years."""
    if due.day != "last":
        return _due_on(date(2023, due.month, due.day) - _DAY)
    return _due_on(date(2024, due.month % 12 + 1, 1) - 2 * _DAY)


def _day_after(due: DueDate) -> DueDate:
    if due.day != "last":
        return _due_on(date(2023, due.month, due.day) + _DAY)
    return DueDate(month=due.month % 12 + 1, day=1)


def _due_on(day: date) -> DueDate:
    return DueDate(month=day.month, day=day.day)


def _moves() -> Iterator[Move]:
    """Both ways of each number that a rule of its ruleset leans on."""
    for name in ruleset_ids():
        for path, number in _legal_numbers(resolved(name, {})):
            for to in _moved(path, number):
                move = Move(name, path, number, to)
                if _leaning_on(move):
                    yield move


def _leaning_on(move: Move) -> list[ShippedRule]:
    """The rules of the ruleset itself that may feel the move."""
    rules = [shipped for shipped in shipped_rules() if shipped.ruleset == move.ruleset]
    match move.path:
        case ("rules", code, *_):
            return [shipped for shipped in rules if shipped.rule.id == code]
        case ("terms", *names):
            term = ".".join(map(str, names))
            return [shipped for shipped in rules if any(term.startswith(own) for own in _terms(shipped.rule))]
        case _:
            return [shipped for shipped in rules if _spares_what_is_older(shipped)]


def _spares_what_is_older(shipped: ShippedRule) -> bool:
    if shipped.ruleset in _FROM_A_DAY_ON:
        return shipped.rule.id in _FROM_A_DAY_ON[shipped.ruleset]
    examples = shipped.examples.examples.examples if shipped.examples else []
    return any(Outcome.NOT_APPLICABLE.key in example.expect.values() for example in examples)


def _each_feels(move: Move) -> bool:
    """Whether every rule that leans on the number draws a line at it, not only one of them."""
    match move.path:
        case ("terms", name, *_):
            return name in ("deadlines", "due_dates", "categories")
        case ("force", _):
            return move.ruleset in _FROM_A_DAY_ON
        case _:
            return True


def _terms(rule: Rule) -> Iterator[str]:
    yield from rule.check.terms()
    due = getattr(rule.check, "due", None)
    if due is not None and due != QUARTERLY:
        yield f"due_dates.{due}"
    if rule.check.category_names():
        yield "tiered"


def _breaks(shipped: ShippedRule, move: Move) -> bool:
    examples = shipped.examples
    if examples is None:
        return False

    def ruleset_with(readings: Mapping[str, str]) -> Ruleset:
        return move.made(resolved(move.ruleset, readings))

    numbers = range(len(examples.examples.examples))
    return any(True for number in numbers for _ in disagreements_of(examples, number, ruleset_with))


@pytest.mark.parametrize("move", list(_moves()), ids=lambda move: f"{move.ruleset} {move.name}")
def test_a_moved_number_breaks_an_example(move: Move) -> None:
    leaning = _leaning_on(move)
    if _each_feels(move):
        assert [shipped.rule.id for shipped in leaning if not _breaks(shipped, move)] == []
    else:
        assert any(_breaks(shipped, move) for shipped in leaning)


def test_a_move_changes_its_number_alone() -> None:
    for move in _moves():
        before = resolved(move.ruleset, {})
        pairs = zip(_legal_numbers(before), _legal_numbers(move.made(before)), strict=True)
        assert [path for (path, old), (_, new) in pairs if old != new] == [move.path]

"""A rule's own examples: small filings, each with every outcome that the rule gives it.

They stand beside the rule in `CODE.examples.yaml`: a base filing, and examples that change it in a place or two.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeAlias, get_args

from msgspec import Struct
from pydantic import BeforeValidator, Field

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.finding import Finding
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Language, Text
from soe_compliance.domain.workdays import Calendar, official_calendar
from soe_compliance.engine import Options, evaluate
from soe_compliance.filings.filing import Unreadable
from soe_compliance.filings.problems import Problem
from soe_compliance.filings.reading import read_document
from soe_compliance.law.documents import Document, load
from soe_compliance.law.kinds import Strict
from soe_compliance.law.loading import EXAMPLES, load_ruleset, rule_folder, ruleset_path
from soe_compliance.law.model import Rule, Ruleset
from soe_compliance.law.refusals import WrongValue
from soe_compliance.law.validation import validated
from soe_compliance.law.values import Day, Whole

_MAY_BE_MEANT = frozenset({"row-unusable", "no-data-rows", "exception-unmatched"})
"""What may be wrong with an example on purpose: a row that lacks what it needs, no rows, an exception for another."""

RulesetWith: TypeAlias = Callable[[Mapping[str, str]], Ruleset]
"""The ruleset under these readings."""


def _outcome_key(value: object) -> object:
    keys = [outcome.key for outcome in Outcome]
    if value not in keys:
        raise WrongValue(
            Text(
                f"没有结论“{value}”；应为{'、'.join(keys)}之一",
                f"“{value}” is no outcome; use one of {', '.join(keys)}",
            )
        )
    return value


OutcomeKey: TypeAlias = Annotated[str, BeforeValidator(_outcome_key)]


class Example(Strict):
    """One example.

    Attributes:
        name: what it shows.
        calendar_until: the last year of the official calendar that it knows, for what is shown of years beyond; so
            that a new year's notice does not change the example.
        put: places in the base and what stands there instead, such as `guarantees/0/balance: 5000.01`; null is blank.
        drop: places that are taken out, such as `plans` (the table is lacking) or `plans/1` (one row less).
        add: rows put at the end of tables.
        expect: every outcome that the rule gives, by subject.
        measured: numbers and days that the finding of a subject compares, as in a report.
    """

    name: str
    as_of: Day | None = None
    calendar_until: Whole | None = None
    interpret: dict[str, str] = {}
    put: dict[str, Any] = {}
    drop: list[str] = []
    add: dict[str, list[dict[str, Any]]] = {}
    expect: dict[str, OutcomeKey]
    measured: dict[str, dict[str, str]] = {}


class Examples(Strict):
    """The examples of a rule, and the filing that they start from."""

    as_of: Day
    base: dict[str, Any]
    examples: list[Example] = Field(min_length=1)


class RuleExamples(Struct, frozen=True):
    """A rule with its examples, the file they stand in, and the id or path of the ruleset that they are for."""

    ruleset: str
    rule: Rule
    document: Document
    examples: Examples

    def place(self, number: int) -> str:
        return self.document.place(("examples", number))


def examples_path(ruleset: str, code: str) -> Path:
    """Where a rule's examples are: beside the rule, in the ruleset that it was written for."""
    return rule_folder(ruleset, code) / f"{code}{EXAMPLES}"


def load_examples(ruleset: str, rule: Rule) -> RuleExamples:
    """The examples of a rule; of an inherited one those of the ruleset that it was written for.

    Raises:
        UserError: it has none, or they are not of the form; with file and line.
    """
    document = load(examples_path(ruleset, rule.id))
    examples = validated(Examples, document, document.data)
    folder = rule_folder(ruleset, rule.id)
    home = ruleset if folder == ruleset_path(ruleset) else str(folder)
    return RuleExamples(home, rule, document, examples)


def filing_of(examples: Examples, example: Example) -> dict[str, Any]:
    """The filing of an example: the base with its changes."""
    filing = deepcopy(examples.base)
    for place in sorted(example.drop, key=_in_order, reverse=True):
        parent, key = _parent(filing, place)
        del parent[key]
    for place, value in example.put.items():
        parent, key = _parent(filing, place)
        parent[key] = value
    for table, rows in example.add.items():
        filing.setdefault(table, []).extend(deepcopy(rows))
    return filing


def _in_order(place: str) -> list[str]:
    """A key by which the later of two rows comes last."""
    return [part.zfill(9) for part in place.split("/")]


def _parent(filing: dict[str, Any], place: str) -> tuple[Any, Any]:
    *path, last = place.split("/")
    node: Any = filing
    for part in path:
        node = node[int(part)] if isinstance(node, list) else node.setdefault(part, {})
    return node, int(last) if isinstance(node, list) else last


def outcomes_of(
    examples: RuleExamples, example: Example, ruleset_with: RulesetWith | None = None
) -> list[Finding]:
    """What the rule says of an example's filing.

    Args:
        ruleset_with: the ruleset under the readings of an example, where it is not the one that was loaded.

    Raises:
        UserError: the example changes a place that is not there, the filing can't be read as it is meant, or a text of
            the rule names what a finding does not give.
    """
    ruleset = (
        ruleset_with(example.interpret) if ruleset_with else load_ruleset(examples.ruleset, example.interpret)
    )
    try:
        document = filing_of(examples.examples, example)
    except (AttributeError, LookupError, TypeError, ValueError):
        raise UserError(
            Text(
                f"示例“{example.name}”改动的位置不存在",
                f'the example "{example.name}" changes a place that is not there',
            ),
        ) from None
    [filing] = read_document(document, "example.json", "")
    if isinstance(filing, Unreadable):
        raise UserError(filing.problems[0].text)
    options = Options(example.as_of or examples.examples.as_of, (examples.rule.id,), tuple(Outcome))
    [checked] = evaluate([filing], ruleset, _calendar(example.calendar_until), options)
    _is_read_as_meant(checked.result.problems)
    _can_be_said(checked.findings, ruleset)
    return list(checked.findings)


def _is_read_as_meant(problems: Iterable[Problem]) -> None:
    for problem in problems:
        if problem.code not in _MAY_BE_MEANT:
            said = problem.text
            raise UserError(Text(f"{problem.location}：{said.zh}", f"{problem.location}: {said.en}"))


def _can_be_said(findings: Iterable[Finding], ruleset: Ruleset) -> None:
    """The rule's texts name nothing but what its findings give, in either language."""
    from soe_compliance.report.wording import message, remedy

    for finding in findings:
        for language in get_args(Language):
            message(finding, ruleset, language)
            remedy(finding, ruleset, language)


def _calendar(until: int | None) -> Calendar:
    calendar = official_calendar()
    if until is None or until >= calendar.last_year:
        return calendar
    days = calendar.days[calendar.days <= date(until, 12, 31).toordinal()]
    return Calendar(days, calendar.first_year, until)


class Disagreement(Struct, frozen=True):
    """An example that does not come out as it says."""

    place: str
    name: str
    expected: dict[str, str]
    found: dict[str, str]


def disagreements(examples: RuleExamples, ruleset_with: RulesetWith | None = None) -> Iterator[Disagreement]:
    """The examples of a rule that don't come out as they say; `ruleset_with` as in `outcomes_of`."""
    for number in range(len(examples.examples.examples)):
        yield from disagreements_of(examples, number, ruleset_with)


def disagreements_of(
    examples: RuleExamples, number: int, ruleset_with: RulesetWith | None = None
) -> Iterator[Disagreement]:
    """Where one example does not come out as it says, in its outcomes or in what they compare."""
    example = examples.examples.examples[number]
    try:
        findings = outcomes_of(examples, example, ruleset_with)
    except UserError as error:
        raise UserError(
            error.what, place=error.place or examples.place(number), remedy=error.remedy
        ) from None
    found = {finding.subject.id: finding.outcome.key for finding in findings}
    if found != example.expect or len(found) != len(findings):
        yield Disagreement(examples.place(number), example.name, example.expect, found)
        return
    shown = {finding.subject.id: measured_texts(finding) for finding in findings}
    for subject, wanted in example.measured.items():
        if not wanted.items() <= shown.get(subject, {}).items():
            yield Disagreement(examples.place(number), example.name, wanted, shown.get(subject, {}))


def measured_texts(finding: Finding) -> dict[str, str]:
    """What a finding compares, as a report writes it."""
    from soe_compliance.report.document import measured_document

    measured = measured_document(finding.details.measured)
    if measured is None:
        return {}
    return {key: str(value) for key, value in measured.model_dump(exclude_none=True).items()}


def uncovered_outcomes(examples: RuleExamples) -> list[Outcome]:
    """The outcomes that the rule can reach and no example shows."""
    shown = {outcome for example in examples.examples.examples for outcome in example.expect.values()}
    return [outcome for outcome in examples.rule.check.outcomes() if outcome.key not in shown]

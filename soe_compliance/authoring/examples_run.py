"""A ruleset's own examples run, and what did not come out as it says."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from soe_compliance.authoring.examples import (
    RuleExamples,
    RulesetWith,
    disagreements,
    examples_path,
    load_examples,
    uncovered_outcomes,
)
from soe_compliance.domain.text import Text
from soe_compliance.law.loading import load_ruleset
from soe_compliance.law.model import Ruleset


class ExamplesRun(Struct, frozen=True):
    """What the examples of a ruleset's own rules came to.

    Attributes:
        rules, examples: how many were run; rules of a ruleset that this one extends are tested there.
        wrong: what did not come out as it says, with its place.
    """

    ruleset: Ruleset
    rules: int
    examples: int
    wrong: tuple[Text, ...]


def run_examples(ruleset: str) -> ExamplesRun:
    """Run the examples of a ruleset, named by its id or folder.

    Raises:
        UserError: the ruleset or its examples can't be loaded.
    """
    loaded = load_ruleset(ruleset)
    own = [rule for code, rule in loaded.rules.items() if loaded.defined_in[code] == loaded.id]
    examples = [load_examples(ruleset, rule) for rule in own if examples_path(ruleset, rule.id).is_file()]
    without = {rule.id for rule in own} - {of_rule.rule.id for of_rule in examples}
    homes = {of_rule.ruleset: _loaded_once(of_rule.ruleset) for of_rule in examples}
    wrong = [told for of_rule in examples for told in _wrong(of_rule, homes[of_rule.ruleset])]
    wrong += [
        Text(f"{path}: {code} 没有示例文件", f"{path}: {code} has no file of examples")
        for code in sorted(without)
        for path in [examples_path(ruleset, code)]
    ]
    return ExamplesRun(
        loaded, len(own), sum(len(of_rule.examples.examples) for of_rule in examples), tuple(wrong)
    )


def _wrong(examples: RuleExamples, ruleset_with: RulesetWith) -> Iterator[Text]:
    for found in disagreements(examples, ruleset_with):
        about = f"{found.place}: {examples.rule.id} {found.name}"
        expected, came_to = _said(found.expected), _said(found.found)
        yield Text(
            f"{about}\n  应为 {expected}\n  实为 {came_to}",
            f"{about}\n  expected {expected}\n  found {came_to}",
        )
    for outcome in uncovered_outcomes(examples):
        place = f"{examples.document.path}: {examples.rule.id}"
        yield Text(f"{place} 没有结论为{outcome.key}的示例", f"{place} no example of {outcome.key}")


def _said(entries: Mapping[str, str]) -> str:
    """What stands in `expect` or `measured`, as it is written there."""
    return f"{{{', '.join(f'{key}: {value}' for key, value in entries.items())}}}"


def _loaded_once(ruleset: str) -> RulesetWith:
    """The ruleset under any readings, each loaded once: hundreds of examples share a few."""
    under: dict[tuple[tuple[str, str], ...], Ruleset] = {}

    def with_readings(readings: Mapping[str, str]) -> Ruleset:
        key = tuple(sorted(readings.items()))
        if key not in under:
            under[key] = load_ruleset(ruleset, readings)
        return under[key]

    return with_readings

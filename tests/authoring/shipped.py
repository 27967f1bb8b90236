"""The rules of the shipped rulesets, with the examples that stand beside them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from soe_compliance.authoring.examples import RuleExamples, examples_path, load_examples
from soe_compliance.law.loading import load_ruleset, ruleset_ids
from soe_compliance.law.model import Rule, Ruleset


@dataclass(frozen=True)
class ShippedRule:
    """A rule of a shipped ruleset; `examples` are None where it has no file of them."""

    ruleset: str
    rule: Rule
    examples: RuleExamples | None

    @property
    def readings(self) -> tuple[str, ...]:
        return resolved(self.ruleset, {}).readings_of[self.rule.id]


def resolved(ruleset: str, readings: Mapping[str, str]) -> Ruleset:
    """A ruleset under these readings, loaded once."""
    return _resolved(ruleset, frozenset(readings.items()))


@lru_cache(maxsize=256)
def _resolved(ruleset: str, readings: frozenset[tuple[str, str]]) -> Ruleset:
    return load_ruleset(ruleset, dict(readings))


@lru_cache(maxsize=1)
def shipped_rules() -> tuple[ShippedRule, ...]:
    """Those that each ruleset defines itself; what it takes over from another is shown there."""
    return tuple(
        ShippedRule(name, rule, load_examples(name, rule) if examples_path(name, code).is_file() else None)
        for name in ruleset_ids()
        for code, rule in resolved(name, {}).rules.items()
        if resolved(name, {}).defined_in[code] == name
    )


def examples_of_rules() -> list[RuleExamples]:
    """Of every rule that has a file of them."""
    return [shipped.examples for shipped in shipped_rules() if shipped.examples is not None]

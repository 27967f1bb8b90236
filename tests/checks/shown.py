"""What findings show beside their outcome, as data: the cells, blanks, facts, cures, and the shared reasons by name.

`shown.json` holds it of the rules' own examples, for one finding of each shape that a rule gives under each reading. Write it anew
with python -m tests.checks.shown, and read what has changed.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import asdict

from soe_compliance.authoring.examples import Example, RuleExamples, outcomes_of
from soe_compliance.domain import reasons
from soe_compliance.domain.exact import Interval
from soe_compliance.domain.finding import Finding, Stated
from soe_compliance.domain.text import Text
from tests.authoring.shipped import examples_of_rules, resolved

SHOWN = Path(__file__).with_name("shown.json")

Shown: TypeAlias = dict[str, str | list[str]]

_TEMPLATES = {
    name: re.compile(re.sub(r"\\\{\w+\\\}", "(.*?)", re.escape(text.zh)))
    for name, text in vars(reasons).items()
    if isinstance(text, Text)
}
_FIGURE = re.compile(r"[0-9A-Za-z][0-9A-Za-z,.%/-]*")


def shown(finding: Finding) -> Shown:
    """A finding as texts, without what is empty."""
    details = finding.details
    found = {
        "outcome": finding.outcome.key,
        "subject": _plain(details.subject),
        "measured": _plain(details.measured),
        "missing": list(details.missing),
        "cells": [f"{c.table} {c.id} {c.field}={c.value} at {c.location}" for c in details.evidence],
        "reasons": [_reason(text) for text in details.reasons],
        "facts": [f"{key}: {_fact(value)}" for key, value in sorted(details.facts.items())],
        "cure": _plain(details.cure),
        "waiver": _plain(finding.waiver),
    }
    return {key: value for key, value in found.items() if value not in (None, [])}


def _plain(value: Any) -> str | None:
    """A value as a text; a record as its parts, None as nothing."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Interval):
        return f"{value.low}..{'' if value.high is None else value.high}"
    if isinstance(value, Stated):
        return _plain(value.value)
    if isinstance(value, Struct):
        parts = {name: _plain(part) for name, part in asdict(value).items()}
        return " ".join(f"{name}={part}" for name, part in parts.items() if part is not None)
    return str(value)


def _reason(text: Text) -> str:
    """The name of the shared sentence and what it is filled with; of another its figures."""
    for name, template in _TEMPLATES.items():
        if match := template.fullmatch(text.zh):
            return " ".join([name, *match.groups()])
    return " ".join(_FIGURE.findall(text.zh))


def _fact(value: str | Text) -> str:
    return value.zh if isinstance(value, Text) else value


def of_example(examples: RuleExamples, example: Example) -> Iterator[tuple[str, Shown]]:
    """What the findings of an example show, by their subjects."""
    for finding in outcomes_of(examples, example, lambda readings: resolved(examples.ruleset, readings)):
        yield finding.subject.id, shown(finding)


def shape(found: Shown) -> str:
    """What two findings of a rule have in common that differ in names, places and numbers alone."""
    words = re.compile(r"[a-z_]+(?==)|(?<=field=)[a-z_]+|(?<=table=)[a-z_]+|^[A-Z_]{3,}|^[a-z_]+(?=:)")
    parts = {
        key: sorted({str(words.findall(text)) for text in _listed(value)}) for key, value in found.items()
    }
    return repr((found["outcome"], found.get("missing"), parts, len(found.get("cells", [])) > 1))


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def main() -> None:
    chosen: dict[str, dict[str, dict[str, Shown]]] = {}
    for examples in examples_of_rules():
        seen: set[tuple[object, ...]] = set()
        kept = chosen.setdefault(f"{examples.ruleset}/{examples.rule.id}", {})
        for example in examples.examples.examples:
            for subject, found in of_example(examples, example):
                kind = (*sorted(example.interpret.items()), shape(found))
                if kind not in seen:
                    seen.add(kind)
                    kept.setdefault(example.name, {})[subject] = found
    SHOWN.write_text(json.dumps(chosen, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

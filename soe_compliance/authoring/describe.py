"""What is said of a rule: clause, meaning, parameters, readings, examples, remedy."""

from collections.abc import Iterator
from typing import Any

from soe_compliance.authoring.examples import Example, RuleExamples
from soe_compliance.domain.text import Language, Text
from soe_compliance.law.model import Rule, Ruleset

_SECTIONS = {
    "clause": Text("条款", "Clause"),
    "severity": Text("级别", "Severity"),
    "responsible": Text("责任方", "Responsible"),
    "meaning": Text("含义", "Meaning"),
    "check": Text("检查方式", "Check"),
    "terms": Text("共用术语", "Shared terms"),
    "readings": Text("解释选项", "Readings"),
    "remedy": Text("整改", "Remedy"),
    "examples": Text("示例", "Examples"),
}


def describe(rule: Rule, ruleset: Ruleset, examples: RuleExamples | None, language: Language) -> str:
    """A rule as a page of text."""
    lines = [f"{rule.id}  {rule.title.text.in_(language)}", ""]
    clause = f"{ruleset.document_of(rule)} {rule.clause}".lstrip() + (f"（{rule.verb}）" if rule.verb else "")
    facts = {
        "clause": clause,
        "severity": rule.severity.label.in_(language),
        "responsible": rule.responsible.label.in_(language),
    }
    lines += [f"{_heading(key, language)}{value}" for key, value in facts.items()]
    sections = {
        "meaning": [rule.meaning.text.in_(language)],
        "check": parameters(rule),
        "terms": shared_terms(rule, ruleset),
        "readings": readings(rule, ruleset, language),
        "remedy": [rule.remedy.text.in_(language)],
        "examples": [_example(example) for example in examples.examples.examples] if examples else [],
    }
    for key, content in sections.items():
        if content:
            lines += ["", _heading(key, language).rstrip(), *(f"  {line}" for line in content)]
    return "\n".join(lines) + "\n"


def _heading(key: str, language: Language) -> str:
    return _SECTIONS[key].in_(language) + ("：" if language == "zh" else ": ")


def parameters(rule: Rule) -> list[str]:
    """The parameters of a rule's check, a line each."""
    return flattened(rule.check.model_dump(mode="json", exclude_defaults=True))


def flattened(node: Any, name: str = "") -> list[str]:
    """Nested parameters as lines `path: value`."""
    if isinstance(node, dict):
        return [
            line for key, value in node.items() for line in flattened(value, f"{name}.{key}" if name else key)
        ]
    if isinstance(node, list) and any(isinstance(value, dict) for value in node):
        return [f"{name}: " + ", ".join(f"{k}={v}" for k, v in value.items()) for value in node]
    shown = ", ".join(map(str, node)) if isinstance(node, list) else str(node)
    return [f"{name}: {shown}"]


def shared_terms(rule: Rule, ruleset: Ruleset) -> list[str]:
    """The shared terms that a rule leans on, a line each."""
    terms = ruleset.terms.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
    lines: list[str] = []
    for path in (*rule.check.terms(), *_due_dates(rule, ruleset)):
        node: Any = terms
        for part in path.split("."):
            node = node[part]
        if isinstance(node, dict):
            node = {key: value for key, value in node.items() if key != "title"}
        lines += flattened(node, path)
    return lines


def _due_dates(rule: Rule, ruleset: Ruleset) -> Iterator[str]:
    due = getattr(rule.check, "due", None)
    if due in ruleset.terms.due_dates:
        yield f"due_dates.{due}"


def readings(rule: Rule, ruleset: Ruleset, language: Language, *, bullets: bool = False) -> list[str]:
    """The interpretations that a rule hangs on, with their options; the one in force is marked."""
    lines = []
    first, second = ("- ", "  - ") if bullets else ("", "  ")
    for key in ruleset.readings_of[rule.id]:
        interpretation = ruleset.interpretations[key]
        named = f"`{key}`" if bullets else key
        lines.append(f"{first}{named}: {interpretation.title.text.in_(language)}")
        for option, meaning in interpretation.options.items():
            chosen = option == ruleset.readings[key]
            shown = f"**{option}**" if bullets and chosen else option
            mark = "" if bullets else "* " if chosen else "  "
            lines.append(f"{second}{mark}{shown}: {meaning.text.in_(language)}")
    return lines


def _example(example: Example) -> str:
    outcomes = ", ".join(f"{subject} {outcome}" for subject, outcome in example.expect.items()) or "-"
    return f"{example.name}: {outcomes}"

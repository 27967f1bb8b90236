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
    clause = f"{ruleset.document_no} {rule.clause}" + (f"（{rule.verb}）" if rule.verb else "")
    facts = {
        "clause": clause,
        "severity": rule.severity.label.in_(language),
        "responsible": rule.responsible.label.in_(language),
    }
    lines += [f"{_heading(key, language)}{value}" for key, value in facts.items()]
    sections = {
        "meaning": [rule.meaning.text.in_(language)],
        "check": _parameters(rule.check.model_dump(mode="json", exclude_defaults=True)),
        "terms": _terms(rule, ruleset),
        "readings": _readings(rule, ruleset, language),
        "remedy": [rule.remedy.text.in_(language)],
        "examples": [_example(example) for example in examples.examples.examples] if examples else [],
    }
    for key, content in sections.items():
        if content:
            lines += ["", _heading(key, language).rstrip(), *(f"  {line}" for line in content)]
    return "\n".join(lines) + "\n"


def _heading(key: str, language: Language) -> str:
    return _SECTIONS[key].in_(language) + ("：" if language == "zh" else ": ")


def _parameters(node: Any, name: str = "") -> list[str]:
    """Parameters as lines `path: value`."""
    if isinstance(node, dict):
        return [
            line
            for key, value in node.items()
            for line in _parameters(value, f"{name}.{key}" if name else key)
        ]
    if isinstance(node, list) and any(isinstance(value, dict) for value in node):
        return [f"{name}: " + ", ".join(f"{k}={v}" for k, v in value.items()) for value in node]
    shown = ", ".join(map(str, node)) if isinstance(node, list) else str(node)
    return [f"{name}: {shown}"]


def _terms(rule: Rule, ruleset: Ruleset) -> list[str]:
    terms = ruleset.terms.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
    lines: list[str] = []
    for path in (*rule.check.terms(), *_due_dates(rule)):
        node: Any = terms
        for part in path.split("."):
            node = node[part]
        if isinstance(node, dict):
            node = {key: value for key, value in node.items() if key != "title"}
        lines += _parameters(node, path)
    return lines


def _due_dates(rule: Rule) -> Iterator[str]:
    due = getattr(rule.check, "due", None)
    if isinstance(due, str):
        yield f"due_dates.{due}"


def _readings(rule: Rule, ruleset: Ruleset, language: Language) -> list[str]:
    lines = []
    for key in ruleset.readings_of[rule.id]:
        interpretation = ruleset.interpretations[key]
        lines.append(f"{key}: {interpretation.title.text.in_(language)}")
        for option, meaning in interpretation.options.items():
            mark = "*" if option == ruleset.readings[key] else " "
            lines.append(f"  {mark} {option}: {meaning.text.in_(language)}")
    return lines


def _example(example: Example) -> str:
    outcomes = ", ".join(f"{subject} {outcome}" for subject, outcome in example.expect.items()) or "-"
    return f"{example.name}: {outcomes}"

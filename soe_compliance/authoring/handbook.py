"""The rule handbook: a page a rule in Chinese and English, made from the ruleset and its examples."""

from collections.abc import Iterator

from soe_compliance.authoring.describe import parameters, readings, shared_terms
from soe_compliance.authoring.examples import Example, RuleExamples
from soe_compliance.domain.text import Language, Text
from soe_compliance.law.model import Rule, Ruleset

_WORDS = {
    "clause": Text("条款", "Clause"),
    "severity": Text("级别", "Severity"),
    "responsible": Text("责任方", "Responsible"),
    "meaning": Text("含义", "Meaning"),
    "formula": Text("检查方式和参数", "Check and parameters"),
    "readings": Text("解释选项", "Readings"),
    "said": Text("违反时的说明", "What is said of a breach"),
    "remedy": Text("整改", "Remedy"),
    "examples": Text("示例", "Worked examples"),
    "example": Text("示例", "Example"),
    "outcomes": Text("结论", "Outcomes"),
    "rule": Text("规则", "Rule"),
    "title": Text("名称", "Title"),
    "none": Text("无", "none"),
    "index": Text("规则手册", "Rule handbook"),
    "generated": Text(
        "本手册由`python docs/generate.py`从`rulesets/`生成，请勿手工修改。",
        "Made by `python docs/generate.py` from `rulesets/`; not edited by hand.",
    ),
}


def rule_page(rule: Rule, ruleset: Ruleset, examples: RuleExamples, language: Language) -> str:
    """One rule's page in Markdown."""
    return "\n".join(_lines(rule, ruleset, examples, language)) + "\n"


def _lines(rule: Rule, ruleset: Ruleset, examples: RuleExamples, language: Language) -> Iterator[str]:
    def word(key: str) -> str:
        return _WORDS[key].in_(language)

    verb = f"（{rule.verb}）" if rule.verb else ""
    cited = f"{ruleset.document_of(rule)} {rule.clause}".lstrip()
    yield f"# {rule.id} {rule.title.text.in_(language)}"
    yield ""
    yield f"- {word('clause')}: {cited}{verb}"
    yield f"- {word('severity')}: {rule.severity.label.in_(language)}"
    yield f"- {word('responsible')}: {rule.responsible.label.in_(language)}"
    yield from ("", f"## {word('meaning')}", "", rule.meaning.text.in_(language), "")
    yield from (f"## {word('formula')}", "", "```")
    yield from (*parameters(rule), *shared_terms(rule, ruleset), "```", "")
    yield from (f"## {word('readings')}", "")
    yield from (readings(rule, ruleset, language, bullets=True) or [word("none")])
    yield from ("", f"## {word('said')}", "", f"> {rule.texts.fail.text.in_(language)}", "")
    yield from (f"## {word('remedy')}", "", rule.remedy.text.in_(language), "")
    yield from (f"## {word('examples')}", "", f"| {word('example')} | {word('outcomes')} |", "| --- | --- |")
    for example in examples.examples.examples:
        yield f"| {_cell(_named(example))} | {_cell(_outcomes(example) or '-')} |"


def _named(example: Example) -> str:
    chosen = ", ".join(f"{key}={option}" for key, option in example.interpret.items())
    return f"{example.name} ({chosen})" if chosen else example.name


def _outcomes(example: Example) -> str:
    return ", ".join(f"{subject} {outcome}" for subject, outcome in example.expect.items())


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def index_page(ruleset: Ruleset, language: Language) -> str:
    """The list of a ruleset's rules in Markdown."""
    words = [_WORDS[key].in_(language) for key in ("rule", "severity", "clause", "title")]
    lines = [
        f"# {_WORDS['index'].in_(language)}: {ruleset.title.text.in_(language)}",
        "",
        _WORDS["generated"].in_(language),
        "",
        f"| {' | '.join(words)} |",
        "| --- | --- | --- | --- |",
    ]
    for rule in ruleset.rules.values():
        severity, title = rule.severity.label.in_(language), rule.title.text.in_(language)
        lines.append(f"| [{rule.id}]({rule.id}.md) | {severity} | {rule.clause} | {title} |")
    return "\n".join(lines) + "\n"

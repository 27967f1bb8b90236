"""What validation does not refuse and an author should know of a ruleset."""

from collections.abc import Iterator
from fractions import Fraction
from string import Formatter

from soe_compliance.authoring.coverage import load_coverage
from soe_compliance.authoring.examples import examples_path, load_examples, uncovered_outcomes
from soe_compliance.authoring.lint_folder import remarks_on_folder
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.patterns import pattern
from soe_compliance.domain.text import Text
from soe_compliance.law.model import QUARTERLY, Rule, Ruleset

_MISSPELT = pattern(r"第[0-9０-９]+条|第[^（]*\([一二三四五六七八九十]+\)")


def remarks(ruleset: Ruleset, folder: str) -> Iterator[Text]:
    """Remarks on a ruleset that loads, each naming the rule or the term it is about.

    Args:
        folder: the ruleset's id or path, where its examples and its list of places are.

    Raises:
        UserError: the list of places and the rules' clauses don't agree.
    """
    load_coverage(ruleset, folder)
    yield from remarks_on_folder(ruleset, folder)
    yield from _unreachable(ruleset)
    yield from _above_the_whole(ruleset)
    for rule in ruleset.rules.values():
        yield from _clause(rule)
        yield from _texts(rule)
        yield from _examples(rule, ruleset, folder)
        yield from _stale_numbers(rule, ruleset)


def _unreachable(ruleset: Ruleset) -> Iterator[Text]:
    """Readings, due dates and categories that no rule uses."""
    read = {key for keys in ruleset.readings_of.values() for key in keys}
    for key in sorted(ruleset.interpretations.keys() - read):
        yield Text(f"解释选项{key}没有规则使用", f"no rule uses the interpretation {key}")
    due = {getattr(rule.check, "due", None) for rule in ruleset.rules.values()}
    for key in sorted(ruleset.terms.due_dates.keys() - due - {QUARTERLY}):
        yield Text(f"到期日{key}没有规则使用", f"no rule uses the due date {key}")
    used = {name for rule in ruleset.rules.values() for name in rule.check.category_names()}
    for key in sorted(ruleset.terms.categories.keys() - used):
        yield Text(f"项目类别{key}没有规则使用", f"no rule uses the category {key}")


def _above_the_whole(ruleset: Ruleset) -> Iterator[Text]:
    """Parts that are more than the whole: 50, say, where 50% is meant, which nothing ever exceeds."""
    factors = [
        (f"{code}: check.{key}", value) for code, rule in ruleset.rules.items() for key, value in rule.check
    ]
    factors += [
        (f"terms.categories.{name}.large.factor", category.large.factor)
        for name, category in ruleset.terms.categories.items()
        if category.large
    ]
    for where, factor in factors:
        if isinstance(factor, Fraction) and factor > 1:
            yield Text(
                f"{where}为{factor}，即{factor}倍；如指百分数，请写作{factor}/100",
                f"{where} is {factor} times the base; if a percentage is meant, write {factor}/100",
            )


def _clause(rule: Rule) -> Iterator[Text]:
    """A clause that the list of places could not find: it is told by its spelling."""
    if _MISSPELT.match(rule.clause):
        yield Text(
            f"{rule.id}的条款“{rule.clause}”请写作第十三条第（一）项这样的形式",
            f"{rule.id}: spell the clause {rule.clause} like 第十三条第（一）项",
        )


def _texts(rule: Rule) -> Iterator[Text]:
    """Texts that are lacking, or that name other things in Chinese than in English."""
    if Outcome.PENDING in rule.check.outcomes() and rule.texts.pending is None:
        yield Text(f"{rule.id}没有待办的说明", f"{rule.id} has no text for a pending outcome")
    for outcome, text in ((Outcome.PENDING, rule.texts.pending), (Outcome.UNKNOWN, rule.texts.unknown)):
        if text is not None and outcome not in rule.check.outcomes():
            yield Text(
                f"{rule.id}不会有结论{outcome.key}，该说明用不到",
                f"{rule.id} is never {outcome.key}: its text is not used",
            )
    for name, template in (
        ("fail", rule.texts.fail),
        ("pending", rule.texts.pending),
        ("remedy", rule.remedy),
    ):
        if template is None:
            continue
        zh, en = (
            {field for _, field, _, _ in Formatter().parse(text) if field}
            for text in (template.zh, template.en)
        )
        for field in sorted(zh ^ en):
            yield Text(
                f"{rule.id}的{name}只在一种语言中提到{{{field}}}",
                f"{rule.id}: {name} names {{{field}}} in one language only",
            )


def _examples(rule: Rule, ruleset: Ruleset, folder: str) -> Iterator[Text]:
    if ruleset.defined_in[rule.id] != ruleset.id:
        return
    if not examples_path(folder, rule.id).is_file():
        yield Text(f"{rule.id}没有示例", f"{rule.id} has no examples")
        return
    for outcome in uncovered_outcomes(load_examples(folder, rule)):
        yield Text(f"{rule.id}没有结论为{outcome.key}的示例", f"{rule.id} has no example of {outcome.key}")


def _stale_numbers(rule: Rule, ruleset: Ruleset) -> Iterator[Text]:
    """A rule whose parameters an overlay changes while its title and meaning stay as they were."""
    changed = {change.at.split("/")[0] for change in ruleset.changes if change.rule == rule.id and change.at}
    if "check" in changed and not {"title", "meaning"} <= changed:
        yield Text(
            f"{rule.id}的参数已改，名称和含义未改，请核对其中的数字",
            f"{rule.id}: its parameters are changed, its title and meaning are not: look at the numbers they name",
        )

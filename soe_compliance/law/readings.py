"""Readings: which option of each interpretation is in force, and what stands for it in terms and rules."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.meant import among
from soe_compliance.domain.text import Text
from soe_compliance.law.documents import Document, PathInFile
from soe_compliance.law.model import Interpretation, Rule
from soe_compliance.law.overlays import readings_in


class Readings(Struct, frozen=True):
    """The interpretations of a ruleset, and the option chosen of each."""

    interpretations: Mapping[str, Interpretation]
    chosen: Mapping[str, str]


def chosen_options(
    interpretations: Mapping[str, Interpretation], readings: Mapping[str, str]
) -> dict[str, str]:
    chosen = {key: interpretation.default for key, interpretation in interpretations.items()}
    for key, option in readings.items():
        interpretation = interpretations.get(key)
        if interpretation is None:
            raise UserError(
                Text(f"没有名为{key}的解释选项", f"there is no interpretation {key}"),
                remedy=among(key, interpretations),
            )
        if not interpretation.accepts(option):
            raise UserError(
                Text(f"{key}没有选项{option}", f"{key} has no option {option}"),
                remedy=among(option, [*interpretation.options, *filter(None, [interpretation.usual_days])]),
            )
        chosen[key] = option
    return chosen


def resolved(node: Any, readings: Readings, document: Document, at: PathInFile) -> Any:
    """The node with each `{reading: KEY}` replaced by what is chosen."""
    if isinstance(node, list):
        return [resolved(child, readings, document, (*at, place)) for place, child in enumerate(node)]
    if not isinstance(node, dict):
        return node
    if "reading" not in node:
        return {key: resolved(child, readings, document, (*at, key)) for key, child in node.items()}
    return _stands_for(node, readings, document, at)


def _stands_for(node: Mapping[str, Any], readings: Readings, document: Document, at: PathInFile) -> Any:
    """What stands for `{reading: KEY}`: the option that is chosen, or the value that `options` gives it.

    Raises:
        UserError: it is badly written, there is no such interpretation, or `options` has others than its options.
    """
    key, options = str(node["reading"]), node.get("options")
    if set(node) - {"reading", "options"} or not isinstance(node.get("options", {}), dict):
        raise UserError(
            Text(f"解释选项{key}的写法不对", f"the interpretation {key} is badly written"),
            place=document.place(at),
            remedy=Text("写作{reading: 名称}或加options", "write {reading: KEY}, with options if need be"),
        )
    interpretation = readings.interpretations.get(key)
    if interpretation is None:
        raise UserError(
            Text(
                f"解释选项{key}未在ruleset.yaml中定义",
                f"the interpretation {key} is not defined in ruleset.yaml",
            ),
            place=document.place(at),
            remedy=among(key, readings.interpretations),
        )
    option = readings.chosen[key]
    if options is None:
        return int(option) if option.isdigit() else option
    wrong = _wrong_options(key, option, options, interpretation)
    if wrong is not None:
        what, remedy = wrong
        raise UserError(what, place=document.place((*at, "options")), remedy=remedy)
    return options[option]


def _wrong_options(
    key: str, option: str, options: Mapping[str, Any], interpretation: Interpretation
) -> tuple[Text, Text] | None:
    """What is wrong with the options that a place gives values to, and what to write."""
    for name in sorted(interpretation.options.keys() - options.keys()):
        return Text(f"options缺少{name}", f"options lacks {name}"), Text("请补上", "add it")
    for name in sorted(options.keys() - interpretation.options.keys()):
        what = Text(f"解释选项{key}没有{name}", f"the interpretation {key} has no option {name}")
        return what, among(name, interpretation.options)
    if option not in options:
        what = Text(f"此处的{key}不能用天数{option}", f"{key} takes no number of days here: {option}")
        return what, among(option, options)
    return None


def readings_of_terms(terms: Mapping[str, Any]) -> dict[str, set[str]]:
    """The readings that each shared term names, and each part of one as `share.rounding`."""
    found = {key: set(readings_in(term)) for key, term in terms.items()}
    for key, term in terms.items():
        for part, value in term.items() if isinstance(term, dict) else ():
            found[f"{key}.{part}"] = set(readings_in(value))
    return found


def readings_used(
    document: Document, rule: Rule, by_terms: Mapping[str, set[str]], chosen: Mapping[str, str]
) -> tuple[str, ...]:
    """The interpretations that a rule hangs on, in the ruleset's order."""
    used = set(readings_in(document.data.get("check")))
    for term in rule.check.terms():
        used |= by_terms.get(term, set())
    return tuple(key for key in chosen if key in used)

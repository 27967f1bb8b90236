"""Which rules of a ruleset are evaluated: by code or family, such as GUA, INV2 or GUA104."""

from collections.abc import Sequence

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.meant import close_to
from soe_compliance.domain.text import Text
from soe_compliance.law.model import Rule, Ruleset


def selected_rules(ruleset: Ruleset, select: Sequence[str], ignore: Sequence[str]) -> tuple[str, ...]:
    """The codes of the rules that are selected and not ignored, in order.

    Raises:
        UserError: a code or family names no rule.
    """
    wanted = _matching(ruleset, select) if select else set(ruleset.rules)
    return tuple(sorted(wanted - _matching(ruleset, ignore)))


def _matching(ruleset: Ruleset, prefixes: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for prefix in prefixes:
        matches = {code for code in ruleset.rules if code.startswith(prefix.upper())} if prefix else set()
        if not matches:
            raise unknown_rule(ruleset, prefix)
        found |= matches
    return found


def rule_of(ruleset: Ruleset, code: str) -> Rule:
    """The rule with this code.

    Raises:
        UserError: there is none.
    """
    rule = ruleset.rules.get(code.upper())
    if rule is None:
        raise unknown_rule(ruleset, code)
    return rule


def unknown_rule(ruleset: Ruleset, code: str) -> UserError:
    close = close_to(code.upper(), ruleset.rules, 0.5)
    remedy = (
        Text(f"是否指{close[0]}？", f"did you mean {close[0]}?")
        if close
        else Text("用rule list查看全部规则", "see rule list")
    )
    return UserError(
        Text(f"规则集{ruleset.id}没有规则{code}", f"the ruleset {ruleset.id} has no rule {code}"),
        remedy=remedy,
    )

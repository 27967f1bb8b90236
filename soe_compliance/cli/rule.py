"""rule: what the rules are, and what one of them means."""

import click

from soe_compliance.cli.groups import Group
from soe_compliance.cli.options import language_option, readings_of, ruleset_option
from soe_compliance.domain.text import Language


@click.group("rule", cls=Group)
def command() -> None:
    """查看规则 / Show rules."""


@command.command("list")
@ruleset_option
@language_option
def list_rules(ruleset: str, lang: Language) -> None:
    """列出规则集的规则 / List the rules of a ruleset."""
    from tabulate import tabulate

    from soe_compliance.law.loading import load_ruleset

    rows = [
        (rule.id, rule.severity.label.in_(lang), rule.clause, rule.title.text.in_(lang))
        for rule in load_ruleset(ruleset).rules.values()
    ]
    headers = ("规则", "级别", "条款", "名称") if lang == "zh" else ("rule", "severity", "clause", "title")
    click.echo(tabulate(rows, headers=headers, tablefmt="simple", disable_numparse=True))


@command.command("show")
@click.argument("code")
@ruleset_option
@click.option("--interpret", multiple=True, metavar="KEY=OPTION", help="解释选项 / a reading")
@language_option
def show_rule(code: str, ruleset: str, interpret: tuple[str, ...], lang: Language) -> None:
    """一条规则的条款、含义、参数、解释选项、示例和整改 / A rule's clause, meaning, parameters, readings, examples."""
    from soe_compliance.authoring.describe import describe
    from soe_compliance.authoring.examples import examples_path, load_examples
    from soe_compliance.law.loading import load_ruleset
    from soe_compliance.law.selection import rule_of

    loaded = load_ruleset(ruleset, readings_of(interpret))
    rule = rule_of(loaded, code)
    examples = load_examples(ruleset, rule) if examples_path(ruleset, rule.id).is_file() else None
    click.echo(describe(rule, loaded, examples, lang), nl=False)

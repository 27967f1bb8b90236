"""ruleset: the rulesets there are, and their own examples run."""

import click

from soe_compliance.cli.options import language_option
from soe_compliance.domain.text import Language


@click.group("ruleset")
def command() -> None:
    """查看和测试规则集 / Show and test rulesets."""


@command.command("list")
@language_option
def list_rulesets(lang: Language) -> None:
    """列出随附的规则集 / List the shipped rulesets."""
    from tabulate import tabulate

    from soe_compliance.law.loading import load_ruleset, ruleset_ids

    rows = []
    for name in ruleset_ids():
        loaded = load_ruleset(name)
        until = loaded.force.trial_until
        force = f"{loaded.force.from_} – {until or ''}"
        rows.append((name, loaded.title.text.in_(lang), loaded.document_no, force, len(loaded.rules)))
    headers = (
        ("规则集", "名称", "文号", "施行至试行期满", "规则数")
        if lang == "zh"
        else ("ruleset", "title", "document", "in force, trial until", "rules")
    )
    click.echo(tabulate(rows, headers=headers, tablefmt="simple", disable_numparse=True))


@command.command("test")
@click.argument("ruleset", default="xingan-2023", metavar="[ID|FOLDER]")
@language_option
def test_ruleset(ruleset: str, lang: Language) -> int:
    """运行规则自带的示例 / Run the rules' own examples; exit status 1 where one does not come out as it says."""
    from soe_compliance.authoring.examples import disagreements, load_examples, uncovered_outcomes
    from soe_compliance.law.loading import load_ruleset

    loaded = load_ruleset(ruleset)
    wrong = run = 0
    for rule in loaded.rules.values():
        examples = load_examples(ruleset, rule)
        run += len(examples.examples.examples)
        for found in disagreements(examples):
            wrong += 1
            click.echo(f"{found.place}: {rule.id} {found.name}")
            click.echo(f"  {'应为' if lang == 'zh' else 'expected'} {found.expected}")
            click.echo(f"  {'实为' if lang == 'zh' else 'found'} {found.found}")
        for outcome in uncovered_outcomes(examples):
            wrong += 1
            lacking = f"没有结论为{outcome.key}的示例" if lang == "zh" else f"no example of {outcome.key}"
            click.echo(f"{examples.document.path}: {rule.id} {lacking}")
    rules = len(loaded.rules)
    click.echo(
        f"{rules}条规则，{run}个示例，{wrong}处不符"
        if lang == "zh"
        else f"{rules} rules, {run} examples, {wrong} wrong"
    )
    return 1 if wrong else 0

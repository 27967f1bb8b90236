"""ruleset: the rulesets there are, and their own examples run."""

from datetime import date

import click

from soe_compliance.cli.exit_codes import CLEAN, DEFECT, UNREADABLE
from soe_compliance.cli.groups import Group
from soe_compliance.cli.options import language_option
from soe_compliance.cli.values import Day
from soe_compliance.domain.text import Language


@click.group("ruleset", cls=Group)
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
@click.argument("rulesets", nargs=-1, metavar="[ID|FOLDER]...")
@language_option
def test_rulesets(rulesets: tuple[str, ...], lang: Language) -> int:
    """运行规则自带的示例，默认全部规则集 / Run the rules' own examples, by default of all shipped rulesets.

    有示例不符时退出码为1；承自其他规则集的规则由该规则集测试 / Exit status 1 where one does not come out as it says;
    rules of a ruleset that this one extends are tested there.
    """
    from soe_compliance.law.loading import ruleset_ids

    wrong = [_test(ruleset, lang) for ruleset in rulesets or ruleset_ids()]
    return 1 if any(wrong) else 0


def _test(ruleset: str, lang: Language) -> int:
    """Run the examples of a ruleset's own rules and say which are wrong; how many are."""
    from soe_compliance.authoring.examples_run import run_examples

    found = run_examples(ruleset)
    for told in found.wrong:
        click.echo(told.in_(lang))
    name, wrong = found.ruleset.id, len(found.wrong)
    click.echo(
        f"{name}：{found.rules}条规则，{found.examples}个示例，{wrong}处不符"
        if lang == "zh"
        else f"{name}: {found.rules} rules, {found.examples} examples, {wrong} wrong"
    )
    return wrong


@command.command("lint")
@click.argument("ruleset", default="xingan-2023", metavar="[ID|FOLDER]")
@language_option
def lint_ruleset(ruleset: str, lang: Language) -> int:
    """校验规则集并提出意见 / Validate a ruleset and remark on it; exit status 1 where there is a remark."""
    from soe_compliance.authoring.lint import remarks
    from soe_compliance.law.loading import load_ruleset

    found = list(remarks(load_ruleset(ruleset), ruleset))
    for remark in found:
        click.echo(remark.in_(lang))
    click.echo(
        f"{len(found)}条意见" if lang == "zh" else f"{len(found)} remark{'' if len(found) == 1 else 's'}"
    )
    return 1 if found else 0


@command.command("diff")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option(
    "--on",
    "paths",
    multiple=True,
    metavar="PATH",
    help="在这些填报上比较结论 / compare verdicts on these filings",
)
@click.option(
    "--as-of", type=Day(), help="检查基准日 / the date by which things are due  [默认今天 / default: today]"
)
@language_option
def diff_rulesets(before: str, after: str, paths: tuple[str, ...], as_of: date | None, lang: Language) -> int:
    """两个规则集在法律要点上的差异 / What differs between two rulesets in legal terms.

    填报无法读取时退出码为2，程序缺陷时为4 / Exit status 2 where a filing can't be read, 4 where the program fails.
    """
    from tabulate import tabulate

    from soe_compliance.authoring.compare import differences
    from soe_compliance.law.loading import load_ruleset

    found = differences(load_ruleset(before), load_ruleset(after), lang)
    zh = lang == "zh"
    absent = "无" if zh else "none"
    rows = [
        (item.where, item.what, item.before or absent, item.after or absent, item.source or "")
        for item in found
    ]
    headers = ("规则", "要点", before, after, "依据") if zh else ("rule", "place", before, after, "source")
    widths = [8, 26, 30, 30, 20]
    click.echo(tabulate(rows, headers=headers, tablefmt="simple", disable_numparse=True, maxcolwidths=widths))
    click.echo(f"{len(found)}处差异" if zh else f"{len(found)} differences")
    return _print_flips(before, after, paths, as_of, lang) if paths else CLEAN


def _print_flips(before: str, after: str, paths: tuple[str, ...], as_of: date | None, lang: Language) -> int:
    """Print the verdicts that differ, and what could not be read; the exit status."""
    from tabulate import tabulate

    from soe_compliance.api import Settings, check_paths
    from soe_compliance.authoring.compare import flips
    from soe_compliance.domain.outcomes import Outcome
    from soe_compliance.engine import Status
    from soe_compliance.filings.problems import defects_in
    from soe_compliance.report.safe import visible

    reports = [
        check_paths(paths, Settings(ruleset=name, as_of=as_of, show=tuple(Outcome)))
        for name in (before, after)
    ]
    found = flips(*reports)
    zh = lang == "zh"
    absent = "无" if zh else "none"

    def label(outcome: Outcome | None) -> str:
        return absent if outcome is None else outcome.label.in_(lang)

    rows = [(item.filing, item.rule, item.subject, label(item.before), label(item.after)) for item in found]
    headers = ("填报", "规则", "对象", before, after) if zh else ("filing", "rule", "subject", before, after)
    click.echo(tabulate(rows, headers=headers, tablefmt="simple", disable_numparse=True))
    click.echo(f"{len(found)}项结论不同" if zh else f"{len(found)} verdicts differ")
    unread = {
        f"{filing.source}: {filing.problems[0].in_(lang)}": filing
        for report in reports
        for filing in report.filings
        if filing.status is Status.UNREADABLE
    }
    for said in unread:
        click.echo(visible(said), err=True)
    if any(defects_in(filing.problems) for filing in unread.values()):
        return DEFECT
    return UNREADABLE if unread else CLEAN

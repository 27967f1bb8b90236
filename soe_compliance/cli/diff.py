"""diff: two reports compared."""

from typing import TYPE_CHECKING

import click

from soe_compliance.cli.options import language_option, print_result, terminal_width, text_or_json_option
from soe_compliance.domain.text import Language

if TYPE_CHECKING:
    from soe_compliance.law.model import Ruleset
    from soe_compliance.report.diff import DiffDocument

_ENDINGS = (".xlsx", ".json")


@click.command("diff")
@click.argument("old", metavar="OLD.json")
@click.argument("new", metavar="NEW.json")
@text_or_json_option
@click.option(
    "-o",
    "outputs",
    multiple=True,
    metavar="FILE",
    help="另存对比：.xlsx（挂号销号台账）或.json，可重复 / write it as .xlsx (a register) or .json; repeatable",
)
@language_option
@click.option("--quiet", is_flag=True, help="不在标准输出列出 / nothing on standard output")
def command(old: str, new: str, format_: str, outputs: tuple[str, ...], lang: Language, quiet: bool) -> int:
    """比较两份报告：新增、变化、持续、已消除的结论及原因 / Compare two reports: new, changed, persisting, cured.

    报告为check生成的.json或.jsonl，应以相同的--select、--ignore生成；新报告没有复查的集团不算消除 / Reports are .json or
    .jsonl of check, made with the same --select and --ignore; a group that the new one did not check is not cured.

    \b
    退出码 / Exit status
      0  没有新增违反 / no new breach
      1  有新增违反，或其他结论变为违反 / a new breach, or another verdict that became one
      2  用法有误，或报告无法读取 / usage, or a report that can't be read
    """
    from soe_compliance.report.diff import diff
    from soe_compliance.report.diff_text import diff_text
    from soe_compliance.report.document import to_json
    from soe_compliance.report.files import write_whole
    from soe_compliance.report.reading import read_report
    from soe_compliance.report.render import unknown_ending
    from soe_compliance.report.rules_used import rules_used

    for output in outputs:
        if not output.lower().endswith(_ENDINGS):
            raise unknown_ending(output, _ENDINGS)
    before, after = read_report(old), read_report(new)
    old_rules, new_rules = rules_used(before), rules_used(after)
    found = diff(before, after, old_rules, new_rules)
    for output in outputs:
        write_whole(output, _written(found, output, lang, new_rules or old_rules))
    if not quiet:
        print_result(
            (to_json(found) + "\n").encode()
            if format_ == "json"
            else diff_text(found, lang, terminal_width())
        )
    return 1 if found.new_breaches else 0


def _written(found: "DiffDocument", output: str, language: Language, rules: "Ruleset | None") -> bytes:
    from soe_compliance.report.diff_workbook import diff_workbook
    from soe_compliance.report.document import to_json

    if output.lower().endswith(".xlsx"):
        return diff_workbook(found, language, rules)
    return (to_json(found) + "\n").encode()

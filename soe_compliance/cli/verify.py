"""verify: a report held against the files it speaks of."""

import click

from soe_compliance.cli.exit_codes import BREACHED, CLEAN, DEFECT, UNREADABLE
from soe_compliance.cli.options import (
    calendars_option,
    comma_separated,
    jobs_option,
    language_option,
    print_result,
    terminal_width,
)
from soe_compliance.domain.text import Language


@click.command("verify")
@click.argument("report", metavar="REPORT.json")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--ruleset",
    metavar="ID|FOLDER",
    help="规则集，默认按报告所记编号 / the ruleset  [默认按报告所记 / default: as the report says]",
)
@click.option(
    "--select", multiple=True, metavar="CODES", help="生成报告时的--select / as the report was made with"
)
@click.option(
    "--ignore", multiple=True, metavar="CODES", help="生成报告时的--ignore / as the report was made with"
)
@click.option("--waivers", metavar="FILE", help="生成报告时的--waivers / as the report was made with")
@calendars_option
@jobs_option
@language_option
def command(
    report: str,
    paths: tuple[str, ...],
    ruleset: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    waivers: str | None,
    calendars: tuple[str, ...],
    jobs: int,
    lang: Language,
) -> int:
    """用填报文件核对报告：文件摘要、规则集、基准日和结论 / Hold a report against the filings: digests, rules, verdicts.

    按报告所记的规则集、解释选项和基准日重新检查PATH / PATH is checked again with the report's ruleset, readings and date.

    \b
    退出码 / Exit status
      0  与报告完全相符 / all is as reported
      1  有文件、规则、程序或结论不同 / a file, the rules, the program or a verdict differs
      2  用法有误，或报告、规则集、文件无法读取 / usage, or a report, ruleset or file that can't be read
      4  程序缺陷 / a defect of the program
    """
    from soe_compliance.api import Settings, check_paths
    from soe_compliance.domain.outcomes import Outcome
    from soe_compliance.filings.problems import defects_in
    from soe_compliance.report.document import document
    from soe_compliance.report.reading import read_report
    from soe_compliance.report.verification import language_of, verify
    from soe_compliance.report.verification_text import verification_text

    read = read_report(report)
    settings = Settings(
        ruleset=ruleset or read.ruleset.id,
        as_of=read.as_of,
        interpret=read.ruleset.interpretations,
        select=comma_separated(select),
        ignore=comma_separated(ignore),
        show=tuple(Outcome),
        calendars=calendars,
        waivers=waivers,
        interpret_all=any(finding.sensitive_to for finding in read.findings),
    )
    again = check_paths(paths, settings, jobs=jobs)
    found = verify(read, document(again, language_of(read, again.ruleset)))
    print_result(verification_text(found, lang, terminal_width()))
    if any(defects_in(filing.problems) for filing in again.filings):
        return DEFECT
    if found.unreadable:
        return UNREADABLE
    return CLEAN if found.all_as_reported else BREACHED

"""explain: one finding of a report, from its cells to its clause."""

import click

from soe_compliance.cli.options import language_option, terminal_width
from soe_compliance.domain.text import Language


@click.command("explain")
@click.argument("report", metavar="REPORT.json")
@click.argument("fingerprint", metavar="FINGERPRINT")
@click.option(
    "--ruleset",
    metavar="ID|FOLDER",
    help="报告所用的规则集，默认按报告所记编号 / the ruleset of the report  [默认按报告所记 / default: as it says]",
)
@language_option
def command(report: str, fingerprint: str, ruleset: str | None, lang: Language) -> None:
    """解释报告中的一项问题：单元格、合计、公式、限额、差额、条款 / Explain one finding of a report.

    报告为check生成的.json或.jsonl；指纹可只写前几位（至少4位） / The report is a .json or .jsonl of check; the first
    digits of the fingerprint will do, four at least.
    """
    from soe_compliance.report.explain import explain
    from soe_compliance.report.reading import finding_of, read_report
    from soe_compliance.report.rules_used import rules_used

    read = read_report(report)
    rules = rules_used(read, ruleset)
    for place, finding in enumerate(finding_of(read, fingerprint, report)):
        if place:
            click.echo()
        click.echo("\n".join(explain(finding, read, rules, lang, terminal_width())))

"""graph: who holds and who guarantees whom, as a picture or for other programs."""

from datetime import date

import click

from soe_compliance.cli.config import house_rules, settings_options
from soe_compliance.cli.options import (
    as_of_option,
    chosen_ruleset_option,
    interpret_option,
    language_option,
    readings_of,
)
from soe_compliance.domain.text import Language


@click.command("graph")
@click.argument("filing", metavar="FILING")
@click.option(
    "-o",
    "output",
    required=True,
    metavar="FILE",
    help="输出文件，扩展名定格式：.svg .html .graphml .dot / the file to write; its ending says the format",
)
@chosen_ruleset_option
@as_of_option
@interpret_option
@settings_options(aloud=True)
@language_option
def command(
    filing: str,
    output: str,
    ruleset: str | None,
    as_of: date | None,
    interpret: tuple[str, ...],
    lang: Language,
) -> None:
    """绘制一份填报的股权与担保关系图 / Draw the holdings and guarantees of one filing.

    \b
    .svg      图片 / a picture
    .html     图片和明细表 / a page with the picture and its tables
    .graphml  供Gephi等使用，含全部企业 / for Gephi and the like, with every entity
    .dot      供Graphviz使用，含全部企业 / for Graphviz, with every entity

    文件含多份填报时，在文件名后加#和序号 / Of a file with several filings name one by its place: FILING#2
    """
    from soe_compliance.api import Settings
    from soe_compliance.cli.one_filing import checked_filing
    from soe_compliance.report.pictures.formats import ending_of, write_picture

    ending_of(output)
    settings = Settings(
        ruleset=ruleset,
        as_of=as_of,
        interpret=readings_of(interpret),
        exhibits=True,
        house_rules=house_rules(),
    )
    report, found = checked_filing(filing, settings)
    write_picture(report, found, output, lang)

"""headroom: what may still be guaranteed or invested under each limit, and what is due next."""

from datetime import date

import click

from soe_compliance.cli.config import house_rules, settings_options
from soe_compliance.cli.options import (
    as_of_option,
    calendars_option,
    chosen_ruleset_option,
    interpret_option,
    language_option,
    print_result,
    readings_of,
    terminal_width,
    text_or_json_option,
)
from soe_compliance.domain.text import Language


@click.command("headroom")
@click.argument("filing", metavar="FILING")
@click.option(
    "--entity",
    metavar="CODE",
    help="只看一户企业（代码或名称） / one firm only, by code or name, beside the group's limits",
)
@chosen_ruleset_option
@as_of_option
@interpret_option
@calendars_option
@text_or_json_option
@settings_options(aloud=True)
@language_option
def command(
    filing: str,
    entity: str | None,
    ruleset: str | None,
    as_of: date | None,
    interpret: tuple[str, ...],
    calendars: tuple[str, ...],
    format_: str,
    lang: Language,
) -> None:
    """还能担保、投资多少，接下来何时到期 / What may still be guaranteed or invested, and what is due next.

    \b
    担保限额   每项限额已用多少、还余多少；未填的数据使余量成为区间
    参股企业   集团对其每笔主债务最多可担保的比例
    投资额     从多少起须经核准
    期限       填报年度内尚未到期的事项
    Limits with what is used and left (a range where data are lacking), the part of each participation's debts that
    may be guaranteed, the amount from which a project needs approval, and the days to come of the filing's year.

    文件含多份填报时，在文件名后加#和序号 / Of a file with several filings name one by its place: FILING#2
    """
    from soe_compliance.api import Settings, headroom
    from soe_compliance.cli.one_filing import read_one
    from soe_compliance.report.headroom import headroom_json, headroom_text

    settings = Settings(
        ruleset=ruleset,
        as_of=as_of,
        interpret=readings_of(interpret),
        calendars=calendars,
        house_rules=house_rules(),
    )
    found = headroom(read_one(filing), settings, entity=entity)
    print_result(
        headroom_json(found, lang)
        if format_ == "json"
        else headroom_text(found, lang, width=terminal_width())
    )

"""whatif: which verdicts a guarantee or another number would change, before anything is signed."""

from datetime import date

import click

from soe_compliance.cli.config import house_rules, settings_options
from soe_compliance.cli.options import (
    as_of_option,
    calendars_option,
    chosen_ruleset_option,
    fail_on_option,
    interpret_option,
    language_option,
    print_result,
    readings_of,
    terminal_width,
    text_or_json_option,
)
from soe_compliance.domain.text import Language, Text


@click.command("whatif")
@click.argument("filing", metavar="FILING")
@click.option(
    "--add-guarantee",
    "guarantees",
    multiple=True,
    metavar="GUARANTOR,BENEFICIARY,AMOUNT[,DEBT_BALANCE[,DEBT_ID]]",
    help="拟新增的担保，可重复 / a guarantee to be signed; repeatable",
)
@click.option(
    "--set",
    "values",
    multiple=True,
    metavar="FIELD:CODE=VALUE",
    help="假定的数据，可重复；其他表写作 TABLE.FIELD:ID=VALUE / another value of financials; of any table as "
    "TABLE.FIELD:ID=VALUE; repeatable",
)
@chosen_ruleset_option
@as_of_option
@interpret_option
@calendars_option
@fail_on_option
@text_or_json_option
@settings_options(aloud=True)
@language_option
def command(
    filing: str,
    guarantees: tuple[str, ...],
    values: tuple[str, ...],
    ruleset: str | None,
    as_of: date | None,
    interpret: tuple[str, ...],
    calendars: tuple[str, ...],
    fail_on: str,
    format_: str,
    lang: Language,
) -> int:
    """签订之前先试算：哪些结论会改变 / Which verdicts would change, before the contract is signed.

    \b
    企业用代码或名称，金额用填报的单位，不加千分位；新担保按数据截止日签署、不属于持证担保业务计算。
    Firms by code or name, amounts in the filing's unit without separators; a new guarantee is taken as signed at
    the reference date and as no licensed business.
      --add-guarantee 91152200MA0N00001X,某参股公司,3000,10000,HT-2024-01
      --set consolidated_net_assets:91152200MA0N00001X=250000      最近年末 / at the latest year end
      --set guarantees.balance:DB-003=1900
      --set entities.consolidated:91152200MA0N00001X=否            值留空即未填 / an empty value is blank

    文件含多份填报时，在文件名后加#和序号 / Of a file with several filings name one by its place: FILING#2

    \b
    退出码同check，按改变之后的填报 / Exit status: as of check, of the filing as it would be
      0  没有达到--fail-on级别的违反 / nothing would fail at or above --fail-on
      1  有 / something would
      2  用法或规则集有误，或填报无法读取 / usage, a bad ruleset, or a filing that can't be read
    """
    from soe_compliance.api import Settings, what_if
    from soe_compliance.cli.one_filing import read_one
    from soe_compliance.cli.status import exit_status
    from soe_compliance.domain.errors import UserError
    from soe_compliance.report.whatif import whatif_json, whatif_text

    if not guarantees and not values:
        raise UserError(
            Text("没有给出假定", "nothing is supposed"),
            remedy=Text("请用--add-guarantee或--set", "use --add-guarantee or --set"),
        )
    settings = Settings(
        ruleset=ruleset,
        as_of=as_of,
        interpret=readings_of(interpret),
        calendars=calendars,
        house_rules=house_rules(),
    )
    found = what_if(read_one(filing), settings, guarantees=guarantees, values=values)
    print_result(
        whatif_json(found, lang) if format_ == "json" else whatif_text(found, lang, width=terminal_width())
    )
    return exit_status(found.after, fail_on, strict=False)

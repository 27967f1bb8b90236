"""template: the forms as a workbook to be filled in."""

import click

from soe_compliance.cli.options import language_option
from soe_compliance.domain.text import Language, Text

_ENDING = ".xlsx"


@click.command("template")
@click.argument("out", metavar="OUT.xlsx")
@click.option("--filled", is_flag=True, help="填好的示例 / a worked example")
@click.option(
    "--ruleset", metavar="ID|FOLDER", help="只列该规则集所需的表和项目 / only what this ruleset needs"
)
@language_option
def command(out: str, filled: bool, ruleset: str | None, lang: Language) -> None:
    """生成填报表样（空白或示例） / Write the blank forms as a workbook, or a worked example.

    表名和表头为中文；--lang只影响说明和提示 / Sheets and headers are Chinese; --lang is for the guide and the hints.
    """
    from soe_compliance.authoring.template import all_forms, example_filing, forms_of, template
    from soe_compliance.domain.errors import UserError
    from soe_compliance.law.loading import load_ruleset, ruleset_ids
    from soe_compliance.report.files import write_whole

    if not out.lower().endswith(_ENDING):
        raise UserError(
            Text("表样只能存为.xlsx", "the forms are written as .xlsx only"),
            place=out,
            remedy=Text("请以.xlsx结尾命名", "give it a name that ends in .xlsx"),
        )
    if ruleset is None:
        forms = all_forms([load_ruleset(name) for name in ruleset_ids()])
    else:
        forms = forms_of(load_ruleset(ruleset))
    write_whole(out, template(forms, example_filing() if filled else None, lang))

"""read: what was understood of a filing, and what was left out."""

import shutil

import click

from soe_compliance.cli.exit_codes import CLEAN, DEFECT, UNREADABLE
from soe_compliance.cli.options import language_option, text_or_json_option
from soe_compliance.domain.text import Language


@click.command("read")
@click.argument("path", metavar="FILING")
@text_or_json_option
@language_option
def command(path: str, format_: str, lang: Language) -> int:
    """列出工作表、表头、单位、取用和未取的行 / Sheets, headers, units, rows taken and left out, and why.

    \b
    退出码 / Exit status
      0  可以读取 / it could be read
      2  无法读取 / it could not
      4  程序缺陷 / a defect of the program
    """
    from soe_compliance.api import read_all
    from soe_compliance.filings.filing import Unreadable
    from soe_compliance.filings.problems import defects_in
    from soe_compliance.report.understood import understood_json, understood_text

    filings = read_all(path)
    if format_ == "json":
        click.echo(understood_json(filings, lang), nl=False)
    else:
        width = shutil.get_terminal_size((120, 24)).columns
        click.echo(understood_text(filings, lang, width=width), nl=False)
    if any(defects_in(filing.problems) for filing in filings):
        return DEFECT
    return UNREADABLE if any(isinstance(filing, Unreadable) for filing in filings) else CLEAN

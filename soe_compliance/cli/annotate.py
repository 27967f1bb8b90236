"""annotate: a filing comes back with the findings on its cells."""

import os
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from soe_compliance.cli.config import house_rules, settings_options
from soe_compliance.cli.options import comma_separated, judging_options, language_option, readings_of
from soe_compliance.domain.errors import UserError
from soe_compliance.domain.text import Language, Text

if TYPE_CHECKING:
    from soe_compliance.filings.discover import FoundFile
    from soe_compliance.report.model import Report

_ENDINGS = (".xlsx", ".xlsm")
_WRITTEN = Text(
    "已写入{output}：列出{entries}项，标注{cells}个单元格。",
    "{output} written: {entries} entries listed, {cells} cells marked.",
)
_COPY = Text("原文件不是.xlsx，写入的是其数值的副本。", "The file is no .xlsx: this is a copy of its values.")


@click.command("annotate")
@click.argument("filing", metavar="FILING")
@click.option(
    "-o",
    "output",
    required=True,
    metavar="OUT.xlsx",
    help="写入的工作簿；含宏的用.xlsm / the workbook to write; .xlsm for one with macros",
)
@judging_options
@settings_options()
@language_option
@click.option("--quiet", is_flag=True, help="不在标准输出列出 / nothing on standard output")
def command(
    filing: str,
    output: str,
    ruleset: str | None,
    as_of: date | None,
    interpret: tuple[str, ...],
    interpret_all: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    waivers: str | None,
    calendars: tuple[str, ...],
    lang: Language,
    quiet: bool,
) -> int:
    """在填报工作簿的副本上标注问题：单元格加批注和边框，首页列出并链接 / The workbook with the findings on its cells.

    原工作簿的其余内容逐字节保留；.xls、.ods、JSON等另存为.xlsx数值副本。
    All else of the workbook stays as it is; of .xls, .ods, JSON and others a copy of the values is written.

    \b
    退出码 / Exit status
      0  已写入 / written
      2  用法、规则集有误，或文件无法读取、不能标注 / usage, a bad ruleset, or a file that can't be read or annotated
    """
    from soe_compliance.api import Settings, check_paths
    from soe_compliance.report.annotated.annotate import annotated
    from soe_compliance.report.files import write_whole
    from soe_compliance.report.verdict import verdict

    _check_output(filing, output)
    file = _the_file(filing)
    settings = Settings(
        ruleset=ruleset,
        as_of=as_of,
        interpret=readings_of(interpret),
        select=comma_separated(select),
        ignore=comma_separated(ignore),
        calendars=calendars,
        interpret_all=interpret_all,
        waivers=waivers,
        house_rules=house_rules(),
    )
    report = check_paths([file.path], settings)
    _refuse_unreadable(report, filing)
    done = annotated(report, file, lang, settings.limits)
    _check_ending(output, done.ending)
    write_whole(output, done.content)
    if not quiet:
        lines = [
            verdict(report, lang),
            _WRITTEN.format(output=output, entries=done.entries, cells=done.cells).in_(lang),
            *([_COPY.in_(lang)] if done.is_copy else []),
        ]
        click.echo("\n".join(lines))
    return 0


def _check_output(filing: str, output: str) -> None:
    if PurePath(output).suffix.lower() not in _ENDINGS:
        raise UserError(
            Text(
                "输出文件的扩展名须为.xlsx（含宏的为.xlsm）",
                "the output must end in .xlsx (.xlsm with macros)",
            ),
            place=output,
        )
    if os.path.exists(output) and os.path.exists(filing) and os.path.samefile(filing, output):
        raise UserError(
            Text(
                "输出文件就是填报文件本身，不能覆盖",
                "the output is the filing itself, which is never changed",
            ),
            place=output,
            remedy=Text("请换一个文件名", "name another file"),
        )


def _check_ending(output: str, ending: str) -> None:
    """Refuse an ending by which programs would not open the workbook."""
    if PurePath(output).suffix.lower() == ending:
        return
    what = Text(
        "工作簿含宏，扩展名须为.xlsm" if ending == ".xlsm" else "工作簿不含宏，扩展名须为.xlsx",
        "the workbook has macros and must end in .xlsm"
        if ending == ".xlsm"
        else "the workbook has no macros and must end in .xlsx",
    )
    better = f"{PurePath(output).stem}{ending}"
    raise UserError(what, place=output, remedy=Text(f"请改为{better}", f"name it {better}"))


def _the_file(path: str) -> "FoundFile":
    from soe_compliance.filings.discover import STANDARD_INPUT, discover

    if path == STANDARD_INPUT:
        raise UserError(
            Text("标准输入不能标注", "standard input can't be annotated"),
            remedy=Text("请指定文件", "name a file"),
        )
    found = [file for file in discover([path]) if file.skipped is None]
    if len(found) > 1:
        raise _one_at_a_time(path, Text(f"含有{len(found)}个文件", f"holds {len(found)} files"))
    if not found:
        raise UserError(Text("没有填报文件", "holds no filing"), place=path)
    return found[0]


def _refuse_unreadable(report: "Report", path: str) -> None:
    from soe_compliance.engine import Status
    from soe_compliance.filings.problems import refusal

    if len(report.filings) != 1:
        count = len(report.filings)
        raise _one_at_a_time(path, Text(f"含有{count}份填报", f"holds {count} filings"))
    [filing] = report.filings
    if filing.status is Status.UNREADABLE:
        raise refusal(filing.problems[0], filing.source)


def _one_at_a_time(path: str, what: Text) -> UserError:
    return UserError(what, place=path, remedy=Text("请一次标注一份填报", "annotate one filing at a time"))

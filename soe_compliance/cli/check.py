"""check: read, judge, report."""

import os
import shutil
import sys
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from soe_compliance.cli.config import house_rules, settings_options
from soe_compliance.cli.limits import limits_of, limits_option
from soe_compliance.cli.options import (
    comma_separated,
    fail_on_option,
    jobs_option,
    judging_options,
    language_option,
    readings_of,
)
from soe_compliance.cli.quick import importing
from soe_compliance.cli.standard_streams import is_read
from soe_compliance.cli.stopping import end_if_stopped
from soe_compliance.cli.values import OneOf, Whole
from soe_compliance.domain.errors import UserError
from soe_compliance.domain.text import Language, Text

if TYPE_CHECKING:
    from soe_compliance.domain.outcomes import Outcome
    from soe_compliance.report.model import Report

_SHOWN = ("pass", "not_applicable")
_FORMATS = ("text", "json", "jsonl", "csv", "sarif", "junit")


@click.command("check")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@judging_options
@click.option(
    "--roster",
    metavar="FILE",
    help="应填报集团名单 / a table of the groups that should have filed (group_code, group_name, year)",
)
@click.option(
    "--year",
    type=Whole(1900, 2199),
    metavar="Y",
    help="名单未列年度时的填报年度 / the year of a roster that names none",
)
@click.option(
    "--format",
    "format_",
    type=OneOf(*_FORMATS),
    default="text",
    show_default=True,
    help="标准输出的格式 / the format on standard output",
)
@click.option(
    "-o",
    "outputs",
    multiple=True,
    metavar="FILE",
    help="另存报告，扩展名定格式：.xlsx .json .jsonl .csv .html .sarif .xml(JUnit)；文件名含{group_code}时每个集团一份；可重复 / "
    "write a report; the ending says the format; with {group_code} in the name a file for each group; repeatable",
)
@click.option(
    "--show",
    default="",
    metavar="pass,not_applicable",
    help="另外列出的结论 / outcomes to list besides fail, waived, pending, unknown",
)
@fail_on_option
@click.option(
    "--strict/--no-strict",
    help="待核或不完整也不算合格，退出码3 / unknown outcomes and incomplete filings give exit status 3",
)
@click.option(
    "--state",
    metavar="DIR",
    help="按内容保存检查结果的文件夹：再次检查只读有变化的文件，中断后可续 / "
    "keep outcomes by content: another run reads only what changed, and goes on after a stop",
)
@click.option(
    "--cluster",
    metavar="URL",
    help="由dask.distributed集群检查：调度器地址如tcp://主机:8786，或local、local:4在本机试用 / "
    "run on the workers of a dask.distributed scheduler; local: on this machine, for a trial",
)
@limits_option
@jobs_option
@settings_options()
@language_option
@click.option("--quiet", is_flag=True, help="不在标准输出列出 / nothing on standard output")
@click.option("--no-progress", is_flag=True, help="不显示进度 / no progress")
def command(
    paths: tuple[str, ...],
    ruleset: str | None,
    as_of: date | None,
    interpret: tuple[str, ...],
    interpret_all: bool,
    roster: str | None,
    year: int | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    format_: str,
    outputs: tuple[str, ...],
    show: str,
    fail_on: str,
    strict: bool,
    waivers: str | None,
    calendars: tuple[str, ...],
    state: str | None,
    cluster: str | None,
    limits: tuple[str, ...],
    jobs: int,
    lang: Language,
    quiet: bool,
    no_progress: bool,
) -> int:
    """检查填报文件；文件夹会被搜索，- 从标准输入读取一份JSON / Check filings; folders are searched, - reads JSON.

    \b
    退出码 / Exit status
      0  没有达到--fail-on级别的违反 / nothing failed at or above --fail-on
      1  有 / something did
      2  用法、规则集有误，有文件无法读取，或机器资源不足 / usage, a bad ruleset, an input that could not be read, or
         what the machine refuses
      3  --strict时有待核或不完整 / with --strict: something unknown or incomplete
      4  程序缺陷 / a defect of the program
    """
    with importing():
        from soe_compliance.api import Settings, check_paths
        from soe_compliance.cli.progress import Progress
        from soe_compliance.cli.status import exit_status
        from soe_compliance.report.files import refuse_unwritable
        from soe_compliance.report.inputs import refuse_inputs
        from soe_compliance.report.render import WITH_EXHIBITS, checked_format, write

    formats = {checked_format(output) for output in outputs}
    if roster is None and _given("year"):
        raise UserError(
            Text("--year只用于--roster", "--year is for --roster only"),
            remedy=Text("请给出名单，或去掉--year", "give a roster, or leave --year out"),
        )
    refuse_inputs(outputs, [*paths, *filter(None, (roster, waivers)), *calendars])
    for output in outputs:
        refuse_unwritable(output)
    settings = Settings(
        ruleset=ruleset,
        as_of=as_of,
        interpret=readings_of(interpret),
        select=comma_separated(select),
        ignore=comma_separated(ignore),
        show=_outcomes(comma_separated([show])),
        calendars=calendars,
        interpret_all=interpret_all,
        roster=roster,
        year=year,
        waivers=waivers,
        exhibits=not formats.isdisjoint(WITH_EXHIBITS),
        limits=limits_of(limits),
        state=state,
        house_rules=house_rules(),
    )
    with Progress(enabled=not (quiet or no_progress), language=lang) as progress:
        report = check_paths(
            paths,
            settings,
            jobs=jobs,
            cluster=cluster,
            progress=progress,
            warn=progress.warn,
            chores=[
                partial(_import_maker, name) for name in sorted(formats if quiet else {*formats, format_})
            ],
        )
    end_if_stopped()
    for output in outputs:
        write(report, output, lang, fail_on=fail_on)
    if not quiet:
        _print(report, format_, outputs, fail_on, lang)
    return exit_status(report, fail_on, strict=strict)


def _given(name: str) -> bool:
    """Whether an option stands on the command line."""
    return click.get_current_context().get_parameter_source(name) is ParameterSource.COMMANDLINE


def _outcomes(names: Sequence[str]) -> list["Outcome"]:
    from soe_compliance.domain.meant import among
    from soe_compliance.domain.outcomes import Outcome

    for name in names:
        if name not in _SHOWN:
            raise UserError(
                Text(f"没有“{name}”", f"there is no “{name}”"), place="--show", remedy=among(name, _SHOWN)
            )
    return [Outcome[name.upper()] for name in names]


def _import_maker(name: str) -> None:
    with importing():
        from soe_compliance.report.render import import_maker

        import_maker(name)


def _print(report: "Report", format_: str, outputs: Sequence[str], fail_on: str, language: Language) -> None:
    from soe_compliance.report.console import console
    from soe_compliance.report.render import parts

    if format_ != "text":
        for part in parts(report, format_, language, fail_on):
            sys.stdout.buffer.write(part)
            if not is_read(sys.stdout):
                break
        sys.stdout.buffer.flush()
        return
    width = shutil.get_terminal_size((120, 24)).columns
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    click.echo(
        console(report, language, width=width, colour=colour, full=outputs[0] if outputs else None),
        nl=False,
        color=colour,
    )

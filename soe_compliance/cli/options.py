"""Options that several commands share, and how their texts become values."""

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from soe_compliance.cli.config import with_settings
from soe_compliance.cli.language import taken
from soe_compliance.cli.values import Day, OneOf, Whole
from soe_compliance.domain.errors import UserError
from soe_compliance.domain.text import Text

_THRESHOLDS = ("prohibition", "mandatory", "principle", "data", "advisory", "never")
_F = TypeVar("_F", bound=Callable[..., Any])


language_option = click.option(
    "--lang",
    type=OneOf("zh", "en"),
    default="zh",
    show_default=True,
    is_eager=True,
    callback=taken,
    help="语言 / language",
)

ruleset_option = click.option(
    "--ruleset",
    default="xingan-2023",
    show_default=True,
    metavar="ID|FOLDER",
    help="规则集 / the ruleset",
)

chosen_ruleset_option = click.option(
    "--ruleset",
    metavar="ID|FOLDER",
    help="规则集 / the ruleset  [默认按填报的监管机构和日期选用，否则xingan-2023 / "
    "default: by the supervisor and date that the filings name, else xingan-2023]",
)

as_of_option = click.option(
    "--as-of",
    type=Day(),
    help="检查基准日，据以判断事项是否到期 / the date by which things are due  [默认今天 / default: today]",
)

interpret_option = click.option(
    "--interpret",
    multiple=True,
    callback=with_settings,
    metavar="KEY=OPTION",
    help="条款有歧义处改用另一种解释，可重复 / another reading of an ambiguous clause; repeatable",
)

calendars_option = click.option(
    "--calendar",
    "calendars",
    multiple=True,
    metavar="FILE",
    help="补充年度的放假调休安排 / further years of official days off and worked weekends",
)

jobs_option = click.option(
    "--jobs",
    type=Whole(1, 1000),
    default=lambda: os.cpu_count() or 1,
    metavar="N",
    help="并行进程数 / processes  [默认CPU核数 / default: the cores there are]",
)

fail_on_option = click.option(
    "--fail-on",
    type=OneOf(*_THRESHOLDS),
    default="data",
    show_default=True,
    help="达到此级别的违反使退出码为1 / severities from which a breach gives exit status 1",
)

text_or_json_option = click.option(
    "--format",
    "format_",
    type=OneOf("text", "json"),
    default="text",
    show_default=True,
    help="标准输出的格式 / the format on standard output",
)

_JUDGING = (
    chosen_ruleset_option,
    as_of_option,
    interpret_option,
    click.option(
        "--interpret-all/--no-interpret-all",
        help="指出每项结论取决于哪些解释选项 / say of each verdict which readings it hangs on",
    ),
    click.option(
        "--select",
        multiple=True,
        metavar="CODES",
        help="只检查这些规则或类别，如GUA,INV2,GUA104 / only these rules or families",
    ),
    click.option(
        "--ignore",
        multiple=True,
        metavar="CODES",
        help="不检查这些规则或类别 / not these rules or families",
    ),
    click.option("--waivers", metavar="FILE", help="审核人员的豁免文件 / the reviewers' own waivers"),
    calendars_option,
)


def judging_options(function: _F) -> _F:
    """By which rules, in which reading, and as of which day filings are judged."""
    for option in reversed(_JUDGING):
        function = option(function)
    return function


def readings_of(pairs: Sequence[str]) -> dict[str, str]:
    """`KEY=OPTION` pairs as a mapping.

    Raises:
        UserError: a pair is not of this form, or a key is given twice.
    """
    readings: dict[str, str] = {}
    for pair in pairs:
        key, equals, option = pair.partition("=")
        if not equals or not key or not option:
            raise UserError(
                Text(f"--interpret {pair} 应写作 名称=选项", f"--interpret {pair}: write KEY=OPTION")
            )
        if readings.get(key, option) != option:
            raise UserError(
                Text(f"--interpret {key} 给了两个选项", f"--interpret {key} is given two options")
            )
        readings[key] = option
    return readings


def comma_separated(values: Sequence[str]) -> list[str]:
    return [part.strip() for value in values for part in value.split(",") if part.strip()]


def terminal_width() -> int:
    """The columns of the terminal, 120 where there is none."""
    return shutil.get_terminal_size((120, 24)).columns


def print_result(result: str | bytes) -> None:
    """A result on standard output: text as the terminal takes it, JSON as it is."""
    if isinstance(result, bytes):
        sys.stdout.buffer.write(result)
        sys.stdout.buffer.flush()
    else:
        click.echo(result, nl=False)

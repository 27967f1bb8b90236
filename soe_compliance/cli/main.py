"""The program: its commands, and what becomes of errors."""

import sys
from importlib import import_module
from io import TextIOWrapper
from typing import NoReturn

import click

from soe_compliance import __version__
from soe_compliance.cli.ending import ended_at_once
from soe_compliance.cli.exit_codes import DEFECT, UNREADABLE
from soe_compliance.cli.groups import Group
from soe_compliance.cli.language import chosen_language, forget
from soe_compliance.cli.quick import importing, one_thread_for_sums, without_plugins
from soe_compliance.cli.standard_streams import open_standard_streams, outlive_readers
from soe_compliance.cli.stopping import end_if_stopped, heed_stops, keep_quiet_of_stops

_COMMANDS = {
    "check": "检查填报文件或文件夹 / check filings",
    "read": "查看填报被读成什么 / show what was understood of a filing",
    "graph": "绘制股权与担保关系图 / draw holdings and guarantees",
    "headroom": "还能担保、投资多少，接下来何时到期 / what may still be guaranteed or invested, what is due next",
    "whatif": "签订之前试算结论会怎样变 / which verdicts would change",
    "annotate": "在填报工作簿上标注问题 / mark the findings on the cells of a filing",
    "rule": "查看规则 / show rules",
    "ruleset": "查看和测试规则集 / show and test rulesets",
    "template": "生成填报表样 / the forms as a workbook to fill in",
    "explain": "解释报告中的一项问题 / explain one finding of a report",
    "diff": "比较两份报告 / compare two reports",
    "verify": "用填报文件核对报告 / hold a report against the filings",
    "calendar": "法定工作日 / official working days",
    "schema": "填报和报告的JSON Schema / JSON Schemas",
    "selftest": "自检已安装的程序 / test the installed program",
}


class _Commands(Group):
    """The commands by name; one is imported when it is called, so that help stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        with importing():
            command: click.Command = import_module(f"soe_compliance.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令 / Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="soe-compliance")
def program() -> None:
    """按监管规则检查国有企业的填报 / Check what state-owned enterprises file against supervision rules.

    \b
    soe-compliance check 填报文件夹                检查，并在终端列出问题
    soe-compliance check 填报.xlsx -o 报告.xlsx    另存问题工作簿
    soe-compliance rule show GUA104                查看一条规则
    """


def main() -> NoReturn:
    """Run the program and exit: 0 to 3 as `check` says, 2 for what a user can mend, 4 for a defect of ours."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a console of another code page shows what it can
    forget()
    heed_stops()
    one_thread_for_sums()
    without_plugins()
    try:
        status = program.main(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(UNREADABLE)
    except Exception as error:
        end_if_stopped()
        sys.exit(_told(error))
    sys.exit(status if isinstance(status, int) else 0)


def process() -> NoReturn:
    """The program as a process of its own; what escapes `main` ends as a defect, not as Python would: as a breach."""
    open_standard_streams()
    outlive_readers()
    keep_quiet_of_stops()
    try:
        ended_at_once(main)
    except Exception:  # there is not even the memory to tell of an error
        sys.excepthook(*sys.exc_info())
        sys.exit(DEFECT)


def _told(error: Exception) -> int:
    """Say what went wrong: to the user what to mend, else the whole traceback."""
    from soe_compliance.cli.machine import refused_by_machine
    from soe_compliance.domain.errors import UserError
    from soe_compliance.report.safe import visible

    if isinstance(error, click.ClickException):
        from soe_compliance.cli.usage_errors import told as told_of_usage

        told: UserError | None = told_of_usage(error)
    else:
        told = error if isinstance(error, UserError) else refused_by_machine(error)
    if told:
        language = chosen_language(sys.argv)
        label = "错误：" if language == "zh" else "Error: "
        click.echo(label + visible(told.in_(language)), err=True)
        return UNREADABLE
    import traceback

    for line in "".join(traceback.format_exception(error)).splitlines():
        click.echo(visible(line), err=True)
    click.echo(
        "程序缺陷，请附上以上信息报告 / a defect of the program: please report it with the lines above",
        err=True,
    )
    return DEFECT

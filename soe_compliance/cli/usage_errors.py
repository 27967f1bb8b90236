"""What click finds wrong with a command line, told as all other errors are."""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import click

from soe_compliance.cli.values import shown_name, words_of
from soe_compliance.domain.errors import UserError
from soe_compliance.domain.meant import among, close_to
from soe_compliance.domain.text import Text

_Told: TypeAlias = tuple[Text, Text | None]
"""What is wrong, and what to do where more can be said than where the usage is told."""

_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)", re.DOTALL)


def told(error: click.ClickException) -> UserError:
    """The same error in both languages, with what to do."""
    tell = next((tell for kind, tell in _TOLD.items() if isinstance(error, kind)), _other)
    what, remedy = tell(error)
    context = getattr(error, "ctx", None)
    if context is None:
        return UserError(what, remedy=remedy)
    path = context.command_path
    return UserError(what, place=path, remedy=remedy or Text(f"用法见{path} --help", f"see {path} --help"))


def _missing(error: Any) -> _Told:
    name, words = shown_name(error.param), words_of(error.param)
    return Text(f"缺少{name}", f"{name} is missing"), among("", words) if words else None


def _no_option(error: Any) -> _Told:
    name, params = error.option_name, error.ctx.command.params
    options = [option for param in params for option in param.opts if option.startswith("-")]
    return Text(f"没有选项{name}", f"there is no option {name}"), (
        among(name, options) if close_to(name, options) else None
    )


def _misused(error: Any) -> _Told:
    name = error.option_name
    if "requires" in error.message:
        what = Text(f"{name}之后缺少值", f"{name} lacks its value")
        return what, Text(f"请写作{name} 值", f"write {name} VALUE")
    return Text(f"{name}不带值", f"{name} takes no value"), Text(f"请只写{name}", f"write {name} alone")


def _other(error: click.ClickException) -> _Told:
    extra = _EXTRA.fullmatch(error.message)
    if extra:
        return Text(f"多出{extra[1]}", f"{extra[1]} is too much"), None
    return Text(f"用法有误：{error.message}", error.message), None


_TOLD: Mapping[type[click.ClickException], Callable[[Any], _Told]] = {
    click.MissingParameter: _missing,
    click.NoSuchOption: _no_option,
    click.BadOptionUsage: _misused,
}

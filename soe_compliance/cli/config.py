"""--config and --no-config: a settings file gives the defaults of the other options.

What stands on the command line wins: a list is replaced as a whole, of readings and limits each key.
"""

import os
import re
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from json import dumps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click
from click.core import ParameterSource

from soe_compliance.cli.settings_file import FILE_NAME, KEYS, Found, nearest, pairs_of, read_config, shown
from soe_compliance.domain.errors import UserError
from soe_compliance.domain.text import Language, Text
from soe_compliance.report.safe import visible

_FOUND = "soe_compliance.settings"
_LEFT_OUT = "soe_compliance.no_settings"
_NAMING = ("readings", "select", "ignore")
"""The keys whose values name what only the ruleset knows; errors about these come later."""
_SET = Text("设置文件{path}设定：{listed}", "set by {path}: {listed}")
_P = ParamSpec("_P")
_R = TypeVar("_R")


def _left_out(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        if _FOUND in ctx.meta:
            raise _both()
        ctx.meta[_LEFT_OUT] = True


def _taken(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    """Read the file, if there is one, before the other options are looked at; these then have its values by default."""
    left_out = ctx.meta.get(_LEFT_OUT, False)
    if value is not None:
        if left_out:
            raise _both()
        path: Path | None = Path(os.path.abspath(value))
    else:
        path = None if left_out else nearest(Path.cwd())
    if path is None:
        return
    found = read_config(path, named=value is not None)
    ctx.meta[_FOUND] = found
    ctx.default_map = {
        KEYS[key].option: said for key, said in found.values.items() if KEYS[key].takes != "table"
    }


def _both() -> UserError:
    return UserError(
        Text("--config与--no-config不能同用", "--config and --no-config exclude each other"),
        remedy=Text("请只用其一", "give one of them"),
    )


def with_settings(ctx: click.Context, param: click.Parameter, given: Sequence[str]) -> tuple[str, ...]:
    """The `KEY=VALUE` pairs of an option, with those of the settings file whose keys are not given."""
    found: Found | None = ctx.meta.get(_FOUND)
    key = next((key for key, one in KEYS.items() if one.option == param.name), "")
    if found is None or key not in found.values:
        return tuple(given)
    keys = {pair.partition("=")[0] for pair in given}
    kept = {name: value for name, value in found.values[key].items() if name not in keys}
    ctx.meta[f"{_FOUND}.{key}"] = kept
    return (*pairs_of(kept), *given)


def settings_options(*, aloud: bool = False) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """`--config` and `--no-config`, for a command whose options are the defaults' own.

    Args:
        aloud: whether to say on standard error what the file set, for commands whose output has no place for it.
    """

    def decorated(function: Callable[_P, _R]) -> Callable[_P, _R]:
        @wraps(function)
        def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
            if aloud:
                language: Language = "en" if kwargs.get("lang") == "en" else "zh"
                for text in house_rules():
                    click.echo(visible(text.in_(language)), err=True)
            try:
                return function(*args, **kwargs)
            except UserError as error:
                raise _attributed(error) from error

        options = click.option(
            "--config",
            metavar="FILE",
            is_eager=True,
            expose_value=False,
            callback=_taken,
            help=f"设置文件，默认为当前或上级文件夹中的{FILE_NAME} / a settings file  "
            f"[default: {FILE_NAME} here or in a folder above]",
        )(run)
        return click.option(
            "--no-config",
            "--isolated",
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_left_out,
            help="不采用设置文件 / heed no settings file",
        )(options)

    return decorated


def house_rules() -> tuple[Text, ...]:
    """What the settings file set for the command that runs, as its report prints it; nothing where there is none."""
    ctx = click.get_current_context()
    found: Found | None = ctx.meta.get(_FOUND)
    if found is None:
        return ()
    said = [f"{key}={_written(value)}" for key, value in _in_effect(ctx, found) if KEYS[key].judges]
    listed = Text("，".join(said) or "没有用到的设置", ", ".join(said) or "nothing that is used here")
    return (_SET.format(path=shown(found.path), listed=listed),)


def _in_effect(ctx: click.Context, found: Found) -> Iterable[tuple[str, Any]]:
    """The keys of the file that the command heeds and that its command line does not replace, with what counts."""
    for key, value in found.written.items():
        if KEYS[key].takes == "table":
            kept = ctx.meta.get(f"{_FOUND}.{key}")
            if kept:
                yield key, kept
        elif ctx.get_parameter_source(KEYS[key].option) is ParameterSource.DEFAULT_MAP:
            yield key, value


def _written(value: object) -> str:
    return dumps(value, ensure_ascii=False, default=str)


def _attributed(error: UserError) -> UserError:
    """The error; with the key of the settings file that it speaks of, where it names what stands there."""
    ctx = click.get_current_context()
    found: Found | None = ctx.meta.get(_FOUND)
    if error.place or found is None:
        return error
    for key, value in _in_effect(ctx, found):
        names = [*value, *value.values()] if isinstance(value, dict) else value
        if key in _NAMING and any(_names(error.what.en, str(name)) for name in names):
            return UserError(error.what, place=found.place(key), remedy=error.remedy)
    return error


def _names(text: str, name: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) is not None

"""The settings file, soe-compliance.toml: the house rules of an office, as defaults of the command line's options.

It is looked for in the current folder and in those above it, never where the filings are; the nearest one counts. What
stands on the command line wins: a list is replaced, of readings and limits each key. Paths in it are from its own folder.
It can only say how filings are judged; it names no output and starts nothing.
"""

import os
import stat
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click
from msgspec import Struct

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.system_errors import why
from soe_compliance.domain.text import Text

FILE_NAME = "soe-compliance.toml"
MOST_BYTES = 1024**2

_SHARED_WRITE = stat.S_IWOTH


class _Key(Struct, frozen=True):
    """A key of the file.

    Attributes:
        option: the parameter of the commands that it is the default of.
        takes: what its value must be, a key of `_SHAPES`.
        path: whether it names files, from the file's folder.
        judges: whether it may change what a report says, so that the report prints it.
    """

    option: str
    takes: str
    path: bool = False
    judges: bool = True


KEYS: Mapping[str, _Key] = {
    "ruleset": _Key("ruleset", "text"),
    "as-of": _Key("as_of", "day"),
    "readings": _Key("interpret", "table"),
    "interpret-all": _Key("interpret_all", "flag"),
    "select": _Key("select", "texts"),
    "ignore": _Key("ignore", "texts"),
    "fail-on": _Key("fail_on", "text"),
    "strict": _Key("strict", "flag"),
    "waivers": _Key("waivers", "text", path=True),
    "calendars": _Key("calendars", "texts", path=True),
    "roster": _Key("roster", "text", path=True),
    "year": _Key("year", "number"),
    "limits": _Key("limits", "table"),
    "lang": _Key("lang", "text", judges=False),
    "jobs": _Key("jobs", "number", judges=False),
}

_SHAPES: Mapping[str, tuple[Callable[[object], bool], Text]] = {
    "text": (lambda v: isinstance(v, str) and v != "", Text('文本，如"…"', 'a text such as "..."')),
    "flag": (lambda v: isinstance(v, bool), Text("true或false", "true or false")),
    "number": (lambda v: type(v) is int, Text("整数", "a whole number")),
    "day": (
        lambda v: type(v) is date or isinstance(v, str),
        Text("日期，如2024-04-15", "a date such as 2024-04-15"),
    ),
    "texts": (
        lambda v: isinstance(v, list) and all(isinstance(one, str) and one for one in v),
        Text('文本列表，如["…", "…"]', 'a list of texts such as ["...", "..."]'),
    ),
    "table": (
        lambda v: isinstance(v, dict) and all(isinstance(one, str) or type(one) is int for one in v.values()),
        Text('表，如{名称 = "值"}', 'a table such as {key = "value"}'),
    ),
}


class Found(Struct, frozen=True):
    """A settings file that was read.

    Attributes:
        path: the file.
        values: what it says, by its keys; paths are whole.
        written: the same as it stands there.
    """

    path: Path
    values: Mapping[str, Any]
    written: Mapping[str, Any]

    def place(self, key: str) -> str:
        return f"{shown(self.path)}: {key}"


def shown(path: Path) -> str:
    """A path as people read it: from the current folder, where there is a way."""
    try:
        return os.path.relpath(path)
    except ValueError:  # another drive
        return str(path)


def nearest(folder: Path) -> Path | None:
    """The settings file of a folder or of the nearest one above it."""
    return next(
        (one / FILE_NAME for one in (folder, *folder.parents) if os.path.lexists(one / FILE_NAME)), None
    )


def read_config(path: Path, *, named: bool) -> Found:
    """What a settings file says.

    Args:
        named: whether the user named it; one that was merely found must be safe from other users' hands.

    Raises:
        UserError: it can't be read, is no TOML, has a key that there is not or a value that doesn't fit it.
    """
    data = _bytes_of(path, named)
    place = shown(path)
    import tomllib

    try:
        said = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UserError(
            Text("不是UTF-8编码", "is not in UTF-8"),
            place=place,
            remedy=Text("请另存为UTF-8", "save it as UTF-8"),
        ) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        why = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise UserError(Text(f"不是有效的TOML：{why}", f"is no valid TOML: {why}"), place=place) from None
    for key, value in said.items():
        _check(key, value, place)
    found = Found(path, {key: _whole(KEYS[key], value, path.parent) for key, value in said.items()}, said)
    for key, value in found.values.items():
        _check_as_option(found, key, value)
    return found


def _bytes_of(path: Path, named: bool) -> bytes:
    place = shown(path)
    try:
        with open(path, "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise UserError(Text("不是普通文件", "is not a regular file"), place=place)
            if not named:
                _refuse_of_others(status, place)
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UserError(
            Text("无法打开：{why}", "can't be opened: {why}").format(why=why(error)),
            place=place,
            remedy=Text("请核对路径和读取权限", "check the path and the right to read it"),
        ) from None
    if len(data) > MOST_BYTES:
        raise UserError(
            Text(f"大于{MOST_BYTES:,}字节", f"is larger than {MOST_BYTES:,} bytes"),
            place=place,
            remedy=Text("请核对是否为设置文件", "look whether it is a settings file"),
        )
    return data


def _refuse_of_others(status: os.stat_result, place: str) -> None:
    """A file that somebody else put into a folder above must not quietly say how filings are judged."""
    if not hasattr(os, "getuid"):
        return
    if status.st_uid not in (os.getuid(), 0) or status.st_mode & _SHARED_WRITE:
        raise UserError(
            Text("设置文件属于他人或他人可以修改，未采用", "belongs to, or can be changed by, somebody else"),
            place=place,
            remedy=Text(
                f"核对后用--config {place}指定，或用--no-config不采用",
                f"name it with --config {place} once you have looked at it, or leave it out with --no-config",
            ),
        )


def _check(key: str, value: object, place: str) -> None:
    if key not in KEYS:
        from soe_compliance.domain.meant import among

        of_option = next((name for name, known in KEYS.items() if known.option == key.replace("-", "_")), key)
        raise UserError(
            Text(f"没有设置项{key}", f"there is no setting {key}"), place=place, remedy=among(of_option, KEYS)
        )
    fits, wanted = _SHAPES[KEYS[key].takes]
    if not fits(value):
        raise UserError(
            Text("值不是所需的类型", "the value is of another type"),
            place=f"{place}: {key}",
            remedy=Text("应为{wanted}", "write {wanted}").format(wanted=wanted),
        )


def _check_as_option(found: Found, key: str, value: Any) -> None:
    """Hold a value to what `check` takes for its option, whichever command is running."""
    from soe_compliance.cli.check import command
    from soe_compliance.cli.limits import limits_of

    [option] = [param for param in command.params if param.name == KEYS[key].option]
    try:
        if key == "ruleset":
            from soe_compliance.law.loading import ruleset_path

            ruleset_path(value)
        elif key == "limits":
            limits_of(pairs_of(value))
        elif KEYS[key].takes != "table":
            option.type_cast_value(click.Context(command), value)
    except UserError as error:
        raise UserError(error.what, place=found.place(key), remedy=error.remedy) from None


def pairs_of(table: Mapping[str, object]) -> list[str]:
    return [f"{key}={value}" for key, value in table.items()]


def _whole(key: _Key, value: Any, folder: Path) -> Any:
    """The value with paths from the file's folder; a ruleset is a path where there is one."""
    if key.path:
        values = [value] if isinstance(value, str) else value
        paths = [os.path.normpath(folder / one) for one in values]
        return paths[0] if isinstance(value, str) else paths
    if key.option == "ruleset" and (folder / value).exists():
        from soe_compliance.law.loading import ruleset_ids

        return value if value in ruleset_ids() else os.path.normpath(folder / value)
    return value

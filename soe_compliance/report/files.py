"""Files written whole or not at all."""

import os
import stat
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.system_errors import why
from soe_compliance.domain.text import Text

_SHARED = stat.S_ISVTX | stat.S_IWOTH
"""What marks a folder that all may write to, each his own files."""

_ANOTHER = Text("请换一个路径", "name another path")


def write_whole(path: str | os.PathLike[str], content: bytes | Iterable[bytes]) -> None:
    """Put the bytes, whole or in parts, into the file: a reader finds the old file or the new one, never a part.

    Raises:
        UserError: the file can't be written there.
    """
    named = os.fspath(path)
    try:
        _replace(_target(named), [content] if isinstance(content, bytes) else content)
    except (OSError, ValueError) as error:
        raise _unwritable(named, error) from error


def refuse_unwritable(named: str) -> None:
    """Refuse before a long run what can be seen not to be writable after it.

    Raises:
        UserError: its folder is not there, or what stands there is no file that may be replaced.
    """
    try:
        _target(named)
    except (OSError, ValueError) as error:
        raise _unwritable(named, error) from error


def _target(named: str) -> Path:
    """Where a file will be, links followed."""
    _refuse_planted_links(named)
    target = Path(os.path.realpath(named))
    _check_target(named, target)
    return target


def _refuse_planted_links(named: str) -> None:
    """Refuse to follow a link that somebody else laid into a folder that all may write to, such as /tmp.

    Linux does so of itself where it opens a file there; here the target is worked out before.
    """
    if sys.platform == "win32":
        return
    path = os.path.abspath(named)
    for part in (path, *map(str, Path(path).parents)):
        if not os.path.islink(part):
            continue
        folder, owner = os.stat(os.path.dirname(part)), os.lstat(part).st_uid
        if folder.st_mode & _SHARED == _SHARED and owner not in (os.geteuid(), folder.st_uid):
            raise UserError(
                Text(
                    "是他人在公用文件夹中建立的链接，不能写入",
                    "is a link that another user laid into a shared folder",
                ),
                place=part,
                remedy=_ANOTHER,
            )


def _check_target(named: str, target: Path) -> None:
    if target.is_dir():
        raise UserError(Text("是文件夹，不能写入", "is a folder"), place=named, remedy=_ANOTHER)
    if not target.parent.is_dir():
        raise UserError(
            Text("所在文件夹不存在，不能写入", "can't be written: there is no such folder"),
            place=named,
            remedy=Text("请先建立文件夹", "make the folder first"),
        )
    if not target.exists():
        return
    mode = target.stat().st_mode
    if not stat.S_ISREG(mode):
        raise UserError(Text("不是普通文件，不能写入", "is not a regular file"), place=named, remedy=_ANOTHER)
    if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(target, os.W_OK):
        raise UserError(Text("文件为只读，不能写入", "is read-only"), place=named, remedy=_ANOTHER)


def _replace(target: Path, parts: Iterable[bytes]) -> None:
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask()
    handle, temporary = mkstemp(prefix=".soe-compliance-", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode)
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _unwritable(named: str, error: OSError | ValueError) -> UserError:
    return UserError(
        Text("不能写入：{why}", "can't be written: {why}").format(why=why(error)),
        place=named,
        remedy=_ANOTHER,
    )

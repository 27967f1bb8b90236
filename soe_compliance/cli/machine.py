"""What the machine refuses, which its user can mend: no defect of the program, whatever raised it."""

import errno
import os
from collections.abc import Mapping

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.text import Text

_FULL = (
    Text("磁盘空间不足，未能写出全部结果", "the disk is full: not all of the result was written"),
    Text("请清理磁盘后重试", "make room and try again"),
)
_NO_MEMORY = (
    Text("内存不足", "there is not enough memory"),
    Text("请减少--jobs，或分批检查", "use fewer --jobs, or check in parts"),
)
_TOO_MANY_FILES = (
    Text("同时打开的文件数超过系统上限", "more files would be open than the system allows"),
    Text("请用ulimit -n放宽，或减少--jobs", "raise the limit with ulimit -n, or use fewer --jobs"),
)
_TOO_LARGE_FILE = (
    Text("写出的文件超过系统允许的大小", "a file would be larger than the system allows"),
    Text("请用ulimit -f放宽", "raise the limit with ulimit -f"),
)
_BUSY = (
    Text(
        "系统暂时不能再启动进程或接收输出",
        "the system starts no further process, or takes no output, just now",
    ),
    Text("请减少--jobs后重试", "try again with fewer --jobs"),
)
_NO_FOLDER = (
    Text("当前文件夹已不存在", "the current folder does not exist any more"),
    Text("请进入其他文件夹后重试", "enter another one and try again"),
)

_REFUSED: Mapping[int | None, tuple[Text, Text]] = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.ENOMEM: _NO_MEMORY,
    errno.EMFILE: _TOO_MANY_FILES,
    errno.ENFILE: _TOO_MANY_FILES,
    errno.EFBIG: _TOO_LARGE_FILE,
    errno.EAGAIN: _BUSY,
}
"""What is wrong and what to do, by the number of the system's error."""


def refused_by_machine(error: Exception) -> UserError | None:
    """What to tell the user of an error that the machine is the cause of; None where it isn't."""
    told = None
    if isinstance(error, MemoryError):
        told = _NO_MEMORY
    elif isinstance(error, FileNotFoundError):
        told = None if _has_folder() else _NO_FOLDER
    elif isinstance(error, OSError):
        told = _REFUSED.get(error.errno)
    return UserError(told[0], remedy=told[1]) if told else None


def _has_folder() -> bool:
    try:
        os.getcwd()
    except FileNotFoundError:
        return False
    return True

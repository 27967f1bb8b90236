"""Why the system can't open, read or write something, in both languages."""

import errno
from collections.abc import Mapping

from soe_compliance.domain.files import NotRegularError
from soe_compliance.domain.text import Text

_WHY: Mapping[int | None, Text] = {
    errno.ENOENT: Text("路径不存在", "there is no such path"),
    errno.EACCES: Text("没有权限，或正被其他程序打开", "no permission, or another program has it open"),
    errno.EPERM: Text("没有权限", "no permission"),
    errno.EISDIR: Text("是文件夹", "it is a folder"),
    errno.ENOTDIR: Text("路径中有一段不是文件夹", "a part of the path is no folder"),
    errno.EEXIST: Text("同名文件已存在", "there is a file of that name"),
    errno.ELOOP: Text("符号链接循环", "its links go round in a circle"),
    errno.ENAMETOOLONG: Text("文件名过长", "the name is too long"),
    errno.EROFS: Text("所在磁盘为只读", "the disk is read-only"),
    errno.ENOSPC: Text("磁盘空间不足", "the disk is full"),
    errno.EDQUOT: Text("磁盘配额不足", "the disk quota is used up"),
    errno.EFBIG: Text("超过系统允许的文件大小", "it would be larger than the system allows"),
    errno.EIO: Text("磁盘读写出错", "the disk fails"),
    errno.EMFILE: Text("同时打开的文件数超过系统上限", "more files would be open than the system allows"),
}

_NOT_REGULAR = Text("不是普通文件", "it is no regular file")


def why(error: OSError | ValueError) -> Text:
    """What the system says, in the user's language where it is known, else in its own words."""
    if isinstance(error, NotRegularError):
        return _NOT_REGULAR
    if isinstance(error, OSError) and error.errno in _WHY:
        return _WHY[error.errno]
    own = (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
    return Text(own, own)

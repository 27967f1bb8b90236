"""Bytes of files from outside: of regular files only, and no more of them than asked for."""

import errno
import os
import stat
from io import BufferedReader

_NO_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)

_PIECE = 1024**2


class NotRegularError(OSError):
    """A folder, a pipe, a device or a socket: reading it might never end, or take effect elsewhere."""

    def __init__(self, path: str) -> None:
        super().__init__(errno.EINVAL, "not a regular file", path)


def open_regular(path: str) -> BufferedReader:
    """A regular file, open to be read; links are followed.

    Raises:
        NotRegularError: it is something else.
        OSError: it can't be read.
        ValueError: it can't be the name of a file.
    """
    return open(_opened(path)[0], "rb")


def read_regular(path: str, most: int) -> bytes:
    """At most so many bytes of a regular file; the errors of `open_regular`."""
    descriptor, size = _opened(path)
    try:
        pieces = [os.read(descriptor, min(size + 1, most))]
        while pieces[-1] and (left := most - sum(map(len, pieces))):
            pieces.append(os.read(descriptor, min(left, _PIECE)))
    finally:
        os.close(descriptor)
    return b"".join(pieces)


def _opened(path: str) -> tuple[int, int]:
    """The descriptor of a regular file, and the size that the file is said to have."""
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise NotRegularError(path)
    # What stood there a moment ago may have been put in its place since: opening must not wait for a writer.
    descriptor = os.open(path, os.O_RDONLY | _NO_WAITING)
    now = os.fstat(descriptor)
    if not stat.S_ISREG(now.st_mode):
        os.close(descriptor)
        raise NotRegularError(path)
    return descriptor, now.st_size

"""Bytes of files from outside: of regular files only, and no more of them than asked for."""

import errno
import os
import stat
from io import BufferedReader

_NO_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


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
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise NotRegularError(path)
    # What stood there a moment ago may have been put in its place since: opening must not wait for a writer.
    descriptor = os.open(path, os.O_RDONLY | _NO_WAITING)
    stream = open(descriptor, "rb")  # noqa: SIM115 (the caller closes it)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        stream.close()
        raise NotRegularError(path)
    return stream


def read_regular(path: str, most: int) -> bytes:
    """At most so many bytes of a regular file; the errors of `open_regular`."""
    with open_regular(path) as stream:
        # Room is made for as many bytes as are asked for; what the file has gained since comes after.
        expected = min(os.fstat(stream.fileno()).st_size + 1, most)
        data = stream.read(expected)
        return data if len(data) < expected else data + stream.read(most - expected)

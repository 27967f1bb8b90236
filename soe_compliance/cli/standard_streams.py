"""Standard streams that are not as usual: a program started without them, as by some schedulers, or read in part only."""

import os
import sys
from io import BufferedWriter, FileIO, TextIOWrapper
from typing import Any, TextIO

_LAST = 2
"""The number of the last standard stream."""


def open_standard_streams() -> None:
    """Open those that are closed, on nothing: else their numbers, and what is printed, go to the next file opened."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= _LAST:
        pass
    os.close(number)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 (as long as the process)


def outlive_readers() -> None:
    """From now on drop what is printed after its reader has gone, as `head` does: the exit status stays what it is."""
    if sys.platform != "win32":
        sys.stdout, sys.stderr = _outliving(sys.stdout), _outliving(sys.stderr)


def is_read(stream: TextIO) -> bool:
    """Whether, as far as is known, somebody still reads what is written there."""
    raw = getattr(getattr(stream, "buffer", None), "raw", None)
    return not (isinstance(raw, _Pipe) and raw.abandoned)


class _Pipe(FileIO):
    """A stream that drops all that comes after its reader has gone, or after an error, which is raised once."""

    abandoned = False

    def write(self, data: Any, /) -> int:
        if not self.abandoned:
            try:
                return super().write(data)
            except OSError as error:
                self.abandoned = True
                if not isinstance(error, BrokenPipeError):
                    raise
        return memoryview(data).nbytes


def _outliving(stream: TextIO) -> TextIO:
    if not isinstance(stream, TextIOWrapper) or stream.fileno() > _LAST:  # no pipe, but what was opened here
        return stream
    return TextIOWrapper(
        BufferedWriter(_Pipe(stream.fileno(), "wb", closefd=False)),
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )

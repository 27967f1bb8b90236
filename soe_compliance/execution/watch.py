"""What a worker process may take: memory in all, and time for each file."""

import faulthandler
import os
import sys
from contextlib import suppress
from ctypes import c_int
from pathlib import Path
from time import monotonic

NO_FILE = -1
"""Stands for the file in hand before a task is taken, and while a whole shard is judged."""

_OWN = 64 * 1024**2
"""What a process maps for itself once it reads: the code of its reader, and the stack of its watchdog."""

_LONGEST = 10**8
"""Seconds, some three years; watchdogs of some systems take no more."""

_EARLY = 0.1
"""A watchdog that has run for no longer than this part of its time serves for the next file too."""


def limit_memory(more: int) -> None:
    """Let this process map so many bytes beyond those that it maps now, and what it needs itself.

    What is beyond makes an allocation fail. Only Linux can do this; elsewhere the limits on the file itself and the
    time have to serve.
    """
    if sys.platform != "linux":
        return
    import resource

    with suppress(OSError):
        mapped = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        wanted = mapped + _OWN + more
        resource.setrlimit(
            resource.RLIMIT_AS, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most)
        )


class Watch:
    """Says which file a worker has in hand, and ends the process where one takes too long.

    The end comes from a thread of `faulthandler`, which needs no interpreter lock: it ends what hangs in a library
    too, and a worker that lost its parent. Starting that thread costs more than a small file's share of the time, so
    a young watchdog stays for the next file: a file has at least `seconds`, and at most a tenth more.

    Args:
        place: shared with the parent: the number of the file in hand.
    """

    ENDED_BY_WATCH = 1
    """The exit status of a process that was ended."""

    def __init__(self, seconds: int, place: c_int) -> None:
        self._seconds = min(seconds, _LONGEST)
        self._place = place
        self._since = -float(self._seconds)
        self._nowhere = open(os.devnull, "wb")  # noqa: SIM115 (open as long as the process is)

    def at(self, file: int) -> None:
        """The file with this number is in hand now."""
        self._place.value = file
        if monotonic() - self._since > self._seconds * _EARLY:
            self._start()

    def judging(self) -> None:
        """All files are read, and are judged together."""
        self._place.value = NO_FILE
        self._start()

    def rest(self) -> None:
        """There is nothing to do."""
        faulthandler.cancel_dump_traceback_later()
        self._since = -float(self._seconds)

    def _start(self) -> None:
        faulthandler.dump_traceback_later(self._seconds * (1 + _EARLY), exit=True, file=self._nowhere)
        self._since = monotonic()

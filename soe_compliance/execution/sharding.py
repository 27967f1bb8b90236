"""How files are shared out, and what runs the shards.

A shard is read, typed and judged as one batch, in one process. Judging a batch costs some 5 ms whatever its size,
what a file takes comes on top; so shards are large, yet small enough that every process has its part and that a shard
of large files fits into memory.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from math import ceil
from os import stat
from typing import Protocol

from soe_compliance.execution.outcomes import FileOutcome
from soe_compliance.execution.shard import Identity, Prepared
from soe_compliance.filings.discover import FoundFile

FILES_A_SHARD = 125
BYTES_A_SHARD = 32 * 1024**2
_WORTH_A_PROCESS = 8
"""Files from which a further process saves more time than it costs."""
_MOST_ON_WINDOWS = 60
"""Windows can wait for 63 things at a time, and no more."""


class Runner(Protocol):
    """What reads and judges files: processes of this machine, or other machines."""

    @property
    def threads(self) -> int:
        """How many shards run at a time."""
        ...

    def identify(self, files: Sequence[FoundFile]) -> Identity | None:
        """The identity of the first filing of these files that can be read."""
        ...

    def run(self, shards: Iterable[Sequence[FoundFile]], prepared: Prepared) -> Iterator[list[FileOutcome]]:
        """The outcomes of the files of each shard, in order.

        Shards are taken one by one, a bounded number ahead of the one that is given back; one may be empty.

        Raises:
            UserError: what a user can mend, other than a file.
        """
        ...


def processes(files: int, jobs: int) -> int:
    """How many processes so many files are worth, of those that may be used."""
    most = _MOST_ON_WINDOWS if sys.platform == "win32" else jobs
    return max(1, min(jobs, most, ceil(files / _WORTH_A_PROCESS)))


def shards_of(files: Sequence[FoundFile], workers: int) -> Iterator[Sequence[FoundFile]]:
    """The files in order, shared out evenly among so many workers."""
    rounds = ceil(len(files) / (workers * FILES_A_SHARD))
    most = ceil(len(files) / (workers * rounds)) if files else 1
    start, held = 0, 0
    for place, file in enumerate(files):
        size = _size(file)
        if place > start and (place - start == most or held + size > BYTES_A_SHARD):
            yield files[start:place]
            start, held = place, 0
        held += size
    if start < len(files):
        yield files[start:]


def _size(file: FoundFile) -> int:
    """The bytes of a file, 0 where that can't be told."""
    if file.data is not None:
        return len(file.data)
    with suppress(OSError, ValueError):
        return stat(file.path).st_size
    return 0

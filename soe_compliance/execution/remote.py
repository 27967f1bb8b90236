"""What a worker of a cluster does with a shard.

The worker of dask may be a process that must have no children, and it has many threads, which a copy of a process does
not survive. So each thread of it has a plain program of its own beside it, this module, and that one has a pool with a
process that reads: a file that kills the process costs what it costs on a single machine. The program ends as its
standard input does, with the worker.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from stat import S_ISDIR, S_ISREG
from typing import IO, Any, TypeAlias

from msgspec import Struct

from soe_compliance.execution.outcomes import to_json
from soe_compliance.execution.pool import Pool
from soe_compliance.execution.program import program
from soe_compliance.execution.shard import Prepared
from soe_compliance.filings.discover import FoundFile

Mark: TypeAlias = tuple[object, ...]
"""What tells whether two machines see the same file: sizes and times of change."""

_LENGTH_BYTES = 8


class SentFile(Struct, frozen=True):
    """A file of a shard: its bytes, or the mark by which a worker knows that it sees the same file."""

    path: str
    mark: Mark | None
    data: bytes | None = None


class Task(Struct, frozen=True):
    """A shard for a worker.

    Attributes:
        folder: where relative paths begin.
        prepared: what the check needs beside the files, packed.
    """

    folder: str
    prepared: bytes
    files: tuple[SentFile, ...]


class Answer(Struct, frozen=True):
    """What a worker made of a shard.

    Attributes:
        outcomes: those of the files that it saw, as JSON.
        unseen: the places of the files that it did not see.
    """

    outcomes: bytes
    unseen: tuple[int, ...]


def mark_of(path: str) -> Mark | None:
    """The mark of a file, or of a folder with all that lies in it; None for anything else."""
    with suppress(OSError, ValueError):
        found = os.stat(path)
        if S_ISREG(found.st_mode):
            return found.st_size, found.st_mtime_ns
        if S_ISDIR(found.st_mode):
            with os.scandir(path) as entries:
                inside = sorted((entry.name, entry.stat()) for entry in entries)
            return tuple((name, stated.st_size, stated.st_mtime_ns) for name, stated in inside)
    return None


def check_shard(wanted: str, task: bytes) -> tuple[str, bytes | None]:
    """Run on a worker: this worker's program, and the packed answer; None where the program is another or died.

    Args:
        wanted: the program that sent the task.
        task: a packed `Task`.
    """
    own = program()
    if own != wanted:
        return own, None
    try:
        beside = _IDLE.get_nowait()
    except Empty:
        beside = _Beside()
    try:
        answer = beside.ask(task)
    except (OSError, EOFError):
        beside.end()
        return own, None
    _IDLE.put(beside)
    return own, answer


_SERVE = f"""
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
from {__name__} import serve
serve()
"""
"""A Ctrl-C is for the whole group of processes; this one ends with its worker, and has nothing to say of it."""


class _Beside:
    """The program that runs beside a thread of a worker."""

    def __init__(self) -> None:
        path = os.pathsep.join(part for part in sys.path if part)
        self._process = subprocess.Popen(
            [sys.executable, "-c", _SERVE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
        )

    def ask(self, task: bytes) -> bytes:
        """The answer to a task.

        Raises:
            OSError, EOFError: the program ended.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        _put(self._process.stdin, task)
        return _taken(self._process.stdout)

    def end(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.communicate()


_IDLE: "SimpleQueue[_Beside]" = SimpleQueue()


def _put(stream: IO[bytes], content: bytes) -> None:
    stream.write(len(content).to_bytes(_LENGTH_BYTES, "big") + content)
    stream.flush()


def _taken(stream: IO[bytes]) -> bytes:
    length = int.from_bytes(_exactly(stream, _LENGTH_BYTES), "big")
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    content = stream.read(size)
    if len(content) < size:
        raise EOFError
    return content


class _Server:
    """Answers one task after the other, with one pool as long as the check is the same."""

    def __init__(self) -> None:
        self._packed = b""
        self._prepared: Prepared | None = None
        self._pool: Pool | None = None

    def answer(self, task: Task) -> Answer:
        entered = _entered(task.folder)
        seen: list[FoundFile] = []
        unseen: list[int] = []
        for place, file in enumerate(task.files):
            if file.data is not None:
                seen.append(FoundFile(file.path, data=file.data))
            elif (entered or os.path.isabs(file.path)) and mark_of(file.path) == file.mark:
                seen.append(FoundFile(file.path))
            else:
                unseen.append(place)
        return Answer(self._checked(seen, task.prepared), tuple(unseen))

    def _checked(self, files: Sequence[FoundFile], packed: bytes) -> bytes:
        if not files:
            return to_json([])
        if packed != self._packed or self._pool is None or self._prepared is None:
            self.close()
            self._packed, self._prepared = packed, pickle.loads(packed)
            self._pool = Pool(1, self._prepared.limits)
        [outcomes] = self._pool.run([files], self._prepared)
        return to_json(outcomes)

    def close(self) -> None:
        if self._pool is not None:
            self._pool.__exit__(None, None, None)


def _entered(folder: str) -> bool:
    with suppress(OSError, ValueError):
        os.chdir(folder)
        return True
    return False


def serve() -> None:
    """Answer the tasks on standard input until it ends; what raises is answered as it is."""
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    server = _Server()
    try:
        while True:
            packed = _taken(sys.stdin.buffer)
            answer: Any
            try:
                answer = server.answer(pickle.loads(packed))
            except Exception as error:
                answer = error
            _put(output, pickle.dumps(answer))
    except (EOFError, OSError):
        server.close()

"""A worker process: started, given tasks, and what it answers.

Files come from outside, and the libraries that read them abort, hang or ask for more memory than there is on some of
them. So no file is read in the program's own process.
"""

import faulthandler
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from ctypes import c_int
from enum import Enum, auto
from multiprocessing import get_context
from pathlib import Path
from time import monotonic
from typing import Any, Concatenate, ParamSpec, TypeAlias

from msgspec import Struct

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.signals import FROM_TERMINALS
from soe_compliance.execution.shard import Bench
from soe_compliance.execution.watch import NO_FILE, Watch, limit_memory
from soe_compliance.filings.bad_cells import shown
from soe_compliance.filings.limits import Limits

if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection as Pipe
else:
    from multiprocessing.connection import Connection as Pipe

_MOST_CHARACTERS = 100
_MOST_FRAMES = 5
_P = ParamSpec("_P")

# a copy of this process starts in milliseconds; where that is not safe or not possible, a new one is started
if sys.platform == "linux":
    _CONTEXT = get_context("fork")
else:
    _CONTEXT = get_context("spawn")


class Cause(Enum):
    """Why a task has no answer."""

    DEFECT = auto()
    DIED = auto()
    TOO_SLOW = auto()
    OUT_OF_MEMORY = auto()


class Done(Struct, frozen=True):
    """A task was done."""

    value: Any


class Ended(Struct, frozen=True):
    """The worker ended over its task.

    Attributes:
        place: the number of the file that it had in hand, or `NO_FILE`.
        what: of a defect, what was raised and where.
    """

    cause: Cause
    place: int
    what: str = ""


class _Failed(Struct, frozen=True):
    """A task met a defect of the program: what was raised, and where."""

    what: str


class _Said(Enum):
    READY = auto()
    NO_MEMORY = auto()


Answer: TypeAlias = Done | Ended


class Worker:
    """A worker process as its parent sees it.

    Args:
        others: the ends of other workers' connections, which a copy of this process must let go.
    """

    def __init__(self, limits: Limits, others: Sequence[Pipe]) -> None:
        self.connection, theirs = _CONTEXT.Pipe()
        self._limits = limits
        self._place: c_int = _CONTEXT.RawValue(c_int, NO_FILE)
        inherited = [*others, self.connection] if _CONTEXT.get_start_method() == "fork" else []
        self._process = _CONTEXT.Process(
            target=_serve, args=(theirs, limits, self._place, inherited), daemon=True
        )
        self._process.start()
        theirs.close()
        self._ready = False
        self._since = monotonic()

    def give(
        self, task: Callable[Concatenate[Bench, _P], object], *args: _P.args, **kwargs: _P.kwargs
    ) -> None:
        """Give it a task: a function of a module, which takes the worker's bench first."""
        self._place.value = NO_FILE
        self._since = monotonic()
        try:
            self.connection.send((task, args))
        except OSError:
            return  # it has ended, which `answer` tells

    def answer(self) -> Answer | None:
        """What it says, once its connection is ready; None where that is no answer.

        Raises:
            UserError: the task raised it.
        """
        try:
            said = self.connection.recv()
        except (EOFError, OSError):
            return self._ended()
        if said is _Said.READY:
            self._ready = True
            return None
        if said is _Said.NO_MEMORY:
            return Ended(Cause.OUT_OF_MEMORY, self._place.value)
        if isinstance(said, _Failed):
            return Ended(Cause.DEFECT, self._place.value, said.what)
        if isinstance(said, UserError):
            raise said
        return Done(said)

    def _ended(self) -> Ended:
        self._process.join()
        if not self._ready:
            raise RuntimeError(f"a worker process ended as it started, with status {self._process.exitcode}")
        by_watch = self._process.exitcode == Watch.ENDED_BY_WATCH
        slow = by_watch and monotonic() - self._since >= self._limits.seconds
        return Ended(Cause.TOO_SLOW if slow else Cause.DIED, self._place.value)

    def stop(self) -> None:
        """End it, whatever it does."""
        self.connection.close()
        self._process.kill()
        self._process.join()
        self._process.close()


def _serve(connection: Pipe, limits: Limits, place: c_int, inherited: Sequence[Pipe]) -> None:
    """The life of a worker: one task after the other, until its parent lets it go."""
    for other in inherited:
        other.close()
    for number in FROM_TERMINALS:  # the parent heeds them, and ends its workers
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # libraries loaded later: a core a worker
    os.environ["RUST_BACKTRACE"] = "0"  # where memory has run out, making one waits for ever
    limit_memory(limits.memory_bytes)
    bench = Bench(Watch(limits.seconds, place), limits)
    connection.send(_Said.READY)
    _silence()
    while True:
        try:
            task, args = connection.recv()
        except (EOFError, OSError):
            return
        if not _do(connection, bench, task, args):
            return


def _silence() -> None:
    """Let nobody hear what libraries print as they abort: the parent says in its own words what happened."""
    faulthandler.disable()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _do(connection: Pipe, bench: Bench, task: Callable[..., object], args: Sequence[object]) -> bool:
    """Do a task and answer; whether this worker can go on."""
    try:
        answer = pickle.dumps(task(bench, *args), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        connection.send(_Said.NO_MEMORY)
        return False
    except UserError as error:
        connection.send(error)
        return False
    except BaseException as error:
        connection.send(_Failed(_described(error)))
        return False
    finally:
        bench.watch.rest()
    connection.send_bytes(answer)
    return True


def _described(error: BaseException) -> str:
    """What was raised, and the lines of code that it came through, the innermost first."""
    frames = traceback.extract_tb(error.__traceback__)[-_MOST_FRAMES:]
    lines = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames)]
    return f"{type(error).__name__}: {shown(error, _MOST_CHARACTERS)}, {' < '.join(lines)}"

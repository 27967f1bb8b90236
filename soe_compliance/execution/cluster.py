"""The shards of a batch on other machines: those of a scheduler of dask.distributed.

A worker that sees a file under the same path, with the same size and time of change, reads it there; else its bytes are
sent along. What can't be sent (a folder of CSV files, a file that is too large or is gone) is read on this machine, and
so is a shard over which several workers died. Outcomes come back as JSON.

The machines of a cluster trust each other: dask runs whatever one of them is sent.
"""

import logging
import os
import pickle
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from time import monotonic
from types import TracebackType
from typing import Any

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.files import read_regular
from soe_compliance.domain.text import Text
from soe_compliance.execution.outcomes import FileOutcome, from_json
from soe_compliance.execution.pool import Pool
from soe_compliance.execution.program import program
from soe_compliance.execution.remote import Answer, SentFile, Task, check_shard, mark_of
from soe_compliance.execution.shard import Identity, Prepared
from soe_compliance.filings.discover import FoundFile
from soe_compliance.filings.limits import Limits

LOCAL = "local"
"""A cluster on this machine, for a trial; `local:4` has four workers."""

_PATIENCE = 30
"""Seconds until a scheduler that does not answer, or one without workers, is given up."""

_LOOK = 2
"""Seconds between two looks at the cluster while an answer is awaited."""

_SHARDS_A_THREAD = 2
"""Shards under way for each thread of the workers."""


class Cluster:
    """The workers of a scheduler; use it with `with`.

    Args:
        address: of the scheduler, such as tcp://host:8786 or tls://host:8786; or `local`, `local:N`.
        limits: what reading a file may take.

    Raises:
        UserError: dask.distributed is not installed, or the address is none.
    """

    def __init__(self, address: str, limits: Limits) -> None:
        self._address = address
        self._limits = limits
        self._workers = _workers_of(address)
        self._stack = ExitStack()
        self._sends = False
        self._client: Any = None
        _imported()

    def __enter__(self) -> "Cluster":
        """Reach the scheduler.

        Raises:
            UserError: it does not answer, or has no workers.
        """
        with ExitStack() as stack:
            self._client = stack.enter_context(self._reached(stack))
            self._here = stack.enter_context(Pool(1, self._limits))
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def threads(self) -> int:
        """How many shards the cluster runs at a time."""
        threads: dict[str, int] = self._client.nthreads()
        return max(1, sum(threads.values()))

    def identify(self, files: Sequence[FoundFile]) -> Identity | None:
        """The identity of the first filing that can be read, which this machine does."""
        return self._here.identify(files)

    def run(self, shards: Iterable[Sequence[FoundFile]], prepared: Prepared) -> Iterator[list[FileOutcome]]:
        """The outcomes of the files of each shard, in order.

        Raises:
            UserError: the cluster was lost, or a worker has another program.
        """
        packed = pickle.dumps(prepared)
        ahead = _SHARDS_A_THREAD * self.threads
        begun: deque[_Away] = deque()
        for files in shards:
            begun.append(self._begun(files, packed))
            if len(begun) > ahead:
                yield self._outcomes(begun.popleft(), packed, prepared)
        while begun:
            yield self._outcomes(begun.popleft(), packed, prepared)

    def _begun(self, files: Sequence[FoundFile], packed: bytes) -> "_Away":
        """Send off what can be sent of a shard."""
        away = _Away(files, self._sends)
        for place, file in enumerate(files):
            sent = self._sent(file)
            if sent is not None:
                away.sent.append(sent)
                away.places.append(place)
        if away.sent:
            task = pickle.dumps(Task(os.getcwd(), packed, tuple(away.sent)))
            away.future = self._client.submit(check_shard, program(), task, pure=False)
        return away

    def _sent(self, file: FoundFile) -> SentFile | None:
        """A file as it is sent; None where it can't be."""
        if file.data is not None:
            return SentFile(file.path, None, file.data)
        mark = mark_of(file.path)
        if mark is None or not self._sends:
            return SentFile(file.path, mark) if mark is not None else None
        try:
            data = read_regular(file.path, self._limits.file_bytes + 1)
        except (OSError, ValueError):
            return None
        return SentFile(file.path, None, data) if len(data) <= self._limits.file_bytes else None

    def _outcomes(self, away: "_Away", packed: bytes, prepared: Prepared) -> list[FileOutcome]:
        """The outcomes of a shard; what did not come back from the cluster is sent once more, or read here."""
        outcomes: list[FileOutcome | None] = [None] * len(away.files)
        answer = self._answer(away.future) if away.future is not None else None
        if answer is not None:
            found = iter(from_json(answer.outcomes))
            for number, place in enumerate(away.places):
                if number not in answer.unseen:
                    outcomes[place] = next(found)
        missing = [place for place, outcome in enumerate(outcomes) if outcome is None]
        if missing:
            files = [away.files[place] for place in missing]
            if answer is not None and answer.unseen and not away.with_bytes:
                self._sends = True
                again = self._outcomes(self._begun(files, packed), packed, prepared)
            else:
                [again] = self._here.run([files], prepared)
            for place, outcome in zip(missing, again, strict=True):
                outcomes[place] = outcome
        return [outcome for outcome in outcomes if outcome is not None]

    def _answer(self, future: Any) -> Answer | None:
        """What a worker answers; None where workers died over the shard.

        Raises:
            UserError: the cluster was lost, or the worker has another program.
            Exception: what was raised on the worker, a defect of the program.
        """
        own, packed = self._awaited(future)
        if own is None:
            return None
        if own != program():
            raise _other_program(self._address, own)
        if packed is None:
            return None
        answer = pickle.loads(packed)
        if isinstance(answer, BaseException):
            raise answer
        assert isinstance(answer, Answer)
        return answer

    def _awaited(self, future: Any) -> tuple[str | None, bytes | None]:
        from distributed import CancelledError, KilledWorker
        from distributed import TimeoutError as Waiting

        since = monotonic()
        while True:
            try:
                program_there, packed = future.result(timeout=_LOOK)
                return program_there, packed
            except KilledWorker:
                return None, None
            except Waiting:
                if self._has_workers():
                    since = monotonic()
                if monotonic() - since > _PATIENCE:
                    raise self._lost() from None
            except (CancelledError, OSError) as error:
                raise self._lost() from error
            except ImportError as error:
                raise _other_program(self._address, str(error)) from error
            except RuntimeError as error:
                if isinstance(error.__cause__, ImportError):
                    raise _other_program(self._address, str(error.__cause__)) from error
                raise

    def _has_workers(self) -> bool:
        try:
            return self._client.status == "running" and bool(self._client.nthreads())
        except (OSError, ValueError):
            return False

    def _lost(self) -> UserError:
        return UserError(
            Text("与集群失去联系", "the cluster was lost"),
            place=self._address,
            remedy=Text(
                "请检查调度器和工作节点；加上--state再次运行，已查过的不必重查",
                "look after the scheduler and its workers; with --state another run goes on from there",
            ),
        )

    def _reached(self, stack: ExitStack) -> Any:
        """A client of the scheduler, at least one worker of which is there."""
        from distributed import Client, LocalCluster

        address: Any = self._address
        try:
            if self._workers is not None:
                address = stack.enter_context(
                    LocalCluster(
                        n_workers=self._workers,
                        threads_per_worker=1,
                        host="127.0.0.1",
                        dashboard_address="127.0.0.1:0",
                        silence_logs=logging.CRITICAL,
                    )
                )
            client = Client(address, timeout=_PATIENCE, set_as_default=False, name="soe-compliance")
        except (OSError, ValueError, TypeError) as error:
            raise UserError(
                Text("不能连接调度器", "no scheduler answers there"),
                place=self._address,
                remedy=Text("请检查地址，如tcp://主机:8786", "look at the address, such as tcp://host:8786"),
            ) from error
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except OSError as error:
            client.close()
            raise UserError(
                Text("调度器没有工作节点", "the scheduler has no workers"),
                place=self._address,
                remedy=Text(
                    "请先启动：dask worker 调度器地址", "start some: dask worker ADDRESS OF THE SCHEDULER"
                ),
            ) from error
        return client


class _Away:
    """A shard, what was sent of it and with its bytes or not, and what it will be."""

    def __init__(self, files: Sequence[FoundFile], with_bytes: bool) -> None:
        self.files = files
        self.with_bytes = with_bytes
        self.sent: list[SentFile] = []
        self.places: list[int] = []
        self.future: Any = None


def _workers_of(address: str) -> int | None:
    """How many workers a cluster on this machine has; None for an address."""
    name, _, count = address.partition(":")
    if name == LOCAL and (not count or count.isdecimal()) and count != "0":
        return int(count) if count else os.cpu_count() or 1
    if "://" in address:
        return None
    raise UserError(
        Text(f"--cluster {address} 不是调度器地址", f"--cluster {address} is no address of a scheduler"),
        remedy=Text("如tcp://主机:8786，或local", "write such as tcp://host:8786, or local"),
    )


def _imported() -> None:
    """Import dask.distributed, and let it say nothing: this program tells in its own words what happens."""
    try:
        import distributed  # noqa: F401
    except ImportError as error:
        raise UserError(
            Text("没有安装dask.distributed", "dask.distributed is not installed"),
            place="--cluster",
            remedy=Text(
                "请安装：pip install 'soe-compliance[cluster]'",
                "install it: pip install 'soe-compliance[cluster]'",
            ),
        ) from error
    for name in list(logging.root.manager.loggerDict):
        if name.split(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL)


def _other_program(address: str, there: str) -> UserError:
    here = program()
    return UserError(
        Text(
            f"工作节点上的程序与本机不同：那里是{there}，本机是{here}",
            f"a worker has another program: there {there}, here {here}",
        ),
        place=address,
        remedy=Text("请在各节点安装相同的版本", "install the same on all of them"),
    )

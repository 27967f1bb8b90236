"""Worker processes that share the shards of a batch, and what becomes of a file that ends its worker.

Such a file costs itself and no other: the rest of its shard is run again. Which file was in hand is known. One that took
too long, or over which the program failed, is given up at once; one over which a worker died or ran out of memory is
tried again by itself in a new worker, for the memory may have gone into those before it, and somebody else may have
killed the worker. Where a worker ended while it judged, the shard is halved until one file is left. So files that hang
cost their time once each while they are read; while they are judged, as often as a shard can be halved.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from multiprocessing.connection import wait
from types import TracebackType
from typing import cast

from msgspec import Struct

from soe_compliance.engine import unreadable
from soe_compliance.execution.outcomes import FileOutcome, from_json
from soe_compliance.execution.shard import (
    Bench,
    Identity,
    Prepared,
    check_files,
    identify,
    read_apart,
)
from soe_compliance.execution.worker import Answer, Cause, Done, Ended, Worker
from soe_compliance.filings.discover import FoundFile
from soe_compliance.filings.filing import Filing, Unreadable
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.problems import PROGRAM_DEFECT, problem

_SHARDS_A_WORKER = 2
"""Shards under way for each worker: one in hand, and one that waits to be taken or to be told of."""

_TOLD: Mapping[Cause, tuple[str, str | None]] = {
    Cause.DEFECT: (PROGRAM_DEFECT, None),
    Cause.DIED: ("reader-died", "memory_bytes"),
    Cause.TOO_SLOW: ("reader-too-slow", "seconds"),
    Cause.OUT_OF_MEMORY: ("reader-out-of-memory", "memory_bytes"),
}
"""The problem that each cause is reported as, and the limit that it names."""

_FINAL = (Cause.DEFECT, Cause.TOO_SLOW)
"""What would come again."""


class _Shard:
    """A shard under way: its files and, as far as they are known, their outcomes."""

    def __init__(self, files: Sequence[FoundFile]) -> None:
        self.files = files
        self.outcomes: list[FileOutcome | None] = [None] * len(files)

    @property
    def done(self) -> bool:
        return None not in self.outcomes


class _Part(Struct, frozen=True, eq=False):
    """Files of one shard that a worker takes together, by their places in it.

    Attributes:
        last_chance: they are one file over which a worker ended, and go to a worker that has done nothing before.
    """

    shard: _Shard
    places: Sequence[int]
    last_chance: bool = False

    @property
    def files(self) -> list[FoundFile]:
        return [self.shard.files[place] for place in self.places]

    def take(self, outcomes: Sequence[FileOutcome]) -> None:
        for place, outcome in zip(self.places, outcomes, strict=True):
            self.shard.outcomes[place] = outcome

    def cut(self, start: int, end: int | None = None, *, last_chance: bool = False) -> "_Part":
        """The files from one place of this part to another."""
        return _Part(self.shard, self.places[start:end], last_chance)


class Pool:
    """Up to so many worker processes, started as they are needed; use it with `with`.

    Args:
        size: how many.
        limits: what a worker may take for a file.
        chores: what will be needed later, and is done one by one where workers are waited for.
    """

    def __init__(self, size: int, limits: Limits, chores: Iterable[Callable[[], object]] = ()) -> None:
        self._size = size
        self._limits = limits
        self._chores = deque(chores)
        self._workers: list[Worker] = []
        self._prepared: dict[Worker, Prepared] = {}
        self._lost: dict[FoundFile, FileOutcome] = {}

    def __enter__(self) -> "Pool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in tuple(self._workers):
            self._dismiss(worker)

    @property
    def threads(self) -> int:
        """How many shards run at a time."""
        return self._size

    def identify(self, files: Sequence[FoundFile]) -> Identity | None:
        """The identity of the first filing that can be read; its file is not read again by `run`."""
        start = 0
        while start < len(files):
            answer = self._answer(identify, files[start:])
            if isinstance(answer, Done):
                return cast("Identity | None", answer.value)
            start += max(answer.place, 0)
            self._lost[files[start]] = (unreadable(self._given_up(files[start], answer)),)
            start += 1
        return None

    def read(self, file: FoundFile) -> list[Filing | Unreadable]:
        """The filings of a file."""
        answer = self._answer(read_apart, [file])
        if isinstance(answer, Done):
            [filings] = cast("list[list[Filing | Unreadable]]", answer.value)
            return filings
        return [self._given_up(file, answer)]

    def run(self, shards: Iterable[Sequence[FoundFile]], prepared: Prepared) -> Iterator[list[FileOutcome]]:
        """The outcomes of the files of each shard, in order.

        Shards are taken one by one, a few ahead of the one that is given back.

        Raises:
            UserError: a worker met one.
        """
        coming = iter(shards)
        begun: deque[_Shard] = deque()
        waiting: deque[_Part] = deque()
        busy: dict[Worker, _Part] = {}
        exhausted = False
        while True:
            while not exhausted and len(begun) < self._size * _SHARDS_A_WORKER:
                files = next(coming, None)
                if files is None:
                    exhausted = True
                    break
                begun.append(self._begun(files))
                waiting += self._parts(begun[-1])
            self._hand_out(waiting, busy, prepared)
            while begun and begun[0].done:
                yield cast("list[FileOutcome]", begun.popleft().outcomes)
            if not begun and exhausted:
                return
            if busy:
                self._collect(waiting, busy)

    def _begun(self, files: Sequence[FoundFile]) -> _Shard:
        shard = _Shard(files)
        shard.outcomes = [self._lost.get(file) for file in files]
        return shard

    def _parts(self, shard: _Shard) -> list[_Part]:
        places = [place for place, outcome in enumerate(shard.outcomes) if outcome is None]
        return [_Part(shard, places)] if places else []

    def _hand_out(self, waiting: deque[_Part], busy: dict[Worker, _Part], prepared: Prepared) -> None:
        """Give what waits to workers that have nothing to do."""
        while waiting and (worker := self._idle(busy)):
            part = waiting.popleft()
            if part.last_chance:
                self._dismiss(worker)
                worker = self._hired()
            busy[worker] = part
            known = self._prepared.get(worker) is prepared
            worker.give(check_files, part.files, None if known else prepared)
            self._prepared[worker] = prepared

    def _idle(self, busy: dict[Worker, _Part]) -> Worker | None:
        for worker in self._workers:
            if worker not in busy:
                return worker
        return self._hired() if len(self._workers) < self._size else None

    def _collect(self, waiting: deque[_Part], busy: dict[Worker, _Part]) -> None:
        """Take what workers answer, waiting for the first to do so."""
        self._do_a_chore()
        ready = wait([worker.connection for worker in busy])
        for worker in [worker for worker in busy if worker.connection in ready]:
            answer = worker.answer()
            if isinstance(answer, Done):
                busy.pop(worker).take(from_json(answer.value))
            elif isinstance(answer, Ended):
                self._dismiss(worker)
                waiting.extendleft(reversed(self._again(busy.pop(worker), answer)))

    def _again(self, part: _Part, ended: Ended) -> list[_Part]:
        """What is to be run again of a part over which a worker ended."""
        place = ended.place
        if len(part.places) == 1:
            if ended.cause not in _FINAL and not part.last_chance:
                return [part.cut(0, last_chance=True)]
            self._give_up(part, ended)
            return []
        if place < 0:
            half = len(part.places) // 2
            return [part.cut(0, half), part.cut(half)]
        alone = part.cut(place, place + 1, last_chance=True)
        again = [part.cut(0, place), alone, part.cut(place + 1)]
        if ended.cause in _FINAL:
            self._give_up(alone, ended)
            again.remove(alone)
        return [piece for piece in again if piece.places]

    def _give_up(self, part: _Part, ended: Ended) -> None:
        """Give up the one file of a part."""
        [file] = part.files
        part.take([(unreadable(self._given_up(file, ended)),)])

    def _given_up(self, file: FoundFile, ended: Ended) -> Unreadable:
        code, key = _TOLD[ended.cause]
        limit = f"{getattr(self._limits, key):,}" if key else None
        told = problem(code, location=file.source, limit=limit, what=ended.what)
        return Unreadable(file.stem, file.source, None, (told,))

    def _answer(
        self, task: Callable[[Bench, Sequence[FoundFile]], object], files: Sequence[FoundFile]
    ) -> Answer:
        """What the first worker makes of a task; one that died over it is given a second chance."""
        answer = self._answered(task, files)
        if isinstance(answer, Ended) and answer.cause is Cause.DIED:
            answer = self._answered(task, files)
        return answer

    def _answered(
        self, task: Callable[[Bench, Sequence[FoundFile]], object], files: Sequence[FoundFile]
    ) -> Answer:
        worker = self._workers[0] if self._workers else self._hired()
        worker.give(task, files)
        self._do_a_chore()
        while (answer := worker.answer()) is None:
            pass
        if isinstance(answer, Ended):
            self._dismiss(worker)
        return answer

    def _do_a_chore(self) -> None:
        if self._chores:
            self._chores.popleft()()

    def _hired(self) -> Worker:
        worker = Worker(self._limits, [other.connection for other in self._workers])
        self._workers.append(worker)
        return worker

    def _dismiss(self, worker: Worker) -> None:
        self._workers.remove(worker)
        self._prepared.pop(worker, None)
        worker.stop()

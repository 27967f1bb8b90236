"""Processor times of several pieces of work, taken side by side."""

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import perf_counter, process_time

Work = Callable[[], object]


@dataclass(frozen=True)
class Figure:
    """One measured figure beside its yardstick, both in the same unit."""

    name: str
    value: float
    yardstick: str
    yard: float
    unit: str

    @property
    def ratio(self) -> float:
        return self.value / self.yard if self.yard else inf


def medians(work: Mapping[str, Work], rounds: int) -> dict[str, float]:
    """The median seconds of processor time of each piece of work, in rounds of one of each."""
    for piece in work.values():
        piece()
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(rounds):
        for name, piece in work.items():
            times[name].append(_seconds(piece))
    return {name: median(taken) for name, taken in times.items()}


@dataclass(frozen=True)
class Taken:
    """Seconds by the clock, and of all processors."""

    wall: float
    processor: float


def taken_by(work: Mapping[str, Work], rounds: int) -> dict[str, Taken]:
    """The medians of what each piece of work takes that is done by processes which end with it, in rounds of one of each."""
    taken: dict[str, list[Taken]] = {name: [] for name in work}
    for _ in range(rounds):
        for name, piece in work.items():
            taken[name].append(_taken(piece))
    return {
        name: Taken(median(one.wall for one in runs), median(one.processor for one in runs))
        for name, runs in taken.items()
    }


def _taken(piece: Work) -> Taken:
    before, start = _processor_time(), perf_counter()
    piece()
    return Taken(perf_counter() - start, _processor_time() - before)


def _seconds(piece: Work) -> float:
    """The time of one piece; what it leaves behind is cleared away outside of it."""
    gc.collect()
    start = _processor_time()
    left = piece()
    taken = _processor_time() - start
    del left
    return taken


def _processor_time() -> float:
    """The seconds that this process and those it has started have kept a processor busy; others don't count."""
    children = getrusage(RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime

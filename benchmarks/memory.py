"""Memory a filing: by how much more filings raise the peak of what Python holds."""

import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.checking import WORKBOOKS, judge_all, read_all, rows_of
from benchmarks.generator import write_workbooks
from benchmarks.timing import Figure


def measure_memory(folder: Path, fewer: int, more: int) -> Iterator[Figure]:
    """Filings that are held, typed and judged together, beside the rows of the bare parse."""
    paths = write_workbooks(folder, more)
    checked, bare = (
        (_peak(hold, paths) - _peak(hold, paths[:fewer])) / (more - fewer) / 1000
        for hold in (_checked, _bare)
    )
    yield Figure(
        "workbooks: memory, all held in one batch", checked, f"{WORKBOOKS}, held", bare, "kB a filing"
    )


def _bare(paths: Sequence[Path]) -> object:
    return [rows_of(path) for path in paths]


def _checked(paths: Sequence[Path]) -> object:
    filings = read_all(paths)
    return filings, judge_all(filings)


def _peak(hold: Callable[[Sequence[Path]], object], paths: Sequence[Path]) -> int:
    """The most bytes at once; what is made but once is made before."""
    hold(paths[:2])
    tracemalloc.start()
    hold(paths)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak

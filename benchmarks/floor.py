"""Whole runs of the program over many workbooks, beside processes that do no more than unpack and parse the same files."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import perf_counter

from benchmarks.checking import members_of, rows_of
from benchmarks.generator import AS_OF, write_workbooks
from benchmarks.timing import Figure

_PROCESSES = 2
_AT_A_TIME = 25
_BARE = "python-calamine and zipfile over the same files, two processes"


@dataclass(frozen=True)
class _Taken:
    """Seconds by the clock, and of all processors."""

    wall: float
    processor: float


def measure_floor(folder: Path, count: int, rounds: int) -> Iterator[Figure]:
    """So many workbooks checked on two processes from start to end, in turns with the bare parse."""
    inbox = folder / "workbooks"
    inbox.mkdir()
    paths = write_workbooks(inbox, count)
    work: dict[str, Callable[[], object]] = {
        "whole": lambda: _checked(inbox),
        "bare": lambda: _parsed(paths),
    }
    taken: dict[str, list[_Taken]] = {name: [] for name in work}
    for _ in range(rounds):
        for name, piece in work.items():
            taken[name].append(_timed(piece))
    name = f"{count:,} workbooks, a whole run on two processes"
    for kind in ("processor", "wall"):
        whole, bare = (median(getattr(one, kind) for one in taken[key]) for key in ("whole", "bare"))
        yield Figure(f"{name}: {kind} time", whole, _BARE, bare, "s")


def _timed(piece: Callable[[], object]) -> _Taken:
    """What a piece of work takes that is done by processes which end with it."""
    before, start = getrusage(RUSAGE_CHILDREN), perf_counter()
    piece()
    wall, after = perf_counter() - start, getrusage(RUSAGE_CHILDREN)
    return _Taken(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def _checked(inbox: Path) -> None:
    command = [sys.executable, "-m", "soe_compliance", "check", str(inbox), "--as-of", AS_OF.isoformat()]
    options = ("--jobs", str(_PROCESSES), "--quiet", "--fail-on", "never")
    subprocess.run([*command, *options], check=True)


def _unpacked_and_parsed(path: Path) -> int:
    return len(rows_of(path)) + len(members_of(path))


def _parsed(paths: Sequence[Path]) -> None:
    """The pool is ended, not killed, so that its processor time is counted."""
    with Pool(_PROCESSES) as pool:
        for _ in pool.imap_unordered(_unpacked_and_parsed, paths, chunksize=_AT_A_TIME):
            pass
        pool.close()
        pool.join()

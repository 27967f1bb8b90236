"""Whole runs of the program over many workbooks, beside processes that do no more than unpack and parse the same files."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from multiprocessing import Pool
from pathlib import Path

from benchmarks.checking import members_of, rows_of
from benchmarks.generator import AS_OF, write_workbooks
from benchmarks.timing import Figure, taken_by

_PROCESSES = 2
_AT_A_TIME = 25
_BARE = "python-calamine and zipfile over the same files, two processes"


def measure_floor(folder: Path, count: int, rounds: int) -> Iterator[Figure]:
    """So many workbooks checked on two processes from start to written report, in turns with the bare parse."""
    inbox = folder / "workbooks"
    inbox.mkdir()
    paths = write_workbooks(inbox, count)
    report = folder / "floor.json"
    taken = taken_by({"whole": lambda: _checked(inbox, report), "bare": lambda: _parsed(paths)}, rounds)
    whole, bare = taken["whole"], taken["bare"]
    name = f"{count:,} workbooks, a whole run on two processes with its report"
    yield Figure(f"{name}: processor time", whole.processor, _BARE, bare.processor, "s")
    yield Figure(f"{name}: wall time", whole.wall, _BARE, bare.wall, "s")


def _checked(inbox: Path, report: Path) -> None:
    command = [sys.executable, "-m", "soe_compliance", "check", str(inbox), "--as-of", AS_OF.isoformat()]
    options = ("--jobs", str(_PROCESSES), "--quiet", "--fail-on", "never", "-o", str(report))
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

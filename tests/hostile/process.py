"""The program as a process of its own, with what it used of the machine."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SECONDS = 10
MOST_BYTES = 512 * 1024**2
_ADDRESSES = 4 * 1024**3
"""Beyond this the system itself says no: a bomb that goes off must not take the machine that tests it."""

_COUNTED = """
import json, os, sys
started = os.posix_spawn(sys.executable, [sys.executable, *sys.argv[2:]], os.environ)
_, status, usage = os.wait4(started, 0)
with open(sys.argv[1], "w") as said:
    json.dump([os.waitstatus_to_exitcode(status), usage.ru_maxrss], said)
"""
"""Runs the program from a small process: the memory of the one that starts it counts as that of the program."""


@dataclass(frozen=True)
class Run:
    """How a run ended.

    Attributes:
        status: the exit status, negative for a signal.
        peak: the most bytes that it, or a process of its own, held in memory.
    """

    status: int
    out: bytes
    err: str
    peak: int

    @property
    def report(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found


def run(*arguments: str, cwd: Path) -> Run:
    """Run the program; a run that takes too long is stopped and fails the test."""
    said = cwd.parent / "counted"
    with open(cwd.parent / "stdout", "w+b") as out, open(cwd.parent / "stderr", "w+b") as err:
        process = subprocess.Popen(
            [sys.executable, "-c", _COUNTED, said, "-m", "soe_compliance", *arguments],
            cwd=cwd,
            stdout=out,
            stderr=err,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
            preexec_fn=_limit,
            start_new_session=True,
        )
        _wait(process)
        status, kilobytes = json.loads(said.read_bytes())
        out.seek(0)
        err.seek(0)
        return Run(status, out.read(), err.read().decode("utf-8", "backslashreplace"), kilobytes * 1024)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))


def _wait(process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + SECONDS * _patience()
    while process.poll() is None:
        if time.monotonic() > end:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise AssertionError(f"no end after {SECONDS * _patience()} s: {process.args!r}")
        time.sleep(0.02)


def _patience() -> int:
    """How many times longer a busy machine is given."""
    return 1 + int(os.getloadavg()[0] // (os.cpu_count() or 1))


def check(folder: Path, *arguments: str) -> Run:
    """Check a folder, with its report on standard output."""
    return run(
        "check", ".", "--format", "json", "--as-of", "2024-04-15", "--jobs", "1", *arguments, cwd=folder
    )


def problems_by_file(run: Run) -> dict[str, Sequence[dict[str, Any]]]:
    """The problems of each filing, by its file."""
    return {Path(filing["source"]).name: filing["problems"] for filing in run.report["filings"]}

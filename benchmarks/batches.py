"""Batches checked by the program as its users run it: memory of its largest process, time, and sizes of the reports."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generator import AS_OF, write_json
from benchmarks.timing import Figure

_LATE = "2029-12-31"
"""A day by which so much is due that each filing has some 25 findings."""
_OUTPUTS = ("json", "jsonl", "csv", "xlsx")
_MEGABYTE = 1024  # what the system counts in is kB
_COUNTED = """
import json, os, sys
_, status, usage = os.wait4(os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ), 0)
print(json.dumps([os.waitstatus_to_exitcode(status), usage.ru_maxrss, usage.ru_utime + usage.ru_stime]))
"""
"""Runs the program from a small process: the memory of the one that starts it counts as that of the program."""


@dataclass(frozen=True)
class Run:
    """What a run of the program took: the largest process in MB, processor seconds of all, bytes of each output."""

    megabytes: float
    seconds: float
    sizes: dict[str, int]


def run(paths: Sequence[Path], folder: Path, outputs: Sequence[str], *options: str) -> Run:
    """Check these files in two processes."""
    inbox = folder / f"inbox-{len(paths)}"
    inbox.mkdir(exist_ok=True)
    for path in paths:
        target = inbox / path.name
        if not target.exists():
            os.link(path, target)
    written = [folder / f"report.{ending}" for ending in outputs]
    command = [
        *(sys.executable, "-m", "soe_compliance", "check", str(inbox), "--as-of", AS_OF.isoformat()),
        *("--jobs", "2", "--no-progress", "--quiet", *options),
        *(part for target in written for part in ("-o", str(target))),
    ]
    said = subprocess.run([sys.executable, "-c", _COUNTED, *command], check=True, capture_output=True)
    status, kilobytes, seconds = json.loads(said.stdout)
    assert status in (0, 1)
    sizes = {target.suffix[1:]: target.stat().st_size for target in written}
    return Run(kilobytes / _MEGABYTE, seconds, sizes)


def measure_batches(folder: Path, fewer: int, more: int) -> Iterator[Figure]:
    """How the largest process grows with the filings, some 25 findings a filing written in all forms, beside the size of a filing."""
    paths = write_json(folder, more)
    options = ("--as-of", _LATE)
    small, large = (run(paths[:count], folder, _OUTPUTS, *options) for count in (fewer, more))
    growth = 1000 * (large.megabytes - small.megabytes) / (more - fewer)
    size = sum(path.stat().st_size for path in paths) / len(paths) / 1000
    yield Figure(
        f"batch of {more:,}: growth of the largest process",
        growth,
        "the file of a filing",
        size,
        "kB a filing",
    )
    yield Figure(
        f"batch of {more:,}: the largest process",
        large.megabytes,
        f"batch of {fewer:,}",
        small.megabytes,
        "MB",
    )

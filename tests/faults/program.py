"""The program as a process of its own, on a batch that lasts long enough to be disturbed."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIXED = {"PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1713168000"}
COMMON = ("check", "inbox", "--as-of", "2024-04-15", "--no-progress")


def started(
    folder: Path, *options: str, preexec: Callable[[], None] | None = None, **environment: str
) -> "subprocess.Popen[bytes]":
    """A check of the folder `inbox` there, under way."""
    return subprocess.Popen(
        [sys.executable, "-m", "soe_compliance", *COMMON, *options],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **FIXED, **environment},
        preexec_fn=preexec,
    )


def ended(process: "subprocess.Popen[bytes]") -> tuple[int, bytes, bytes]:
    """Its exit status, standard output and standard error."""
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def run(folder: Path, *options: str) -> tuple[int, bytes, bytes]:
    """A check of the folder `inbox` there, done."""
    return ended(started(folder, *options))


def children(pid: int) -> list[int]:
    """The processes that a process has started and that still live."""
    found = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in found.read_text().split()] if found.exists() else []


def lives(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not yet waited for does not."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False

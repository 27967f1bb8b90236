"""Whatever is killed, whenever: no part of a report appears, nothing lives on, and the next run says the same."""

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.execution.batches import write_batch
from tests.faults.program import children, ended, lives, run, started

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")

FILES = 150
OUTPUT = ("-o", "report.json", "--quiet", "--jobs", "2")


@pytest.fixture
def whole(tmp_path: Path) -> bytes:
    """The report of an unbroken run on the same files, which is not left there."""
    write_batch(tmp_path / "inbox", FILES)
    assert run(tmp_path, *OUTPUT)[0] == 1
    report = tmp_path / "report.json"
    found = report.read_bytes()
    report.unlink()
    return found


def until(what: Callable[[], object], seconds: float = 20) -> None:
    """Wait for something to become so."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.005)


@pytest.mark.parametrize("options", [(), ("--state", "state")], ids=["plain", "state"])
def test_the_program_killed_at_random_moments(tmp_path: Path, whole: bytes, options: tuple[str, ...]) -> None:
    rng = random.Random(f"kills {options}")
    report = tmp_path / "report.json"
    broken, latest = 0, 0.4
    while broken < 4:
        process = started(tmp_path, *OUTPUT, *options)
        until(lambda process=process: children(process.pid) or process.poll() is not None)  # type: ignore[misc]
        time.sleep(rng.uniform(0, latest))
        workers = children(process.pid)
        os.kill(process.pid, signal.SIGKILL)
        ended(process)
        until(lambda workers=workers: not any(map(lives, workers)))  # type: ignore[misc]
        if report.exists():  # killed too late: the next one earlier, and with all of its work before it
            assert report.read_bytes() == whole
            report.unlink()
            shutil.rmtree(tmp_path / "state", ignore_errors=True)
            latest /= 2
        else:
            broken += 1
    assert run(tmp_path, *OUTPUT, *options)[0] == 1
    assert report.read_bytes() == whole


def test_workers_killed_at_random_moments_change_nothing(tmp_path: Path, whole: bytes) -> None:
    rng = random.Random("workers")
    killed: set[int] = set()
    while not killed:
        process = started(tmp_path, *OUTPUT)
        while process.poll() is None and len(killed) < 3:
            time.sleep(0.002)
            fresh = [pid for pid in children(process.pid) if pid not in killed and lives(pid)]
            if fresh:
                victim = rng.choice(fresh)
                time.sleep(rng.uniform(0, 0.1))
                if lives(victim):
                    killed.add(victim)
                    os.kill(victim, signal.SIGKILL)
        status, _, err = ended(process)
    # One that is killed before it says that it is ready is told as what it is: the program can't start workers.
    if status == 4:
        assert b"ended as it started" in err
        assert not (tmp_path / "report.json").exists()
        return
    report = (tmp_path / "report.json").read_bytes()
    assert status in (1, 2)
    assert report == whole or b'"reader-died"' in report

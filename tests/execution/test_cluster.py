"""The shards on a real scheduler with real workers, each a process of its own."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from soe_compliance.api import Done
from soe_compliance.domain.errors import UserError
from soe_compliance.engine import Status
from soe_compliance.execution import cluster, sharding
from soe_compliance.report.model import Report
from tests.cli.filings import CLEAN
from tests.execution.batches import SETTINGS, report_of, write_batch

pytest.importorskip("distributed")
pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="processes are killed"),
    pytest.mark.filterwarnings("ignore"),  # of dask and of what it leaves open
]

ROOT = Path(__file__).resolve().parents[2]
FILES = 24

_FATES = """
import importlib.util, os, signal, sys

class Finder:
    def find_spec(self, name, path, target=None):
        if name != "soe_compliance.execution.shard":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        run = spec.loader.exec_module
        def exec_module(module):
            run(module)
            module.read_file = reader(module.read_file)
        spec.loader.exec_module = exec_module
        return spec

def reader(read):
    def reading(found, limits):
        if found.stem == "deadly":
            os.abort()
        if found.stem == "killer":
            os.kill(os.getppid(), signal.SIGKILL)
        return read(found, limits)
    return reading

sys.meta_path.insert(0, Finder())
"""
"""What makes a reader on a worker die over files of certain names, or end the program that it belongs to."""


@contextmanager
def started(*arguments: str, path: str) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        env={**os.environ, "PYTHONPATH": path, "DASK_DISTRIBUTED__DASHBOARD__ENABLED": "false"},
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def waited_for(file: Path) -> str:
    for _ in range(600):
        if file.exists() and (text := file.read_text()):
            return str(json.loads(text)["address"])
        time.sleep(0.05)
    raise TimeoutError(file)


class Machines:
    """A scheduler, and workers with or without a nanny that starts them anew."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        (folder / "sitecustomize.py").write_text(_FATES)
        self.path = os.pathsep.join([str(folder), str(ROOT)])
        self.stack = stack
        file = folder / "scheduler.json"
        self.scheduler = stack.enter_context(
            started(
                *("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"),
                *("--scheduler-file", str(file)),
                path=self.path,
            )
        )
        self.address = waited_for(file)

    def worker(self, *, nanny: bool, path: str | None = None) -> "subprocess.Popen[bytes]":
        return self.stack.enter_context(
            started(
                *("distributed.cli.dask_worker", self.address, "--nthreads", "1", "--no-dashboard"),
                "--nanny" if nanny else "--no-nanny",
                path=path or self.path,
            )
        )

    def wait_for(self, workers: int) -> None:
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=30)


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    with ExitStack() as stack:
        found = Machines(tmp_path_factory.mktemp("cluster"), stack)
        found.worker(nanny=True)
        found.worker(nanny=False)
        found.wait_for(2)
        yield found


@pytest.fixture(autouse=True)
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharding, "FILES_A_SHARD", 3)


def write_all_kinds(folder: Path) -> None:
    """Files, one that is broken, a path that is none, and a folder of CSV files."""
    write_batch(folder, FILES)
    (folder / "broken.json").write_text("{")
    csv = folder / "csv"
    csv.mkdir()
    own = CLEAN["filing"]
    (csv / "filing.csv").write_text(
        ",".join(own) + "\n" + ",".join(str(value) for value in own.values()) + "\n", encoding="utf-8"
    )


def test_the_report_is_the_same(machines: Machines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_all_kinds(tmp_path / "inbox")
    monkeypatch.chdir(tmp_path)  # the workers are elsewhere
    paths = [Path("inbox"), Path("none.json")]
    whole = report_of(paths)
    assert len(whole.filings) == FILES + 3
    assert report_of(paths, cluster=machines.address) == whole
    monkeypatch.setattr(cluster, "mark_of", lambda _: (0,))  # no worker sees these files
    assert report_of(paths, cluster=machines.address) == whole
    kept = replace(SETTINGS, state=str(tmp_path / "state"))
    for _ in range(2):
        assert report_of(paths, kept, cluster=machines.address) == whole


def test_what_kills_a_reader_costs_one_file(machines: Machines, tmp_path: Path) -> None:
    write_batch(tmp_path, 6)
    for name in ("f001", "f004"):
        (tmp_path / f"{name}.json").rename(tmp_path / f"{name}.was")
    shutil.move(tmp_path / "f001.was", tmp_path / "deadly.json")
    shutil.move(tmp_path / "f004.was", tmp_path / "killer.json")
    whole = report_of([tmp_path])
    hurt = report_of([tmp_path], cluster=machines.address)
    [dead] = [filing for filing in hurt.filings if filing.status is Status.UNREADABLE]
    assert (Path(dead.source).stem, dead.problems[0].code) == ("deadly", "reader-died")
    [id_] = [filing.id for filing in whole.filings if filing.source == dead.source]
    assert [f for f in hurt.filings if f != dead] == [f for f in whole.filings if f.source != dead.source]
    assert list(hurt.findings) == [f for f in whole.findings if f.filing != id_]


def test_a_worker_that_is_killed_costs_nothing(machines: Machines, tmp_path: Path) -> None:
    write_batch(tmp_path, FILES)
    whole = report_of([tmp_path])
    victim = machines.worker(nanny=False)
    machines.wait_for(3)
    told = []

    def kill(done: Done) -> None:
        told.append(done.files)
        if done.files:
            victim.send_signal(signal.SIGKILL)

    assert report_of([tmp_path], cluster=machines.address, progress=kill) == whole
    assert told[-1] == FILES


def refused(folder: Path, address: str) -> str:
    def report() -> Report:
        return report_of([folder], cluster=address)

    with pytest.raises(UserError) as caught:
        report()
    return caught.value.in_("en")


def test_a_lost_scheduler_and_another_program_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox, other = tmp_path / "inbox", tmp_path / "other"
    write_batch(inbox, FILES)
    shutil.copytree(ROOT / "soe_compliance", other / "soe_compliance")
    (other / "soe_compliance" / "engine.py").open("a").write("\n")
    with ExitStack() as stack:
        machines = Machines(tmp_path, stack)
        worker = machines.worker(nanny=False, path=str(other))
        machines.wait_for(1)
        assert "another program" in refused(inbox, machines.address)
        worker.kill()
        machines.worker(nanny=False)
        machines.wait_for(1)

        def stop(done: Done) -> None:
            if done.files:
                monkeypatch.setattr(cluster, "_PATIENCE", 3)
                machines.scheduler.send_signal(signal.SIGKILL)

        with pytest.raises(UserError) as caught:
            report_of([inbox], cluster=machines.address, progress=stop)
        assert "lost" in caught.value.in_("en")
    assert "no scheduler" in refused(inbox, machines.address)


@pytest.mark.parametrize("address", ["host", "local:x", "local:0", ""])
def test_what_is_no_address_is_refused(tmp_path: Path, address: str) -> None:
    assert "address" in refused(tmp_path, address)


def test_a_cluster_on_this_machine(tmp_path: Path) -> None:
    write_batch(tmp_path / "inbox", 4)
    script = (
        "from tests.execution.test_cluster import *\n"
        "if __name__ == '__main__':\n"
        f"    folder = [Path({str(tmp_path / 'inbox')!r})]\n"
        "    assert report_of(folder, cluster='local:1') == report_of(folder)\n"
    )
    (tmp_path / "script.py").write_text(script)
    run = subprocess.run(
        [sys.executable, tmp_path / "script.py"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, b"")

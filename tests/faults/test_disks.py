"""Outputs appear whole or not at all: a full disk, a read-only or vanished folder, a name that can't be."""

import os
import resource
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.execution.batches import write_batch
from tests.faults.program import ended, run, started

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="mounts and limits of Linux")

FORMATS = ("json", "jsonl", "csv", "xlsx", "html", "sarif", "xml")
SMALL = 16 * 1024


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    write_batch(tmp_path / "inbox", 100)
    return tmp_path


@pytest.fixture
def small_disk(batch: Path) -> Iterator[Path]:
    """A disk with less room than any report needs."""
    folder = batch / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", folder], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("ending", FORMATS)
def test_a_full_disk_leaves_the_old_report_and_nothing_else(
    batch: Path, small_disk: Path, ending: str
) -> None:
    old = small_disk / f"report.{ending}"
    old.write_bytes(b"old")
    (small_disk / "filler").write_bytes(b"x" * (SMALL - 2 * 4096))
    status, _, err = run(batch, "--quiet", "-o", f"disk/report.{ending}")
    assert status == 2
    assert "磁盘空间不足" in err.decode()
    assert old.read_bytes() == b"old"
    assert sorted(os.listdir(small_disk)) == ["filler", old.name]


def test_a_state_folder_on_a_full_disk_changes_no_result(batch: Path, small_disk: Path) -> None:
    whole = run(batch, "--format", "json")
    for _ in range(2):
        assert run(batch, "--format", "json", "--state", "disk/state") == whole


def test_so_does_a_limit_on_the_size_of_files(batch: Path) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, SMALL))

    process = started(batch, "--quiet", "-o", "report.json", preexec=limit)
    status, _, err = ended(process)
    assert (status, b"Traceback" in err) == (2, False)
    assert os.listdir(batch) == ["inbox"]


@pytest.mark.parametrize(
    "command",
    [("check", "inbox", "--as-of", "2024-04-15"), ("check", "inbox", "--format", "json"), ("rule", "list")],
    ids=["text", "json", "rules"],
)
def test_standard_output_that_takes_nothing_is_no_success(batch: Path, command: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        process = subprocess.run(
            [sys.executable, "-m", "soe_compliance", *command],
            cwd=batch,
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )
    assert process.returncode == 2
    assert "磁盘空间不足" in process.stderr.decode()


def test_a_folder_that_can_not_be_written_to(batch: Path, small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    status, _, err = run(batch, "--quiet", "-o", "disk/report.json")
    assert status == 2
    assert "只读" in err.decode()
    status, _, err = run(batch, "--quiet", "--state", "disk/state")
    assert (status, b"Traceback" in err) == (2, False)


def test_an_output_folder_that_vanishes_meanwhile(batch: Path) -> None:
    (batch / "out").mkdir()
    process = started(batch, "--quiet", "--jobs", "1", "-o", "out/report.json")
    shutil.rmtree(batch / "out")
    status, _, err = ended(process)
    assert (status, b"Traceback" in err) == (2, False)
    assert not (batch / "out").exists()


def test_a_state_folder_that_vanishes_meanwhile(batch: Path) -> None:
    assert run(batch, "--quiet", "-o", "whole.json")[0] == 1
    state, vanished = batch / "state", False
    while not vanished:
        process = started(batch, "--quiet", "-o", "report.json", "--state", "state")
        while process.poll() is None:
            if any(
                state.glob("*")
            ):  # before anything is kept it would be refused as a folder that is not there
                shutil.rmtree(state, ignore_errors=True)
                vanished = True
        assert ended(process) == (1, b"", b"")
        assert (batch / "report.json").read_bytes() == (batch / "whole.json").read_bytes()
        shutil.rmtree(state, ignore_errors=True)


def test_what_is_kept_is_for_its_owner_only(batch: Path) -> None:
    before = os.umask(0o022)
    try:
        run(batch, "--quiet", "--state", "state")
    finally:
        os.umask(before)
    entries = [batch / "state", *(batch / "state").rglob("*")]
    assert len(entries) > 100
    assert {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in entries} == {0}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_state_folder_that_others_may_write_to_is_refused(batch: Path) -> None:
    for mode, owner in ((0o777, os.geteuid()), (0o700, 12345)):
        folder = batch / f"state{owner}"
        folder.mkdir()
        folder.chmod(mode)
        os.chown(folder, owner, -1)
        status, _, err = run(batch, "--quiet", "--state", folder.name)
        assert (status, folder.name in err.decode(), os.listdir(folder)) == (2, True, [])


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_link_that_another_laid_into_a_shared_folder_is_not_followed(batch: Path) -> None:
    shared, mine = batch / "shared", batch / "mine"
    shared.mkdir()
    shared.chmod(0o1777)
    mine.mkdir()
    (mine / "kept.json").write_bytes(b"kept")
    (shared / "report.json").symlink_to(mine / "kept.json")
    (shared / "out").symlink_to(mine)
    for name in ("report.json", "out"):
        os.lchown(shared / name, 12345, -1)
    for output in ("shared/report.json", "shared/out/kept.json"):
        status, _, err = run(batch, "--quiet", "-o", output)
        assert (status, b"Traceback" in err) == (2, False)
        assert "链接" in err.decode()
    assert (mine / "kept.json").read_bytes() == b"kept"
    os.lchown(shared / "report.json", os.geteuid(), -1)
    assert run(batch, "--quiet", "-o", "shared/report.json")[0] == 1
    assert (mine / "kept.json").read_bytes().startswith(b"{")


@pytest.mark.parametrize("output", ["inbox/f003.json", "link.json", "hard.json"])
def test_a_filing_is_never_written_over(batch: Path, output: str) -> None:
    filing = batch / "inbox" / "f003.json"
    before = filing.read_bytes()
    (batch / "link.json").symlink_to(filing)
    os.link(filing, batch / "hard.json")
    status, _, err = run(batch, "--quiet", "-o", output)
    assert (status, output in err.decode()) == (2, True)
    assert filing.read_bytes() == before


def test_nor_is_a_file_of_a_csv_filing(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "filing.csv").write_text(
        "group_code,year,reference_date\nA,2024,2024-03-31\n", encoding="utf-8"
    )
    (folder / "debts.csv").write_text("id\nD1\n", encoding="utf-8")
    for output in ("inbox/debts.csv", "inbox/filing.csv"):
        before = (tmp_path / output).read_bytes()
        assert run(tmp_path, "--quiet", "-o", output)[0] == 2
        assert (tmp_path / output).read_bytes() == before

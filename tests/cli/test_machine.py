"""What the machine refuses is said to the user, and is neither a breach nor a defect of the program."""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from soe_compliance import api
from tests.cli.conftest import Run
from tests.cli.filings import AS_OF, BREACH, CLEAN, written

ROOT = Path(__file__).resolve().parents[2]

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="limits and descriptors of POSIX")


def started(
    folder: Path, *arguments: str, before: Callable[[], object]
) -> subprocess.CompletedProcess[bytes]:
    """The program as a process of its own, in this folder, with what is done before it begins."""
    written(folder / "a.json", CLEAN)
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "soe_compliance",
            "check",
            str(folder / "a.json"),
            "--as-of",
            AS_OF,
            *arguments,
        ],
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=120,
        preexec_fn=before,
    )


def closing(descriptors: tuple[int, ...]) -> Callable[[], object]:
    def close() -> None:
        for descriptor in descriptors:
            os.close(descriptor)

    return close


@needs_posix
@pytest.mark.parametrize("descriptors", [(0,), (1,), (2,), (0, 1, 2)], ids=str)
def test_standard_streams_may_be_closed(tmp_path: Path, descriptors: tuple[int, ...]) -> None:
    ran = started(tmp_path, "-o", "report.json", before=closing(descriptors))
    assert (ran.returncode, ran.stderr) == (0, b"")
    report = json.loads((tmp_path / "report.json").read_bytes())
    assert [filing["status"] for filing in report["filings"]] == ["checked"]


def unread(folder: Path, *arguments: str, stream: str) -> int:
    """The exit status of the program where nobody reads one of its streams."""
    reader, writer = os.pipe()
    os.close(reader)
    other = {"stdout": "stderr", "stderr": "stdout"}[stream]
    try:
        ended: subprocess.CompletedProcess[bytes] = subprocess.run(
            [sys.executable, "-m", "soe_compliance", *arguments],
            cwd=folder,
            check=False,
            timeout=120,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            **{stream: writer, other: subprocess.DEVNULL},  # type: ignore[call-overload]
        )
        return ended.returncode
    finally:
        os.close(writer)


@needs_posix
@pytest.mark.parametrize("shown", ["text", "json", "jsonl", "csv", "sarif", "junit"])
def test_the_status_is_the_same_where_the_reader_went_away(tmp_path: Path, shown: str) -> None:
    written(tmp_path / "clean.json", CLEAN)
    written(tmp_path / "breach.json", BREACH["data"])
    for name, status in (("clean.json", 0), ("breach.json", 1), ("none.json", 2)):
        arguments = ("check", name, "--as-of", AS_OF, "--format", shown, "-o", f"{shown}.json")
        assert unread(tmp_path, *arguments, stream="stdout") == status
        assert (tmp_path / f"{shown}.json").exists()


@needs_posix
def test_so_it_is_of_other_commands_and_of_messages(tmp_path: Path) -> None:
    written(tmp_path / "inbox.json", CLEAN)
    assert unread(tmp_path, "--help", stream="stdout") == 0
    assert unread(tmp_path, "schema", "report", stream="stdout") == 0
    assert unread(tmp_path, "check", "inbox.json", "--bogus", stream="stderr") == 2
    assert unread(tmp_path, "check", "inbox.json", "-o", "none/r.json", stream="stderr") == 2
    assert unread(tmp_path, "check", "inbox.json", "--as-of", AS_OF, stream="stderr") == 0


@needs_posix
def test_too_few_open_files_are_said(tmp_path: Path) -> None:
    import resource

    ran = started(tmp_path, before=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (8, 8)))
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert "同时打开的文件数超过系统上限；请用ulimit -n放宽" in ran.stderr.decode()


@needs_posix
def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    gone = tmp_path / "gone"

    def leave() -> None:
        gone.mkdir()
        os.chdir(gone)
        gone.rmdir()

    ran = started(tmp_path, before=leave)
    assert ran.returncode == 2
    assert "当前文件夹已不存在" in ran.stderr.decode()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "not enough memory"),
        (OSError(errno.ENOMEM, "?"), "not enough memory"),
        (OSError(errno.ENOSPC, "?"), "the disk is full"),
        (OSError(errno.EFBIG, "?"), "ulimit -f"),
        (OSError(errno.ENFILE, "?"), "ulimit -n"),
        (BlockingIOError(errno.EAGAIN, "?"), "fewer --jobs"),
    ],
    ids=repr,
)
def test_it_gives_2_with_a_remedy(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(api, "made_report", fail)
    ran = run("check", written(tmp_path / "a.json", CLEAN), "--lang", "en")
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("error", [FileNotFoundError(errno.ENOENT, "?"), OSError(errno.EIO, "?")], ids=repr)
def test_other_errors_of_the_system_are_defects(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(api, "made_report", fail)
    assert run("check", written(tmp_path / "a.json", CLEAN)).status == 4


def test_an_error_that_can_not_even_be_told_is_no_breach() -> None:
    code = """
from soe_compliance.cli import main
def fail():
    raise MemoryError
main.main = fail
main.process()
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=60)
    assert ran.returncode == 4
    assert b"MemoryError" in ran.stderr

"""The program as a process: its three names, what it imports, and the bytes that it writes."""

import os
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.cli.filings import AS_OF, BREACH, CLEAN, UNKNOWN, written

ROOT = Path(__file__).resolve().parents[2]


def ran(
    *arguments: str, cwd: Path = ROOT, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    fixed = {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "random", "SOURCE_DATE_EPOCH": "1713168000"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env={**os.environ, **fixed, **environment},
        check=False,
    )


def entry_point() -> str:
    """What the installed `soe-compliance` runs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    module, _, function = project["scripts"]["soe-compliance"].partition(":")
    return f"import sys; from {module} import {function}; sys.exit({function}())"


def test_the_program_has_three_names(tmp_path: Path) -> None:
    written(tmp_path / "a.json", BREACH["data"])
    arguments = ("check", "a.json", "--as-of", AS_OF, "--format", "json")
    names = (["-m", "soe_compliance"], [str(ROOT / "cli.py")], ["-c", entry_point()])
    first, *others = (ran(*name, *arguments, cwd=tmp_path) for name in names)
    assert first.returncode == 1
    assert b"DAT005" in first.stdout
    for other in others:
        assert (other.returncode, other.stdout, other.stderr) == (1, first.stdout, first.stderr)


def imported(*arguments: str, cwd: Path) -> set[str]:
    """The packages that a run imports."""
    run = ran("-X", "importtime", "-m", "soe_compliance", *arguments, cwd=cwd)
    assert run.returncode == 0
    lines = [line for line in run.stderr.decode().splitlines() if line.startswith("import time:")]
    packages = {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}
    assert {"click", "soe_compliance"} <= packages
    return packages


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["--version"], ["rule", "--help"]])
def test_help_is_quick_to_import(tmp_path: Path, arguments: list[str]) -> None:
    heavy = {"numpy", "pandas", "pydantic", "scipy", "networkx", "yaml", "chinese_calendar"}
    assert not imported(*arguments, cwd=tmp_path) & heavy


def test_a_check_of_json_imports_no_more_than_it_needs(tmp_path: Path) -> None:
    written(tmp_path / "a.json", CLEAN)
    packages = imported("check", "a.json", "--as-of", AS_OF, cwd=tmp_path)
    assert "numpy" in packages
    assert not packages & {"pandas", "scipy", "networkx", "xlsxwriter", "openpyxl"}


def test_the_same_command_writes_the_same_bytes_whatever_the_jobs(tmp_path: Path) -> None:
    documents = [CLEAN, UNKNOWN, *BREACH.values()]
    (tmp_path / "inbox").mkdir()
    for number in range(133):
        written(tmp_path / "inbox" / f"{number:03}.json", documents[number % len(documents)])
    (tmp_path / "inbox" / "050.json").write_bytes(b"{")
    endings = ("xlsx", "json", "jsonl", "csv")
    found = []
    for name, jobs in ("a", "1"), ("b", "1"), ("c", "2"):
        (tmp_path / name).mkdir()
        outputs = [part for ending in endings for part in ("-o", f"{name}/report.{ending}")]
        run = ran(
            *("-m", "soe_compliance", "check", "inbox", "--as-of", AS_OF, "--jobs", jobs, "--no-progress"),
            *outputs,
            cwd=tmp_path,
        )
        assert (run.returncode, run.stderr) == (2, b"")
        stdout = run.stdout.replace(f"{name}/report".encode(), b"report")
        found.append([stdout, *((tmp_path / name / f"report.{ending}").read_bytes() for ending in endings)])
    assert found[0] == found[1] == found[2]


def test_standard_input_is_read_from_a_pipe(tmp_path: Path) -> None:
    run = ran("-m", "soe_compliance", "check", "-", "--as-of", AS_OF, cwd=tmp_path, stdin=b"{}")
    assert run.returncode == 2
    assert b"group_code" in run.stdout
    assert b"Traceback" not in run.stderr


def test_results_go_to_standard_output_and_progress_to_standard_error(tmp_path: Path) -> None:
    for number in range(60):
        written(tmp_path / f"{number:02}.json", CLEAN)
    common = ("-m", "soe_compliance", "check", ".", "--as-of", AS_OF, "--jobs", "1")
    told, silent = ran(*common, cwd=tmp_path), ran(*common, "--no-progress", cwd=tmp_path)
    assert (told.returncode, silent.returncode, silent.stderr) == (0, 0, b"")
    assert told.stdout == silent.stdout
    assert b"60/60" in told.stderr


def test_no_colours_off_a_terminal(tmp_path: Path) -> None:
    written(tmp_path / "a.json", BREACH["data"])
    run = ran(
        "-m", "soe_compliance", "check", "a.json", "--as-of", AS_OF, cwd=tmp_path, TERM="xterm-256color"
    )
    assert b"\x1b" not in run.stdout + run.stderr


def _heeding_interrupts() -> None:
    """Even where the tests run in the background, where a shell lets interrupts be ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_stop_leaves_nothing_half_done(tmp_path: Path, name: str) -> None:
    stop = signal.Signals[name]
    inbox, out, temporary = (tmp_path / name for name in ("inbox", "out", "tmp"))
    for folder in (inbox, out, temporary):
        folder.mkdir()
    for number in range(3000):
        written(inbox / f"{number:04}.json", BREACH["data"])
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "soe_compliance", "check", str(inbox), "--as-of", AS_OF, "--jobs", "1"),
            *("-o", str(out / "a.json"), "-o", str(out / "a.xlsx")),
        ],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=_heeding_interrupts,
    )
    assert process.stderr is not None
    process.stderr.readline()
    process.send_signal(stop)
    process.communicate()
    assert process.returncode == 128 + stop
    assert [*out.iterdir(), *temporary.iterdir()] == []

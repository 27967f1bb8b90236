"""What differs on other systems, tried here: workers without fork, no limits on memory, narrow consoles, line ends."""

import ast
import csv
import errno
import io
import json
import os
import subprocess
import sys
from multiprocessing import get_context
from pathlib import Path

import pytest

from soe_compliance.domain.errors import UserError
from soe_compliance.execution import watch, worker
from soe_compliance.execution.sharding import processes
from soe_compliance.filings.discover import FoundFile
from soe_compliance.report.files import write_whole
from soe_compliance.report.model import Report
from tests.cli.filings import AS_OF, BREACH, written
from tests.execution.batches import report_of, write_batch

ROOT = Path(__file__).resolve().parents[1]
UNIX_ONLY = {"resource", "fcntl", "termios", "pwd", "grp", "pty"}
RARE = "𠮷野・\N{GRINNING FACE}集团"
"""A name with what GBK lacks."""


def program(*arguments: str, cwd: Path, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-m", "soe_compliance", *arguments],
        cwd=cwd,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1713168000", **environment},
    )


@pytest.fixture
def by_spawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers are new processes, as on Windows, not copies of this one."""
    monkeypatch.setattr(worker, "_CONTEXT", get_context("spawn"))


def test_workers_that_are_no_copies_come_to_the_same(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    write_batch(tmp_path, 20)
    (tmp_path / "f003.json").write_bytes(b"{")
    forked: Report = report_of([tmp_path], jobs=2)
    request.getfixturevalue("by_spawn")
    assert report_of([tmp_path], jobs=2) == forked


def test_memory_is_not_limited_where_there_is_no_way_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "resource", None)
    watch.limit_memory(1)
    assert len(bytearray(64 * 1024**2)) == 64 * 1024**2


def test_there_are_no_more_workers_than_can_be_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert processes(10_000, jobs=200) == 200
    monkeypatch.setattr(sys, "platform", "win32")
    assert processes(10_000, jobs=200) <= 63
    assert processes(10_000, jobs=2) == 2


def test_a_folder_is_named_alike_whichever_stroke_ends_its_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sep", "\\")
    monkeypatch.setattr(os, "altsep", "/")
    assert FoundFile("inbox/first").stem == FoundFile("inbox/first/").stem == "first"


def test_no_module_needs_what_only_unix_has_to_be_imported() -> None:
    for path in (ROOT / "soe_compliance").rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert not UNIX_ONLY & {*names, *([node.module] if isinstance(node, ast.ImportFrom) else [])}, (
                path
            )


@pytest.mark.parametrize("encoding", ["gbk", "cp1252"])
def test_a_console_that_lacks_characters_shows_the_others(tmp_path: Path, encoding: str) -> None:
    filing = {**BREACH["data"], "filing": {**BREACH["data"]["filing"], "group_name": RARE}}
    written(tmp_path / "a.json", filing)
    for command in (("check", "a.json", "--as-of", AS_OF), ("rule", "show", "GUA104")):
        wide = program(*command, cwd=tmp_path, PYTHONIOENCODING="utf-8")
        narrow = program(*command, cwd=tmp_path, PYTHONIOENCODING=encoding)
        assert (narrow.returncode, narrow.stderr) == (wide.returncode, b"")
        expected = wide.stdout.decode().encode(encoding, "backslashreplace")
        assert narrow.stdout == expected
    assert b"\\U00020bb7" in program("check", "a.json", cwd=tmp_path, PYTHONIOENCODING=encoding).stdout


def test_so_it_is_with_what_is_said_of_errors(tmp_path: Path) -> None:
    run = program("check", RARE, cwd=tmp_path, PYTHONIOENCODING="gbk")
    assert (run.returncode, b"Traceback" in run.stderr) == (2, False)
    run = program("check", "a.json", "-o", f"{RARE}/r.json", cwd=tmp_path, PYTHONIOENCODING="gbk")
    assert (run.returncode, b"Traceback" in run.stderr) == (2, False)


def test_results_for_programs_do_not_hang_on_the_console(tmp_path: Path) -> None:
    written(tmp_path / "a.json", BREACH["data"])
    for format_ in ("json", "csv"):
        command = ("check", "a.json", "--as-of", AS_OF, "--format", format_)
        wide, narrow = (program(*command, cwd=tmp_path, PYTHONIOENCODING=e) for e in ("utf-8", "gbk"))
        assert (narrow.returncode, narrow.stdout) == (wide.returncode, wide.stdout)


def test_lines_of_csv_end_as_the_format_says_on_every_system(tmp_path: Path) -> None:
    written(tmp_path / "a.json", BREACH["data"])
    program("check", "a.json", "--as-of", AS_OF, "-o", "r.csv", "-o", "r.jsonl", cwd=tmp_path)
    table = (tmp_path / "r.csv").read_bytes()
    assert b"\r\r\n" not in table
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")))
    assert len({len(row) for row in rows}) == 1
    assert b"\r" not in (tmp_path / "r.jsonl").read_bytes()


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["lf", "crlf", "cr"])
def test_files_are_read_whatever_their_lines_end_with(tmp_path: Path, end: bytes) -> None:
    folder = tmp_path / "csv"
    folder.mkdir()
    for name, lines in {
        "filing.csv": [b"group_code,group_name,year,reference_date", "A,甲,2024,2024-03-31".encode()],
        "debts.csv": [b"id,borrower_code,for_government", "D1,A,是".encode()],
    }.items():
        (folder / name).write_bytes(end.join(lines) + end)
    document = json.dumps(BREACH["prohibition"], indent=1).encode().replace(b"\n", end)
    (tmp_path / "a.json").write_bytes(document)
    report = report_of([tmp_path])
    assert [filing.status for filing in report.filings] == ["checked"] * 2
    assert [finding.rule for finding in report.findings].count("FIN104") == 2


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM])
def test_a_file_that_another_program_has_open_is_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(number, "Access is denied")

    target = tmp_path / "r.json"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(UserError):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["r.json"]


@pytest.mark.parametrize("name", ["x" * 300 + ".json", "a\0b.json"])
def test_a_name_that_can_not_be_is_said_to_be(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError) as caught:
        write_whole(tmp_path / name, b"x")
    assert caught.value.place == str(tmp_path / name)
    assert os.listdir(tmp_path) == []


def test_a_path_of_windows_is_a_name_like_any_other_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_whole("C:\\reports\\r.json", b"x")
    assert os.listdir(tmp_path) == ["C:\\reports\\r.json"]

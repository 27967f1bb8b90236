"""What standard error shows of a long batch."""

import io
import sys
from datetime import date
from pathlib import Path

import pytest

from soe_compliance.api import Done, Settings, check_paths
from soe_compliance.cli.progress import Progress, progress_line
from soe_compliance.domain.text import Text
from tests.execution.batches import write_batch


@pytest.mark.parametrize(
    ("done", "seconds", "numbers"),
    [
        (Done(128, 10_000, 12, 1), 2.0, ["128/10,000", "12", "1", "64", "3 min"]),
        (Done(5_000, 10_000, 1_200, 0), 50_000.0, ["5,000/10,000", "1,200", "0", "0.1", "14 h"]),
        (Done(99, 100, 0, 0), 9.9, ["99/100", "0", "0", "10", "1 s"]),
        (Done(100, 100, 0, 3), 4.0, ["100/100", "0", "3", "25"]),
        (Done(0, 100), 4.0, ["0/100", "0", "0"]),
    ],
)
def test_a_line_says_how_far_how_fast_and_how_long_still(
    done: Done, seconds: float, numbers: list[str]
) -> None:
    parts = progress_line(done, seconds, "en").split(" · ")
    assert len(parts) == len(numbers)
    assert all(number in part for number, part in zip(numbers, parts, strict=True))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_one_line_that_is_gone_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    monkeypatch.setenv("COLUMNS", "30")
    with Progress(enabled=True, language="zh") as progress:
        progress(Done(10, 100))
        progress.warn(Text("提醒", "note"))
        progress(Done(60, 100, 3))
    lines = shown.getvalue().split("\n")
    assert len(lines) == 2
    assert lines[0].endswith("\x1b[K提醒")
    assert lines[1].endswith("\r\x1b[K")
    assert "60/100" in lines[1]


@pytest.mark.parametrize(("enabled", "files"), [(False, 1000), (True, 20)])
def test_it_is_silent_when_told_to_be_and_for_few_files(
    capsys: pytest.CaptureFixture[str], enabled: bool, files: int
) -> None:
    with Progress(enabled=enabled, language="zh") as progress:
        for number in range(files + 1):
            progress(Done(number, files))
    assert capsys.readouterr().err == ""


def test_a_log_gets_some_lines_and_the_last(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(enabled=True, language="en") as progress:
        for number in range(1001):
            progress(Done(number, 1000))
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 10
    assert lines[-1].startswith("1,000/1,000")


def test_the_search_for_files_is_told_and_takes_no_part_in_the_rate(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, 100.0, 110.0, 120.0])
    monkeypatch.setattr("soe_compliance.cli.progress.monotonic", lambda: next(clock))
    with Progress(enabled=True, language="en") as progress:
        for found in range(500, 50_001, 500):
            progress(Done(0, found, searching=True))
        progress(Done(10_000, 50_000))
    *searching, last = capsys.readouterr().err.splitlines()
    assert [line.split()[3] for line in searching] == ["5,000", "10,000", "20,000", "40,000"]
    assert "1,000 a second" in last
    assert "40 s" in last


def test_the_start_is_told_so_that_the_first_shard_has_its_time(tmp_path: Path) -> None:
    write_batch(tmp_path, 3)
    told: list[Done] = []
    check_paths([str(tmp_path)], Settings(as_of=date(2024, 4, 15)), progress=told.append)
    assert [(done.files, done.of) for done in told] == [(0, 3), (3, 3)]

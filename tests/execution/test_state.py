"""Outcomes kept by content: what is read again, what is not, and that nothing kept speaks for something else."""

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.finding import Details, Finding
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Text
from soe_compliance.engine import Checked, FilingResult
from soe_compliance.execution import shard
from soe_compliance.execution import state as keeping
from soe_compliance.execution.program import program
from soe_compliance.execution.state import loaded, stored
from soe_compliance.filings.discover import FoundFile
from soe_compliance.filings.filing import Filing, Unreadable
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.reading import read_file
from tests.execution.batches import SETTINGS, document, report_of, write_batch
from tests.judging import checked, filing_of, ruleset_with
from tests.oracle.random_filings import random_filing

ROOT = Path(__file__).resolve().parents[2]
FILES = 12

by_fork = pytest.mark.skipif(sys.platform != "linux", reason="the reader that counts reaches workers by fork")


words = st.text(max_size=3)
details = st.builds(Details, facts=st.dictionaries(words, words | st.builds(Text, words, words), max_size=2))
findings = st.builds(Finding, details=details)
counts = st.dictionaries(st.sampled_from(Outcome), st.integers(0), max_size=2)
outcomes = st.lists(
    st.builds(Checked, st.builds(FilingResult, outcomes=counts), st.lists(findings, max_size=2).map(tuple)),
    max_size=2,
).map(tuple)


def in_full(outcome: tuple[Checked, ...]) -> list[tuple[FilingResult, list[Finding]]]:
    return [(item.result, list(item.findings)) for item in outcome]


@given(outcomes)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_kept_is_what_was_given(outcome: tuple[Checked, ...]) -> None:
    kept = loaded(stored(outcome))
    assert kept is not None
    assert in_full(kept) == in_full(outcome)
    assert loaded(stored(kept)) == kept


@pytest.mark.parametrize("seed", range(6))
def test_findings_of_every_kind_come_back(seed: int) -> None:
    rng = random.Random(f"kept {seed}")
    drawn = [random_filing(rng) for _ in range(12)]
    filings = [filing_of(document, f"{place}") for place, (document, _, _) in enumerate(drawn)]
    outcome = tuple(checked(filings, drawn[0][1], ruleset_with(drawn[0][2])))
    back = loaded(stored(outcome))
    assert back is not None
    assert in_full(back) == in_full(outcome)
    assert len({type(f.details.measured) for item in outcome for f in item.findings}) == 4


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """The files read since the last call, by name."""
    log = tmp_path / "read"

    def reading(found: FoundFile, limits: Limits) -> list[Filing | Unreadable]:
        with log.open("a") as stream:
            stream.write(f"{found.stem}\n")
        return read_file(found, limits)

    def since() -> list[str]:
        found = log.read_text().split() if log.exists() else []
        log.unlink(missing_ok=True)
        return sorted(found)

    monkeypatch.setattr(shard, "read_file", reading)
    return since


@by_fork
def test_a_second_run_reads_only_what_changed(tmp_path: Path, read: Callable[[], list[str]]) -> None:
    inbox, kept = tmp_path / "inbox", replace(SETTINGS, state=str(tmp_path / "state"))
    write_batch(inbox, FILES)
    (inbox / "f003.json").write_text("{", encoding="utf-8")
    whole = report_of([inbox])
    read()
    assert report_of([inbox], kept, jobs=2) == whole
    assert len(read()) == FILES
    assert report_of([inbox], kept) == whole
    assert read() == []
    (inbox / "f005.json").write_text(json.dumps(document(100)), encoding="utf-8")
    (inbox / "new.json").write_text(json.dumps(document(101)), encoding="utf-8")
    changed = report_of([inbox], kept)
    assert read() == ["f005", "new"]
    assert changed == report_of([inbox]) != whole


@by_fork
def test_outcomes_go_with_the_file_and_not_with_its_path(
    tmp_path: Path, read: Callable[[], list[str]]
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    kept = replace(SETTINGS, state=str(tmp_path / "state"))
    write_batch(first, 3)
    (first / "f001.json").write_text("{", encoding="utf-8")
    report_of([first], kept)
    shutil.copytree(first, second)
    read()
    both = report_of([first, second], kept)
    assert read() == []
    assert both == report_of([first, second])
    assert len({filing.source for filing in both.filings}) == 6


def _other_settings() -> Iterator[object]:
    yield pytest.param({"as_of": date(2024, 2, 1)}, id="day")
    yield pytest.param({"select": ("DAT",)}, id="select")
    yield pytest.param({"ignore": ("DAT",)}, id="ignore")
    yield pytest.param({"show": tuple(Outcome)}, id="show")
    yield pytest.param({"ruleset": "central-guarantee-2021"}, id="ruleset")
    yield pytest.param({"interpret": {"quarterly_due": "15"}}, id="reading")
    yield pytest.param({"interpret_all": True}, id="all readings")
    yield pytest.param({"exhibits": True}, id="exhibits")
    yield pytest.param({"limits": Limits(file_bytes=300)}, id="limits")


@by_fork
@pytest.mark.parametrize("other", list(_other_settings()))
def test_nothing_kept_speaks_for_another_check(
    tmp_path: Path, other: dict[str, object], read: Callable[[], list[str]]
) -> None:
    inbox, state = tmp_path / "inbox", str(tmp_path / "state")
    write_batch(inbox, FILES)
    report_of([inbox], replace(SETTINGS, state=state))
    changed = replace(SETTINGS, **other)
    fresh = report_of([inbox], changed)
    read()
    assert report_of([inbox], replace(changed, state=state)) == fresh
    assert len(read()) == FILES


@by_fork
def test_nor_for_another_version_of_the_program(
    tmp_path: Path, read: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = replace(SETTINGS, state=str(tmp_path / "state"))
    write_batch(tmp_path / "inbox", FILES)
    report_of([tmp_path / "inbox"], kept)
    read()
    monkeypatch.setattr(keeping, "program", lambda: "another")
    report_of([tmp_path / "inbox"], kept)
    assert len(read()) == FILES


def test_a_program_is_another_once_a_byte_of_its_code_is(tmp_path: Path) -> None:
    copy = tmp_path / "soe_compliance"
    shutil.copytree(ROOT / "soe_compliance", copy, ignore=shutil.ignore_patterns("__pycache__"))

    def named() -> str:
        code = "from soe_compliance.execution.program import program; print(program())"
        return subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True
        ).stdout.strip()

    assert named() == program()
    engine = copy / "engine.py"
    engine.write_bytes(engine.read_bytes() + b"\n")
    assert named() != program()


def _damages() -> Iterator[object]:
    def entry(payload: bytes) -> bytes:
        packed = zlib.compress(payload)
        return hashlib.sha256(packed).digest() + packed

    yield pytest.param(lambda whole: b"", id="empty")
    yield pytest.param(lambda whole: whole[:-1], id="cut")
    yield pytest.param(lambda whole: whole[:40] + b"\0" + whole[41:], id="changed")
    yield pytest.param(lambda whole: entry(b"[]"), id="another document")
    yield pytest.param(lambda whole: entry(b'[[{"result": 1}]]'), id="another shape")
    yield pytest.param(lambda whole: hashlib.sha256(b"x").digest() + b"x", id="not packed")


@pytest.mark.parametrize("damage", list(_damages()))
def test_a_damaged_entry_is_made_anew_and_told_of(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    inbox, state = tmp_path / "inbox", tmp_path / "state"
    write_batch(inbox, FILES)
    kept = replace(SETTINGS, state=str(state))
    whole = report_of([inbox], kept)
    entry = sorted(path for path in state.rglob("*") if path.is_file())[0]
    before = entry.read_bytes()
    entry.write_bytes(damage(before))
    told: list[Text] = []
    assert report_of([inbox], kept, warn=told.append) == whole
    assert [str(entry) in text.zh for text in told] == [True]
    assert entry.read_bytes() == before
    assert report_of([inbox], kept, warn=told.append) == whole
    assert len(told) == 1


_KILLED_ONCE_KEPT = """
import os, signal
from soe_compliance.execution import state

write, left = state._write, int(os.environ["LEFT"])

def counted(path, content):
    global left
    write(path, content)
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)

state._write = counted
from soe_compliance.cli.main import main
main()
"""
"""The program, which is killed as it has kept so many outcomes."""


@pytest.mark.skipif(sys.platform == "win32", reason="nothing can be killed so there")
def test_a_run_that_was_killed_goes_on(tmp_path: Path) -> None:
    write_batch(tmp_path / "inbox", 160)
    assert run(tmp_path, "whole.json").wait() == 1
    kept = 0
    for more in (1, 60):
        killed = run(
            tmp_path, "killed.json", "--state", "state", program=("-c", _KILLED_ONCE_KEPT), LEFT=str(more)
        )
        assert killed.wait() == -signal.SIGKILL
        kept += more
        assert len(entries(tmp_path / "state")) == kept
        assert not (tmp_path / "killed.json").exists()
    assert run(tmp_path, "again.json", "--state", "state").wait() == 1
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "whole.json").read_bytes()


def test_two_runs_may_share_a_folder(tmp_path: Path) -> None:
    write_batch(tmp_path / "inbox", 60)
    runs = [run(tmp_path, f"{name}.json", "--state", "state") for name in ("a", "b")]
    assert runs[0].wait() == runs[1].wait() == 1
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert len(entries(tmp_path / "state")) == 60


def run(
    folder: Path,
    output: str,
    *options: str,
    program: Sequence[str] = ("-m", "soe_compliance"),
    **environment: str,
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [
            sys.executable,
            *program,
            *("check", "inbox", "--as-of", "2024-04-15", "--quiet", "--jobs", "2"),
            *("-o", output, *options),
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1713168000", **environment},
    )


def entries(state: Path) -> list[Path]:
    return [path for path in state.rglob("*") if path.is_file() and len(path.name) == 62]


def test_a_folder_that_cannot_be_one_is_named(tmp_path: Path) -> None:
    write_batch(tmp_path / "inbox", 1)
    (tmp_path / "state").write_bytes(b"")
    with pytest.raises(UserError) as error:
        report_of([tmp_path / "inbox"], replace(SETTINGS, state=str(tmp_path / "state")))
    assert error.value.place == str(tmp_path / "state")


@by_fork
def test_a_csv_folder_is_kept_too(tmp_path: Path, read: Callable[[], list[str]]) -> None:
    kept = replace(SETTINGS, state=str(tmp_path / "state"))
    folder = tmp_path / "csv"
    folder.mkdir()
    own = document(0)["filing"]
    table = ",".join(own) + "\n" + ",".join(str(value) for value in own.values()) + "\n"
    (folder / "filing.csv").write_text(table, encoding="utf-8")
    whole = report_of([folder])
    read()
    assert [report_of([folder], kept) for _ in range(2)] == [whole, whole]
    assert read() == ["csv"]
    (folder / "exceptions.csv").write_text("rule,subject,approval_no\n", encoding="utf-8")
    changed = report_of([folder], kept)
    assert read() == ["csv"]
    assert changed == report_of([folder]) != whole

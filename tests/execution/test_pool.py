"""A file that kills, hangs or exhausts the process that reads it costs itself, and no other."""

import os
import re
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from soe_compliance.api import read_filing
from soe_compliance.cli.exit_codes import DEFECT
from soe_compliance.cli.status import exit_status
from soe_compliance.domain.errors import UserError
from soe_compliance.domain.text import Text
from soe_compliance.engine import Checked, Status, evaluate
from soe_compliance.execution import shard, sharding
from soe_compliance.filings.discover import FoundFile
from soe_compliance.filings.filing import Filing, Unreadable
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.reading import read_file
from soe_compliance.report.model import Report
from tests.execution.batches import SETTINGS, report_of, write_batch

pytestmark = pytest.mark.skipif(
    sys.platform != "linux",
    reason="the deadly reader reaches workers by fork; memory is limited on Linux only",
)

FILES = 40
LIMITS = Limits(seconds=1, memory_bytes=256 * 1024**2)
TIGHT = replace(SETTINGS, limits=LIMITS)


def abort() -> None:
    os.abort()


def hang() -> None:
    re.match("(a+)+$", "a" * 60 + "b")  # never ends, and never lets another thread run


def exhaust() -> None:
    bytearray(2 * LIMITS.memory_bytes)


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail() -> None:
    raise KeyError("a defect of a reader")


FATES: dict[str, tuple[Callable[[], None], str]] = {
    "abort": (abort, "reader-died"),
    "kill": (killed, "reader-died"),
    "hang": (hang, "reader-too-slow"),
    "memory": (exhaust, "reader-out-of-memory"),
    "defect": (fail, "program-defect"),
}


def doomed(fates: dict[str, Callable[[], None]]) -> Callable[[FoundFile, Limits], list[Filing | Unreadable]]:
    """A reader that meets its fate at some files."""

    def read(found: FoundFile, limits: Limits) -> list[Filing | Unreadable]:
        fates.get(found.stem, lambda: None)()
        return read_file(found, limits)

    return read


def is_the_rest_of(hurt: Report, whole: Report, lost: dict[str, str]) -> bool:
    """Whether a report is another but for files that could not be read for these reasons."""
    dead = {Path(f.source).stem: f for f in hurt.filings if f.status is Status.UNREADABLE}
    assert {stem: [p.code for p in filing.problems] for stem, filing in dead.items()} == {
        stem: [code] for stem, code in lost.items()
    }
    assert [f.source for f in hurt.filings] == [f.source for f in whole.filings]
    alive = [f for f in whole.filings if Path(f.source).stem not in lost]
    gone = {f.id for f in whole.filings} - {f.id for f in alive}
    assert [f for f in hurt.filings if f.status is not Status.UNREADABLE] == alive
    return list(hurt.findings) == [f for f in whole.findings if f.filing not in gone]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_ends_a_reader_costs_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    write_batch(tmp_path, FILES)
    whole = report_of([tmp_path], TIGHT)
    lost = dict(zip(("f000", "f011", "f012", "f020", "f039"), FATES, strict=True))
    fates = {stem: FATES[fate][0] for stem, fate in lost.items()}
    monkeypatch.setattr(shard, "read_file", doomed(fates))
    hurt = report_of([tmp_path], TIGHT, jobs=jobs)
    assert is_the_rest_of(hurt, whole, {stem: FATES[fate][1] for stem, fate in lost.items()})


@pytest.mark.parametrize("fate", FATES)
def test_so_it_is_with_a_file_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fate: str) -> None:
    write_batch(tmp_path, 1)
    act, code = FATES[fate]
    monkeypatch.setattr(shard, "read_file", doomed({"f000": act}))
    [filing] = report_of([tmp_path], TIGHT).filings
    assert (filing.status, [p.code for p in filing.problems]) == (Status.UNREADABLE, [code])
    with pytest.raises(RuntimeError if code == "program-defect" else UserError):
        read_filing(tmp_path / "f000.json", limits=LIMITS)


def test_the_ruleset_is_that_of_the_first_filing_that_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_batch(tmp_path, 4)
    log = tmp_path / "log"

    def read(found: FoundFile, limits: Limits) -> list[Filing | Unreadable]:
        with log.open("a") as stream:
            stream.write(f"{found.stem}\n")
        return doomed({"f000": abort, "f001": hang})(found, limits)

    monkeypatch.setattr(shard, "read_file", read)
    report = report_of([tmp_path], replace(TIGHT, ruleset=None))
    assert [f.status for f in report.filings[:2]] == [Status.UNREADABLE] * 2
    assert Status.UNREADABLE not in {f.status for f in report.filings[2:]}
    read_times = log.read_text().split()
    assert [read_times.count(f"f00{number}") for number in range(4)] == [2, 1, 1, 1]


@pytest.mark.parametrize("fate", ["abort", "hang", "memory", "defect"])
def test_what_ends_the_judging_costs_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fate: str
) -> None:
    write_batch(tmp_path, 6)
    whole = report_of([tmp_path], TIGHT)

    def judge(filings: Sequence[Filing], *others: Any) -> list[Checked]:
        if any(filing.source.endswith("f004.json") for filing in filings):
            FATES[fate][0]()
        return evaluate(filings, *others)

    monkeypatch.setattr(shard, "evaluate", judge)
    assert is_the_rest_of(report_of([tmp_path], TIGHT), whole, {"f004": FATES[fate][1]})


@pytest.mark.parametrize("count", [1, 30])
def test_a_worker_that_somebody_kills_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    inbox = tmp_path / "inbox"
    write_batch(inbox, count)
    whole = report_of([inbox], TIGHT)
    mark = tmp_path / "killed"

    def once() -> None:
        if not mark.exists():
            mark.touch()
            killed()

    monkeypatch.setattr(shard, "read_file", doomed({"f000": once}))
    assert report_of([inbox], TIGHT, jobs=2) == whole
    assert mark.exists()


def test_memory_that_went_into_other_files_is_not_held_against_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_batch(tmp_path, 8)
    whole = report_of([tmp_path], TIGHT)
    held: list[bytearray] = []

    def hold() -> None:
        held.append(bytearray(LIMITS.memory_bytes // 3))

    monkeypatch.setattr(shard, "read_file", doomed({f"f00{number}": hold for number in (1, 3, 4, 6)}))
    assert report_of([tmp_path], TIGHT) == whole


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_defect_met_everywhere_is_no_fault_of_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    write_batch(tmp_path, FILES)

    def broken(*_: object) -> list[Checked]:
        raise ZeroDivisionError("a defect of\x1b[31m a rule " + "x" * 200)

    monkeypatch.setattr(shard, "evaluate", broken)
    report = report_of([tmp_path], TIGHT, jobs=jobs)
    assert {filing.status for filing in report.filings} == {Status.UNREADABLE}
    [text] = {problem.text for filing in report.filings for problem in filing.problems}
    assert "不是填报的问题（ZeroDivisionError: a defect of" in text.zh
    assert re.search(r"…, test_pool\.py:\d+ < shard\.py:\d+ < ", text.en)
    assert exit_status(report, "never", strict=False) == DEFECT


def test_a_command_on_one_filing_ends_with_a_defect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_batch(tmp_path, 1)
    monkeypatch.setattr(shard, "read_file", doomed({"f000": fail}))
    with pytest.raises(RuntimeError, match=r"f000\.json: .*KeyError"):
        read_filing(tmp_path / "f000.json")


def test_what_the_user_can_mend_comes_through_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_batch(tmp_path, 1)

    def refuse(*_: object) -> list[Checked]:
        raise UserError(Text("不行", "no"), place="here", remedy=Text("改", "mend"))

    monkeypatch.setattr(shard, "evaluate", refuse)
    with pytest.raises(UserError) as caught:
        report_of([tmp_path], TIGHT)
    assert (caught.value.what, caught.value.place, caught.value.remedy) == (
        Text("不行", "no"),
        "here",
        Text("改", "mend"),
    )


def test_no_split_changes_the_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_batch(tmp_path, FILES)
    (tmp_path / "f020.json").write_text("{", encoding="utf-8")
    whole = report_of([tmp_path])
    assert len(whole.filings) == FILES
    for size in (1, 7, 125):
        monkeypatch.setattr(sharding, "FILES_A_SHARD", size)
        for jobs in (1, 2, 4):
            assert report_of([tmp_path], jobs=jobs) == whole


def test_while_workers_are_waited_for_what_is_needed_later_is_done(tmp_path: Path) -> None:
    write_batch(tmp_path, FILES)
    done: list[int] = []
    report = report_of([tmp_path], chores=[partial(done.append, number) for number in range(FILES)])
    assert done
    assert done == list(range(len(done)))
    assert report == report_of([tmp_path])


def test_a_ruleset_without_a_reading_that_was_asked_for_is_refused_as_before(tmp_path: Path) -> None:
    """What is expected of a filing is loaded ahead, and may not be what the filing is under."""
    write_batch(tmp_path, 1)
    with pytest.raises(UserError, match="no interpretation nonsense"):
        report_of([tmp_path], replace(SETTINGS, ruleset=None, interpret={"nonsense": "x"}))

"""Files that change or vanish after they were found, and bad files among good ones, cost themselves and no other."""

import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from soe_compliance import api
from soe_compliance.engine import FilingResult, Status
from soe_compliance.execution.sharding import shards_of
from soe_compliance.report.model import Report
from tests.execution.batches import SETTINGS, document, report_of, write_batch
from tests.hostile.workbooks import REFUSED

FILES = 12
HIT = "f005.json"


def rest(report: Report, name: str = HIT) -> tuple[list[FilingResult], list[object]]:
    """All that a report says of other files."""
    filings = [filing for filing in report.filings if Path(filing.source).name != name]
    ids = {filing.id for filing in filings}
    return filings, [finding for finding in report.findings if finding.filing in ids]


def of(report: Report, name: str = HIT) -> FilingResult:
    [filing] = [filing for filing in report.filings if Path(filing.source).name == name]
    return filing


def _vanish(path: Path) -> None:
    path.unlink()


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _endless(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


CHANGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "vanishes": (_vanish, "file-not-found"),
    "is emptied": (_empty, "json-invalid"),
    "is cut": (_cut, "json-invalid"),
    "becomes a folder": (_folder, "file-not-regular"),
    "becomes a pipe": (_pipe, "file-not-regular"),
    "becomes a device": (_endless, "file-not-regular"),
}


@pytest.mark.skipif(os.name == "nt", reason="pipes and devices of Unix")
@pytest.mark.parametrize("kept", [False, True], ids=["plain", "state"])
@pytest.mark.parametrize("name", CHANGES)
def test_a_file_that_changes_between_being_found_and_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, kept: bool
) -> None:
    change, code = CHANGES[name]
    inbox = tmp_path / "inbox"
    write_batch(inbox, FILES)
    whole = report_of([inbox])

    def disturbed(*arguments: Any) -> Iterator[Sequence[Any]]:
        change(inbox / HIT)
        return shards_of(*arguments)

    monkeypatch.setattr(api, "shards_of", disturbed)
    settings = replace(SETTINGS, state=str(tmp_path / "state")) if kept else SETTINGS
    hurt = report_of([inbox], settings)
    assert (of(hurt).status, of(hurt).problems[0].code) == (Status.UNREADABLE, code)
    assert rest(hurt) == rest(whole)


@pytest.mark.parametrize("kept", [False, True], ids=["plain", "state"])
def test_the_digest_is_that_of_the_bytes_that_were_judged(tmp_path: Path, kept: bool) -> None:
    inbox = tmp_path / "inbox"
    write_batch(inbox, FILES)
    settings = replace(SETTINGS, state=str(tmp_path / "state")) if kept else SETTINGS
    contents = [json.dumps(document(number)).encode() for number in (1, 2, 3)]
    expected = {}
    for content in contents:
        (inbox / HIT).write_bytes(content)
        report = report_of([inbox])
        expected[f"sha256:{sha256(content).hexdigest()}"] = (of(report), findings_of(report))
    done = threading.Event()

    def rewrite() -> None:
        while not done.is_set():
            for content in contents:
                (tmp_path / "next").write_bytes(content)
                os.replace(tmp_path / "next", inbox / HIT)

    writer = threading.Thread(target=rewrite)
    writer.start()
    try:
        reports = [report_of([inbox], settings) for _ in range(8)]
    finally:
        done.set()
        writer.join()
    for report in reports:
        assert (of(report), findings_of(report)) == expected[of(report).digest or ""]


def findings_of(report: Report) -> list[object]:
    return [finding for finding in report.findings if finding.filing == of(report).id]


BAD: dict[str, Callable[[], bytes]] = {
    **{
        name: REFUSED[name][1]
        for name in (
            *("laughs.xlsx", "far.xlsx", "twice.xlsx", "checksum.xlsx", "halved.xlsx", "zip-in-zip.xlsx"),
            *("random-compound.xls", "html.xls", "nested.ods", "rows.ods", "errors.xlsx"),
        )
    },
    "deep.json": lambda: b"[" * 200_000,
    "huge-number.json": lambda: b'{"filing": {"year": ' + b"9" * 100_000 + b"}}",
    "twice.json": lambda: b'{"filing": {}, "filing": {}}',
    "lines.jsonl": lambda: b'{"filing": {}}\n{"filing": ',
    "bytes.json": lambda: b'{"filing": {"group_name": "\xff\xfe"}}',
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    inbox = tmp_path_factory.mktemp("whole") / "inbox"
    write_batch(inbox, FILES)
    return inbox, report_of([inbox])


def test_there_are_enough_kinds() -> None:
    assert len(BAD) >= 12


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_among_good_ones(whole: tuple[Path, Report], name: str) -> None:
    inbox, without = whole
    bad = inbox / f"f005-{name}"
    bad.write_bytes(BAD[name]())
    try:
        hurt = report_of([inbox], jobs=2)
    finally:
        bad.unlink()
    lost = [filing for filing in hurt.filings if Path(filing.source).name == bad.name]
    assert lost
    assert {filing.status for filing in lost} == {Status.UNREADABLE}
    assert rest(hurt, bad.name) == (list(without.filings), list(without.findings))


def test_a_folder_that_vanishes_while_it_is_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = tmp_path / "inbox"
    write_batch(inbox, FILES)
    (inbox / "below").mkdir()
    whole = report_of([inbox])
    scan = os.scandir

    def vanishing(path: str) -> Any:
        if str(path).endswith("below"):
            shutil.rmtree(path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", vanishing)
    hurt = report_of([inbox])
    assert [f for f in hurt.filings if f.status is not Status.UNREADABLE] == list(whole.filings)
    assert [Path(f.source).name for f in hurt.filings if f.status is Status.UNREADABLE] == ["below"]

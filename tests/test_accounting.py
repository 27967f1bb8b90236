"""Every file given is accounted for, none is changed, and what could not be judged is never a pass."""

import json
import os
import socket
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soe_compliance.api import Settings, check, check_paths
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.engine import Checked, Status, evaluate
from soe_compliance.execution import shard
from soe_compliance.filings.discover import discover
from soe_compliance.filings.filing import Filing
from soe_compliance.filings.problems import Level
from soe_compliance.report.render import render
from tests.cli.conftest import Run, run
from tests.cli.filings import AS_OF, CLEAN, written
from tests.execution.batches import SETTINGS, document
from tests.filings.filed import GUARANTEE_HEADERS, filing_bytes
from tests.hostile.workbooks import REFUSED

__all__ = ["run"]

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = next((ROOT / "sample_filings").glob("01-*.xlsx"))
CHECKED, UNREADABLE, SKIPPED, OWN, COUNTED = "checked", "unreadable", "skipped", "read and skipped", "counted"
"""What becomes of an entry: it is a filing, is none that can be read, or is left out by name or only counted.

A report of this program is left out by name once it was read.
"""


@cache
def _own_report() -> bytes:
    return render(check(SAMPLE, as_of="2024-04-15"), "xlsx")


def _json(path: Path) -> None:
    written(path, document(hash(path.name) % 7))


def _csv(path: Path) -> None:
    path.mkdir()
    header = CLEAN["filing"]
    lines = [",".join(header), ",".join(map(str, header.values()))]
    (path / "filing.csv").write_text("\n".join(lines), encoding="utf-8")
    (path / "debts.csv").write_text("id,borrower_code\nD1,A\n", encoding="utf-8")


def _link(path: Path) -> None:
    path.symlink_to(SAMPLE)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(path))


ENTRIES: dict[str, tuple[str, Any]] = {
    "good.json": (CHECKED, _json),
    "good.xlsx": (CHECKED, lambda path: path.write_bytes(filing_bytes(guarantees=[GUARANTEE_HEADERS]))),
    "named-so.xls": (CHECKED, lambda path: path.write_bytes(filing_bytes(guarantees=[GUARANTEE_HEADERS]))),
    "csv": (CHECKED, _csv),
    "cut.xlsx": (UNREADABLE, lambda path: path.write_bytes(filing_bytes()[:400])),
    "cut.json": (UNREADABLE, lambda path: path.write_bytes(b'{"filing": {')),
    "empty.xlsx": (UNREADABLE, lambda path: path.write_bytes(b"")),
    "headless.json": (UNREADABLE, lambda path: written(path, {"filing": {"year": 2024}})),
    "noise.ods": (UNREADABLE, lambda path: path.write_bytes(b"\0\1\2noise")),
    "report.json": (SKIPPED, lambda path: path.write_bytes(b'{"format": "soe-compliance.report/1"}')),
    "report.xlsx": (OWN, lambda path: path.write_bytes(_own_report())),
    "settings.json": (SKIPPED, lambda path: path.write_bytes(b'{"a": 1}')),
    "letter.docx": (SKIPPED, lambda path: path.write_bytes(b"PK")),
    "no-ending": (SKIPPED, lambda path: path.write_bytes(b"x")),
    "alone.csv": (SKIPPED, lambda path: path.write_bytes(b"a,b\n")),
    "link.xlsx": (SKIPPED, _link),
    "pipe.xlsx": (SKIPPED, os.mkfifo if hasattr(os, "mkfifo") else None),
    "socket.json": (SKIPPED, _socket),
    ".hidden.xlsx": (COUNTED, lambda path: path.write_bytes(b"x")),
    "~$open.xlsx": (COUNTED, lambda path: path.write_bytes(b"x")),
    "Thumbs.db": (COUNTED, lambda path: path.write_bytes(b"x")),
}
"""What may lie in a folder: what becomes of it, and what makes it at a path."""

entries = st.lists(
    st.tuples(st.sampled_from(["", "a/", "a/b/", "丙/"]), st.sampled_from(sorted(ENTRIES))),
    max_size=14,
    unique=True,
)


@pytest.mark.skipif(os.name == "nt", reason="pipes, sockets and links of Unix")
@given(entries)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_entry_of_a_folder_is_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("inbox")
    expected: dict[str, list[str]] = {fate: [] for fate in (CHECKED, UNREADABLE, SKIPPED, OWN, COUNTED)}
    for below, name in drawn:
        path = folder / below / name
        path.parent.mkdir(parents=True, exist_ok=True)
        fate, make = ENTRIES[name]
        make(path)
        expected[fate].append(str(path))
    before = _state_of(folder)
    report = check_paths([str(folder)], SETTINGS)
    found = {
        CHECKED: [f.source for f in report.filings if f.status is not Status.UNREADABLE],
        UNREADABLE: [f.source for f in report.filings if f.status is Status.UNREADABLE],
        SKIPPED: [notice.en.partition(": ")[0] for notice in report.notices],
    }
    left_out = [f for f in discover([str(folder)]) if f.skipped and f.skipped.code == "housekeeping-skipped"]
    if not expected[CHECKED] + expected[UNREADABLE]:
        expected[UNREADABLE].append(str(folder))
    assert sorted(found[CHECKED]) == sorted(expected[CHECKED])
    assert sorted(found[UNREADABLE]) == sorted(expected[UNREADABLE])
    assert sorted({*expected[SKIPPED], *expected[OWN]} - set(found[SKIPPED])) == []
    assert len(left_out) == bool(expected[COUNTED])
    if left_out:
        assert left_out[0].skipped
        assert left_out[0].skipped.level is Level.NOTICE
        assert str(len(expected[COUNTED])) in left_out[0].skipped.text.en
    assert _state_of(folder) == before


def _state_of(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Every regular file below a folder, with its time, its rights and its bytes."""
    return {
        str(path): (path.lstat().st_mtime_ns, path.lstat().st_mode, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("name", REFUSED)
def test_an_unreadable_file_is_never_a_pass(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(REFUSED[name][1]())
    report = check_paths([str(tmp_path)], Settings(as_of=SETTINGS.as_of, show=tuple(Outcome)))
    if report.filings[0].status is Status.UNREADABLE:
        assert (report.filings[0].outcomes, report.findings) == ({}, ())
    else:
        # The header could be read, a table could not: nothing that rests on that table passes for complete.
        assert report.filings[0].problems


COMMANDS = (
    ("check", "{0}"),
    ("check", "{0}", "--interpret-all", "--show", "pass", "--format", "json"),
    ("read", "{0}"),
    ("headroom", "{0}"),
    ("whatif", "{0}", "--set", "net_assets:{code}=1"),
    ("graph", "{0}", "-o", "{out}/g.svg"),
    ("graph", "{0}", "-o", "{out}/g.html"),
    ("annotate", "{0}", "-o", "{out}/a.xlsx"),
    ("verify", "{report}", "{0}"),
    ("diff", "{report}", "{report}"),
    ("ruleset", "diff", "xingan-2023", "filing-consistency", "--on", "{0}"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_no_command_changes_a_file(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    inbox.mkdir()
    out.mkdir()
    filing = inbox / SAMPLE.name
    filing.write_bytes(SAMPLE.read_bytes())
    report = inbox / "report.json"
    report.write_text(run("check", SAMPLE, "--as-of", AS_OF, "--format", "json").out, encoding="utf-8")
    code = json.loads(report.read_text(encoding="utf-8"))["filings"][0]["group_code"]
    before = _state_of(inbox)
    arguments = [part.format(filing, out=out, report=report, code=code) for part in command]
    assert run(*arguments).status in (0, 1, 2)
    assert _state_of(inbox) == before
    assert sorted(path.name for path in inbox.iterdir()) == sorted([SAMPLE.name, "report.json"])


def test_a_broken_rule_is_never_a_passed_one(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(filings: Sequence[Filing], *others: Any) -> list[Checked]:
        if any(filing.source.endswith("a.json") for filing in filings):
            raise ZeroDivisionError("a defect of a rule")
        return evaluate(filings, *others)

    for name in ("a.json", "b.json"):
        written(tmp_path / name, CLEAN)
    monkeypatch.setattr(shard, "evaluate", broken)
    for state in ((), ("--state", tmp_path / "state"), ("--state", tmp_path / "state")):
        ran = run(
            "check", tmp_path / "a.json", tmp_path / "b.json", "--as-of", AS_OF, "--format", "json", *state
        )
        failed, other = json.loads(ran.out)["filings"]
        assert (ran.status, ran.err) == (4, "")
        assert (failed["status"], failed["outcomes"], other["status"]) == ("unreadable", {}, "checked")
        assert [problem["code"] for problem in failed["problems"]] == ["program-defect"]
        assert (
            "ZeroDivisionError: a defect of a rule, test_accounting.py:" in failed["problems"][0]["message"]
        )
    monkeypatch.undo()

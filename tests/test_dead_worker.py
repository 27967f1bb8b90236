"""A file that kills the process that reads it costs itself, and no other."""

import json
import multiprocessing
import os
import signal
from datetime import date
from pathlib import Path

import pytest

from soe_compliance import api
from soe_compliance.api import Settings, check_paths
from soe_compliance.engine import Status
from soe_compliance.filings.discover import FoundFile
from soe_compliance.filings.filing import Filing, Unreadable
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.reading import read_file

FILES = 70
KILLERS = {"f05.json", "f63.json"}

pytestmark = pytest.mark.skipif(
    multiprocessing.get_start_method() != "fork", reason="the deadly reader reaches workers by fork"
)


def deadly(found: FoundFile, limits: Limits) -> list[Filing | Unreadable]:
    if Path(found.path).name in KILLERS and multiprocessing.parent_process() is not None:
        os.kill(os.getpid(), signal.SIGKILL)
    return read_file(found, limits)


def test_a_dead_worker_costs_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    header = {"group_name": "示例集团", "year": 2024, "reference_date": "2024-03-31"}
    for number in range(FILES):
        document = {"filing": {**header, "group_code": f"P{number}"}, "guarantees": []}
        (tmp_path / f"f{number:02}.json").write_text(json.dumps(document), encoding="utf-8")
    settings = Settings(as_of=date(2024, 4, 15), ruleset="xingan-2023")
    whole = check_paths([str(tmp_path)], settings, jobs=2)
    monkeypatch.setattr(api, "read_file", deadly)
    monkeypatch.setattr(api, "FILES_A_SHARD", 20)
    hurt = check_paths([str(tmp_path)], settings, jobs=2)
    dead = {Path(f.source).name: f for f in hurt.filings if f.status is Status.UNREADABLE}
    assert dead.keys() == KILLERS
    assert {problem.code for filing in dead.values() for problem in filing.problems} == {"reader-died"}
    others = [filing for filing in whole.filings if Path(filing.source).name not in KILLERS]
    assert [filing for filing in hurt.filings if filing.status is not Status.UNREADABLE] == others
    lost = {filing.id for filing in whole.filings} - {filing.id for filing in others}
    assert list(hurt.findings) == [finding for finding in whole.findings if finding.filing not in lost]

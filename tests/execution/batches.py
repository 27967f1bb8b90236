"""Small batches of filings, and the report of a check with the time of it fixed."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from soe_compliance.api import Settings, check_paths
from soe_compliance.report.model import Report
from tests.cli.filings import BREACH, CLEAN, UNKNOWN

SETTINGS = Settings(as_of=date(2024, 4, 15), ruleset="xingan-2023")
DOCUMENTS = [CLEAN, UNKNOWN, *BREACH.values()]


def document(number: int) -> dict[str, Any]:
    """The filing of a group of its own."""
    found = DOCUMENTS[number % len(DOCUMENTS)]
    return {**found, "filing": {**found["filing"], "group_name": f"集团{number}"}}


def write_batch(folder: Path, count: int) -> None:
    """Filings that break rules of several severities, or none."""
    folder.mkdir(exist_ok=True)
    for number in range(count):
        (folder / f"f{number:03}.json").write_text(json.dumps(document(number)), encoding="utf-8")


def report_of(paths: Sequence[Path], settings: Settings = SETTINGS, **options: Any) -> Report:
    """The report, with nothing in it that differs from run to run."""
    found = check_paths([str(path) for path in paths], settings, **options)
    return replace(found, generated_at=datetime(2024, 4, 15, tzinfo=UTC))

"""What fuzzing found, kept: each file is read as its line in `expected.json` says."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from soe_compliance.api import Settings, check_paths
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.execution.pool import Pool
from soe_compliance.filings.batch import batch_of
from soe_compliance.filings.discover import FoundFile
from soe_compliance.filings.filing import Filing
from tools.fuzz.held import read_well, rendered_well, report_of, rows_read
from tools.fuzz.inputs import LIMITS

CORPUS = Path(__file__).parents[1] / "corpus"
EXPECTED: Mapping[str, Any] = json.loads((CORPUS / "expected.json").read_text(encoding="utf-8"))


def test_each_file_has_its_line() -> None:
    assert {path.name for path in CORPUS.iterdir()} - {"expected.json"} == EXPECTED.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_it_is_read_as_its_line_says(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CORPUS)
    with Pool(1, LIMITS) as pool:
        [read] = pool.read(FoundFile(name))
    of_cells = batch_of([read]).problems[0] if isinstance(read, Filing) else ()
    told = [
        " ".join(filter(None, (problem.code, problem.location))) for problem in (*read.problems, *of_cells)
    ]
    assert told == EXPECTED[name]["problems"]
    assert rows_read(read) == EXPECTED[name]["rows"]
    read_well([read])
    rendered_well(report_of([read]))


def test_none_ends_the_batch() -> None:
    report = check_paths([str(CORPUS)], Settings(ruleset="xingan-2023", show=tuple(Outcome)))
    names = [Path(result.source).name for result in report.filings]
    assert sorted(names) == sorted(EXPECTED)
    about = [
        f.subject.id for f in report.findings if f.filing.startswith("code-behind") and f.rule == "DAT003"
    ]
    assert about == []

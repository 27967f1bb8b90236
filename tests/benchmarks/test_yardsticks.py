"""What is measured beside each other comes to the same, and is measured at all."""

import sys
from collections.abc import Sequence
from pathlib import Path
from subprocess import CalledProcessError

import pytest
from zen import ZenDecision

from benchmarks import one_filing, rules
from benchmarks.floor import measure_floor
from benchmarks.graphs import measure_graphs
from benchmarks.one_filing import FORMATS, table
from benchmarks.record_engine import Filing, outcomes_of
from benchmarks.rules import RULES, measure_rules

_COUNT = 13


def test_all_engines_judge_six_rules_alike(tmp_path: Path) -> None:
    figures = list(measure_rules(tmp_path, _COUNT, 1))
    assert [figure.yardstick.split()[0].rstrip(",") for figure in figures] == [
        *("numpy", "DuckDB", "zen-engine", "zen-engine")
    ]
    assert all(figure.value > 0 and figure.yard > 0 for figure in figures)


@pytest.mark.parametrize("rule", RULES)
def test_a_yardstick_that_judges_otherwise_is_not_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rule: str
) -> None:
    def otherwise(rules: ZenDecision, filings: Sequence[Filing]) -> dict[str, tuple[int, int]]:
        judged = outcomes_of(rules, filings)
        kept, broken = judged[rule]
        return {**judged, rule: (kept, broken - 1)}

    monkeypatch.setattr(rules, "outcomes_of", otherwise)
    with pytest.raises(AssertionError):
        list(measure_rules(tmp_path, _COUNT, 1))


def test_networkx_walks_to_the_same_firms(tmp_path: Path) -> None:
    [figure] = measure_graphs(tmp_path, _COUNT, 1)
    assert figure.value > 0
    assert figure.yard > 0


def test_whole_runs_are_timed_by_the_clock_and_by_the_processor(tmp_path: Path) -> None:
    processor, wall = measure_floor(tmp_path, _COUNT, 1)
    assert processor.name.endswith("processor time")
    assert wall.name.endswith("wall time")
    assert all(figure.value > figure.yard > 0 for figure in (processor, wall))


@pytest.mark.skipif(sys.platform == "win32", reason="processes are counted by what the system says of them")
def test_one_large_filing_is_measured_in_every_format(tmp_path: Path) -> None:
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in table(tmp_path, _COUNT)]
    assert [row[2].split()[0] for row in rows] == [*[".json"] * 7, *(f".{one}" for one in FORMATS)]
    findings = [int(row[1]) for row in rows]
    few, more, most = findings[4:7]
    assert findings[0] < few < more < most == findings[-1]
    assert all(float(row[3].removesuffix(" s")) > 0 for row in rows)


@pytest.mark.skipif(sys.platform == "win32", reason="processes are counted by what the system says of them")
def test_a_run_that_fails_is_not_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_filing, "_LATE", "no day")
    with pytest.raises(CalledProcessError):
        list(table(tmp_path, _COUNT))

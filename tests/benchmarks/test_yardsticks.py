"""What is measured beside each other comes to the same, and is measured at all."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from zen import ZenDecision

from benchmarks import rules
from benchmarks.floor import measure_floor
from benchmarks.graphs import measure_graphs
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

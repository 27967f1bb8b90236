"""selftest proves what it says, and fails where the installation is not as it should be."""

import json
from pathlib import Path
from typing import Any, NoReturn

import pytest
from msgspec.structs import replace

from soe_compliance import selftest as module
from soe_compliance.api import check_paths
from soe_compliance.authoring.conformance import FORMATS, load_conformance
from soe_compliance.authoring.examples_run import ExamplesRun, run_examples
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Text
from soe_compliance.engine import Checked, evaluate
from soe_compliance.execution import shard
from soe_compliance.law.loading import load_ruleset
from soe_compliance.report.model import Report
from tests.cli.conftest import Run, run

SMALL = "filing-consistency"

__all__ = ["run"]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples of one small ruleset; those of all run in tests of their own."""
    monkeypatch.setattr(module, "ruleset_ids", lambda: (SMALL,))


@pytest.mark.usefixtures("small")
def test_it_says_what_it_proved(run: Run) -> None:
    ran = run("selftest", "--format", "json")
    found = json.loads(ran.out)
    assert (ran.status, found["passed"], found["wrong"]) == (0, True, [])
    own = run_examples(SMALL)
    [ruleset] = found["rulesets"]
    assert ruleset == {
        "id": SMALL,
        "digest": load_ruleset(SMALL).digest,
        "rules": own.rules,
        "examples": own.examples,
        "wrong": 0,
    }
    filings = len(load_conformance().filings)
    assert found["filings"]["files"] == filings * len(FORMATS) + 1
    assert found["damaged_files"] > 0
    assert found["calendar"]["first_year"] < found["calendar"]["last_year"]


def test_the_filings_show_breaches_and_what_is_unknown() -> None:
    expected = [outcome for filing in load_conformance().filings for outcome in filing.expect.values()]
    assert {Outcome.FAIL.key, Outcome.UNKNOWN.key} == set(expected)
    assert load_conformance().filings[0].expect == {}


@pytest.mark.usefixtures("small")
def test_another_verdict_is_a_defect(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def lenient(*arguments: Any) -> list[Checked]:
        return [
            replace(found, findings=tuple(f for f in found.findings if f.outcome is not Outcome.FAIL))
            for found in evaluate(*arguments)
        ]

    monkeypatch.setattr(shard, "evaluate", lenient)
    ran = run("selftest", "--lang", "en")
    assert ran.status == 4
    failing = [f for f in load_conformance().filings if Outcome.FAIL.key in f.expect.values()]
    assert ran.out.count(": expected {") == len(failing) * len(FORMATS)
    assert "GUA104" in ran.out


@pytest.mark.usefixtures("small")
def test_a_file_that_is_left_out_is_a_defect(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(*arguments: Any, **options: Any) -> Report:
        report = check_paths(*arguments, **options)
        return replace(report, filings=report.filings[1:])

    monkeypatch.setattr(module, "check_paths", forgetful)
    ran = run("selftest")
    assert ran.status == 4
    assert "没有如数检查" in ran.out


@pytest.mark.usefixtures("small")
def test_so_are_an_example_that_comes_out_otherwise_and_a_file_that_was_changed(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other(ruleset: str) -> ExamplesRun:
        return replace(run_examples(ruleset), wrong=(Text("示例不符", "an example is wrong"),))

    def careless(paths: list[str], *arguments: Any, **options: Any) -> Report:
        report = check_paths(paths, *arguments, **options)
        Path(paths[0], "00-1.json").write_text("{}", encoding="utf-8")
        return report

    monkeypatch.setattr(module, "run_examples", other)
    monkeypatch.setattr(module, "check_paths", careless)
    ran = run("selftest", "--lang", "en")
    assert ran.status == 4
    assert "an example is wrong" in ran.out
    assert "the check changed a file" in ran.out


def test_nowhere_to_write_is_for_the_user_to_mend(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "ruleset_ids", tuple)
    monkeypatch.setattr(module, "_written", full)
    ran = run("selftest")
    assert ran.status == 2
    assert "TMPDIR" in ran.err

"""Workbooks made to harm are refused in a moment, each with its own problem, and the filing beside them is checked."""

from pathlib import Path

import pytest

from tests.hostile.process import MOST_BYTES, Run, check, problems_by_file
from tests.hostile.workbooks import READ, REFUSED, good, most_errors


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("hostile") / "inbox"
    folder.mkdir()
    (folder / "a-good.xlsx").write_bytes(good())
    for name, (_, make) in REFUSED.items():
        (folder / name).write_bytes(make())
    return check(folder)


def test_the_program_ends_as_it_should(checked: Run) -> None:
    assert checked.status == 2, checked.err
    assert "Traceback" not in checked.err
    assert checked.peak <= MOST_BYTES


def test_the_good_filing_is_checked(checked: Run) -> None:
    [filing] = [found for found in checked.report["filings"] if found["source"].endswith("a-good.xlsx")]
    assert filing["status"] == "checked"


@pytest.mark.parametrize("name", REFUSED)
def test_each_is_refused_for_its_reason(checked: Run, name: str) -> None:
    code, _ = REFUSED[name]
    problems = problems_by_file(checked)[name]
    assert [problem["code"] for problem in problems] == [code]
    assert "；" in problems[0]["message"] or "可读" in problems[0]["message"]


def test_no_file_is_read_for_an_entity(checked: Run) -> None:
    assert b"root:" not in checked.out


def test_a_sheet_of_as_many_errors_as_may_be_is_refused_in_time(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "errors.xlsx").write_bytes(most_errors())
    run = check(folder)
    assert [problem["code"] for problem in problems_by_file(run)["errors.xlsx"]] == ["sheet-of-faults"]
    assert run.peak <= MOST_BYTES


def test_odd_but_harmless_workbooks_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name, make in READ.items():
        (folder / name).write_bytes(make())
    run = check(folder)
    assert run.peak <= MOST_BYTES
    assert {Path(found["source"]).name: found["status"] for found in run.report["filings"]} == dict.fromkeys(
        READ, "checked"
    )

"""The filings that are measured with are the same every time, can be read, and are mostly in order."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.checking import judge_all, read_all
from benchmarks.generator import ROWS, document, json_bytes, workbook, write_json, write_workbooks
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.engine import Status

_COUNT = 11


def test_the_same_bytes_twice() -> None:
    assert workbook(document(3)) == workbook(document(3))
    assert json_bytes(document(3)) == json_bytes(document(3))
    assert json_bytes(document(3)) != json_bytes(document(4))


def test_a_filing_has_as_many_rows_as_announced() -> None:
    assert {key: len(rows) for key, rows in document(0).items() if key != "filing"} == ROWS
    assert sum(ROWS.values()) == 150


@pytest.mark.parametrize("write", [write_workbooks, write_json])
def test_filings_are_read_without_a_problem_and_most_rules_pass(write: object, tmp_path: Path) -> None:
    assert callable(write)
    filings = read_all(write(tmp_path, _COUNT))
    for filing in filings:
        assert {key: len(table.rows) for key, table in filing.tables.items()} == ROWS
    checked = judge_all(filings)
    assert all(item.result.status is Status.CHECKED and not item.result.problems for item in checked)
    listed = Counter((f.rule, f.outcome) for item in checked for f in item.findings)
    assert listed == {("INV101", Outcome.UNKNOWN): _COUNT, ("GUA103", Outcome.FAIL): 2}
    outcomes = sum((Counter(item.result.outcomes) for item in checked), Counter())
    assert outcomes[Outcome.PASS] > 200 * _COUNT


def test_both_formats_are_judged_alike(tmp_path: Path) -> None:
    books, documents = (judge_all(read_all(write(tmp_path, 2))) for write in (write_workbooks, write_json))
    for book, same in zip(books, documents, strict=True):
        assert book.result.outcomes == same.result.outcomes

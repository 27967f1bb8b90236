"""Reports of many findings: whatever the format, what is held does not grow with them."""

import gc
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from typing import overload

import pytest
from msgspec.structs import replace

from soe_compliance.domain import packed_findings
from soe_compliance.domain.finding import Evidence, Finding
from soe_compliance.domain.packed_findings import Gathered
from soe_compliance.execution.spool import Findings, Spool
from soe_compliance.report import by_filing as one_by_one
from soe_compliance.report import cells, long_findings, papers, sheets, workbook
from soe_compliance.report.by_filing import by_filing, of_absent
from soe_compliance.report.by_group import groups
from soe_compliance.report.html import page
from soe_compliance.report.model import Report
from soe_compliance.report.render import FORMATS, TEXT, parts, render
from tests.report import reports

_A_FILING = 30
_FEWER, _MORE = 3, 8
_MOST_GROWTH = 400
"""Bytes for each further finding; one takes some 1,000 by itself, and 2,000 to 4,000 in most formats."""
_MOST_A_CELL = 20
"""Bytes for each further cell of a finding that there is already; its text takes some 200."""
_COLLECTED = 50_000


class Passing(Sequence[Finding]):
    """Findings that are made as they are asked for."""

    def __init__(self, filings: Sequence[str]) -> None:
        self._filings = filings

    def __len__(self) -> int:
        return len(self._filings) * _A_FILING

    def __iter__(self) -> Iterator[Finding]:
        return map(self._made, range(len(self)))

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> list[Finding]: ...
    def __getitem__(self, index: int | slice) -> Finding | list[Finding]:
        if isinstance(index, slice):
            return [self._made(number) for number in range(len(self))[index]]
        return self._made(range(len(self))[index])

    def _made(self, number: int) -> Finding:
        kinds = reports.all_findings()
        filing = self._filings[number // _A_FILING]
        return replace(kinds[number % len(kinds)], filing=filing, fingerprint=f"{number:016x}")


def large_report(filings: int) -> Report:
    results = tuple(
        reports.filing(id=f"f{n:03}", source=f"in/f{n:03}.xlsx", group_code=f"G{n:03}")
        for n in range(filings)
    )
    return replace(
        reports.report(filings=results, findings=()), findings=Passing([result.id for result in results])
    )


def growth(work: Callable[[Report], object]) -> float:
    """By how many bytes the most that is held at once grows with a further finding."""
    fewer, more = (_peak(work, large_report(filings)) for filings in (_FEWER, _MORE))
    return (more - fewer) / (_MORE - _FEWER) / _A_FILING


def _peak(work: Callable[[Report], object], report: Report) -> int:
    work(large_report(1))
    gc.collect()
    gc.freeze()
    tracemalloc.start()
    try:
        work(report)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        gc.unfreeze()


def _written_as(name: str) -> Callable[[Report], object]:
    if name == TEXT:
        return lambda report: render(report, TEXT)

    def written(report: Report) -> None:
        size = 0
        for part in parts(report, name, "zh", "data"):
            size += len(part)
            if size > _COLLECTED:
                gc.collect()  # what waits to be collected is not held
                size = 0

    return written


@pytest.mark.parametrize("name", [*FORMATS, TEXT])
def test_no_format_holds_the_findings(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_IN_MEMORY", 0)
    monkeypatch.setattr(sheets, "_SAMPLED_ROWS", 10)
    monkeypatch.setattr(papers, "MOST_PAPERS", 10)
    monkeypatch.setattr(cells, "MOST_PAPERS", 10)
    assert growth(_written_as(name)) < _MOST_GROWTH


def large_filing(findings: int) -> Report:
    """A report of one filing, the findings of which wait on the disk."""
    whole = large_report(-(-findings // _A_FILING))
    gathered, waiting = Gathered(), Spool()
    for number, finding in enumerate(sorted(whole.findings[:findings], key=lambda finding: finding.rule)):
        gathered.add(replace(finding, filing="f", fingerprint=f"{number:016x}"))
    waiting.add(0, gathered.by_rule_and_subject())
    results = (reports.filing(id="f", source="in/f.xlsx"),)
    found = Findings(waiting, (), lambda place, finding: finding)
    return replace(reports.report(filings=results, findings=()), findings=found)


@pytest.mark.parametrize("name", [*FORMATS, TEXT])
def test_no_format_holds_the_findings_of_one_filing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed_findings, "FINDINGS_A_BLOCK", 20)
    monkeypatch.setattr(one_by_one, "_MOST_HELD", 20)
    monkeypatch.setattr(workbook, "MOST_IN_MEMORY", 0)
    monkeypatch.setattr(sheets, "_SAMPLED_ROWS", 10)
    monkeypatch.setattr(papers, "MOST_PAPERS", 10)
    monkeypatch.setattr(cells, "MOST_PAPERS", 10)
    work = _written_as(name)
    fewer, more = (_peak(work, large_filing(findings)) for findings in (240, 540))
    assert (more - fewer) / 300 < _MOST_GROWTH


def with_cells(count: int) -> Report:
    evidence = tuple(
        Evidence("guarantees", f"DB-{n:06}", "balance", f"{n}.00", f"担保台账!H{n}") for n in range(count)
    )
    return reports.report(findings=(reports.over_cap(evidence=evidence),))


@pytest.mark.parametrize("name", ["json", "jsonl", "sarif"])
def test_cells_are_written_a_few_at_a_time(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_findings, "_CELLS_AT_ONCE", 50)
    work = _written_as(name)
    fewer, more = (_peak(work, with_cells(cells)) for cells in (200, 1_200))
    assert (more - fewer) / 1_000 < _MOST_A_CELL


@pytest.mark.parametrize("name", ["json", "jsonl", "sarif"])
@pytest.mark.parametrize("cells", [1, 4, 7, 8, 9, 40])
def test_however_many_at_a_time_the_bytes_are_the_same(
    name: str, cells: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = render(with_cells(cells), name)
    monkeypatch.setattr(long_findings, "_CELLS_AT_ONCE", 4)
    assert render(with_cells(cells), name) == whole


def test_one_that_holds_them_is_found_out() -> None:
    assert growth(lambda report: list(report.findings)) > 2 * _MOST_GROWTH
    assert growth(lambda report: b"".join(parts(report, "sarif", "zh", "data"))) > 2 * _MOST_GROWTH


def test_files_by_group_hold_one_group_at_a_time() -> None:
    report = large_report(_MORE)
    for number, group in enumerate(groups(report)):
        first = _A_FILING * number
        assert [finding.fingerprint for finding in group.report.findings] == [
            f"{place:016x}" for place in range(first, first + _A_FILING)
        ]
    assert number + 1 == _MORE
    assert growth(lambda report: [group.code for group in groups(report)]) < _MOST_GROWTH


def test_a_page_of_many_filings_names_the_worst_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "MOST_LISTED", 10 * _MORE)
    report = large_report(_MORE)
    text = render(report, "html", "en").decode()
    assert f"This page lists {10 * _MORE} of the {_MORE * _A_FILING} findings" in text
    assert text.count('<article class="finding') == 10 * _MORE


def test_filings_without_findings_are_there_too() -> None:
    filings = tuple(reports.filing(id=name) for name in "abcd")
    findings = tuple(
        replace(reports.over_cap(), filing=name, fingerprint=f"{n}") for n, name in enumerate("-bbd")
    )
    report = reports.report(filings=filings, findings=findings)
    assert [(filing.id, [f.fingerprint for f in own]) for filing, own in by_filing(report)] == [
        ("a", []),
        ("b", ["1", "2"]),
        ("c", []),
        ("d", ["3"]),
    ]
    assert [finding.fingerprint for finding in of_absent(report)] == ["0"]


@pytest.mark.parametrize("order", ["ba", "aba"])
def test_findings_out_of_order_are_not_left_out_in_silence(order: str) -> None:
    filings = tuple(reports.filing(id=name) for name in "ab")
    findings = tuple(replace(reports.over_cap(), filing=name) for name in order)
    with pytest.raises(ValueError, match="order"):
        list(by_filing(reports.report(filings=filings, findings=findings)))

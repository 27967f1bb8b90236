"""Exhibits for a page of a batch that is too large to make them of all: its gravest filings are read once more."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from soe_compliance.engine import FilingResult
from soe_compliance.execution.pool import Pool
from soe_compliance.execution.shard import Prepared
from soe_compliance.execution.sharding import processes, shards_of
from soe_compliance.filings.discover import FoundFile
from soe_compliance.filings.problems import defects_in
from soe_compliance.report import summary
from soe_compliance.report.html.filings import MOST_PICTURES
from soe_compliance.report.html.overview import worst_filings
from soe_compliance.report.model import Report

_Key = tuple[str, int]
"""A filing by its file, and its place among those of the file."""


def with_late_exhibits(report: Report, files: Sequence[FoundFile], prepared: Prepared, jobs: int) -> Report:
    """The report with the exhibits of the filings that a page draws.

    A file that has changed since it was checked gives none. Where the program fails over one, its verdicts stay.

    Args:
        files: those that were checked.
        prepared: what they were checked with.
    """
    keys = _keys(report.filings)
    worst = worst_filings(report, summary.readable(report), MOST_PICTURES)
    wanted = {keys[filing.id]: filing for filing in worst}
    sources = {source for source, _ in wanted}
    found = _read_again([file for file in files if file.source in sources], wanted, prepared, jobs)
    filings = tuple(
        _drawn(filing, found[keys[filing.id]]) if keys[filing.id] in found else filing
        for filing in report.filings
    )
    return replace(report, filings=filings)


def _drawn(filing: FilingResult, again: FilingResult) -> FilingResult:
    """A filing with the exhibits that were made of it, or with the word that the program failed to."""
    return replace(filing, exhibits=again.exhibits, problems=(*filing.problems, *defects_in(again.problems)))


def _keys(filings: Sequence[FilingResult]) -> dict[str, _Key]:
    """The key of each filing, by its id."""
    keys: dict[str, _Key] = {}
    places: dict[str, int] = {}
    for filing in filings:
        place = places.get(filing.source, 0)
        keys[filing.id] = filing.source, place
        places[filing.source] = place + 1
    return keys


def _read_again(
    files: Sequence[FoundFile], wanted: Mapping[_Key, FilingResult], prepared: Prepared, jobs: int
) -> dict[_Key, FilingResult]:
    """These filings with their exhibits, as far as their files are what they were, or with a defect of the program."""
    prepared = replace(prepared, options=replace(prepared.options, exhibits=True))
    found: dict[_Key, FilingResult] = {}
    with Pool(processes(len(files), jobs), prepared.limits) as pool:
        for outcomes in pool.run(shards_of(files, pool.threads), prepared):
            for outcome in outcomes:
                for place, checked in enumerate(outcome):
                    key, result = (checked.result.source, place), checked.result
                    same = key in wanted and result.digest == wanted[key].digest
                    if (same and result.exhibits) or (key in wanted and defects_in(result.problems)):
                        found[key] = result
    return found

"""The findings of a report a filing at a time: those of one filing are held, if they are not too many."""

from collections.abc import Iterator, Sequence
from itertools import groupby, islice

from soe_compliance.domain.finding import Finding
from soe_compliance.domain.packed_findings import FINDINGS_A_BLOCK
from soe_compliance.engine import FilingResult
from soe_compliance.execution.spool import Findings
from soe_compliance.report.model import Report

_MOST_HELD = FINDINGS_A_BLOCK


def by_filing(report: Report) -> Iterator[tuple[FilingResult, Sequence[Finding]]]:
    """Every filing in order, with its findings; those of groups that filed nothing are left out.

    Raises:
        ValueError: the findings do not follow the order of the filings.
    """
    ids = {filing.id for filing in report.filings}
    groups = groupby(
        ((place, f) for place, f in enumerate(report.findings) if f.filing in ids),
        lambda item: item[1].filing,
    )
    whose, group = next(groups, (None, iter(())))
    for filing in report.filings:
        own: Sequence[Finding] = ()
        if whose == filing.id:
            own = _held(report.findings, group)
            whose, group = next(groups, (None, iter(())))
        yield filing, own
    if whose is not None:
        raise ValueError(f"the findings of {whose} do not follow the order of the report's filings")


def _held(findings: Sequence[Finding], group: Iterator[tuple[int, Finding]]) -> Sequence[Finding]:
    """The findings of a group, by their places among all; those that are too many are read anew each time."""
    first, finding = next(group)
    own = [finding, *(finding for _, finding in islice(group, _MOST_HELD))]
    more = sum(1 for _ in group)
    if not more:
        return own
    start, stop = first, first + len(own) + more
    return findings.between(start, stop) if isinstance(findings, Findings) else findings[start:stop]


def of_absent(report: Report) -> Iterator[Finding]:
    """The findings of groups that filed nothing."""
    if not report.tally.of_absent:
        return
    ids = {filing.id for filing in report.filings}
    yield from (finding for finding in report.findings if finding.filing not in ids)

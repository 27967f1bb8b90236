"""The findings of a report a filing at a time: no more than those of one filing are held."""

from collections.abc import Iterator
from itertools import groupby

from soe_compliance.domain.finding import Finding
from soe_compliance.engine import FilingResult
from soe_compliance.report.model import Report


def by_filing(report: Report) -> Iterator[tuple[FilingResult, list[Finding]]]:
    """Every filing in order, with its findings; those of groups that filed nothing are left out.

    Raises:
        ValueError: the findings do not follow the order of the filings.
    """
    ids = {filing.id for filing in report.filings}
    groups = groupby((f for f in report.findings if f.filing in ids), lambda finding: finding.filing)
    whose, group = next(groups, (None, iter(())))
    for filing in report.filings:
        own: list[Finding] = []
        if whose == filing.id:
            own = list(group)
            whose, group = next(groups, (None, iter(())))
        yield filing, own
    if whose is not None:
        raise ValueError(f"the findings of {whose} do not follow the order of the report's filings")


def of_absent(report: Report) -> Iterator[Finding]:
    """The findings of groups that filed nothing."""
    if not report.tally.of_absent:
        return
    ids = {filing.id for filing in report.filings}
    yield from (finding for finding in report.findings if finding.filing not in ids)

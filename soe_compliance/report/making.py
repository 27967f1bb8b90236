"""From what was checked to the report: names told apart, waivers applied, and what there is to be said beside findings."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from os import environ

from msgspec.structs import replace

from soe_compliance.checks.excuses import Waivers
from soe_compliance.domain.errors import UserError
from soe_compliance.domain.finding import Finding
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Text
from soe_compliance.engine import FilingResult
from soe_compliance.execution.shard import Prepared
from soe_compliance.execution.spool import Findings, Spool
from soe_compliance.filings.discover import FoundFile
from soe_compliance.filings.problems import Level
from soe_compliance.filings.reading import unique_ids
from soe_compliance.report.model import Report
from soe_compliance.report.summary import filed_twice

_EPOCH = "SOURCE_DATE_EPOCH"


def made_report(
    results: Sequence[FilingResult],
    spool: Spool,
    of_absent: Sequence[Finding],
    waivers: Waivers,
    files: Sequence[FoundFile],
    prepared: Prepared,
) -> Report:
    """The report of a check.

    Args:
        results: what became of each filing; their findings lie in the spool, each with the place of its filing.
        of_absent: the findings of groups that filed nothing.
        files: all that was found, also what is no filing.
    """
    ids = unique_ids(results)
    filings = [
        result if result.id == name else replace(result, id=name)
        for result, name in zip(results, ids, strict=True)
    ]
    made = Findings(spool, of_absent, lambda place, finding: _named(finding, ids[place]))
    notices: list[Text] = []
    if waivers:
        changed, used = _waived(made, waivers)
        filings = [_recounted(filing, changed[filing.id]) for filing in filings]
        notices.extend(waivers.without_effect(used))
    findings = Findings(
        spool,
        [waivers.applied(finding) for finding in of_absent],
        lambda place, finding: waivers.applied(_named(finding, ids[place])),
    )
    return Report(
        generated_at=_now(),
        as_of=prepared.options.as_of,
        ruleset=prepared.ruleset,
        filings=tuple(filings),
        findings=tuple(findings) if spool.in_memory else findings,
        notices=(*notices, *_left_out(files), *filed_twice(filings)),
    )


def _named(finding: Finding, filing: str) -> Finding:
    """The finding with the id that its filing has in the report."""
    return finding if finding.filing == filing else replace(finding, filing=filing)


def _waived(findings: Iterable[Finding], waivers: Waivers) -> tuple[Counter[str], set[str]]:
    """How many breaches of each filing are waived, and the places of the waivers that do so."""
    changed, used = Counter[str](), set[str]()
    for finding in findings:
        waiver = waivers.of(finding)
        if waiver is not None:
            changed[finding.filing] += 1
            used.add(waiver.place)
    return changed, used


def _recounted(filing: FilingResult, waived: int) -> FilingResult:
    """The counts of a filing of which so many breaches were waived."""
    if not waived:
        return filing
    counts = Counter(filing.outcomes)
    counts[Outcome.FAIL] -= waived
    counts[Outcome.WAIVED] += waived
    return replace(filing, outcomes={outcome: counts[outcome] for outcome in Outcome if counts[outcome]})


def fixed_time() -> datetime | None:
    """The time of reports that SOURCE_DATE_EPOCH fixes; None where it is not set.

    Raises:
        UserError: it is no time.
    """
    epoch = environ.get(_EPOCH)
    if not epoch:
        return None
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise UserError(
            Text(
                f"环境变量的值“{epoch}”不是时间",
                f"the environment variable holds “{epoch}”, which is no time",
            ),
            place=_EPOCH,
            remedy=Text(
                "请写1970年以来的秒数，如1713168000，或取消该变量",
                "set it to seconds since 1970, such as 1713168000, or unset it",
            ),
        ) from None


def _now() -> datetime:
    """The time of the report."""
    return (fixed_time() or datetime.now(UTC)).replace(microsecond=0)


def _left_out(files: Sequence[FoundFile]) -> Iterator[Text]:
    """Files of a folder that are no filings."""
    for file in files:
        if file.skipped is not None and file.skipped.level is not Level.ERROR:
            text = file.skipped.text
            yield Text(f"{file.source}：{text.zh}", f"{file.source}: {text.en}")

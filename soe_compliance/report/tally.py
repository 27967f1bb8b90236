"""What the findings of a report come to in numbers, taken in one pass: where they are many, a pass costs time."""

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from soe_compliance.domain.finding import Finding
from soe_compliance.domain.outcomes import Outcome, Responsible, Severity


class Breaches(Struct, frozen=True):
    """The failed outcomes of one filing or of a report, by whose duty they are and by severity."""

    counts: Mapping[tuple[Responsible, Severity], int]

    @property
    def by_responsible(self) -> Mapping[Responsible, Mapping[Severity, int]]:
        return {r: {s: self.counts.get((r, s), 0) for s in Severity} for r in Responsible}

    @property
    def by_severity(self) -> Mapping[Severity, int]:
        return {s: sum(self.counts.get((r, s), 0) for r in Responsible) for s in Severity}

    @property
    def of_regulator(self) -> int:
        return sum(self.by_responsible[Responsible.REGULATOR].values())

    @property
    def total(self) -> int:
        return sum(self.counts.values())


NO_BREACHES = Breaches({})

_Counts = Counter[tuple[Responsible, Severity]]


class Tally(Struct, frozen=True):
    """Findings in numbers.

    Attributes:
        breaches: of all.
        by_filing: the breaches of each filing that has any.
        listed: how many findings each filing has.
        by_rule: how often each rule that has findings failed.
        kinds: how many findings there are of each outcome and severity.
        absent: the names of groups that filed nothing.
        of_absent: the outcomes of these groups' findings.
    """

    breaches: Breaches
    by_filing: Mapping[str, Breaches]
    listed: Mapping[str, int]
    by_rule: Mapping[str, int]
    kinds: Mapping[tuple[Outcome, Severity], int]
    absent: frozenset[str]
    of_absent: Mapping[Outcome, int]


def tally(findings: Iterable[Finding], filings: Iterable[str]) -> Tally:
    """The numbers of these findings.

    Args:
        filings: the ids of the filings of the report; findings of others are of groups that filed nothing.
    """
    ids = set(filings)
    whole, by_filing, by_rule = _Counts(), dict[str, _Counts](), Counter[str]()
    listed = Counter[str]()
    kinds, of_absent = Counter[tuple[Outcome, Severity]](), Counter[Outcome]()
    absent: set[str] = set()
    for finding in findings:
        kinds[finding.outcome, finding.severity] += 1
        listed[finding.filing] += 1
        failed = finding.outcome is Outcome.FAIL
        by_rule[finding.rule] += failed
        if failed:
            by_filing.setdefault(finding.filing, _Counts())[finding.responsible, finding.severity] += 1
            whole[finding.responsible, finding.severity] += 1
        if finding.filing not in ids:
            of_absent[finding.outcome] += 1
            absent.add(finding.subject.name)
    return Tally(
        breaches=Breaches(whole),
        by_filing={filing: Breaches(counts) for filing, counts in by_filing.items()},
        listed=listed,
        by_rule=by_rule,
        kinds=kinds,
        absent=frozenset(absent),
        of_absent=of_absent,
    )

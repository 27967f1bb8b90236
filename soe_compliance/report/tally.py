"""What the findings of a report come to in numbers, taken in one pass: where they are many, a pass costs time."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from soe_compliance.domain.finding import Finding
from soe_compliance.domain.outcomes import Outcome, Responsible, Severity


@dataclass(frozen=True)
class Breaches:
    """The failed outcomes of one filing or of a report, by whose duty they are and by severity."""

    by_responsible: Mapping[Responsible, Mapping[Severity, int]]

    @property
    def by_severity(self) -> Mapping[Severity, int]:
        return {s: sum(counts[s] for counts in self.by_responsible.values()) for s in Severity}

    @property
    def of_regulator(self) -> int:
        return sum(self.by_responsible[Responsible.REGULATOR].values())

    @property
    def total(self) -> int:
        return sum(self.by_severity.values())


_Counts = Counter[tuple[Responsible, Severity]]


@dataclass(frozen=True)
class Tally:
    """Findings in numbers.

    Attributes:
        breaches: of all.
        by_filing: the breaches of each filing that has any.
        by_rule: how often each rule that has findings failed.
        kinds: how many findings there are of each outcome and severity.
        absent: the names of groups that filed nothing.
        of_absent: the outcomes of these groups' findings.
    """

    breaches: Breaches
    by_filing: Mapping[str, Breaches]
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
    kinds, of_absent = Counter[tuple[Outcome, Severity]](), Counter[Outcome]()
    absent: set[str] = set()
    for finding in findings:
        kinds[finding.outcome, finding.severity] += 1
        failed = finding.outcome is Outcome.FAIL
        by_rule[finding.rule] += failed
        if failed:
            by_filing.setdefault(finding.filing, _Counts())[finding.responsible, finding.severity] += 1
            whole[finding.responsible, finding.severity] += 1
        if finding.filing not in ids:
            of_absent[finding.outcome] += 1
            absent.add(finding.subject.name)
    return Tally(
        breaches=_breaches(whole),
        by_filing={filing: _breaches(counts) for filing, counts in by_filing.items()},
        by_rule=by_rule,
        kinds=kinds,
        absent=frozenset(absent),
        of_absent=of_absent,
    )


def no_breaches() -> Breaches:
    return _breaches(_Counts())


def _breaches(counts: _Counts) -> Breaches:
    return Breaches({r: {s: counts[r, s] for s in Severity} for r in Responsible})

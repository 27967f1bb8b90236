"""The engine: a batch and a ruleset give outcomes and findings."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from soe_compliance.checks.absence import judge_absence
from soe_compliance.checks.excuses import Exceptions
from soe_compliance.checks.explanations import Explanations
from soe_compliance.checks.registry import evaluate as evaluate_check
from soe_compliance.checks.situation import Situation
from soe_compliance.checks.verdicts import Verdicts
from soe_compliance.domain.exhibits import Exhibits
from soe_compliance.domain.finding import Details, Finding, fingerprint
from soe_compliance.domain.headroom import Headroom
from soe_compliance.domain.outcomes import OUTCOMES, Outcome
from soe_compliance.domain.packed_findings import Gathered, PackedFindings, SentFindings
from soe_compliance.domain.text import Text
from soe_compliance.domain.workdays import Calendar
from soe_compliance.filings.batch import Batch, batch_of
from soe_compliance.filings.filing import Filing, Unreadable
from soe_compliance.filings.problems import Problem
from soe_compliance.filings.roster import Listed
from soe_compliance.law.kinds import FiledBy
from soe_compliance.law.model import Rule, Ruleset

NO_FILING = "-"
"""What stands for the filing in findings of groups that filed nothing."""

ALWAYS_LISTED = frozenset({Outcome.FAIL, Outcome.WAIVED, Outcome.PENDING, Outcome.UNKNOWN})


class Status(StrEnum):
    """Whether a filing could be checked: wholly, without some of its rows or a table, or not at all."""

    CHECKED = "checked"
    INCOMPLETE = "incomplete"
    UNREADABLE = "unreadable"

    @property
    def label(self) -> Text:
        return {
            Status.CHECKED: Text("已检查", "checked"),
            Status.INCOMPLETE: Text("不完整", "incomplete"),
            Status.UNREADABLE: Text("无法读取", "unreadable"),
        }[self]


class FilingResult(Struct, frozen=True):
    """What became of one filing: its identity, its status, its problems, and how often each outcome came.

    `exhibits` are made only for outputs that show them.
    """

    id: str
    source: str
    digest: str | None
    status: Status
    problems: tuple[Problem, ...]
    outcomes: Mapping[Outcome, int]
    group_code: str | None = None
    group_name: str | None = None
    year: int | None = None
    reference_date: date | None = None
    jurisdiction: str | None = None
    exhibits: Exhibits | None = None


class Checked(Struct, frozen=True):
    """What the engine makes of one filing: its result, and its findings by rule and subject."""

    result: FilingResult
    findings: tuple[Finding, ...] | SentFindings | PackedFindings = ()


class Alternative(Struct, frozen=True):
    """The ruleset with one interpretation read otherwise."""

    key: str
    ruleset: Ruleset


class Options(Struct, frozen=True):
    """How a check is made.

    Attributes:
        as_of: the date by which things are due.
        rules: the codes of the rules that are evaluated.
        listed: the outcomes that become findings; all are counted.
        alternatives: other readings to try; a verdict that one of them makes a breach is listed whatever it is.
        exhibits: whether the exhibits of each filing are made.
    """

    as_of: date
    rules: tuple[str, ...]
    listed: Collection[Outcome] = ALWAYS_LISTED
    alternatives: tuple[Alternative, ...] = ()
    exhibits: bool = False


def evaluate(
    filings: Sequence[Filing], ruleset: Ruleset, calendar: Calendar, options: Options
) -> list[Checked]:
    """Check filings that were read; one `Checked` a filing, in their order.

    Args:
        calendar: the official working days.
    """
    batch = batch_of(filings)
    situation = Situation(batch, ruleset, options.as_of, calendar)
    exceptions, explanations = Exceptions(situation), Explanations(situation)
    others = [(other.key, replace(situation, ruleset=other.ruleset)) for other in options.alternatives]
    given: list[Verdicts] = []
    waived: list[int] = []
    findings = [Gathered() for _ in filings]
    for code in sorted(options.rules):
        verdicts = evaluate_check(situation, ruleset.rules[code].check)
        if not len(verdicts):
            continue
        given.append(verdicts)
        hangs_on = [(key, other) for key, other in others if key in ruleset.readings_of[code]]
        wanted = frozenset(Outcome) if hangs_on else options.listed
        made: Iterable[tuple[int, Finding]] = _made(
            situation, exceptions, ruleset.rules[code], verdicts, wanted
        )
        breaches: set[tuple[int, str]] = set()
        if hangs_on:
            made, breaches = _with_sensitivity(list(made), hangs_on, code)
        for filing, finding in made:
            if finding.outcome is Outcome.WAIVED:
                waived.append(filing)
            finding = explanations.explained(filing, finding)
            if finding.outcome in options.listed or (filing, finding.subject.id) in breaches:
                findings[filing].add(finding)
    mistaken = exceptions.problems()
    unused = explanations.problems(every_rule=set(options.rules) == set(ruleset.rules))
    rules = [ruleset.rules[code] for code in options.rules]
    exhibits = _exhibits(situation, rules) if options.exhibits else [None] * len(filings)
    outcomes = _counts(given, waived, len(filings)).tolist()
    statuses = _statuses(batch)
    return [
        Checked(
            _result(
                batch,
                number,
                statuses[number],
                counts,
                (*mistaken.get(number, ()), *unused.get(number, ())),
                exhibits[number],
            ),
            found.by_rule_and_subject(),
        )
        for number, (counts, found) in enumerate(zip(outcomes, findings, strict=True))
    ]


def _exhibits(situation: Situation, rules: Sequence[Rule]) -> Sequence[Exhibits | None]:
    from soe_compliance.checks.exhibits import exhibits_of

    return exhibits_of(situation, rules)


def _made(
    situation: Situation,
    exceptions: Exceptions,
    rule: Rule,
    verdicts: Verdicts,
    wanted: Collection[Outcome],
) -> Iterator[tuple[int, Finding]]:
    """The findings of these outcomes, and of those that an exception may turn into one, with their filings."""
    is_wanted = np.zeros(len(OUTCOMES), dtype=bool)
    is_wanted[[Outcome.FAIL, *wanted]] = True
    places = np.flatnonzero(is_wanted[verdicts.outcome])
    filings, outcomes = verdicts.filing[places].tolist(), verdicts.outcome[places].tolist()
    for place, filing, outcome in zip(places.tolist(), filings, outcomes, strict=True):
        yield (
            filing,
            _finding(situation, exceptions, rule, filing, OUTCOMES[outcome], verdicts.details(place)),
        )


def _with_sensitivity(
    made: Sequence[tuple[int, Finding]], others: Sequence[tuple[str, Situation]], code: str
) -> tuple[list[tuple[int, Finding]], set[tuple[int, str]]]:
    """The findings, each with the interpretations of which another reading changes it.

    Also returned: the filings and subjects of those that another reading makes a breach.
    """
    changed: dict[tuple[int, str], set[str]] = {}
    breaches: set[tuple[int, str]] = set()
    for key, other in others:
        rule = other.ruleset.rules[code]
        verdicts = evaluate_check(other, rule.check)
        there = {
            (filing, finding.subject.id): finding.outcome
            for filing, finding in _made(other, Exceptions(other), rule, verdicts, frozenset(Outcome))
        }
        for filing, finding in made:
            subject = filing, finding.subject.id
            if there.get(subject) is not finding.outcome:
                changed.setdefault(subject, set()).add(key)
                if there.get(subject) in (Outcome.FAIL, Outcome.WAIVED):
                    breaches.add(subject)
    with_readings = [
        (filing, replace(finding, sensitive_to=tuple(sorted(changed.get((filing, finding.subject.id), ())))))
        for filing, finding in made
    ]
    return with_readings, breaches


def judge_roster(
    absent: Iterable[Listed], ruleset: Ruleset, calendar: Calendar, options: Options
) -> list[Finding]:
    """The findings of groups that should have filed and did not: one a duty that an annual filing shows."""
    situation = Situation(batch_of([]), ruleset, options.as_of, calendar)
    found = []
    asking = rules_for_absent(ruleset, options.rules)
    for group in absent:
        for code, check in asking.items():
            rule = ruleset.rules[code]
            outcome, details = judge_absence(situation, check, group)
            mark = fingerprint(
                ruleset.defined_in[code], code, group.group_code, group.year, details.subject.id
            )
            found.append(
                Finding(
                    mark,
                    NO_FILING,
                    rule.id,
                    outcome,
                    rule.severity,
                    rule.responsible,
                    rule.clause,
                    details,
                )
            )
    return found


def rules_for_absent(ruleset: Ruleset, codes: Iterable[str]) -> dict[str, FiledBy]:
    """The checks, by code, of those of the rules that judge a group which filed nothing."""
    checks = ((code, ruleset.rules[code].check) for code in codes)
    return {code: check for code, check in checks if isinstance(check, FiledBy)}


def headroom(filing: Filing, ruleset: Ruleset, calendar: Calendar, as_of: date) -> Headroom:
    """What a filing leaves to be guaranteed or invested, and what is due next."""
    from soe_compliance.checks.headroom import headroom_of

    situation = Situation(batch_of([filing]), ruleset, as_of, calendar)
    return headroom_of(situation, [ruleset.rules[code] for code in sorted(ruleset.rules)])


def unreadable(filing: Unreadable) -> Checked:
    """What becomes of a filing that could not be read."""
    return Checked(
        FilingResult(
            id=filing.id,
            source=filing.source,
            digest=filing.digest,
            status=Status.UNREADABLE,
            problems=filing.problems,
            outcomes={},
        )
    )


def _counts(given: Sequence[Verdicts], waived: Sequence[int], filings: int) -> NDArray[np.int64]:
    """How often each outcome (columns) comes in each filing (rows).

    Args:
        waived: the filings of the fails that are excused, one for each.
    """
    kinds = len(OUTCOMES)
    pairs = [verdicts.filing * kinds + verdicts.outcome for verdicts in given]
    counted = np.concatenate(pairs) if pairs else np.zeros(0, dtype=np.int64)
    counts = np.bincount(counted, minlength=filings * kinds).astype(np.int64).reshape(filings, kinds)
    for filing in waived:
        counts[filing, [Outcome.FAIL, Outcome.WAIVED]] += (-1, 1)
    return counts


def _statuses(batch: Batch) -> list[Status]:
    """Which filings could be checked wholly, and which without some of their rows or a table."""
    lacks = np.any([*batch.left_out.values(), *(count > 0 for count in batch.unusable.values())], axis=0)
    return [Status.INCOMPLETE if lacking else Status.CHECKED for lacking in lacks.tolist()]


def _finding(
    situation: Situation, exceptions: Exceptions, rule: Rule, number: int, outcome: Outcome, details: Details
) -> Finding:
    filing = situation.batch.filings[number]
    details = _rested_on(details)
    waiver = None
    if outcome is Outcome.FAIL:
        excuse = exceptions.excuse(number, rule, details)
        waiver = excuse.waiver
        outcome = Outcome.WAIVED if waiver else outcome
        if excuse.reasons:
            details = replace(details, reasons=(*details.reasons, *excuse.reasons))
    return Finding(
        fingerprint=fingerprint(
            situation.ruleset.defined_in[rule.id], rule.id, filing.group_code, filing.year, details.subject.id
        ),
        filing=filing.id,
        rule=rule.id,
        outcome=outcome,
        severity=rule.severity,
        responsible=rule.responsible,
        clause=rule.clause,
        details=details,
        waiver=waiver,
    )


def _rested_on(details: Details) -> Details:
    """Each cell once, without the blank ones, but those that a verdict lacks."""
    cells = dict.fromkeys(
        cell for cell in details.evidence if cell.value or f"{cell.table}.{cell.field}" in details.missing
    )
    return details if len(cells) == len(details.evidence) else replace(details, evidence=tuple(cells))


def _result(
    batch: Batch,
    number: int,
    status: Status,
    counts: Sequence[int],
    problems: Iterable[Problem],
    exhibits: Exhibits | None,
) -> FilingResult:
    filing = batch.filings[number]
    return FilingResult(
        id=filing.id,
        source=filing.source,
        digest=filing.digest,
        status=status,
        problems=(*filing.problems, *batch.problems[number], *problems),
        outcomes={outcome: count for outcome, count in zip(OUTCOMES, counts, strict=True) if count},
        group_code=filing.group_code,
        group_name=filing.group_name,
        year=filing.year,
        reference_date=filing.reference_date,
        jurisdiction=filing.jurisdiction,
        exhibits=exhibits,
    )

"""What may still be guaranteed or invested under the limits of a ruleset, and what is due next.

Limits and days are those of the checks themselves; nothing is worked out a second time here.
"""

from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np
from msgspec.structs import replace

from soe_compliance.checks.caps import cap_details
from soe_compliance.checks.group_shares import GroupShares
from soe_compliance.checks.projects import Projects
from soe_compliance.checks.registry import evaluate
from soe_compliance.checks.shares import check_share
from soe_compliance.checks.situation import Situation, day
from soe_compliance.checks.subjects import row_subject
from soe_compliance.domain.finding import Details, MeasuredAmount, MeasuredDay, Subject
from soe_compliance.domain.headroom import Due, Headroom, Room, Stake, Threshold
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.shares import in_print
from soe_compliance.domain.truth import NO, YES
from soe_compliance.law import kinds
from soe_compliance.law.model import Category, Large, Rule

_OWED_BY_A_DAY = (kinds.FiledBy, kinds.Attached, kinds.ReportSeries, kinds.FollowUp, kinds.WorkingDays)
_DONE = (Outcome.PASS, Outcome.NOT_APPLICABLE)


def headroom_of(situation: Situation, rules: Iterable[Rule]) -> Headroom:
    """The headroom of a batch of one filing."""
    wanted = list(rules)
    return Headroom(
        rooms=tuple(
            sorted((room for rule in wanted for room in _rooms(situation, rule)), key=_tightest_first)
        ),
        stakes=tuple(stake for rule in wanted for stake in _stakes(situation, rule)),
        thresholds=tuple(threshold for rule in wanted for threshold in _thresholds(situation, rule)),
        due=tuple(
            sorted(
                (due for rule in wanted for due in _due(situation, rule)),
                key=lambda due: (due.day, due.rule, due.subject.id),
            )
        ),
    )


def _tightest_first(room: Room) -> tuple[object, ...]:
    left = room.left
    return room.rule, left.low, left.high is None, left.high or 0, room.subject.id


# limits on guarantees


def _rooms(situation: Situation, rule: Rule) -> Iterator[Room]:
    check = rule.check
    if isinstance(check, kinds.Cap):
        found: Iterable[Details] = cap_details(situation, check)
    elif isinstance(check, kinds.ShareLimit):
        verdicts = check_share(situation, check)
        found = (verdicts.details(place) for place in range(len(verdicts)))
    else:
        return
    for details in found:
        measured = details.measured
        assert isinstance(measured, MeasuredAmount)
        yield Room(
            rule=rule.id,
            severity=rule.severity,
            clause=rule.clause,
            firm=details.subject.id.partition("/")[0],
            subject=details.subject,
            used=measured.value,
            limit=measured.limit,
            unit=measured.unit,
            missing=details.missing,
            of_group=isinstance(check, kinds.Cap) and check.by == "group",
        )


def _stakes(situation: Situation, rule: Rule) -> Iterator[Stake]:
    """Firms outside the group of which some member holds a part."""
    if not isinstance(rule.check, kinds.ShareLimit):
        return
    reached = situation.holdings.reached_by_any(situation.scope) == YES
    firms = np.flatnonzero(reached & (situation.scope == NO))
    shares = GroupShares(situation, firms)
    for firm in firms.tolist():
        name = situation.batch.firm_name(firm)
        yield Stake(rule.id, situation.batch.firm_codes[firm], name, in_print(shares.of(firm)))


# thresholds of projects


def _thresholds(situation: Situation, rule: Rule) -> Iterator[Threshold]:
    if not isinstance(rule.check, kinds.ApprovalRequired):
        return
    category = situation.ruleset.terms.categories[rule.check.category]
    if category.large is not None:
        yield from _thresholds_of(situation, rule, category, category.large)


def _thresholds_of(situation: Situation, rule: Rule, category: Category, large: Large) -> Iterator[Threshold]:
    """Of each member of the group that may be an investor of the category."""
    batch = situation.batch
    members = situation.table("entities").values("code")
    able = situation.scope[members] == YES
    if category.tiered_investor:
        able &= situation.tiered[members] != NO
    investors = members[able]
    base = situation.shared(Projects).base_of(large, investors, batch.filing_of_firm[investors])
    for place, firm in enumerate(investors.tolist()):
        filing = int(batch.filing_of_firm[firm])
        amount = situation.in_unit(base.amount.at(place).clipped().scaled(large.factor), filing)
        yield Threshold(
            rule=rule.id,
            clause=rule.clause,
            category=category.title.text,
            firm=batch.firm_codes[firm],
            name=batch.firm_name(firm),
            amount=amount,
            inclusive=large.boundary == "inclusive" or amount.high == 0,
            unit=situation.unit(filing),
            missing=() if amount.is_point else (f"financials.{large.of}",),
        )


# what is due


def _due(situation: Situation, rule: Rule) -> Iterator[Due]:
    check = rule.check
    if isinstance(check, _OWED_BY_A_DAY):
        yield from _still_owed(situation, rule)
    elif isinstance(check, kinds.DatedBy):
        yield from _last_day(situation, rule, check)
    elif isinstance(check, kinds.ApprovalRequired):
        yield from _before_the_start(situation, rule)


def _still_owed(situation: Situation, rule: Rule) -> Iterator[Due]:
    """What is judged open at the end of the filing's year and is due today or later."""
    end = max(situation.as_of, *(date(year, 12, 31) for year in situation.batch.year.tolist()))
    verdicts = evaluate(replace(situation, as_of=end), rule.check)
    for place in range(len(verdicts)):
        details = verdicts.details(place)
        measured = details.measured
        if verdicts.outcome[place] in _DONE or not isinstance(measured, MeasuredDay):
            continue
        if measured.day is None and measured.due_high >= situation.as_of:
            yield _made(rule, measured.due, measured.due_high, details.subject)


def _last_day(situation: Situation, rule: Rule, check: kinds.DatedBy) -> Iterator[Due]:
    """The last day for a row that nobody need file."""
    batch = situation.batch
    _, low, high = situation.due(check.due, batch.year)
    for number, filing in enumerate(batch.filings):
        if high[number] >= situation.today:
            subject = Subject(check.rows.table, filing.group_code, filing.group_name)
            yield _made(rule, day(low[number]), day(high[number]), subject, if_any=True)


def _before_the_start(situation: Situation, rule: Rule) -> Iterator[Due]:
    """Projects that await an approval and say when they start."""
    projects = situation.shared(Projects)
    verdicts = evaluate(situation, rule.check)
    for place in np.flatnonzero(verdicts.outcome == Outcome.PENDING).tolist():
        row = int(projects.of_year[place])
        if projects.table.stated("started_on")[row]:
            start = day(projects.start.values[row])
            yield _made(rule, start, start, row_subject(situation, "projects", row))


def _made(rule: Rule, first: date, latest: date, subject: Subject, *, if_any: bool = False) -> Due:
    return Due(first, latest, rule.id, rule.clause, rule.title.text, rule.responsible, subject, if_any)

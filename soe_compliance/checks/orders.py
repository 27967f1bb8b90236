"""One day before another: decided before submitted, before signed, before started."""

import numpy as np

from soe_compliance.checks.cures import cure_of_cell
from soe_compliance.checks.guarantees import Guarantees
from soe_compliance.checks.projects import Projects
from soe_compliance.checks.situation import Situation, day
from soe_compliance.checks.subjects import firm_label, row_subject
from soe_compliance.checks.verdicts import Verdicts, first_that_fits, softened, spared
from soe_compliance.domain import reasons
from soe_compliance.domain.finding import Details, MeasuredDay
from soe_compliance.domain.outcomes import OUTCOMES, Outcome
from soe_compliance.domain.text import Text
from soe_compliance.domain.truth import NO, UNKNOWN, YES, Mask, both, known
from soe_compliance.law.kinds import DecidedInternally, InOrder


def check_in_order(situation: Situation, check: InOrder) -> Verdicts:
    """One outcome a row: its first day is no later than its second."""
    name = check.rows.table
    table, rows = situation.table(name), situation.rows(check.rows)
    doubt: Mask = np.zeros(len(rows), dtype=bool)
    guarantees = situation.shared(Guarantees) if check.select is not None else None
    if guarantees is not None and check.select is not None:
        selected = guarantees.selected(check.select)
        kept = np.isin(selected.rows, rows)
        rows, doubt = selected.rows[kept], ~selected.certain[kept]
    first, then = table.columns[check.first][rows], table.columns[check.then][rows]
    cases = [
        (first.stated & then.stated & (first.values > then.values), Outcome.FAIL),
        (~first.stated | ~then.stated, Outcome.UNKNOWN),
    ]
    if check.awaits is not None:
        decided = table.stated(check.awaits.field) & ~table.is_one_of(
            check.awaits.field, check.awaits.none_yet
        )
        cases.append((~decided[rows], Outcome.PENDING))
    outcome = softened(first_that_fits(cases, Outcome.PASS), doubt)
    outcome = spared(outcome, then.stated & (then.values < situation.in_force_from))

    def details(place: int) -> Details:
        verdict = OUTCOMES[outcome[place]]
        row, unknown = int(rows[place]), verdict is Outcome.UNKNOWN
        measured = None
        if first.stated[place] and then.stated[place]:
            due = day(then.values[place])
            late = int(first.values[place] - then.values[place])
            measured = MeasuredDay(day(first.values[place]), due, due, late if late > 0 else None)
        facts: dict[str, str | Text] = {}
        why: list[Text] = []
        if guarantees is not None and check.select is not None:
            facts = {role: firm_label(situation, row, role) for role in ("guarantor", "beneficiary")}
            why = guarantees.doubts(row, check.select) if unknown and doubt[place] else []
        fields = [check.first, check.then, *([check.awaits.field] if check.awaits else [])]
        return Details(
            subject=row_subject(situation, name, row),
            measured=measured,
            missing=situation.blank(name, [row], check.first, check.then) if unknown else (),
            evidence=situation.evidence(name, [row], *fields)
            + (guarantees.counting_cells([row], check.select) if guarantees and check.select else ()),
            reasons=tuple(why),
            facts=facts,
        )

    return Verdicts(table.filing[rows], outcome, details)


def check_decided_internally(situation: Situation, check: DecidedInternally) -> Verdicts:
    """One outcome for each project of these flags whose investor is certainly below the upper tier."""
    projects = situation.shared(Projects)
    table = projects.table
    flags = both(
        *(known(table.truth(field) == (YES if value else NO)) for field, value in check.where.items())
    )
    scope = projects.investor_scope
    below = situation.tiered[table.values("investor_code")] == NO
    wanted = (flags == YES) & below & (scope != NO)
    rows = projects.of_year[wanted[projects.of_year]]
    decision, start = table.columns[check.decision][rows], projects.start[rows]
    by_completion = start.stated & ~table.stated("started_on")[rows]
    outcome = first_that_fits(
        [
            (~decision.stated & ~projects.started[rows], Outcome.PENDING),
            (~decision.stated, Outcome.UNKNOWN),
            (start.stated & (start.values < decision.values), Outcome.FAIL),
            (by_completion, Outcome.UNKNOWN),
        ],
        Outcome.PASS,
    )
    outcome = spared(softened(outcome, scope[rows] == UNKNOWN), projects.older[rows])

    def details(place: int) -> Details:
        verdict = OUTCOMES[outcome[place]]
        row, unknown = int(rows[place]), verdict is Outcome.UNKNOWN
        measured = None
        if start.stated[place] and decision.stated[place]:
            due = day(decision.values[place])
            measured = MeasuredDay(day(start.values[place]), due, due, None)
        why: list[Text] = []
        if unknown and by_completion[place]:
            why.append(reasons.START_BY_COMPLETION.format(day=day(start.values[place])))
        if unknown and scope[row] == UNKNOWN:
            investor = int(table.values("investor_code")[row])
            why.append(reasons.SCOPE_UNKNOWN.format(name=situation.batch.firm_name(investor)))
        return Details(
            subject=row_subject(situation, "projects", row),
            measured=measured,
            missing=situation.blank("projects", [row], check.decision, "started_on") if unknown else (),
            evidence=situation.evidence(
                "projects", [row], *check.where, check.decision, "started_on", "completed_on"
            )
            + projects.investor_cells(row, tiered=True),
            reasons=tuple(why),
            cure=cure_of_cell(
                situation,
                "projects",
                row,
                check.decision,
                day(start.values[place]) if start.stated[place] else situation.as_of,
            )
            if verdict is Outcome.PENDING and not by_completion[place]
            else None,
        )

    return Verdicts(table.filing[rows], outcome, details)

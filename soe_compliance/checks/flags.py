"""A flag is as it should be; a listed value is none of the forbidden ones; one amount is within another."""

from collections.abc import Callable

import numpy as np

from soe_compliance.checks.attachments import due_of_rows, quarter_fact
from soe_compliance.checks.cures import cure_by_less, cure_of_cell
from soe_compliance.checks.projects import Projects
from soe_compliance.checks.situation import Situation, header
from soe_compliance.checks.subjects import row_subject
from soe_compliance.checks.verdicts import Verdicts, first_that_fits, of_breach, softened, spared
from soe_compliance.domain import reasons
from soe_compliance.domain.exact import as_fraction
from soe_compliance.domain.finding import Details, Evidence, MeasuredAmount
from soe_compliance.domain.outcomes import OUTCOMES, Outcome
from soe_compliance.domain.text import Text
from soe_compliance.domain.truth import NO, UNKNOWN, YES, Mask, Numbers, negate
from soe_compliance.law.kinds import FieldLimit, FlagIs, ListedValue, ProjectFlag
from soe_compliance.law.model import QUARTERLY


def _begun(situation: Situation, check: FlagIs) -> Numbers:
    rows = situation.rows(check.rows)
    if check.begun_by is None:
        return rows
    begun = situation.table(check.rows.table).columns[check.begun_by][rows]
    return rows[begun.stated & (begun.values <= situation.today)]


def check_flag(situation: Situation, check: FlagIs) -> Verdicts:
    """One outcome a row."""
    rows = _begun(situation, check)
    return _flag_verdicts(situation, check, rows, np.zeros(len(rows), dtype=bool), lambda _: ())


def check_project_flag(situation: Situation, check: ProjectFlag) -> Verdicts:
    """One outcome for each project of the group; a fail of one that may not be the group's is unknown."""
    rows = _begun(situation, check)
    projects = situation.shared(Projects)
    scope = projects.investor_scope
    rows = rows[scope[rows] != NO]
    return _flag_verdicts(situation, check, rows, scope[rows] == UNKNOWN, projects.investor_cells)


def _flag_verdicts(
    situation: Situation,
    check: FlagIs,
    rows: Numbers,
    doubtful: Mask,
    further_cells: Callable[[int], tuple[Evidence, ...]],
) -> Verdicts:
    name = check.rows.table
    truth = situation.table(name).truth(check.flag)[rows]
    outcome = softened(of_breach(negate(truth) if check.must_be else truth), doubtful)

    def details(place: int) -> Details:
        verdict = OUTCOMES[outcome[place]]
        row, unknown = int(rows[place]), verdict is Outcome.UNKNOWN
        fields = [check.flag, *([check.begun_by] if check.begun_by else [])]
        why: list[Text] = []
        if unknown and doubtful[place]:
            investor = int(situation.table(name).values("investor_code")[row])
            why.append(reasons.SCOPE_UNKNOWN.format(name=situation.batch.firm_name(investor)))
        return Details(
            subject=row_subject(situation, name, row),
            missing=situation.blank(name, [row], check.flag) if unknown else (),
            evidence=situation.evidence(name, [row], *fields) + further_cells(row),
            reasons=tuple(why),
            cure=cure_of_cell(situation, name, row, check.flag, check.must_be)
            if verdict is Outcome.FAIL
            else None,
        )

    return Verdicts(situation.table(name).filing[rows], outcome, details)


def check_listed_value(situation: Situation, check: ListedValue) -> Verdicts:
    """One outcome a row: a forbidden value fails, a blank or an unclear one is unknown."""
    name, rows = check.rows.table, situation.rows(check.rows)
    table = situation.table(name)
    unclear = ~table.stated(check.field)[rows] | table.is_one_of(check.field, check.unclear)[rows]
    outcome = first_that_fits(
        [(table.is_one_of(check.field, check.forbidden)[rows], Outcome.FAIL), (unclear, Outcome.UNKNOWN)],
        Outcome.PASS,
    )

    def details(place: int) -> Details:
        verdict = OUTCOMES[outcome[place]]
        row, unknown = int(rows[place]), verdict is Outcome.UNKNOWN
        stated = bool(table.stated(check.field)[row])
        why: tuple[Text, ...] = ()
        if unknown and stated:
            choices = table.form.fields[check.field].choices
            assert choices is not None
            label = list(choices)[int(table.values(check.field)[row])].label
            why = (reasons.VALUE_UNCLEAR.format(field=header(name, check.field), value=label),)
        return Details(
            subject=row_subject(situation, name, row),
            missing=situation.blank(name, [row], check.field) if unknown else (),
            evidence=situation.evidence(name, [row], check.field),
            reasons=why,
        )

    return Verdicts(table.filing[rows], outcome, details)


def check_field_limit(situation: Situation, check: FieldLimit) -> Verdicts:
    """One outcome a row: unknown where either amount is blank."""
    name, rows = check.rows.table, situation.rows(check.rows)
    table = situation.table(name)
    value, limit = table.range(check.value), table.range(check.limit)
    stated = (table.stated(check.value) & table.stated(check.limit))[rows]
    breach = np.where(stated, np.where((value.low > limit.low).astype(bool), YES, NO)[rows], UNKNOWN)
    outcome = of_breach(breach.astype(np.int8))
    if "quarter" in table.form.fields:
        outcome = spared(outcome, due_of_rows(situation, QUARTERLY, name, rows)[0])

    def details(place: int) -> Details:
        verdict = OUTCOMES[outcome[place]]
        row, unknown = int(rows[place]), verdict is Outcome.UNKNOWN
        filing = int(table.filing[row])
        return Details(
            subject=row_subject(situation, name, row),
            measured=MeasuredAmount(
                situation.in_unit(value.at(row), filing),
                situation.in_unit(limit.at(row), filing),
                situation.unit(filing),
            ),
            missing=situation.blank(name, [row], check.value, check.limit) if unknown else (),
            evidence=situation.evidence(name, [row], check.value, check.limit),
            facts=quarter_fact(situation, name, row),
            cure=cure_by_less(
                situation, name, [row], check.value, as_fraction(value.low[row]) - as_fraction(limit.low[row])
            )
            if verdict is Outcome.FAIL
            else None,
        )

    return Verdicts(table.filing[rows], outcome, details)

"""Each row has its attachment."""

import numpy as np

from soe_compliance.checks.cures import cure_of_cell
from soe_compliance.checks.deadlines import calendar_reason, measured_day
from soe_compliance.checks.quarters import ends_of_quarters, numbers_of_rows, quarter_in_words, quarterly_due
from soe_compliance.checks.situation import Situation
from soe_compliance.checks.subjects import row_subject
from soe_compliance.checks.verdicts import Verdicts, first_that_fits, spared
from soe_compliance.domain.finding import Details
from soe_compliance.domain.outcomes import OUTCOMES, Outcome
from soe_compliance.domain.text import Text
from soe_compliance.domain.truth import NO, UNKNOWN, YES, Mask, Numbers
from soe_compliance.law.kinds import Attached
from soe_compliance.law.model import QUARTERLY


def due_of_rows(
    situation: Situation, due: str, table: str, rows: Numbers
) -> tuple[Mask, Numbers, Numbers, Numbers]:
    """For each row whether its duty is older than the regulation, and its due day: as written, earliest, latest."""
    if due == QUARTERLY:
        numbers = numbers_of_rows(situation, table, rows)
        return ends_of_quarters(numbers) < situation.in_force_from, *quarterly_due(situation, numbers)
    written, low, high = situation.due(due, situation.batch.year[situation.table(table).filing[rows]])
    return written < situation.in_force_from, written, low, high


def quarter_fact(situation: Situation, table: str, row: int) -> dict[str, str | Text]:
    """The quarter of a row that has one, for its texts."""
    if "quarter" not in situation.table(table).form.fields:
        return {}
    return {"quarter": quarter_in_words(int(numbers_of_rows(situation, table, np.array([row]))[0]))}


def check_attached(situation: Situation, check: Attached) -> Verdicts:
    """One outcome a row: attached; if not, pending while it is not due."""
    name = check.rows.table
    table, rows, today = situation.table(name), situation.rows(check.rows), situation.today
    older, written, low, high = due_of_rows(situation, check.due, name, rows)
    truth = table.truth(check.flag)[rows]
    outcome = first_that_fits(
        [
            (truth == YES, Outcome.PASS),
            (truth == UNKNOWN, Outcome.UNKNOWN),
            ((truth == NO) & (today <= low), Outcome.PENDING),
            ((truth == NO) & (today > high), Outcome.FAIL),
        ],
        Outcome.UNKNOWN,
    )
    outcome = spared(outcome, older)

    def details(place: int) -> Details:
        verdict = OUTCOMES[outcome[place]]
        row, unknown = int(rows[place]), verdict is Outcome.UNKNOWN
        ends = int(low[place]), int(high[place])
        open_day = unknown and truth[place] == NO
        return Details(
            subject=row_subject(situation, name, row),
            measured=measured_day(None, *ends, today, late=verdict is Outcome.FAIL),
            missing=situation.blank(name, [row], check.flag) if unknown else (),
            evidence=situation.evidence(name, [row], check.flag),
            reasons=calendar_reason(int(written[place]), *ends) if open_day else (),
            facts=quarter_fact(situation, name, row),
            cure=cure_of_cell(situation, name, row, check.flag, True)
            if verdict in (Outcome.FAIL, Outcome.PENDING)
            else None,
        )

    return Verdicts(table.filing[rows], outcome, details)

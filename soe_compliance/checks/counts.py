"""No more than so many rows a filing."""

import numpy as np

from soe_compliance.checks.situation import Situation
from soe_compliance.checks.verdicts import Verdicts, first_that_fits
from soe_compliance.domain.finding import Details, MeasuredCount, Subject
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.law.kinds import CountLimit


def check_count(situation: Situation, check: CountLimit) -> Verdicts:
    """One outcome for each filing that has the table: its rows, those dated before the force left out."""
    batch, table = situation.batch, situation.table(check.rows.table)
    rows = situation.rows(check.rows)
    dated = table.columns[check.dated][rows]
    rows = rows[~dated.stated | (dated.values >= situation.in_force_from)]
    counts = np.bincount(table.filing[rows], minlength=len(batch))
    filings = np.flatnonzero(batch.has_table[check.rows.table])
    outcome = first_that_fits([(counts[filings] > check.at_most, Outcome.FAIL)], Outcome.PASS)

    def details(place: int) -> Details:
        filing = int(filings[place])
        own = rows[table.filing[rows] == filing].tolist()
        fields = [*check.rows.where, check.dated]
        return Details(
            subject=Subject(check.rows.table, f"{check.subject}:{batch.year[filing]}"),
            measured=MeasuredCount(len(own), check.at_most),
            evidence=situation.evidence(check.rows.table, own, *fields),
            facts={"year": str(batch.year[filing])},
        )

    return Verdicts(filings, outcome, details)

"""Groups of a roster that filed nothing: their annual duties by the due day."""

import numpy as np

from soe_compliance.checks.deadlines import calendar_reason, measured_day
from soe_compliance.checks.situation import Situation
from soe_compliance.checks.verdicts import first_that_fits
from soe_compliance.domain.finding import Details, Subject
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Text
from soe_compliance.filings.roster import Listed
from soe_compliance.law.kinds import FiledBy


def judge_absence(situation: Situation, check: FiledBy, group: Listed) -> tuple[Outcome, Details]:
    """The outcome of one duty for a group that filed nothing: owed, and overdue once the due day has gone by."""
    written, low, high = situation.due(check.due, np.array([group.year]))
    today = situation.today
    [code] = first_that_fits(
        [
            (written < situation.in_force_from, Outcome.NOT_APPLICABLE),
            (today > high, Outcome.FAIL),
            (today <= low, Outcome.PENDING),
        ],
        Outcome.UNKNOWN,
    )
    outcome = Outcome(int(code))
    ends = int(low[0]), int(high[0])
    late = outcome is Outcome.FAIL
    return outcome, Details(
        subject=Subject(check.rows.table, f"{check.subject}:{group.year}", group.group_name),
        measured=measured_day(None, *ends, today, late=late),
        reasons=(
            Text(
                f"名单所列{group.group_name}没有{group.year}年度可读取的填报",
                f"{group.group_name} is on the roster and has no readable filing of {group.year}",
            ),
            *(calendar_reason(int(written[0]), *ends) if outcome is Outcome.UNKNOWN else ()),
        ),
        facts={
            "year": str(group.year),
            "filed": Text(f"至{situation.as_of}未见填报", f"by {situation.as_of} none was seen"),
        },
    )

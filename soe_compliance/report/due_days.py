"""Which day a due day was before it moved off a day off, worked out again from the ruleset."""

from calendar import monthrange
from datetime import date, timedelta

from soe_compliance.law.kinds import Attached, DatedBy, FiledBy, ReportSeries
from soe_compliance.law.model import Rule, Ruleset

_QUARTER_ENDS = (3, 6, 9, 12)


def written_due(due: date, rule: Rule, ruleset: Ruleset) -> date | None:
    """The day as the ruleset writes it, the last one up to the due day; None where the rule names no such day."""
    written = [day for year in (due.year - 1, due.year) for day in _in_year(year, rule, ruleset)]
    return max((day for day in written if day <= due), default=None)


def _in_year(year: int, rule: Rule, ruleset: Ruleset) -> list[date]:
    check, terms = rule.check, ruleset.terms
    if isinstance(check, FiledBy | DatedBy | Attached) and check.due in terms.due_dates:
        term = terms.due_dates[check.due]
        return [_end(year, term.month) if term.day == "last" else date(year, term.month, term.day)]
    if isinstance(check, ReportSeries | Attached):
        later = terms.quarterly.due
        days = timedelta(days=0 if later == "next_quarter_end" else later)
        return [_end(year, month) + days for month in _QUARTER_ENDS]
    return []


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])

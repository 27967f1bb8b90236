"""What excuses a breach: the filer's documented exceptions."""

from dataclasses import dataclass

import numpy as np

from soe_compliance.checks.situation import Situation, day
from soe_compliance.domain import reasons
from soe_compliance.domain.exact import as_fraction
from soe_compliance.domain.finding import Details, MeasuredAmount, Waiver
from soe_compliance.domain.text import Text
from soe_compliance.filings.filing import FEN_PER_UNIT
from soe_compliance.law.kinds import Cap
from soe_compliance.law.model import Rule


@dataclass(frozen=True)
class Excuse:
    """A waiver, or why the exceptions that name the subject don't waive."""

    waiver: Waiver | None
    reasons: tuple[Text, ...] = ()


class Exceptions:
    """The exceptions of a batch, found by filing, rule and subject."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.table = situation.table("exceptions")
        self._rows: dict[tuple[int, str, str], list[int]] = {}
        batch = situation.batch
        for row in range(len(self.table)):
            rule, subject = (batch.text("exceptions", row, key) for key in ("rule", "subject"))
            self._rows.setdefault((int(self.table.filing[row]), rule, subject), []).append(row)
        self._negative = set(self.table.out_of_range.get("up_to", np.zeros(0, dtype=np.int64)).tolist())

    def excuse(self, filing: int, rule: Rule, details: Details) -> Excuse:
        """Whether an exception excuses a breach."""
        rows = self._rows.get((filing, rule.id, details.subject.id), [])
        if not rows:
            return Excuse(None)
        batch = self.situation.batch
        if not self.situation.ruleset.can_be_waived(rule):
            number = batch.text("exceptions", rows[0], "approval_no")
            said = reasons.NOT_WAIVABLE.format(approval_no=number, severity=rule.severity.label)
            return Excuse(None, (said,))
        refusals = []
        for row in rows:
            refusal = self._refusal(filing, row, rule, details)
            if refusal is None:
                return Excuse(self._waiver(row))
            number = batch.text("exceptions", row, "approval_no")
            refusals.append(reasons.EXCEPTION_NOT_IN_FORCE.format(approval_no=number, why=refusal))
        return Excuse(None, tuple(refusals))

    def _refusal(self, filing: int, row: int, rule: Rule, details: Details) -> Text | None:
        reference = int(self.situation.batch.reference[filing])
        approved, expires = self.table.columns["approved_on"], self.table.columns["expires_on"]
        if not approved.stated[row]:
            return Text("未填批准日期", "it has no date of approval")
        if approved.values[row] > reference:
            return Text(
                f"批准日期{day(approved.values[row])}晚于数据截止日{day(reference)}",
                f"approved on {day(approved.values[row])}, after the reference date {day(reference)}",
            )
        if expires.stated[row] and expires.values[row] < reference:
            return Text(f"已于{day(expires.values[row])}到期", f"it expired on {day(expires.values[row])}")
        if row in self._negative:
            return Text("批准上限为负数", "its limit is negative")
        if isinstance(rule.check, Cap) and rule.check.waiver_up_to and not self._covers(filing, row, details):
            return Text("担保合计超过批准上限", "the sum is above what it covers")
        return None

    def _covers(self, filing: int, row: int, details: Details) -> bool:
        """Whether the exception's limit, if stated, reaches the sum's high end."""
        up_to = self.table.columns["up_to"]
        if not up_to.stated[row]:
            return True
        measured = details.measured
        if not isinstance(measured, MeasuredAmount) or measured.value.high is None:
            return False
        limit = as_fraction(up_to.values[row]) / FEN_PER_UNIT[self.situation.batch.filings[filing].unit]
        return limit >= measured.value.high

    def _waiver(self, row: int) -> Waiver:
        batch = self.situation.batch
        expires = self.table.columns["expires_on"]

        def written(field: str) -> str | None:
            return str(batch.cell("exceptions", row, field) or "").strip() or None

        return Waiver(
            source="filing",
            approval_no=batch.text("exceptions", row, "approval_no"),
            approver=written("approver"),
            reason=written("reason"),
            expires_on=day(expires.values[row]) if expires.stated[row] else None,
        )

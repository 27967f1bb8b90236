"""What excuses a breach: the filer's documented exceptions, and the reviewers' own waivers.

Exceptions are rows of a filing; they excuse rules of the severities that the ruleset names. Waivers are kept in a file
apart from the filings, a list of entries like

    - rule: GUA105
      subject: 91152201MA0N0000X1
      filing: MD-2024-Q1
      reason: 盟行署专题会议同意过渡期安排
      approver: 盟国资委主任办公会
      expires_on: 2024-12-31

and turn a breach into a waived one; prohibitions can't be waived. A waiver that has expired, or that met no breach, is
reported.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from soe_compliance.checks.situation import Situation, day
from soe_compliance.domain import reasons
from soe_compliance.domain.errors import UserError
from soe_compliance.domain.exact import as_fraction
from soe_compliance.domain.finding import Details, Finding, MeasuredAmount, Waiver
from soe_compliance.domain.outcomes import Outcome, Severity
from soe_compliance.domain.text import Text
from soe_compliance.filings.bad_cells import shown
from soe_compliance.filings.filing import FEN_PER_UNIT
from soe_compliance.filings.problems import Problem, problem
from soe_compliance.filings.values import text_of
from soe_compliance.law.documents import load
from soe_compliance.law.kinds import Cap, Strict
from soe_compliance.law.model import Rule, Ruleset
from soe_compliance.law.selection import unknown_rule
from soe_compliance.law.validation import validated
from soe_compliance.law.values import Day, Name


class Excuse(Struct, frozen=True):
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
        self._unused = set(self._rows)
        self._unexcused: set[tuple[int, str]] = set()
        self._negative = set(self.table.out_of_range.get("up_to", np.zeros(0, dtype=np.int64)).tolist())

    def excuse(self, filing: int, rule: Rule, details: Details) -> Excuse:
        """Whether an exception excuses a breach."""
        key = filing, rule.id, details.subject.id
        rows = self._rows.get(key)
        if not rows:
            self._unexcused.add((filing, rule.id))
            return Excuse(None)
        self._unused.discard(key)
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

    def problems(self) -> dict[int, list[Problem]]:
        """The exceptions that are plainly mistaken, by filing: of no rule, or of another subject than what breaks it."""
        found: dict[int, list[Problem]] = {}
        for filing, rule, subject in sorted(self._unused):
            if rule not in self.situation.ruleset.rules:
                code, field = "exception-rule-unknown", "rule"
            elif (filing, rule) in self._unexcused:
                code, field = "exception-unmatched", "subject"
            else:
                continue
            for row in self._rows[filing, rule, subject]:
                place = self.situation.batch.place("exceptions", row, field)
                values = {"rule": shown(rule), "subject": shown(subject)}
                said = problem(code, table="exceptions", field=field, location=place, **values)
                found.setdefault(filing, []).append(said)
        return found

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


class _WaiverInFile(Strict):
    rule: Name
    subject: Name
    filing: Name
    reason: Name
    approver: Name
    expires_on: Day


class ReviewersWaiver(Struct, frozen=True):
    """A reviewer's waiver and the place it is written in."""

    rule: str
    subject: str
    filing: str
    reason: str
    approver: str
    expires_on: date
    place: str

    @property
    def as_waiver(self) -> Waiver:
        return Waiver("reviewer", None, self.approver, self.reason, self.expires_on)


def load_waivers(path: str, ruleset: Ruleset) -> list[ReviewersWaiver]:
    """The waivers of a file.

    Raises:
        UserError: it can't be read or is not of the form, names no rule of the ruleset, or waives a prohibition.
    """
    document = load(Path(path))
    entries = validated(list[_WaiverInFile], document, document.data or [])
    found = []
    for number, entry in enumerate(entries):
        place = document.place((number,))
        rule = ruleset.rules.get(entry.rule)
        if rule is None:
            unknown = unknown_rule(ruleset, entry.rule)
            raise UserError(unknown.what, place=place, remedy=unknown.remedy)
        if rule.severity is Severity.PROHIBITION:
            raise UserError(
                Text(f"{rule.id}属严禁类规定，不能豁免", f"{rule.id} is a prohibition and can't be waived"),
                place=place,
                remedy=Text("请删除该条", "remove the entry"),
            )
        found.append(
            ReviewersWaiver(**{**entry.model_dump(), "subject": text_of(entry.subject), "place": place})
        )
    return found


class Waivers:
    """The reviewers' waivers as of a day."""

    def __init__(self, waivers: Sequence[ReviewersWaiver], as_of: date) -> None:
        self._all = waivers
        self._as_of = as_of
        self._in_force = {_about(waiver): waiver for waiver in waivers if waiver.expires_on >= as_of}

    def __bool__(self) -> bool:
        return bool(self._all)

    def of(self, finding: Finding) -> ReviewersWaiver | None:
        """The waiver in force that names this breach."""
        if finding.outcome is not Outcome.FAIL:
            return None
        return self._in_force.get((finding.filing, finding.rule, finding.subject.id))

    def applied(self, finding: Finding) -> Finding:
        """The finding, waived where it is a breach that a waiver in force names."""
        waiver = self.of(finding)
        if waiver is None:
            return finding
        return replace(finding, outcome=Outcome.WAIVED, waiver=waiver.as_waiver)

    def without_effect(self, used: Collection[str]) -> Iterator[Text]:
        """What is to be said of waivers that have expired, or whose places are not among those that were used."""
        for waiver in self._all:
            what = f"{waiver.place} {waiver.rule} {waiver.subject} ({waiver.filing})"
            if waiver.expires_on < self._as_of:
                yield Text(
                    f"豁免{what}已于{waiver.expires_on}到期", f"waiver {what} expired on {waiver.expires_on}"
                )
            elif (later := self._in_force[_about(waiver)]) is not waiver:
                yield Text(f"豁免{what}已由{later.place}代替", f"waiver {what} is replaced by {later.place}")
            elif waiver.place not in used:
                yield Text(f"豁免{what}没有对应的违反", f"waiver {what} met no breach")


def _about(waiver: ReviewersWaiver) -> tuple[str, str, str]:
    return waiver.filing, waiver.rule, waiver.subject

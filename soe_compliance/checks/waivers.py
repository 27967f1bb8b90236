"""The reviewers' own waivers, kept in a file apart from the filings:

    - rule: GUA105
      subject: 91152201MA0N0000X1
      filing: MD-2024-Q1
      reason: 盟行署专题会议同意过渡期安排
      approver: 盟国资委主任办公会
      expires_on: 2024-12-31

They turn a breach into a waived one; prohibitions can't be waived. One that has expired, or that met no breach, is
reported.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pydantic import Field

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.finding import Finding, Waiver
from soe_compliance.domain.outcomes import Outcome, Severity
from soe_compliance.domain.text import Text
from soe_compliance.filings.values import text_of
from soe_compliance.law.kinds import Strict
from soe_compliance.law.model import Ruleset
from soe_compliance.law.selection import unknown_rule
from soe_compliance.law.strict_yaml import load
from soe_compliance.law.validation import validated


class _WaiverInFile(Strict):
    rule: str
    subject: str
    filing: str
    reason: str = Field(min_length=1)
    approver: str = Field(min_length=1)
    expires_on: date


@dataclass(frozen=True)
class ReviewersWaiver:
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


@dataclass(frozen=True)
class Waived:
    """Findings after the waivers, and what is to be said of waivers that had no effect."""

    findings: tuple[Finding, ...]
    notices: tuple[Text, ...]


def apply_waivers(findings: Iterable[Finding], waivers: Sequence[ReviewersWaiver], as_of: date) -> Waived:
    """Turn the breaches that a waiver in force names into waived ones."""
    in_force = {(w.filing, w.rule, w.subject): w for w in waivers if w.expires_on >= as_of}
    used: set[str] = set()
    kept = []
    for finding in findings:
        waiver = in_force.get((finding.filing, finding.rule, finding.subject.id))
        if waiver is not None and finding.outcome is Outcome.FAIL:
            used.add(waiver.place)
            kept.append(replace(finding, outcome=Outcome.WAIVED, waiver=waiver.as_waiver))
        else:
            kept.append(finding)
    return Waived(tuple(kept), tuple(_without_effect(waivers, used, as_of)))


def _without_effect(waivers: Sequence[ReviewersWaiver], used: set[str], as_of: date) -> Iterable[Text]:
    for waiver in waivers:
        what = f"{waiver.place} {waiver.rule} {waiver.subject}"
        if waiver.expires_on < as_of:
            yield Text(
                f"豁免{what}已于{waiver.expires_on}到期", f"waiver {what} expired on {waiver.expires_on}"
            )
        elif waiver.place not in used:
            yield Text(f"豁免{what}没有对应的违反", f"waiver {what} met no breach")

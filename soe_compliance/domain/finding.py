"""Findings as data: what a rule says of a subject, the numbers it compared, and the cells it rests on.

No sentence stands here: texts are made at rendering, from the rule's own texts and the facts of the finding.
"""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from hashlib import sha256
from json.encoder import encode_basestring
from typing import Any, TypeAlias

from msgspec import Struct, field

from soe_compliance.domain.exact import Interval
from soe_compliance.domain.outcomes import Outcome, Responsible, Severity
from soe_compliance.domain.text import Text


class MeasuredAmount(Struct, frozen=True, tag=True):
    """An amount against its limit, both in `unit`; the excess is that of the low end over the limit's high end."""

    value: Interval
    limit: Interval
    unit: str

    @property
    def excess(self) -> Fraction | None:
        if self.limit.high is None or self.value.low <= self.limit.high:
            return None
        return self.value.low - self.limit.high


class MeasuredDay(Struct, frozen=True, tag=True):
    """A day (None: none is stated) against the day it is due; `due_high` where the calendar leaves that open."""

    day: date | None
    due: date
    due_high: date
    days_late: int | None


class MeasuredCount(Struct, frozen=True, tag=True):
    """A count against its limit."""

    value: int
    limit: int


Measured: TypeAlias = MeasuredAmount | MeasuredDay | MeasuredCount


class Subject(Struct, frozen=True):
    """What a finding is about: a table of the forms, the identifier that the rule gives it, and its name."""

    table: str
    id: str
    name: str = ""


class Evidence(Struct, frozen=True):
    """A cell that the verdict rests on, or for want of which there is none: as written, and where. There may be very many."""

    table: str
    id: str
    field: str
    value: str
    location: str


CellValue: TypeAlias = Fraction | date | bool | tuple[str, ...] | str
"""An amount in the filing's unit, a day, a flag, listed values, or one of them."""


class StatedAmount(Struct, frozen=True, tag=True):
    value: Fraction


class StatedDay(Struct, frozen=True, tag=True):
    value: date


class StatedFlag(Struct, frozen=True, tag=True):
    value: bool


class StatedChoices(Struct, frozen=True, tag=True):
    value: tuple[str, ...]


class StatedText(Struct, frozen=True, tag=True):
    value: str


Stated: TypeAlias = StatedAmount | StatedDay | StatedFlag | StatedChoices | StatedText
"""What a cell says; its kind stays known where it is a text, as in JSON."""

_KINDS: Mapping[type, Callable[[Any], Stated]] = {
    Fraction: StatedAmount,
    date: StatedDay,
    bool: StatedFlag,
    tuple: StatedChoices,
    str: StatedText,
}


def stated(value: CellValue) -> Stated:
    """A value with its kind."""
    return _KINDS[type(value)](value)


class Cure(Struct, frozen=True):
    """The smallest change of one cell after which the rule is complied with.

    Attributes:
        table, id, field: the cell, by the name of its row.
        from_: what it says; None where it is blank, or its row is not there yet.
        to: what it has to say.
        unit: the unit of amounts, else empty.
        location: where the cell is; empty where its row is still to be added.
        row: what the row to be added states besides; None where the row is there.
    """

    table: str
    id: str
    field: str
    from_: Stated | None
    to: Stated
    unit: str = ""
    location: str = ""
    row: Mapping[str, str] | None = None

    @property
    def by(self) -> Fraction | None:
        """By how much an amount changes."""
        if isinstance(self.to, StatedAmount) and isinstance(self.from_, StatedAmount):
            return self.to.value - self.from_.value
        return None


class Waiver(Struct, frozen=True):
    """What excuses a breach."""

    source: str
    approval_no: str | None
    approver: str | None
    reason: str | None
    expires_on: date | None


class Explanation(Struct, frozen=True):
    """What the filer says of a finding (审核说明); it changes no outcome."""

    text: str
    by: str | None
    written_on: date | None


class Details(Struct, frozen=True):
    """What a check says of one subject beside the outcome.

    Attributes:
        missing: the blank inputs that the verdict hangs on, as "table.field".
        reasons: why a verdict is not certain, or what else a reader should know; see `domain.reasons`.
        facts: what the rule's texts may name, beside `subject`, the measured numbers and the reasons.
        cure: the smallest change that cures what failed or is still to be done, where a single one surely does.
    """

    subject: Subject
    measured: Measured | None = None
    missing: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    reasons: tuple[Text, ...] = ()
    facts: Mapping[str, str | Text] = field(default_factory=dict)
    cure: Cure | None = None


class Finding(Struct, frozen=True):
    """One outcome of one rule for one subject of one filing.

    `sensitive_to` names the interpretations of which another reading would change the outcome.
    """

    fingerprint: str
    filing: str
    rule: str
    outcome: Outcome
    severity: Severity
    responsible: Responsible
    clause: str
    details: Details
    waiver: Waiver | None = None
    explanation: Explanation | None = None
    sensitive_to: tuple[str, ...] = ()

    @property
    def subject(self) -> Subject:
        return self.details.subject


def fingerprint(ruleset: str, rule: str, group_code: str, year: int, subject: str) -> str:
    """What stays the same of a finding from check to check: 16 hex digits.

    The SHA-256 of the canonical JSON of the ruleset that defines the rule, the rule, the group, the year and the
    subject.
    """
    texts = [encode_basestring(text) for text in (ruleset, rule, group_code, subject)]
    canonical = f"[{texts[0]},{texts[1]},{texts[2]},{year},{texts[3]}]"
    return sha256(canonical.encode()).hexdigest()[:16]

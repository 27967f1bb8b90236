"""Outcomes, severities and who is responsible: the closed lists that reports speak in."""

from enum import IntEnum, StrEnum

from soe_compliance.domain.text import Text


class Outcome(IntEnum):
    """What a rule says of a subject. The numbers serve columns; names stand in reports."""

    FAIL = 0
    WAIVED = 1
    PENDING = 2
    UNKNOWN = 3
    PASS = 4
    NOT_APPLICABLE = 5

    @property
    def key(self) -> str:
        return self.name.lower()

    @property
    def label(self) -> Text:
        return _OUTCOME_LABELS[self]


OUTCOMES = tuple(Outcome)
"""Every outcome, at the place of its number."""


class Severity(StrEnum):
    """How binding the clause is, strictest first: 严禁, 应当 or 不得, 原则上; then data and warning signs."""

    PROHIBITION = "prohibition"
    MANDATORY = "mandatory"
    PRINCIPLE = "principle"
    DATA = "data"
    ADVISORY = "advisory"

    @property
    def rank(self) -> int:
        return list(Severity).index(self)

    @property
    def is_of_a_clause(self) -> bool:
        """Whether the words of a clause set it; else the filing contradicts itself, or it is a warning sign."""
        return self not in (Severity.DATA, Severity.ADVISORY)

    @property
    def label(self) -> Text:
        return _SEVERITY_LABELS[self]


class Responsible(StrEnum):
    """Whose duty the rule is."""

    ENTERPRISE = "enterprise"
    REGULATOR = "regulator"

    @property
    def label(self) -> Text:
        return _RESPONSIBLE_LABELS[self]


_OUTCOME_LABELS = {
    Outcome.FAIL: Text("违反", "fail"),
    Outcome.WAIVED: Text("已批准例外", "waived"),
    Outcome.PENDING: Text("待办", "pending"),
    Outcome.UNKNOWN: Text("待核", "unknown"),
    Outcome.PASS: Text("通过", "pass"),
    Outcome.NOT_APPLICABLE: Text("不适用", "not applicable"),
}
_SEVERITY_LABELS = {
    Severity.PROHIBITION: Text("严禁", "prohibition"),
    Severity.MANDATORY: Text("强制", "mandatory"),
    Severity.PRINCIPLE: Text("原则", "principle"),
    Severity.DATA: Text("数据", "data"),
    Severity.ADVISORY: Text("提示", "advisory"),
}
_RESPONSIBLE_LABELS = {
    Responsible.ENTERPRISE: Text("企业", "enterprise"),
    Responsible.REGULATOR: Text("监管机构", "regulator"),
}

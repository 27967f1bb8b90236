"""What becomes of verdicts when a filing changes: breaches come and go, and numbers move."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from soe_compliance.domain.finding import Finding
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Text


class Difference(StrEnum):
    """How a verdict differs, what matters most first."""

    BREACHED = "breached"
    CURED = "cured"
    OUTCOME = "outcome"
    NUMBERS = "numbers"

    @property
    def label(self) -> Text:
        return _LABELS[self]


_LABELS = {
    Difference.BREACHED: Text("新增违反", "new breach"),
    Difference.CURED: Text("不再违反", "cured"),
    Difference.OUTCOME: Text("结论变化", "other verdict"),
    Difference.NUMBERS: Text("数值变化", "other numbers"),
}


class Changed(Struct, frozen=True):
    """One subject of one rule before and after; None where the rule has nothing to say of it."""

    difference: Difference
    before: Finding | None
    after: Finding | None

    @property
    def finding(self) -> Finding:
        """The later of the two."""
        found = self.after or self.before
        assert found is not None
        return found


def differences(before: Iterable[Finding], after: Iterable[Finding]) -> tuple[Changed, ...]:
    """The verdicts that differ, by what matters, then severity, rule and subject.

    Both are all findings of one filing, whatever their outcome.
    """
    old = {(finding.rule, finding.subject.id): finding for finding in before}
    new = {(finding.rule, finding.subject.id): finding for finding in after}
    found = [
        Changed(difference, old.get(key), new.get(key))
        for key in {**old, **new}
        if (difference := _difference(old.get(key), new.get(key)))
    ]
    order = list(Difference)
    return tuple(
        sorted(
            found,
            key=lambda one: (
                order.index(one.difference),
                one.finding.severity.rank,
                one.finding.rule,
                one.finding.subject.id,
            ),
        )
    )


def _difference(before: Finding | None, after: Finding | None) -> Difference | None:
    was, is_ = (None if one is None else one.outcome for one in (before, after))
    if was is not is_:
        if is_ is Outcome.FAIL:
            return Difference.BREACHED
        return Difference.CURED if was is Outcome.FAIL and is_ in _COMPLIED else Difference.OUTCOME
    if before is not None and after is not None and before.details.measured != after.details.measured:
        return Difference.NUMBERS
    return None


_COMPLIED = (None, Outcome.PASS, Outcome.NOT_APPLICABLE)

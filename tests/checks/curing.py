"""Findings with their cures, and what becomes of them once a cure is applied to the filing."""

from dataclasses import dataclass
from datetime import date

from soe_compliance.domain.finding import Cure, Finding
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.workdays import official_calendar
from soe_compliance.engine import Options, evaluate
from soe_compliance.filings.changes import Change, changed
from soe_compliance.filings.filing import Filing
from soe_compliance.law.model import Ruleset


@dataclass(frozen=True)
class Cured:
    """A finding with a cure, and the outcome after it; None where nothing is left to be judged."""

    kind: str
    finding: Finding
    cure: Cure
    after: Outcome | None

    @property
    def leaves_nothing(self) -> bool:
        """Whether the cure takes away what is judged: a guarantee run down to nothing."""
        return self.cure.table == "guarantees" and self.cure.field == "balance" and self.cure.to.value == 0

    @property
    def complied(self) -> bool:
        if self.after is None:
            return self.leaves_nothing
        return self.after in (Outcome.PASS, Outcome.NOT_APPLICABLE)


def findings_of(filing: Filing, ruleset: Ruleset, as_of: date, rules: tuple[str, ...]) -> list[Finding]:
    options = Options(as_of, rules, frozenset(Outcome))
    [checked] = evaluate([filing], ruleset, official_calendar(), options)
    return list(checked.findings)


def applied(filing: Filing, cure: Cure) -> Filing:
    return changed(filing, Change(cure.table, cure.id, cure.field, cure.to.value, cure.row))


def cured(filing: Filing, ruleset: Ruleset, as_of: date, rules: tuple[str, ...] = ()) -> list[Cured]:
    """Every finding of a filing that has a cure, each with what comes of it."""
    found = []
    for finding in findings_of(filing, ruleset, as_of, rules or tuple(sorted(ruleset.rules))):
        cure = finding.details.cure
        if cure is None:
            continue
        after = findings_of(applied(filing, cure), ruleset, as_of, (finding.rule,))
        outcome = next((f.outcome for f in after if f.subject.id == finding.subject.id), None)
        found.append(Cured(ruleset.rules[finding.rule].check.kind, finding, cure, outcome))
    return found

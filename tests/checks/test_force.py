"""What is older than the regulation is not judged, and what falls on the day from which it is in force is."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from soe_compliance.authoring.examples import Example, filing_of
from soe_compliance.checks.registry import evaluate
from soe_compliance.checks.situation import Situation
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.workdays import official_calendar
from soe_compliance.filings.batch import batch_of
from soe_compliance.law.model import Ruleset
from tests import judging
from tests.authoring.shipped import examples_of_rules


@dataclass(frozen=True)
class Duty:
    """The base of a rule's examples, changed, and the day that says how old its only subject is."""

    rule: str
    day: date
    put: dict[str, Any] = field(default_factory=dict)


DUTIES = (
    Duty("INV101", date(2024, 2, 29)),
    Duty("INV102", date(2024, 2, 29)),
    Duty("INV104", date(2024, 7, 31)),
    Duty("INV105", date(2024, 5, 13)),
    Duty("INV201", date(2024, 5, 20)),
    Duty("INV204", date(2024, 5, 6)),
    Duty("INV204", date(2024, 5, 8), {"approvals/0/applied_on": None}),
    Duty("INV205", date(2024, 3, 29)),
    Duty(
        "INV205",
        date(2024, 3, 29),
        {"approvals/0/paused_from": "2024-03-11", "approvals/0/paused_until": "2024-03-15"},
    ),
    Duty("INV206", date(2024, 6, 2)),
    Duty("INV207", date(2024, 5, 21)),
    Duty("INV301", date(2024, 3, 31)),
    Duty("FIN101", date(2024, 3, 31)),
    Duty("FIN102", date(2024, 3, 31)),
    Duty("FIN103", date(2024, 3, 31)),
    Duty("GUA107", date(2024, 3, 20)),
)


def outcome_of(duty: Duty, in_force_from: date) -> Outcome:
    [examples] = [
        one for one in examples_of_rules() if (one.ruleset, one.rule.id) == ("xingan-2023", duty.rule)
    ]
    example = Example(name="", put=duty.put, expect={})
    filing = judging.filing_of(filing_of(examples.examples, example))
    situation = Situation(
        batch_of([filing]), in_force(in_force_from), examples.examples.as_of, official_calendar()
    )
    [outcome] = evaluate(situation, examples.rule.check).outcome.tolist()
    return Outcome(outcome)


def in_force(from_: date) -> Ruleset:
    ruleset = judging.ruleset_with({})
    return ruleset.model_copy(update={"force": ruleset.force.model_copy(update={"from_": from_})})


@pytest.mark.parametrize("duty", DUTIES, ids=lambda duty: f"{duty.rule} {duty.day}")
def test_the_day_before_the_regulation_is_spared(duty: Duty) -> None:
    assert outcome_of(duty, duty.day) is not Outcome.NOT_APPLICABLE
    assert outcome_of(duty, duty.day + timedelta(days=1)) is Outcome.NOT_APPLICABLE

"""The first and the last day of force count; a trial is over the day after its last."""

from datetime import date

import pytest

from soe_compliance.law.loading import load_ruleset
from soe_compliance.law.model import Force


@pytest.mark.parametrize(
    ("day", "covered"),
    [("2023-12-31", False), ("2024-01-01", True), ("2024-06-30", True), ("2024-07-01", False)],
)
def test_the_first_and_the_last_day_are_of_force(day: str, covered: bool) -> None:
    force = Force.model_validate({"from": "2024-01-01", "until": "2024-06-30"})
    assert force.covers(date.fromisoformat(day)) is covered


@pytest.mark.parametrize(("day", "said"), [("2025-04-30", 0), ("2025-05-01", 1)])
def test_a_trial_is_over_the_day_after_its_last(day: str, said: int) -> None:
    assert len(load_ruleset().notices(date.fromisoformat(day))) == said

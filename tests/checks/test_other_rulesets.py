"""Kinds of checks with parameters that no shipped ruleset gives them, but another may."""

from datetime import date
from fractions import Fraction

import pytest

from soe_compliance.checks.caps import cap_details
from soe_compliance.checks.registry import evaluate
from soe_compliance.domain.exact import Interval
from soe_compliance.domain.finding import MeasuredAmount
from soe_compliance.domain.outcomes import OUTCOMES, Outcome
from soe_compliance.law.kinds import BeneficiaryFlag, Cap, DecidedInternally, Kind
from tests.cli.filings import CHILD, CLEAN, with_cells
from tests.judging import Document, situation_of

AS_OF = date(2024, 3, 15)


def outcomes_of(document: Document, check: Kind) -> dict[str, Outcome]:
    verdicts = evaluate(situation_of(document, AS_OF), check)
    return {
        verdicts.details(place).subject.id: OUTCOMES[verdicts.outcome[place]]
        for place in range(len(verdicts))
    }


@pytest.mark.parametrize(
    ("solvent", "outcome"), [(True, Outcome.PASS), (False, Outcome.FAIL), (None, Outcome.UNKNOWN)]
)
def test_a_flag_that_a_beneficiary_must_have(solvent: bool | None, outcome: Outcome) -> None:
    check = BeneficiaryFlag.model_validate(
        {"kind": "beneficiary_flag", "select": {}, "flag": "solvent", "must_be": True}
    )
    child = {**CLEAN["entities"][1], "solvent": solvent}
    assert outcomes_of({**CLEAN, "entities": [CLEAN["entities"][0], child]}, check) == {"G1": outcome}


def test_of_a_sum_that_is_known_nothing_is_missing() -> None:
    """Nothing is owed under the guarantee, so that it is all the same whose it is."""
    check = Cap.model_validate(
        {
            "kind": "cap",
            "select": {"signed_in_year": True},
            "by": "group",
            "factor": "2/5",
            "of": "consolidated_net_assets",
        }
    )
    document = with_cells(guarantees__balance="0", guarantees__guarantor_code="MISTYPED")
    [details] = cap_details(situation_of(document, AS_OF), check)
    assert isinstance(details.measured, MeasuredAmount)
    assert details.measured.value == Interval(Fraction(0), Fraction(0))
    assert details.missing == ()
    assert details.evidence[0].id == "G1"


@pytest.mark.parametrize(
    ("overseas", "outcomes"), [(True, {"X1": Outcome.FAIL}), (False, {}), (None, {})], ids=str
)
def test_projects_that_must_have_a_flag_to_be_looked_at(
    overseas: bool | None, outcomes: dict[str, Outcome]
) -> None:
    check = DecidedInternally.model_validate(
        {"kind": "decided_internally", "where": {"overseas": True}, "decision": "internal_decision_on"}
    )
    project = {"code": "X1", "name": "港口", "investor_code": CHILD, "plan_year": 2024, "overseas": overseas}
    started = {"started_on": "2024-03-01", "internal_decision_on": "2024-03-02"}
    assert outcomes_of({**CLEAN, "projects": [project | started]}, check) == outcomes

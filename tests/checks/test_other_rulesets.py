"""Kinds of checks with parameters that no shipped ruleset gives them, but another may."""

from datetime import date
from fractions import Fraction

import pytest

from soe_compliance.checks.caps import cap_details
from soe_compliance.checks.registry import evaluate
from soe_compliance.domain import reasons
from soe_compliance.domain.exact import Interval
from soe_compliance.domain.finding import MeasuredAmount
from soe_compliance.domain.outcomes import OUTCOMES, Outcome
from soe_compliance.domain.text import Text
from soe_compliance.law.kinds import BeneficiaryFlag, Cap, DecidedInternally, Documents, Kind, WorkingDays
from tests.cli.filings import CHILD, CLEAN, PARENT, with_cells
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


APPROVAL = {"id": "K1", "project_code": "X1", "authority": "sasac", "accepted_on": "2024-01-03"}
PROJECT = {
    "code": "X1",
    "name": "酒店",
    "investor_code": PARENT,
    "plan_year": 2024,
    "main_business": False,
    "overseas": False,
}


def _zh(fact: str | Text) -> str:
    return fact if isinstance(fact, str) else fact.zh


def _of_kind(documents: str) -> str:
    return reasons.KIND_UNKNOWN.format(documents=documents).zh


@pytest.mark.parametrize(
    ("kind", "handed_in", "outcome", "shown"),
    [
        ("equity", ["legal_opinion", "due_diligence"], Outcome.PASS, ""),
        ("equity", ["legal_opinion", "asset_appraisal"], Outcome.PENDING, "尽职调查报告"),
        ("fixed_asset", ["legal_opinion", "asset_appraisal"], Outcome.PASS, ""),
        ("fixed_asset", ["due_diligence"], Outcome.PENDING, "法律意见书、资产评估报告"),
        (None, ["legal_opinion", "due_diligence", "asset_appraisal"], Outcome.PASS, ""),
        (None, ["legal_opinion", "due_diligence"], Outcome.UNKNOWN, "资产评估报告"),
        (None, ["legal_opinion", "asset_appraisal"], Outcome.UNKNOWN, "尽职调查报告"),
        (None, ["legal_opinion"], Outcome.UNKNOWN, "尽职调查报告、资产评估报告"),
    ],
)
def test_documents_of_several_kinds_of_projects(
    kind: str | None, handed_in: list[str], outcome: Outcome, shown: str
) -> None:
    """What lacks is named; where the kind is not stated, what may lack by one kind or another."""
    check = Documents.model_validate(
        {
            "kind": "documents",
            "rows": {"table": "approvals"},
            "category": "non_main",
            "required": ["legal_opinion"],
            "for_kind": {"equity": ["due_diligence"], "fixed_asset": ["asset_appraisal"]},
        }
    )
    document = {
        **CLEAN,
        "projects": [PROJECT | {"kind": kind}],
        "approvals": [APPROVAL | {"documents": handed_in, "decision": "pending"}],
    }
    verdicts = evaluate(situation_of(document, AS_OF), check)
    assert [OUTCOMES[number] for number in verdicts.outcome] == [outcome]
    details = verdicts.details(0)
    told = details.reasons[0].zh if outcome is Outcome.UNKNOWN else _zh(details.facts["lacking"])
    assert told == (_of_kind(shown) if outcome is Outcome.UNKNOWN else shown)
    assert bool(details.reasons) == (outcome is Outcome.UNKNOWN)


@pytest.mark.parametrize(("day", "older"), [(date(2024, 1, 3), False), (date(2024, 1, 4), True)], ids=str)
def test_what_was_accepted_before_a_day_is_older(day: date, older: bool) -> None:
    check = WorkingDays.model_validate(
        {
            "kind": "working_days",
            "rows": {"table": "approvals"},
            "within": 20,
            "only_category": None,
            "older_before": day,
        }
    )
    document = {**CLEAN, "projects": [PROJECT], "approvals": [APPROVAL | {"decided_on": "2024-01-10"}]}
    outcome = Outcome.NOT_APPLICABLE if older else Outcome.PASS
    assert outcomes_of(document, check) == {"K1": outcome}

"""Exceptions in filings: what they cover, and which of them are plainly mistaken."""

from datetime import date
from typing import Any

import pytest

from tests.judging import checked, filing_of, judged, ruleset_with

HEAD = {"group_code": "P", "group_name": "某集团", "year": 2024, "reference_date": "2024-03-31"}
AS_OF = date(2024, 4, 15)


def document(**tables: Any) -> dict[str, Any]:
    return {"filing": HEAD, "entities": [{"code": "P", "name": "某集团"}], **tables}


def test_exceptions_of_one_subject_that_are_all_out_of_range_are_told_of_once() -> None:
    row = {"rule": "GUA104", "subject": "P", "approval_no": "1", "up_to": "-1"}
    [result] = checked(
        [filing_of(document(exceptions=[row, {**row, "up_to": "-2"}]))], AS_OF, ruleset_with({})
    )
    [finding] = [finding for finding in result.findings if finding.rule == "DAT005"]
    assert finding.subject.id == "exceptions:GUA104:P:up_to"
    assert [evidence.value for evidence in finding.details.evidence] == ["-1", "-2"]


@pytest.mark.parametrize(
    ("up_to", "outcome"), [("401", "waived"), ("400", "fail"), (None, "waived"), ("-1", "fail")]
)
def test_an_exception_covers_no_more_than_it_says(up_to: str | None, outcome: str) -> None:
    one = document(
        entities=[{"code": "P", "name": "某集团", "consolidated": True}],
        holdings=[{"holder_code": "P", "investee_code": "A", "ratio": "1"}],
        financials=[{"code": "P", "year": 2023, "consolidated_net_assets": "1000"}],
        guarantees=[{"id": "G", "guarantor_code": "P", "beneficiary_code": "A", "balance": "401"}],
        exceptions=[
            {
                "rule": "ＧＵＡ104 ",
                "subject": " P ",
                "approval_no": "1",
                "approved_on": "2024-03-31",
                "up_to": up_to,
            }
        ],
    )
    [found] = judged([one], AS_OF)
    assert ("GUA104", "P", outcome) in found


@pytest.mark.parametrize(
    ("rule", "subject", "balance", "told"),
    [
        ("GUA104", "某集团", 401, [("exception-unmatched", "subject")]),
        ("GUA104", "某集团", 400, []),
        ("GUA104", "P", 401, []),
        ("GUA104", "P", 400, []),
        ("GUA106", "P", 401, []),
        ("gua104", "P", 400, [("exception-rule-unknown", "rule")]),
    ],
)
def test_an_exception_that_is_plainly_mistaken_is_told(
    rule: str, subject: str, balance: int, told: list[tuple[str, str]]
) -> None:
    one = document(
        entities=[{"code": "P", "name": "某集团", "consolidated": True}],
        holdings=[{"holder_code": "P", "investee_code": "A", "ratio": "1"}],
        financials=[{"code": "P", "year": 2023, "consolidated_net_assets": "1000"}],
        guarantees=[{"id": "G", "guarantor_code": "P", "beneficiary_code": "A", "balance": balance}],
        exceptions=[{"rule": rule, "subject": subject, "approval_no": "1", "approved_on": "2024-03-31"}],
    )
    [result] = checked([filing_of(one)], AS_OF, ruleset_with({}))
    problems = result.result.problems
    assert [(problem.code, problem.field) for problem in problems] == told
    for problem in problems:
        assert (problem.table, problem.location) == ("exceptions", f"/exceptions/0/{problem.field}")
        assert f"“{rule}”" in problem.text.zh or f"“{subject}”不是违反{rule}的对象" in problem.text.zh


def test_an_exception_for_one_breach_is_not_told_because_of_another() -> None:
    one = document(
        entities=[{"code": code, "name": code, "consolidated": True} for code in ("P", "A")],
        holdings=[{"holder_code": "P", "investee_code": "A", "ratio": "1"}],
        financials=[{"code": code, "year": 2023, "net_assets": "100"} for code in ("P", "A")],
        guarantees=[
            {"id": "G1", "guarantor_code": "P", "beneficiary_code": "A", "balance": 51},
            {"id": "G2", "guarantor_code": "A", "beneficiary_code": "P", "balance": 51},
        ],
        exceptions=[{"rule": "GUA105", "subject": "P", "approval_no": "1", "approved_on": "2024-03-31"}],
    )
    [result] = checked([filing_of(one)], AS_OF, ruleset_with({}))
    outcomes = {f.subject.id: f.outcome.key for f in result.findings if f.rule == "GUA105"}
    assert outcomes == {"P": "fail", "A": "fail"}
    assert result.result.problems == ()

"""Outcomes and findings, beyond what the oracle compares."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from soe_compliance.domain.outcomes import Outcome
from soe_compliance.engine import Status
from tests.filings.filed import GUARANTEE_HEADERS, HEADER_ROWS, Row, filing_bytes, read_one, workbook_bytes
from tests.judging import checked, filing_of, ruleset_with

HEAD = {"group_code": "P", "group_name": "某集团", "year": 2024, "reference_date": "2024-03-31"}
AS_OF = date(2024, 4, 15)


def document(**tables: Any) -> dict[str, Any]:
    return {"filing": HEAD, "entities": [{"code": "P", "name": "某集团"}], **tables}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (GUARANTEE_HEADERS, Status.CHECKED),
        ([text for text in GUARANTEE_HEADERS if text != "担保人代码"], Status.INCOMPLETE),
        (["甲", "乙", "丙", "丁"], Status.INCOMPLETE),
    ],
)
def test_a_filing_of_which_a_whole_table_is_not_used_is_checked_only_in_part(
    tmp_path: Path, headers: list[str], status: Status
) -> None:
    row = [{"担保编号": "G", "担保余额": 5}.get(text, "P") for text in headers]
    filing = read_one(tmp_path, filing_bytes(guarantees=[headers, row]))
    [result] = checked([filing], AS_OF, ruleset_with({}))
    assert result.result.status is status


def test_a_filing_of_which_a_second_sheet_is_not_used_is_checked_only_in_part(tmp_path: Path) -> None:
    rows: list[Row] = [GUARANTEE_HEADERS, ["G", "P", "P", 5]]
    sheets = {"填报信息": HEADER_ROWS, "担保台账": rows, "对内担保台账": rows}
    [result] = checked([read_one(tmp_path, workbook_bytes(sheets))], AS_OF, ruleset_with({}))
    assert result.result.status is Status.INCOMPLETE


@pytest.mark.parametrize(
    ("balances", "rest", "cells"),
    [
        (("1", "2", "3"), {}, [("0", "1"), ("1", "2"), ("2", "3")]),
        (("1", None, "3"), {}, [("0", "1"), ("1", ""), ("2", "3")]),
        (("1", "", "待定"), {}, [("0", "1"), ("1", ""), ("2", "待定")]),
        ((None, None, None), {}, [("0", ""), ("1", ""), ("2", "")]),
        ((None, "1001", "3"), {}, [("1", "1001"), ("2", "3")]),
        ((None, "2", "3"), {"released_on": "2024-01-01"}, [("1", "2"), ("2", "3")]),
    ],
    ids=[
        "all stated",
        "one blank",
        "one blank, one not readable",
        "all blank",
        "a breach as it is",
        "one is released",
    ],
)
def test_a_verdict_names_the_blank_cells_that_it_wants_and_no_others(
    balances: tuple[str | None, ...], rest: dict[str, str], cells: list[tuple[str, str]]
) -> None:
    guarantees = [
        {
            "id": f"G{n}",
            "guarantor_code": "P",
            "beneficiary_code": "A",
            "balance": balance,
            "released_on": None,
        }
        for n, balance in enumerate(balances)
    ]
    guarantees[0].update(rest)
    one = document(
        entities=[{"code": "P", "name": "某集团", "consolidated": True}],
        financials=[{"code": "P", "year": 2023, "consolidated_net_assets": "2500"}],
        guarantees=guarantees,
    )
    [result] = checked([filing_of(one)], AS_OF, ruleset_with({}))
    [finding] = [finding for finding in result.findings if finding.rule == "GUA104"]
    found = [
        (cell.location.removesuffix("/balance"), cell.value)
        for cell in finding.details.evidence
        if cell.field == "balance"
    ]
    assert found == [(f"/guarantees/{row}", value) for row, value in cells]
    assert bool(finding.details.missing) == (finding.outcome is Outcome.UNKNOWN)


def test_a_column_that_a_table_lacks_has_no_cells() -> None:
    one = document(
        entities=[{"code": "P", "name": "某集团", "consolidated": True}],
        financials=[{"code": "P", "year": 2023, "consolidated_net_assets": "1000"}],
        guarantees=[{"id": "G", "guarantor_code": "P", "beneficiary_code": "A"}],
    )
    [result] = checked([filing_of(one)], AS_OF, ruleset_with({}))
    [finding] = [finding for finding in result.findings if finding.rule == "GUA104"]
    assert finding.details.missing == ("guarantees.balance",)
    assert [cell.field for cell in finding.details.evidence] == ["consolidated_net_assets"]

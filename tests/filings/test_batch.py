"""From raw rows to the rows that rules may use: unusable ones go, of one key the first is used, then ranges."""

from pathlib import Path
from typing import Any

from soe_compliance.filings.batch import Batch, batch_of
from soe_compliance.filings.filing import Filing
from soe_compliance.filings.reading import read_document
from tests.filings.filed import HEADER_JSON, Row, filing_bytes, read_one


def batch(*documents: dict[str, Any]) -> Batch:
    filings = []
    for place, tables in enumerate(documents):
        header = {**HEADER_JSON, **tables.pop("filing", {})}
        [filing] = read_document({"filing": header, **tables}, f"{place}.json", "")
        assert isinstance(filing, Filing)
        filings.append(filing)
    return batch_of(filings)


def ids(found: Batch, table: str, field: str = "id") -> list[str]:
    return [found.text(table, row, field) for row in range(len(found.tables[table]))]


def guarantee(**fields: object) -> dict[str, object]:
    return {"guarantor_code": "A", "beneficiary_code": "B", **fields}


def test_an_unusable_row_is_counted_and_told_of() -> None:
    found = batch(
        {"guarantees": [guarantee(id="1"), guarantee(id="2", guarantor_code=" "), guarantee(id="3")]}
    )
    assert ids(found, "guarantees") == ["1", "3"]
    assert found.unusable["guarantees"].tolist() == [1]
    [problem] = found.problems[0]
    assert (problem.code, problem.table, problem.field, problem.location) == (
        "row-unusable",
        "guarantees",
        "guarantor_code",
        "/guarantees/1/guarantor_code",
    )


def test_a_blank_id_is_the_rows_place_among_all_rows_usable_or_not() -> None:
    rows = [None, guarantee(), {}, guarantee(beneficiary_code=None), guarantee(id="x"), guarantee(id="  ")]
    found = batch({"guarantees": rows})
    assert ids(found, "guarantees") == ["#1", "x", "#4"]
    assert found.place("guarantees", 2, "id") == "/guarantees/5/id"


def test_of_rows_with_one_key_the_first_usable_is_used() -> None:
    rows = [
        guarantee(id="k", guarantor_code=None, balance="1"),
        guarantee(id="k", balance="2"),
        guarantee(id=" Ｋ", balance="3"),
        guarantee(id="K", balance="4"),
        guarantee(id="k", balance="-5"),
    ]
    found = batch({"guarantees": rows})
    assert ids(found, "guarantees") == ["k", "K"]
    assert found.tables["guarantees"].values("balance").tolist() == [2_000_000, 3_000_000]
    repeats = found.repeats["guarantees"]
    assert [set(rows) for rows in repeats.rows] == [{1, 4}, {2, 3}]
    assert repeats.first.tolist() == [0, 1]
    assert repeats.filing.tolist() == [0, 0]


def test_a_value_out_of_range_becomes_blank_after_the_first_of_a_key_was_taken() -> None:
    rows = [guarantee(id="k", balance="-1"), guarantee(id="k", balance="2")]
    found = batch({"guarantees": rows})
    table = found.tables["guarantees"]
    assert table.stated("balance").tolist() == [False]
    assert table.out_of_range["balance"].tolist() == [0]


def test_shares_lie_between_0_and_1() -> None:
    values = ["0", "1", "1.000000000001", "-0.1", None, "0.5"]
    rows = [{"holder_code": "A", "investee_code": str(n), "ratio": ratio} for n, ratio in enumerate(values)]
    table = batch({"holdings": rows}).tables["holdings"]
    assert table.stated("ratio").tolist() == [True, True, False, False, False, True]
    assert table.out_of_range["ratio"].tolist() == [2, 3]


def test_net_assets_may_be_negative() -> None:
    rows = [{"code": "A", "year": 2023, "net_assets": "-1.5", "total_assets": "-1"}]
    table = batch({"financials": rows}).tables["financials"]
    assert table.values("net_assets").tolist() == [-1_500_000]
    assert list(table.out_of_range) == ["total_assets"]


def test_exceptions_may_share_a_key() -> None:
    rows = [{"rule": "GUA104", "subject": "P", "approval_no": n} for n in "12"]
    found = batch({"exceptions": rows})
    assert len(found.tables["exceptions"]) == 2
    assert not found.repeats["exceptions"].rows


def test_an_empty_table_is_not_lacking() -> None:
    found = batch({"guarantees": []}, {"guarantees": None}, {"guarantees": [{}]})
    assert found.has_table["guarantees"].tolist() == [True, False, True]
    assert found.has_table["debts"].tolist() == [False, False, False]


def test_filings_of_a_batch_share_nothing() -> None:
    entities = [{"code": "P", "name": "甲"}, {"code": "A", "name": "乙"}]
    found = batch({"entities": entities}, {"entities": entities[::-1], "filing": {"unit": "元"}})
    assert found.firm_codes == ["P", "A", "P", "A"]
    assert found.filing_of_firm.tolist() == [0, 0, 1, 1]
    assert found.parent.tolist() == [0, 2]
    assert [found.firm_name(firm) for firm in range(4)] == ["甲", "乙", "甲", "乙"]


def test_each_filing_has_its_unit() -> None:
    rows = [guarantee(id="1", balance="1")]
    found = batch(
        *({"guarantees": rows, "filing": {"unit": unit}} for unit in ("元", "千元", None, "百万元", "亿元"))
    )
    assert found.tables["guarantees"].values("balance").tolist() == [10**2, 10**5, 10**6, 10**8, 10**10]


def test_bad_cells_are_problems_with_their_places() -> None:
    row = guarantee(id="1", signed_on="2017126", balance="约500", home_buyers="或许", expires_on="2024-01-01")
    found = batch({"guarantees": [row]})
    problems = {problem.field: problem for problem in found.problems[0]}
    assert problems.keys() == {"signed_on", "balance", "home_buyers"}
    assert {problem.code for problem in problems.values()} == {"cell-unreadable"}
    assert problems["signed_on"].location == "/guarantees/0/signed_on"
    assert "2017126" in problems["signed_on"].text.zh
    assert "2017126" in problems["signed_on"].text.en


def test_a_number_for_a_code_in_a_cell_is_told_apart(tmp_path: Path) -> None:
    rows: list[Row] = [["统一社会信用代码", "企业名称"], [911522017245674240, "甲"], [123456, "乙"]]
    found = batch_of([read_one(tmp_path, filing_bytes(entities=rows))])
    assert [problem.code for problem in found.problems[0]] == ["code-lost-digits", "row-unusable"]
    assert found.problems[0][0].location == "企业名录!A2"
    assert ids(found, "entities", "code") == ["123456"]


def test_unusable_guarantees_name_their_guarantors() -> None:
    rows = [guarantee(id="1", beneficiary_code=None), guarantee(id="2", guarantor_code=None)]
    found = batch({"guarantees": rows})
    assert [found.firm_codes[firm] for firm in found.unusable_guarantors.tolist()] == ["A"]

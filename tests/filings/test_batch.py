"""From raw rows to the rows that rules may use: unusable ones go, of one key the first is used, then ranges."""

from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from soe_compliance.domain.ownership import RATIO_UNIT
from soe_compliance.domain.truth import UNKNOWN
from soe_compliance.filings.batch import Batch, batch_of
from soe_compliance.filings.filing import Filing
from soe_compliance.filings.reading import read_document
from tests.filings.filed import GUARANTEE_HEADERS, HEADER_JSON, Row, filing_bytes, read_one


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


def test_ids_are_stated_be_they_blank() -> None:
    table = batch({"guarantees": [guarantee(), guarantee(id="x")]}).tables["guarantees"]
    assert table.stated("id").tolist() == [True, True]


@pytest.mark.parametrize("documents", [[{"guarantees": [guarantee(id="1"), guarantee(id="2")]}], [{}], []])
def test_where_no_keys_are_shared_there_is_nothing_to_tell(documents: list[dict[str, Any]]) -> None:
    found = batch(*documents)
    repeats = found.repeats["guarantees"]
    assert (repeats.first.tolist(), repeats.filing.tolist(), list(repeats.rows)) == ([], [], [])
    assert found.unusable_guarantors.tolist() == []
    assert len(found.parent) == len(found) == len(documents)


@pytest.mark.parametrize("others", [[], [{"code": "B", "solvent": True, "level": 2}]])
def test_what_entities_say_of_a_firm_without_a_row_is_blank(others: list[dict[str, object]]) -> None:
    found = batch({"entities": others, "guarantees": [guarantee(guarantor_code="A", beneficiary_code="C")]})
    firms = found.tables["guarantees"].values("guarantor_code")
    for field, blank in (("solvent", UNKNOWN), ("level", None)):
        column = found.of_entity(field, firms)
        assert column.stated.tolist() == [False]
        assert column.values.dtype == found.tables["entities"].values(field).dtype
        assert blank is None or column.values.tolist() == [blank]


def financial(code: str, year: int, net_assets: str) -> dict[str, object]:
    return {"code": code, "year": year, "net_assets": net_assets}


def net_assets_of(found: Batch, wanted: list[tuple[str, int]]) -> list[int | None]:
    firms = np.array([found.firm_codes.index(code) for code, _ in wanted], dtype=np.int64)
    rows = found.financial_rows(firms, np.array([year for _, year in wanted], dtype=np.int64))
    assert np.where(rows < 0, -1, rows).tolist() == rows.tolist()
    assets = found.of_financials("net_assets", rows)
    return [
        interval.low.numerator if interval.high is not None else None
        for interval in map(assets.at, range(len(rows)))
    ]


def test_the_financials_of_a_firm_and_year() -> None:
    rows = [
        financial("A", 2023, "1"),
        financial("B", 2023, "2"),
        financial("B", 2022, "3"),
        financial("A", 1, "4"),
    ]
    found = batch({"financials": rows})
    wanted = [("B", 2022), ("A", 2023), ("B", 2023), ("A", 2022), ("A", 1), ("B", 1), ("A", 0), ("A", -1)]
    fen = [3_000_000, 1_000_000, 2_000_000, None, 4_000_000, None, None, None]
    assert net_assets_of(found, wanted) == fen


def test_no_year_beyond_the_calendar_is_that_of_another_firm() -> None:
    rows = [financial("A", year, "1") for year in (-1, 10_000, 10_001, 12_023, 999_999)]
    found = batch({"financials": [financial("B", 1, "9"), *rows, financial("C", 2023, "9")]})
    years = [0, 1, 2, 1999, 2023, 9999, -1, 10_000, 10_001, 12_023, 999_999]
    wanted = [(code, year) for code in "PABC" for year in years]
    found_assets = dict(zip(wanted, net_assets_of(found, wanted), strict=True))
    assert {key for key, value in found_assets.items() if value is not None} == {("B", 1), ("C", 2023)}


def test_without_any_financials_there_are_none() -> None:
    found = batch({"entities": [{"code": "A"}]})
    assert net_assets_of(found, [("A", 2023)]) == [None]


def test_each_table_has_its_units_and_percentages(tmp_path: Path) -> None:
    """Tables of one batch: units row by row, one for the table, or the filing's; percentages, shares, or both."""
    by_row = filing_bytes(
        guarantees=[
            [*GUARANTEE_HEADERS, "金额单位"],
            ["1", "A", "B", 1.0, "亿元"],
            ["2", "A", "B", 2.0, "元"],
            ["3", "A", "B", 3.0, None],
        ],
        holdings=[["出资人代码", "被投资企业代码", "持股比例（%）"], ["A", "B", 35.0]],
    )
    by_table = filing_bytes(
        guarantees=[["单位：元"], GUARANTEE_HEADERS, ["1", "A", "B", 4.0]],
        holdings=[["出资人代码", "被投资企业代码", "持股比例"], ["A", "B", 0.35]],
    )
    books = [read_one(tmp_path, book) for book in (by_row, by_table)]
    [plain] = read_document(
        {
            "filing": HEADER_JSON,
            "guarantees": [guarantee(id="1", balance=5)],
            "holdings": [{"holder_code": "A", "investee_code": "B", "ratio": 0.35}],
        },
        "c.json",
        "",
    )
    assert isinstance(plain, Filing)
    for filings in permutations([*books, plain]):
        found = batch_of(filings)
        assert sorted(found.tables["guarantees"].values("balance").tolist()) == sorted(
            [10_000_000_000, 200, 3_000_000, 400, 5_000_000]
        )
        assert found.tables["holdings"].values("ratio").tolist() == [RATIO_UNIT * 35 // 100] * 3

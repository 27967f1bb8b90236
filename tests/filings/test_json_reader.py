"""JSON filings: exact, told apart, placed by pointers; what JSON leaves open is refused."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from soe_compliance.filings.batch import batch_of
from soe_compliance.filings.filing import Filing, Unreadable
from soe_compliance.filings.json_reader import carefully_parsed, documents_in
from soe_compliance.filings.quick_json import NotCertainError
from soe_compliance.filings.reading import read_document
from tests.filings.filed import (
    HEADER_JSON,
    codes,
    column,
    filing_bytes,
    places,
    read_bytes,
    read_json,
    read_one,
    refused,
    the_problem,
)

HEADER = json.dumps(HEADER_JSON, ensure_ascii=False)


def with_tables(tables: str) -> bytes:
    """A filing whose tables are written as given."""
    return f'{{"filing": {HEADER}, {tables}}}'.encode()


def test_decimals_stay_exact(tmp_path: Path) -> None:
    rows = '[{"balance": 1234567890123456789.123456}, {"balance": 0.1}, {"balance": 12345678901234567890123}]'
    filing = read_one(tmp_path, with_tables(f'"guarantees": {rows}'), "f.json")
    assert column(filing, "guarantees", "balance") == [
        Decimal("1234567890123456789.123456"),
        0.1,
        12345678901234567890123,
    ]


@pytest.mark.parametrize("number", ["9" * 5000, "1e999999999", "1e99999999999999999999", "-1E-999999"])
def test_a_monstrous_number_is_a_bad_cell_not_a_bad_file(tmp_path: Path, number: str) -> None:
    row = f'[{{"guarantor_code": "A", "beneficiary_code": "B", "balance": {number}}}]'
    filing = read_one(tmp_path, with_tables(f'"guarantees": {row}'), "f.json")
    [problem] = batch_of([filing]).problems[0]
    assert (problem.code, problem.location) == ("cell-unreadable", "/guarantees/0/balance")
    assert len(problem.text.en) < 200


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ('"guarantees": [{"balance": NaN}]', "NaN"),
        ('"guarantees": [{"balance": -Infinity}]', "Infinity"),
        ('"guarantees": [{"id": "1", "id": "2"}]', "id"),
        ('"guarantees": [], "guarantees": []', "guarantees"),
        ('"guarantees": [{"creditor": "\\ud800"}]', "surrogate"),
        ('"\\udfff": 1', "surrogate"),
        ('"guarantees": [{"id": 1,}]', "line 1"),
        ('"guarantees": ' + "[" * 100_000, "nested"),
    ],
)
def test_json_that_is_broken_or_leaves_open_what_it_means_is_refused(
    tmp_path: Path, tables: str, said: str
) -> None:
    [unreadable] = read_bytes(tmp_path, with_tables(tables), "f.json")
    assert isinstance(unreadable, Unreadable)
    assert said in the_problem(unreadable, "json-invalid").text.en


def test_a_whole_surrogate_pair_is_a_character(tmp_path: Path) -> None:
    filing = read_one(
        tmp_path, with_tables('"debts": [{"lender": "\\ud83d\\ude00", "id": "\\\\ud800"}]'), "f.json"
    )
    assert column(filing, "debts", "lender") == ["\U0001f600"]
    assert column(filing, "debts", "id") == ["\\ud800"]


@pytest.mark.parametrize("depth", [500, 900, 950, 980])
def test_a_deeply_nested_cell_is_a_bad_cell_or_a_bad_file(tmp_path: Path, depth: int) -> None:
    nested = "[" * depth + "]" * depth
    for document in (
        f'{{"filing": {{"year": {nested}}}}}'.encode(),
        with_tables(f'"debts": [{{"id": {nested}}}]'),
    ):
        for filing in read_bytes(tmp_path, document, "f.json"):
            assert isinstance(filing, Filing) or codes(filing)


def test_a_byte_order_mark_is_no_matter(tmp_path: Path) -> None:
    read_one(tmp_path, b"\xef\xbb\xbf" + with_tables('"debts": []'), "f.json")
    assert refused(tmp_path, with_tables('"debts": []').decode().encode("gb18030"), "f.json") == [
        "json-invalid"
    ]
    assert refused(tmp_path, b"", "f.json") == ["json-invalid"]


def test_tables_that_are_null_or_absent_are_lacking_and_empty_ones_are_not(tmp_path: Path) -> None:
    filing = read_one(tmp_path, with_tables('"debts": null, "plans": [], "guarantees": [{}, null]'), "f.json")
    assert filing.tables.keys() == {"plans", "guarantees"}
    assert len(filing.tables["guarantees"].rows) == 0


def test_blank_rows_are_no_rows_and_pointers_keep_their_places(tmp_path: Path) -> None:
    rows: list[object] = [
        None,
        {"id": "a"},
        {},
        {"id": None, "creditor": " ", "balance": ""},
        {"documents": []},
        {"note": "x"},
    ]
    filing = read_one(tmp_path, with_tables(f'"guarantees": {json.dumps(rows)}'), "f.json")
    table = filing.tables["guarantees"]
    assert list(table.rows) == [1, 4, 5]
    assert table.place(0, "id") == "/guarantees/1/id"
    assert table.place(2, "balance") == "/guarantees/5/balance"
    assert table.place(2) == "/guarantees/5"


def test_an_empty_list_is_stated(tmp_path: Path) -> None:
    filing = read_one(tmp_path, with_tables('"approvals": [{"documents": []}]'), "f.json")
    assert column(filing, "approvals", "documents") == [[]]


@pytest.mark.parametrize(
    ("document", "where"),
    [
        ({"guarantees": {"id": "1"}}, "/guarantees"),
        ({"guarantees": "none"}, "/guarantees"),
        ({"guarantees": [{"id": "1"}, "x"]}, "/guarantees/1"),
        ({"guarantees": [[1]]}, "/guarantees/0"),
        ({"filing": [1]}, "/filing"),
        ("filing", None),
        (3, None),
    ],
)
def test_another_shape_makes_the_filing_unreadable(
    tmp_path: Path, document: object, where: str | None
) -> None:
    if isinstance(document, dict):
        document = {"filing": HEADER_JSON, **document}
    [unreadable] = read_json(tmp_path, document)
    assert isinstance(unreadable, Unreadable)
    assert (codes(unreadable), places(unreadable, "filing-shape")) == (["filing-shape"], [where])


def test_all_that_is_misshapen_is_told_of_at_once(tmp_path: Path) -> None:
    [unreadable] = read_json(tmp_path, {"filing": 1, "guarantees": 2, "debts": [3]})
    assert places(unreadable, "filing-shape") == ["/filing", "/guarantees", "/debts/0"]


def test_unknown_keys_are_mentioned_once_a_table(tmp_path: Path) -> None:
    document = {
        "$schema": "…",
        "filing": {**HEADER_JSON, "mood": "good"},
        "guarantees": [{"id": "1"}, {"id": "2", "extra": 1}, {"id": "3", "extra": 2}],
        "debts": [{"id": "1", "extra": 1}],
        "gaurantees": [],
    }
    [filing] = read_json(tmp_path, document)
    assert sorted(places(filing, "key-unknown"), key=str) == [
        "/debts/0/extra",
        "/filing/mood",
        "/gaurantees",
        "/guarantees/1/extra",
    ]
    assert {problem.level.value for problem in filing.problems} == {"notice"}


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("担保台账", "guarantees"),
        ("对外担保情况", "guarantees"),
        ("Debts", "debts"),
        ("gaurantees", "guarantees"),
        ("investing_reports", "investment_reports"),
    ],
)
def test_rows_under_another_key_are_no_mere_notice(tmp_path: Path, key: str, meant: str) -> None:
    [filing] = read_json(tmp_path, {"filing": HEADER_JSON, key: [{"id": "1", "guarantor_code": "A"}]})
    [found] = [problem for problem in filing.problems if problem.code == "table-unknown"]
    assert (found.level.value, found.location) == ("warning", f"/{key}")
    assert f"“{key}”" in found.text.zh
    assert f"（{meant}）" in found.text.zh
    assert f"({meant})" in found.text.en


def test_a_key_like_none_is_answered_with_all(tmp_path: Path) -> None:
    [filing] = read_json(tmp_path, {"filing": HEADER_JSON, "x": [{"id": "1"}]})
    [found] = [problem for problem in filing.problems if problem.code == "table-unknown"]
    assert "(entities, holdings, financials, " in found.text.en
    assert "（entities、holdings、financials、" in found.text.zh


def test_what_can_not_be_read_is_quoted_as_written_beside_what_is_asked(tmp_path: Path) -> None:
    plans = [{"year": 2024, "kind": "annual", "decision": "approve"}]
    approvals = [{"project_code": "P", "documents": ["法律意见书", "foo"]}]
    [filing] = read_json(tmp_path, {"filing": HEADER_JSON, "plans": plans, "approvals": approvals})
    assert isinstance(filing, Filing)
    told = {problem.location: problem.text for problem in batch_of([filing]).problems[0]}
    assert "所列选项（同意、不同意、待定）" in told["/plans/0/decision"].zh
    assert "(approved 同意, rejected 不同意, pending 待定)" in told["/plans/0/decision"].en
    assert '“["法律意见书", "foo"]”' in told["/approvals/0/documents"].en


def test_truth_values_are_quoted_as_the_format_has_them(tmp_path: Path) -> None:
    row = {"id": "1", "guarantor_code": "A", "beneficiary_code": "B", "balance": True, "signed_on": False}
    [by_json] = read_json(tmp_path, {"filing": HEADER_JSON, "guarantees": [row]})
    [of_no_unit] = read_json(tmp_path, {"filing": HEADER_JSON | {"unit": True}})
    headers = ["担保编号", "担保人代码", "被担保人代码", "担保余额", "签署日期"]
    by_workbook = read_one(tmp_path, filing_bytes(guarantees=[headers, list(row.values())]))
    assert isinstance(by_json, Filing)
    assert "“true”" in the_problem(of_no_unit, "filing-unit-unknown").text.zh
    for filing, words in ((by_json, ("true", "false")), (by_workbook, ("TRUE", "FALSE"))):
        told = {problem.field: problem.text.zh for problem in batch_of([filing]).problems[0]}
        for field, word in zip(("balance", "signed_on"), words, strict=True):
            assert f"“{word}”" in told[field]


def test_a_list_of_filings(tmp_path: Path) -> None:
    document = [
        {"filing": HEADER_JSON, "guarantees": [{"id": "1"}]},
        {"filing": {}},
        None,
        {"filing": {**HEADER_JSON, "id": "own"}, "guarantees": [None, {"id": "1"}]},
    ]
    found = read_json(tmp_path, document, "many.json")
    assert [filing.id for filing in found] == ["many#1", "many#2", "many#3", "own"]
    assert [isinstance(filing, Filing) for filing in found] == [True, False, False, True]
    assert places(found[1], "header-missing") == [
        "/1/filing/group_code",
        "/1/filing/year",
        "/1/filing/reference_date",
    ]
    assert places(found[2], "filing-shape") == ["/2"]
    last = found[3]
    assert isinstance(last, Filing)
    assert last.tables["guarantees"].place(0, "balance") == "/3/guarantees/1/balance"
    assert last.header.place(0, "year") == "/3/filing/year"


def test_a_list_of_one_has_no_number_in_its_id(tmp_path: Path) -> None:
    [filing] = read_json(tmp_path, [{"filing": HEADER_JSON}])
    assert filing.id == "f"
    [unreadable] = read_json(tmp_path, [])
    assert codes(unreadable) == ["nothing-recognised"]


def test_json_lines(tmp_path: Path) -> None:
    line = json.dumps({"filing": HEADER_JSON, "guarantees": [{"id": "1"}]})
    data = f"{line}\r\n\n{{broken\n{line}\n".encode()
    first, broken, last = read_bytes(tmp_path, data, "many.jsonl")
    assert [first.id, broken.id, last.id] == ["many#1", "many#2", "many#3"]
    assert places(broken, "json-invalid") == ["3:"]
    assert isinstance(first, Filing)
    assert isinstance(last, Filing)
    assert first.tables["guarantees"].place(0, "balance") == "1:/guarantees/0/balance"
    assert last.tables["guarantees"].place(0, "balance") == "4:/guarantees/0/balance"
    assert last.header.place(0, "year") == "4:/filing/year"
    assert first.digest == broken.digest == last.digest


def test_one_document_over_many_lines_is_read_though_it_is_named_jsonl(tmp_path: Path) -> None:
    data = json.dumps({"filing": HEADER_JSON, "debts": [{"id": "1"}]}, indent=2).encode()
    filing = read_one(tmp_path, data, "f.jsonl")
    assert filing.tables["debts"].place(0, "id") == "/debts/0/id"


def test_what_is_quickly_parsed_is_not_parsed_again() -> None:
    asked: list[bytes] = []

    def quick(data: bytes) -> object:
        asked.append(data)
        if data == b"[1]":
            raise NotCertainError
        return f"quick {len(asked)}"

    def values(data: bytes, *, lines: bool) -> list[tuple[object, str]]:
        return [
            (document.value, document.prefix) for document in documents_in(data, lines=lines, quick=quick)
        ]

    assert values(b"\xef\xbb\xbf{}", lines=False) == [("quick 1", "")]
    assert values(b"[1]", lines=False) == [(1, "/0")]
    assert values(b"\xef\xbb\xbf{}\n\n[1]\n{}", lines=True) == [
        ("quick 3", "1:"),
        ([1], "3:"),
        ("quick 5", "4:"),
    ]
    assert asked == [b"{}", b"[1]", b"{}", b"[1]", b"{}"]


@pytest.mark.parametrize("digits", ["9" * 100, "-" + "9" * 99, "9" * 101])
def test_whole_numbers_are_whole_as_far_as_they_are_told_apart(digits: str) -> None:
    value = carefully_parsed(digits, "")
    assert value == Decimal(digits)
    assert type(value) is (int if len(digits) <= 100 else Decimal)


def test_a_parsed_document_is_read_alike() -> None:
    document = {"filing": HEADER_JSON, "guarantees": [{"id": "1", "balance": 0.1 + 0.2}]}
    [filing] = read_document(document, "api.json", "sha256:x")
    assert isinstance(filing, Filing)
    assert (filing.id, filing.source, filing.digest) == ("api", "api.json", "sha256:x")
    [one, two] = read_document([document, document], "api.json", "")
    assert (one.id, two.id) == ("api#1", "api#2")
    [unreadable] = read_document([], "api.json", "")
    assert isinstance(unreadable, Unreadable)

"""The quick parser gives what the careful one gives, or leaves the document to it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.filings.filing import RawTable
from soe_compliance.filings.json_reader import carefully_parsed, documents_in, raw_filing
from soe_compliance.filings.quick_json import NotCertainError, QuickFiling, quickly_parsed
from soe_compliance.filings.raw import RawFiling, ReadingError
from soe_compliance.filings.tables import HEADER, TABLES

CELLS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12)
    | st.sampled_from(["9E5", "1e5", '":', '" :', "911522017935123456", "{", "[{", ":", "\\", "2024-02-29"])
    | st.decimals(allow_nan=False, allow_infinity=False, places=2).map(float)
)
SCHEMA = {"$schema": "https://example.org/filing.json"}


def objects_of(table: str) -> st.SearchStrategy[dict[str, Any]]:
    """Objects with some of the fields of a table, now and then with one that it has not."""
    keys = st.sampled_from([*TABLES[table].fields] * 4 + ["colour"])
    return st.dictionaries(keys, CELLS | st.lists(CELLS, max_size=3), max_size=5)


def rows_of(table: str) -> st.SearchStrategy[Any]:
    return st.lists(objects_of(table) | st.just({}), max_size=4) | st.none() | CELLS


FILINGS = st.fixed_dictionaries(
    {},
    optional={
        HEADER: objects_of(HEADER) | st.none(),
        "holdings": rows_of("holdings"),
        "approvals": rows_of("approvals"),
        "guarantees": rows_of("guarantees"),
        **{key: st.just(value) for key, value in SCHEMA.items()},
    },
)
PIECES = st.sampled_from(
    [
        '"',
        ":",
        ",",
        "{",
        "}",
        "[",
        "]",
        "\\",
        "\\u003a",
        "\\ud800",
        "1e5",
        "0",
        "-0",
        ".",
        "e",
        "E",
        "NaN",
        " ",
        '"id":',
        '"id" :',
        "1" * 16,
    ]
)


def read(data: bytes, *, quick: bool) -> list[RawFiling | str]:
    """What is read of each filing, or the codes of the problems that hinder it."""
    read_of: list[RawFiling | str] = []
    try:
        documents = documents_in(data, lines=False, quick=quickly_parsed if quick else None)
    except ReadingError as error:
        return [error.problems[0].code]
    for document in documents:
        try:
            read_of.append(raw_filing(document))
        except ReadingError as error:
            read_of.append(error.problems[0].code)
    return read_of


def told(table: RawTable) -> tuple[Any, ...]:
    """What a table says, and where; `repr` tells 1 from 1.0 and from true."""
    cells = {field: list(map(repr, column)) for field, column in table.cells.items()}
    return cells, [table.locator.place(row, "id") for row in table.rows]


def hold_to_the_careful_one(data: bytes) -> None:
    for quick, careful in zip(read(data, quick=True), read(data, quick=False), strict=True):
        if isinstance(quick, str) or isinstance(careful, str):
            assert quick == careful
            continue
        assert quick.problems == careful.problems
        assert told(quick.header) == told(careful.header)
        assert {key: told(table) for key, table in quick.tables.items()} == {
            key: told(table) for key, table in careful.tables.items()
        }


def is_parsed_quickly(data: bytes) -> bool:
    try:
        quickly_parsed(data)
    except NotCertainError:
        return False
    return True


def test_it_knows_the_forms_and_nothing_else() -> None:
    filing: dict[str, object] = {key: {} if key == HEADER else [] for key in TABLES}
    assert is_parsed_quickly(json.dumps({**filing, **SCHEMA}).encode())
    unlike: list[object] = [
        {"$schema": 1},
        {"schema": "x"},
        {HEADER: []},
        {"debts": {}},
        {"debts": 1},
        {"mood": 1},
    ]
    for wrong in unlike:
        assert not is_parsed_quickly(json.dumps(wrong).encode())


@pytest.mark.parametrize("key", TABLES)
def test_a_cell_holds_one_value_or_a_list_of_them(key: str) -> None:
    values: list[object] = [None, "x", 1, 0.5, True, [], ["x", 1, 0.5, True, None]]
    nested: list[object] = [{}, [[]], [{}]]
    for field in TABLES[key].fields:
        other = next(one for one in TABLES[key].fields if one != field)
        for cell in values + nested:
            row = {other: "R", field: cell}
            data = json.dumps({key: row if key == HEADER else [row]}).encode()
            if cell in nested:
                assert not is_parsed_quickly(data)
            else:
                quick = quickly_parsed(data)
                assert isinstance(quick, QuickFiling)
                assert repr(quick.tables[key].cells[field]) == repr((cell,))


@given(st.one_of(FILINGS, st.lists(FILINGS, max_size=3)), st.sampled_from([None, 1]), st.booleans())
def test_what_it_gives_is_what_the_careful_one_gives(
    value: Any, indent: int | None, ascii_only: bool
) -> None:
    hold_to_the_careful_one(
        json.dumps(value, indent=indent, ensure_ascii=ascii_only).encode("utf-8", "replace")
    )


@given(FILINGS, st.lists(st.tuples(st.integers(0, 400), st.integers(0, 3), PIECES), min_size=1, max_size=4))
def test_the_same_of_json_that_was_tampered_with(value: Any, changes: list[tuple[int, int, str]]) -> None:
    text = json.dumps(value, ensure_ascii=False)
    for at, dropped, piece in changes:
        place = at % (len(text) + 1)
        text = text[:place] + piece + text[place + dropped :]
    hold_to_the_careful_one(text.encode("utf-8", "replace"))


@pytest.mark.parametrize(
    "text",
    [
        '{"debts": [], "debts": []}',
        '{"debts": [], "debts" : []}',
        '{"debts": [{"id": 1, "id" :2}]}',
        '{"debts": [{"id": 1, "id" :2, "balance": 1}, {"id": "A:B"}]}',
        '{"filing": {"id": "\\u003a", "year": 1, "year" : 1}}',
        '{"debts": [{"balance": 0.1234567890123456}]}',
        '{"debts": [{"balance": 1234567890123456}]}',
        '{"debts": [{"balance":-1234567890123456789012}]}',
        '{"debts": [{"balance": 1e400}]}',
        '{"debts": [{"balance": 1E-400}]}',
        '{"debts": [{"balance": NaN}]}',
        '{"debts": [{"id": "\\ud800"}]}',
        '{"debts": [{"id": {"c": 1}}]}',
        '{"debts": [{"id": [[1]]}]}',
        '{"debts": [{"colour": 1}]}',
        '{"debts": [null]}',
        '{"debts": [{}]}',
        '{"debts": [{"id": null}, {"id": "D1"}, {"id": " ", "balance": null}]}',
        '{"debts": {}}',
        '{"filing": []}',
        '{"colour": 1}',
        '{"debts":[{"id":' + "[" * 60_000 + "]" * 60_000 + "}]}",
        '{"debts": [{"id": 1}]',
        "[1]",
        "1",
        "",
    ],
)
def test_what_it_may_lose_or_does_not_know_is_left_to_the_careful_one(text: str) -> None:
    assert not is_parsed_quickly(text.encode())


def test_bytes_that_are_no_text_are_left_to_the_careful_one() -> None:
    assert not is_parsed_quickly(b'{"debts": [{"id": "\xff"}]}')


@given(
    st.integers(0, 40),
    st.sampled_from(["", "-"]),
    st.sampled_from(["", " ", "\n", "[", "[1,"]),
    st.sampled_from(
        ["1234567890123456", "123456789012.345", "12345678901234.5678", "1e5", "12E-3", "1.5e+07"]
    ),
)
def test_a_number_is_looked_at_wherever_it_stands(shift: int, sign: str, before: str, number: str) -> None:
    after = "]" if before.startswith("[") else ""
    text = f'{{"filing":{{"group_name":"{"k" * shift}","id":{before}{sign}{number}{after}}}}}'
    inexact = len(number) > 15 or "e" in number.lower()
    assert is_parsed_quickly(text.encode()) is not inexact


@pytest.mark.parametrize(
    "value",
    [
        {},
        {
            **SCHEMA,
            "filing": {"year": 2024, "group_code": "911522017935123456"},
            "holdings": [{"ratio": 0.35}],
        },
        {"filing": None, "entities": None, "debts": []},
        {"entities": [{"code": "911522017935123456", "name": "9115220179351234567890"}]},
        {"entities": [{"code": "A1", "name": "注:甲"}, {"code": "A2", "name": "08:30"}]},
        {"entities": [{"code": "A1", "name": "甲 : 乙"}, {"name": "丙"}]},
        {"approvals": [{"id": str(number), "documents": ["resolution"]} for number in range(1000)]},
        [{"filing": {"year": year}} for year in range(1000)],
    ],
)
def test_an_ordinary_filing_is_parsed_quickly(value: Any) -> None:
    data = json.dumps(value, ensure_ascii=False, indent=1).encode()
    assert is_parsed_quickly(data)
    hold_to_the_careful_one(data)


@pytest.mark.parametrize(
    "number", ["-100000000000.25", "100000000000.25", "-1234567890.2345", "-0.0", "-0", "1.50"]
)
def test_numbers_are_of_the_same_kind_by_either(number: str) -> None:
    data = f'{{"debts": [{{"balance": {number}}}]}}'.encode()
    assert is_parsed_quickly(data)
    hold_to_the_careful_one(data)


def test_equal_keys_are_refused_however_they_are_spaced() -> None:
    with pytest.raises(ReadingError):
        carefully_parsed('{"a": 1, "a" : 2}', "")

"""The quick parser gives what the careful one gives, or leaves the document to it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.filings.json_reader import carefully_parsed
from soe_compliance.filings.quick_json import NotCertainError, quickly_parsed
from soe_compliance.filings.raw import ReadingError

CELLS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12)
    | st.sampled_from(["9E5", "1e5", '":', '" :', "911522017935123456", "{", "[{", ":", "\\", "2024-02-29"])
    | st.decimals(allow_nan=False, allow_infinity=False, places=2).map(float)
)
ROWS = st.lists(
    st.dictionaries(st.text(max_size=4), CELLS | st.lists(CELLS, max_size=3), max_size=4), max_size=4
)
FILINGS = st.dictionaries(
    st.text(max_size=4), CELLS | ROWS | st.dictionaries(st.text(max_size=4), CELLS), max_size=4
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
        '"a":',
        '"a" :',
        "1" * 16,
    ]
)


def quickly(data: bytes) -> Any:
    try:
        return quickly_parsed(data)
    except NotCertainError:
        return None


def exactly_alike(one: Any, other: Any) -> bool:
    """Equal, and of equal types throughout; unlike `==`, which takes 1 for 1.0 and for true."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(exactly_alike(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(exactly_alike, one, other))
    return bool(one == other)


def hold_to_the_careful_one(data: bytes) -> None:
    found = quickly(data)
    if found is not None:
        assert exactly_alike(found, carefully_parsed(data.decode(), ""))


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
        '{"a": 1, "a": 2}',
        '{"a": 1, "a" : 2}',
        '{"a": [{"b": 1, "b" :2}]}',
        '{"a": "\\u003a", "b": 1, "b" : 1}',
        '{"a": 0.1234567890123456}',
        '{"a": 1234567890123456}',
        '{"a":-1234567890123456789012}',
        '{"a": 1e400}',
        '{"a": 1E-400}',
        '{"a": NaN}',
        '{"a": "\\ud800"}',
        '{"a": [{"b": {"c": 1, "c": 2}}]}',
        "1",
    ],
)
def test_what_could_lose_something_is_left_to_the_careful_one(text: str) -> None:
    with pytest.raises(NotCertainError):
        quickly_parsed(text.encode())


def test_an_ordinary_filing_is_parsed_quickly() -> None:
    filing = {"filing": {"year": 2024, "group_code": "911522017935123456"}, "holdings": [{"ratio": 0.35}]}
    assert quickly_parsed(json.dumps(filing, indent=1).encode()) == filing


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
    text = f'{{"{"k" * shift}":{before}{sign}{number}{after}}}'
    inexact = len(number) > 15 or "e" in number.lower()
    assert (quickly(text.encode()) is None) == inexact


@pytest.mark.parametrize(
    "value",
    [
        {"entities": [{"code": "911522017935123456", "name": "9115220179351234567890"}]},
        {"entities": [{"code": "A1", "name": "注:甲"}, {"code": "A2", "name": "08:30"}]},
        {"entities": [{"code": "A1", "name": "甲 : 乙"}]},
        {"approvals": [{"id": str(number), "documents": ["resolution"]} for number in range(1000)]},
        [{"filing": {"year": year}} for year in range(1000)],
    ],
)
def test_what_may_seem_to_lose_something_is_parsed_quickly(value: Any) -> None:
    assert quickly_parsed(json.dumps(value, ensure_ascii=False).encode()) == value


def test_many_lists_in_one_another_are_left_to_the_careful_one() -> None:
    with pytest.raises(NotCertainError):
        quickly_parsed(b'{"debts":[{"id":' + b"[" * 600 + b"]" * 600 + b"}]}")


@pytest.mark.parametrize(
    "number", ["-100000000000.25", "100000000000.25", "-1234567890.2345", "-0.0", "-0", "1.50"]
)
def test_numbers_are_of_the_same_kind_by_either(number: str) -> None:
    text = f'{{"a": {number}}}'
    assert repr(quickly_parsed(text.encode())) == repr(carefully_parsed(text, ""))


def test_equal_keys_are_refused_however_they_are_spaced() -> None:
    with pytest.raises(ReadingError):
        carefully_parsed('{"a": 1, "a" : 2}', "")

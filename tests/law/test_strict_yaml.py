"""The strict part of YAML: what it takes, and what it refuses with its line."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from soe_compliance.domain.errors import UserError
from soe_compliance.law.documents import MOST_BYTES, load
from soe_compliance.law.strict_yaml import MOST_DEPTH, parse


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("5", 5),
        ("-5", -5),
        ("0", 0),
        ("0.10", Decimal("0.10")),
        ("-2.5", Decimal("-2.5")),
        ("2/5", "2/5"),
        ("2024-02-29", "2024-02-29"),
        ("next_working_day", "next_working_day"),
        ("'010'", "010"),
        ('"yes"', "yes"),
        ("担保", "担保"),
        ("[1, {a: b}]", [1, {"a": "b"}]),
    ],
)
def test_plain_values(text: str, value: Any) -> None:
    found = parse(f"key: {text}\n", "file").data["key"]
    assert (found, type(found)) == (value, type(value))


def test_block_texts_stay_texts() -> None:
    assert parse("a: |\n  yes\nb: >\n  010\n", "file").data == {"a": "yes\n", "b": "010\n"}


@pytest.mark.parametrize(
    "text",
    [
        *("yes", "No", "ON", "off", "y", "N", "True", "FALSE", "Null"),
        *("010", "-012", "1_000", "0x1f", "0b101", "12:30", "12:30:00", "1:5", "+5"),
        *(".inf", "-.INF", ".nan", "1.5e+3", "12345678901234567890"),
    ],
)
def test_what_readers_of_yaml_disagree_on_is_refused(text: str) -> None:
    with pytest.raises(UserError) as caught:
        parse(f"first: 1\nlist:\n  - {text}\n", "rule.yaml")
    assert caught.value.place == "rule.yaml:3"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: 2\na: 3\n", 3),
        ('a: 1\n"a": 2\n', 2),
        ("a:\n  b: 1\n  c: 2\n  b: 3\n", 4),
        ("a: 1\nb: &anchor 2\n", 2),
        ("a: *nowhere\n", 1),
        ("a: &x [1]\nb: *x\n", 1),
        ("a: 1\nb: !!int 5\n", 2),
        ("a: !custom {b: 1}\n", 1),
        ("a: 1\n<<: {b: 2}\n", 2),
        ("a: 1\n? [b]\n: 2\n", 2),
        ("a: 1\nb: [1, 2\n", 3),
        ("a: 1\n---\nb: 2\n", 2),
        ("a: b: c\n", 1),
        ("a: 1\n\tb: 2\n", 2),
    ],
)
def test_what_is_not_plain_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(UserError) as caught:
        parse(text, "rule.yaml")
    assert caught.value.place == f"rule.yaml:{line}"


def test_depth_has_a_limit() -> None:
    def nested(depth: int) -> str:
        return "[" * depth + "]" * depth

    assert parse(nested(MOST_DEPTH), "file").data is not None
    with pytest.raises(UserError):
        parse(nested(MOST_DEPTH + 1), "file")
    with pytest.raises(UserError):
        parse("[" * 100_000, "file")


def test_a_file_must_be_utf_8_and_of_modest_size(tmp_path: Path) -> None:
    file = tmp_path / "file.yaml"
    for content, line in (("# a\n名称: 兴安".encode("gb18030"), ":2"), (b"a: 1\n" + b"#" * MOST_BYTES, "")):
        file.write_bytes(content)
        with pytest.raises(UserError) as caught:
            load(file)
        assert caught.value.place == f"{file}{line}"
    file.write_bytes(b"\xef\xbb\xbfa: 1\n" + b"#" * (MOST_BYTES - 8))
    assert load(file).data == {"a": 1}


def test_a_file_must_be_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(UserError) as caught:
            load(path)
        assert caught.value.place == str(path)


def test_each_part_knows_its_line() -> None:
    document = parse("a: 1\nb:\n  - c: 2\n    d: 3\n", "file")
    assert document.place(("b", 0, "d")) == "file:4"
    assert document.place(("b", 0, "nothing", "at all")) == "file:3"
    assert document.place(("nothing",)) == "file:1"
    assert parse("", "file").data is None

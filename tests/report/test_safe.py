"""Texts of filers steer nothing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.report.safe import guarded, json_escaped, may_be_formula, storable, unguarded, visible

any_text = st.text(st.characters() | st.sampled_from("=+-@'\t\r\n\0＝＋－＠ \u3000.0123456789"))


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("兴安盟 A公司", "兴安盟 A公司"),
        ("甲\n乙\r\n丙\t丁", "甲 乙 丙 丁"),
        ("\x1b[31m红", "\\x1b[31m红"),
        ("a\u202eb\u2066c", "a\\u202eb\\u2066c"),
        ("a\x9bb\u200bc", "a\\x9bbc"),
        ("in\udcffbox", "in\\xffbox"),
        ("\ud800", "\\ud800"),
    ],
)
def test_what_steers_is_written_out(raw: str, shown: str) -> None:
    assert visible(raw) == shown


@given(any_text)
def test_what_is_visible_is_one_line_that_utf8_holds(text: str) -> None:
    shown = visible(text)
    assert len(shown.splitlines()) <= 1
    assert shown.encode().decode() == shown
    assert visible(shown) == shown


@pytest.mark.parametrize("text", ["=cmd()", "+1+1", "-2+3", "@x", "\t=1", "＝1", " =1", "'=1", "--", "+a"])
def test_what_might_be_a_formula_is_guarded(text: str) -> None:
    assert may_be_formula(text)
    assert guarded(text) == "'" + text


@pytest.mark.parametrize("text", ["", "-", "-5.2", "+3", "1=1", "甲", "'甲", "http://x"])
def test_what_is_none_is_left_alone(text: str) -> None:
    assert guarded(text) == text


@given(any_text)
def test_a_guarded_text_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(any_text)
def test_escaped_json_says_the_same(text: str) -> None:
    escaped = json_escaped(json.dumps(text, ensure_ascii=False))
    assert json.loads(escaped) == text
    assert not any("\x7f" <= c <= "\x9f" or c in "\u202e\u2066\u2028" for c in escaped)


def test_only_what_utf8_cannot_hold_is_written_out_for_storage() -> None:
    assert storable("a\udcff\n\u202e") == "a\\xff\n\u202e"
    assert storable(None) is None

"""Lines of terminal columns."""

from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.report.grid import grid
from soe_compliance.report.wrapping import hanging, text_width, wrapped

texts = st.text(st.sampled_from("兴安盟担保abcDEF12 ，。；（）〔〕“”!,.、e\u0301👍️‍"), max_size=80)


def test_chinese_takes_two_columns() -> None:
    assert text_width("担保abc") == 7


def test_lines_break_between_chinese_characters_and_between_words() -> None:
    assert wrapped("兴安盟担保余额合计", 8) == ["兴安盟担", "保余额合", "计"]
    assert wrapped("one two three", 8) == ["one two", "three"]


def test_closing_marks_do_not_begin_a_line_nor_opening_ones_end_it() -> None:
    assert wrapped("兴安盟担，保", 8) == ["兴安盟", "担，保"]
    assert wrapped("兴安盟（担保", 8) == ["兴安盟", "（担保"]


def test_a_word_that_fits_no_line_is_split() -> None:
    assert wrapped("91152200MA0N000016", 8) == ["91152200", "MA0N0000", "16"]


@given(texts, st.integers(2, 30))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(text_width(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_lines_hang_from_the_first() -> None:
    assert hanging("甲乙丙丁", 8, "1. ", "   ") == ["1. 甲乙", "   丙丁"]


def test_columns_line_up() -> None:
    lines = grid(["集团", "n"], [["甲乙丙\nx", "\x1b[31m1\x1b[0m"], ["d", "22"]], right=1, ruled=True)
    assert lines[0] == "集团     n"
    assert lines[1] == "------  --"
    assert lines[2] == "甲乙丙   \x1b[31m1\x1b[0m"
    assert lines[4] == "------  --"
    assert lines[5] == "d       22"

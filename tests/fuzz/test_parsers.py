"""Every reader of a cell: whatever stands in it, it gives a value, blank, or says that it can't be read."""

import unicodedata
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import isfinite

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from soe_compliance.domain.credit_codes import ALPHABET, check_character, looks_like_credit_code
from soe_compliance.filings.cell_text import BLANK_MARKS, BadCell, text_of
from soe_compliance.filings.fields import Choice
from soe_compliance.filings.forms import Document, PlanKind, RepaymentSource, Unit
from soe_compliance.filings.sheet_titles import form_titled
from soe_compliance.filings.units import unit_in_brackets, unit_named
from soe_compliance.filings.values import (
    FIRST_DAY,
    LAST_DAY,
    choice_of,
    choices_of,
    code_of,
    day_of,
    flag_of,
    float_of,
    id_of,
    level_of,
    money_of,
    name_of,
    number_of,
    quarter_of,
    ratio_of,
    scaled,
    whole_of,
)
from soe_compliance.report.safe import guarded, may_be_formula, unguarded, visible
from tests.fuzz.spellings import cells, figures, plain, texts

EXAMPLES = settings(max_examples=2000, suppress_health_check=list(HealthCheck))
_MOST_DIGITS = 40
_NUMERALS = set("零〇○◯一壹二贰两三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟")
_POWER = set("eE")


def says_nothing(cell: object) -> bool:
    """Whether a cell is blank, or holds a mark for it."""
    return cell is None or (
        isinstance(cell, str) and text_of(cell).removeprefix("'").lstrip() in {"", *BLANK_MARKS}
    )


def holds_figures_of(cell: object, number: Decimal) -> bool:
    """Whether a number has just the figures of the text it was read from; numerals and powers aside."""
    if not isinstance(cell, str) or set(plain(cell)) & (_NUMERALS | _POWER):
        return True
    return figures(cell) == figures(f"{number:f}")


@EXAMPLES
@given(cells)
def test_amounts(cell: object) -> None:
    try:
        amount = money_of(cell)
    except BadCell:
        return
    if amount is None:
        assert says_nothing(cell)
        return
    assert amount.number.is_finite()
    assert len(amount.number.as_tuple().digits) <= _MOST_DIGITS
    assert amount.fen is None or amount.fen >= 100
    assert scaled(amount.number, amount.fen or 100) == Fraction(amount.number) * (amount.fen or 100)
    assert holds_figures_of(cell, amount.number)
    if isinstance(cell, str) and amount.number < 0:
        assert set(plain(cell)) & set("-−(△▲负")
        assert set(plain(cell)) & set("123456789") or set(cell) & _NUMERALS


@EXAMPLES
@given(
    st.decimals(min_value=-(10**15), max_value=10**15, places=2),
    st.sampled_from(["{:f}", "{:,f}", "¥{:,f}元", " {:f} ", "'{:f}"]),
)
def test_an_amount_as_it_is_written_is_read_back(number: Decimal, spelling: str) -> None:
    written = spelling.format(number)
    for text in (written, wide(written)):
        found = money_of(text)
        assert found is not None
        assert found.number == number


def wide(text: str) -> str:
    """The text in full-width signs."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" and sign != "'" else sign for sign in text)


@EXAMPLES
@given(cells)
def test_numbers(cell: object) -> None:
    try:
        number = number_of(cell)
    except BadCell:
        return
    if number is None:
        assert says_nothing(cell)
        return
    assert number.is_finite()
    assert holds_figures_of(cell, number)
    as_float = float_of(number)
    assert not isfinite(as_float) or Decimal(format(as_float, ".15g")) == number


@EXAMPLES
@given(cells)
def test_shares(cell: object) -> None:
    try:
        share = ratio_of(cell)
    except BadCell:
        return
    if share is None:
        assert says_nothing(cell)
        return
    assert share.number.is_finite()
    assert holds_figures_of(cell, share.number)
    if isinstance(cell, str):
        assert share.marked == any(mark in plain(cell) for mark in ("%", "‰", "百分之"))


@EXAMPLES
@given(cells)
@example("2024-02-28T00:00:00+23:59")
def test_days(cell: object) -> None:
    try:
        day = day_of(cell)
    except BadCell:
        return
    if day is None:
        assert says_nothing(cell)
        return
    found = date.fromordinal(day)
    assert FIRST_DAY <= found <= LAST_DAY
    if isinstance(cell, date):
        assert (found.year, found.month, found.day) == (cell.year, cell.month, cell.day)
    elif isinstance(cell, str) and not set(plain(cell)) & (_NUMERALS | set("Oo")):
        parts = "".join(sign if sign in "0123456789" else " " for sign in plain(cell)).split()
        joined = "".join(parts)
        assert joined.startswith(f"{found.year:04}")
        assert (
            f"{found:%Y%m%d}" == parts[0]
            if len(parts[0]) == 8
            else [int(part) for part in parts[:3]]
            == [
                found.year,
                found.month,
                found.day,
            ]
        )


SPELLED_DAYS = (
    "{0.year}年{0.month}月{0.day}日",
    "{0:%Y-%m-%d}",
    "{0.year}/{0.month}/{0.day}",
    "{0:%Y%m%d}",
    "{0:%Y.%m.%d}",
)


@EXAMPLES
@given(st.dates(FIRST_DAY, LAST_DAY), st.sampled_from(SPELLED_DAYS))
def test_a_day_as_it_is_written_is_read_back(day: date, spelling: str) -> None:
    assert day_of(spelling.format(day)) == day_of(wide(spelling.format(day))) == day.toordinal()


@EXAMPLES
@given(cells)
def test_flags(cell: object) -> None:
    try:
        flag = flag_of(cell)
    except BadCell:
        return
    if flag is None:
        assert says_nothing(cell) or set(str(cell)) & set("□☐○◯▢()[]（）［］")
        return
    assert flag in (True, False)
    if isinstance(cell, str):
        text = plain(cell).lower()
        yes, no = (
            ("是", "有", "y", "true", "√", "✓", "✔", "☑", "■", "☒", "●", "◉"),
            ("否", "无", "不", "n", "false", "×", "✕", "✖", "✗", "✘", "□", "☐"),
        )
        assert any(sign in text for sign in (yes if flag else (*no, *yes)))


@EXAMPLES
@given(cells)
def test_whole_numbers(cell: object) -> None:
    try:
        number = whole_of(cell)
    except BadCell:
        return
    if number is None:
        assert says_nothing(cell)
        return
    assert type(number) is int
    assert abs(number) <= 10**9
    assert holds_figures_of(cell, Decimal(number))


@EXAMPLES
@given(cells)
def test_quarters(cell: object) -> None:
    try:
        quarter = quarter_of(cell)
    except BadCell:
        return
    assert says_nothing(cell) if quarter is None else quarter in (1, 2, 3, 4)
    if quarter is not None and isinstance(cell, str):
        assert set(plain(cell)) & {str(quarter), "零一二三四"[quarter], "零壹贰叁肆"[quarter], "两"}


@EXAMPLES
@given(cells)
def test_levels(cell: object) -> None:
    try:
        level = level_of(cell)
    except BadCell:
        return
    assert says_nothing(cell) if level is None else type(level) is int
    if level is not None:
        assert holds_figures_of(cell, Decimal(level))


@EXAMPLES
@given(cells)
def test_codes(cell: object) -> None:
    try:
        code = code_of(cell)
    except BadCell:
        return
    assert code == code.strip()
    assert code == code.upper()
    assert code_of(code) == code or code.startswith("'")
    if isinstance(cell, str) and not code:
        assert says_nothing(cell)


@EXAMPLES
@given(cells)
def test_identifiers(cell: object) -> None:
    try:
        name = id_of(cell)
    except BadCell:
        return
    assert name == name.strip() or name.startswith("'")
    if isinstance(cell, str) and not name:
        assert says_nothing(cell)


@EXAMPLES
@given(cells)
def test_names(cell: object) -> None:
    try:
        name = name_of(cell)
    except BadCell:
        return
    assert name == name.strip()
    if isinstance(cell, str):
        assert name == cell.strip() or (not name and says_nothing(cell))


@pytest.mark.parametrize("choices", [PlanKind, RepaymentSource, Document])
@settings(max_examples=700, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_listed_values(choices: type[Choice], data: st.DataObject) -> None:
    words = [word for choice in choices for word in (choice.value, choice.label, *choice.other_words)]
    listed = st.lists(
        st.sampled_from([*words, "、", ";", ",", "，", "外星报告", " ", "《", "》"]), max_size=5
    )
    cell = data.draw(cells | listed | listed.map("".join))
    try:
        place = choice_of(cell, choices)
    except BadCell:
        place = None
    assert place is None or 0 <= place < len(list(choices))
    try:
        mask = choices_of(cell, choices)
    except BadCell:
        return
    if mask is None:
        assert says_nothing(cell)
    else:
        assert 0 <= mask < 1 << len(list(choices))
        assert mask or cell == []
    if place is not None:
        assert mask == 1 << place


@EXAMPLES
@given(st.text(ALPHABET + "IOSVZ集-", min_size=16, max_size=19) | st.text(ALPHABET, min_size=18, max_size=18))
def test_credit_codes(code: str) -> None:
    if not looks_like_credit_code(code):
        return
    wanted = check_character(code)
    outside = set(code[:17]) - set(ALPHABET)
    assert (wanted is None) == bool(outside)
    if wanted is None:
        return
    right = code[:17] + wanted
    assert check_character(right) == wanted
    for place in range(17):  # every single wrong character shows
        other = ALPHABET[(ALPHABET.index(right[place]) + 1) % 31]
        assert check_character(right[:place] + other + right[place + 1 :]) != wanted


@EXAMPLES
@given(
    texts
    | texts.map("单位：{}".format)
    | st.sampled_from([unit.label for unit in Unit]).map("人民币（{}）".format)
)
def test_units(text: str) -> None:
    unit = unit_named(text)
    assert unit is None or unit.label in "".join(text_of(text).split())
    stated = unit_in_brackets(text)
    assert stated is None or stated.unit is unit


@EXAMPLES
@given(texts | texts.map("附表3：担保台账{}".format) | texts.map("{}股权结构".format))
def test_titles_of_sheets(name: str) -> None:
    found = form_titled(name)
    if found is not None:
        form, _ = found
        squeezed = "".join(text_of(name).split())
        assert any(title in squeezed for title in (form.title, *form.also))


@EXAMPLES
@given(cells)
def test_texts(cell: object) -> None:
    try:
        text = text_of(cell)
    except BadCell:
        return
    assert text == text.strip()
    if isinstance(cell, str):
        assert unicodedata.is_normalized("NFKC", text) or not cell.isascii()


@EXAMPLES
@given(texts)
def test_what_is_shown_steers_nothing(text: str) -> None:
    shown = visible(text)
    assert not any(
        unicodedata.category(sign) in ("Cc", "Cs") or "\u202a" <= sign <= "\u202e" for sign in shown
    )
    assert unguarded(guarded(text)) == text
    assert not may_be_formula(guarded(text)) or guarded(text).startswith("'")

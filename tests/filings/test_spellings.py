"""The spellings of offices: each read exactly, and what fits two meanings or none refused; none raises or hangs."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.filings.amounts import read_number
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.forms import (
    ApprovalDecision,
    Authority,
    Document,
    PlanDecision,
    PlanKind,
    ProjectKind,
    RepaymentSource,
    Unit,
)
from soe_compliance.filings.numerals import numeral
from soe_compliance.filings.spellings import How
from soe_compliance.filings.values import (
    BadCell,
    LostDigits,
    choice_of,
    choices_of,
    code_of,
    day_of,
    flag_of,
    id_of,
    level_of,
    money_of,
    name_of,
    quarter_of,
    ratio_of,
    reader,
    scaled,
    whole_of,
)


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ("5000元", 500_000),
        ("5,000元整", 500_000),
        ("5千元", 500_000),
        ("3,000万元", 3_000_000_000),
        ("3,000万", 3_000_000_000),
        ("1,308万(元)", 1_308_000_000),
        ("1,308（万元）", 1_308_000_000),
        ("5百万", 500_000_000),
        ("5千万元", 5_000_000_000),
        ("1.2亿", 12_000_000_000),
        ("１．２ 亿元", 12_000_000_000),
        ("人民币1.2亿元", 12_000_000_000),
        ("1.2亿元人民币", 12_000_000_000),
        ("￥1,234.50元", 123_450),
        ("(1,234.50)元", -123_450),
        ("（1,234.50元）", -123_450),
        ("△1.5万元", -1_500_000),
        ("0.001元", Fraction(1, 10)),
        ("1.00000000001亿", Fraction(100_000_000_001, 10)),
        ("壹佰万元整", 100_000_000),
        ("人民币壹拾万柒仟元零伍角叁分", 10_700_053),
        ("陆仟零柒元壹角肆分", 600_714),
        ("三千万", 3_000_000_000),
        ("两亿三千万元", 23_000_000_000),
        ("负壹佰元整", -10_000),
        ("伍圆", 500),
        ("伍元玖角玖分", 599),
    ],
)
def test_a_unit_of_the_cells_own_holds_for_it(cell: str, fen: int | Fraction) -> None:
    amount = money_of(cell)
    assert amount is not None
    assert amount.fen is not None
    assert scaled(amount.number, amount.fen) == fen


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("(1,234.50)", "-1234.50"),
        ("（1,234.50）", "-1234.50"),
        ("¥(5)", "-5"),
        ("(¥5)", "-5"),
        ("△5", "-5"),
        ("▲5", "-5"),
        ("-5", "-5"),
        ("－5", "-5"),
        ("−5", "-5"),
        ("-¥5", "-5"),
        ("¥-5", "-5"),
        ("RMB 5", "5"),
        ("人民币:5", "5"),
        ("5\u00a0", "5"),
        ("\u200b5\ufeff", "5"),
        ("'5", "5"),
        ("009", "9"),
        ("0", "0"),
    ],
)
def test_an_amount_without_a_unit_is_in_the_columns(cell: str, number: str) -> None:
    assert money_of(cell) == (Decimal(number), None)


@pytest.mark.parametrize(
    "cell",
    [
        "1,23,4.5", "12,34", "0,123", "1,2345", "1,234,5", "1,234.5.6", "1.2.3",
        "5千", "5百", "5十万", "500w", "5k", "1亿2000万", "(5万)万", "万", "元", "(-5)", "((5))", "5-", "- -5",
        "100²", "100①", "⑴", "㈠", "½", "5%", "5‰", "约500", "500左右", "500余", ">500", "5/6", "2024-02-28",
        "一千", "五", "一百五万", "一万二元", "一五万", "零万元", "伍角", "元整", "一元十角",
        "1308万（美元）", "万(美元)", "USD 100", "100USD", "港元500", "€5", "$5", "HK$5", "5美元", "5日元",
        "inf", "1e400", "9" * 41, "９" * 41, "٣",
    ],
)  # fmt: skip
def test_an_amount_that_may_be_two_or_none_is_refused(cell: str) -> None:
    with pytest.raises(BadCell):
        money_of(cell)


def test_many_digits_are_kept_under_each_sign() -> None:
    digits = "1234567890123456789012345678901234567.89"
    for cell in (f"-{digits}", f"△{digits}", f"({digits})", f"¥-{digits}元"):
        amount = money_of(cell)
        assert amount is not None
        assert scaled(amount.number, 100) == -123456789012345678901234567890123456789
    share = ratio_of(f"{digits}‰")
    assert share is not None
    assert scaled(share.number, 1000) == 123456789012345678901234567890123456789


@pytest.mark.parametrize("cell", ["100USD", "1308万（美元）", "港元500", "€5"])
def test_another_currency_is_told_of_as_such(cell: str) -> None:
    with pytest.raises(BadCell) as refused:
        money_of(cell)
    assert refused.value.expected is not None


@pytest.mark.parametrize("cell", ["约500", "5/6", "万"])
def test_what_is_no_amount_in_any_currency_is_not(cell: str) -> None:
    with pytest.raises(BadCell) as refused:
        money_of(cell)
    assert refused.value.expected is None


FIGURES = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12)
SPELLINGS: list[Callable[[Decimal], str]] = [
    "{:f}".format,
    "{:,f}".format,
    "¥{:,f}".format,
    "人民币 {:f}".format,
    " {:,f}\u3000".format,
    lambda number: f"{number:,f}".translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789,.-"}),
    lambda number: f"({abs(number):,f})" if number < 0 else f"+{number:,f}",
    lambda number: f"△{abs(number):f}" if number < 0 else f"{number:f}",
]
UNITS = {
    "": 1,
    "元": 100,
    "千元": 10**5,
    "万": 10**6,
    "万元": 10**6,
    "百万元": 10**8,
    "亿": 10**10,
    "亿元": 10**10,
}


@given(FIGURES, st.sampled_from(SPELLINGS), st.sampled_from(list(UNITS)))
def test_any_amount_reads_back_exactly(number: Decimal, spell: Callable[[Decimal], str], unit: str) -> None:
    amount = money_of(spell(number) + unit)
    assert amount is not None
    assert scaled(amount.number, amount.fen or 1) == Fraction(number) * UNITS[unit]


def in_numerals(number: int) -> str:
    """A number below 10^8 as it is said."""
    high, low = divmod(number, 10_000)
    if high:
        between = "零" if 0 < low < 1000 else ""
        return f"{in_numerals(high)}万{between}{in_numerals(low) if low else ''}"
    said = ""
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            said += "零一二三四五六七八九"[digit] + unit
        elif said and number % size:
            said += "" if said.endswith("零") else "零"
    return said or "零"


@given(st.integers(0, 10**8 - 1))
def test_any_number_in_numerals_reads_back(number: int) -> None:
    said = in_numerals(number)
    assert numeral(said) == number
    formal = said.translate(str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟"))
    assert numeral(formal) == number
    amount = money_of(formal + "元整")
    assert amount is not None
    assert scaled(amount.number, amount.fen or 0) == 100 * number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十五", 15),
        ("零五", 5),
        ("两百", 200),
        ("一万十", 10_010),
        ("一万亿", 10**12),
        ("三亿零五", 300_000_005),
        ("九千九百九十九万九千九百九十九亿九千九百九十九万九千九百九十九", 10**16 - 1),
    ],
)
def test_numerals(text: str, number: int) -> None:
    assert numeral(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "", "一百五", "一万二", "二〇二四", "百", "万", "十十", "一百零", "一零", "五百千", "一亿亿", "一万万", "零万", "x",
        "五x", "x百", "5", "五 ",
    ],
)  # fmt: skip
def test_numerals_that_leave_open_which_number(text: str) -> None:
    assert numeral(text) is None


def test_numerals_are_no_longer_than_40_characters() -> None:
    part = "零一千零一百零一十零一"
    longest, longer = (f"{part}万{part}亿{part}万一千{end}" for end in ("一百", "零一百"))
    assert (len(longest), numeral(longest)) == (40, 1111_1111_1111_1100)
    assert (len(longer), numeral(longer)) == (41, None)


@pytest.mark.parametrize(
    "cell",
    [
        "二〇二四年二月二十八日", "二○二四年二月二十八日", "二零二四年二月二十八日", "二O二四年二月二十八日",
        "二〇二四年二月二十八号", "贰零贰肆年零贰月贰拾捌日", "二〇二四年2月28日", "2024年二月二十八日", "2024 年 2 月 28 日", "2024年2月28号",
        "2024年2月28日 13:05", "2024-02-28 13:05:59", "2024/2/28 0:00:00", "'2024-02-28", "2024-2-28 ",
        "2024-02-28T15:59:00Z", "2024-02-28T23:00:00+08:00", "2024-02-28T00:00:00+0000",
        "2024-02-28T21:29:00+05:30", "2024-02-28T10:59:00-05:00", "2024-02-28T23:59:00+2359",
    ],
)  # fmt: skip
def test_days(cell: str) -> None:
    assert day_of(cell) == date(2024, 2, 28).toordinal()


@pytest.mark.parametrize(
    "cell",
    [
        "十二月三十一日", "二月二十八日", "二〇二四年二月", "二〇二四年二月三十日", "〇二四年二月一日", "2024年2月", "2024年",
        "2026年1月1日至12月31日", "2023年--2025年", "2017126", "2018215日前", "28/2/2024", "2/28/2024", "2024-2",
        "2024-02-27T16:00:00Z", "2024-02-28T00:30:00+09:00", "2024-02-28 24:00", "2024-02-28 1:99", "2024-02-28²",
        "20240228①", "45350", "2024.2", "2024-02-281", "2024年2月28日29日", "2024-02-28T08:00+99:00", "٢٠٢٤-02-28",
        "2024-02-28T21:30:00+05:30", "2024-02-28T11:00:00-05:00", "2024-02-28T08:00+24:00", "2024年2月28日T13:05",
        "二十四年二月一日", "千〇二四年二月一日", "2024年100月1日", "2024年1月10000日",
    ],
)  # fmt: skip
def test_what_is_two_days_or_none(cell: str) -> None:
    with pytest.raises(BadCell):
        day_of(cell)


@pytest.mark.parametrize("cell", [45350, 45350.0, 45350.5, Decimal(43888)])
def test_a_serial_number_is_no_day_but_is_told_of_as_such(cell: object) -> None:
    with pytest.raises(BadCell) as refused:
        day_of(cell)
    assert refused.value.expected is not None


LAST_SERIAL = (date(2199, 12, 31) - date(1899, 12, 30)).days


@pytest.mark.parametrize(
    ("cell", "is_serial"),
    [
        (0, False),
        (-1, False),
        (1, True),
        (0.5, True),
        (LAST_SERIAL, True),
        (LAST_SERIAL + 1, False),
        (2017126, False),
    ],
)
def test_serial_numbers_are_those_of_the_days_that_are_taken(cell: object, is_serial: bool) -> None:
    with pytest.raises(BadCell) as refused:
        day_of(cell)
    assert (refused.value.expected is not None) is is_serial


@given(st.dates(date(1900, 3, 1), date(2199, 12, 31)), st.integers(0, 7))
def test_any_day_reads_back(day: date, spelling: int) -> None:
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year))
    cells: list[object] = [
        day,
        datetime(day.year, day.month, day.day, 23, 59),
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}/{day.month}/{day.day}",
        f"{day:%Y.%m.%d}",
        int(f"{day:%Y%m%d}"),
        f"{year}年{in_numerals(day.month).removeprefix('一十') or ''}月{in_numerals(day.day)}日"
        if day.month < 10
        else f"{year}年{in_numerals(day.month)}月{in_numerals(day.day)}日",
    ]
    assert day_of(cells[spelling]) == day.toordinal()


@pytest.mark.parametrize(
    ("cell", "percent"),
    [
        ("24.9829%", "24.9829"), ("２４．９８％", "24.98"), ("51 %", "51"), ("百分之二十五", "25"), ("百分之25", "25"),
        ("百分之二十五点五", "25.5"), ("百分之零点五", "0.5"), ("百分之百", "100"), ("5‰", "0.5"), ("-5%", "-5"), ("百分之1,000", "1000"),
        ("百分之九十九点五", "99.5"),
    ],
)  # fmt: skip
def test_marked_shares(cell: str, percent: str) -> None:
    assert ratio_of(cell) == (Decimal(percent), True)


@pytest.mark.parametrize(
    "cell",
    [
        "-%",
        "‰",
        "35%左右",
        "约35%",
        "百分之",
        "百分之百点五",
        "投资 35% ->乙",
        "100²%",
        "三成",
        "(5%)",
        "5%%",
    ],
)
def test_what_is_no_share(cell: str) -> None:
    with pytest.raises(BadCell):
        ratio_of(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "√是 □否",
        "☑是□否",
        "是☑ 否□",
        "是√ 否□",
        "□否 ☑是",
        "■是 □否",
        "☒是 □否",
        "是(√) 否( )",
        "有",
        "■",
        "✔",
        "[√]是 [ ]否",
    ],
)
def test_ticked_yes(cell: str) -> None:
    assert flag_of(cell) is True


@pytest.mark.parametrize("cell", ["□是 ☑否", "□是√否", "否☑ 是□", "○是 ●否", "×", "✗", "不是", "□有 ☑无"])
def test_ticked_no(cell: str) -> None:
    assert flag_of(cell) is False


@pytest.mark.parametrize("cell", ["□是 □否", "□", "是□ 否□", "不适用", "N/A"])
def test_none_ticked_is_blank(cell: str) -> None:
    assert flag_of(cell) is None


@pytest.mark.parametrize(
    "cell", ["☑是 ☑否", "?是 □否", "是√否", "√是 否", "☒", "是/否", "□是 ☑是", "☑是 □无", "√√", "1", 1]
)
def test_no_flag(cell: object) -> None:
    with pytest.raises(BadCell):
        flag_of(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "第一季度",
        "第 一 季 度",
        "1季度",
        "Q1",
        "2024Q1",
        "2024年第一季度",
        "2024年度一季度",
        "一季度末",
        "壹季度",
    ],
)
def test_first_quarters(cell: str) -> None:
    assert quarter_of(cell) == 1


@pytest.mark.parametrize(
    "cell", ["13季度", "季度", "第季度", "2024年", "Q", "Q5", "一、二季度", "1-2季度", "零季度"]
)
def test_no_quarter(cell: str) -> None:
    with pytest.raises(BadCell):
        quarter_of(cell)


@pytest.mark.parametrize("cell", ["二级", "2级", "第二级", "二级企业", "２", "贰级"])
def test_second_levels(cell: str) -> None:
    assert level_of(cell) == 2


def test_a_tenth_level() -> None:
    assert level_of("十级") == level_of("10级") == 10


@pytest.mark.parametrize(
    "cell", ["二级子企业", "级", "三级及以下", "集团本部", "Q1", "第第一级", "1X", "2024年1级"]
)
def test_no_level(cell: str) -> None:
    with pytest.raises(BadCell):
        level_of(cell)


def test_years_in_numerals() -> None:
    assert whole_of("二〇二四年") == whole_of("二零二四") == whole_of("2021.0") + 3 == 2024  # type: ignore[operator]


def test_codes() -> None:
    spaced = "9115 2201 ma0n 0000 0x"
    assert (
        code_of(spaced) == code_of("９１１５２２０１ＭＡ０Ｎ０００００Ｘ") == code_of("'91152201MA0N00000X")
    )
    assert code_of("A B") == "A B"
    assert code_of("a\u200bb") == "AB"
    assert code_of(1001.0) == code_of("1001") == "1001"
    assert code_of("A.1") == "A.1"
    assert id_of("' A1") == "A1"
    for lost in (9.1e17, "9.1152E+17", "9e+17", "9E+17"):
        with pytest.raises(LostDigits):
            code_of(lost)
        with pytest.raises(LostDigits):
            id_of(lost)


@pytest.mark.parametrize(
    "unseen", ["\u202a", "\u2063", "\u034f", "\u180e", "\ufe0f", "\u3164", "\U000e0020", "\u2069"]
)
def test_what_cant_be_seen_makes_no_other_code(unseen: str) -> None:
    code = "91152201MAGC118M6A"
    assert code_of(code[:9] + unseen + code[9:]) == code
    assert id_of(f"DB-{unseen}1") == "DB-1"
    assert money_of(f"2{unseen}498.51") == (Decimal("2498.51"), None)


@pytest.mark.parametrize(
    "cell", ["91152201\u041cAGC118M6A", "91152201M\u0391GC118M6A", "91152201mAGC118m6\u0430"]
)
def test_letters_that_look_like_those_of_a_code(cell: str) -> None:
    with pytest.raises(BadCell):
        code_of(cell)
    assert len(code_of(cell[:17])) == 17, "any other identifier may be in any letters"


@pytest.mark.parametrize("turning", ["\u202e", "\u202b", "\u2067"])
def test_text_that_is_turned_round_is_no_code(turning: str) -> None:
    for read in (code_of, id_of, money_of):
        with pytest.raises(BadCell):
            read(f"12{turning}34")


@pytest.mark.parametrize("cell", ["无", "—", "/", "－", " N/A "])
def test_a_mark_for_blank_is_no_code_and_no_text(cell: str) -> None:
    assert code_of(cell) == id_of(cell) == name_of(cell) == ""


CHOICES = (ApprovalDecision, Authority, Document, PlanDecision, PlanKind, ProjectKind, RepaymentSource, Unit)


@pytest.mark.parametrize("choices", CHOICES)
def test_each_word_for_a_listed_value_means_one_of_them(choices: Any) -> None:
    words = [word for choice in choices for word in {choice.value, choice.label, *choice.other_words}]
    assert len(set(words)) == len(words)
    for place, choice in enumerate(choices):
        assert {choice_of(word, choices) for word in (choice.value, choice.label, *choice.other_words)} == {
            place
        }


def test_words_for_listed_values() -> None:
    assert choice_of("固定资产", ProjectKind) == 0
    assert choice_of("国资委", Authority) == 0
    assert choice_of("盟行政公署", Authority) == 1
    assert choice_of("批准", ApprovalDecision) == choice_of("通过", PlanDecision) == 0
    assert choices_of("《法律意见书》、可研报告", Document) == 0b110
    assert choice_of("—", ProjectKind) is choices_of("无", Document) is None
    for word in ("未批准", "自治区国资委", "新设企业"):
        for choices in (ApprovalDecision, Authority, ProjectKind):
            with pytest.raises(BadCell):
                choice_of(word, choices)


READERS = [(kind, None) for kind in FieldType if kind not in (FieldType.CHOICE, FieldType.CHOICES)]
READERS_OF_ALL: list[tuple[FieldType, Any]] = [
    *READERS,
    (FieldType.CHOICE, Unit),
    (FieldType.CHOICES, Document),
]
LIKE_CELLS = st.text(
    "0123456789,.-+()¥元万亿千百十一二三零〇年月日号%‰ :TZQ第季度级是否□☑√'/eE△²①", max_size=14
)


@given(st.one_of(st.text(), LIKE_CELLS))
def test_no_text_makes_a_reader_raise_or_give_what_is_no_number(text: str) -> None:
    for kind, choices in READERS_OF_ALL:
        try:
            value, _ = reader(kind, choices)(text)
        except BadCell:
            continue
        number = value[0] if isinstance(value, tuple) else value
        assert not isinstance(number, (float, Decimal)) or isfinite(number)


@pytest.mark.parametrize("kind", FieldType)
@pytest.mark.parametrize(
    "text", ["9", ",", "1,", "一", "零", "万", "¥ ", "□", "(", " ", "\u0301\u0323", "是□", "2024年", "、"]
)
def test_long_texts_cost_no_more_than_their_length(kind: FieldType, text: str) -> None:
    choices = {FieldType.CHOICE: Unit, FieldType.CHOICES: Document}.get(kind)
    read = reader(kind, choices)
    cell = f"1{text * (100_000 // len(text))}x"
    for case in (cell, cell[1:-1]):
        try:
            read(case)
        except BadCell:
            continue


@pytest.mark.parametrize(
    ("kind", "cell", "how"),
    [
        (FieldType.MONEY, 5.0, None),
        (FieldType.MONEY, "5", How.PLAIN_TEXT),
        (FieldType.MONEY, "1,234", How.AMOUNT_TEXT),
        (FieldType.MONEY, "5万元", How.AMOUNT_UNIT),
        (FieldType.MONEY, "(5)", How.AMOUNT_NEGATIVE),
        (FieldType.MONEY, "△5", How.AMOUNT_NEGATIVE),
        (FieldType.MONEY, "▲5", How.AMOUNT_NEGATIVE),
        (FieldType.MONEY, "-5元", How.AMOUNT_UNIT),
        (FieldType.MONEY, "¥-5", How.AMOUNT_TEXT),
        (FieldType.MONEY, "伍元", How.NUMERALS),
        (FieldType.MONEY, "—", How.BLANK_MARK),
        (FieldType.MONEY, " ", None),
        (FieldType.RATIO, "5%", How.PERCENT_TEXT),
        (FieldType.RATIO, "5‰", How.PER_MILLE),
        (FieldType.RATIO, 0.05, None),
        (FieldType.DATE, date(2024, 2, 28), None),
        (FieldType.DATE, "2024-02-28", None),
        (FieldType.DATE, "2024-2-28", How.DATE_TEXT),
        (FieldType.DATE, "2024年2月28号", How.DATE_TEXT),
        (FieldType.DATE, "2024 年 2 月 28 日", How.DATE_TEXT),
        (FieldType.DATE, "2024年2月28号 13:05", How.TIME_DROPPED),
        (FieldType.DATE, "2024-02-28 00:00:00.000", How.DATE_TEXT),
        (FieldType.DATE, "2024-02-28 00:00:00.001", How.TIME_DROPPED),
        (FieldType.DATE, 20240228.0, How.DATE_NUMBER),
        (FieldType.DATE, datetime(2024, 2, 28), None),
        (FieldType.DATE, datetime(2024, 2, 28, 1), How.TIME_DROPPED),
        (FieldType.DATE, "二〇二四年二月二十八日", How.NUMERALS),
        (FieldType.FLAG, "是", None),
        (FieldType.FLAG, True, None),
        (FieldType.FLAG, "√", How.TICK),
        (FieldType.FLAG, "Y", How.FLAG_WORD),
        (FieldType.INT, "2024年", How.COUNT),
        (FieldType.INT, "2024", How.PLAIN_TEXT),
        (FieldType.QUARTER, "一季度", None),
        (FieldType.QUARTER, "第一季度", How.COUNT),
        (FieldType.LEVEL, "一级", None),
        (FieldType.LEVEL, "零级", How.COUNT),
        (FieldType.LEVEL, "2", How.PLAIN_TEXT),
        (FieldType.LEVEL, "一级企业", How.COUNT),
        (FieldType.FIRM, "9115", None),
        (FieldType.FIRM, 9115.0, How.CODE_NUMBER),
        (FieldType.FIRM, "ab", How.CODE_TEXT),
        (FieldType.FIRM, " A-1 ", None),
        (FieldType.ID, "ab", None),
        (FieldType.TEXT, "无", How.BLANK_MARK),
    ],
)
def test_how_a_cell_was_understood(kind: FieldType, cell: object, how: How | None) -> None:
    assert reader(kind, None)(cell)[1] is how


@pytest.mark.parametrize(("kind", "choices"), READERS_OF_ALL)
def test_a_mark_for_blank_is_told_from_an_empty_cell(kind: FieldType, choices: Any) -> None:
    assert read_number("—") == (None, How.BLANK_MARK)
    read = reader(kind, choices)
    assert [read(cell) for cell in ("—", " ", "")] == [
        (read(None)[0], How.BLANK_MARK),
        read(None),
        read(None),
    ]


@pytest.mark.parametrize("cell", ["9999-12-31", "9999年12月31日", "1900-02-28", date(9999, 12, 31), 99991231])
def test_a_day_out_of_range_is_refused_with_the_range(cell: object) -> None:
    with pytest.raises(BadCell) as refused:
        day_of(cell)
    assert refused.value.expected is not None
    assert "1900-03-01至2199-12-31" in refused.value.expected.zh


def test_a_day_that_is_none_is_not_said_to_be_out_of_range() -> None:
    with pytest.raises(BadCell) as refused:
        day_of("2024-02-30")
    assert refused.value.expected is None

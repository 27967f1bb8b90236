"""Each spelling that is taken, and what is refused rather than guessed."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.forms import Document, PlanKind, RepaymentSource
from soe_compliance.filings.values import (
    PARSERS,
    BadCell,
    LostDigits,
    choice_of,
    choices_of,
    code_of,
    day_of,
    flag_of,
    float_of,
    level_of,
    money_of,
    name_of,
    number_of,
    quarter_of,
    ratio_of,
    scaled,
    text_of,
    whole_of,
)

LEAP_DAY_EVE = date(2024, 2, 28).toordinal()


@pytest.mark.parametrize(
    "cell",
    [
        date(2024, 2, 28),
        datetime(2024, 2, 28),
        datetime(2024, 2, 28, 13, 5),
        "2024年2月28日",
        "2024年02月28日",
        "2024年2月28",
        "2024-2-28",
        "2024-02-28",
        "2024/2/28",
        "2024/02/28",
        "2024.02.28",
        "2024.2.28",
        "20240228",
        20240228,
        20240228.0,
        "２０２４年２月２８日",
        "2024－2－28",
        " 2024-02-28 ",
        "2024-02-28 ",
        " 2024-2-28",
        "  2024-2-28",
        "2024-02-28T00:00:00",
        "2024-02-28 00:00",
        "2024-02-28T08:00:00Z",
        "2024-02-28T08:00:00+08:00",
    ],
)
def test_a_day_is_taken_in_each_spelling(cell: object) -> None:
    assert day_of(cell) == LEAP_DAY_EVE


@pytest.mark.parametrize(
    "cell",
    [
        "2017126",
        2017126,
        "2018215",
        "2023-02-29",
        "2024-13-01",
        "2024-00-10",
        "2024年2月",
        "2024-02/28",
        "28.02.2024",
        "02/28/2024",
        "24-02-28",
        "2024年2月28日至3月1日",
        "待定",
        "1900-02-28",
        "2200-01-01",
        date(1900, 2, 28),
        date(2200, 1, 1),
        datetime(1900, 2, 28),
        45350,
        45350.0,
        True,
        time(1, 2),
        timedelta(days=1),
        ["2024-02-28"],
        {},
    ],
)
def test_what_is_no_day_or_more_than_one_is_refused(cell: object) -> None:
    with pytest.raises(BadCell):
        day_of(cell)


def test_spaces_before_eight_digits_are_no_matter() -> None:
    assert day_of("  20220228") == day_of("20220228") == date(2022, 2, 28).toordinal()


@pytest.mark.parametrize("day", [date(1900, 3, 1), date(2199, 12, 31), date(2024, 2, 29)])
def test_days_at_the_ends_are_taken(day: date) -> None:
    assert day_of(day) == day_of(day.isoformat()) == day.toordinal()


BLANKS = [None, "", " ", "\u3000", "-", "—", "——", "/", "无"]


@pytest.mark.parametrize("cell", BLANKS)
@pytest.mark.parametrize(
    "parse", [day_of, number_of, money_of, ratio_of, whole_of, quarter_of, level_of, flag_of]
)
def test_blanks_and_dashes_are_blank(parse: Callable[[object], object], cell: object) -> None:
    assert parse(cell) is None


@pytest.mark.parametrize("cell", ["是", "√", "☑", "Y", "y", "yes", "TRUE", "true", True, " 是 ", "Ｙ"])
def test_yes_is_taken_in_each_spelling(cell: object) -> None:
    assert flag_of(cell) is True


@pytest.mark.parametrize("cell", ["否", "N", "n", "no", "False", False])
def test_no_is_taken_in_each_spelling(cell: object) -> None:
    assert flag_of(cell) is False


@pytest.mark.parametrize("cell", [0, 1, 1.0, "1", "是否", "可能", [], {}])
def test_no_other_cell_is_a_flag(cell: object) -> None:
    with pytest.raises(BadCell):
        flag_of(cell)


@pytest.mark.parametrize(
    "cell",
    [
        1234.5,
        Decimal("1234.50"),
        "1234.50",
        "1,234.50",
        "1，234.50",
        "１，２３４．５０",
        "１２３４．５０",
        "¥1,234.50",
        "￥1,234.50",
        "+1234.5",
        " 1234.5 ",
        "1.2345e3",
    ],
)
def test_an_amount_is_taken_in_each_spelling(cell: object) -> None:
    assert money_of(cell) == (Decimal("1234.5"), None)


@pytest.mark.parametrize(
    "cell",
    [
        "1,2345",
        "12,34.5",
        "1.234,50",
        "1,234,56",
        "一千",
        ".5",
        "5.",
        "1 234",
        "--5",
        "NaN",
        "Infinity",
        "1e400",
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        Decimal("1E+99"),
        Decimal("1." + "1" * 60),
        10**60,
        True,
        date(2024, 1, 1),
        [],
        {},
    ],
)
def test_what_is_no_amount_is_refused(cell: object) -> None:
    with pytest.raises(BadCell):
        money_of(cell)


def test_a_number_out_of_a_spreadsheet_is_taken_at_15_digits() -> None:
    assert number_of(0.1 + 0.2) == Decimal("0.3")
    assert number_of(1234567.1 - 1234567) == Decimal("0.100000000093132")
    assert number_of(123456789012345.6) == Decimal("123456789012346")


def test_a_decimal_is_taken_exactly() -> None:
    digits = "1234567890123456789012.345"
    assert number_of(digits) == number_of(Decimal(digits)) == Decimal(digits)
    assert number_of(10**24 + 1) == Decimal(10**24 + 1)


@pytest.mark.parametrize(
    "digits",
    ["1" * 40, "-" + "1" * 39 + ".1", "1e40", "1e-40", "0" * 79 + "5"],
    ids=["40", "-39.1", "e40", "e-40", "0"],
)
def test_a_number_of_40_digits_is_taken(digits: str) -> None:
    assert number_of(digits) == Decimal(digits)


@pytest.mark.parametrize(
    "digits",
    ["1" * 41, "1" * 40 + ".1", "1e41", "1e-41", "0" * 80 + "5"],
    ids=["41", "40.1", "e41", "e-41", "0"],
)
def test_a_longer_number_is_not(digits: str) -> None:
    with pytest.raises(BadCell):
        number_of(digits)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**20), max_value=10**20))
def test_text_and_decimal_of_a_number_are_the_same(number: Decimal) -> None:
    assert number_of(format(number, "f")) == number_of(format(number, ",f")) == number_of(number) == number


@given(st.integers(-(10**14), 10**14).map(lambda fen: fen / 100))
def test_an_amount_in_fen_survives_a_spreadsheet_cell(amount: float) -> None:
    number = number_of(amount)
    assert number is not None
    assert float(number) == amount
    assert number == round(number, 2)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("24.98%", (Decimal("24.98"), True)),
        ("24.98％", (Decimal("24.98"), True)),
        (" 24.98 % ", (Decimal("24.98"), True)),
        ("100%", (Decimal(100), True)),
        ("0.2498", (Decimal("0.2498"), False)),
        (0.2498, (Decimal("0.2498"), False)),
        (Decimal("0.2498"), (Decimal("0.2498"), False)),
        (51, (Decimal(51), False)),
    ],
)
def test_a_share_keeps_its_own_sign(cell: object, expected: tuple[Decimal, bool]) -> None:
    assert ratio_of(cell) == expected


@pytest.mark.parametrize("cell", ["%", "-%", "50%%", "1/3", True])
def test_what_is_no_share_is_refused(cell: object) -> None:
    with pytest.raises(BadCell):
        ratio_of(cell)


@pytest.mark.parametrize(
    ("cell", "quarter"),
    [
        (1, 1),
        (4.0, 4),
        ("1", 1),
        ("一季度", 1),
        ("四季度", 4),
        ("第二季度", 2),
        ("3季度", 3),
        ("Q2", 2),
        ("二季", 2),
    ],
)
def test_quarters(cell: object, quarter: int) -> None:
    assert quarter_of(cell) == quarter


@pytest.mark.parametrize("cell", [0, 5, "五季度", 1.5, "上半年", True])
def test_there_are_four_quarters(cell: object) -> None:
    with pytest.raises(BadCell):
        quarter_of(cell)


@pytest.mark.parametrize(
    ("cell", "level"), [(1, 1), ("1", 1), ("一级", 1), ("三级", 3), ("2级", 2), (2.0, 2)]
)
def test_levels(cell: object, level: int) -> None:
    assert level_of(cell) == level


@pytest.mark.parametrize("cell", [2024, 2024.0, "2024", "2024年", "2024年度", "２０２４", Decimal("2024.0")])
def test_years(cell: object) -> None:
    assert whole_of(cell) == 2024


def test_a_whole_number_is_no_more_than_a_thousand_million() -> None:
    assert whole_of(10**9) == 10**9
    assert whole_of(-(10**9)) == -(10**9)


@pytest.mark.parametrize("cell", [2024.5, 10**9 + 1, 10**10, True, "2024-2025", "五", "二〇二"])
def test_what_is_no_whole_number_is_refused(cell: object) -> None:
    with pytest.raises(BadCell):
        whole_of(cell)


def test_codes_are_compared_after_nfkc_without_blanks_at_their_ends_in_upper_case() -> None:
    assert code_of("　９１１５ab\n") == "9115AB"
    assert code_of(9115.0) == code_of(9115) == "9115"
    assert code_of(None) == code_of("  ") == ""
    assert text_of(" db－１ ") == "db-1"


def test_a_code_stored_as_a_number_is_refused_where_it_has_lost_digits() -> None:
    assert code_of(999_999_999_999_999.0) == "999999999999999"
    with pytest.raises(LostDigits):
        code_of(911522017245674240.0)
    with pytest.raises(LostDigits):
        code_of(1e15)
    assert code_of(911522017245674241) == "911522017245674241"


def test_a_name_stays_as_it_is_written() -> None:
    assert name_of(" 内蒙古（集团）公司 ") == "内蒙古（集团）公司"
    assert name_of(None) == ""
    assert name_of(7.0) == "7"


def test_a_listed_value_is_known_by_its_key_and_its_label() -> None:
    kinds = list(PlanKind)
    assert (
        choice_of("annual", PlanKind) == choice_of("年度投资计划", PlanKind) == kinds.index(PlanKind.ANNUAL)
    )
    assert choice_of(" Annual ", PlanKind) == kinds.index(PlanKind.ANNUAL)
    assert choice_of("年度 投资 计划", PlanKind) == choice_of("《年度投资计划》", PlanKind) == 0
    assert choice_of("", PlanKind) is None
    assert choice_of(None, RepaymentSource) is None
    wrong: list[object] = ["年度", "X年度投资计划X", 1, [], True]
    for cell in wrong:
        with pytest.raises(BadCell):
            choice_of(cell, PlanKind)


@pytest.mark.parametrize(
    "cell",
    [
        ["application", "legal_opinion"],
        "申请核准的请示、法律意见书",
        "申请核准的请示；法律意见书",
        "申请核准的请示;法律意见书;",
        "申请核准的请示，法律意见书",
        "法律意见书\n申请核准的请示",
        "法律意见书、法律意见书、申请核准的请示",
    ],
)
def test_documents(cell: object) -> None:
    documents = list(Document)
    mask = 1 << documents.index(Document.APPLICATION) | 1 << documents.index(Document.LEGAL_OPINION)
    assert choices_of(cell, Document) == mask


def test_an_empty_list_is_stated_and_a_blank_is_not() -> None:
    assert choices_of([], Document) == 0
    assert choices_of(None, Document) is choices_of(" ", Document) is None
    wrong: list[object] = [["x"], [1], [None], [True], [["legal_opinion"]], [""], "法律意见书 申请", {}, 3]
    for cell in wrong:
        with pytest.raises(BadCell):
            choices_of(cell, Document)


def test_a_parser_gives_what_a_cell_says() -> None:
    assert PARSERS[FieldType.DATE]("2024年2月28日") == LEAP_DAY_EVE
    assert PARSERS[FieldType.FLAG]("否") is False
    assert PARSERS[FieldType.TEXT](None) == ""


@pytest.mark.parametrize(
    "number",
    [
        0,
        5,
        151,
        10**15 - 1,
        1 - 10**15,
        Decimal("0.1"),
        Decimal("123456789012345"),
        Decimal("1E+40"),
        Decimal("1E-40"),
    ],
)
def test_a_number_of_15_digits_is_a_float(number: int | Decimal) -> None:
    assert float_of(number) == float(number)


@pytest.mark.parametrize(
    "cell",
    [
        10**15, -(10**15), Decimal("1234567890.123456"), Decimal("1E+41"), Decimal("1E-41"), Decimal("Infinity"),
        Decimal("NaN"), "5", 5.0, True, None,
    ],
)  # fmt: skip
def test_what_a_float_may_not_tell_from_others_is_none(cell: object) -> None:
    assert isnan(float_of(cell))


def test_scaling_is_exact() -> None:
    assert scaled(Decimal("1.23"), 10**6) == 1_230_000
    assert scaled(Decimal("0.0000001"), 10**6) == Fraction(1, 10)
    assert isinstance(scaled(Decimal("1E+3"), 10), int)

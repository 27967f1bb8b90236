"""Amounts and shares by the number formats of their cells: what is seen is meant, or it is a problem, never a guess."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.filings.batch import batch_of
from soe_compliance.filings.coercions import coercions
from soe_compliance.filings.filing import FEN_PER_UNIT, Filing
from soe_compliance.filings.forms import Unit
from soe_compliance.filings.number_formats import number_format
from soe_compliance.filings.shown_units import fen_by_format
from soe_compliance.report.understood import understood_text
from tests.filings.filed import (
    GUARANTEE_HEADERS,
    HEADER_ROWS,
    Formatted,
    Row,
    codes,
    filing_bytes,
    places,
    read_one,
    the_problem,
    workbook_bytes,
)

_LAST = {"home_buyers", "signed_on", "debt_id", "form"}
YUAN, WAN, YI = (FEN_PER_UNIT[unit] for unit in (Unit.YUAN, Unit.TEN_THOUSAND, Unit.HUNDRED_MILLION))


def amounts(
    folder: Path, cells: list[object], unit: str = "", *above: Row
) -> tuple[Filing, list[int | None]]:
    """The filing with these balances under a header with this unit, and the fen that each is read as."""
    header = f"担保余额（{unit}）" if unit else "担保余额"
    rows: list[Row] = [*above, [*GUARANTEE_HEADERS[:3], header]]
    rows += [[str(place), "A", "B", cell] for place, cell in enumerate(cells)]
    filing = read_one(folder, filing_bytes(guarantees=rows))
    column = batch_of([filing]).tables["guarantees"].columns["balance"]
    read = zip(column.values.tolist(), column.stated.tolist(), strict=True)
    return filing, [value if stated else None for value, stated in read]


@pytest.mark.parametrize(
    ("stored", "code", "fen"),
    [
        (1.5, '0.00"亿元"', 15 * 10**9),
        (1.5, '0.00"亿"', 15 * 10**9),
        (1.5, '0.00"万元"', 15 * 10**5),
        (123456, '0!.0,"万元"', 12_345_600),
        (123456.78, '0!.0,"万元"', 12_345_678),
        (123456, r'0\.0,"万"', 12_345_600),
        (123456, '0!.0000"万元"', 12_345_600),
        (123456, '#,##0.00,,"百万元"', 12_345_600),
        (123456, '0.00,"千元"', 12_345_600),
        (123456, '#,##0.00"元"', 12_345_600),
        (123456, '[>=10000]0!.0,"万元";0"元"', 12_345_600),
        (1234, '[>=10000]0!.0,"万元";0"元"', 123_400),
        (5, '[DBNum2][$-804]G/通用格式"元整"', 500),
        (5, '"人民币"0.00"元"', 500),
        (12345, '0.0,"亿元"', 12345 * 10**7),
    ],
)
def test_a_unit_that_only_the_format_states(tmp_path: Path, stored: float, code: str, fen: int) -> None:
    filing, read = amounts(tmp_path, [Formatted(stored, code)])
    assert (codes(filing), read) == ([], [fen])
    [found] = [found for found in coercions(filing) if found.field == "balance"]
    assert found.written == f"{stored}（{code}）"
    assert found.understood == f"{Decimal(fen) / 100:.2f}元"
    assert "数字格式" in found.how.zh


@pytest.mark.parametrize(
    ("stored", "code", "unit", "fen"),
    [
        (1.5, '0.00"亿元"', "亿元", 15 * 10**9),
        (123456, '0!.0,"万元"', "元", 12_345_600),
        (123456, '0!.0,"万元"', "万元", 12_345_600),
        (123456, '0!.0,"万"', "万元", 12_345_600),
        (123456, '[>=10000]0!.0,"万";0', "元", 12_345_600),
        (123456, '#,##0"元"', "元", 12_345_600),
        (123456, "0!.0,", "万元", 12_345_600),
        (123456, "#,##0,", "千元", 12_345_600),
        (123456, "0!.0000", "亿元", 123_456 * 10**6),
        (0, '#,##0"元"', "万元", 0),
        (0, "[$$-409]0.00", "万元", 0),
    ],
)
def test_a_unit_that_comes_to_what_the_header_says(
    tmp_path: Path, stored: float, code: str, unit: str, fen: int
) -> None:
    for header, above in ((unit, ()), ("", ([f"单位：{unit}"],))):
        filing, read = amounts(tmp_path, [Formatted(stored, code)], header, *above)
        assert (codes(filing), read) == ([], [fen])


@pytest.mark.parametrize(
    ("stored", "code", "unit"),
    [
        (1.5, '0.00"亿元"', "万元"),
        (1.5, '0.00"亿元"', "元"),
        (123456, '#,##0.00"元"', "万元"),
        (123456, '0!.0,"万元"', "亿元"),
        (123456, '0!.0,"万元"', "千元"),
        (123456, '0.0"万"', "元"),
        (123456, '[>=10000]0!.0,"万";0', "万元"),
    ],
)
def test_units_that_disagree(tmp_path: Path, stored: float, code: str, unit: str) -> None:
    filing, read = amounts(tmp_path, [7, Formatted(stored, code), Formatted(stored, code), 8], unit)
    expected = [n * FEN_PER_UNIT[next(u for u in Unit if u.label == unit)] for n in (7, 8)]
    assert read == [expected[0], None, None, expected[1]]
    problem = the_problem(filing, "format-unit-disagrees")
    assert (problem.table, problem.field, problem.location) == ("guarantees", "balance", "担保台账!D3")
    assert all(said in problem.text.zh for said in ("有2格（第3-4行）", code, f"“{unit}”", "请统一单位"))
    assert codes(filing) == ["format-unit-disagrees"]


@pytest.mark.parametrize(
    ("stored", "code", "unit"),
    [
        (123456, "0!.0,", ""),
        (123456, "#,##0,", ""),
        (123456, "#,##0,", "元"),
        (123456, "#,##0,", "万元"),
        (123456, "#,##0,,", "亿元"),
        (123456, "[>=10000]0!.0,;0", "万元"),
        (123456, '[>=10000]0!.0,"万";0', ""),
        (5, '0"0000"', "元"),
        (123456, '0"万"0000"元"', "元"),
        (5, '0"元/吨"', "元"),
        (5, '0.0"M"', "元"),
        (5, '0.00,,,"元"', ""),
    ],
)
def test_what_cant_be_told(tmp_path: Path, stored: float, code: str, unit: str) -> None:
    filing, read = amounts(tmp_path, [Formatted(stored, code)], unit)
    problem = the_problem(filing, "format-untold")
    assert (read, codes(filing), problem.location) == ([None], ["format-untold"], "担保台账!D2")
    assert code in problem.text.zh
    assert code in problem.text.en
    assert "写在表头" in problem.text.zh


@pytest.mark.parametrize(
    "code",
    [
        "[$$-409]#,##0.00",
        "[$€-2] #,##0",
        '"US$"0.00',
        "[$¥-411]0",
        '0.00"万美元"',
        "[$₮-450]0",
        "0.00 [$CHF]",
    ],
)
def test_another_currency(tmp_path: Path, code: str) -> None:
    filing, read = amounts(tmp_path, [5, Formatted(5, code)], "万元")
    assert read == [5 * WAN, None]
    problem = the_problem(filing, "format-foreign")
    assert problem.location == "担保台账!D3"
    assert code in problem.text.zh
    assert "请折算成人民币" in problem.text.zh


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "0.00",
        "#,##0.00_);[Red](#,##0.00)",
        '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ',
        "[$¥-804]#,##0.00",
        "[$-804]0.00",
        "[$CNY] 0.00",
        '"约"0',
        '0"笔"',
        "@",
        '0.0,"K"',
        ";;;",
    ],
)
def test_formats_that_say_nothing_of_an_amount(tmp_path: Path, code: str) -> None:
    filing, read = amounts(tmp_path, [Formatted(123456, code)], "元")
    assert (codes(filing), read, coercions(filing)[1:]) == ([], [12_345_600], ())


def test_the_filings_unit_gives_way_to_the_format(tmp_path: Path) -> None:
    header: list[Row] = [*HEADER_ROWS, ["金额单位", "元"]]
    rows: list[Row] = [GUARANTEE_HEADERS, ["1", "A", "B", Formatted(1.5, '0.00"亿元"')], ["2", "A", "B", 7]]
    filing = read_one(tmp_path, filing_bytes(filing=header, guarantees=rows))
    assert batch_of([filing]).tables["guarantees"].values("balance").tolist() == [15 * 10**9, 700]


def test_the_rows_own_unit(tmp_path: Path) -> None:
    rows: list[Row] = [
        [*GUARANTEE_HEADERS, "金额单位"],
        ["1", "A", "B", Formatted(1.5, '0.00"亿元"'), "亿元"],
        ["2", "A", "B", Formatted(1.5, '0.00"亿元"'), "万元"],
        ["3", "A", "B", Formatted(12345, '0!.0,"万元"'), "元"],
    ]
    filing = read_one(tmp_path, filing_bytes(guarantees=rows))
    assert places(filing, "format-unit-disagrees") == ["担保台账!D3"]
    assert batch_of([filing]).tables["guarantees"].values("balance").tolist() == [15 * 10**9, 0, 1_234_500]


def test_texts_dates_codes_and_counts_are_left_alone(tmp_path: Path) -> None:
    projects: list[Row] = [
        ["项目编码", "项目名称", "投资主体代码", "计划年度", "计划总投资（万元）"],
        [Formatted(7, '0"亿元"'), "名", "P", Formatted(2024, '0"年"'), "1.5亿元"],
    ]
    filing = read_one(tmp_path, filing_bytes(projects=projects))
    assert codes(filing) == []
    values = batch_of([filing]).tables["projects"]
    assert values.values("plan_year").tolist() == [2024]


def test_totals_are_added_up_as_stored_where_all_amounts_are_in_one_unit(tmp_path: Path) -> None:
    yi, yuan = '0.00"亿元"', '[>=10000]0!.0,"万元";0"元"'

    def totals(*cells: object) -> list[bool]:
        rows: list[Row] = [[*GUARANTEE_HEADERS[:3], "担保余额"]]
        rows += [[str(place), "A", "B", cell] for place, cell in enumerate(cells[:-1])]
        filing = read_one(tmp_path, filing_bytes(guarantees=[*rows, ["合计", "", "", cells[-1]]]))
        layout = filing.tables["guarantees"].layout
        assert layout
        return [total.agrees for total in layout.totals]

    assert totals(Formatted(1.5, yi), Formatted(2.5, yi), Formatted(4, yi)) == [True]
    assert totals(Formatted(1.5, yi), Formatted(2.5, yi), Formatted(5, yi)) == [False]
    assert totals(Formatted(12345, yuan), Formatted(5, yuan), Formatted(12350, yuan)) == [True]
    assert totals(Formatted(1.5, yi), Formatted(2.5, yi), Formatted(40000, '0"万元"')) == []
    assert totals(Formatted(1.5, yi), Formatted(2.5, '0"万元"'), Formatted(4, yi)) == []
    assert totals(Formatted(1.5, yi), Formatted(2.5, "[$$-409]0"), Formatted(4, yi)) == []


@pytest.mark.parametrize(
    ("stored", "code"),
    [
        (0, '#,##0.00;-#,##0.00;"2,498.51"'),
        (0, '"2,498.5"0'),
        (100, '"2,498.51"'),
        (100, '[=100]"2,498.51";General'),
        (100, '"贰仟肆佰玖拾捌"'),
        ("100", 'General;General;General;"2,498.51"'),
        ("100", '@"000"'),
    ],
)
def test_an_amount_that_the_format_shows_as_another_cant_be_told(
    tmp_path: Path, stored: float | str, code: str
) -> None:
    filing, read = amounts(tmp_path, [Formatted(stored, code)])
    assert (read, codes(filing)) == ([None], ["format-untold"])


@pytest.mark.parametrize(
    "code", ['#,##0.00;-#,##0.00;"-"', '0;-0;"零"', '0.00;;"0.00"', '0"万元"', "0;0;;@", "_(@_)"]
)
def test_nought_may_be_shown_in_other_words(tmp_path: Path, code: str) -> None:
    filing, read = amounts(tmp_path, [Formatted(0, code)])
    assert (read, codes(filing)) == ([0], [])


@pytest.mark.parametrize(
    ("header", "stored", "code"),
    [
        ("是否购房人阶段性担保", "是", 'General;General;General;"否"'),
        ("是否购房人阶段性担保", "是", '"不"@'),
        ("签署日期", date(2023, 11, 8), 'yyyy"-11-10"'),
        ("签署日期", datetime(2023, 11, 8), 'yyyy"年十一月十日"'),
        ("签署日期", "2023-11-08", ';;;"2023-11-10"'),
        ("主债务合同编号", "A-1", '@;@;@;"A-2"'),
        ("主债务合同编号", 1, '"2"'),
        ("担保方式", "抵押", '@;@;@;"质押"'),
    ],
)
def test_a_cell_that_the_format_shows_as_another_counts_as_blank(
    tmp_path: Path, header: str, stored: float | str | date, code: str
) -> None:
    rows: list[Row] = [[*GUARANTEE_HEADERS, header], ["1", "A", "B", 5, Formatted(stored, code)]]
    filing = read_one(tmp_path, filing_bytes(guarantees=rows))
    assert (codes(filing), places(filing, "format-other")) == (["format-other"], ["担保台账!E2"])
    [cell] = next(cells for key, cells in filing.tables["guarantees"].cells.items() if key in _LAST)
    assert cell is None


@pytest.mark.parametrize(
    ("header", "stored", "code"),
    [
        ("签署日期", date(2023, 11, 8), '[$-804]yyyy"年"m"月"d"日";@'),
        ("签署日期", date(2023, 11, 8), '[DBNum1][$-804]yyyy"年"m"月"d"日"'),
        ("签署日期", date(2023, 11, 8), r"[$-F800]dddd\,\ mmmm\ dd\,\ yyyy"),
        ("签署日期", "2023-11-08", "yyyy/m/d;@"),
        ("主债务合同编号", 12, "000000"),
        ("主债务合同编号", "A-1", "_(@_)"),
        ("是否购房人阶段性担保", "否", ";;;@"),
    ],
)
def test_formats_that_show_what_is_stored(
    tmp_path: Path, header: str, stored: float | str | date, code: str
) -> None:
    rows: list[Row] = [[*GUARANTEE_HEADERS, header], ["1", "A", "B", 5, Formatted(stored, code)]]
    assert codes(read_one(tmp_path, filing_bytes(guarantees=rows))) == []


def test_a_negative_amount_has_the_section_for_negative_ones(tmp_path: Path) -> None:
    rows: list[Row] = [["企业代码", "年度", "净资产"], ["P", 2023, Formatted(-12345, '0;(0!.0,"万元")')]]
    filing = read_one(tmp_path, filing_bytes(financials=rows))
    assert codes(filing) == ["format-untold"]
    rows[1] = ["P", 2023, Formatted(-12345, '0"元";(0!.0,"万元")')]
    filing = read_one(tmp_path, filing_bytes(financials=rows))
    assert batch_of([filing]).tables["financials"].values("net_assets").tolist() == [-1_234_500]


def test_sheets_joined_keep_their_formats(tmp_path: Path) -> None:
    headers = ["企业代码", "年度", "净资产"]
    sheets = {"填报信息": HEADER_ROWS}
    for year, code in ((2023, '0"亿元"'), (2024, '0"元"')):
        sheets[f"{year}年财务数据"] = [headers, ["P", year, Formatted(5, code)]]
    filing = read_one(tmp_path, workbook_bytes(sheets))
    assert batch_of([filing]).tables["financials"].values("net_assets").tolist() == [5 * YI, 5 * YUAN]
    assert [(c.location, c.understood) for c in coercions(filing) if c.field == "net_assets"] == [
        ("2023年财务数据!C2", "500000000.00元"),
        ("2024年财务数据!C2", "5.00元"),
    ]


def test_read_says_what_was_done(tmp_path: Path) -> None:
    filing, _ = amounts(
        tmp_path, [Formatted(1.5, '0.00"亿元"'), 0, Formatted(2, '0.00"亿元"'), Formatted(3, '0"元"')]
    )
    text = understood_text([filing], width=200)
    assert '数字格式中，2格：D2“1.5（0.00"亿元"）”→150000000.00元；D4“2（0.00"亿元"）”→200000000.00元' in text
    assert '数字格式中，1格：D5“3（0"元"）”→3.00元' in text


def shares(folder: Path, cells: list[object], header: str) -> tuple[Filing, list[str]]:
    rows: list[Row] = [["出资人代码", "被投资企业代码", header]]
    rows += [["A", f"B{place}", cell] for place, cell in enumerate(cells)]
    filing = read_one(folder, filing_bytes(holdings=rows))
    return filing, [found.understood for found in coercions(filing) if found.field == "ratio"]


@pytest.mark.parametrize("header", ["持股比例", "持股比例（%）"])
@pytest.mark.parametrize("code", ['0.00"%"', r"0.00\%", "0.00!%", '0.00" ％"'])
def test_a_percent_sign_that_is_text_makes_percentages(tmp_path: Path, header: str, code: str) -> None:
    filing, understood = shares(
        tmp_path, [Formatted(51, code), Formatted(0.51, code), Formatted(1, code)], header
    )
    assert codes(filing) == []
    assert list(filing.tables["holdings"].percent["ratio"]) == [True, True, True]
    assert understood == ["51%", "0.51%", "1%"]


@pytest.mark.parametrize(("stored", "code"), [(0.9, '"24.98%"'), ("90%", ';;;"24.98%"')])
def test_a_share_that_the_format_shows_as_another(tmp_path: Path, stored: float | str, code: str) -> None:
    filing, _ = shares(tmp_path, [Formatted(stored, code), 0.5], "持股比例")
    assert places(filing, "format-untold") == ["股权结构!C2"]


def test_numbers_beside_one_with_a_sign_may_be_either(tmp_path: Path) -> None:
    filing, _ = shares(tmp_path, [Formatted(0.51, '0.00"%"'), 0.5], "持股比例")
    assert places(filing, "ratio-ambiguous") == ["股权结构!C3"]


@pytest.mark.parametrize("code", ["0,", "0.00%,", "0!.00", '0"‰"', '0"成"', '0"00"'])
def test_a_share_that_cant_be_told(tmp_path: Path, code: str) -> None:
    filing, _ = shares(tmp_path, [Formatted(51, code), 51], "持股比例（%）")
    assert places(filing, "format-untold") == ["股权结构!C2"]
    assert list(filing.tables["holdings"].cells["ratio"]) == [None, 51.0]


@pytest.mark.parametrize(("number", "share"), [(0.6, "share"), (51, "percentage")])
def test_the_section_that_applies_to_a_share_counts(tmp_path: Path, number: float, share: str) -> None:
    filing, _ = shares(tmp_path, [Formatted(number, '[<=1]0.00%;0.00"%"')], "持股比例")
    assert codes(filing) == []
    assert list(filing.tables["holdings"].percent["ratio"]) == [share == "percentage"]


UNITS = {
    "元": 2,
    "千元": 5,
    "万元": 6,
    "万": 6,
    "百万元": 8,
    "千万元": 9,
    "亿": 10,
    "亿元": 10,
    "人民币万元": 6,
}
"""The noughts of the fen in each."""


@st.composite
def formats(draw: st.DrawFn) -> tuple[str, int, str]:
    """A format, how many noughts it takes off the number, and its unit."""
    figures = draw(st.sampled_from(["0", "#,##0", "#", "_ * #,##0", "[红色]0", "[$-804]#,##0"]))
    commas = draw(st.integers(0, 3))
    decimals = draw(st.integers(0, 4))
    literal = bool(decimals) and draw(st.booleans())
    point = draw(st.sampled_from([r"\.", "!.", '"."'])) if literal else "." if decimals else ""
    unit = draw(st.sampled_from(sorted(UNITS)))
    said = draw(
        st.sampled_from([f'"{unit}"', f'" {unit}"', f'"（{unit}）"', "".join(f"\\{c}" for c in unit)])
    )
    code = figures + point + "0" * decimals + "," * commas + said
    if draw(st.booleans()):
        code += draw(st.sampled_from([f";-{code}", f";-{code};0", f';-{code};"-"', ";@"]))
    return code, 3 * commas + literal * decimals, unit


@given(formats(), st.integers(-(10**14), 10**14).filter(bool))
def test_an_amount_is_what_is_shown_in_the_unit_that_is_shown(
    shown: tuple[str, int, str], cents: int
) -> None:
    code, noughts, unit = shown
    number = cents / 100
    meant = Fraction(cents, 100) / 10**noughts * 10 ** UNITS[unit]
    if noughts > UNITS[unit]:
        return
    fen = fen_by_format(number, number_format(code), None)
    assert isinstance(fen, int)
    assert Fraction(cents, 100) * fen == meant
    for stated in FEN_PER_UNIT.values():
        either = fen_by_format(number, number_format(code), stated)
        agree = meant in (Fraction(cents, 100) * stated, Fraction(cents, 100) / 10**noughts * stated)
        assert (either == fen) if agree else (either not in (fen, None))


@pytest.mark.parametrize(
    ("stored", "code", "read"),
    [
        (12, "0000", "0012"),
        (12345, "0000", "12345"),
        (12, '"DB-"0000', "DB-0012"),
        (12, '"DB-"0', "DB-12"),
        (12, '00"号"', "12号"),
        (12, "0", 12),
        (12, "0.00", 12),
        (1.5, "0000", 1.5),
        (12, '0"元"', 12),
    ],
)
def test_a_code_is_the_one_that_is_seen(tmp_path: Path, stored: float, code: str, read: object) -> None:
    rows: list[Row] = [GUARANTEE_HEADERS, [Formatted(stored, code), "A", "B", 5]]
    filing = read_one(tmp_path, filing_bytes(guarantees=rows))
    assert filing.tables["guarantees"].cells["id"] == ([read] if isinstance(read, str) else (read,))
    assert codes(filing) == []
    listed = [(one.location, one.understood) for one in coercions(filing) if one.field == "id"]
    assert ("担保台账!A2", str(read)) in listed


def test_projects_are_the_same_where_they_are_seen_to_be(tmp_path: Path) -> None:
    data = filing_bytes(
        projects=[
            ["项目编号", "项目名称", "投资主体代码", "计划年度"],
            [Formatted(12, "00000000"), "项目", "P", 2024],
        ],
        approvals=[["核准编号", "项目编号"], ["H1", "00000012"]],
    )
    found = batch_of([read_one(tmp_path, data)])
    project, approval = (
        found.tables["projects"].values("code"),
        found.tables["approvals"].values("project_code"),
    )
    assert project.tolist() == approval.tolist()

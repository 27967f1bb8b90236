"""What a number format shows of a number: its scale, its words, its percent sign, and which section applies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.filings.number_formats import NumberFormat, Section, carefully_parsed, number_format


def one(code: str) -> Section:
    [section] = number_format(code).sections
    return section


@pytest.mark.parametrize(
    ("code", "scale", "after"),
    [
        ("0.00", 0, ""),
        ("General", 0, ""),
        ("G/通用格式", 0, ""),
        ("#,##0.00", 0, ""),
        ("#,##0", 0, ""),
        ("0.00E+00", 0, ""),
        ("# ?/?", 0, ""),
        ('0.00"亿元"', 0, "亿元"),
        ('0.00" 亿 元 "', 0, "亿元"),
        ('0.00"（亿元）"', 0, "亿元"),
        ("0.00亿元", 0, "亿元"),
        (r"0.00\亿\元", 0, "亿元"),
        ("0.00!亿!元", 0, "亿元"),
        ("#,##0,", 3, ""),
        ("#,##0.00,,", 6, ""),
        ("0,.00", 3, ""),
        ("0,,.0,", 9, ""),
        ('0!.0,"万元"', 4, "万元"),
        (r'0\.0,"万"', 4, "万"),
        ('0"."0,"万"', 4, "万"),
        ('0!.0000"万元"', 4, "万元"),
        ('#,##0!.00,,"亿元"', 8, "亿元"),
        ('[红色]#!.0,"万元"', 4, "万元"),
        ("_ ¥* #,##0.00_ ", 0, ""),
        ('_ * #,##0.00,_ "千元"', 3, "千元"),
        ('0.00",,"', 0, ",,"),
        ("#!,##0", 0, ""),
        ('0"．"0,"万"', 4, "万"),
        ("0,!.", 3, ""),
        ('0"-"0,', 3, ""),
        ("0@", 0, ""),
        ("0" * 255, 0, ""),
    ],
)
def test_how_a_format_scales_and_what_it_says(code: str, scale: int, after: str) -> None:
    section = one(code)
    assert (section.scale, section.after, section.is_odd, section.percent) == (scale, after, False, False)


@pytest.mark.parametrize(
    "code",
    [
        '0"万"0000"元"',
        '0"0000"',
        '"1"0',
        '".0"0',
        '0"万",',
        "0!.0!.0",
        "0!.0.0",
        "0.0.0",
        '0"×10"',
        '0" ",0,',
        "0" * 256,
    ],
)
def test_formats_of_which_it_cant_be_told_what_is_seen(code: str) -> None:
    assert one(code).is_odd


@pytest.mark.parametrize("code", ["", "yyyy-mm-dd", 'yyyy"年"m"月"', '"—"', "@", '@"元"', "[h]"])
def test_formats_that_show_no_figure(code: str) -> None:
    assert not one(code).is_shown


@pytest.mark.parametrize(
    ("code", "before"),
    [
        ("[$$-409]#,##0.00", "$"),
        ("[$€-2] #,##0", "€"),
        ('"US$"0.00', "US$"),
        ("_ ¥* #,##0.00_ ", "¥"),
        ("[$¥-804]0", "¥"),
        ("[$￥-804]0", "¥"),
        ("[$¥-411]0", "JPY"),
        ("[$￥-411]0", "JPY"),
        ('"A"[$$-409]0', "A$"),
        ("[$-804]0", ""),
        ("[$-F800]0", ""),
        ("[DBNum2][$-804]0", ""),
        ("[Red](0)", ""),
        ("[>5]-0", ""),
    ],
)
def test_what_stands_before_the_figures(code: str, before: str) -> None:
    assert (one(code).before, one(code).is_odd) == (before, False)


def words(shown_by: NumberFormat, number: float) -> str | None:
    section = shown_by.section(number)
    return "odd" if section.is_odd else section.after if section.is_shown else None


@pytest.mark.parametrize(
    ("code", "plus", "minus", "nought"),
    [
        ('0"a"', "a", "a", "a"),
        ('0"a";0"b"', "a", "b", "a"),
        ('0"a";0"b";0"c"', "a", "b", "c"),
        ('0"a";0"b";0"c";@"d"', "a", "b", "c"),
        ('0"a";@', "a", "a", "a"),
        ('0"a";0"b";@', "a", "b", "a"),
        ('0"a";;', "a", None, None),
        ('0"a";-0"a";"-"', "a", "a", None),
        ('[>=10]0"a";0"b"', "b", "b", "b"),
        ('[<10]0"a";0"b"', "a", "a", "a"),
        ('[>=1000]0"a";[>=5]0"b";0"c"', "b", "c", "c"),
        ('[=0]0"a";[<0]0"b";0"c"', "c", "b", "a"),
        ('[<>6]0"a";[<=6]0"b"', "b", "a", "a"),
        ('[>=1e1]0"a"', None, None, None),
        ('[>=5]0"a";0"b";0"c"', "a", "odd", "odd"),
        ('[>=5]0"a";-0"b";0"b"', "a", "b", "b"),
        ('0"a";[>=5]0"b"', "odd", "a", "a"),
    ],
)
def test_which_section_applies(code: str, plus: str | None, minus: str | None, nought: str | None) -> None:
    shown_by = number_format(code)
    assert [words(shown_by, number) for number in (6.0, -6.0, 0.0)] == [plus, minus, nought]


def test_a_part_of_one_is_above_nought() -> None:
    assert words(number_format('0"a";0"b";0"c"'), 0.5) == "a"


@pytest.mark.parametrize(
    ("code", "sections", "of_amounts"),
    [
        ('0"a"', 1, 1),
        ('0"a";0"b";0"c"', 3, 2),
        ('[>5]0"a";[>0]0"b";0"c"', 3, 3),
        ('0"a";0"b";0"c";0"d"', 3, 2),
        ("0;0;0;0", 3, 2),
    ],
)
def test_the_sections_that_numbers_other_than_nought_are_shown_by(
    code: str, sections: int, of_amounts: int
) -> None:
    shown_by = number_format(code)
    assert (len(shown_by.sections), len(shown_by.of_amounts)) == (sections, of_amounts)


@pytest.mark.parametrize("code", ["0%", "0.00 %", '0%" 占比"', "%0"])
def test_a_percent_sign_of_its_own(code: str) -> None:
    assert one(code).percent


@pytest.mark.parametrize("code", ['0"%"', r"0\%", "0!%", "[$%]0", "0_%", "0*%"])
def test_a_percent_sign_that_is_text(code: str) -> None:
    assert not one(code).percent


@given(st.text(alphabet="0#?.,%-;GE yd", max_size=9).map(lambda code: code.replace("G", "#,##0")))
def test_the_quick_way_says_what_the_careful_one_does(code: str) -> None:
    for number in (6.0, -6.0, 0.0):
        assert number_format(code).section(number) == carefully_parsed(code).section(number)

"""The sheet 填报信息: pairs down the sheet, or a header row with one row below."""

from datetime import date
from itertools import chain
from pathlib import Path

import pytest

from soe_compliance.filings.discover import FoundFile
from soe_compliance.filings.filing import Filing, Unreadable
from soe_compliance.filings.forms import Unit
from soe_compliance.filings.reading import read_file
from tests.filings.filed import HEADER_ROWS, Row, codes, places, read_bytes, read_one, workbook_bytes


def header(folder: Path, *rows: Row) -> Filing | Unreadable:
    entities: list[Row] = [["统一社会信用代码", "企业名称"], ["A", "甲"]]
    [filing] = read_bytes(folder, workbook_bytes({"填报信息": rows, "企业名录": entities}))
    return filing


def checked(folder: Path, *rows: Row) -> Filing:
    filing = header(folder, *rows)
    assert isinstance(filing, Filing), codes(filing)
    return filing


LAYOUTS: dict[str, list[Row]] = {
    "plain": HEADER_ROWS,
    "title above": [["2024年度填报信息"], [], *HEADER_ROWS],
    "colons": [[f"{row[0]}：", *row[1:]] for row in HEADER_ROWS],
    "spaced": [[" ".join(str(row[0])), *row[1:]] for row in HEADER_ROWS],
    "required marks": [[f"*{row[0]}", *row[1:]] for row in HEADER_ROWS],
    "numbered": [[place, *row] for place, row in enumerate(HEADER_ROWS)],
    "merged label": [[row[0], "", "", row[1]] for row in HEADER_ROWS],
    "headed, with hints": [["项目", "内容", "填写说明"], *([*row, "必填"] for row in HEADER_ROWS)],
    "hints without heading": [[*row, "必填"] for row in HEADER_ROWS],
    "two pairs a row": [[*HEADER_ROWS[0], *HEADER_ROWS[1]], [*HEADER_ROWS[2], *HEADER_ROWS[3]]],
    "four pairs a row": [[cell for row in HEADER_ROWS for cell in row]],
    "four pairs a row, notes below": [[cell for row in HEADER_ROWS for cell in row], ["", "", "注：x"]],
    "header row": [[row[0] for row in HEADER_ROWS], [row[1] for row in HEADER_ROWS]],
    "header row with colons": [[f"{row[0]}：" for row in HEADER_ROWS], [row[1] for row in HEADER_ROWS]],
    "header row lower down": [["标题"], [row[0] for row in HEADER_ROWS], [], [row[1] for row in HEADER_ROWS]],
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_layouts(tmp_path: Path, layout: str) -> None:
    filing = checked(tmp_path, *LAYOUTS[layout])
    assert (filing.group_code, filing.group_name, filing.year) == ("P", "样例集团", 2024)
    assert filing.reference_date == date(2024, 3, 31)
    assert codes(filing) == []


def within(*, colon: str = "：") -> list[Row]:
    """Each label in one cell with its value."""
    return [[f"{label}{colon}{value}"] for label, value in HEADER_ROWS]


TOGETHER: dict[str, list[Row]] = {
    "down the sheet": within(),
    "with a colon of half the width": within(colon=": "),
    "spaced": within(colon=" ： "),
    "side by side": [list(chain.from_iterable(within()))],
    "apart": [[cell, "", ""] for cell in map(str, chain.from_iterable(within()))],
    "title above": [["2024年度企业填报信息"], [], *within()],
    "beside pairs": [*within()[:2], *HEADER_ROWS[2:]],
    "beside pairs in one row": [[*within()[0], *HEADER_ROWS[1]], [*HEADER_ROWS[2], *within()[3]]],
    "pairs first": [[*HEADER_ROWS[0], *within()[1]], [*HEADER_ROWS[2], *within()[3]]],
    "all in one cell": [["　　".join(cell for cell in map(str, chain.from_iterable(within())))]],
    "in lines of one cell": [["\n".join(cell for cell in map(str, chain.from_iterable(within())))]],
    "beside what is unknown": [
        [f"联系人：张三  {cell}  电话：010-1234"] for cell in map(str, chain.from_iterable(within()))
    ],
    "synonyms": [
        ["填报单位（盖章）：样例集团（盖章）"],
        ["统一社会信用代码：P　　年 度：2024年"],
        ["数据时点：2024年3月31日"],
    ],
    "the same said twice": [*within(), ["年度", "2024年"], ["填报年度：2024年度"]],
    "blank labels beside": [["填报年度", ""], *within()],
    "labels with nothing behind them": [["填报年度："], *within()],
    "a hint beside": [["项目", "内容", "填写说明"], *([*row, "填报年度：2023"] for row in HEADER_ROWS)],
    "above a header row": [*within()[:1], *LAYOUTS["header row"]],
}


@pytest.mark.parametrize(
    ("layout", "sheet"),
    [
        *((layout, sheet) for layout in TOGETHER for sheet in ("填报信息", "封面")),
        *((layout, "Sheet1") for layout in TOGETHER if layout != "above a header row"),
    ],
)
def test_label_and_value_in_one_cell(tmp_path: Path, layout: str, sheet: str) -> None:
    entities: list[Row] = [["统一社会信用代码", "企业名称"], ["A", "甲"]]
    filing = read_one(tmp_path, workbook_bytes({sheet: TOGETHER[layout], "企业名录": entities}))
    assert (filing.group_code, filing.group_name, filing.year) == ("P", "样例集团", 2024)
    assert filing.reference_date == date(2024, 3, 31)
    assert codes(filing) == []


@pytest.mark.parametrize(
    "row",
    [
        ["单位：亿元"],
        ["金额单位：亿元"],
        ["（单位：亿元）"],
        ["2024年度填报信息（单位：亿元）"],
        ["单位", "亿元"],
        ["单位：", "", "亿元"],
        ["编制部门：财务部　　单位：人民币亿元"],
    ],
)
@pytest.mark.parametrize("below", [False, True])
def test_the_unit_of_amounts_in_one_cell(tmp_path: Path, row: Row, below: bool) -> None:
    filing = checked(tmp_path, *HEADER_ROWS, row) if below else checked(tmp_path, row, *HEADER_ROWS)
    assert filing.unit is Unit.HUNDRED_MILLION
    assert codes(filing) == []


@pytest.mark.parametrize(
    "row", [["单位：某某集团"], ["单位", "某某集团"], ["报送单位情况：正常"], ["注：单位：亿元等"]]
)
def test_what_is_no_unit(tmp_path: Path, row: Row) -> None:
    assert checked(tmp_path, *HEADER_ROWS, row).unit is Unit.TEN_THOUSAND


def test_a_unit_that_is_not_known_is_not_passed_over(tmp_path: Path) -> None:
    filing = header(tmp_path, *HEADER_ROWS, ["金额单位：万美元"])
    assert isinstance(filing, Unreadable)
    assert places(filing, "filing-unit-unknown") == ["填报信息!A5"]


def test_two_statements_that_differ_are_a_problem(tmp_path: Path) -> None:
    filing = checked(tmp_path, *within(), ["填报年度：2023年"])
    assert filing.year == 2024
    assert places(filing, "column-repeated") == ["填报信息!A5"]
    filing = checked(tmp_path, ["年度：2023年"], *HEADER_ROWS)
    assert filing.year == 2024
    assert places(filing, "column-repeated") == ["填报信息!A1"]
    filing = checked(tmp_path, ["年度", 2023], *within())
    assert filing.year == 2024
    assert places(filing, "column-repeated") == ["填报信息!A4"]


def test_a_value_that_can_not_be_read_is_told_with_its_cell(tmp_path: Path) -> None:
    filing = header(tmp_path, *within()[:3], ["", "数据截止日：2024年3月"])
    assert isinstance(filing, Unreadable)
    assert places(filing, "cell-unreadable") == ["填报信息!B4"]
    assert checked(tmp_path, *within()).header.place(0, "year") == "填报信息!A3"


def test_a_table_with_such_lines_above_it_stays_a_table(tmp_path: Path) -> None:
    guarantees: list[Row] = [["担保编号", "担保人代码", "被担保人代码", "担保余额"], ["1", "A", "B", 5]]
    sheets = {
        "填报信息": HEADER_ROWS,
        "Sheet2": [["　　".join(cell for cell in map(str, chain.from_iterable(within())))], *guarantees],
    }
    filing = read_one(tmp_path, workbook_bytes(sheets))
    assert list(filing.tables) == ["guarantees"]


def test_places(tmp_path: Path) -> None:
    assert checked(tmp_path, ["标题"], *HEADER_ROWS).header.place(0, "year") == "填报信息!B4"
    below = LAYOUTS["header row lower down"]
    assert checked(tmp_path, *below).header.place(0, "year") == "填报信息!C4"


@pytest.mark.parametrize("heading", [["项目", "内容", "填写说明"], ["", "", ""]])
def test_a_hint_beside_a_blank_is_no_value(tmp_path: Path, heading: Row) -> None:
    rows = [heading, ["填报编号", "", "默认为文件名"], *HEADER_ROWS, ["金额单位", "", "默认为万元"]]
    filing = checked(tmp_path, *rows)
    assert (filing.id, filing.unit) == ("f", Unit.TEN_THOUSAND)
    assert codes(filing) == []


def test_a_value_further_right_than_the_others_is_taken_where_it_is_plainly_one(tmp_path: Path) -> None:
    filing = checked(tmp_path, *HEADER_ROWS, ["金额单位", "", "亿元"], ["填报日期", "", "2024-04-10"])
    assert (filing.unit, filing.filed_on) == (Unit.HUNDRED_MILLION, date(2024, 4, 10))


def test_a_blank_label_between_labels_takes_no_other_label_for_its_value(tmp_path: Path) -> None:
    filing = checked(tmp_path, ["监管机构", "", "填报日期", date(2024, 4, 10)], *HEADER_ROWS)
    assert (filing.jurisdiction, filing.filed_on) == ("", date(2024, 4, 10))


@pytest.mark.parametrize("place", range(4))
def test_a_blank_key_field_is_told_with_its_place(tmp_path: Path, place: int) -> None:
    rows = [[row[0], "" if number == place else row[1]] for number, row in enumerate(HEADER_ROWS)]
    filing = header(tmp_path, *rows)
    code = "group-name-missing" if place == 1 else "header-missing"
    assert isinstance(filing, Filing if place == 1 else Unreadable)
    assert places(filing, code) == [f"填报信息!B{place + 1}"]


def test_a_label_that_is_missing_is_told_with_the_sheet(tmp_path: Path) -> None:
    filing = header(tmp_path, *HEADER_ROWS[:3])
    assert isinstance(filing, Unreadable)
    assert places(filing, "header-missing") == ["填报信息"]


def test_a_repeated_label_is_an_error_and_the_first_counts(tmp_path: Path) -> None:
    filing = checked(tmp_path, *HEADER_ROWS, ["填报年度", 2023])
    assert filing.year == 2024
    assert places(filing, "column-repeated") == ["填报信息!A5"]


def test_a_workbook_without_the_sheet_is_unreadable(tmp_path: Path) -> None:
    data = workbook_bytes({"企业名录": [["统一社会信用代码", "企业名称"], ["A", "甲"]]})
    [filing] = read_bytes(tmp_path, data)
    assert isinstance(filing, Unreadable)
    assert codes(filing) == ["header-missing"] * 3


def test_a_long_code_stored_as_a_number_is_refused(tmp_path: Path) -> None:
    filing = header(tmp_path, ["集团统一社会信用代码", 911522017245674240], *HEADER_ROWS[1:])
    assert isinstance(filing, Unreadable)
    assert codes(filing) == ["code-lost-digits", "header-missing"]


def test_all_fields(tmp_path: Path) -> None:
    more: list[Row] = [
        ["填报编号", "X-1"],
        ["填报日期", "2024年4月10日"],
        ["监管机构", "盟国资委"],
        ["金额单位", "亿元"],
    ]
    filing = read_one(tmp_path, workbook_bytes({"填报信息": [*more, *HEADER_ROWS]}))
    assert (filing.id, filing.filed_on, filing.jurisdiction) == ("X-1", date(2024, 4, 10), "盟国资委")
    assert filing.unit is Unit.HUNDRED_MILLION


def test_keys_side_by_side_are_a_header_row_whatever_stands_between_them(tmp_path: Path) -> None:
    keys = ["id", "group_code", "group_name", "year", "reference_date", "filed_on", "unit"]
    values = ["F-1", "91152201754516150X", "某集团", "2024", "2024-03-31", "2024-04-10", "万元"]
    (tmp_path / "filing.csv").write_text(f"{','.join(keys)}\n{','.join(values)}\n", encoding="utf-8")
    [filing] = read_file(FoundFile(str(tmp_path)))
    assert isinstance(filing, Filing)
    assert (filing.id, filing.year, filing.reference_date) == ("F-1", 2024, date(2024, 3, 31))

"""The sheet 填报信息: pairs down the sheet, or a header row with one row below."""

from datetime import date
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
    "header row lower down": [["标题"], [row[0] for row in HEADER_ROWS], [], [row[1] for row in HEADER_ROWS]],
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_layouts(tmp_path: Path, layout: str) -> None:
    filing = checked(tmp_path, *LAYOUTS[layout])
    assert (filing.group_code, filing.group_name, filing.year) == ("P", "样例集团", 2024)
    assert filing.reference_date == date(2024, 3, 31)
    assert codes(filing) == []


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

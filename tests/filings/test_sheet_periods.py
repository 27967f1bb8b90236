"""A sheet a year, or a quarter, is one table: each value keeps its cell, its unit and its sheet."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from soe_compliance.filings.batch import batch_of
from soe_compliance.filings.changes import Change, changed
from soe_compliance.filings.coercions import coercions
from soe_compliance.filings.filing import Filing
from soe_compliance.filings.problems import Level
from soe_compliance.filings.sheet_periods import sheets_by_period
from soe_compliance.report.understood import understood_json, understood_text
from tests.filings.filed import (
    HEADER_ROWS,
    Row,
    codes,
    column,
    places,
    read_one,
    the_problem,
    workbook_bytes,
)

HEADERS: Row = ["统一社会信用代码", "会计年度", "净资产", "是否经审计"]


def read(folder: Path, sheets: Mapping[str, Sequence[Row]]) -> Filing:
    return read_one(folder, workbook_bytes({"填报信息": HEADER_ROWS, **sheets}))


def years(title_2023: str = "2023年财务数据", title_2024: str = "2024年财务数据") -> dict[str, Sequence[Row]]:
    return {
        title_2023: [HEADERS, ["A", 2023, 90, "是"], ["B", 2023, 80, "否"]],
        title_2024: [["单位：元"], HEADERS, ["A", 2024, 950_000, "是"]],
    }


@pytest.mark.parametrize(
    "titles",
    [
        ("2023年财务数据", "2024年财务数据"),
        ("财务数据2023", "财务数据2024"),
        ("财务数据（2023年度）", "财务数据（2024年度）"),
        ("附表1 2023年度财务情况表", "附表2 2024年度财务情况表"),
        ("2023年末财务数据", "2024年财务数据"),
        ("财务数据-2023", "2024财务数据"),
        ("1.2023年财务数据", "（二）2024 年财务数据"),
        ("表3-1 2023年财务数据", "表3-2-2024年财务数据"),
    ],
)
def test_sheets_of_years_are_one_table(tmp_path: Path, titles: tuple[str, str]) -> None:
    filing = read(tmp_path, years(*titles))
    table = filing.tables["financials"]
    assert codes(filing) == ["sheets-joined"]
    assert column(filing, "financials", "year") == [2023, 2023, 2024]
    assert [table.place(row, "net_assets") for row in range(3)] == [
        f"{titles[0]}!C2",
        f"{titles[0]}!C3",
        f"{titles[1]}!C3",
    ]
    batch = batch_of([filing])
    assert batch.tables["financials"].values("net_assets").tolist() == [90 * 10**6, 80 * 10**6, 950_000 * 100]
    assert batch.problems == [()]


def test_each_sheet_has_its_own_columns_units_and_totals(tmp_path: Path) -> None:
    sheets: dict[str, Sequence[Row]] = {
        "2023年财务数据": [HEADERS, ["A", 2023, 90, "是"], ["合计", "", 91]],
        "2024年财务数据": [
            ["净资产（亿元）", "会计年度", "统一社会信用代码", "资产总额（元）"],
            [1, 2024, "A", 7],
            [1, "合计"],
        ],
    }
    filing = read(tmp_path, sheets)
    values = batch_of([filing]).tables["financials"].values
    assert values("net_assets").tolist() == [90 * 10**6, 10**10]
    assert values("total_assets").tolist() == [0, 700]
    assert places(filing, "total-differs") == ["2023年财务数据!C3"]
    [document] = json.loads(understood_json([filing]))["filings"]
    tables = [table for table in document["tables"] if table["table"] == "financials"]
    assert [table["sheet"] for table in tables] == ["2023年财务数据", "2024年财务数据"]
    assert [total["location"] for table in tables for total in table["totals"]] == [
        "2023年财务数据!C3",
        "2024年财务数据!A3",
    ]
    text = understood_text([filing])
    assert "2023年财务数据" in text
    assert "2024年财务数据" in text


def test_a_blank_year_is_the_sheets(tmp_path: Path) -> None:
    sheets: dict[str, Sequence[Row]] = {
        "2023年财务数据": [["统一社会信用代码", "净资产", "资产总额"], ["A", 90, 100], ["B", 80, 90]],
        "2024年财务数据": [HEADERS, ["A", "", 95], ["B", "2024年度", 85]],
    }
    filing = read(tmp_path, sheets)
    assert batch_of([filing]).tables["financials"].values("year").tolist() == [2023, 2023, 2024, 2024]
    assert places(filing, "period-of-sheet") == ["2023年财务数据", "2024年财务数据"]
    assert [filing.tables["financials"].place(row, "year") for row in (0, 2)] == [
        "2023年财务数据!2:2",
        "2024年财务数据!B2",
    ]


def test_a_year_that_disagrees_with_its_sheet_is_no_guess(tmp_path: Path) -> None:
    sheets = years()
    sheets["2024年财务数据"] = [HEADERS, ["A", 2023, 95], ["B", 2024, 85], ["C", "不详", 85]]
    filing = read(tmp_path, sheets)
    found = the_problem(filing, "period-disagrees")
    assert (found.level, found.location, found.field) == (Level.ERROR, "2024年财务数据!B2", "year")
    batch = batch_of([filing])
    assert batch.unusable["financials"].tolist() == [2]
    assert [(p.code, p.location) for p in batch.problems[0]] == [
        ("cell-unreadable", "2024年财务数据!B4"),
        ("row-unusable", "2024年财务数据!B2"),
        ("row-unusable", "2024年财务数据!B4"),
    ]
    assert batch.tables["financials"].values("year").tolist() == [2023, 2023, 2024]


@pytest.mark.parametrize(
    "titles",
    [
        ("财务数据", "2024年财务数据"),
        ("财务数据", "2023年财务数据", "2024年财务数据"),
        ("2024年财务数据", "2024年财务情况"),
        ("2024年财务数据", "2024年度财务数据"),
        ("财务数据(1)", "财务数据(2)"),
        ("财务数据2024", "财务数据2024续"),
        ("2024年3月财务数据", "2023年3月财务数据"),
        ("2023年上半年财务数据", "2024年上半年财务数据"),
        ("2023年一季度财务数据", "2024年一季度财务数据"),
        ("2022-2023年财务数据", "2024年财务数据"),
        ("2023年财务数据（样例）", "2024年财务数据"),
        ("2023年财务数据（作废）", "2024年财务数据"),
        ("财务数据（合并）2023", "财务数据（母公司）2024"),
        ("2023年投资项目", "2024年投资项目"),
        ("2023年担保台账", "2024年担保台账"),
    ],
)
def test_other_sheets_are_not_joined(titles: Sequence[str]) -> None:
    assert sheets_by_period(titles) == {}


def test_beside_a_sheet_of_another_name_the_latest_years_sheets_are_taken(tmp_path: Path) -> None:
    sheets = {"2022年财务情况": years()["2023年财务数据"], **years()}
    filing = read(tmp_path, sheets)
    assert codes(filing) == ["table-repeated", "sheets-joined"]
    assert len(filing.tables["financials"].rows) == 3


def test_where_one_sheet_cannot_be_used_none_is(tmp_path: Path) -> None:
    sheets = years() | {"2023年财务数据": [["企业", "年份", "数"], ["A", 2023, 5]]}
    filing = read(tmp_path, sheets)
    assert "financials" not in filing.tables
    assert places(filing, "sheets-not-joined") == ["2023年财务数据"]


QUARTERLY = ["季度", "报送日期", "融资余额合计", "融资总量上限"]


@pytest.mark.parametrize(
    ("titles", "headers"),
    [
        (("2024年一季度融资季报", "2024年二季度融资季报"), ["报送日期", "融资余额合计", "融资总量上限"]),
        (("融资季报（2024年第一季度）", "融资季报（2024年第二季度）"), ["季度", "报送日期", "融资余额合计"]),
        (("融资季报2024Q1", "融资季报2024Q2"), ["年度", "报送日期", "融资余额合计"]),
        (("一季度融资季报", "二季度融资季报"), ["年度", "报送日期", "融资余额合计"]),
        (("1季度融资季报", "2季度融资季报"), ["年度", "报送日期", "融资余额合计"]),
        (("融资季报（一季度）", "融资季报（二季度）"), ["年度", "季度", "报送日期", "融资余额合计"]),
    ],
)
def test_sheets_of_quarters_are_one_table(
    tmp_path: Path, titles: tuple[str, str], headers: list[str]
) -> None:
    def sheet(quarter: int) -> list[Row]:
        values = {
            "年度": 2024,
            "季度": quarter,
            "报送日期": date(2024, 3 * quarter, 9),
            "融资余额合计": quarter * 10,
        }
        return [headers, [values.get(header, 9) for header in headers]]

    filing = read(tmp_path, {title: sheet(quarter) for quarter, title in enumerate(titles, start=1)})
    batch = batch_of([filing])
    values = batch.tables["financing_reports"].values
    assert values("year").tolist() == [2024, 2024]
    assert values("quarter").tolist() == [1, 2]
    assert values("total_balance").tolist() == [10 * 10**6, 20 * 10**6]
    assert "sheets-joined" in codes(filing)


def test_reports_on_projects_by_quarter(tmp_path: Path) -> None:
    headers: Row = ["项目编号", "年度", "季度", "报送日期", "累计完成投资"]
    sheets: dict[str, Sequence[Row]] = {
        "2024年一季度投资完成情况": [headers, ["X", 2024, "一季度", "2024-04-09", 5]],
        "2024年二季度投资完成情况": [headers, ["X", 2024, "一季度", "2024-07-09", 6]],
    }
    filing = read(tmp_path, sheets)
    assert places(filing, "period-disagrees") == ["2024年二季度投资完成情况!C2"]
    assert batch_of([filing]).unusable["investment_reports"].tolist() == [1]


def test_the_cells_read_by_their_meaning_have_their_sheet(tmp_path: Path) -> None:
    sheets = years()
    sheets["2024年财务数据"] = [HEADERS, ["A", 2024, "95万元", "√"]]
    found = {(one.location, one.understood) for one in coercions(read(tmp_path, sheets))}
    assert ("2024年财务数据!C2", "950000.00元") in found


def test_a_row_may_be_added(tmp_path: Path) -> None:
    filing = changed(
        read(tmp_path, years()),
        Change("financials", "C:2024", "net_assets", "5", {"code": "C", "year": "2024"}),
    )
    assert len(filing.tables["financials"].rows) == 4


def test_a_row_that_is_added_and_can_not_be_used_or_read_has_its_place(tmp_path: Path) -> None:
    filing = changed(
        read(tmp_path, years()),
        Change("financials", "C:2024", "net_assets", "许多", {"code": None, "year": "2024"}),
    )
    assert [(problem.code, problem.location) for problem in batch_of([filing]).problems[0]] == [
        ("cell-unreadable", "/financials/+1/net_assets"),
        ("row-unusable", "/financials/+1/code"),
    ]

"""What looks like a total, a note, a header or a sheet of the forms and is none: read rightly, or told of, never lost."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from soe_compliance.filings.filing import Filing
from soe_compliance.filings.layout import LeftOut
from soe_compliance.report.understood import problems_of
from tests.filings.filed import (
    HEADER_ROWS,
    Row,
    codes,
    column,
    filing_bytes,
    places,
    read_one,
    the_problem,
    workbook_bytes,
)

LEDGER: Row = ["担保编号", "担保人代码", "担保人名称", "被担保人代码", "被担保人名称", "担保余额"]
FIRST: Row = ["D1", "A", "甲公司", "B", "乙公司", 100]
SECOND: Row = ["D2", "A", "甲公司", "C", "丙公司", 200]
FIRMS: Row = ["统一社会信用代码", "企业名称", "管理级次"]
PROJECTS: Row = ["项目编号", "项目名称", "投资主体代码", "计划年度", "投资总额"]


def filed(folder: Path, sheets: Mapping[str, Sequence[Row]]) -> Filing:
    return read_one(folder, workbook_bytes({"填报信息": HEADER_ROWS, **sheets}))


def left_out(filing: Filing, table: str) -> dict[int, LeftOut]:
    """The rows left out, as sheets number them."""
    layout = filing.tables[table].layout
    assert layout
    return {row + 1: why for row, why in layout.left_out.items()}


@pytest.mark.parametrize(
    "name", ["合计贸易公司", "总计科技", "小计山庄", "备注公司", "注资公司", "示例小区", "一、二期公司"]
)
def test_a_firm_may_be_named_so(tmp_path: Path, name: str) -> None:
    filing = filed(tmp_path, {"企业名录": [FIRMS, ["X1", name, 2], ["X2", "乙", 3], ["合计", "", ""]]})
    assert column(filing, "entities", "name") == [name, "乙"]
    assert left_out(filing, "entities") == {4: LeftOut.TOTAL}


@pytest.mark.parametrize("name", ["合计贸易公司", "备注公司", "其中：一期"])
def test_a_row_without_its_code_is_told_of(tmp_path: Path, name: str) -> None:
    filing = filed(tmp_path, {"企业名录": [FIRMS, ["X1", "甲", 2], ["", name, 2]]})
    assert [p.code for p in problems_of(filing) if p.code == "row-unusable"] == ["row-unusable"]


def test_projects_named_like_parts_of_a_form(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["XM1", "其中一期", "A", 2024, 5],
        ["一、厂房", "", "", "", ""],
        ["XM2", "一、二期工程", "A", 2024, 6],
        ["一期", "请填路改造", "A", 2024, 7],
        ["XM3", "注资项目", "A", 2024, 8],
    ]
    filing = filed(tmp_path, {"投资项目": [PROJECTS, *rows]})
    assert column(filing, "projects", "code") == ["XM1", "XM2", "一期", "XM3"]
    assert left_out(filing, "projects") == {3: LeftOut.SECTION}


@pytest.mark.parametrize("table", ["approvals", "debts"])
def test_a_section_in_the_only_column_that_rows_need(tmp_path: Path, table: str) -> None:
    header: Row = {"approvals": ["项目编号", "受理日期"], "debts": ["借款人代码", "融资余额"]}[table]
    filing = read_one(
        tmp_path, filing_bytes(**{table: [header, ["一、集团内"], ["A", ""], ["（二）集团外"], ["B", ""]]})
    )
    assert [cells[0] for cells in left_out(filing, table).items()] == [2, 4]
    assert len(filing.tables[table].rows) == 2


@pytest.mark.parametrize(
    "header", ["担保额度", "担保额度（万元）", "授信额度", "累计担保金额", "担保余额上限"]
)
def test_a_header_that_means_something_else(tmp_path: Path, header: str) -> None:
    filing = read_one(
        tmp_path,
        filing_bytes(guarantees=[["担保编号", "担保人代码", "被担保人代码", header], ["1", "A", "B", 9]]),
    )
    assert not {"amount", "balance"} & filing.tables["guarantees"].cells.keys()
    assert codes(filing) == ["column-unknown"]


@pytest.mark.parametrize(
    "header", ["担保余额（截至2024年3月31日）", "担保余额（不含利息）（万元）", "*担保余额\n（期末）"]
)
@pytest.mark.parametrize("beside", [False, True])
def test_a_header_with_words_in_brackets_that_may_be_one_of_the_forms(
    tmp_path: Path, header: str, beside: bool
) -> None:
    rows: list[Row] = [["担保编号", "担保人代码", "被担保人代码", header], ["1", "A", "B", 9]]
    if beside:
        rows = [[*rows[0], "担保余额"], [*rows[1], 8]]
    filing = filed(tmp_path, {"担保台账": rows})
    assert ("balance" in filing.tables["guarantees"].cells) is beside
    assert codes(filing) == ["column-unknown" if beside else "column-qualified"]
    assert filing.problems[0].location == "担保台账!D1"


@pytest.mark.parametrize("mark", ["无", "示例", "合计", "小计", "注：展期", "请填写"])
@pytest.mark.parametrize("first", [False, True])
def test_remarks_beside_data(tmp_path: Path, mark: str, first: bool) -> None:
    def beside(row: Row, remark: str) -> Row:
        return [remark, *row] if first else [*row, remark]

    rows = [beside(LEDGER, "备注"), beside(FIRST, ""), beside(SECOND, ""), beside(FIRST, "")]
    rows += [beside(SECOND, mark)]
    filing = read_one(tmp_path, filing_bytes(guarantees=rows))
    assert column(filing, "guarantees", "balance") == [100, 200, 100, 200]


def test_years_as_codes(tmp_path: Path) -> None:
    filing = filed(tmp_path, {"企业名录": [FIRMS, [2023, "甲", 2], [2024, "乙", 2]]})
    assert column(filing, "entities", "code") == [2023, 2024]


def test_notes_between_rows(tmp_path: Path) -> None:
    filing = filed(tmp_path, {"担保台账": [LEDGER, FIRST, ["注：上笔为展期"], SECOND]})
    assert column(filing, "guarantees", "id") == ["D1", "D2"]
    assert places(filing, "rows-beyond-notes") == ["担保台账!4:4"]


@pytest.mark.parametrize("gap", [0, 1, 3])
@pytest.mark.parametrize("title", [[], [["反担保台账"]]])
def test_another_table_below(tmp_path: Path, gap: int, title: list[Row]) -> None:
    other: list[Row] = [["反担保编号", "反担保人", "抵押物", "金额"], ["F1", "丁", "房产", 50]]
    filing = filed(tmp_path, {"担保台账": [LEDGER, FIRST, *[[]] * gap, *title, *other]})
    assert column(filing, "guarantees", "id") == ["D1"]
    assert set(left_out(filing, "guarantees").values()) == {LeftOut.OTHER_TABLE}
    assert the_problem(filing, "other-table-below").location == f"担保台账!A{3 + gap + len(title)}"


def test_the_same_table_once_more_below(tmp_path: Path) -> None:
    filing = filed(tmp_path, {"担保台账": [LEDGER, FIRST, [], ["二、已解除担保"], LEDGER, SECOND]})
    assert column(filing, "guarantees", "id") == ["D1", "D2"]


def test_two_tables_side_by_side(tmp_path: Path) -> None:
    filing = filed(tmp_path, {"担保台账": [[*LEDGER, "", *LEDGER], [*FIRST, "", *SECOND]]})
    assert column(filing, "guarantees", "id") == ["D1"]
    assert len(places(filing, "column-repeated")) == len(LEDGER)


@pytest.mark.parametrize(
    "name", ["担保台账(旧)", "担保台账（作废）", "担保台账-备份", "旧担保台账", "作废担保台账"]
)
@pytest.mark.parametrize("others", [{}, {"担保台账": [LEDGER, SECOND]}])
def test_an_old_copy_is_not_used(tmp_path: Path, name: str, others: dict[str, list[Row]]) -> None:
    filing = filed(tmp_path, {name: [LEDGER, FIRST], **others})
    assert [column(filing, table, "id") for table in filing.tables] == [["D2"]] * len(others)
    assert the_problem(filing, "sheet-set-aside").location == name


def test_a_name_with_an_old_town_in_it(tmp_path: Path) -> None:
    filing = filed(tmp_path, {"旧城改造投资项目": [PROJECTS, ["XM1", "甲", "A", 2024, 5]]})
    assert column(filing, "projects", "code") == ["XM1"]


def test_an_example_stands_behind_what_was_filled_in(tmp_path: Path) -> None:
    filing = filed(tmp_path, {"担保台账（样例）": [LEDGER, FIRST], "2024年担保台账": [LEDGER, SECOND]})
    assert column(filing, "guarantees", "id") == ["D2"]
    assert places(filing, "sheet-set-aside") == ["担保台账（样例）"]
    alone = filed(tmp_path, {"担保台账（样表）": [LEDGER, FIRST]})
    assert column(alone, "guarantees", "id") == ["D1"]


def test_of_two_years_the_later_is_read(tmp_path: Path) -> None:
    filing = filed(tmp_path, {"2023年担保台账": [LEDGER, FIRST], "2024年担保台账": [LEDGER, SECOND]})
    assert column(filing, "guarantees", "id") == ["D2"]
    assert places(filing, "table-repeated") == ["2023年担保台账"]


def test_a_sheet_of_words_is_no_table(tmp_path: Path) -> None:
    words: list[Row] = [["说明：本期担保情况如下"], ["一、总体"], ["担保人代码为A"]]
    filing = filed(tmp_path, {"担保情况说明": words, "担保台账": [LEDGER, FIRST]})
    assert column(filing, "guarantees", "id") == ["D1"]
    assert codes(filing) == ["sheet-unknown"]


@pytest.mark.parametrize("name", ["担保台账", "Sheet1"])
def test_names_without_codes(tmp_path: Path, name: str) -> None:
    rows: list[Row] = [
        ["担保编号", "担保单位", "被担保单位", "担保余额", "签署日期"],
        ["D1", "甲", "乙", 5, "2024-01-02"],
    ]
    filing = filed(tmp_path, {name: rows})
    found = the_problem(filing, "column-missing")
    assert found.location == f"{name}!1:1"
    assert found.field == "guarantor_code"
    assert "担保人代码、被担保人代码" in found.text.zh


@pytest.mark.parametrize("name", ["审核结果", "Findings", "审核结果(2)"])
def test_the_sheet_of_findings_is_none_of_the_filing(tmp_path: Path, name: str) -> None:
    filing = filed(tmp_path, {name: [LEDGER, FIRST], "担保台账": [LEDGER, SECOND]})
    assert column(filing, "guarantees", "id") == ["D2"]
    assert codes(filing) == []


@pytest.mark.parametrize("amount", ["100（含利息）", "约100", "100-200", "100万美元", "5千"])
def test_amounts_that_say_more(tmp_path: Path, amount: str) -> None:
    filing = filed(tmp_path, {"担保台账": [LEDGER, [*FIRST[:5], amount]]})
    assert [found.code for found in problems_of(filing)] == ["cell-unreadable"]


def test_firms_without_a_code_named_as_headers_are(tmp_path: Path) -> None:
    rows: list[Row] = [["X1", "甲", 2], ["境外合作单位", "境外合作企业", ""], ["X2", "乙", 3]]
    filing = filed(tmp_path, {"企业名录": [FIRMS, *rows]})
    assert column(filing, "entities", "code") == ["X1", "境外合作单位", "X2"]

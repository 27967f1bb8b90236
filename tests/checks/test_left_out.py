"""Where a sheet or rows of a table could not be read, what is not seen there is no breach."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import pytest

from soe_compliance.domain.finding import Finding
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.engine import Status
from tests.filings.filed import HEADER_ROWS, Row, read_one, workbook_bytes
from tests.judging import checked, ruleset_with

AS_OF = date(2024, 12, 31)
ENTITIES: list[Row] = [
    ["统一社会信用代码", "企业名称", "是否纳入合并范围", "管理级次"],
    ["P", "集团", "是", 1],
    ["A", "子公司", "是", 3],
]
HOLDINGS: list[Row] = [["出资人代码", "被投资企业代码", "持股比例"], ["P", "A", 1]]
FINANCIALS: list[Row] = [
    ["企业代码", "年度", "净资产", "合并净资产"],
    ["P", 2023, 1000, 1000],
    ["A", 2023, 1000, 1000],
]
GUARANTEES: list[Row] = [
    [
        "担保编号",
        "担保人代码",
        "被担保人代码",
        "担保余额",
        "签署日期",
        "是否融资担保主营业务",
        "是否购房人阶段性担保",
    ],
    ["G1", "A", "X", 5, "2024-02-01", "否", "否"],
]
PROJECTS: list[Row] = [
    ["项目编号", "项目名称", "投资主体代码", "计划年度", "投资总额", "是否境外", "是否主业", "实施日期"],
    ["J", "项目", "A", 2024, 1, "是", "是", "2024-03-01"],
]
APPROVALS: list[Row] = [["核准编号", "项目编号", "核准结论", "办结日期"], ["H", "K", "同意", "2024-02-01"]]
SHEETS: Mapping[str, list[Row]] = {
    "企业名录": ENTITIES,
    "股权结构": HOLDINGS,
    "财务数据": FINANCIALS,
    "担保台账": GUARANTEES,
    "投资项目": PROJECTS,
    "核准事项": APPROVALS,
}


def judged(
    folder: Path, sheets: Mapping[str, Iterable[Row]]
) -> tuple[Status, dict[tuple[str, str], Finding]]:
    filing = read_one(folder, workbook_bytes({"填报信息": HEADER_ROWS, **sheets}))
    [result] = checked([filing], AS_OF, ruleset_with({}))
    return result.result.status, {(found.rule, found.subject.id): found for found in result.findings}


def without_headers(rows: Iterable[Row]) -> list[Row]:
    """The same sheet with headers that nobody knows."""
    _, *data = rows
    return [["甲", "乙", "丙"], *data]


def test_all_of_it_read(tmp_path: Path) -> None:
    status, found = judged(tmp_path, SHEETS)
    assert status is Status.CHECKED
    outcomes = {
        ("DAT003", "approvals:H:project_code"): Outcome.FAIL,
        ("GUA101", "G1"): Outcome.FAIL,
        ("GUA104", "P"): Outcome.PASS,
        ("GUA105", "A"): Outcome.PASS,
        ("INV201", "J"): Outcome.FAIL,
    }
    assert {key: found[key].outcome for key in outcomes} == outcomes


@pytest.mark.parametrize(
    ("sheet", "key"),
    [
        ("企业名录", ("DAT003", "guarantees:G1:guarantor_code")),
        ("企业名录", ("DAT009", "P")),
        ("投资项目", ("DAT003", "approvals:H:project_code")),
    ],
)
def test_nothing_is_missing_from_a_sheet_that_could_not_be_read(
    tmp_path: Path, sheet: str, key: tuple[str, str]
) -> None:
    lacking = {title: rows for title, rows in SHEETS.items() if title != sheet}
    assert judged(tmp_path, lacking)[1][key].outcome is Outcome.FAIL
    status, found = judged(tmp_path, {**SHEETS, sheet: without_headers(SHEETS[sheet])})
    assert status is Status.INCOMPLETE
    assert key not in found


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("担保台账", ("GUA104", "P")),
        ("担保台账", ("GUA105", "A")),
        ("股权结构", ("GUA101", "G1")),
        ("核准事项", ("INV201", "J")),
    ],
)
def test_a_second_sheet_that_is_not_used_may_hold_what_is_not_seen(
    tmp_path: Path, table: str, key: tuple[str, str]
) -> None:
    status, found = judged(tmp_path, {**SHEETS, f"{table}补充": SHEETS[table]})
    assert status is Status.INCOMPLETE
    assert found[key].outcome is Outcome.UNKNOWN
    said = " ".join(reason.zh for reason in found[key].details.reasons)
    assert f"“{table}”" in said
    assert "未能采用" in said


def test_a_second_sheet_does_not_excuse_what_is_seen(tmp_path: Path) -> None:
    header, row = GUARANTEES
    above = {**SHEETS, "担保台账": [header, [*row[:3], 600, *row[4:]]], "担保台账补充": GUARANTEES}
    assert judged(tmp_path, above)[1]["GUA104", "P"].outcome is Outcome.FAIL

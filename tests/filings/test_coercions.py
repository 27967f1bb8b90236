"""Every cell that was understood otherwise than it stands is listed, and no other."""

from datetime import date
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import xlsxwriter

from soe_compliance.filings.batch import batch_of
from soe_compliance.filings.coercions import coercions
from soe_compliance.filings.filing import Filing
from tests.filings.filed import (
    GUARANTEE_HEADERS,
    HEADER_JSON,
    HEADER_ROWS,
    Row,
    filing_bytes,
    read_json,
    read_one,
    workbook_bytes,
)


def listed(filing: Filing) -> list[tuple[str, str, str]]:
    return [(found.location, found.written, found.understood) for found in coercions(filing)]


def test_the_cells_of_a_workbook(tmp_path: Path) -> None:
    rows: list[Row] = [
        [*GUARANTEE_HEADERS, "签署日期", "是否融资担保主营业务"],
        ["1", "P", "B", "1.2亿", "2024.02.28", "√是 □否"],
        [2, "p", "B", "(5)", date(2024, 2, 28), "是"],
        ["3", "P", "B", 5.0, "2024-02-28", "否"],
        ["4", "P", "B", "5", "—", "或许"],
        ["5", "P", "B", "许多", None, ""],
    ]
    filing = read_one(tmp_path, filing_bytes(guarantees=rows))
    assert sorted(listed(filing)) == sorted(
        [
            ("担保台账!A3", "2", "2"),
            ("担保台账!B3", "p", "P"),
            ("担保台账!D2", "1.2亿", "120000000.00元"),
            ("担保台账!D3", "(5)", "-50000.00元"),
            ("担保台账!D5", "5", "50000.00元"),
            ("担保台账!E2", "2024.02.28", "2024-02-28"),
            ("担保台账!E5", "—", ""),
            ("担保台账!F2", "√是 □否", "是"),
        ]
    )
    assert all(found.how.zh and found.how.en for found in coercions(filing))
    assert {(found.table, found.field) for found in coercions(filing)} == {
        ("guarantees", field)
        for field in ("id", "guarantor_code", "balance", "signed_on", "licensed_business")
    }


def test_the_filings_own_fields(tmp_path: Path) -> None:
    header: list[Row] = [
        *HEADER_ROWS[:2],
        ["填报年度", "2024年度"],
        ["数据截止日", "2024年3月31日"],
        ["金额单位", "万元"],
    ]
    assert listed(read_one(tmp_path, filing_bytes(filing=header))) == [
        ("填报信息!B3", "2024年度", "2024"),
        ("填报信息!B4", "2024年3月31日", "2024-03-31"),
    ]


def test_json_as_it_is_meant_to_be_has_none(tmp_path: Path) -> None:
    document = {
        "filing": HEADER_JSON,
        "guarantees": [
            {
                "id": "1",
                "guarantor_code": "P",
                "beneficiary_code": "B",
                "balance": "1234.50",
                "signed_on": "2024-02-28",
            }
        ],
        "plans": [{"year": 2024, "kind": "annual", "narrative_attached": True}],
        "holdings": [{"holder_code": "P", "investee_code": "B", "ratio": "0.5"}],
    }
    [filing] = read_json(tmp_path, document)
    assert isinstance(filing, Filing)
    assert coercions(filing) == ()


def test_listed_values_and_shares(tmp_path: Path) -> None:
    document = {
        "filing": HEADER_JSON,
        "projects": [{"code": "X", "name": "x", "investor_code": "P", "plan_year": 2024, "kind": "固定资产"}],
        "approvals": [
            {"project_code": "X", "documents": "请示、可研报告"},
            {"project_code": "X", "documents": "可研报告、法律意见书"},
        ],
        "holdings": [{"holder_code": "P", "investee_code": "B", "ratio": "百分之二十五"}],
    }
    [filing] = read_json(tmp_path, document)
    assert isinstance(filing, Filing)
    assert sorted(listed(filing)) == sorted(
        [
            ("/projects/0/kind", "固定资产", "固定资产投资"),
            ("/approvals/1/documents", "可研报告、法律意见书", "可行性研究报告、法律意见书"),
            ("/holdings/0/ratio", "百分之二十五", "25%"),
        ]
    )


def test_shares_of_a_workbook_are_percentages_by_their_header(tmp_path: Path) -> None:
    rows: list[Row] = [["出资人代码", "被投资企业代码", "持股比例（%）"], ["P", "B", "51"], ["P", "C", 51.0]]
    assert listed(read_one(tmp_path, filing_bytes(holdings=rows))) == [("股权结构!C2", "51", "51%")]


@pytest.mark.parametrize("since_1904", [False, True])
def test_date_cells_are_the_days_that_they_show_in_either_date_system(
    tmp_path: Path, since_1904: bool
) -> None:
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "date_1904": since_1904})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    info, sheet = book.add_worksheet("填报信息"), book.add_worksheet("担保台账")
    for number, (label, value) in enumerate(HEADER_ROWS):
        info.write(number, 0, label)
        info.write(number, 1, value, *([day] if isinstance(value, date) else []))
    sheet.write_row(0, 0, [*GUARANTEE_HEADERS, "签署日期"])
    for number in (1, 2):
        sheet.write_row(number, 0, [str(number), "P", "B", 5])
    sheet.write_datetime(1, 4, date(2024, 2, 28), day)
    sheet.write_number(2, 4, 45350)
    book.close()
    filing = read_one(tmp_path, target.getvalue())
    assert filing.reference_date == date(2024, 3, 31)
    batch = batch_of([filing])
    signed = batch.tables["guarantees"].columns["signed_on"]
    assert signed.stated.tolist() == [True, False]
    assert signed.values[0] == date(2024, 2, 28).toordinal()
    assert [(problem.code, problem.location) for problem in batch.problems[0]] == [
        ("cell-unreadable", "担保台账!E3")
    ]
    assert coercions(filing) == ()


def test_a_unit_of_a_cells_own_holds_whatever_the_columns(tmp_path: Path) -> None:
    rows: list[Row] = [
        [*GUARANTEE_HEADERS[:3], "担保余额（亿元）"],
        *(
            [str(number), "P", "B", cell]
            for number, cell in enumerate(["3,000万元", 0.3, "5000元", "0.3", "100USD"])
        ),
    ]
    sheets = {"填报信息": HEADER_ROWS, "担保台账": rows}
    batch = batch_of([read_one(tmp_path, workbook_bytes(sheets))])
    column = batch.tables["guarantees"].columns["balance"]
    assert np.where(column.stated, column.values, -1).tolist() == [
        3 * 10**9,
        3 * 10**9,
        500_000,
        3 * 10**9,
        -1,
    ]
    assert [problem.location for problem in batch.problems[0]] == ["担保台账!D6"]


def test_a_licence_number_of_none_is_no_licence(tmp_path: Path) -> None:
    entities: list[Row] = [
        ["统一社会信用代码", "企业名称", "融资担保经营许可证号"],
        ["P", "甲", "无"],
        ["B", "乙", "蒙001"],
    ]
    table = batch_of([read_one(tmp_path, filing_bytes(entities=entities))]).tables["entities"]
    assert table.stated("guarantee_licence").tolist() == [False, True]

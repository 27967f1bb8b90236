"""What was understood of a filing, for people and for programs."""

import json
from pathlib import Path

import pytest

from soe_compliance.domain.text import Language
from soe_compliance.filings.filing import Filing, Unreadable
from soe_compliance.report.understood import understood_json, understood_text
from soe_compliance.report.wrapping import text_width
from tests.filings.filed import HEADER_JSON, HEADER_ROWS, Row, read_bytes, read_json, workbook_bytes

ROWS: list[Row] = [
    ["某集团担保台账", "", "", "", "", "（单位：万元）"],
    ["序号", "担保合同编号", "担保人代码", "被担保单位统一社会信用代码", "实际担保余额", "担保额度\x1b[31m"],
    [1, "DB-1", "A", "B", 90, 5],
    [2, "DB-2", "A", "C", 10, 5],
    ["合计", "", "", "", 101, ""],
    ["注：1、期末数"],
    ["2、其他"],
]


def filed(folder: Path) -> list[Filing | Unreadable]:
    return read_bytes(
        folder, workbook_bytes({"填报信息": HEADER_ROWS, "附件3担保情况表": ROWS, "通讯录": [["姓名"]]})
    )


def test_the_document_says_how_each_column_and_row_was_read(tmp_path: Path) -> None:
    [filing] = json.loads(understood_json(filed(tmp_path)))["filings"]
    own, table = filing["tables"]
    assert own["table"] == "filing"
    assert (table["table"], table["sheet"], table["found_by"]) == ("guarantees", "附件3担保情况表", "synonym")
    assert table["header_rows"] == [2, 2]
    columns = {column["column"]: column for column in table["columns"]}
    assert {letters: column["field"] for letters, column in columns.items()} == {
        "A": None, "B": "id", "C": "guarantor_code", "D": "beneficiary_code", "E": "balance", "F": None,
    }  # fmt: skip
    assert [columns[letters]["found_by"] for letters in "BC"] == ["synonym", "form"]
    assert columns["E"]["unit"] == "万元"
    assert table["rows"]["count"] == 2
    assert [(row["row"], row["reason"]) for row in table["left_out"]] == [
        (5, "total"),
        (6, "note"),
        (7, "note"),
    ]
    [total] = table["totals"]
    assert (total["location"], total["stated"], total["added"]) == ("附件3担保情况表!E5", "101", "100")
    assert not total["agrees"]
    assert "entities" in filing["absent"]
    assert {"sheet-unknown", "column-unknown", "total-differs"} == {p["code"] for p in filing["problems"]}


@pytest.mark.parametrize("width", [40, 80, 140])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_line_is_wider_than_the_screen(tmp_path: Path, width: int, language: Language) -> None:
    text = understood_text(filed(tmp_path), language, width=width)
    assert "\x1b" not in text
    assert max(map(text_width, text.split("\n"))) <= width
    for said in ("附件3担保情况表", "担保额度", "通讯录", "DB"):
        assert (said in text.replace("\n", "").replace(" ", "")) == (said != "DB")


def test_a_json_filing_and_one_that_cannot_be_read(tmp_path: Path) -> None:
    document = {"filing": HEADER_JSON, "guarantees": [{"id": "DB-1", "balance": 1}], "x": 1}
    [filing] = json.loads(understood_json(read_json(tmp_path, document)))["filings"]
    table = filing["tables"][1]
    assert table["fields"] == ["id", "balance"]
    assert table["rows"] == {"count": 1, "first": "/guarantees/0", "last": "/guarantees/0"}
    assert [problem["code"] for problem in filing["problems"]] == ["key-unknown", "row-unusable"]
    assert "/guarantees/0" in understood_text(read_json(tmp_path, document))
    [lost] = json.loads(understood_json(read_bytes(tmp_path, b"PK\x03\x04")))["filings"]
    assert lost["status"] == "unreadable"
    assert lost["problems"]


def test_cells_read_by_what_they_mean_are_listed(tmp_path: Path) -> None:
    holdings: list[Row] = [
        ["出资人代码", "被投资企业代码", "持股比例", "表决权比例"],
        ["A", "B", 51, "51%"],
        ["A", "C", 100, "百分之五十一"],
    ]
    guarantees: list[Row] = [
        ["担保人代码", "被担保人代码", "担保余额", "签署日期"],
        *(["A", "B", "1,000.5", "2024年2月28日"] for _ in range(5)),
    ]
    data = workbook_bytes({"填报信息": HEADER_ROWS, "股权结构": holdings, "担保台账": guarantees})
    filings = read_bytes(tmp_path, data)
    [filing] = json.loads(understood_json(filings))["filings"]
    listed = {cell["location"]: (cell["written"], cell["understood"]) for cell in filing["coercions"]}
    assert listed["担保台账!C6"] == ("1,000.5", "10005000.00元")
    assert listed["担保台账!D2"] == ("2024年2月28日", "2024-02-28")
    assert listed["股权结构!D3"] == ("百分之五十一", "51%")
    assert len(listed) == 12
    by_size = {
        column["field"]: column["percent_by_size"]
        for table in filing["tables"]
        if table["table"] == "holdings"
        for column in table["columns"]
    }
    assert by_size == {
        "holder_code": False,
        "investee_code": False,
        "ratio": True,
        "voting_ratio": False,
    }
    text = understood_text(filings, width=80)
    for said in ("5格", "10005000.00元", "万元（填报信息）", "大于1的数按百分数"):
        assert said in text

"""Rows that say that they are void: it can't be told whether they hold, so they are neither counted nor passed over."""

from pathlib import Path

import pytest

from soe_compliance.api import check
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.filings.batch import batch_of
from soe_compliance.filings.filing import Filing
from tests.filings.filed import Row, filing_bytes, places, read_one, the_problem

HEADERS: Row = ["序号", "担保编号", "担保人代码", "被担保人代码", "担保余额"]


def filed(folder: Path, header: str, remark: str) -> Filing:
    rows: list[Row] = [
        [1, "G1", "A", "B", 5, ""],
        [2, "G2", "A", "C", 900, remark],
        [3, "G3", "A", "B", 6, ""],
    ]
    return read_one(folder, filing_bytes(guarantees=[[*HEADERS, header], *rows]))


def is_in_doubt(filing: Filing) -> bool:
    return bool(batch_of([filing]).unusable["guarantees"].tolist() == [1])


@pytest.mark.parametrize(
    "remark",
    [
        "作废",
        "已作废",
        "（作废）",
        "此行作废",
        "本条已作废",
        "作废，见第9行",
        "已删除",
        "数据作废",
        "重复，已删除",
        "录入错误，不计",
        "误填；作废！",
        "无效",
    ],
)
@pytest.mark.parametrize("header", ["备注", "状态", ""])
def test_a_remark(tmp_path: Path, header: str, remark: str) -> None:
    filing = filed(tmp_path, header, remark)
    assert is_in_doubt(filing)
    found = the_problem(filing, "rows-void")
    assert (found.location, found.field) == ("担保台账!F3", "beneficiary_code")
    assert f"第3行注明“{remark}”" in found.text.zh


@pytest.mark.parametrize(
    "remark",
    [
        "非作废",
        "未作废",
        "原合同已作废并重新签订",
        "作废旧保函后重开",
        "已解除",
        "已终止",
        "正常",
        "有效",
        "删减担保额",
        "作废率低",
        "无效担保已处置",
    ],
)
def test_a_remark_of_something_else(tmp_path: Path, remark: str) -> None:
    filing = filed(tmp_path, "备注", remark)
    assert not is_in_doubt(filing)
    assert places(filing, "rows-void") == []


@pytest.mark.parametrize(
    ("header", "said", "void"),
    [
        ("是否作废", "是", True),
        ("是否已删除", "√", True),
        ("是否有效", "否", True),
        ("是否作废", "否", False),
        ("是否有效", "是", False),
        ("是否逾期", "是", False),
    ],
)
def test_a_column_that_asks(tmp_path: Path, header: str, said: str, void: bool) -> None:
    filing = filed(tmp_path, header, said)
    assert is_in_doubt(filing) == void
    if void:
        assert f"第3行注明“{header}：{said}”" in the_problem(filing, "rows-void").text.zh


def test_rows_with_one_remark_are_told_together(tmp_path: Path) -> None:
    rows: list[Row] = [[1, f"G{n}", "A", "B", 5, "作废" if n in (2, 3, 6) else ""] for n in range(8)]
    filing = read_one(tmp_path, filing_bytes(guarantees=[[*HEADERS, "备注"], *rows]))
    assert "第4-5、8行" in the_problem(filing, "rows-void").text.zh


@pytest.mark.parametrize(("balance", "outcome"), [(10, Outcome.UNKNOWN), (60, Outcome.FAIL)])
def test_a_cap_is_broken_only_by_what_holds(tmp_path: Path, balance: float, outcome: Outcome) -> None:
    data = filing_bytes(
        entities=[
            ["统一社会信用代码", "企业名称", "是否纳入合并范围"],
            ["P", "集团", "是"],
            ["B", "乙", "是"],
        ],
        financials=[["统一社会信用代码", "会计年度", "净资产"], ["P", 2023, 100]],
        guarantees=[[*HEADERS, "备注"], [1, "G1", "P", "B", balance, ""], [2, "G2", "P", "B", 900, "已作废"]],
    )
    (tmp_path / "f.xlsx").write_bytes(data)
    report = check(str(tmp_path / "f.xlsx"), as_of="2024-04-15", select=["GUA105"])
    assert [finding.outcome for finding in report.findings] == [outcome]

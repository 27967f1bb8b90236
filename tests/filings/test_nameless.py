"""Codes and identifiers that name nothing: rows with them would pass for rows of one and the same firm or contract."""

from pathlib import Path

import pytest

from soe_compliance.filings.batch import batch_of
from soe_compliance.filings.values import BadCell, LostDigits, code_of, id_of
from tests.filings.filed import GUARANTEE_HEADERS, codes, filing_bytes, read_json, read_one

NAMING_NONE = [
    "同上",
    "同上行",
    "〃",
    "″",
    "”",
    "··",
    "↑",
    "？？",
    "***",
    "……",
    "见附件",
    "详见附件2",
    "详见合同",
    "见备注",
    "待补",
    "待补充",
    "待取得",
    "待核实",
    "待定",
    "待编",
    "尚未取得",
    "暂缺",
    "不详",
    "未知",
    "未办理",
    "未取得",
    "没有",
    "没办",
    "否",
    "无代码",
    "境外企业无代码",
    "无编号",
    "无许可证",
    "正在办理",
    "申请中",
    "已过期",
    "已注销",
    "多笔",
    "若干笔",
    "略",
    "#REF!",
    "#NAME?",
    "xxxxxx",
    "XXXXXXXX",
]
NAMING_ONE = [
    "A",
    "0",
    "甲",
    "DB-1",
    "境外001",
    "GFR-LTY-1",
    "自然人",
    "张三",
    "蒙古国子公司",
    "见福便利店",
    "空港公司",
    "同仁堂",
    "待业保险中心",
    "多伦县城投",
    "略阳县城投",
    "正在建设集团",
    "XX-1",
    "否极泰来公司",
    "无锡城投",
    "未来科技",
    "缺口镇水厂",
    "连带责任保证",
    "差额补足",
    "蒙国资发〔2023〕41号",
    "#3",
]


@pytest.mark.parametrize("text", NAMING_NONE)
def test_words_that_name_nothing(text: str) -> None:
    for read in (code_of, id_of):
        with pytest.raises(BadCell):
            read(text)


@pytest.mark.parametrize("text", NAMING_ONE)
def test_words_that_may_be_a_name(text: str) -> None:
    assert code_of(text) == id_of(text) == text


@pytest.mark.parametrize("dash", "-－‐‑‒–—―−")
def test_no_dash_differs_from_a_hyphen(dash: str) -> None:
    assert id_of(f"CT{dash}2024{dash}06") == code_of(f"ct{dash}2024{dash}06") == "CT-2024-06"


def test_a_dash_that_is_no_hyphen_stays() -> None:
    assert id_of("甲—乙") == "甲—乙"
    assert id_of("A——B") == "A——B"


def test_a_credit_code_with_hyphens() -> None:
    assert code_of("91152201-MAGC118M6A") == code_of("9115-2201-MAGC-118M-6A") == "91152201MAGC118M6A"
    assert code_of("91152201-MAGC118M6B") == "91152201-MAGC118M6B"


@pytest.mark.parametrize(
    "words", ["统一社会信用代码：{}", "{}（集团本部）", "甲公司 {}", "（{}）甲公司", '"{}"', "={}", "{}-"]
)
def test_a_credit_code_among_words(words: str) -> None:
    assert code_of(words.format("91152201MAGC118M6A")) == "91152201MAGC118M6A"
    assert code_of(words.format("91152201MAGC118M6B")) == words.format("91152201MAGC118M6B").replace(
        "：", ":"
    ).replace("（", "(").replace("）", ")")


def test_a_credit_code_on_two_lines() -> None:
    assert code_of("91152201\nMAGC118M6A") == code_of("9115 2201 MAGC 118M 6A") == "91152201MAGC118M6A"
    assert code_of("DB-1\n乙") == "DB-1\n乙"


@pytest.mark.parametrize("text", ["911522017737608025.0", "911522017737608000.00", "9.1152E+17"])
def test_a_number_that_became_text_has_lost_digits(text: str) -> None:
    for read in (code_of, id_of):
        with pytest.raises(LostDigits):
            read(text)
    assert id_of("2024.10") == "2024.10"


def test_two_codes_among_words_are_none_of_them() -> None:
    assert code_of("91152201MAGC118M6A、911522017245674240") == "91152201MAGC118M6A、911522017245674240"
    assert code_of("91152201MAGC118M6A分公司2") == "91152201MAGC118M6A分公司2"


def test_firms_named_as_above_are_not_one_firm(tmp_path: Path) -> None:
    rows = [["1", "A", "B", 5], ["2", "同上", "〃", 7], ["3", "A", "见附件", 9]]
    filing = read_one(tmp_path, filing_bytes(guarantees=[GUARANTEE_HEADERS, *rows]))
    found = batch_of([filing])
    assert found.unusable["guarantees"].tolist() == [2]
    problems = found.problems[0]
    assert [(one.code, one.location) for one in problems] == [
        ("cell-unreadable", "担保台账!B3"),
        ("cell-unreadable", "担保台账!C3"),
        ("cell-unreadable", "担保台账!C4"),
        ("row-unusable", "担保台账!B3"),
        ("row-unusable", "担保台账!C4"),
    ]
    assert "“同上”不是有效的代码" in problems[0].text.zh
    assert "逐格填写" in problems[0].text.zh


def test_contracts_still_to_be_numbered_are_not_one_contract(tmp_path: Path) -> None:
    rows = [["待编", "A", "B", 5], ["待编", "A", "C", 7]]
    filing = read_one(tmp_path, filing_bytes(guarantees=[GUARANTEE_HEADERS, *rows]))
    found = batch_of([filing])
    assert len(found.tables["guarantees"]) == 2
    assert [one.code for one in found.problems[0]] == ["cell-unreadable", "cell-unreadable"]


@pytest.mark.parametrize(
    ("licence", "stated"), [("蒙0001", True), ("未办理", False), ("正在办理", False), ("无", False)]
)
def test_a_licence_still_to_come_is_none(tmp_path: Path, licence: str, stated: bool) -> None:
    firm = {"code": "A", "name": "甲", "guarantee_licence": licence}
    document = {
        "filing": {"group_code": "A", "year": 2024, "reference_date": "2024-03-31"},
        "entities": [firm],
    }
    [filing] = read_json(tmp_path, document)
    assert "filing-shape" not in codes(filing)
    assert batch_of([filing]).tables["entities"].stated("guarantee_licence").tolist() == [stated]  # type: ignore[list-item]

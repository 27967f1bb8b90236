"""Sentences from findings."""

from datetime import date
from fractions import Fraction

import pytest
from msgspec.structs import replace

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.exact import Interval
from soe_compliance.domain.finding import Cure, Details, Evidence, Finding, MeasuredAmount, Subject, stated
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Language, Text
from soe_compliance.report import wording
from tests.report import reports


def said(finding: Finding, language: Language = "zh") -> str:
    return wording.message(finding, reports.RULESET, language)


def advised(finding: Finding, language: Language = "zh") -> str:
    return wording.remedy(finding, reports.RULESET, language)


def test_a_breach_of_a_cap() -> None:
    assert said(reports.over_cap()) == (
        "兴安盟城市建设投资有限公司担保余额合计6,100.00万元，超过2023年末净资产10,000.00万元的50%即"
        "5,000.00万元，超出1,100.00万元。"
    )
    assert said(reports.over_cap(), "en") == (
        "兴安盟城市建设投资有限公司 guarantees 6,100.00 万元, above 5,000.00 万元, 50% of its net assets of "
        "10,000.00万元 at the end of 2023: 1,100.00 万元 too much."
    )
    assert advised(reports.over_cap()) == "将担保余额压降1,100.00万元以上。"
    assert advised(reports.over_cap(), "en") == "Reduce its guarantees by at least 1,100.00 万元."


def test_a_subject_without_a_name_is_called_by_its_id() -> None:
    assert said(reports.over_cap(name="")).startswith("91152200MA0N000024担保余额合计")


def test_what_excuses_a_breach_is_named() -> None:
    assert said(reports.waived_total()) == (
        "集团累计担保余额200.50万元，超过约66.666667万元；"
        "已获例外批准兴国资〔2024〕1号（批准机关盟国资委，有效期至2024-12-31）。"
    )
    assert said(reports.waived_total(), "en").endswith(
        "; excused by approval 兴国资〔2024〕1号 (by 盟国资委, until 2024-12-31)."
    )


def test_a_day_that_is_late() -> None:
    assert (
        said(reports.decided_late()) == "核准事项HZ-01应于2024-03-19前办结，实际于2024-03-25办结，超期6天。"
    )
    assert said(reports.decided_late(), "en") == (
        "Approval HZ-01 was due by 2024-03-19; it was decided on 2024-03-25: 6 days late."
    )


def test_a_due_day_that_the_calendar_leaves_open_is_a_range() -> None:
    assert said(reports.awaiting()) == "核准事项HZ-02应于2027-02-28至2027-03-15前办结。"


def test_a_count() -> None:
    assert said(reports.adjusted_twice()) == "调整2次，超过1次。"


def test_what_is_not_decided_says_why_and_what_is_missing() -> None:
    finding = reports.undecided()
    assert said(finding) == (
        "不能判定：单户累计担保额不超过本企业净资产的50%；持证业务不能确定；缺少：担保台账·担保余额、财务数据·净资产。"
    )
    assert said(finding, "en") == (
        "Can't be decided: A guarantor's total within 50% of its net assets; whether it is licensed is not known; "
        "missing: guarantees.balance, financials.net_assets."
    )
    assert advised(finding) == "请补填担保台账·担保余额、财务数据·净资产后重新检查。"


@pytest.mark.parametrize(
    ("outcome", "begins"),
    [
        (Outcome.PENDING, "尚未到期或正在办理：年中调整一次"),
        (Outcome.UNKNOWN, "不能判定：年中调整一次"),
        (Outcome.PASS, "符合：年中调整一次"),
        (Outcome.NOT_APPLICABLE, "不适用：年中调整一次"),
    ],
)
def test_the_common_wording_serves_where_the_rule_has_none(outcome: Outcome, begins: str) -> None:
    assert said(replace(reports.adjusted_twice(), outcome=outcome)) == begins + "。"


def test_what_is_complied_with_needs_no_remedy() -> None:
    assert advised(replace(reports.adjusted_twice(), outcome=Outcome.PASS)) == ""
    assert (
        advised(replace(reports.adjusted_twice(), outcome=Outcome.PENDING))
        == "请按期办理，办结或作出决定后补充填报。"
    )


def test_ranges_stand_in_sentences() -> None:
    measured = MeasuredAmount(Interval(Fraction(100), None), Interval(Fraction(10), Fraction(20)), "亿元")
    values = wording.measured_values(measured, "zh")
    assert values == {
        "value": "不少于100.00亿元",
        "limit": "10.00至20.00亿元",
        "unit": "亿元",
        "excess": "80.00亿元",
    }


def test_a_placeholder_that_the_finding_lacks_is_answered_with_those_there_are() -> None:
    finding = reports.over_cap(facts={})
    with pytest.raises(
        wording.MissingPlaceholderError, match=r"GUA105 \(fail, zh\) names \{base_year\}"
    ) as caught:
        said(finding)
    assert caught.value.remedy is not None
    assert "excess" in caught.value.remedy.zh
    with pytest.raises(UserError, match=r"names \{excess\}"):
        advised(reports.over_cap(measured=None))


def test_texts_of_filers_are_one_line_and_are_not_templates() -> None:
    text = said(reports.over_cap(name=reports.HARMFUL + "{limit}"))
    assert "\n" not in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "{limit}担保余额" in text


def test_facts_may_be_in_two_languages() -> None:
    assert said(reports.unrelated()) == "集团为外部企业担保，没有股权关系。"
    assert said(reports.unrelated(), "en") == "the group guarantees for 外部企业: no equity link."


def test_a_reason_joins_a_breach() -> None:
    details = Details(
        Subject("plans", "p"), reports.adjusted_twice().details.measured, reasons=(Text("另注。", "more"),)
    )
    assert said(reports.finding("INV103", Outcome.FAIL, details)) == "调整2次，超过1次；另注。"


@pytest.mark.parametrize(
    ("cure", "zh", "en"),
    [
        (
            reports.RUN_DOWN,
            ["担保台账!H7", "DB-003", "担保余额", "3,000.00万元", "1,900.00万元"],
            ["担保台账!H7", "DB-003", "balance", "3,000.00 万元", "1,900.00 万元"],
        ),
        (
            Cure(
                "financing_reports",
                "2024Q2",
                "submitted_on",
                None,
                stated(date(2024, 9, 30)),
                row={"quarter": "2"},
            ),
            ["融资季报", "二季度", "报送日期", "2024-09-30"],
            ["financing_reports", "quarter 2", "submitted_on", "2024-09-30"],
        ),
        (
            Cure("debts", "D1", "for_government", stated(True), stated(False), location="融资明细!G8"),
            ["融资明细!G8", "是否为政府举债", "由是变为否"],
            ["融资明细!G8", "for_government", "from yes to no"],
        ),
        (
            Cure("approvals", "A1", "decision", None, stated("approved"), row={"project_code": "X\nY"}),
            ["核准事项", "项目编号X Y", "同意"],
            ["approvals", "project_code X Y", "approved"],
        ),
    ],
)
def test_a_remedy_says_the_change_that_cures(cure: Cure, zh: list[str], en: list[str]) -> None:
    finding = reports.over_cap(cure=cure)
    languages: list[tuple[Language, list[str]]] = [("zh", zh), ("en", en)]
    for language, parts in languages:
        assert all(part in advised(finding, language) for part in parts), advised(finding, language)
    assert advised(finding).startswith("将担保余额压降1,100.00万元以上；")


def test_of_documents_the_remedy_names_those_to_be_added() -> None:
    cure = Cure(
        "approvals", "A1", "documents", stated(("application",)), stated(("application", "legal_opinion"))
    )
    advice = advised(reports.over_cap(cure=cure))
    assert "法律意见书" in advice
    assert "请示" not in advice


def cells(*values: str) -> list[Evidence]:
    return [
        Evidence("guarantees", f"G{number}", "balance", value, f"担保台账!H{number}")
        for number, value in enumerate(values, start=2)
    ]


@pytest.mark.parametrize(
    ("values", "zh", "en"),
    [
        (("1", "2"), "担保台账·担保余额", "guarantees.balance"),
        (("1", "", "2"), "担保台账·担保余额（担保台账!H3）", "guarantees.balance (担保台账!H3)"),
        (("—", "待定"), "担保台账·担保余额（担保台账!H2）", "guarantees.balance (担保台账!H2)"),
        (
            ("", "", ""),
            "担保台账·担保余额（担保台账!H2、担保台账!H3、担保台账!H4）",
            "guarantees.balance (担保台账!H2, 担保台账!H3, 担保台账!H4)",
        ),
        (
            ("", "", "", "1", ""),
            "担保台账·担保余额（担保台账!H2、担保台账!H3、担保台账!H4等4处）",
            "guarantees.balance (担保台账!H2, 担保台账!H3, 担保台账!H4 and 1 more)",
        ),
    ],
)
def test_what_is_missing_is_named_with_its_first_cells(values: tuple[str, ...], zh: str, en: str) -> None:
    of_another = Evidence("guarantees", "G2", "debt_id", "", "担保台账!G2")
    given = [*cells(*values), of_another, *cells(*values)]
    assert wording.missing_inputs(["guarantees.balance"], given, "zh") == zh
    assert wording.missing_inputs(["guarantees.balance"], given, "en") == en
    details = replace(reports.undecided().details, evidence=tuple(given))
    finding = replace(reports.undecided(), details=details)
    assert advised(finding) == f"请补填{zh}、财务数据·净资产后重新检查。"


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("balance", "-640", True),
        ("balance", "-6.4万元", True),
        ("balance", "0", False),
        ("balance", "x", False),
    ],
)
def test_a_cell_that_counts_as_blank_is_named_too(field: str, value: str, named: bool) -> None:
    cells = [Evidence("guarantees", "G1", field, value, "担保台账!J6")]
    said = wording.missing_inputs([f"guarantees.{field}"], cells, "zh")
    assert said == "担保台账·担保余额" + ("（担保台账!J6）" if named else "")


def test_net_assets_below_zero_are_stated() -> None:
    cells = [Evidence("financials", "P:2023", "net_assets", "-5", "财务数据!D4")]
    assert wording.missing_inputs(["financials.net_assets"], cells, "en") == "financials.net_assets"

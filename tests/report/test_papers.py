"""The working papers: what each says, and that it can be signed and filed."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from soe_compliance.api import Settings, check_paths
from soe_compliance.domain.finding import Evidence
from soe_compliance.report.document import document
from soe_compliance.report.explain import explain
from soe_compliance.report.model import Report
from soe_compliance.report.papers import MOST_CELLS, Paper, papers
from soe_compliance.report.safe import visible
from soe_compliance.report.steps import STEP_LABELS
from soe_compliance.report.workbook import workbook
from tests.report import reports

SAMPLES = Path(__file__).resolve().parents[2] / "sample_filings"


@pytest.fixture(scope="module")
def samples() -> Report:
    return check_paths([str(SAMPLES)], Settings(as_of=date(2024, 4, 15)))


def opened(report: Report) -> Workbook:
    return load_workbook(io.BytesIO(b"".join(workbook(report))))


def said(paper: Paper) -> dict[str, list[str]]:
    """The texts under each label; a line without one goes on from the one above."""
    found: dict[str, list[str]] = {}
    label = ""
    for line in paper:
        label = line.label or label
        found.setdefault(label, []).extend(line.texts)
    return found


def rows_of(sheet: Worksheet) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(values_only=True))


def test_a_cap_is_proved_from_its_cells() -> None:
    paper = said(next(papers(reports.full_report(), "zh")))
    assert paper["索引号"] == ["D-0001", "问题编号", reports.over_cap().fingerprint]
    assert paper["被检查单位"] == [
        f"兴安盟投资集团有限公司（{reports.PARENT}）",
        "填报",
        "2024年度，截止日2024-03-31",
    ]
    assert paper["事项"] == ["GUA105 单户累计担保额不超过本企业净资产的50%"]
    assert "第十三条第（一）项" in paper["依据"][0]
    assert "不得超过" in paper["依据"][0]
    sources = paper["数据来源"]
    assert "inbox/a.xlsx" in sources[0]
    assert "0" * 64 in sources[0]
    assert sources[4:7] == ["担保台账!H7（DB-003）", "担保余额", "3000"]
    value, limit, margin = paper["计算过程"]
    assert value == "实际值：3,000.00 + 3,100.00 + 0.00 = 6,100.00万元"
    assert "10,000.00万元 × 50% = 5,000.00万元" in limit
    assert "超出1,100.00万元" in margin
    assert paper["编制人"] == paper["复核人"] == ["", "日期", ""]
    assert paper["企业说明"] == [""]


def test_days_and_counts_and_what_is_not_computed() -> None:
    by_rule = {said(paper)["事项"][0][:6]: said(paper) for paper in papers(reports.full_report(), "zh")}
    assert "到期：2024-03-19" in by_rule["INV205"]["计算过程"]
    assert "比较：2024-03-25晚于2024-03-19，6天" in by_rule["INV205"]["计算过程"]
    assert by_rule["INV103"]["计算过程"][0] == "实际值：2次；限1次"
    assert by_rule["INV103"]["数据来源"][1] == "无可引用的单元格"
    assert len(by_rule["GUA101"]["计算过程"]) == 1


def test_a_waived_breach_is_said_to_be_one() -> None:
    waived = next(said(p) for p in papers(reports.full_report(), "zh") if said(p)["索引号"][0] == "D-0002")
    assert "例外批准" in waived["结论"][0]
    assert "构成" not in waived["结论"][0]


def test_the_steps_are_those_that_explain_shows(samples: Report) -> None:
    whole = document(samples)
    by_fingerprint = {paper[0].texts[2]: said(paper) for paper in papers(samples, "zh")}
    assert len(by_fingerprint) > 50
    for finding in whole.findings:
        if finding.fingerprint not in by_fingerprint or finding.measured is None:
            continue
        lines = "".join("".join(explain(finding, whole, samples.ruleset, "zh", 400)).split())
        computed = by_fingerprint[finding.fingerprint]["计算过程"]
        assert len(computed) == len(
            [key for key in STEP_LABELS if STEP_LABELS[key].zh + "：" in "".join(computed)]
        )
        assert "".join(computed[-1].partition("：")[2].split()) in lines


def test_every_listed_finding_has_a_paper_with_its_index(samples: Report) -> None:
    book = opened(samples)
    header, *rows = rows_of(book["问题清单"])
    listed = {row[header.index("索引号")]: row[header.index("问题指纹")] for row in rows}
    sheet = {row[1]: row[3] for row in rows_of(book["工作底稿"]) if row[0] == "索引号"}
    assert listed == sheet
    header, *rows = rows_of(book["整改台账"])
    ledger = {row[header.index("索引号")]: row[header.index("问题编号")] for row in rows}
    assert ledger.items() < listed.items()
    header, *rows = rows_of(book["待办与待核"])
    assert {row[header.index("索引号")] for row in rows} == {None}


def test_each_paper_begins_a_page_and_its_texts_fit(samples: Report) -> None:
    sheet = opened(samples)["工作底稿"]
    starts = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == "索引号"]
    assert [brk.id + 1 for brk in sheet.row_breaks.brk] == starts[1:]
    assert sheet.page_setup.orientation == "portrait"
    assert not sheet.page_setup.fitToHeight or not sheet.sheet_properties.pageSetUpPr
    assert sheet.print_title_rows == "$1:$1"
    width = sum(sheet.column_dimensions[letter].width for letter in "ABCD")
    assert width * 5.25 * (sheet.page_setup.scale or 100) / 100 < 537
    for row in range(2, sheet.max_row + 1):
        text = str(sheet.cell(row, 2).value or "")
        if sheet.cell(row, 3).value is None and len(text) > 60:
            lines = 2 * len(text) // 90
            assert (sheet.row_dimensions[row].height or 0) >= min(13 * lines, 400)


def test_a_paper_lists_so_many_cells_and_says_how_many_there_are() -> None:
    evidence = tuple(Evidence("guarantees", f"D{n}", "balance", "1", f"担保台账!H{n}") for n in range(40))
    many = reports.report(findings=(reports.over_cap(evidence=evidence),))
    sources = said(next(papers(many, "zh")))["数据来源"]
    assert sum("担保台账!H" in text for text in sources) == MOST_CELLS
    assert f"40处中的前{MOST_CELLS}处" in sources[-1]


def test_beyond_so_many_findings_there_is_no_paper_and_the_sheet_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in ("cells", "papers"):
        monkeypatch.setattr(f"soe_compliance.report.{module}.MOST_PAPERS", 2)
    book = opened(reports.full_report())
    text = str(book["工作底稿"]["A2"].value)
    assert "共5项" in text
    assert "前2项" in text
    header, *rows = rows_of(book["问题清单"])
    assert [row[header.index("索引号")] for row in rows] == ["D-0001", "D-0002", None, None, None]


def test_a_group_that_filed_nothing_has_a_paper() -> None:
    absent = replace(reports.adjusted_twice(), filing="nowhere")
    paper = said(next(papers(reports.report(findings=(absent,)), "zh")))
    assert paper["数据来源"][0] == "没有填报"


def test_texts_of_filers_stay_texts_and_the_bytes_the_same() -> None:
    harmful = reports.harmful_report()
    assert b"".join(workbook(harmful)) == b"".join(workbook(harmful))
    sheet = opened(harmful)["工作底稿"]
    texts = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert all(cell.data_type != "f" and cell.hyperlink is None for cell in texts)
    assert any(visible(reports.HARMFUL) in str(cell.value) for cell in texts)


def test_a_huge_text_is_cut_and_says_so() -> None:
    huge = reports.over_cap(name="甲" * 40_000)
    sheet = opened(reports.report(findings=(huge,)))["工作底稿"]
    facts = next(row[1] for row in rows_of(sheet) if row[0] == "事实")
    assert len(str(facts)) <= 32_767
    assert "此处截断" in str(facts)
    assert max(dimension.height or 0 for dimension in sheet.row_dimensions.values()) <= 409


def test_the_papers_speak_english_too() -> None:
    paper = said(next(papers(reports.full_report(), "en")))
    assert "3,000.00 + 3,100.00 + 0.00" in paper["Computation"][0]
    assert paper["Prepared by"] == ["", "Date", ""]


def test_the_regulation_is_cited_for_its_own_clauses_alone(samples: Report) -> None:
    document_no, whole = samples.ruleset.document_no, document(samples)
    by_fingerprint = {finding.fingerprint: finding for finding in whole.findings}
    for paper in papers(samples, "zh"):
        lines = said(paper)
        rule, basis = lines["事项"][0][:6], lines["依据"][0]
        asked_by_the_check = rule.startswith(("DAT", "NET"))
        assert (document_no in basis) != asked_by_the_check, rule
        assert ("非监管办法条文" in basis) == asked_by_the_check, rule
        explained = explain(by_fingerprint[lines["索引号"][2]], whole, samples.ruleset, "zh", 400)
        assert (document_no in "".join(explained)) != asked_by_the_check, rule


def test_a_warning_sign_is_not_said_to_breach_a_clause(samples: Report) -> None:
    by_rule = {said(paper)["事项"][0][:6]: said(paper)["结论"][0] for paper in papers(samples, "zh")}
    assert by_rule["GUA109"] == "按规则GUA109列为提示级问题，须经核实认定"
    assert by_rule["GUA107"] == "不符合第十三条第（一）项的规定，构成强制级违反"

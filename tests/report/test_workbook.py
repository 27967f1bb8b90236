"""The violation workbook, read back."""

import io
import tempfile
import zipfile
from contextlib import closing
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from soe_compliance.domain.outcomes import Outcome
from soe_compliance.report import sheets
from soe_compliance.report.book import done
from soe_compliance.report.cells import Column, Kind, finding_columns
from soe_compliance.report.safe import may_be_formula, visible
from soe_compliance.report.sheets import Book, SheetOfTable
from soe_compliance.report.workbook import workbook as parts_of_workbook
from tests.report import reports

NAMES = ["汇总", "问题清单", "待办与待核", "工作底稿", "整改台账", "数据问题", "规则", "说明"]
TABLES = [name for name in NAMES if name != "工作底稿"]


def workbook(*arguments: Any, **options: Any) -> bytes:
    return b"".join(parts_of_workbook(*arguments, **options))


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def table(sheet: Worksheet) -> list[dict[str, Any]]:
    header, *rows = list(sheet.iter_rows(values_only=True))
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def widths(sheet: Worksheet) -> dict[str, float]:
    """The width of each column by its header; neighbours of one width stand as one entry."""
    each = {
        place: dimension.width
        for dimension in sheet.column_dimensions.values()
        for place in range(dimension.min or 1, (dimension.max or 1) + 1)
    }
    return {str(cell.value): each[place] for place, cell in enumerate(sheet[1], 1)}


@pytest.fixture(scope="module")
def full() -> Workbook:
    return opened(workbook(reports.full_report()))


def test_the_sheets(full: Workbook) -> None:
    assert full.sheetnames == NAMES
    assert opened(workbook(reports.full_report(), "en")).sheetnames == [
        "Overview", "Findings", "Pending and unknown", "Working papers", "Repair ledger", "Reading problems", "Rules", "About"
    ]  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_headers_are_frozen_filtered_and_repeated(full: Workbook, name: str) -> None:
    sheet = full[name]
    assert str(sheet.freeze_panes)[1:] == "2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == ("portrait" if name == "说明" else "landscape")
    assert sheet.page_setup.paperSize == (8 if name == "整改台账" else 9)
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter is not None
    assert "&P" in str(sheet.oddFooter.center.text)


def test_findings_have_types(full: Workbook) -> None:
    rows = table(full["问题清单"])
    assert [row["规则编号"] for row in rows] == ["GUA105", "GUA104", "GUA101", "INV205", "INV103"]
    cap, waived, _, late, count = rows
    assert (cap["填报值/实际值"], cap["限额/应为"], cap["差额"], cap["单位"]) == (6100, 5000, 1100, "万元")
    assert cap["统一社会信用代码"] == reports.PARENT
    assert waived["精确数值"] == "限额 200/3、差额 803/6"
    assert late["日期"] == datetime(2024, 3, 25)
    assert late["到期日"] == datetime(2024, 3, 19)
    assert late["超期天数"] == 6
    assert (count["填报值/实际值"], count["限额/应为"]) == (2, 1)


def test_all_columns_that_reviewers_expect(full: Workbook) -> None:
    expected = (
        "序号 问题指纹 级别 结论 集团 统一社会信用代码 填报编号 文件 规则编号 规则名称 依据条款 对象编号 对象名称 问题描述 "
        "填报值/实际值 限额/应为 差额 单位 日期 到期日 超期天数 数据来源(单元格) 整改建议 责任方 例外批准文号 文件摘要(SHA-256)"
    )
    header = [cell.value for cell in full["问题清单"][1]]
    assert set(expected.split()) <= set(header)
    assert header == [column.header for column in finding_columns("zh")]


def test_formats(full: Workbook) -> None:
    sheet = full["问题清单"]
    at = {cell.value: place for place, cell in enumerate(sheet[1], 1)}
    assert sheet.cell(2, at["填报值/实际值"]).number_format == "#,##0.00########"
    assert sheet.cell(5, at["日期"]).number_format == "yyyy-mm-dd"
    assert sheet.cell(2, at["统一社会信用代码"]).number_format == "@"
    assert sheet.cell(2, at["问题描述"]).alignment.wrap_text


def test_what_is_open_and_what_could_not_be_read(full: Workbook) -> None:
    pending, undecided = table(full["待办与待核"])
    assert (pending["结论"], pending["到期日"]) == ("待办", "2027-02-28至2027-03-15")
    assert (undecided["结论"], undecided["填报值/实际值"]) == ("待核", "不少于100.00")
    problems = table(full["数据问题"])
    assert [row["代码"] for row in problems] == ["cell-unreadable", "sheet-unknown", "file-encrypted"]
    assert (problems[0]["表"], problems[0]["字段"], problems[0]["位置"]) == (
        "担保台账",
        "签署日期",
        "担保台账!L7",
    )


def test_the_overview(full: Workbook) -> None:
    first, second = table(full["汇总"])
    assert (first["严禁"], first["强制"], first["违反合计"], first["其中监管机构"], first["通过"]) == (
        1,
        3,
        4,
        1,
        57,
    )
    assert first["截止日"] == datetime(2024, 3, 31)
    assert (first["状态"], second["状态"]) == ("不完整", "无法读取")
    assert second["文件"] == "inbox/b.xlsx"


def test_rules_and_readings(full: Workbook) -> None:
    rows = [[cell for cell in row if cell is not None] for row in full["规则"].iter_rows(values_only=True)]
    assert rows[1][:5] == [
        "GUA105",
        "单户累计担保额不超过本企业净资产的50%",
        "强制",
        "第十三条第（一）项",
        "不得超过",
    ]
    assert rows[-1] == ["entity_net_assets", "净资产口径", "own", "单体", "own"]


def test_what_was_run(full: Workbook) -> None:
    rows = [(row[0], row[1]) for row in full["说明"].iter_rows(values_only=True)]
    assert ("规则集摘要", reports.RULESET.digest) in rows
    assert ("检查基准日", datetime(2025, 5, 6)) in rows
    assert ("注意", "同一集团有两份填报") in rows
    assert "不能视为无问题" in str(dict(rows)["结论"])


def test_no_cell_is_a_formula_or_a_link() -> None:
    content = workbook(reports.harmful_report())
    harmed = opened(content)
    seen = set()
    for sheet in harmed:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
                if isinstance(cell.value, str):
                    assert cell.quotePrefix == may_be_formula(cell.value)
                    assert not set(cell.value) & {"\x1b", "\u202e", "\n"}
                    seen.add(cell.value)
    assert visible(reports.HARMFUL) in seen
    assert {"+1+1", "-2+3", "@x", "{=1+1}", "00123", "1234567890123456789", "http://example.com/x"} <= seen
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        whole = "".join(parts.read(name).decode() for name in parts.namelist())
    assert "<f>" not in whole
    assert "<hyperlink" not in whole
    assert "<script>" not in whole


def test_reviewers_choose_from_lists(full: Workbook) -> None:
    lists = [rule.formula1 for rule in full["问题清单"].data_validations.dataValidation]
    assert lists == ['"待复核,属实,不属实,已说明"']


def test_widths_fit_chinese_and_rows_are_high_enough(full: Workbook) -> None:
    sheet = full["问题清单"]
    assert widths(sheet)["统一社会信用代码"] >= 20
    assert all(dimension.width <= 61 for dimension in sheet.column_dimensions.values())
    assert (sheet.row_dimensions[2].height or 0) > 40


def test_the_same_report_gives_the_same_bytes() -> None:
    assert workbook(reports.full_report()) == workbook(reports.full_report())
    later = replace(reports.full_report(), generated_at=datetime(2025, 1, 1, tzinfo=UTC))
    assert workbook(later) != workbook(reports.full_report())


def test_too_many_rows_go_on_on_another_sheet() -> None:
    findings = tuple(replace(reports.adjusted_twice(), fingerprint=f"{n:016d}") for n in range(5))
    book = opened(workbook(reports.report(findings=findings), most_rows=2))
    assert book.sheetnames[1:4] == ["问题清单", "问题清单(2)", "问题清单(3)"]
    assert [row["序号"] for row in table(book["问题清单(3)"])] == [5]


def test_a_report_without_findings_has_headers_and_says_so() -> None:
    book = opened(
        workbook(reports.report(findings=(), filings=(reports.filing(outcomes={Outcome.PASS: 3}),)))
    )
    assert book.sheetnames == NAMES
    for name in ("问题清单", "整改台账", "工作底稿"):
        assert book[name]["A2"].value == "无。共检查1份填报，未发现违反。"
        assert book[name].max_row == 2
    assert book["待办与待核"]["A2"].value == book["数据问题"]["A2"].value == "无"


def test_what_could_not_be_read_is_not_passed_off_as_nothing_found() -> None:
    book = opened(workbook(reports.report(findings=(), filings=(reports.broken_filing(),))))
    assert "不能视为无问题" in str(book["问题清单"]["A2"].value)


@pytest.mark.parametrize("name", ["问题清单", "待办与待核"])
def test_what_people_read_is_printed_and_nothing_is_hidden(full: Workbook, name: str) -> None:
    sheet = full[name]
    printed = sheet[sheet.print_area.partition("!")[2]]
    headers = [str(cell.value) for cell in printed[0]]
    assert headers[:5] == ["序号", "索引号", "级别", "结论", "集团"]
    assert {"依据条款", "问题描述", "限额/应为", "差额", "整改建议"} <= set(headers)
    assert len(printed) == sheet.max_row
    assert sum(widths(sheet)[header] for header in headers) < 230
    assert not any(dimension.hidden for dimension in sheet.column_dimensions.values())


def test_problems_are_printed_with_what_they_are(full: Workbook) -> None:
    sheet = full["数据问题"]
    printed = sheet[sheet.print_area.partition("!")[2]]
    headers = [str(cell.value) for cell in printed[0]]
    assert headers[-2:] == ["位置", "问题与处理"]
    assert sum(widths(sheet)[header] for header in headers) < 250


def book_of(cell: Any) -> Worksheet:
    book = Book("zh", datetime(2024, 1, 1, tzinfo=UTC), "x", "x")
    book.add(SheetOfTable("表", [Column("列")], [[cell]]))
    return opened(book.finished())["表"]


def test_a_text_too_long_for_a_cell_says_that_it_was_cut() -> None:
    value = str(book_of("甲" * 40_000)["A2"].value)
    assert len(value) <= sheets.MOST_CHARACTERS
    assert value.endswith("（原文共40000字，此处截断）")
    assert str(book_of("甲" * sheets.MOST_CHARACTERS)["A2"].value) == "甲" * sheets.MOST_CHARACTERS


def test_what_no_cell_can_hold_becomes_text() -> None:
    assert book_of(date(1899, 1, 1))["A2"].value == "1899-01-01"
    assert str(book_of(Fraction(10**400))["A2"].value).startswith("1000")
    assert book_of("a\x00_x0041_\ufffe")["A2"].value == "a\\x00_x0041_\\ufffe"


def test_what_the_writer_refuses_is_a_defect() -> None:
    with pytest.raises(RuntimeError, match="refused"):
        done(-2)


@pytest.mark.parametrize("amount", ["1234567890123.45", "-12.5", "0.0000000001", "600.01"])
def test_an_amount_fits_its_column_as_it_is_shown(amount: str) -> None:
    number = Fraction(amount)
    book = Book("zh", datetime(2024, 1, 1, tzinfo=UTC), "x", "x")
    book.add(SheetOfTable("表", [Column("额", Kind.NUMBER)], [[number]]))
    whole, _, decimals = amount.partition(".")
    shown = f"{int(whole):,}." + decimals.ljust(2, "0")
    assert widths(opened(book.finished())["表"])["额"] > len(shown)


def test_a_huge_text_in_a_column_of_numbers_does_not_widen_it() -> None:
    book = Book("zh", datetime(2024, 1, 1, tzinfo=UTC), "x", "x")
    book.add(SheetOfTable("表", [Column("额", Kind.NUMBER)], [["不少于100.00" * 10]]))
    assert widths(opened(book.finished())["表"])["额"] < 16


def test_a_large_report_says_the_same_and_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = opened(workbook(reports.full_report(), most_rows=3))
    monkeypatch.setattr("soe_compliance.report.workbook.MOST_IN_MEMORY", 0)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    content = workbook(reports.full_report(), most_rows=3)
    large = opened(content)
    assert large.sheetnames == small.sheetnames
    for sheet in small:
        other = large[sheet.title]
        assert [*other.values] == [*sheet.values]
        assert [other.row_dimensions[row].height for row in range(1, sheet.max_row + 1)] == [
            sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)
        ]
    assert workbook(reports.full_report(), most_rows=3) == content
    with closing(parts_of_workbook(reports.full_report())) as half:
        next(half)
    assert list(tmp_path.iterdir()) == []

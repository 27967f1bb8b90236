"""The report in a terminal."""

import re

import pytest
from msgspec.structs import replace
from wcwidth import wcswidth

from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Language
from soe_compliance.engine import Status
from soe_compliance.filings.problems import problem
from soe_compliance.report.console import console
from soe_compliance.report.model import Report
from soe_compliance.report.summary import filed_twice
from tests.report import reports

_COLOUR = re.compile("\x1b\\[[0-9;]*m")


def shown(report: Report, width: int = 200, language: Language = "zh") -> str:
    return console(report, language, width=width)


def run_together(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("report", [reports.full_report(), reports.harmful_report()])
@pytest.mark.parametrize("width", [40, 60, 80, 100, 110, 140, 200])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_line_is_wider_than_the_terminal(report: Report, width: int, language: Language) -> None:
    for line in console(report, language, width=width).splitlines():
        assert 0 <= wcswidth(line) <= width, line


@pytest.mark.parametrize("width", [40, 80, 109])
def test_no_text_is_cut_on_a_narrow_terminal(width: int) -> None:
    text = run_together(shown(reports.full_report(), width))
    for part in (
        "兴安盟城市建设投资有限公司担保余额合计6,100.00万元，超过2023年末净资产10,000.00万元的50%即5,000.00万元",
        "91152200MA0N000024",
        "第十三条第（一）项",
        "位置：担保台账!H7、担保台账!H8、担保台账!H9等4处",
        "建议：将担保余额压降1,100.00万元以上。",
    ):
        assert part in text


@pytest.mark.parametrize("width", [110, 140])
def test_no_text_is_cut_in_the_table(width: int) -> None:
    lines = shown(reports.report(findings=(reports.over_cap(),)), width).splitlines()
    header = next(line for line in lines if line.startswith("级别"))
    start = wcswidth(header[: header.index("说明")])
    end = wcswidth(header[: header.index("位置")])
    column = "".join(_columns(line, start, end) for line in lines[lines.index(header) :])
    assert "超过2023年末净资产10,000.00万元的50%即5,000.00万元，超出1,100.00万元。" in run_together(column)


def _columns(line: str, start: int, end: int) -> str:
    place, found = 0, ""
    for character in line:
        if start <= place < end:
            found += character
        place += wcswidth(character)
    return found


def test_columns_line_up_under_their_headers() -> None:
    lines = shown(reports.full_report(), 140).splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("级别"))
    rule = lines[at + 1]
    gaps = [m.start() for m in re.finditer("  ", rule)]
    for line in lines[at : at + 20]:
        if not line:
            break
        for gap in gaps:
            assert not _columns(line, gap, gap + 2).strip()


def test_the_order_of_the_screen() -> None:
    text = shown(reports.full_report(), 80)
    order = ["注意：小规则集的试行期", "注意：同一集团", "无法读取：inbox/b.xlsx", "文件已加密", "集团  ",
             "填报数据的问题：错误 1", "1. 违反·严禁  GUA101", "5. 已批准例外·原则", "6. 待核", "7. 待办", "共检查1份填报"]  # fmt: skip
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_the_line_of_a_filing() -> None:
    lines = shown(reports.full_report(), 140).splitlines()
    line = next(line for line in lines if line.startswith("兴安盟投资集团有限公司  2024"))
    assert line.split() == [
        "兴安盟投资集团有限公司", "2024", "2024-03-31", "不完整", "1", "3", "0", "0", "0", "1", "1", "1", "57"
    ]  # fmt: skip


def test_two_filings_of_one_group_are_told_apart() -> None:
    filings = (reports.filing(), reports.filing(id="a2"))
    text = shown(reports.report(filings=filings, findings=()))
    assert "兴安盟投资集团有限公司 [a2]" in text


def test_many_filings_of_one_group_are_not_all_named() -> None:
    copies = [reports.filing(id=f"f{n:02}", source=f"inbox/f{n:02}.json") for n in range(12)]
    [said] = filed_twice(copies)
    assert "12份" in said.zh
    assert said.zh.endswith("inbox/f09.json等")
    assert said.en.endswith("inbox/f09.json and 2 more")


def test_the_verdict() -> None:
    last = run_together(shown(reports.full_report(), 80).rstrip().split("\n\n")[-1])
    assert last == (
        "共检查1份填报，发现4项违反：企业3项（严禁1、强制2），监管机构1项（强制1），1项已批准例外，1项待办，1项待核；"
        "1份填报有未采用的行，检查不完整；另有1份无法读取、未作检查，不能视为无问题。"
    )


@pytest.mark.parametrize(
    ("report", "verdict"),
    [
        (reports.report(filings=(), findings=()), "没有检查任何填报，不能得出结论。"),
        (
            reports.report(filings=(reports.broken_filing(),), findings=()),
            "1份全部无法读取、未作检查，不能视为无问题。",
        ),
        (
            reports.report(filings=(reports.filing(outcomes={Outcome.PASS: 3}),), findings=()),
            "共检查1份填报，未发现违反。",
        ),
        (
            reports.report(filings=(reports.filing(outcomes={Outcome.NOT_APPLICABLE: 3}),), findings=()),
            "共检查1份填报，没有规则适用，未作任何判断。",
        ),
    ],
)
def test_verdicts_without_findings(report: Report, verdict: str) -> None:
    assert shown(report).rstrip().endswith(verdict)


def test_english_verdict() -> None:
    last = " ".join(console(reports.full_report(), "en", width=80).rstrip().split("\n\n")[-1].split())
    assert last == (
        "1 filing checked, 4 breaches: 3 of enterprises (1 prohibition, 2 mandatory), 1 of the regulator "
        "(1 mandatory), 1 waived, 1 pending, 1 unknown; 1 checked only in part (unusable rows); not readable and not checked: 1, "
        "which can't count as clean."
    )


@pytest.mark.parametrize("width", [80, 140])
def test_long_lists_are_capped(width: int) -> None:
    findings = tuple(replace(reports.adjusted_twice(), fingerprint=f"{n:016d}") for n in range(60))
    assert "另有10条，见out.xlsx" in console(reports.report(findings=findings), width=width, full="out.xlsx")
    assert "另有10条，用 -o 问题.xlsx 可得全部" in console(reports.report(findings=findings), width=width)


def test_many_problems_are_capped() -> None:
    problems = tuple(problem("column-repeated", location=f"表!{n}", header="甲") for n in range(12))
    report = reports.report(filings=(reports.filing(status=Status.INCOMPLETE, problems=problems),))
    assert "填报数据的问题：错误 12" in shown(report)
    assert "……另有2条，见x.xlsx" in console(report, full="x.xlsx")


@pytest.mark.parametrize("width", [80, 140])
def test_colours_only_if_asked(width: int) -> None:
    plain = shown(reports.full_report(), width)
    coloured = console(reports.full_report(), width=width, colour=True)
    assert "\x1b" not in plain
    assert "\x1b[31m" in coloured
    assert _COLOUR.sub("", coloured) == plain
    assert all(line.count("\x1b[0m") == len(_COLOUR.findall(line)) / 2 for line in coloured.splitlines())


def test_texts_of_filers_do_not_steer_the_terminal() -> None:
    text = console(reports.harmful_report(), width=140)
    assert not set(text) & {"\x1b", "\u202e", "\x07", "\r"}
    assert "\\x1b[31m" in run_together(text)

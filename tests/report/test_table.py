"""The CSV form."""

import csv
import io

from msgspec.structs import replace

from soe_compliance.domain.finding import Details, Evidence, Subject
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.report.cells import finding_columns
from soe_compliance.report.model import Report
from soe_compliance.report.safe import may_be_formula, unguarded, visible
from soe_compliance.report.table import csv_report
from tests.report import reports


def rows(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(b"".join(csv_report(report)).decode("utf-8-sig"), newline="")))


def test_the_columns_are_those_of_the_workbook() -> None:
    text = b"".join(csv_report(reports.report()))
    assert text.startswith(b"\xef\xbb\xbf")
    header = text.decode("utf-8-sig").split("\r\n")[0]
    assert header.split(",") == [column.header for column in finding_columns("zh")]


def test_numbers_and_days_are_plain() -> None:
    cap, waived, unrelated, late, waiting, open_, count = rows(reports.report())
    assert (cap["填报值/实际值"], cap["限额/应为"], cap["差额"], cap["单位"]) == (
        "6100.00", "5000.00", "1100.00", "万元"
    )  # fmt: skip
    assert (cap["级别"], cap["结论"], cap["规则编号"]) == ("强制", "违反", "GUA105")
    assert waived["精确数值"] == "限额 200/3、差额 803/6"
    assert waived["例外批准文号"] == "兴国资〔2024〕1号"
    assert unrelated["填报值/实际值"] == "外部企业"
    assert (late["日期"], late["到期日"], late["超期天数"]) == ("2024-03-25", "2024-03-19", "6")
    assert waiting["到期日"] == "2027-02-28至2027-03-15"
    assert (open_["填报值/实际值"], open_["限额/应为"]) == ("不少于100.00", "0.00至200.00")
    assert open_["缺少数据"] == "担保台账·担保余额、财务数据·净资产"
    assert (count["填报值/实际值"], count["限额/应为"]) == ("2", "1")
    assert cap["数据来源(单元格)"] == "担保台账!H7、担保台账!H8、担保台账!H9、财务数据!C5"
    assert cap["文件摘要(SHA-256)"] == "0" * 64


def test_a_cell_beside_what_is_missing_is_not_the_value_that_the_rule_asks_for() -> None:
    details = Details(
        subject=Subject("entities", "91152200MA0N000032", "外部企业"),
        missing=("entities.solvent",),
        evidence=(Evidence("guarantees", "DB-003", "balance", "5,000,000", "担保台账!H7"),),
    )
    row = rows(reports.report(findings=(reports.finding("GUA101", Outcome.UNKNOWN, details),)))[0]
    assert row["填报值/实际值"] == ""
    assert row["数据来源(单元格)"] == "担保台账!H7"


def test_nothing_is_a_formula() -> None:
    for row in rows(reports.harmful_report()):
        assert not any(may_be_formula(cell) and cell[0] != "'" for cell in row.values())
        assert not any(set(cell) & {"\x1b", "\u202e", "\n"} for cell in row.values())
    first = rows(reports.harmful_report())[0]
    assert unguarded(first["对象名称"]) == visible(reports.HARMFUL)


def test_a_group_that_filed_nothing_is_named() -> None:
    finding = replace(reports.over_cap(name="某集团"), filing="-")
    row = rows(reports.report(filings=(), findings=(finding,)))[0]
    assert (row["填报编号"], row["集团"], row["文件"]) == ("-", "某集团", "")


def test_the_same_bytes_each_time() -> None:
    assert b"".join(csv_report(reports.full_report(), "en")) == b"".join(
        csv_report(reports.full_report(), "en")
    )

"""What a sample is: a filing as a document, the habits of the office that files it, and what is to be found."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from tools.samples.book import Row

AS_OF = date(2024, 4, 15)

Finding: TypeAlias = tuple[str, str, str, str]
Document: TypeAlias = dict[str, Row | list[Row]]


@dataclass(frozen=True)
class Habits:
    """How an office lays out its workbook."""

    date_format: str = "yyyy-mm-dd"
    ratio: str = "percent"  # a percent format, bare numbers under a header with (%), or text
    unit_in_header: bool = False
    yes: str = "是"
    no: str = "否"
    level: str = "{}"
    quarter: str = "{}"
    serial: bool = True
    remarks: bool = True
    key_value_header: bool = False
    total: str = "合计"
    total_in_name: bool = False
    unit_line: str = "单位：{}"
    colour: str = "#D9E1F2"
    order: dict[str, str] = field(default_factory=dict)  # columns that come first, by table
    sheets: str = ""  # sheets that come first
    clerk: str = ""


@dataclass(frozen=True)
class Sample:
    file: str
    summary: str
    document: Document
    expected: tuple[Finding, ...]
    habits: Habits | None = None  # of a workbook; without, the sample is a JSON document
    notes: dict[str, str] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)
    numbers_as_text: bool = True


def filing(
    group_code: str, group_name: str, name: str, *, year: int = 2024, unit: str = "万元", **days: str
) -> Row:
    """The sheet 填报信息."""
    return {
        "id": name,
        "group_code": group_code,
        "group_name": group_name,
        "year": year,
        "reference_date": days.get("reference_date", "2024-03-31"),
        "filed_on": days.get("filed_on", "2024-04-10"),
        "jurisdiction": "兴安盟国有资产监督管理委员会",
        "unit": unit,
    }


def findings(codes: dict[str, str], text: str) -> tuple[Finding, ...]:
    """Lines of rule, subject, outcome and reason; {A} in a subject is the code of the enterprise with that alias."""
    marks = {"不符": "fail", "豁免": "waived", "待办": "pending", "待核": "unknown"}
    found: list[Finding] = []
    for line in text.strip().splitlines():
        rule, subject, outcome, reason = (cell.strip() for cell in line.split("|"))
        subject = re.sub(r"\{(\w+)\}", lambda match: codes[match[1]], subject)
        if "+" in subject:
            subject = "+".join(sorted(subject.split("+")))
        found.append((rule, subject, marks[outcome], reason))
    return tuple(sorted(found))

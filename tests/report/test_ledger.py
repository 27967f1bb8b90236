"""The ledger of repairs: the tool's columns filled, people's open, what is overdue marked."""

import io
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from soe_compliance.report.ledger import COLUMNS
from soe_compliance.report.workbook import workbook
from tests.report import reports

PEOPLES = ["整改类型", "整改责任单位", "整改时限", "整改要求", "整改情况", "整改状态", "销号日期"]


@pytest.fixture(scope="module")
def book() -> Workbook:
    return load_workbook(io.BytesIO(b"".join(workbook(reports.full_report()))))


def test_a_row_for_each_breach_and_none_for_what_is_excused(book: Workbook) -> None:
    header, *rows = book["整改台账"].iter_rows(values_only=True)
    assert list(header) == [column.header.zh for column in COLUMNS]
    at = list(map(str, header)).index
    assert [row[at("规则编号")] for row in rows] == ["GUA105", "GUA101", "INV205", "INV103"]
    first = rows[0]
    assert first[at("统一社会信用代码")] == reports.PARENT
    assert (first[at("差额")], first[at("单位")], first[at("索引号")]) == (1100, "万元", "D-0001")
    assert first[at("整改建议")]
    assert all(row[at(name)] is None for row in rows for name in PEOPLES)


def test_states_are_chosen_from_lists_and_days_are_days(book: Workbook) -> None:
    rules = book["整改台账"].data_validations.dataValidation
    assert [rule.formula1 for rule in rules if rule.type == "list"] == [
        '"立行立改,分阶段整改,持续整改"',
        '"未整改,持续整改,已整改"',
    ]
    letters = {cell.value: get_column_letter(place) for place, cell in enumerate(book["整改台账"][1], 1)}
    days = [str(rule.sqref) for rule in rules if rule.type == "date"]
    assert days == [f"{letters[name]}2:{letters[name]}5" for name in ("整改时限", "销号日期")]


def test_what_is_overdue_turns_red(book: Workbook) -> None:
    sheet = book["整改台账"]
    letters = {cell.value: get_column_letter(place) for place, cell in enumerate(sheet[1], 1)}
    [(area, [rule])] = [(str(one.sqref), one.rules) for one in sheet.conditional_formatting]
    due, state, closed = (letters[name] for name in ("整改时限", "整改状态", "销号日期"))
    assert area == f"{due}2:{due}5"
    assert rule.formula == [f'AND(ISNUMBER(${due}2),${due}2<TODAY(),${state}2<>"已整改",${closed}2="")']
    sheet[f"{due}2"] = datetime(2024, 1, 1)
    assert sheet[f"{due}2"].number_format == "yyyy-mm-dd"

"""Small filings that fuzzing begins with, in every format; each is read without an error."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from soe_compliance.filings.csv_folder import ENDING
from soe_compliance.filings.forms import Unit
from soe_compliance.filings.tables import HEADER, TABLES
from soe_compliance.law.documents import rulesets_folder
from tests.filings.filed import workbook_bytes
from tests.filings.test_hostile_workbooks import XLSB_HEADER, xlsb
from tools.fuzz.inputs import FOLDER, Input, one_file

Document: TypeAlias = dict[str, Any]

_DATA = Path(__file__).parents[2] / "tests" / "filings" / "data"
_PARENT, _SON, _PART = "91152200MA0N00001R", "A1", "参股B"


def document() -> Document:
    """A filing with rows in every table but the explanations, each cell a text as forms have it."""
    return {
        "filing": {
            "group_code": _PARENT,
            "group_name": "兴安样例集团",
            "year": "2024",
            "reference_date": "2024-12-31",
            "unit": "万元",
        },
        "entities": [
            {
                "code": _PARENT,
                "name": "兴安样例集团",
                "level": "一级",
                "consolidated": "是",
                "going_concern": "是",
            },
            {
                "code": _SON,
                "name": "样例子公司",
                "level": "二级",
                "consolidated": "是",
                "going_concern": "否",
            },
        ],
        "holdings": [
            {"holder_code": _PARENT, "investee_code": _SON, "ratio": "60%", "voting_ratio": "60%"},
            {"holder_code": _SON, "investee_code": _PART, "ratio": "24.98%", "voting_ratio": "25%"},
        ],
        "financials": [
            {"code": _PARENT, "year": "2024", "net_assets": "1000", "consolidated_net_assets": "1,200.50"},
            {"code": _SON, "year": "2024", "net_assets": "-5.5", "consolidated_net_assets": "80"},
        ],
        "plans": [
            {
                "id": "J1",
                "year": "2024",
                "kind": "年度投资计划",
                "submitted_on": "2024-03-01",
                "narrative_attached": "是",
            },
            {
                "id": "J2",
                "year": "2024",
                "kind": "年中调整",
                "submitted_on": "2024年8月1日",
                "narrative_attached": "否",
            },
        ],
        "projects": [
            {
                "code": "X1",
                "name": "产业园一期",
                "investor_code": _SON,
                "plan_year": "2024",
                "amount": "300",
                "overseas": "否",
            },
            {
                "code": "X2",
                "name": "产业园二期",
                "investor_code": _SON,
                "plan_year": "2024",
                "amount": "9",
                "overseas": "是",
            },
        ],
        "approvals": [
            {
                "id": "S1",
                "project_code": "X1",
                "accepted_on": "2024-05-06",
                "decision": "同意",
                "documents": "可研报告、法律意见书",
            },
            {
                "id": "S2",
                "project_code": "X2",
                "accepted_on": "2024-06-03",
                "decision": "办理中",
                "documents": "可研报告",
            },
        ],
        "investment_reports": [
            {
                "project_code": "X1",
                "year": "2024",
                "quarter": "三季度",
                "submitted_on": "2024-10-10",
                "completed_amount": "20",
            },
            {
                "project_code": "X1",
                "year": "2024",
                "quarter": "四季度",
                "submitted_on": "2025-01-09",
                "completed_amount": "40",
            },
        ],
        "guarantees": [
            {
                "id": "D1",
                "guarantor_code": _PARENT,
                "beneficiary_code": _SON,
                "balance": "800",
                "signed_on": "2024-02-29",
            },
            {
                "id": "D2",
                "guarantor_code": _SON,
                "beneficiary_code": _PART,
                "balance": "12.34",
                "signed_on": "2024.3.1",
            },
        ],
        "financing_reports": [
            {
                "year": "2024",
                "quarter": "一季度",
                "submitted_on": "2024-04-10",
                "total_balance": "900",
                "ceiling": "950",
            },
            {
                "year": "2024",
                "quarter": "二季度",
                "submitted_on": "2024-07-10",
                "total_balance": "990",
                "ceiling": "950",
            },
        ],
        "debts": [
            {
                "id": "R1",
                "borrower_code": _SON,
                "balance": "50",
                "for_government": "否",
                "repayment_source": "经营收入",
            },
            {
                "id": "R2",
                "borrower_code": _PARENT,
                "balance": "70",
                "for_government": "是",
                "repayment_source": "财政收入",
            },
        ],
        "exceptions": [
            {
                "rule": "GUA104",
                "subject": _PARENT,
                "approval_no": "兴国资〔2024〕1号",
                "approved_on": "2024-01-02",
                "up_to": "900",
            },
            {
                "rule": "NET001",
                "subject": "A+B",
                "approval_no": "兴国资〔2024〕2号",
                "approved_on": "2024-01-03",
                "up_to": "",
            },
        ],
    }


def tables_of(filing: Document) -> Mapping[str, Sequence[Mapping[str, object]]]:
    return {key: rows for key, rows in filing.items() if key != HEADER}


def as_json(filing: Document) -> Input:
    return one_file("f.json", json.dumps(filing, ensure_ascii=False, indent=0).encode())


def as_lines(filings: Sequence[Document]) -> Input:
    return one_file("f.jsonl", b"\n".join(json.dumps(one, ensure_ascii=False).encode() for one in filings))


def grid(table: str, rows: Sequence[Mapping[str, object]], *, keys: bool = False) -> list[list[object]]:
    """The rows of a table below its headers, or below the keys of its fields."""
    fields = dict.fromkeys(key for row in rows for key in row)
    headers = [key if keys else TABLES[table].fields[key].header for key in fields]
    return [[*headers], *([row.get(key) for key in fields] for row in rows)]


def pairs(header: Mapping[str, object], *, keys: bool = False) -> list[list[object]]:
    """The filing's own fields, a label and a value a row."""
    fields = TABLES[HEADER].fields
    return [[key if keys else fields[key].header, value] for key, value in header.items()]


def as_csv(filing: Document, *, keys: bool = False, encoding: str = "utf-8") -> Input:
    grids = {HEADER: pairs(filing[HEADER], keys=keys)}
    grids |= {key: grid(key, rows, keys=keys) for key, rows in tables_of(filing).items()}
    members = {
        (key if keys else TABLES[key].title) + ENDING: csv_text(rows).encode(encoding, "replace")
        for key, rows in grids.items()
    }
    return Input(FOLDER, members)


def csv_text(rows: Sequence[Sequence[object]]) -> str:
    return "".join(
        ",".join(_quoted("" if cell is None else str(cell)) for cell in row) + "\r\n" for row in rows
    )


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if set(text) & set('",\r\n') else text


def as_workbook(filing: Document) -> Input:
    sheets = {TABLES[HEADER].title: pairs(filing[HEADER])}
    sheets |= {TABLES[key].title: grid(key, rows) for key, rows in tables_of(filing).items()}
    return one_file("f.xlsx", workbook_bytes(sheets))


@cache
def workbooks() -> Sequence[Input]:
    """A workbook of each kind, those of .xlsx small and large."""
    filing = document()
    small = {key: filing[key] for key in (HEADER, "guarantees", "holdings")}
    numbers = {**small, "financials": [{"code": "A1", "year": 2024, "net_assets": 12.5, "audited": True}]}
    guarantees = grid("guarantees", filing["guarantees"])
    cells = {
        (row, column): str(cell) for row, line in enumerate(guarantees) for column, cell in enumerate(line)
    }
    return (
        as_workbook(small),
        as_workbook(numbers),
        as_workbook(filing),
        one_file("f.ods", (_DATA / "filing.ods").read_bytes()),
        one_file("f.xls", (_DATA / "filing.xls").read_bytes()),
        one_file("f.xlsb", xlsb({TABLES[HEADER].title: XLSB_HEADER, TABLES["guarantees"].title: cells})),
    )


@cache
def ruleset_files(name: str = "filing-consistency") -> Mapping[str, bytes]:
    """The files of a shipped ruleset, without its examples."""
    folder = rulesets_folder() / name
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.glob("*.yaml"))
        if not path.name.endswith(".examples.yaml")
    }


UNITS = tuple(unit.value for unit in Unit)
CSV_PIECES = re.compile(rb'"(?:[^"]|"")*"|[^,"\r\n]+|.', re.DOTALL)

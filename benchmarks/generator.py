"""Filings to measure with: plausible, with few breaches, and the same for the same numbers.

Each has six tables of 150 rows together and the sheet of its own fields; it is made as a JSON document, and the
workbook is written from that.
"""

import json
import random
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

import xlsxwriter

from soe_compliance.domain.credit_codes import ALPHABET, check_character
from soe_compliance.filings.fields import Choice, FieldType
from soe_compliance.filings.forms import Document as Paper
from soe_compliance.filings.tables import HEADER, TABLES, FieldOfForm, TableOfForms

Row: TypeAlias = dict[str, Any]
Document: TypeAlias = dict[str, Any]

AS_OF = date(2024, 3, 25)
ROWS: Mapping[str, int] = {
    "entities": 20,
    "holdings": 19,
    "financials": 40,
    "projects": 16,
    "approvals": 5,
    "guarantees": 50,
}
"""How many rows each table has."""

_YEAR = 2024
_REFERENCE, _FILED_ON = date(2024, 2, 29), date(2024, 3, 20)
_SUBSIDIARIES = 15
_KEY_SUBSIDIARIES = 5
_ONE_IN = 10
"""Of so many filings one has a guarantee beyond the group's share."""

_TRADES = ("煤业", "水务", "城建", "文旅", "粮油", "交通", "热力", "物流", "电力", "农牧")
_BANKS = ("国家开发银行", "中国工商银行", "中国农业银行", "中国建设银行")


def documents(count: int) -> Iterator[Document]:
    """The first filings, as JSON documents."""
    return (document(number) for number in range(count))


def document(number: int) -> Document:
    """The filing with this number."""
    return _Group(number).document()


def write_workbooks(folder: Path, count: int) -> list[Path]:
    """Write the first filings as workbooks."""
    paths = [folder / f"filing-{number:05}.xlsx" for number in range(count)]
    for path, filing in zip(paths, documents(count), strict=True):
        path.write_bytes(workbook(filing))
    return paths


def write_json(folder: Path, count: int) -> list[Path]:
    """Write the first filings as JSON."""
    paths = [folder / f"filing-{number:05}.json" for number in range(count)]
    for path, filing in zip(paths, documents(count), strict=True):
        path.write_bytes(json_bytes(filing))
    return paths


def json_bytes(filing: Document) -> bytes:
    return json.dumps(filing, ensure_ascii=False, indent=1, default=date.isoformat).encode()


class _Group:
    """One group and what it files."""

    def __init__(self, number: int) -> None:
        self.random = random.Random(number)
        self.number = number
        self.codes = [self._code() for _ in range(ROWS["entities"])]
        self.name = f"兴安第{number}国有资产经营集团有限公司"
        self.names = [self.name, *(self._firm_name(place) for place in range(1, len(self.codes)))]
        self.holder = [0, *(self._holder(place) for place in range(1, len(self.codes)))]
        self.ratio = [1.0, *(self._ratio(place) for place in range(1, len(self.codes)))]

    def document(self) -> Document:
        return {
            "filing": self._header(),
            "entities": [self._entity(place) for place in range(len(self.codes))],
            "holdings": [self._holding(place) for place in range(1, len(self.codes))],
            "financials": [
                self._financials(place, year) for place in range(len(self.codes)) for year in (2022, 2023)
            ],
            "projects": [self._project(place) for place in range(ROWS["projects"])],
            "approvals": [self._approval(place) for place in range(ROWS["approvals"])],
            "guarantees": [self._guarantee(place) for place in range(ROWS["guarantees"])],
        }

    def _code(self) -> str:
        stem = "91152201MA" + "".join(self.random.choices(ALPHABET, k=7))
        return f"{stem}{check_character(stem)}"

    def _firm_name(self, place: int) -> str:
        return f"兴安盟{self.random.choice(_TRADES)}第{place}有限责任公司"

    def _is_subsidiary(self, place: int) -> bool:
        return place <= _SUBSIDIARIES

    def _holder(self, place: int) -> int:
        """The parent; for later subsidiaries one of the key ones."""
        return (
            0
            if place <= _KEY_SUBSIDIARIES or not self._is_subsidiary(place)
            else 1 + place % _KEY_SUBSIDIARIES
        )

    def _ratio(self, place: int) -> float:
        percent = self.random.randint(60, 100) if self._is_subsidiary(place) else self.random.randint(20, 45)
        return percent / 100

    def _money(self, low: int, high: int) -> float:
        """An amount in 万元 with two decimals."""
        return self.random.randint(low * 100, high * 100) / 100

    def _day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.random.randint(0, (last - first).days))

    def _header(self) -> Row:
        return {
            "id": f"BENCH-{self.number:05}",
            "group_code": self.codes[0],
            "group_name": self.name,
            "year": _YEAR,
            "reference_date": _REFERENCE,
            "filed_on": _FILED_ON,
            "jurisdiction": "兴安盟国有资产监督管理委员会",
            "unit": "万元",
        }

    def _entity(self, place: int) -> Row:
        return {
            "code": self.codes[place],
            "name": self.names[place],
            "level": 1 if place == 0 else 2 if self.holder[place] == 0 else 3,
            "key_subsidiary": 0 < place <= _KEY_SUBSIDIARIES,
            "consolidated": self._is_subsidiary(place),
            "going_concern": True,
            "solvent": True,
            "guarantee_licence": None,
            "guarantee_licence_until": None,
            "financial": False,
        }

    def _holding(self, place: int) -> Row:
        return {
            "holder_code": self.codes[self.holder[place]],
            "holder_name": self.names[self.holder[place]],
            "investee_code": self.codes[place],
            "investee_name": self.names[place],
            "ratio": self.ratio[place],
            "voting_ratio": None,
        }

    def _financials(self, place: int, year: int) -> Row:
        net_assets = self._money(900_000, 1_000_000) if place == 0 else self._money(80_000, 100_000)
        liabilities = self._money(20_000, 40_000)
        return {
            "code": self.codes[place],
            "year": year,
            "net_assets": net_assets,
            "consolidated_net_assets": round(net_assets * 1.1, 2),
            "attributable_net_assets": net_assets,
            "total_assets": round(net_assets + liabilities, 2),
            "total_liabilities": liabilities,
            "net_profit": self._money(100, 5_000),
            "operating_cash_flow": self._money(-500, 9_000),
            "audited": True,
        }

    def _project(self, place: int) -> Row:
        approved = place < ROWS["approvals"]
        started = self._day(date(2024, 2, 20), AS_OF)
        return {
            "code": f"XM-{_YEAR}-{place + 1:02}",
            "name": f"{self.random.choice(_TRADES)}改造工程（{place + 1}）",
            "investor_code": self.codes[1 + place % _KEY_SUBSIDIARIES],
            "plan_year": _YEAR,
            "amount": self._money(500, 9_000),
            "main_business": not approved,
            "overseas": False,
            "kind": "fixed_asset",
            "in_plan": True,
            "internal_decision_on": self._day(date(2023, 11, 1), date(2023, 12, 20)),
            "started_on": started,
            "completed_on": None,
            "terminated_on": None,
            "post_evaluated_on": None,
        }

    def _approval(self, place: int) -> Row:
        accepted = self._day(date(2023, 12, 25), date(2024, 1, 5))
        return {
            "id": f"HZ-{_YEAR}-{place + 1:02}",
            "project_code": f"XM-{_YEAR}-{place + 1:02}",
            "authority": "sasac",
            "applied_on": accepted - timedelta(days=3),
            "accepted_on": accepted,
            "paused_from": None,
            "paused_until": None,
            "decided_on": self._day(date(2024, 1, 8), date(2024, 1, 18)),
            "decision": "approved",
            "documents": [paper.value for paper in Paper],
        }

    def _guarantee(self, place: int) -> Row:
        beneficiary = 1 + place % (ROWS["entities"] - 1)
        guarantor = self.holder[beneficiary]
        debt = self._money(2_000, 6_000)
        over = place == _SUBSIDIARIES and self.number % _ONE_IN == 0
        share = 1.0 if self._is_subsidiary(beneficiary) or over else self.ratio[beneficiary] - 0.05
        balance = round(debt * share * 0.9, 2)
        signed = self._day(date(2021, 1, 1), date(2024, 1, 31))
        bank = self.random.choice(_BANKS)
        return {
            "id": f"DB-{place + 1:03}",
            "guarantor_code": self.codes[guarantor],
            "guarantor_name": self.names[guarantor],
            "beneficiary_code": self.codes[beneficiary],
            "beneficiary_name": self.names[beneficiary],
            "creditor": f"{bank}兴安分行",
            "debt_id": f"JK-{signed.year}-{place + 1:03}",
            "debt_balance": debt,
            "amount": round(balance * 1.2, 2),
            "balance": balance,
            "form": "连带责任保证",
            "signed_on": signed,
            "expires_on": signed + timedelta(days=365 * 6),
            "released_on": None,
            "board_resolution_on": signed - timedelta(days=self.random.randint(1, 20)),
            "group_approved_on": signed - timedelta(days=1),
            "counter_guarantee": None,
            "licensed_business": False,
            "home_buyers": False,
        }


def workbook(filing: Document) -> bytes:
    """The filing as a workbook, laid out as the forms are: a title, a line with the unit, the header, the rows."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2024, 1, 1)})
        writer = _Writer(book)
        writer.own_fields(filing[HEADER])
        for key in ROWS:
            writer.table(TABLES[key], filing[key])
    return stream.getvalue()


class _Writer:
    def __init__(self, book: Any) -> None:
        self.book = book
        self.formats = {
            FieldType.DATE: book.add_format({"num_format": "yyyy-mm-dd"}),
            FieldType.MONEY: book.add_format({"num_format": "#,##0.00"}),
            FieldType.RATIO: book.add_format({"num_format": "0.00%"}),
        }

    def own_fields(self, fields: Row) -> None:
        form = TABLES[HEADER]
        sheet = self.book.add_worksheet(form.title)
        for row, (key, value) in enumerate(fields.items()):
            sheet.write_string(row, 0, form.fields[key].header)
            self._cell(sheet, row, 1, form.fields[key], value)

    def table(self, form: TableOfForms, rows: list[Row]) -> None:
        sheet = self.book.add_worksheet(form.title)
        sheet.write_string(0, 0, form.title)
        sheet.write_string(1, len(form.fields), "单位：万元")
        sheet.write_string(2, 0, "序号")
        for column, field in enumerate(form.fields.values(), start=1):
            sheet.write_string(2, column, field.header)
        for place, values in enumerate(rows, start=1):
            sheet.write_number(2 + place, 0, place)
            for column, field in enumerate(form.fields.values(), start=1):
                self._cell(sheet, 2 + place, column, field, values[field.key])

    def _cell(self, sheet: Any, row: int, column: int, field: FieldOfForm, value: object) -> None:
        written, style = _as_written(field, value), self.formats.get(field.type)
        if isinstance(written, date):
            sheet.write_datetime(row, column, written, style)
        elif isinstance(written, str):
            sheet.write_string(row, column, written)
        elif isinstance(written, (int, float)):
            sheet.write_number(row, column, written, style)


def _as_written(field: FieldOfForm, value: object) -> object:
    """What a form shows: 是 and 否, and the labels of listed values."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if field.choices and isinstance(value, str):
        return _label(field.choices, value)
    if field.choices and isinstance(value, list):
        return "、".join(_label(field.choices, key) for key in value)
    return value


def _label(choices: type[Choice], key: str) -> str:
    return next(choice.label for choice in choices if choice.value == key)

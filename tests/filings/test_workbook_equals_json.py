"""A filing means the same as a workbook, however that is laid out, and as JSON."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soe_compliance.filings.batch import Batch, batch_of
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.filing import FEN_PER_UNIT, Filing
from soe_compliance.filings.forms import Unit
from soe_compliance.filings.tables import TABLES, FieldOfForm
from tests.filings.filed import HEADER_JSON, HEADER_ROWS, Percent, Row, read_bytes, workbook_bytes

CELLS: Mapping[FieldType, st.SearchStrategy[Any]] = {
    FieldType.FIRM: st.text("AB9", min_size=1, max_size=3),
    FieldType.PROJECT: st.text("XY-1", min_size=1, max_size=3).filter(lambda text: text.strip("-") != ""),
    FieldType.ID: st.text("N甲-2", min_size=1, max_size=3).filter(lambda text: text.strip("-") != ""),
    FieldType.TEXT: st.sampled_from(["甲公司", "乙（集团）公司", "Ｃ"]),
    FieldType.INT: st.integers(2020, 2025),
    FieldType.QUARTER: st.integers(1, 4),
    FieldType.LEVEL: st.integers(1, 5),
    FieldType.DATE: st.dates(date(2019, 1, 1), date(2026, 12, 31)),
    FieldType.MONEY: st.integers(-(10**12), 10**13),
    FieldType.RATIO: st.integers(0, 10_000),
    FieldType.FLAG: st.booleans(),
}
"""Money is drawn in fen, a ratio in hundredths of a percent."""


@dataclass(frozen=True)
class Layout:
    """How a table is laid out on its sheet."""

    titles: list[Row]
    order: list[str]
    extra: list[str]
    unit: Unit | None
    line: Unit | None
    percent_header: bool
    as_text: bool
    footer: list[Row]


def cells(field: FieldOfForm) -> st.SearchStrategy[Any]:
    if field.choices:
        one = st.sampled_from(list(field.choices))
        return st.lists(one, max_size=3) if field.type is FieldType.CHOICES else one
    return CELLS[field.type]


@st.composite
def rows_of(draw: st.DrawFn, table: str) -> list[dict[str, Any]]:
    fields = TABLES[table].fields.values()
    row = st.fixed_dictionaries(
        {field.key: cells(field) if field.required else st.none() | cells(field) for field in fields}
    )
    return draw(st.lists(row, max_size=5))


@st.composite
def layouts(draw: st.DrawFn, table: str) -> Layout:
    title, line = (
        ["某某集团" + TABLES[table].title],
        draw(st.sampled_from([None, Unit.YUAN, Unit.HUNDRED_MILLION])),
    )
    titles: list[Row] = draw(st.lists(st.just(title), max_size=3))
    if line:
        titles.append(["编制单位：某某集团", "", f"（金额单位：{line.label}）"])
    return Layout(
        titles=titles,
        order=draw(st.permutations(list(TABLES[table].fields))),
        extra=draw(st.lists(st.sampled_from(["序号", "备注", "币种"]), unique=True)),
        unit=draw(st.sampled_from([None, Unit.TEN_THOUSAND, Unit.MILLION])),
        line=line,
        percent_header=draw(st.booleans()),
        as_text=draw(st.booleans()),
        footer=draw(st.sampled_from([[], [[], ["注：无"]], [["合计"]], [[], ["填表人：甲　　审核人：乙"]]])),
    )


def in_json(field: FieldOfForm, value: Any) -> object:
    if value is None:
        return None
    if field.type is FieldType.MONEY:
        return str(Decimal(value) / FEN_PER_UNIT[Unit.TEN_THOUSAND])
    if field.type is FieldType.RATIO:
        return str(Decimal(value) / 10_000)
    return value.isoformat() if isinstance(value, date) else value


def on_sheet(field: FieldOfForm, value: Any, layout: Layout) -> object:
    if value is None:
        return None
    if field.choices:
        return "、".join(one.label for one in value) if isinstance(value, list) else value.label
    if field.type is FieldType.MONEY:
        unit = layout.unit or layout.line or Unit.TEN_THOUSAND
        amount = Decimal(value) / FEN_PER_UNIT[unit]
        return f"{amount:,f}" if layout.as_text else float(amount)
    if field.type is FieldType.RATIO:
        if layout.as_text:
            return f"{Decimal(value) / 100}%"
        return value / 100 if layout.percent_header and value % 2 else Percent(value / 10_000)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日" if layout.as_text else value
    return value


def header_of(field: FieldOfForm, layout: Layout) -> str:
    if field.type is FieldType.MONEY and layout.unit:
        return f"{field.header}\n（{layout.unit.label}）"
    return (
        f"{field.header}（％）" if field.type is FieldType.RATIO and layout.percent_header else field.header
    )


def sheet(table: str, rows: list[dict[str, Any]], layout: Layout) -> list[Row]:
    fields = [TABLES[table].fields[key] for key in layout.order]
    return [
        *layout.titles,
        [*layout.extra, *(header_of(field, layout) for field in fields)],
        *([*("" for _ in layout.extra), *(on_sheet(f, row[f.key], layout) for f in fields)] for row in rows),
        *layout.footer,
    ]


def documents_stay_stated(table: str, rows: list[dict[str, Any]]) -> None:
    """An empty list of documents can be stated in JSON only."""
    for row in rows:
        for key, field in TABLES[table].fields.items():
            if field.type is FieldType.CHOICES and not row[key]:
                row[key] = None


def same(one: Batch, other: Batch, table: str) -> None:
    mine, theirs = one.tables[table], other.tables[table]
    assert len(mine) == len(theirs)
    assert one.firm_codes == other.firm_codes
    assert one.names.names == other.names.names
    assert mine.row.tolist() == theirs.row.tolist()
    for field in mine.columns:
        assert mine.stated(field).tolist() == theirs.stated(field).tolist(), field
        ours = np.where(mine.stated(field), mine.values(field), 0).tolist()
        assert ours == np.where(theirs.stated(field), theirs.values(field), 0).tolist(), field


def batch(folder: Path, data: bytes, name: str) -> Batch:
    [filing] = read_bytes(folder, data, name)
    assert isinstance(filing, Filing), filing.problems
    assert {problem.code for problem in filing.problems} <= {"column-unknown", "no-data-rows"}, (
        filing.problems
    )
    found = batch_of([filing])
    assert {problem.code for problem in found.problems[0]} <= {"row-unusable"}, found.problems
    return found


def check(folder: Path, table: str, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
    rows = draw(rows_of(table))
    layout = draw(layouts(table))
    documents_stay_stated(table, rows)
    fields = TABLES[table].fields
    document = {
        "filing": HEADER_JSON,
        table: [{key: in_json(fields[key], value) for key, value in row.items()} for row in rows],
    }
    book = workbook_bytes({"填报信息": HEADER_ROWS, TABLES[table].title: sheet(table, rows, layout)})
    same(batch(folder, book, "f.xlsx"), batch(folder, json.dumps(document).encode(), "f.json"), table)


@pytest.mark.parametrize("table", [key for key in TABLES if key != "filing"])
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_workbook_means_what_its_json_means(tmp_path: Path, table: str, data: st.DataObject) -> None:
    check(tmp_path, table, data.draw)

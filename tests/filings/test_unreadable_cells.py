"""Many cells of a column that can't be read: the first are told of one by one, all others together, and none is lost."""

import re
import tracemalloc
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from soe_compliance.filings import columns
from soe_compliance.filings.batch import batch_of
from soe_compliance.filings.columns import Cells, Names, carefully_typed, typed
from soe_compliance.filings.discover import FoundFile
from soe_compliance.filings.fields import Choice, FieldType
from soe_compliance.filings.filing import Filing
from soe_compliance.filings.problems import Level, Problem
from soe_compliance.filings.reading import read_file
from soe_compliance.filings.spellings import How
from soe_compliance.filings.tables import TABLES
from soe_compliance.filings.values import Reader, reader
from tests.filings.filed import (
    GUARANTEE_HEADERS,
    HEADER_JSON,
    HEADER_ROWS,
    Row,
    filing_bytes,
    read_json,
    read_one,
    workbook_bytes,
)

TOLD = 1_000
DAY = date(2024, 2, 29)


def guarantees(tmp_path: Path, balances: Sequence[object]) -> Filing:
    rows = [[f"D{place}", "A", "B", balance] for place, balance in enumerate(balances)]
    return read_one(tmp_path, filing_bytes(guarantees=[GUARANTEE_HEADERS, *rows]))


def told(filing: Filing) -> list[Problem]:
    return list(batch_of([filing]).problems[0])


def rows_of_told(problems: Sequence[Problem]) -> list[int]:
    """The rows of a sheet that the problems name, be it in their place or in a list: 第5-7、9行."""
    found: list[int] = []
    for problem in problems:
        listed = re.search(r"（第([0-9、-]+)行）", problem.text.zh)
        spans = listed[1].split("、") if listed else [str(problem.location).partition("!D")[2]]
        for first, _, last in (span.partition("-") for span in spans):
            found += range(int(first), int(last or first) + 1)
    return found


def test_those_beyond_the_first_are_told_of_together(tmp_path: Path) -> None:
    filing = guarantees(tmp_path, [DAY] * (TOLD + 5) + [5, None, DAY])
    *single, together = told(filing)
    assert [problem.code for problem in single] == ["cell-unreadable"] * TOLD
    assert single[-1].location == f"担保台账!D{TOLD + 1}"
    assert single[-1].in_("zh") == (
        "“担保余额”填写的“2024-02-29”不是有效的金额（如1,234.50或1.2亿元），按未填处理；请更正"
    )
    assert (together.level, together.code) == (Level.ERROR, "cells-unreadable")
    assert (together.table, together.field) == ("guarantees", "balance")
    assert together.location == f"担保台账!D{TOLD + 2}"
    assert together.in_("zh") == (
        "“担保余额”另有6格（第1002-1006、1009行）填写的不是有效的金额（如1,234.50或1.2亿元），均按未填处理；请更正"
    )
    assert together.in_("en") == (
        "“担保余额” holds what is not an amount (such as 1,234.50 or 1.2亿元) in 6 more of its cells (rows 1002-1006, 1009), "
        "which count as blank; correct them"
    )
    balances = batch_of([filing]).tables["guarantees"].columns["balance"]
    assert np.flatnonzero(balances.stated).tolist() == [TOLD + 5]


def test_as_many_as_are_told_of_one_by_one(tmp_path: Path) -> None:
    assert [problem.code for problem in told(guarantees(tmp_path, ["许多"] * TOLD))] == [
        "cell-unreadable"
    ] * TOLD


def test_of_each_kind_by_itself(tmp_path: Path) -> None:
    filing = guarantees(tmp_path, ["许多"] * TOLD + ["许多", "5美元", "许多", "6美元"])
    plain, foreign = told(filing)[TOLD:]
    assert "另有2格（第1002、1004行）填写的不是有效的金额" in plain.text.zh
    assert "另有2格（第1003、1005行）填写的不是有效的人民币金额（外币请折算" in foreign.text.zh
    assert foreign.location == "担保台账!D1003"


def test_every_cell_is_named_be_they_scattered(tmp_path: Path) -> None:
    problems = told(guarantees(tmp_path, ["许多", 1] * 1_200))
    assert [problem.code for problem in problems[TOLD:]] == ["cells-unreadable"] * 4
    assert rows_of_told(problems) == list(range(2, 2_402, 2))


def test_codes_that_lost_digits_and_the_rows_that_lack_them(tmp_path: Path) -> None:
    headers: Row = ["担保人代码", "被担保人代码"]
    rows: list[Row] = [[911522017245674240.0, "B"]] * (TOLD + 2)
    filing = read_one(tmp_path, filing_bytes(guarantees=[headers, *rows]))
    found = told(filing)
    codes = ["code-lost-digits", "codes-lost-digits", "row-unusable", "rows-unusable"]
    assert list(dict.fromkeys(problem.code for problem in found)) == codes
    assert found[TOLD].in_("zh") == (
        "“担保人代码”另有2格（第1002-1003行）以数字存储，已丢失精度，均按未填处理；请将单元格改为文本后重新填写"
    )
    assert "in 2 more of its cells (rows 1002-1003)" in found[TOLD].in_("en")
    assert batch_of([filing]).unusable["guarantees"].tolist() == [TOLD + 2]


def test_in_json_they_are_named_by_their_places(tmp_path: Path) -> None:
    row = {"guarantor_code": "A", "beneficiary_code": "B"}
    bad = row | {"balance": "许多"}
    document = {"filing": HEADER_JSON, "guarantees": [*[bad] * (TOLD + 1), row, bad, bad]}
    [filing] = read_json(tmp_path, document)
    assert isinstance(filing, Filing)
    last = told(filing)[-1]
    assert last.location == "/guarantees/1000/balance"
    assert "另有3格（/guarantees/1000、/guarantees/1002 - /guarantees/1003）" in last.text.zh


def test_in_csv_they_are_named_by_their_lines(tmp_path: Path) -> None:
    folder = tmp_path / "f"
    folder.mkdir()
    (folder / "filing.csv").write_text("".join(f"{key},{value}\n" for key, value in HEADER_JSON.items()))
    lines = ["guarantor_code,beneficiary_code,balance", *["A,B,许多"] * (TOLD + 3)]
    (folder / "guarantees.csv").write_text("\n".join(lines))
    [filing] = read_file(FoundFile(str(folder)))
    assert isinstance(filing, Filing)
    last = told(filing)[-1]
    assert last.location == f"guarantees.csv:{TOLD + 2}:balance"
    assert f"（guarantees.csv:{TOLD + 2} - guarantees.csv:{TOLD + 4}）" in last.text.zh


@pytest.mark.parametrize("more", [0, 1])
def test_of_a_table_on_several_sheets_each_counts_for_itself(tmp_path: Path, more: int) -> None:
    headers: Row = ["统一社会信用代码", "会计年度", "净资产"]
    sheets: dict[str, list[Row]] = {
        f"{year}年财务数据": [headers, *[[f"A{place}", year, "许多"] for place in range(TOLD + more)]]
        for year in (2022, 2023)
    }
    filing = read_one(tmp_path, workbook_bytes({"填报信息": HEADER_ROWS, **sheets}))
    found = told(filing)
    assert [problem.code for problem in found].count("cell-unreadable") == 2 * TOLD
    summed = [problem.location for problem in found if problem.code == "cells-unreadable"]
    assert summed == [f"{year}年财务数据!C{TOLD + 2}" for year in (2022, 2023)] * more


def test_each_column_and_each_filing_counts_for_itself(tmp_path: Path) -> None:
    headers: Row = ["担保人代码", "被担保人代码", "担保余额", "签订日期"]
    rows: list[Row] = [["A", "B", "许多", "某日"]] * (TOLD - 1)
    filing = read_one(tmp_path, filing_bytes(guarantees=[headers, *rows]))
    for problems in batch_of([filing, filing]).problems:
        assert [problem.code for problem in problems] == ["cell-unreadable"] * 2 * (TOLD - 1)


COLUMNS: dict[str, tuple[FieldType, list[Any]]] = {
    "dates in an amount column": (FieldType.MONEY, [DAY + timedelta(n % 50) for n in range(20_000)]),
    "texts in an amount column": (FieldType.MONEY, [f"甲公司{n % 50}" for n in range(20_000)]),
    "texts in a column of years": (FieldType.INT, [f"甲公司{n % 50}" for n in range(20_000)]),
    "texts and dates in a column of years": (
        FieldType.INT,
        [f"甲{n % 49}" if n % 50 else DAY for n in range(20_000)],
    ),
    "texts in a column of dates": (FieldType.DATE, [f"甲公司{n % 50}" for n in range(20_000)]),
}
FIELDS = {
    FieldType.MONEY: TABLES["guarantees"].fields["balance"],
    FieldType.INT: TABLES["plans"].fields["year"],
    FieldType.DATE: TABLES["guarantees"].fields["signed_on"],
}


def raw(cells: list[Any]) -> Cells:
    return Cells(cells, np.zeros(len(cells), dtype=np.int64), np.full(len(cells), 100, dtype=np.int64))


@pytest.mark.parametrize("name", COLUMNS)
def test_what_was_refused_once_is_not_read_again(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kind, cells = COLUMNS[name]
    read: list[object] = []

    def counting(of_kind: FieldType, choices: type[Choice] | None) -> Reader:
        usual = reader(of_kind, choices)

        def counted(cell: object) -> tuple[Any, How | None]:
            read.append(cell)
            return usual(cell)

        return counted

    monkeypatch.setattr(columns, "reader", counting)
    _, bad = carefully_typed(FIELDS[kind], raw(cells), Names())
    assert [value.position for value in bad] == list(range(20_000))
    assert len(read) == 50


@pytest.mark.parametrize("name", COLUMNS)
def test_a_cell_that_is_refused_costs_little_memory(name: str) -> None:
    """An exception with its traceback takes some kilobytes."""
    kind, cells = COLUMNS[name]
    tracemalloc.start()
    try:
        _, bad = typed(FIELDS[kind], raw(cells), Names())
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(bad) == 20_000
    assert kept < 200 * len(bad)


def test_what_may_be_chosen_is_listed(tmp_path: Path) -> None:
    rows = [["融资合同编号", "借款人代码", "还款来源"], ["L1", "P", "经营收入、再融资"]]
    [bad] = told(read_one(tmp_path, filing_bytes(debts=rows)))
    assert "所列选项（经营收入、再融资、资产处置、财政收入、政府付费、其他）" in bad.text.zh
    assert "listed values (operations 经营收入, refinancing 再融资, " in bad.text.en

"""One cell of a filing is another, and what must hold then.

Every other cell is read as before; the row is read, or left out and listed as left out; and a cell that says something
either has a value or a problem with its place.
"""

import random
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from soe_compliance.filings.batch import batch_of
from soe_compliance.filings.cell_text import is_stated
from soe_compliance.filings.filing import Filing, RawTable, Unreadable
from soe_compliance.filings.problems import Level, Problem
from soe_compliance.filings.tables import HEADER, TABLES
from tools.fuzz.held import hold
from tools.fuzz.seeds import Document, document

WORDS = (
    *(
        "合计",
        "小计",
        "总计：",
        "其中：甲",
        "注：1、无",
        "注释",
        "填表人：甲",
        "一、全资子公司",
        "示例",
        "请填写****年**月",
        "备注",
    ),
    *(
        "是",
        "否",
        "√",
        "☑是 □否",
        "□是 □否",
        "是 否",
        "Y",
        "不是",
        "有",
        "无",
        "-",
        "—",
        "/",
        "N/A",
        "空白",
        "不适用",
        "0",
    ),
    *(
        "2024-12-31",
        "2024年2月30日",
        "2017126",
        "二〇二四年五月一日",
        "2024.13.1",
        "45291",
        "1900-02-28",
        "9999-12-31",
    ),
    *(
        "24.98%",
        "百分之三十",
        "5‰",
        "1,234.50",
        "１，２３４．５",
        "(12.5)",
        "△5",
        "1.2亿",
        "1,308万(元)",
        "壹佰万元整",
        "$5",
    ),
    *(
        "=1+1",
        "+1",
        "@A1",
        "'001",
        "#REF!",
        "#N/A",
        "${a.b}",
        "<jx:forEach>",
        "http://x",
        "\x1b[31m红",
        "\u202e反",
        "a\u200bb",
    ),
    *(
        "1e5",
        "1E+20",
        "1e99",
        "-0",
        "0.00",
        "９" * 20,
        "9" * 60,
        "NaN",
        "inf",
        "None",
        "null",
        "TRUE",
        "false",
        "①",
        "½",
        "³",
    ),
    *(
        "91152200MA0N00001R",
        "A1",
        "a1",
        "Ａ1",
        " A1\u3000",
        "9.1152E+17",
        "a\tb",
        "a\nb",
        'a"b',
        "a,b",
        "𠮷",
        "\ufeffx",
        "x" * 300,
    ),
    *(
        "万元",
        "单位：亿元",
        "统一社会信用代码",
        "code",
        "GUA104",
        "第一季度",
        "Q3",
        "5季度",
        "三级企业",
        "12月",
        "2024年度",
        "\x00",
    ),
    *(
        "可研报告",
        "可研报告、外星报告",
        "同意",
        "不同意。",
        "approved",
        "经营收入",
        "其他",
        "..",
        "../../x",
        "CON",
        "{}",
        "{0}",
        "%s",
    ),
)
SIGNS = "0123456789年月日.-/,%‰万亿元()（）是否合计注：、 \u3000+−△eE'=√□☑一二三十百零〇壹Aa１，"
_VALUES: Sequence[object] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        2**53 + 1,
        10**30,
        0.1,
        1e-30,
        -0.0,
        24.98,
        1e40,
        20241231,
        91152200000000001,
    ),
    *([], {}, [None], ["x", 1], {"a": {}}, ["feasibility_study"], [["x"]]),
)


@dataclass(frozen=True)
class Changed:
    """A filing in which one cell is another.

    Attributes:
        row: the row's place in its table, from 0.
    """

    filing: Document
    table: str
    row: int
    field: str
    cell: object


def odd_text(rng: random.Random) -> str:
    """A text that somebody may write in a cell."""
    kind = rng.randrange(10)
    if kind < 5:
        return rng.choice(WORDS)
    if kind < 7:
        return "".join(rng.choices(SIGNS, k=rng.randint(1, 12)))
    if kind == 7:
        return "".join(rng.choice(WORDS) for _ in range(2))
    if kind == 8:
        word = rng.choice(WORDS)
        place = rng.randrange(len(word))
        return word[:place] + rng.choice(SIGNS) + word[place + 1 :]
    return "".join(
        chr(rng.choice([rng.randrange(0x20, 0x7F), rng.randrange(0xA0, 0xD7FF)])) for _ in range(5)
    )


def changed(rng: random.Random, *, texts_only: bool) -> Changed:
    """The seed with one cell changed."""
    filing = document()
    table = rng.choice([key for key in filing if key != HEADER])
    row = rng.randrange(len(filing[table]))
    field = rng.choice(list(filing[table][row]))
    cell = odd_text(rng) if texts_only or rng.random() < 0.7 else deepcopy(rng.choice(_VALUES))
    filing[table][row][field] = cell
    return Changed(filing, table, row, field, cell)


def kept(given: Changed, before: Filing, read: Sequence[Filing | Unreadable], *, sheets: bool) -> None:
    """What was not changed is read as before, and what was is read or told of.

    Args:
        sheets: the rows stand on sheets, so that some may be no data.
    """
    hold(len(read) == 1, "one filing became several", len(read))
    [after] = read
    if isinstance(after, Unreadable):
        return
    errors = [problem for problem in after.problems if problem.level is Level.ERROR]
    for key, table in before.tables.items():
        now = after.tables.get(key)
        if now is None:
            hold(any(p.table == key for p in errors), "a table is gone, and no error says so", key)
            continue
        _same_but_one(given, table, now, sheets=sheets)
    _read_or_told(given, after)


def _same_but_one(given: Changed, before: RawTable, after: RawTable, *, sheets: bool) -> None:
    """Every row is there or listed as left out, and no cell but the changed one differs."""
    left_out = set(after.layout.left_out) if after.layout else set()
    places = {number: place for place, number in enumerate(after.rows)}
    for place, number in enumerate(before.rows):
        changed_row = before.key == given.table and place == given.row
        now = places.get(number)
        if now is None:
            hold(
                sheets and number in left_out, "a row is gone, and not listed as left out", before.key, place
            )
            hold(changed_row, "a row is left out for what another says", before.key, place, given.cell)
            continue
        for field, cells in before.cells.items():
            if changed_row and field == given.field:
                continue
            after_cells = after.cells.get(field)
            hold(after_cells is not None, "a column is gone", before.key, field)
            assert after_cells is not None
            hold(
                after_cells[now] == cells[place],
                "a cell changed with another",
                before.key,
                field,
                after_cells[now],
            )
            hold(after.fen_of(field, now) == before.fen_of(field, place), "a unit changed with a cell", field)


def _read_or_told(given: Changed, after: Filing) -> None:
    """The changed cell has a value, or a problem at its place, unless it says nothing."""
    table = after.tables.get(given.table)
    if table is None or not _says_something(given.cell):
        return
    batch = batch_of([after])
    told: Sequence[Problem] = (*after.problems, *batch.problems[0])
    rows = list(table.rows)
    if rows and len(rows) > given.row and len(rows) == 2:
        place = table.place(given.row, given.field)
        if any(problem.location == place for problem in told):
            return
        if any(p.code == "row-unusable" and p.location == table.place(given.row, p.field) for p in told):
            return
        used = batch.tables[given.table]
        at = [number for number, row in enumerate(used.row.tolist()) if row == given.row]
        if not at:
            hold(bool(batch.repeats[given.table].rows), "a row is not used, and nothing says so", given.cell)
            return
        column = used.columns[given.field]
        out = used.out_of_range.get(given.field)
        stated = bool(column.stated[at[0]]) or (out is not None and at[0] in out.tolist())
        kind = TABLES[given.table].fields[given.field].type
        hold(
            stated, "a cell that says something counts as blank, and nothing says so", given.cell, kind, place
        )


def _says_something(cell: object) -> bool:
    if isinstance(cell, str):
        return is_stated(cell.strip().lstrip("'")) and not set(cell) & set("□○◯☐▢")
    return cell is not None and cell != [] and cell != {}

"""Many rows that can't be used: the first are told of one by one, all others together, and none is lost."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from soe_compliance.filings.batch import batch_of
from soe_compliance.filings.discover import FoundFile
from soe_compliance.filings.filing import Filing
from soe_compliance.filings.problems import Problem
from soe_compliance.filings.reading import read_file
from tests.filings.filed import HEADER_JSON, Row, filing_bytes, read_json, read_one, workbook_bytes
from tests.filings.filed import HEADER_ROWS as FILING

HEADERS: Row = ["担保编号", "担保人代码", "被担保人代码", "担保余额"]
TOLD = 1_000


def rows_of(table: Sequence[tuple[str, str]]) -> list[Row]:
    return [[f"D{place}", *codes, 1] for place, codes in enumerate(table)]


def told(filing: Filing) -> list[Problem]:
    return list(batch_of([filing]).problems[0])


def numbers_in(text: str) -> list[int]:
    """The rows that a text lists in brackets: 5-7 and 9."""
    found: list[int] = []
    for first, last in re.findall(r"(\d+)(?:-(\d+))?", text[text.index("（") : text.index("行）")]):
        found += range(int(first), int(last or first) + 1)
    return found


def test_those_beyond_the_first_are_told_of_together(tmp_path: Path) -> None:
    rows = rows_of([("", "B")] * (TOLD + 500) + [("A", "")] * 20 + [("A", "B")] + [("", "B")] * 2)
    filing = read_one(tmp_path, filing_bytes(guarantees=[HEADERS, *rows]))
    found = told(filing)
    assert [problem.code for problem in found[:TOLD]] == ["row-unusable"] * TOLD
    assert found[TOLD - 1].location == f"担保台账!B{TOLD + 1}"
    guarantor, beneficiary = found[TOLD:]
    assert {guarantor.code, beneficiary.code} == {"rows-unusable"}
    assert (guarantor.field, guarantor.location) == ("guarantor_code", f"担保台账!B{TOLD + 2}")
    assert guarantor.in_("zh") == (
        "另有502行（第1002-1501、1523-1524行）缺少“担保人代码”（guarantor_code），均未用于检查；请补填"
    )
    assert beneficiary.in_("en").startswith("20 more rows (rows 1502-1521) lack “被担保人代码”")
    assert batch_of([filing]).unusable["guarantees"].tolist() == [TOLD + 522]


def test_as_many_as_are_told_of_one_by_one(tmp_path: Path) -> None:
    filing = read_one(tmp_path, filing_bytes(guarantees=[HEADERS, *rows_of([("", "B")] * TOLD)]))
    assert [problem.code for problem in told(filing)] == ["row-unusable"] * TOLD


def test_every_row_is_named_be_they_scattered(tmp_path: Path) -> None:
    rows = rows_of([("", "B"), ("A", "B")] * 1_200)
    filing = read_one(tmp_path, filing_bytes(guarantees=[HEADERS, *rows]))
    more = [problem for problem in told(filing) if problem.code == "rows-unusable"]
    assert len(more) == 4
    listed = [number for problem in more for number in numbers_in(problem.text.zh)]
    assert listed == list(range(TOLD * 2 + 2, 2_402, 2))


def test_in_json_they_are_named_by_their_places(tmp_path: Path) -> None:
    rows = [{"beneficiary_code": "B"}] * (TOLD + 1) + [{"guarantor_code": "A", "beneficiary_code": "B"}]
    document = {"filing": HEADER_JSON, "guarantees": [*rows, *rows[:2]]}
    [filing] = read_json(tmp_path, document)
    assert isinstance(filing, Filing)
    assert "（/guarantees/1000、/guarantees/1002 - /guarantees/1003）" in told(filing)[-1].text.zh


def test_in_csv_they_are_named_by_their_lines(tmp_path: Path) -> None:
    folder = tmp_path / "f"
    folder.mkdir()
    header = "".join(f"{key},{value}\n" for key, value in HEADER_JSON.items())
    (folder / "filing.csv").write_text(header)
    lines = ["guarantor_code,beneficiary_code", *[",B"] * (TOLD + 3)]
    (folder / "guarantees.csv").write_text("\n".join(lines))
    [filing] = read_file(FoundFile(str(folder)))
    assert isinstance(filing, Filing)
    last = told(filing)[-1]
    assert last.location == f"guarantees.csv:{TOLD + 2}:guarantor_code"
    assert f"（guarantees.csv:{TOLD + 2} - guarantees.csv:{TOLD + 4}）" in last.text.zh


@pytest.mark.parametrize("more", [0, 1])
def test_of_a_table_on_several_sheets_each_counts_for_itself(tmp_path: Path, more: int) -> None:
    headers: Row = ["统一社会信用代码", "会计年度", "净资产"]
    sheets: dict[str, list[Row]] = {
        f"{year}年财务数据": [headers, *[["", year, 5]] * (TOLD + more)] for year in (2022, 2023)
    }
    filing = read_one(tmp_path, workbook_bytes({"填报信息": FILING, **sheets}))
    summed = [problem.location for problem in told(filing) if problem.code == "rows-unusable"]
    assert summed == [f"{year}年财务数据!A{TOLD + 2}" for year in (2022, 2023)] * more

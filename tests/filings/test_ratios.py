"""Shares and percentages: by the cell's format, by the header, by its own sign, and never by guess."""

from pathlib import Path

import numpy as np
import pytest

from soe_compliance.domain.ownership import RATIO_UNIT
from soe_compliance.filings.batch import batch_of
from soe_compliance.filings.number_formats import number_format
from soe_compliance.filings.ratio_columns import may_need_format, ratio_column
from tests.filings.filed import Formatted, Percent, Row, codes, filing_bytes, places, read_one, the_problem


def shares(folder: Path, cells: list[object], header: str = "持股比例") -> list[float | None]:
    """The shares that a column of these cells states."""
    rows: list[Row] = [["出资人代码", "被投资企业代码", header, "表决权比例"]]
    rows += [["A", f"B{place}", cell, None] for place, cell in enumerate(cells)]
    filing = read_one(folder, filing_bytes(holdings=rows))
    table = batch_of([filing]).tables["holdings"]
    units = np.where(table.stated("ratio"), table.values("ratio"), 0) / RATIO_UNIT
    return [
        unit if stated else None for unit, stated in zip(units.tolist(), table.stated("ratio"), strict=True)
    ]


def test_a_percent_format_makes_a_share_whatever_the_header_says(tmp_path: Path) -> None:
    cells: list[object] = [Percent(0.2498), Percent(1), Percent(0.005)]
    for header in ("持股比例", "持股比例（%）"):
        assert shares(tmp_path, cells, header) == [0.2498, 1.0, 0.005]


def test_a_percent_header_makes_percentages(tmp_path: Path) -> None:
    cells: list[object] = [24.98, 100, 0.5, "24.98", "24.98%", "50％"]
    expected = [0.2498, 1.0, 0.005, 0.2498, 0.2498, 0.5]
    for header in ("持股比例(%)", "持股比例（％）"):
        assert shares(tmp_path, cells, header) == expected


def test_formats_and_plain_numbers_under_a_percent_header(tmp_path: Path) -> None:
    assert shares(tmp_path, [Percent(0.5), 24.98, 0.5], "持股比例（%）") == [0.5, 0.2498, 0.005]


def test_an_unmarked_column_of_shares(tmp_path: Path) -> None:
    assert shares(tmp_path, [0.2498, 1, 0, "0.5", None, "24.98%"]) == [0.2498, 1.0, 0.0, 0.5, None, 0.2498]


def test_an_unmarked_column_of_percentages(tmp_path: Path) -> None:
    assert shares(tmp_path, [24.98, 100, 0, "51", 1.5]) == [0.2498, 1.0, 0.0, 0.51, 0.015]


@pytest.mark.parametrize("small", [0.51, 1, "0.51", "1", 0.0001])
@pytest.mark.parametrize("large", [24.98, "24.98", 1.01])
def test_both_kinds_in_an_unmarked_column_blank_the_small_ones(
    tmp_path: Path, small: object, large: object
) -> None:
    found = shares(tmp_path, [large, small, 0, "30%", Percent(0.4)])
    assert found[1:] == [None, 0.0, 0.3, 0.4]
    assert found[0] == pytest.approx(float(str(large)) / 100)


def test_each_ambiguous_cell_is_told_of(tmp_path: Path) -> None:
    rows: list[Row] = [["出资人代码", "被投资企业代码", "持股比例", "表决权比例"]]
    rows += [["A", "B", 51, 0.5], ["A", "C", 0.49, 0.6], ["A", "D", "1", None]]
    filing = read_one(tmp_path, filing_bytes(holdings=rows))
    assert places(filing, "ratio-ambiguous") == ["股权结构!C3", "股权结构!C4"]
    assert "0.49" in filing.problems[0].text.zh
    assert codes(filing) == ["ratio-ambiguous"] * 2
    assert list(filing.tables["holdings"].cells["voting_ratio"]) == [0.5, 0.6, ""]


def test_marked_cells_and_totals_make_no_column_ambiguous(tmp_path: Path) -> None:
    assert shares(tmp_path, [0.5, "51%", Percent(0.51), 0.2]) == [0.5, 0.51, 0.51, 0.2]
    rows: list[Row] = [["出资人代码", "被投资企业代码", "持股比例"], ["A", "B", 0.5], ["合计", "", 100]]
    assert codes(read_one(tmp_path, filing_bytes(holdings=rows))) == []


def test_small_numbers_under_a_percent_header_are_percentages(tmp_path: Path) -> None:
    assert shares(tmp_path, [0.5, 1.0, ""], "持股比例（%）") == [0.005, 0.01, None]
    assert ratio_column(["", None, 0.5], percent_header=True, has_format=set()).percent == [
        False,
        False,
        True,
    ]


def test_one_and_a_half_alone_is_a_percentage(tmp_path: Path) -> None:
    assert shares(tmp_path, [1.5]) == [0.015]
    assert shares(tmp_path, [1.0, ""]) == [1.0, None]


def test_a_format_may_matter_unless_each_number_is_a_share_anyway() -> None:
    assert not may_need_format([0.5, "", 1.0], percent_header=False)
    assert may_need_format([0.5, 1.01], percent_header=False)
    assert may_need_format(["50%"], percent_header=False)
    assert may_need_format(["", 1], percent_header=True)
    assert not may_need_format(["", "50"], percent_header=True)


def test_a_float_a_hair_above_1_is_1(tmp_path: Path) -> None:
    assert shares(tmp_path, [1.0000000000000002, 0.5]) == [1.0, 0.5]


def test_what_is_no_number_is_left_to_be_told_of(tmp_path: Path) -> None:
    rows: list[Row] = [["出资人代码", "被投资企业代码", "持股比例"], ["A", "B", "一半"], ["A", "C", 0.5]]
    filing = read_one(tmp_path, filing_bytes(holdings=rows))
    [problem] = batch_of([filing]).problems[0]
    assert (problem.code, problem.location) == ("cell-unreadable", "股权结构!C2")


@pytest.mark.parametrize(
    "code", ["0%", "0.00%", "0.0000%", "#,##0.00%;[红色]-0.00%", '0.00%" 占比"', "[>1]0%;0.00%"]
)
def test_formats_that_show_a_percent_sign(tmp_path: Path, code: str) -> None:
    assert number_format(code).section(0.25).percent
    assert shares(tmp_path, [Formatted(0.25, code)], "持股比例（%）") == [0.25]


@pytest.mark.parametrize("code", ["0.00", '0.00"%"', "0.00\\%", "General", '0.00"%";0.00"%"', "[$%]0"])
def test_formats_that_show_none_of_their_own(tmp_path: Path, code: str) -> None:
    assert not number_format(code).section(25).percent
    assert shares(tmp_path, [Formatted(25, code)], "持股比例（%）") == [0.25]


def test_the_problem_names_the_remedy(tmp_path: Path) -> None:
    rows: list[Row] = [["出资人代码", "被投资企业代码", "持股比例"], ["A", "B", 51], ["A", "C", 0.49]]
    problem = the_problem(read_one(tmp_path, filing_bytes(holdings=rows)), "ratio-ambiguous")
    assert (problem.table, problem.field) == ("holdings", "ratio")
    assert "（%）" in problem.text.zh
    assert "(%)" in problem.text.en

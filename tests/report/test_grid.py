"""Tables of text: by hand, and as tabulate lays them out."""

from hypothesis import given
from hypothesis import strategies as st
from tabulate import tabulate

from soe_compliance.report.grid import grid
from soe_compliance.report.wrapping import text_width

WORDS = st.text(alphabet="a乙（1é-", min_size=1, max_size=5)
CELLS = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
TABLES = st.integers(min_value=1, max_value=4).flatmap(
    lambda columns: st.tuples(
        st.lists(WORDS, min_size=columns, max_size=columns),
        st.lists(st.lists(CELLS, min_size=columns, max_size=columns), max_size=4),
        st.integers(min_value=0, max_value=columns),
    )
)


def test_columns_line_up_whatever_is_wide_coloured_or_of_several_lines() -> None:
    rows = [["\x1b[31m甲\x1b[0m公司\n乙", "1"], ["c", "1,234"]]
    assert grid(["名称", "n"], rows, right=1, ruled=True) == [
        "名称        n",
        "------  -----",
        "\x1b[31m甲\x1b[0m公司      1",
        "乙",
        "------  -----",
        "c       1,234",
    ]


@given(TABLES)
def test_tables_are_those_of_tabulate(table: tuple[list[str], list[list[str]], int]) -> None:
    headers, rows, right = table
    aligned = ["left"] * (len(headers) - right) + ["right"] * right
    widths = [
        max(text_width(line) for cell in column for line in cell.split("\n"))
        for column in zip(headers, *rows, strict=True)
    ]
    lines = [headers, ["-" * width for width in widths], *rows]
    expected = tabulate(lines, tablefmt="plain", disable_numparse=True, colalign=aligned)
    assert grid(headers, rows, right=right) == [line.rstrip() for line in expected.split("\n")]

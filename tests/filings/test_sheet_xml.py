"""How far a sheet reaches: exactly where that is too far, else a bound that one look gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.filings.cell_places import cell_name
from soe_compliance.filings.sheet_xml import extent, text_in_xml

CELLS = st.dictionaries(
    st.tuples(st.integers(0, 1200), st.integers(0, 800)), st.booleans(), min_size=1, max_size=12
)


def sheet(cells: dict[tuple[int, int], bool], cell: str = '<c r="{}"') -> bytes:
    """A sheet with these cells, some of them without content."""
    written = (
        f"<row>{cell.format(cell_name(*place))}{'><v>1</v></c>' if filled else '/>'}</row>"
        for place, filled in cells.items()
    )
    return f"<worksheet><sheetData>{''.join(written)}</sheetData></worksheet>".encode()


def furthest(cells: dict[tuple[int, int], bool]) -> tuple[int, int]:
    filled = [place for place, is_filled in cells.items() if is_filled]
    return max((row for row, _ in filled), default=-1) + 1, max(
        (column for _, column in filled), default=-1
    ) + 1


@given(CELLS, st.integers(1, 1_000_000), st.sampled_from(['<c r="{}"', '<c r="{}" s="1"', '<c s="1" r="{}"']))
def test_what_reaches_too_far_is_told_exactly_and_nothing_else_is(
    cells: dict[tuple[int, int], bool], enough: int, cell: str
) -> None:
    rows, columns = furthest(cells)
    found = extent(sheet(cells, cell), enough, usual=False)
    assert found.as_usual == cell.startswith("<c r")
    if rows * columns > enough:
        assert (found.rows, found.columns) == (rows, columns)
    else:
        assert found.rows * found.columns <= enough
        assert found.rows >= rows
        assert found.columns >= columns


@given(st.integers(1, 1200), st.integers(1, 800))
def test_a_full_sheet_is_bounded_by_one_look(rows: int, columns: int) -> None:
    cells = {(0, column): True for column in range(columns)} | {(rows - 1, columns - 1): True}
    found = extent(sheet(cells), 1200 * 800, usual=False)
    assert found.as_usual
    assert (found.columns, found.rows) == (max(columns, 26), 1200 * 800 // max(columns, 26))


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("INDEX(企业名录!A:A,1)", "INDEX(企业名录!A:A,1)"),
        ("INDEX(&#20225;&#x4E1A;!A:A,1)", "INDEX(企业!A:A,1)"),
        ("A1&lt;&gt;&quot;&apos;&amp;", "A1<>\"'&"),
        ("&amp;#20225;&amp;lt;", "&#20225;&lt;"),
        ("&#xD800;&#x110000;&#9999999;&#;", "&#xD800;&#x110000;&#9999999;&#;"),
    ],
)
def test_texts_are_shown_as_they_are_meant(written: str, text: str) -> None:
    assert text_in_xml(written.encode()) == text

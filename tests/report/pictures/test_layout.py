"""Boxes and lines keep off each other, whatever the web."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.report.pictures.layers import layers
from soe_compliance.report.pictures.layout import LANE, Box, Layout, Line, laid_out

WIDTH = 100.0
_SORTS = ("a", "b", "c")


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Box], list[Line]]:
    nodes = draw(st.integers(1, 12))
    ends = st.integers(0, nodes - 1)
    boxes = [Box(draw(st.sampled_from([30.0, 66.0, 121.5]))) for _ in range(nodes)]
    lines = st.builds(Line, ends, ends, st.sampled_from(_SORTS), st.booleans(), st.sampled_from([20.0, 90.0]))
    return boxes, draw(st.lists(lines, max_size=30))


def apart(spans: list[tuple[float, float, float, float]]) -> bool:
    """Whether rectangles (left, top, right, bottom) keep off each other."""
    return all(
        a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1] for a, b in combinations(spans, 2)
    )


def boxes_of(layout: Layout) -> list[tuple[float, float, float, float]]:
    return [(b.x, b.y, b.x + b.width, b.y + b.height) for b in layout.boxes]


@given(graphs())
def test_no_box_nor_label_lies_on_another(graph: tuple[list[Box], list[Line]]) -> None:
    boxes, lines = graph
    layout = laid_out(boxes, lines, 0, WIDTH)
    labels = [
        (path[-1][0] - line.label_width, path[-1][1] - LANE + 3, path[-1][0], path[-1][1])
        for line, path in zip(lines, layout.paths, strict=True)
    ]
    assert apart(boxes_of(layout) + labels)
    assert all(placed.height >= box.height for placed, box in zip(layout.boxes, boxes, strict=True))


@given(graphs())
def test_lines_run_level_or_upright_from_box_to_box_and_cross_none(
    graph: tuple[list[Box], list[Line]],
) -> None:
    boxes, lines = graph
    layout = laid_out(boxes, lines, 0, WIDTH)
    rectangles = boxes_of(layout)
    for line, path in zip(lines, layout.paths, strict=True):
        source, target = layout.boxes[line.source], layout.boxes[line.target]
        assert path[0][0] in (source.x, source.x + source.width)
        assert source.y < path[0][1] < source.y + source.height
        assert path[-1][0] == target.x
        assert target.y < path[-1][1] < target.y + target.height
        for (x, y), (to_x, to_y) in pairwise(path):
            assert x == to_x or y == to_y
            left, right, top, low = min(x, to_x), max(x, to_x), min(y, to_y), max(y, to_y)
            assert not any(left < b[2] and right > b[0] and top < b[3] and low > b[1] for b in rectangles)
            assert left >= 0
            assert right <= layout.width
            assert top >= 0
            assert low <= layout.height


@given(graphs())
def test_no_line_lies_on_one_of_another_sort_or_box(graph: tuple[list[Box], list[Line]]) -> None:
    boxes, lines = graph
    layout = laid_out(boxes, lines, 0, WIDTH)
    parts = []
    for line, path in zip(lines, layout.paths, strict=True):
        for (x, y), (to_x, to_y) in pairwise(path):
            parts.append(
                ((line.source, line.sort), x == to_x, x if x == to_x else y, *_span(x, y, to_x, to_y))
            )
    for (mine, upright, at, low, high), (
        other,
        other_upright,
        other_at,
        other_low,
        other_high,
    ) in combinations(parts, 2):
        if mine != other and upright == other_upright and at == other_at:
            assert high <= other_low or other_high <= low


def _span(x: float, y: float, to_x: float, to_y: float) -> tuple[float, float]:
    return (min(y, to_y), max(y, to_y)) if x == to_x else (min(x, to_x), max(x, to_x))


@given(graphs())
def test_it_is_the_same_each_time(graph: tuple[list[Box], list[Line]]) -> None:
    assert laid_out(*graph, 0, WIDTH) == laid_out(*graph, 0, WIDTH)


def test_who_holds_stands_left_of_whom_he_holds() -> None:
    # 0 holds 1 and 2, 1 holds 2, 3 (outside) holds 2; 2 holds 1 in turn; 4 stands alone; 5 is guaranteed by 2
    column = layers(6, [(0, 1), (0, 2), (1, 2), (3, 2), (2, 1)], [(2, 5)], 0)
    assert column[0] < column[1]
    assert column[0] < column[2]
    assert column[3] == column[2] - 1
    assert column[5] == column[2] + 1
    assert min(column) == 0


def test_a_chain_of_a_thousand_levels() -> None:
    chain = [Line(n, n + 1, "a", True, 20.0) for n in range(999)]
    layout = laid_out([Box(30.0)] * 1000, [*chain, Line(999, 0, "a", True, 20.0)], 0, WIDTH)
    assert [box.x for box in layout.boxes] == sorted({box.x for box in layout.boxes})


def test_many_firms_below_one() -> None:
    count = 20_000
    star = [Line(0, n, "a", True, 20.0) for n in range(1, count)]
    layout = laid_out([Box(30.0)] * count, star, 0, WIDTH)
    assert len({(box.x, box.y) for box in layout.boxes}) == count

"""A scene as SVG: one element, no script, no style sheet, no reference to anything outside or inside it."""

from collections.abc import Iterable, Sequence
from xml.etree import ElementTree

from soe_compliance.domain.exhibits import ShownEntity, ShownGuarantees, ShownHolding
from soe_compliance.report.pictures import strokes
from soe_compliance.report.pictures.elements import (
    EM_A_COLUMN,
    Element,
    coordinate,
    element,
    room_of,
    stroked,
    text,
)
from soe_compliance.report.pictures.labels import (
    BREACH,
    WARNING,
    edge_label,
    entity_line,
    entity_name,
    marks_label,
)
from soe_compliance.report.pictures.layout import Box, Layout, Line, Placed, laid_out
from soe_compliance.report.pictures.marks import Mark
from soe_compliance.report.pictures.scene import Scene
from soe_compliance.report.pictures.strokes import FRAMES, GREY, INK, WHITE, Frame, Stroke
from soe_compliance.report.safe import visible
from soe_compliance.report.wrapping import text_width, wrapped

Edge = ShownHolding | ShownGuarantees

FONTS = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC','SimHei',sans-serif"
_MARGIN = 24
_BOX_WIDTH = 204
_NAME, _SMALL, _LABEL, _TITLE = 13, 10.5, 11.5, 18
_NAME_COLUMNS, _MOST_NAME_LINES = 24, 5
_LEAST_WIDTH = 760


def svg(scene: Scene) -> str:
    """The picture as an `<svg>` element that scales to the room it is given."""
    layout = laid_out(
        [Box(_needed_height(entity, scene)) for entity in scene.web.entities],
        _lines(scene),
        [entity.code for entity in scene.web.entities].index(_root(scene)),
        _BOX_WIDTH,
    )
    width = max(layout.width, _LEAST_WIDTH) + 2 * _MARGIN
    head, top = _head(scene, width)
    foot, bottom = _foot(scene, top + layout.height, width)
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "role": "img",
            "viewBox": f"0 0 {coordinate(width)} {coordinate(bottom)}",
            "width": coordinate(width),
            "height": coordinate(bottom),
            "font-family": FONTS,
        },
    )
    root.append(element("title", scene.title))
    root.append(element("desc", "。".join([*scene.lines, *scene.rules])))
    root.append(element("rect", x=0, y=0, width=width, height=bottom, fill=WHITE))
    root.extend(head)
    drawing = element("g", transform=f"translate({_MARGIN} {coordinate(top)})")
    drawing.extend(_edges(scene, layout))
    drawing.extend(_box(e, box, scene) for e, box in zip(scene.web.entities, layout.boxes, strict=True))
    root.append(drawing)
    root.extend(foot)
    return ElementTree.tostring(root, encoding="unicode")


def svg_file(scene: Scene) -> bytes:
    """The picture as a file."""
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + svg(scene) + "\n").encode()


def _root(scene: Scene) -> str:
    codes = [entity.code for entity in scene.web.entities]
    return scene.web.parent if scene.web.parent in codes else codes[0]


# the parts


def _lines(scene: Scene) -> list[Line]:
    number = {entity.code: place for place, entity in enumerate(scene.web.entities)}
    found = []
    for edge in scene.edges:
        source, target = edge.ends
        label = _edge_label(edge, scene)
        stroke = _stroke(edge, scene)
        found.append(
            Line(
                number[source],
                number[target],
                stroke.label.en,
                isinstance(edge, ShownHolding),
                room_of(label, _LABEL) + stroke.arrow,
            )
        )
    return found


def _stroke(edge: Edge, scene: Scene) -> Stroke:
    breached = any(mark.is_breach for mark in scene.marks_of(edge))
    return strokes.stroke_of(edge, breached=breached, in_ring=scene.in_ring(edge))


def _edge_label(edge: Edge, scene: Scene) -> str:
    return f"{edge_label(edge, scene.language)} {marks_label(scene.marks_of(edge))}".rstrip()


def _edges(scene: Scene, layout: Layout) -> Iterable[Element]:
    """Each edge once; the heavy ones last, so that they lie above."""
    drawn = [(_stroke(edge, scene), edge, path) for edge, path in zip(scene.edges, layout.paths, strict=True)]
    names = {entity.code: entity_name(entity) for entity in scene.web.entities}
    for stroke, edge, path in sorted(drawn, key=lambda item: item[0].width):
        yield _edge(stroke, edge, path, scene, names)


def _edge(
    stroke: Stroke, edge: Edge, path: Sequence[tuple[float, float]], scene: Scene, names: dict[str, str]
) -> Element:
    label = _edge_label(edge, scene)
    source, target = edge.ends
    kind = "holding" if isinstance(edge, ShownHolding) else "guarantee"
    group = element("g", **{"class": f"edge {kind}"})
    group.append(element("title", f"{names[source]} → {names[target]}：{label}"))
    tip_x, y = path[-1]
    line = [*path[:-1], (tip_x - stroke.arrow + 1, y)]
    d = "M" + " L".join(f"{coordinate(x)} {coordinate(level)}" for x, level in line)
    group.append(stroked(d, stroke.colour, stroke.width, stroke.dashes))
    if stroke.double:
        group.append(stroked(d, WHITE, stroke.width - 2.4, ""))
    head, half = stroke.arrow, stroke.arrow * 0.42
    points = f"{coordinate(tip_x)},{coordinate(y)} {coordinate(tip_x - head)},{coordinate(y - half)} {coordinate(tip_x - head)},{coordinate(y + half)}"
    group.append(element("polygon", points=points, fill=stroke.colour))
    bold = any(mark.is_breach for mark in scene.marks_of(edge))
    group.append(
        text(
            tip_x - head - 3,
            y - 2.5 - stroke.width / 2,
            label,
            _LABEL,
            stroke.colour,
            anchor="end",
            bold=bold,
        )
    )
    return group


def _box(entity: ShownEntity, box: Placed, scene: Scene) -> Element:
    marks = scene.marks.of_entity(entity.code)
    breached = any(mark.is_breach for mark in marks)
    frame = FRAMES[entity.standing]
    group = element("g", **{"class": "entity"})
    line = f"{entity_name(entity)}（{visible(entity.code)}）{entity_line(entity, scene.language)}"
    group.append(element("title", " ".join([line, *(mark.rule for mark in marks)])))
    group.append(_outline(box, frame, breached))
    if frame.inner:
        inner = Placed(box.x + 4, box.y + 4, box.width - 8, box.height - 8)
        group.append(_outline(inner, Frame("sharp", 1), False))
    middle = box.x + box.width / 2
    badges = _badge_lines(marks)
    height = _content_height(entity, scene)
    y = box.y + (box.height - height) / 2
    for name in _name_lines(entity):
        y += _NAME * 1.25
        group.append(text(middle, y - 3, name, _NAME, INK, anchor="middle", bold=True))
    for small in _small_lines(entity, scene):
        y += _SMALL * 1.3
        group.append(text(middle, y - 3, _shortened(small), _SMALL, GREY, anchor="middle"))
    for badge in badges:
        y += _SMALL * 1.6
        wide = min(room_of(badge, _SMALL) + 12, box.width - 12)
        fill, ink = (strokes.BREACH_COLOUR, WHITE) if breached else (WHITE, INK)
        group.append(
            element(
                "rect",
                x=middle - wide / 2,
                y=y - _SMALL * 1.4,
                width=wide,
                height=_SMALL * 1.4,
                fill=fill,
                stroke=strokes.BREACH_COLOUR if breached else INK,
            )
        )
        group.append(text(middle, y - _SMALL * 0.4, badge, _SMALL, ink, anchor="middle", bold=True))
    return group


def _outline(box: Placed, frame: Frame, breached: bool) -> Element:
    more: dict[str, object] = {
        "fill": WHITE,
        "stroke": strokes.BREACH_COLOUR if breached else INK,
        "stroke-width": strokes.BREACH_WIDTH if breached else frame.width,
    }
    if frame.dashes:
        more["stroke-dasharray"] = frame.dashes
    if frame.corners == "cut":
        cut = min(12, box.height * 0.3)
        x, y, right, low = box.x, box.y, box.x + box.width, box.y + box.height
        corners = [
            (x + cut, y), (right - cut, y), (right, y + cut), (right, low - cut),
            (right - cut, low), (x + cut, low), (x, low - cut), (x, y + cut),
        ]  # fmt: skip
        return element(
            "polygon", points=" ".join(f"{coordinate(a)},{coordinate(b)}" for a, b in corners), **more
        )
    if frame.corners == "round":
        more["rx"] = 14
    return element("rect", x=box.x, y=box.y, width=box.width, height=box.height, **more)


def _name_lines(entity: ShownEntity) -> list[str]:
    """The name in lines of about one length, cut where it is endless; the box's title has all of it."""
    name = entity_name(entity)
    lines = wrapped(name, _NAME_COLUMNS)
    if 1 < len(lines) <= _MOST_NAME_LINES:
        even = range(text_width(name) // len(lines), _NAME_COLUMNS)
        tries = (wrapped(name, columns) for columns in even)
        lines = next((tried for tried in tries if len(tried) == len(lines)), lines)
    if len(lines) > _MOST_NAME_LINES:
        lines = [*lines[: _MOST_NAME_LINES - 1], lines[_MOST_NAME_LINES - 1][:-1] + "…"]
    return lines


def _badge_lines(marks: Sequence[Mark]) -> list[str]:
    """The rules that an entity breaks, three a line."""
    return [marks_label(marks[start : start + 3]) for start in range(0, len(marks), 3)]


def _small_lines(entity: ShownEntity, scene: Scene) -> list[str]:
    """The code, unless it stands for the name, and where the entity stands."""
    code = visible(entity.code)
    return [*([] if code == entity_name(entity) else [code]), entity_line(entity, scene.language)]


def _content_height(entity: ShownEntity, scene: Scene) -> float:
    names, small = len(_name_lines(entity)), len(_small_lines(entity, scene))
    badges = len(_badge_lines(scene.marks.of_entity(entity.code)))
    return names * _NAME * 1.25 + small * _SMALL * 1.3 + badges * _SMALL * 1.6


def _needed_height(entity: ShownEntity, scene: Scene) -> float:
    return _content_height(entity, scene) + 14


def _shortened(text: str) -> str:
    """A code so long that it leaves its box is cut; its title has all of it."""
    lines = wrapped(text, 30)
    return lines[0] if len(lines) == 1 else lines[0][:-1] + "…"


# what stands round the drawing


def _head(scene: Scene, width: float) -> tuple[list[Element], float]:
    y = _MARGIN + _TITLE
    found = [text(_MARGIN, y, scene.title, _TITLE, INK, bold=True)]
    for line in scene.lines:
        y += 19
        found.append(text(_MARGIN, y, line, 12.5, INK))
    y += 12
    x = float(_MARGIN)
    for sample, label in _legend(scene):
        wide = 44 + room_of(label, 11.5) + 22
        if x + wide > width - _MARGIN and x > _MARGIN:
            x, y = float(_MARGIN), y + 24
        item = element("g", transform=f"translate({coordinate(x)} {coordinate(y)})", **{"class": "legend"})
        item.extend(sample)
        item.append(text(44, 14, label, 11.5, INK))
        found.append(item)
        x += wide
    y += 32
    found.append(stroked(f"M{_MARGIN} {coordinate(y)} H{coordinate(width - _MARGIN)}", GREY, 0.8, ""))
    return found, y + 8


def _legend(scene: Scene) -> Iterable[tuple[list[Element], str]]:
    """A sample and a word for each kind of box and line that is drawn."""
    sample = Placed(2, 2, 34, 16)
    standings = {entity.standing for entity in scene.web.entities}
    for standing, frame in FRAMES.items():
        if standing in standings:
            shapes = [_outline(sample, frame, False)]
            if frame.inner:
                shapes.append(_outline(Placed(5, 5, 28, 10), Frame("sharp", 1), False))
            yield shapes, standing.label.in_(scene.language)
    drawn = dict.fromkeys(_stroke(edge, scene) for edge in scene.edges)
    for stroke in sorted(drawn, key=lambda stroke: (stroke.label.en, stroke.width)):
        line = [stroked("M2 10 H30", stroke.colour, stroke.width, stroke.dashes)]
        if stroke.double:
            line.append(stroked("M2 10 H30", WHITE, stroke.width - 2.4, ""))
        half = stroke.arrow * 0.42
        head = f"38,10 {coordinate(38 - stroke.arrow)},{coordinate(10 - half)} {coordinate(38 - stroke.arrow)},{coordinate(10 + half)}"
        line.append(element("polygon", points=head, fill=stroke.colour))
        yield line, stroke.label.in_(scene.language)
    yield from _legend_of_marks(scene)


def _legend_of_marks(scene: Scene) -> Iterable[tuple[list[Element], str]]:
    every = [scene.marks.of_entity(entity.code) for entity in scene.web.entities]
    if any(mark.is_breach for marks in every for mark in marks):
        badge = element("rect", x=2, y=2, width=34, height=16, fill=strokes.BREACH_COLOUR)
        yield (
            [badge, text(19, 14, BREACH, 11, WHITE, anchor="middle", bold=True)],
            strokes.BREACH_LABEL.in_(scene.language),
        )
    every += [scene.marks_of(edge) for edge in scene.edges]
    if any(marks and not any(mark.is_breach for mark in marks) for marks in every):
        box = element("rect", x=2, y=2, width=34, height=16, fill=WHITE, stroke=INK)
        yield (
            [box, text(19, 14, WARNING, 11, INK, anchor="middle", bold=True)],
            strokes.WARNING_LABEL.in_(scene.language),
        )


def _foot(scene: Scene, y: float, width: float) -> tuple[list[Element], float]:
    """The rules that are broken, so that a code tells something."""
    found: list[Element] = [
        stroked(f"M{_MARGIN} {coordinate(y)} H{coordinate(width - _MARGIN)}", GREY, 0.8, "")
    ]
    y += 4
    columns = int((width - 2 * _MARGIN) / (12 * EM_A_COLUMN))
    for rule in scene.rules:
        for line in wrapped(rule, columns):
            y += 18
            found.append(text(_MARGIN, y, line, 12, INK))
    return found, y + _MARGIN

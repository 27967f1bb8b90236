"""Days to come as a picture: an axis of months, and on it how much falls due on which day."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from xml.etree import ElementTree

from msgspec import Struct

from soe_compliance.domain.text import Language, Text
from soe_compliance.report.pictures.elements import Element, coordinate, element, room_of, stroked, text
from soe_compliance.report.pictures.strokes import GREY, INK, WHITE
from soe_compliance.report.pictures.svg import FONTS

_WIDTH, _MARGIN, _AXIS = 960.0, 64.0, 64.0
_LANE, _SIZE = 19.0, 11.5
_MOST_TICKS = 14
_TITLE = Text(
    "后续期限时间轴：{first}至{last}，共{n}项", "Time line of deadlines from {first} to {last}: {n}"
)
_TODAY = Text("检查基准日", "as of")
_DAY = Text("{day}：{n}项", "{day}: {n}")


class Stop(Struct, frozen=True):
    """A day of the time line, what it is called, and how much falls due on it."""

    day: date
    label: str
    count: int


def timeline(as_of: date, stops: Sequence[Stop], language: Language) -> str:
    """The time line as an `<svg>` element; there is at least one stop, and they are in order."""
    last = max(stops[-1].day, as_of)
    span = max((last - as_of).days, 1)

    def across(day: date) -> float:
        return _MARGIN + (day - as_of).days * (_WIDTH - 2 * _MARGIN) / span

    placed = list(_in_lanes(stops, across, language))
    height = _AXIS + 30 + _LANE * (max(lane for *_, lane in placed) + 1) + 10
    said = _TITLE.in_(language).format(first=as_of, last=last, n=sum(stop.count for stop in stops))
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "role": "img",
            "viewBox": f"0 0 {coordinate(_WIDTH)} {coordinate(height)}",
            "font-family": FONTS,
        },
    )
    root.append(element("title", said))
    root.append(stroked(f"M{_MARGIN:g} {_AXIS:g} H{_WIDTH - _MARGIN:g}", INK, 1.5, ""))
    for day in _ticks(as_of, last):
        root.extend(_tick(across(day), day))
    root.append(stroked(f"M{_MARGIN:g} {_AXIS - 34:g} V{_AXIS + 8:g}", INK, 2.5, ""))
    root.append(text(_MARGIN - 44, _AXIS - 42, f"{_TODAY.in_(language)} {as_of}", _SIZE, INK, bold=True))
    levels = [(x, label, _AXIS + 34 + lane * _LANE) for _, x, label, lane in placed]
    for x, _, y in levels:
        root.append(stroked(f"M{coordinate(x)} {_AXIS:g} V{coordinate(y - _SIZE)}", GREY, 0.8, "2 2"))
    for x, label, y in levels:
        root.append(_stop(x, label, y))
    return ElementTree.tostring(root, encoding="unicode")


def _in_lanes(
    stops: Sequence[Stop], across: Callable[[date], float], language: Language
) -> Iterator[tuple[Stop, float, str, int]]:
    """Each stop with its place, its label, and the first row of labels in which that has room."""
    ends: list[float] = []
    for stop in stops:
        x, label = across(stop.day), _DAY.in_(language).format(day=stop.label, n=stop.count)
        half = room_of(label, _SIZE) / 2 + 4
        left = min(max(x - half, 2.0), _WIDTH - 2 * half)
        lane = next((n for n, end in enumerate(ends) if end <= left), len(ends))
        ends[lane : lane + 1] = [left + 2 * half]
        yield stop, x, label, lane


def _stop(x: float, label: str, y: float) -> Element:
    group = element("g", **{"class": "stop"})
    wide = room_of(label, _SIZE)
    middle = min(max(x, wide / 2 + 6), _WIDTH - wide / 2 - 6)
    group.append(element("circle", cx=x, cy=_AXIS, r=5.5, fill=WHITE, stroke=INK, **{"stroke-width": 2}))
    group.append(element("rect", x=middle - wide / 2 - 2, y=y - _SIZE, width=wide + 4, height=15, fill=WHITE))
    group.append(text(middle, y, label, _SIZE, INK, anchor="middle"))
    return group


def _tick(x: float, day: date) -> Iterator[Element]:
    yield stroked(f"M{coordinate(x)} {_AXIS - 6:g} V{_AXIS:g}", INK, 1, "")
    yield text(x, _AXIS - 11, f"{day:%Y-%m}", _SIZE - 1, GREY, anchor="middle")


def _ticks(first: date, last: date) -> list[date]:
    """The first days of months between two days: of each month, quarter or year, as many as have room."""
    months = [
        date(number // 12, number % 12 + 1, 1)
        for number in range(first.year * 12 + first.month, last.year * 12 + last.month)
    ]
    for step in (1, 3, 6, 12, 60, 120):
        chosen = [day for day in months if (day.year * 12 + day.month - 1) % step == 0]
        if len(chosen) <= _MOST_TICKS:
            return chosen
    return chosen[:_MOST_TICKS]

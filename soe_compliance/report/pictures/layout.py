"""Where the boxes and lines of a picture stand: columns of boxes, and lines of level and upright parts between them.

Left of each box every line that ends there has a lane of its own, with room for its label. Lines of one sort from
one box run together on a track of their own until they part. Levels of lanes, of lines that leave boxes and of lines
that pass a column belong to different residues of the grid, so that no two such lines ever lie on each other.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from math import ceil

from msgspec import Struct, field

from soe_compliance.report.pictures.layers import layers, ordered

LANE = 20
"""The distance of two lanes, which is the grid."""

_TRACK = 9
_BETWEEN = 20
_LABEL_TO_BOX = 18
_SWEEPS = 8
_LINE_WEIGHT = 0.15


class Box(Struct, frozen=True):
    """A box: the least height it needs."""

    height: float


class Line(Struct, frozen=True):
    """A line to draw between two boxes, by their numbers.

    Attributes:
        sort: lines of one sort that leave one box run together.
        ties: whether it makes the columns, such as a holding.
        label_width: the room that its label needs where it ends.
    """

    source: int
    target: int
    sort: str
    ties: bool
    label_width: float


class Placed(Struct, frozen=True):
    """A box where it stands."""

    x: float
    y: float
    width: float
    height: float


class Layout(Struct, frozen=True):
    """A picture's geometry: a box a node; a path a line, whose last part is level and carries the label."""

    width: float
    height: float
    boxes: tuple[Placed, ...]
    paths: tuple[tuple[tuple[float, float], ...], ...]


class _Bundle(Struct):
    """The lines of one sort from one box in one direction, and where they pass columns: a slot in each."""

    source: int
    forward: bool
    lines: list[int] = field(default_factory=list)
    slots: dict[int, int] = field(default_factory=dict)
    level: float = 0.0


def laid_out(boxes: Sequence[Box], lines: Sequence[Line], root: int, width: float) -> Layout:
    """Lay out boxes of one width and the lines between them."""
    return _Layouter(boxes, lines, root, width).layout()


class _Layouter:
    """The steps of the layout, each resting on those before."""

    def __init__(self, boxes: Sequence[Box], lines: Sequence[Line], root: int, width: float) -> None:
        self.boxes, self.lines, self.width = boxes, lines, width
        ties = [(line.source, line.target) for line in lines if line.ties]
        others = [(line.source, line.target) for line in lines if not line.ties]
        self.column = layers(len(boxes), ties, others, root)
        self.columns = max(self.column) + 1
        self.bundles = self._bundles()
        self.slot_column: dict[int, int] = {}
        self._add_slots()
        self.lanes: dict[int, float] = {}
        self.left: dict[int, list[tuple[str, int]]] = defaultdict(list)
        self.right: dict[int, list[int]] = defaultdict(list)
        self._list_ports()
        self.heights = [self._height(node) for node in range(len(boxes))]

    def layout(self) -> Layout:
        self.order = self._order()
        self.middle = self._levels()
        self._set_ports()
        left_of = self._columns_across()
        placed = tuple(
            Placed(
                self.box_x[self.column[node]],
                self.middle[node] - self.heights[node] / 2,
                self.width,
                self.heights[node],
            )
            for node in range(len(self.boxes))
        )
        bottom = max([box.y + box.height for box in placed] + [self.middle[s] for s in self.slot_column])
        return Layout(
            left_of, bottom + _BETWEEN, placed, tuple(self._path(n) for n in range(len(self.lines)))
        )

    # bundles and the slots in which they pass columns

    def _bundles(self) -> list[_Bundle]:
        found: dict[tuple[int, str, bool], _Bundle] = {}
        self.bundle_of: list[int] = []
        places: dict[tuple[int, str, bool], int] = {}
        for number, line in enumerate(self.lines):
            forward = self.column[line.target] > self.column[line.source]
            key = line.source, line.sort, forward
            bundle = found.setdefault(key, _Bundle(line.source, forward))
            bundle.lines.append(number)
            self.bundle_of.append(places.setdefault(key, len(places)))
        return list(found.values())

    def _add_slots(self) -> None:
        """Slots are numbered after the boxes."""
        number = len(self.boxes)
        for bundle in self.bundles:
            start = self.column[bundle.source]
            ends = [self.column[self.lines[line].target] for line in bundle.lines]
            passed = range(start + 1, max(ends)) if bundle.forward else range(start - 1, min(ends) - 1, -1)
            for column in passed:
                bundle.slots[column] = number
                self.slot_column[number] = column
                number += 1

    def _list_ports(self) -> None:
        for number, line in enumerate(self.lines):
            self.left[line.target].append(("in", number))
        for place, bundle in enumerate(self.bundles):
            if bundle.forward:
                self.right[bundle.source].append(place)
            else:
                self.left[bundle.source].append(("out", place))

    def _height(self, node: int) -> float:
        needed = max(self.boxes[node].height, LANE * len(self.left[node]), LANE * (len(self.right[node]) + 1))
        return ceil(needed / (2 * LANE)) * 2 * LANE

    # levels

    def _segments(self) -> list[tuple[int, int, float]]:
        """The pairs of boxes and slots that lines join, with weights."""
        found = []
        for bundle in self.bundles:
            for number in bundle.lines:
                line = self.lines[number]
                weight = 1.0 if line.ties else _LINE_WEIGHT
                stops = [bundle.source, *self._slots_to(bundle, number), line.target]
                found += [(a, b, weight) for a, b in pairwise(stops) if a != b]
        return found

    def _slots_to(self, bundle: _Bundle, number: int) -> list[int]:
        end = self.column[self.lines[number].target]
        return [
            slot
            for column, slot in bundle.slots.items()
            if (column < end if bundle.forward else column >= end)
        ]

    def _order(self) -> list[list[int]]:
        columns: list[list[int]] = [[] for _ in range(self.columns)]
        for node in self._depth_first():
            columns[self.column[node]].append(node)
        for slot, column in self.slot_column.items():
            columns[column].append(slot)
        self.segments = self._segments()
        return ordered(columns, self.segments)

    def _depth_first(self) -> list[int]:
        """The boxes as one meets them when one follows each chain to its end: kin stand together."""
        below: dict[int, list[int]] = defaultdict(list)
        for line in self.lines:
            below[line.source].append(line.target)
        seen: dict[int, None] = {}
        for start in sorted(range(len(self.boxes)), key=lambda node: (self.column[node], node)):
            stack = [start]
            while stack:
                node = stack.pop()
                if node not in seen:
                    seen[node] = None
                    stack.extend(reversed(below[node]))
        return list(seen)

    def _levels(self) -> dict[int, float]:
        """The middle of each box and slot: near those it is joined to, without overlap."""
        near: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for a, b, weight in self.segments:
            near[a].append((b, weight))
            near[b].append((a, weight))
        middle: dict[int, float] = {}
        for column in self.order:
            middle.update(_stacked(column, [0.0] * len(column), self._room(column)))
        for sweep in range(_SWEEPS):
            for column in self.order if sweep % 2 == 0 else reversed(self.order):
                wanted = [_mean(near[node], middle, middle[node]) for node in column]
                middle.update(_stacked(column, wanted, self._room(column)))
        return self._on_grid(middle)

    def _room(self, column: Sequence[int]) -> list[float]:
        """The least distance of each middle from the one before it."""
        sizes = [self.heights[node] if node < len(self.boxes) else LANE for node in column]
        kinds = [node < len(self.boxes) for node in column]
        return [
            0.0
            if not place
            else (sizes[place - 1] + sizes[place]) / 2 + (_BETWEEN if kinds[place] or kinds[place - 1] else 0)
            for place in range(len(column))
        ]

    def _on_grid(self, middle: dict[int, float]) -> dict[int, float]:
        """Boxes at half a lane, so that their lanes are at whole ones; slots at a quarter or three, column by column."""
        top = min(middle[node] - self.heights[node] / 2 for node in range(len(self.boxes)))
        top = min([top, *(middle[slot] for slot in self.slot_column)])
        found: dict[int, float] = {}
        for place, column in enumerate(self.order):
            last = 0.0
            for node, room in zip(column, self._room(column), strict=True):
                residue = LANE / 2 if node < len(self.boxes) else LANE / 4 + LANE / 2 * (place % 2)
                wanted = max(middle[node] - top + LANE, last + room)
                found[node] = ceil((wanted - residue) / LANE) * LANE + residue
                last = found[node]
        return found

    # ports and tracks

    def _set_ports(self) -> None:
        for node in range(len(self.boxes)):
            top, rows = self.middle[node] - self.heights[node] / 2, int(self.heights[node]) // LANE
            left = sorted(self.left[node], key=lambda port: self._comes_from(*port))
            first = top + LANE / 2 + LANE * ((rows - len(left)) // 2)
            for place, (kind, number) in enumerate(left):
                if kind == "in":
                    self.lanes[number] = first + LANE * place
                else:
                    self.bundles[number].level = first + LANE * place
            right = sorted(self.right[node], key=self._goes_to)
            first = top + LANE * (1 + (rows - 1 - len(right)) // 2)
            for place, number in enumerate(right):
                self.bundles[number].level = first + LANE * place
        for bundle in self.bundles:
            self._straighten(bundle)

    def _straighten(self, bundle: _Bundle) -> None:
        """Let a line leave its box on the level of a lane next to it, which nothing else uses."""
        beside = [
            self.lanes[number]
            for number in bundle.lines
            if self.column[self.lines[number].target] == self.column[bundle.source] + 1
        ]
        nearest = min(beside, key=lambda lane: abs(lane - bundle.level), default=bundle.level)
        if abs(nearest - bundle.level) <= LANE / 2:
            bundle.level = nearest

    def _comes_from(self, kind: str, number: int) -> tuple[float, int]:
        if kind == "out":
            return self._goes_to(number), number
        bundle = self.bundles[self.bundle_of[number]]
        stops = [bundle.source, *self._slots_to(bundle, number)]
        return self.middle[stops[-1]], number

    def _goes_to(self, number: int) -> float:
        bundle = self.bundles[number]
        levels = [
            self.middle[[*self._slots_to(bundle, line), self.lines[line].target][0]] for line in bundle.lines
        ]
        return sum(levels) / len(levels)

    def _gaps(self) -> dict[int, dict[int, list[float]]]:
        """For each gap (left of the column of that number) the levels that each bundle joins there."""
        gaps: dict[int, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
        for place, bundle in enumerate(self.bundles):
            start = self.column[bundle.source]
            gaps[start + 1 if bundle.forward else start][place].append(bundle.level)
            for column, slot in bundle.slots.items():
                gaps[column][place].append(self.middle[slot])
                gaps[column + 1][place].append(self.middle[slot])
            for number in bundle.lines:
                gaps[self.column[self.lines[number].target]][place].append(self.lanes[number])
        return gaps

    def _columns_across(self) -> float:
        """Give each bundle a track in each gap, and each column its place; returns the width of it all."""
        gaps = self._gaps()
        self.track_x: dict[tuple[int, int], float] = {}
        self.box_x: list[float] = []
        x = 0.0
        for column in range(self.columns):
            spans = {place: (min(levels), max(levels)) for place, levels in gaps[column].items()}
            tracks = _tracks(spans)
            for place, track in tracks.items():
                self.track_x[column, place] = x + _TRACK * (track + 2)
            labels = [line.label_width for line in self.lines if self.column[line.target] == column]
            used = max(tracks.values(), default=-1) + 1
            x += _TRACK * (used + 3) if used else 0
            x += max(labels, default=0) + _LABEL_TO_BOX if labels else 0
            self.box_x.append(x)
            x += self.width
        return x

    def _path(self, number: int) -> tuple[tuple[float, float], ...]:
        line, place = self.lines[number], self.bundle_of[number]
        bundle = self.bundles[place]
        start, end = self.column[line.source], self.column[line.target]
        x = self.box_x[start] + (self.width if bundle.forward else 0)
        points = [(x, bundle.level)]
        gap = start + 1 if bundle.forward else start
        level = bundle.level
        for slot in self._slots_to(bundle, number):
            track = self.track_x[gap, place]
            points += [(track, level), (track, self.middle[slot])]
            level = self.middle[slot]
            gap += 1 if bundle.forward else -1
        track = self.track_x[gap, place]
        points += [(track, level), (track, self.lanes[number]), (self.box_x[end], self.lanes[number])]
        return _without_repeats(points)


def _mean(near: Sequence[tuple[int, float]], middle: dict[int, float], otherwise: float) -> float:
    total = sum(weight for _, weight in near)
    return sum(middle[node] * weight for node, weight in near) / total if total else otherwise


def _stacked(column: Sequence[int], wanted: Sequence[float], room: Sequence[float]) -> dict[int, float]:
    """Levels in this order and at these distances, as near to those wanted as can be (squares, pooled)."""
    offsets, total = [], 0.0
    for distance in room:
        total += distance
        offsets.append(total)
    pools: list[tuple[float, int]] = []
    for level, offset in zip(wanted, offsets, strict=True):
        pool = level - offset, 1
        while pools and pools[-1][0] > pool[0]:
            before, count = pools.pop()
            size = count + pool[1]
            pool = (before * count + pool[0] * pool[1]) / size, size
        pools.append(pool)
    levels = [level for level, count in pools for _ in range(count)]
    return {node: level + offset for node, level, offset in zip(column, levels, offsets, strict=True)}


def _tracks(spans: dict[int, tuple[float, float]]) -> dict[int, int]:
    """A track for each bundle so that those which share one keep apart; the first that is free."""
    ends: list[float] = []
    found: dict[int, int] = {}
    for place, (low, high) in sorted(spans.items(), key=lambda item: (item[1], item[0])):
        track = next((t for t, end in enumerate(ends) if end + LANE / 2 < low), len(ends))
        if track == len(ends):
            ends.append(high)
        ends[track] = high
        found[place] = track
    return found


def _without_repeats(points: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    found = points[:1]
    for point in points[1:]:
        if point != found[-1]:
            found.append(point)
    return tuple(found)

"""Limits as bars: what is used, the limit, and what is left or too much."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from msgspec import Struct

from soe_compliance.domain.amounts import amount_in_words
from soe_compliance.domain.exact import Interval
from soe_compliance.domain.headroom import Room
from soe_compliance.domain.text import Language, Text
from soe_compliance.law.model import Ruleset
from soe_compliance.report.html.overview import IN_HEADROOM, ITEMS, listed
from soe_compliance.report.pictures.elements import Element, coordinate, element, stroked
from soe_compliance.report.pictures.strokes import GREY, INK, WHITE

if TYPE_CHECKING:
    from markupsafe import Markup

MOST_CAPS = 15
_WIDTH, _HEIGHT, _BAR = 240.0, 22.0, 12.0
_LIMIT_AT = 160.0
_PALE = "#d0d0d0"
_SAID = Text("已用{used}，限额{limit}", "used {used}, limit {limit}")
_OVER = Text("超出{over}", "{over} over")


class CapView(Struct, frozen=True):
    """A limit in words, with its bar."""

    rule: str
    title: str
    clause: str
    subject: str
    subject_id: str
    used: str
    limit: str
    left: str
    is_over: bool
    bar: "Markup"


def cap_views(rooms: Sequence[Room], ruleset: Ruleset, language: Language) -> tuple[Sequence[CapView], str]:
    """The limits that are used at all, the tightest first; and a note where some are left out."""
    used = sorted((room for room in rooms if room.used.high != 0), key=_tightest_first)
    shown = used[:MOST_CAPS]
    return [_view(room, ruleset, language) for room in shown], listed(
        len(shown), len(used), ITEMS, language, IN_HEADROOM
    )


def _tightest_first(room: Room) -> tuple[bool, Fraction]:
    limit = room.limit.high
    if limit is None:
        return True, Fraction(0)
    return False, -(room.used.low / limit) if limit else -Fraction(10**9)


def _view(room: Room, ruleset: Ruleset, language: Language) -> CapView:
    from markupsafe import Markup

    over = room.over
    left = room.left if over is None else Interval(over, over)
    said = amount_in_words(left, room.unit).in_(language)
    return CapView(
        rule=room.rule,
        title=ruleset.rules[room.rule].title.text.in_(language),
        clause=room.clause,
        subject=room.subject.name or room.subject.id,
        subject_id=room.subject.id if room.subject.name else "",
        used=amount_in_words(room.used, room.unit).in_(language),
        limit=amount_in_words(room.limit, room.unit).in_(language),
        left=said if over is None else _OVER.in_(language).format(over=said),
        is_over=over is not None,
        bar=Markup(bar(room, language)),  # built as elements, every text in it escaped
    )


def bar(room: Room, language: Language) -> str:
    """A limit as an `<svg>` element: the limit stands at two thirds of the width, what passes the edge is cut."""
    low, high = _across(room.used.low, room.limit), _across(room.used.high, room.limit)
    least, most = _across(room.limit.low, room.limit), _LIMIT_AT
    words = _SAID.in_(language).format(
        used=amount_in_words(room.used, room.unit).in_(language),
        limit=amount_in_words(room.limit, room.unit).in_(language),
    )
    size = f"0 0 {coordinate(_WIDTH)} {coordinate(_HEIGHT)}"
    root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img", "viewBox": size})
    root.append(element("title", words))
    top = (_HEIGHT - _BAR) / 2
    root.append(_box(0, most, WHITE, INK))
    if high > low:
        root.append(_box(low, high, _PALE, GREY, dashes="3 2"))
    if low > 0:
        root.append(_box(0, min(low, most), GREY, GREY))
    if low > most:
        root.append(_box(most, low, WHITE, INK))
        root.extend(
            stroked(
                f"M{coordinate(x)} {coordinate(top + _BAR)} L{coordinate(min(x + 8, low))} {coordinate(top)}",
                INK,
                1.2,
                "",
            )
            for x in range(int(most), int(low) - 3, 5)
        )
    if least < most:
        root.append(stroked(f"M{coordinate(least)} 1 V{coordinate(_HEIGHT - 1)}", INK, 1.2, "2 2"))
    root.append(stroked(f"M{coordinate(most)} 0 V{coordinate(_HEIGHT)}", INK, 2.4, ""))
    return ElementTree.tostring(root, encoding="unicode")


def _across(amount: Fraction | None, limit: Interval) -> float:
    """Where an amount stands on the bar; None is without end."""
    whole = limit.low if limit.high is None else limit.high
    if amount is None or whole <= 0:
        return _WIDTH if amount is None or amount > 0 else 0.0
    return min(float(amount / whole) * _LIMIT_AT, _WIDTH)


def _box(left: float, right: float, fill: str, stroke: str, *, dashes: str = "") -> Element:
    more = {"stroke-dasharray": dashes} if dashes else {}
    return element(
        "rect",
        x=left,
        y=(_HEIGHT - _BAR) / 2,
        width=max(right - left, 0.5),
        height=_BAR,
        fill=fill,
        stroke=stroke,
        **more,
    )

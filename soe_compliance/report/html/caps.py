"""Limits as bars: what is used, the limit, and what is left or too much."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from soe_compliance.domain.amounts import amount_in_words
from soe_compliance.domain.exact import Interval
from soe_compliance.domain.finding import Finding, MeasuredAmount
from soe_compliance.domain.text import Language, Text
from soe_compliance.law.kinds import Cap, ShareLimit
from soe_compliance.law.model import Ruleset
from soe_compliance.report.html.overview import ITEMS, listed
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


@dataclass(frozen=True)
class CapUse:
    """A limit on guarantees, and how much of it is used; amounts in `unit`."""

    rule: str
    clause: str
    subject: str
    used: Interval
    limit: Interval
    unit: str

    @property
    def over(self) -> Fraction | None:
        """By how much the limit is surely passed."""
        return MeasuredAmount(self.used, self.limit, self.unit).excess

    @property
    def left(self) -> Interval:
        """What is left; nothing where the limit is passed."""
        none = Fraction(0)
        low = none if self.used.high is None else max(self.limit.low - self.used.high, none)
        high = None if self.limit.high is None else max(self.limit.high - self.used.low, none)
        return Interval(low, high)


@dataclass(frozen=True)
class CapView:
    """A limit in words, with its bar."""

    rule: str
    title: str
    clause: str
    subject: str
    used: str
    limit: str
    left: str
    is_over: bool
    bar: "Markup"


def cap_uses(findings: Iterable[Finding], ruleset: Ruleset) -> list[CapUse]:
    """The limits that findings are about."""
    return [
        CapUse(
            finding.rule,
            finding.clause,
            finding.subject.name or finding.subject.id,
            measured.value,
            measured.limit,
            measured.unit,
        )
        for finding in findings
        if isinstance(measured := finding.details.measured, MeasuredAmount)
        and isinstance(ruleset.rules[finding.rule].check, Cap | ShareLimit)
    ]


def cap_views(uses: Sequence[CapUse], ruleset: Ruleset, language: Language) -> tuple[Sequence[CapView], str]:
    """The limits that are used at all, the tightest first; and a note where some are left out."""
    used = sorted((use for use in uses if use.used.high != 0), key=_tightest_first)
    shown = used[:MOST_CAPS]
    return [_view(use, ruleset, language) for use in shown], listed(len(shown), len(used), ITEMS, language)


def _tightest_first(use: CapUse) -> tuple[bool, Fraction]:
    limit = use.limit.high
    if limit is None:
        return True, Fraction(0)
    return False, -(use.used.low / limit) if limit else -Fraction(10**9)


def _view(use: CapUse, ruleset: Ruleset, language: Language) -> CapView:
    from markupsafe import Markup

    over = use.over
    left = use.left if over is None else Interval(over, over)
    said = amount_in_words(left, use.unit).in_(language)
    return CapView(
        rule=use.rule,
        title=ruleset.rules[use.rule].title.text.in_(language),
        clause=use.clause,
        subject=use.subject,
        used=amount_in_words(use.used, use.unit).in_(language),
        limit=amount_in_words(use.limit, use.unit).in_(language),
        left=said if over is None else _OVER.in_(language).format(over=said),
        is_over=over is not None,
        bar=Markup(bar(use, language)),  # built as elements, every text in it escaped
    )


def bar(use: CapUse, language: Language) -> str:
    """A limit as an `<svg>` element: the limit stands at two thirds of the width, what passes the edge is cut."""
    low, high = _across(use.used.low, use.limit), _across(use.used.high, use.limit)
    least, most = _across(use.limit.low, use.limit), _LIMIT_AT
    words = _SAID.in_(language).format(
        used=amount_in_words(use.used, use.unit).in_(language),
        limit=amount_in_words(use.limit, use.unit).in_(language),
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

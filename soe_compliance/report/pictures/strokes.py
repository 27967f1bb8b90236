"""How lines and boxes of pictures look: told apart by shape, weight and dashes first, so that grey paper will do."""

from msgspec import Struct

from soe_compliance.domain.exhibits import ShownGuarantees, ShownHolding, Standing
from soe_compliance.domain.text import Text

INK, GREY, WHITE = "#1a1a1a", "#595959", "#ffffff"
_BLUE, _RED = "#174a7c", "#a3101c"


class Stroke(Struct, frozen=True):
    """A kind of line.

    Attributes:
        dashes: lengths of dashes and gaps; empty for an unbroken line.
        double: whether it is drawn as two thin lines.
        arrow: the length of its head.
    """

    label: Text
    colour: str
    width: float
    arrow: float
    dashes: str = ""
    double: bool = False


HOLDING = Stroke(Text("持股", "holds"), GREY, 1.3, 6)
HOLDING_UNKNOWN = Stroke(Text("持股，比例不详", "holds, share not known"), GREY, 1.3, 6, dashes="2 3")
HOLDING_RING = Stroke(Text("循环持股", "circular holding"), INK, 4.2, 8, double=True)
HOLDING_BREACH = Stroke(Text("持股存在问题", "holding with a breach"), _RED, 3.2, 8)
GUARANTEE = Stroke(Text("担保", "guarantees"), _BLUE, 1.6, 9, dashes="8 4")
GUARANTEE_BREACH = Stroke(Text("违规担保", "guarantee in breach"), _RED, 3.2, 12, dashes="10 4")
GUARANTEE_RING = Stroke(
    Text("互保、循环担保", "mutual guarantees"), _BLUE, 4.2, 10, dashes="8 4", double=True
)
GUARANTEE_OVER = Stroke(Text("担保不在有效期", "guarantee not in force"), GREY, 1.2, 9, dashes="1.5 4")


def stroke_of(edge: ShownHolding | ShownGuarantees, *, breached: bool, in_ring: bool) -> Stroke:
    """The kind of line of a stake or of guarantees: the gravest thing that is to be said of it."""
    if isinstance(edge, ShownHolding):
        if breached:
            return HOLDING_BREACH
        return HOLDING_RING if in_ring else HOLDING if edge.ratio is not None else HOLDING_UNKNOWN
    if breached:
        return GUARANTEE_BREACH
    return GUARANTEE_RING if in_ring else GUARANTEE if edge.in_force else GUARANTEE_OVER


class Frame(Struct, frozen=True):
    """The outline of a box: sharp, round or cut corners; a second line within; dashes."""

    corners: str
    width: float
    inner: bool = False
    dashes: str = ""


FRAMES = {
    Standing.PARENT: Frame("sharp", 1.6, inner=True),
    Standing.MEMBER: Frame("sharp", 1.6),
    Standing.PARTICIPATION: Frame("round", 1.4),
    Standing.OPEN: Frame("sharp", 1.4, dashes="2 3"),
    Standing.OUTSIDE: Frame("cut", 1.4),
}
BREACH_WIDTH = 3.4
BREACH_COLOUR = _RED
BREACH_LABEL = Text("企业存在问题（列出规则编号）", "entity in breach (rules named)")
WARNING_LABEL = Text("提示性问题", "warning sign")

"""The few SVG elements that pictures are built of."""

from xml.etree import ElementTree

from soe_compliance.report.wrapping import text_width

Element = ElementTree.Element

EM_A_COLUMN = 0.6
"""The width of digits and letters at most, in parts of the size of the type."""


def stroked(d: str, colour: str, width: float, dashes: str) -> Element:
    more = {"stroke-dasharray": dashes} if dashes else {}
    return element(
        "path", d=d, fill="none", stroke=colour, **{"stroke-width": width, "stroke-linejoin": "round"}, **more
    )


def text(
    x: float, y: float, words: str, size: float, colour: str, *, anchor: str = "start", bold: bool = False
) -> Element:
    more = {"font-weight": "bold"} if bold else {}
    return element("text", words, x=x, y=y, fill=colour, **{"font-size": size, "text-anchor": anchor}, **more)


def element(tag: str, words: str | None = None, /, **attributes: object) -> Element:
    shown = {
        key: coordinate(value) if isinstance(value, float | int) else str(value)
        for key, value in attributes.items()
    }
    made = Element(tag, shown)
    made.text = words
    return made


def coordinate(number: float) -> str:
    """A coordinate, to a tenth."""
    return f"{number:.1f}".removesuffix(".0")


def room_of(words: str, size: float) -> float:
    """The room a text takes at most: digits and letters take six tenths of the size, Chinese characters all of it."""
    wide = max(text_width(words) - len(words), 0)
    return size * (wide + EM_A_COLUMN * (len(words) - wide))

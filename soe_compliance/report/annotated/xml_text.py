"""Texts as the XML of workbooks takes them."""

from xml.sax.saxutils import escape, quoteattr

from soe_compliance.domain.patterns import pattern
from soe_compliance.report.safe import visible

_ESCAPE_LOOKALIKE = pattern(r"_(?=x[0-9A-Fa-f]{4}_)")


def element_text(text: str) -> str:
    """A text of several lines for an element: nothing in it steers, and what looks like _x0041_ stays so."""
    lines = (visible(line) for line in text.split("\n"))
    return escape(_ESCAPE_LOOKALIKE.sub("_x005F_", "\n".join(lines)))


def attribute_text(text: str) -> str:
    """A text as the value of an attribute, with its quotes."""
    return quoteattr(visible(text))

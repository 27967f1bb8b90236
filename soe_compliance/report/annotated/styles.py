"""Cell styles added to a workbook: those of its cells with a border as a mark, and those of the list."""

from enum import Enum

from soe_compliance.report.annotated.refusals import cannot_edit
from soe_compliance.report.annotated.xml_edits import Edits, Element, outline

_MOST_STYLES = 64_000
_SECTIONS = ("fonts", "fills", "borders", "cellXfs")
_SIDES = ("left", "right", "top", "bottom")

BARE_STYLES = (
    '<styleSheet xmlns="{namespace}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
)
"""The styles of a workbook that has none."""


class Mark(Enum):
    """How a cell is marked: by its border, for colours of fills have meanings of their own in forms."""

    BREACH = ("medium", "FFC00000")
    OPEN = ("mediumDashed", "FF0070C0")


class Look(Enum):
    """The cells of the list: their font, fill, border, whether they wrap, and whether a quote stands before them."""

    TITLE = ("bold", None, False, False)
    LINE = ("plain", None, True, False)
    HEADER = ("bold", "header", True, False)
    TEXT = ("plain", "boxed", True, False)
    QUOTED = ("plain", "boxed", True, True)
    LINK = ("link", "boxed", True, False)
    BREACH = ("red", "boxed", True, False)


_FONTS = {
    "plain": '<{p}font><{p}sz val="10"/><{p}name val="宋体"/></{p}font>',
    "bold": '<{p}font><{p}b/><{p}sz val="10"/><{p}name val="宋体"/></{p}font>',
    "red": '<{p}font><{p}b/><{p}sz val="10"/><{p}color rgb="FFC00000"/><{p}name val="宋体"/></{p}font>',
    "link": '<{p}font><{p}u/><{p}sz val="10"/><{p}color rgb="FF0563C1"/><{p}name val="宋体"/></{p}font>',
}
_HEADER_FILL = (
    '<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="FFD9E1F2"/></{p}patternFill></{p}fill>'
)


class StyleSheet:
    """The styles of a workbook, and what is added to them.

    Raises:
        UserError: it lacks what every program writes.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._added: dict[str, list[str]] = {name: [] for name in _SECTIONS}
        self._marked: dict[tuple[int, Mark], int] = {}
        self._borders: dict[object, int] = {}
        self._looks: dict[Look, int] = {}
        self._fonts: dict[str, int] = {}
        self._root = outline(data)
        self._prefix = self._root.prefix
        found = {name: self._root.child(name) for name in _SECTIONS}
        self._sections: dict[str, Element] = {n: element for n, element in found.items() if element}
        if len(self._sections) < len(_SECTIONS) or not self._sections["cellXfs"].children:
            raise cannot_edit("单元格样式表不完整", "its cell styles are incomplete")

    def marked(self, base: int, mark: Mark) -> int:
        """The number of the cell style that differs from this one in its border only."""
        key = base, mark
        if key not in self._marked:
            cloned = self._clone(base, self._border(mark))
            self._marked[key] = self._add("cellXfs", cloned)
        return self._marked[key]

    def look(self, look: Look) -> int:
        """The number of a style of the list."""
        if look not in self._looks:
            font, frame, wrap, quoted = look.value
            fill = self._header_fill() if frame == "header" else 0
            border = self._border(None) if frame else 0
            quote = ' quotePrefix="1"' if quoted else ""
            wrapped = ' wrapText="1"' if wrap else ""
            self._looks[look] = self._add(
                "cellXfs",
                f'<{{p}}xf numFmtId="49" fontId="{self._font(font)}" fillId="{fill}" borderId="{border}" xfId="0"'
                f'{quote} applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
                f'<{{p}}alignment vertical="top"{wrapped}/></{{p}}xf>',
            )
        return self._looks[look]

    def edited(self) -> bytes:
        """The styles with those added at the end of their sections, so that all others keep their numbers."""
        edits = Edits(self.data)
        for name, added in self._added.items():
            if added:
                section = self._sections[name]
                edits.set_attribute(section.start, "count", str(len(section.children) + len(added)))
                content = "".join(added).encode("ascii", "xmlcharrefreplace")
                edits.append(section.start, section.closing, content)
        return edits.applied()

    def _add(self, section: str, content: str) -> int:
        number = len(self._sections[section].children) + len(self._added[section])
        if number > _MOST_STYLES:
            raise cannot_edit("单元格样式过多", "it has too many cell styles")
        self._added[section].append(content.replace("{p}", self._prefix))
        return number

    def _clone(self, base: int, border: int) -> str:
        styles = self._sections["cellXfs"].children
        element = styles[base] if base < len(styles) else styles[0]
        cloned = self.data[element.start : element.end(self.data)]
        edits = Edits(cloned)
        edits.set_attribute(0, "borderId", str(border))
        edits.set_attribute(0, "applyBorder", "1")
        return edits.applied().decode("ascii", "backslashreplace")

    def _border(self, mark: Mark | None) -> int:
        if mark not in self._borders:
            style, colour = mark.value if mark else ("thin", "FFBFBFBF")
            sides = "".join(
                f'<{{p}}{side} style="{style}"><{{p}}color rgb="{colour}"/></{{p}}{side}>' for side in _SIDES
            )
            self._borders[mark] = self._add("borders", f"<{{p}}border>{sides}<{{p}}diagonal/></{{p}}border>")
        return self._borders[mark]

    def _font(self, name: str) -> int:
        if name not in self._fonts:
            self._fonts[name] = self._add("fonts", _FONTS[name])
        return self._fonts[name]

    def _header_fill(self) -> int:
        return self._add("fills", _HEADER_FILL)

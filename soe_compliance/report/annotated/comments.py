"""Comments on cells as Excel and WPS show them: the texts in one part, their boxes in a drawing beside it."""

from collections.abc import Iterable, Mapping, Sequence
from xml.etree import ElementTree

from msgspec import Struct, field

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.cell_places import cell_name
from soe_compliance.filings.sheet_xml import local_name
from soe_compliance.report.annotated.refusals import cannot_edit
from soe_compliance.report.annotated.xml_edits import Edits, Element, outline
from soe_compliance.report.annotated.xml_text import element_text
from soe_compliance.report.book import printed_width
from soe_compliance.report.model import TOOL

Cell = tuple[int, int]
"""Row and column, counted from 0."""

_THREAD = "tc="
"""How the author of a comment begins that stands for a conversation; programs show the conversation instead."""

_RUN = (
    '<{p}r><{p}rPr>{bold}<{p}sz val="9"/><{p}color rgb="FF000000"/><{p}rFont val="宋体"/></{p}rPr>'
    '<{p}t xml:space="preserve">{text}</{p}t></{p}r>'
)
_LINE_WIDTH = 58
_BOX_WIDTH = 380
_LINE_HEIGHT = 17
_MARGIN = 14
_HIGHEST = 900
_COLUMN_PIXELS, _ROW_PIXELS = 64, 20
_LAST_COLUMN, _LAST_ROW = 16_383, 1_048_575
_SHAPE_NUMBER = pattern(rb"_x0000_s(\d{1,9})")
_BLOCKS = pattern(rb"""<o:idmap\s[^>]*\bdata\s*=\s*["']([\d,\s]{1,2000})["']""")
_BLOCK = 1024
_ROOT = pattern(rb"<xml\b[^>]*>")
_NAMESPACES = (
    b'xmlns:v="urn:schemas-microsoft-com:vml"',
    b'xmlns:o="urn:schemas-microsoft-com:office:office"',
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"',
)
_BOX_TYPE = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


class Paragraph(Struct, frozen=True):
    """A part of a comment: its first line, and what follows."""

    heading: str
    body: str

    @property
    def text(self) -> str:
        return f"{self.heading}\n{self.body}"


Comment = Sequence[Paragraph]


class Sizes(Struct, frozen=True):
    """The columns and rows of a sheet that are not of its usual size, in pixels."""

    columns: Mapping[int, int] = field(default_factory=dict)
    rows: Mapping[int, int] = field(default_factory=dict)
    column: int = _COLUMN_PIXELS
    row: int = _ROW_PIXELS


def new_comments(namespace: str, comments: Mapping[Cell, Comment]) -> bytes:
    """A part with these comments."""
    listed = "".join(_comment(cell, comments[cell], 0, "") for cell in sorted(comments))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<comments xmlns="{namespace}"><authors><author>{TOOL}</author></authors>'
        f"<commentList>{listed}</commentList></comments>"
    ).encode()


def threads_in(data: bytes) -> set[str]:
    """The cells, such as H7, whose comment stands for a conversation: text added to it would not be shown."""
    root = ElementTree.fromstring(data)
    authors = [element.text or "" for element in root.iter() if local_name(element.tag) == "author"]
    threads = {str(number) for number, author in enumerate(authors) if author.startswith(_THREAD)}
    comments = (element for element in root.iter() if local_name(element.tag) == "comment")
    return {c.get("ref", "") for c in comments if c.get("authorId") in threads}


def joined_comments(data: bytes, comments: Mapping[Cell, Comment]) -> tuple[bytes, list[Cell]]:
    """A part with these comments added to its own, and the cells that had none before.

    A cell that has a comment keeps it, and ours follows in it.
    """
    root = outline(data)
    authors, listed = root.child("authors"), root.child("commentList")
    if authors is None or listed is None:
        raise cannot_edit("批注部分不完整", "the part with its comments is incomplete")
    own = {comment.attributes.get("ref", ""): comment for comment in listed.children}
    new = [cell for cell in sorted(comments) if cell_name(*cell) not in own]
    edits = Edits(data)
    for cell in sorted(comments.keys() - set(new)):
        _continue(edits, own[cell_name(*cell)], comments[cell])
    if new:
        author = f"<{root.prefix}author>{TOOL}</{root.prefix}author>".encode()
        edits.append(authors.start, authors.closing, author)
        number = len(authors.children)
        added = "".join(_comment(cell, comments[cell], number, root.prefix) for cell in new)
        edits.append(listed.start, listed.closing, _ascii(added))
    return edits.applied(), new


def _continue(edits: Edits, own: Element, comment: Comment) -> None:
    """Put a comment behind the one that a cell has; a bare text becomes the first of its runs."""
    text = own.child("text")
    if text is None:
        raise cannot_edit("批注部分不完整", "the part with its comments is incomplete")
    prefix = text.prefix
    for bare in text.all("t"):
        edits.insert(bare.start, f"<{prefix}r>".encode())
        edits.insert(bare.end(edits.data), f"</{prefix}r>".encode())
    runs = _ascii(_runs([Paragraph("", ""), *comment], prefix))
    after = next((child.start for child in text.children if child.local in ("rPh", "phoneticPr")), None)
    if after is None:
        edits.append(text.start, text.closing, runs)
    else:
        edits.insert(after, runs)


def _comment(cell: Cell, comment: Comment, author: int, prefix: str) -> str:
    runs = _runs(comment, prefix)
    return (
        f'<{prefix}comment ref="{cell_name(*cell)}" authorId="{author}"><{prefix}text>{runs}</{prefix}text>'
        f"</{prefix}comment>"
    )


def _runs(comment: Comment, prefix: str) -> str:
    runs = []
    for number, paragraph in enumerate(comment, 1):
        if paragraph.heading:
            runs.append(_run(paragraph.heading + "\n", prefix, bold=True))
        runs.append(_run(paragraph.body + ("\n\n" if number < len(comment) else ""), prefix))
    return "".join(runs)


def _run(text: str, prefix: str, *, bold: bool = False) -> str:
    return _RUN.format(p=prefix, bold=f"<{prefix}b/>" if bold else "", text=element_text(text))


def _ascii(text: str) -> bytes:
    return text.encode("ascii", "xmlcharrefreplace")


def highest_block(drawings: Iterable[bytes]) -> int:
    """The last block of shape numbers that drawings have taken: each of a workbook has its own."""
    taken = [0]
    for drawing in drawings:
        for blocks in _BLOCKS.findall(drawing):
            taken += [int(block) for block in blocks.decode().replace(",", " ").split()]
        taken += [int(number) // _BLOCK for number in _SHAPE_NUMBER.findall(drawing)]
    return max(taken)


def blocks_for(comments: int) -> int:
    """How many blocks of shape numbers so many comments take."""
    return comments // (_BLOCK - 1) + 1


def new_boxes(comments: Mapping[Cell, Comment], sizes: Sizes, block: int) -> bytes:
    """A drawing with a box for each comment, its shapes numbered from a block on."""
    blocks = ",".join(str(block + more) for more in range(blocks_for(len(comments))))
    return b"".join(
        [
            b"<xml " + b" ".join(_NAMESPACES) + b">",
            b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="',
            blocks.encode(),
            b'"/></o:shapelayout>',
            _BOX_TYPE,
            _boxes(comments, sorted(comments), sizes, block * _BLOCK + 1),
            b"</xml>",
        ]
    )


def joined_boxes(data: bytes, comments: Mapping[Cell, Comment], cells: Sequence[Cell], sizes: Sizes) -> bytes:
    """A drawing with the boxes of these cells added to its own. Such drawings need not be well-formed XML."""
    root, end = _ROOT.search(data), data.rfind(b"</xml>")
    tag = root[0].replace(b"'", b'"') if root else b""
    lacking = [name for name in _NAMESPACES if name not in tag]
    if root is None or end < 0 or any(name.partition(b"=")[0] + b"=" in tag for name in lacking):
        raise cannot_edit("批注图形部分不规范", "the drawing of its comments is out of the ordinary")
    first = max((int(number) for number in _SHAPE_NUMBER.findall(data)), default=_BLOCK) + 1
    kind = b"" if b'id="_x0000_t202"' in data else _BOX_TYPE
    named, body = root.end() - 1, _boxes(comments, cells, sizes, first)
    return b"".join(
        [data[:named], *(b" " + name for name in lacking), data[named:end], kind, body, data[end:]]
    )


def _boxes(comments: Mapping[Cell, Comment], cells: Sequence[Cell], sizes: Sizes, first: int) -> bytes:
    return b"".join(_box(cell, comments[cell], sizes, number) for number, cell in enumerate(cells, first))


def _box(cell: Cell, comment: Comment, sizes: Sizes, number: int) -> bytes:
    row, column = cell
    height = _height(comment)
    left, right = _span(column + 1, 15, _BOX_WIDTH, sizes.columns, sizes.column, _LAST_COLUMN)
    top, bottom = _span(max(row - 1, 0), 10, height, sizes.rows, sizes.row, _LAST_ROW)
    anchor = ", ".join(str(part) for part in (*left, *top, *right, *bottom))
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;width:{_BOX_WIDTH * 0.75:g}pt;'
        f'height:{height * 0.75:g}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row>"
        f"<x:Column>{column}</x:Column></x:ClientData></v:shape>"
    ).encode()


def _height(comment: Comment) -> int:
    """High enough for its lines, up to what a screen shows."""
    lines = len(comment) - 1
    for paragraph in comment:
        lines += sum(-(-max(printed_width(line), 1) // _LINE_WIDTH) for line in paragraph.text.split("\n"))
    return min(lines * _LINE_HEIGHT + _MARGIN, _HIGHEST)


def _span(
    first: int, offset: int, length: int, own: Mapping[int, int], usual: int, last: int
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where a stretch of pixels begins and ends: column or row, and the pixels into it."""
    first = min(first, last)
    place, rest = first, offset + length
    while place < last and rest >= own.get(place, usual):
        rest -= own.get(place, usual)
        place += 1
    return (first, min(offset, max(own.get(first, usual) - 1, 0))), (place, rest)

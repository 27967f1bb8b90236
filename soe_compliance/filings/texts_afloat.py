"""Texts of an .xlsx sheet that stand in no cell: text boxes, and what is printed at the head and foot of its pages."""

import posixpath
from collections.abc import Iterator, Sequence

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.cell_formats import CellFormats, below_cells
from soe_compliance.filings.sheet_xml import text_in_xml

_ON_PAGES = pattern(rb"<(?:odd|even|first)(?:Header|Footer)>([^<]*)<")
_CODE_OF_PAGES = pattern(r'&(?:[LCRPNDTFAZGBIUESXYO]|"[^"]*"|K[0-9A-F]{6}|\d{1,3})')
"""Fonts, page numbers and the like."""

_DRAWING = "/drawing"
_RELATION = pattern(rb"<(?:\w+:)?Relationship\s[^<>]*>")
_ATTRIBUTE = pattern(rb"""\s(Type|Target)\s*=\s*["']([^"'<>]*)["']""")
_END_OF_PARAGRAPH = pattern(rb"</(?:\w+:)?p>")
_RUN = pattern(rb"<(?:\w+:)?t(?:\s[^<>]*)?>([^<]*)<")
"""Looked for as they are written: what is drawn on a sheet may be broken, and its cells are read all the same."""


def texts_afloat(formats: CellFormats, sheet: str) -> Sequence[str]:
    """These texts, paragraph by paragraph."""
    if not formats.may_float:
        return ()
    tail = below_cells(formats.part(sheet))
    found: list[str] = []
    if b"drawing" in tail:
        for drawing in _drawings(formats, sheet):
            found += _paragraphs(drawing)
    if b"headerFooter" in tail:
        found += [_CODE_OF_PAGES.sub(" ", text_in_xml(text)) for text in _ON_PAGES.findall(tail)]
    return found


def _drawings(formats: CellFormats, sheet: str) -> Iterator[bytes]:
    folder, _, name = formats.path(sheet).rpartition("/")
    for relation in _RELATION.findall(formats.member(f"{folder}/_rels/{name}.rels")):
        said = {key: text_in_xml(value) for key, value in _ATTRIBUTE.findall(relation)}
        if said.get(b"Type", "").endswith(_DRAWING):
            path = posixpath.join("/", folder, said.get(b"Target", ""))
            yield formats.member(posixpath.normpath(path).lstrip("/").lower())


def _paragraphs(drawing: bytes) -> Iterator[str]:
    for paragraph in _END_OF_PARAGRAPH.split(drawing):
        yield text_in_xml(b"".join(_RUN.findall(paragraph)))

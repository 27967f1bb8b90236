"""A packed workbook (.xlsx, .xlsm) with marks, comments and a first sheet, all else as it was."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from xml.parsers import expat

from msgspec import Struct

from soe_compliance.domain.text import Language, Text
from soe_compliance.filings.cell_places import cell_name
from soe_compliance.filings.package import Package, PackageKind
from soe_compliance.filings.sheet_xml import sheet_parts
from soe_compliance.report.annotated import comments as boxes
from soe_compliance.report.annotated.comments import Cell, Comment, Sizes
from soe_compliance.report.annotated.notes import Entry, comment, mark_of, spots
from soe_compliance.report.annotated.package_parts import Parts
from soe_compliance.report.annotated.refusals import cannot_edit
from soe_compliance.report.annotated.sheet_part import (
    link_to_comments,
    marked_sheet,
    shown_cells,
    without_selection,
)
from soe_compliance.report.annotated.styles import BARE_STYLES, StyleSheet
from soe_compliance.report.annotated.xml_edits import Edits, Element, declared, outline
from soe_compliance.report.annotated.xml_text import attribute_text

_WORKBOOK = PackageKind.XLSX.value
_RELATIONS = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
"""The namespace of relations that goes with each namespace of workbooks."""

_CONTENT = "application/vnd.openxmlformats-officedocument."
_SHEET_TYPE = f"{_CONTENT}spreadsheetml.worksheet+xml"
_STYLES_TYPE = f"{_CONTENT}spreadsheetml.styles+xml"
_COMMENTS_TYPE = f"{_CONTENT}spreadsheetml.comments+xml"
_BOXES_TYPE = f"{_CONTENT}vmlDrawing"
_SHEETS = ("worksheet", "chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")
_THREADS = Text(
    "以下单元格已有会话批注，未另加批注，请见本表：{cells}",
    "These cells have conversations, so nothing was added to them but a border; see this list: {cells}",
)

ListSheet = Callable[[StyleSheet, str, Sequence[Text]], bytes]
"""Makes the first sheet from the workbook's styles, its namespace, and what is to be said of it."""


class Edited(Struct, frozen=True):
    """The bytes of the workbook, and on how many cells there are marks."""

    content: bytes
    cells: int


def edited(
    data: bytes,
    package: Package,
    listed: Iterable[Entry],
    title: str,
    list_sheet: ListSheet,
    language: Language,
) -> Edited:
    """The workbook with these entries on its cells.

    Args:
        title: the name of the first sheet.

    Raises:
        UserError: it is written in a way in which nothing can be added safely.
    """
    try:
        return _Editing(data, package, title, language).run(listed, list_sheet)
    except expat.ExpatError:
        raise cannot_edit("有不规范的XML", "some of its XML is not well-formed") from None


class _Editing:
    def __init__(self, data: bytes, package: Package, title: str, language: Language) -> None:
        self.parts = Parts(data, package)
        self.title = title
        self.language: Language = language
        workbook = outline(package.members[_WORKBOOK])
        self.namespace = workbook.attributes.get(
            f"xmlns:{workbook.prefix[:-1]}" if workbook.prefix else "xmlns", ""
        )
        if self.namespace not in _RELATIONS:
            raise cannot_edit("工作簿的命名空间无法识别", "the namespace of the workbook is not known")
        self.relations = _RELATIONS[self.namespace]
        self.by_title = sheet_parts(package)
        self.threads: list[str] = []

    def run(self, listed: Iterable[Entry], list_sheet: ListSheet) -> Edited:
        styles_name, styles = self._styles()
        by_sheet: dict[str, dict[Cell, list[Entry]]] = {}
        for spot, entry in spots(listed):
            on_cell = by_sheet.setdefault(spot.sheet, {}).setdefault((spot.row, spot.column), [])
            if entry not in on_cell[-1:]:
                on_cell.append(entry)
        drawings = [d for name, d in self.parts.package.members.items() if name.endswith(".vml")]
        block = boxes.highest_block(drawings) + 1
        marked = 0
        for sheet in (title for title in self.by_title if title in by_sheet):
            cells = self._annotate(sheet, by_sheet[sheet], styles, block)
            block += boxes.blocks_for(cells)
            marked += cells
        self._unselect()
        notices = [_THREADS.format(cells="、".join(self.threads))] if self.threads else []
        self._add_first(list_sheet(styles, self.namespace, notices))
        self.parts.put(styles_name, styles.edited())
        return Edited(self.parts.finished(), marked)

    def _styles(self) -> tuple[str, StyleSheet]:
        for relation in self.parts.relations(_WORKBOOK):
            data = self.parts.get(relation.part) if relation.kind == "styles" else None
            if data is not None:
                return relation.part, StyleSheet(data)
        name = "xl/styles.xml"
        if name in self.parts.names():
            raise cannot_edit("单元格样式表没有被引用", "its cell styles are not referred to")
        self.parts.put(name, b"")
        self.parts.relate(_WORKBOOK, f"{self.relations}/styles", name)
        self.parts.say_type(name, _STYLES_TYPE)
        return name, StyleSheet(BARE_STYLES.format(namespace=self.namespace).encode())

    def _annotate(
        self, title: str, by_cell: Mapping[Cell, Sequence[Entry]], styles: StyleSheet, block: int
    ) -> int:
        """Mark the cells of a sheet and put comments on them; gives their number."""
        part = self.by_title[title]
        data = self.parts.get(part)
        if data is None:
            raise cannot_edit(f"缺少工作表“{title}”的内容", f"the contents of sheet “{title}” are lacking")
        shown = shown_cells(data, by_cell)
        entries: dict[Cell, list[Entry]] = {}
        for cell in by_cell:
            on_cell = entries.setdefault(shown[cell], [])
            on_cell += [entry for entry in by_cell[cell] if entry not in on_cell]
        for on_cell in entries.values():
            on_cell.sort(key=lambda entry: entry.number)
        marks = {cell: mark_of(on_cell) for cell, on_cell in entries.items()}
        sheet = marked_sheet(data, marks, styles)
        texts = {cell: comment(on_cell, self.language, self.title) for cell, on_cell in entries.items()}
        new = self._put_comments(title, part, texts)
        if new:
            link = self._put_boxes(part, sheet.drawing, texts, new, sheet.sizes, block)
            if link:
                link_to_comments(sheet, self.relations, link)
        self.parts.put(part, sheet.edits.applied())
        return len(entries)

    def _put_comments(self, title: str, part: str, texts: Mapping[Cell, Comment]) -> list[Cell]:
        """Put the texts into the sheet's comments; gives the cells that had none before."""
        for relation in self.parts.relations(part):
            data = self.parts.get(relation.part) if relation.kind == "comments" else None
            if data is not None:
                threads = boxes.threads_in(data)
                own = {cell: text for cell, text in texts.items() if cell_name(*cell) not in threads}
                self.threads += [f"{title}!{cell_name(*c)}" for c in sorted(texts.keys() - own.keys())]
                changed, new = boxes.joined_comments(data, own)
                self.parts.put(relation.part, changed)
                return new
        name = self.parts.free_name("xl/comments{n}.xml")
        self.parts.put(name, boxes.new_comments(self.namespace, texts))
        self.parts.relate(part, f"{self.relations}/comments", name)
        self.parts.say_type(name, _COMMENTS_TYPE)
        return sorted(texts)

    def _put_boxes(
        self,
        part: str,
        drawing: str | None,
        texts: Mapping[Cell, Comment],
        new: Sequence[Cell],
        sizes: Sizes,
        block: int,
    ) -> str | None:
        """Put the boxes into the sheet's drawing; gives the relation to it where it is a new one."""
        for relation in self.parts.relations(part):
            if relation.id == drawing:
                data = self.parts.get(relation.part) or b""
                self.parts.put(relation.part, boxes.joined_boxes(data, texts, new, sizes))
                return None
        if drawing is not None:
            raise cannot_edit("批注图形部分缺失", "the drawing of its comments is lacking")
        name = self.parts.free_name("xl/drawings/vmlDrawing{n}.vml")
        self.parts.put(name, boxes.new_boxes({cell: texts[cell] for cell in new}, sizes, block))
        self.parts.say_default_type(name, _BOXES_TYPE)
        return self.parts.relate(part, f"{self.relations}/vmlDrawing", name)

    def _unselect(self) -> None:
        for relation in self.parts.relations(_WORKBOOK):
            data = self.parts.get(relation.part) if relation.kind in _SHEETS else None
            if data is not None and b"tabSelected" in data:
                changed = without_selection(data)
                if changed != data:
                    self.parts.put(relation.part, changed)

    def _add_first(self, sheet: bytes) -> None:
        """Put a sheet before all others, and make it the one that is shown."""
        name = self.parts.free_name("xl/worksheets/sheet{n}.xml")
        self.parts.put(name, sheet)
        self.parts.say_type(name, _SHEET_TYPE)
        relation = self.parts.relate(_WORKBOOK, f"{self.relations}/worksheet", name)
        data = self.parts.package.members[_WORKBOOK]
        root = outline(data)
        sheets = root.child("sheets")
        if sheets is None or not sheets.children:
            raise cannot_edit("工作簿没有工作表清单", "the workbook has no list of sheets")
        edits = Edits(data)
        number = 1 + max(_number(element.attribute("sheetId")) for element in sheets.children)
        tag = (
            f"<{root.prefix}sheet{declared('r', self.relations, root.attributes)}"
            f' name={attribute_text(self.title)} sheetId="{number}" r:id="{relation}"/>'
        )
        edits.insert(sheets.children[0].start, tag.encode("ascii", "xmlcharrefreplace"))
        _renumber(edits, root)
        self.parts.put(_WORKBOOK, edits.applied())


def _renumber(edits: Edits, root: Element) -> None:
    """Count on what goes by a sheet's place: names that belong to a sheet; the new first sheet is the one shown."""
    for names in root.all("definedNames"):
        for name in names.children:
            place = name.attribute("localSheetId")
            if place is not None:
                edits.set_attribute(name.start, "localSheetId", str(_number(place) + 1))
    for views in root.all("bookViews"):
        for view in views.children:
            for key in ("activeTab", "firstSheet"):
                if view.attribute(key) is not None:
                    edits.set_attribute(view.start, key, "0")


def _number(text: str | None) -> int:
    if text is None or not text.isdecimal() or len(text) > 9:
        raise cannot_edit("工作表清单中有无效的数", "a number in the list of sheets is none")
    return int(text)

"""The first sheet: the verdict, what the marks mean, and a list of the entries with links to their cells."""

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from soe_compliance.domain.patterns import pattern
from soe_compliance.domain.text import Language, Text
from soe_compliance.filings.cell_places import cell_name, column_letters
from soe_compliance.filings.guide import FINDINGS_SHEET
from soe_compliance.report import summary
from soe_compliance.report.annotated.notes import Entry, Named, Spot
from soe_compliance.report.annotated.styles import Look, Mark, StyleSheet
from soe_compliance.report.annotated.xml_text import attribute_text, element_text
from soe_compliance.report.book import printed_width
from soe_compliance.report.model import TOOL, VERSION, Report
from soe_compliance.report.safe import may_be_formula, visible
from soe_compliance.report.sheets import fitting
from soe_compliance.report.verdict import verdict

_COLUMNS = (
    (Text("序号", "No."), 6),
    (Text("结论", "Outcome"), 12),
    (Text("级别", "Severity"), 10),
    (Text("规则", "Rule"), 20),
    (Text("依据条款", "Clause"), 16),
    (Text("问题", "Finding"), 52),
    (Text("整改建议", "Remedy"), 34),
    (Text("单元格", "Cell"), 26),
    (Text("字段", "Field"), 30),
    (Text("填报值", "Value filed"), 20),
)
_JOINED = 7
"""How many columns say the same of all cells of an entry."""

_WIDTH = sum(width for _, width in _COLUMNS)
_MOST_CELLS = 50
_MOST_LINKS = 60_000
_LINE_POINTS = 13.5
_HIGHEST = 400.0
_SHEET_NAME = pattern(r"[^\[\]:*?/\\\x00-\x1f]{1,31}")
_ABOUT = Text(
    "检查基准日：{as_of}　规则集：{ruleset} {title}（{digest}）　程序：{tool} {version}",
    "As of {as_of}; ruleset {ruleset} {title} ({digest}); {tool} {version}",
)
_KEY = Text(
    "涉及的单元格加了边框和批注：红色粗框为违反或数据错误，蓝色虚线框为待核、待办、已批准例外或提示；批注写明规则、依据和整改建议。"
    "点击“单元格”一列可跳转。",
    "The cells concerned bear a border and a comment: a red one marks a breach or a reading error, a dashed blue one what "
    "is unknown, pending, waived or worth a notice. The column Cell links to them.",
)
_MORE_CELLS = Text("另有{n}处，见各单元格批注", "and {n} more: see the comments")
_NOTHING = Text("没有需要列出的问题。", "There is nothing to list.")


def sheet_title(taken: Sequence[str], language: Language) -> str:
    """The name of the sheet, a number behind it where the workbook has one of that name."""
    title = FINDINGS_SHEET.in_(language)
    used = {name.casefold() for name in taken}
    candidates = (title if n == 1 else f"{title}({n})" for n in range(1, len(used) + 3))
    return next(name for name in candidates if name.casefold() not in used)


def first_sheet(
    report: Report,
    listed: Sequence[Entry],
    notices: Sequence[Text],
    styles: StyleSheet,
    namespace: str,
    language: Language,
) -> bytes:
    """The sheet's XML.

    Args:
        notices: what is to be said of the workbook itself.
        styles: those of the workbook; the looks of this sheet are added to it.
        namespace: that of the workbook's sheets.
    """
    sheet = _Sheet(styles, language)
    sheet.line(
        f"{FINDINGS_SHEET.in_(language)}　{report.filings[0].group_name or report.filings[0].id}", Look.TITLE
    )
    sheet.line(verdict(report, language), Look.TITLE)
    for text in (_about(report), *summary.notices(report), *notices, _KEY):
        sheet.line(text.in_(language), Look.LINE)
    sheet.header()
    for entry in listed:
        sheet.entry(entry)
    if not listed:
        sheet.line(_NOTHING.in_(language), Look.LINE)
    return sheet.written(namespace)


def _about(report: Report) -> Text:
    ruleset = report.ruleset
    return _ABOUT.format(
        as_of=report.as_of.isoformat(),
        ruleset=ruleset.id,
        title=ruleset.title.text,
        digest=ruleset.digest[:19],
        tool=TOOL,
        version=VERSION,
    )


class _Sheet(Struct):
    styles: StyleSheet
    language: Language
    rows: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    frozen: int = 0

    def line(self, text: str, look: Look) -> None:
        """A row of one text over all columns."""
        number = len(self.rows)
        self._row([self._cell(0, text, look)], -(-printed_width(text) // (_WIDTH - 4)))
        self.merged.append(f"{cell_name(number, 0)}:{cell_name(number, len(_COLUMNS) - 1)}")

    def header(self) -> None:
        headers = (header.in_(self.language) for header, _ in _COLUMNS)
        self._row([self._cell(place, text, Look.HEADER) for place, text in enumerate(headers)], 1)
        self.frozen = len(self.rows)

    def entry(self, entry: Entry) -> None:
        """A row for each cell of an entry; what is said of all of them stands in cells joined over the rows."""
        first = len(self.rows)
        texts = [
            str(entry.number),
            entry.outcome,
            entry.severity,
            " ".join(part for part in (entry.rule, entry.title) if part),
            entry.clause,
            entry.message,
            entry.remedy,
        ]
        shown = list(self._shown(entry))
        lines = max(
            -(-printed_width(text) // (width - 2)) for text, (_, width) in zip(texts, _COLUMNS, strict=False)
        )
        for place, (location, field_, value, spot) in enumerate(shown):
            cells = [
                self._cell(column, text if place == 0 else "", self._look(column, entry))
                for column, text in enumerate(texts)
            ]
            link = self._link(spot)
            cells.append(self._cell(_JOINED, location, Look.LINK if link else Look.TEXT))
            cells += [
                self._cell(_JOINED + more, text, Look.TEXT) for more, text in enumerate((field_, value), 1)
            ]
            own = max(
                -(-printed_width(text) // (_COLUMNS[_JOINED + more][1] - 2))
                for more, text in enumerate((location, field_, value))
            )
            self._row(cells, max(own, -(-lines // len(shown))))
        if len(shown) > 1:
            last = len(self.rows) - 1
            self.merged += [f"{cell_name(first, c)}:{cell_name(last, c)}" for c in range(_JOINED)]

    def _look(self, column: int, entry: Entry) -> Look:
        return Look.BREACH if column == 1 and entry.mark is Mark.BREACH else Look.TEXT

    def _shown(self, entry: Entry) -> Iterator[tuple[str, str, str, Spot | None]]:
        """Location, field, value and place of the first cells of an entry."""
        if not entry.cells:
            yield "", "", "", None
        most = len(entry.cells) if len(entry.cells) <= _MOST_CELLS else _MOST_CELLS - 1
        for named in entry.cells[:most]:
            yield _place(named), named.field, named.value, _linked(named)
        if len(entry.cells) > most:
            yield _MORE_CELLS.format(n=len(entry.cells) - most).in_(self.language), "", "", None

    def _link(self, spot: Spot | None) -> bool:
        """Make the cell that follows a link to a place in the workbook."""
        if spot is None or len(self.links) >= _MOST_LINKS:
            return False
        target = f"'{spot.sheet.replace(chr(39), chr(39) * 2)}'!{cell_name(spot.row, spot.column)}"
        at = cell_name(len(self.rows), _JOINED)
        self.links.append(f'<hyperlink ref="{at}" location={attribute_text(target)}/>')
        return True

    def _cell(self, column: int, text: str, look: Look) -> str:
        kept = fitting(visible(text), self.language)
        quoted = look is Look.TEXT and may_be_formula(kept)
        style = self.styles.look(Look.QUOTED if quoted else look)
        at = f'r="{cell_name(len(self.rows), column)}" s="{style}"'
        if not kept:
            return f"<c {at}/>"
        return f'<c {at} t="inlineStr"><is><t xml:space="preserve">{element_text(kept)}</t></is></c>'

    def _row(self, cells: Sequence[str], lines: int) -> None:
        height = min(max(lines, 1) * _LINE_POINTS + 3, _HIGHEST)
        number = len(self.rows) + 1
        self.rows.append(f'<row r="{number}" ht="{height:g}" customHeight="1">{"".join(cells)}</row>')

    def written(self, namespace: str) -> bytes:
        columns = "".join(
            f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
            for place, (_, width) in enumerate(_COLUMNS, 1)
        )
        merged = "".join(f'<mergeCell ref="{area}"/>' for area in self.merged)
        links = f"<hyperlinks>{''.join(self.links)}</hyperlinks>" if self.links else ""
        below = f"A{self.frozen + 1}"
        last = f"{column_letters(len(_COLUMNS) - 1)}{len(self.rows)}"
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<worksheet xmlns="{namespace}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<dimension ref="A1:{last}"/><sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
            f'<pane ySplit="{self.frozen}" topLeftCell="{below}" activePane="bottomLeft" state="frozen"/>'
            f'<selection pane="bottomLeft" activeCell="{below}" sqref="{below}"/></sheetView></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols>'
            f"<sheetData>{''.join(self.rows)}</sheetData>"
            f'<mergeCells count="{len(self.merged)}">{merged}</mergeCells>{links}'
            '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
            '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
            "<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter>"
            f'<ignoredErrors><ignoredError sqref="A1:{last}" numberStoredAsText="1"/></ignoredErrors></worksheet>'
        ).encode()


def _place(named: Named) -> str:
    """The cell; of a filing that is no workbook, the place in it behind the cell of the copy."""
    if named.spot is None or "!" in named.location or not named.spot.is_cell:
        return named.location
    return f"{named.spot.sheet}!{cell_name(named.spot.row, named.spot.column)} {named.location}"


def _linked(named: Named) -> Spot | None:
    """The place that a link may lead to: one on a sheet with a name that programs allow."""
    return named.spot if named.spot and _SHEET_NAME.fullmatch(named.spot.sheet) else None

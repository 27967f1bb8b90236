"""What was understood of a filing: sheets, columns, units, rows taken and left out, and the problems met."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from soe_compliance.domain.text import Language, Text
from soe_compliance.filings.bad_cells import shown
from soe_compliance.filings.batch import batch_of
from soe_compliance.filings.cell_places import span
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.filing import Filing, RawTable, Unreadable
from soe_compliance.filings.forms import Unit
from soe_compliance.filings.layout import ColumnLayout, FoundBy, Layout, LeftOut
from soe_compliance.filings.problems import Problem
from soe_compliance.filings.tables import HEADER, TABLES
from soe_compliance.report.grid import GAP, grid
from soe_compliance.report.safe import json_escaped, visible
from soe_compliance.report.styles import narrowest
from soe_compliance.report.understood_cells import coercion_documents, coercion_lines
from soe_compliance.report.wrapping import text_width, wrapped

FORMAT = "soe-compliance.read/1"

_UNREADABLE = Text("{id}：无法检查", "{id}: it can't be checked")
_READ = Text(
    "{id}：{group}（{code}），{year}年度，数据截止日{date}，金额单位{unit}",
    "{id}: {group} ({code}), {year}, stated at {date}, amounts in {unit}",
)
_ON_SHEET = Text(
    "{title}：工作表“{sheet}”（按{found}找到）", "{title}: sheet “{sheet}” (found by its {found})"
)
_HEADER_ROW = Text("，表头在第{rows}行", ", header in row {rows}")
_ROWS = Text("，取{count}行（{first}至{last}）", ", {count} rows taken ({first} to {last})")
_NO_ROWS = Text("，没有数据行", ", no rows")
_LEFT_OUT = Text("未取的行：", "Rows left out: ")
_LEFT_ROWS = Text("第{rows}行{reason}", "{rows} {reason}")
_TOTAL = Text(
    "{place} “{field}”合计填{stated}，各行相加为{added}{verdict}",
    "{place} total of “{field}”: stated {stated}, its rows add up to {added}{verdict}",
)
_AGREES = Text("，一致", ", which agrees")
_DIFFERS = Text("，相差{difference}", ", a difference of {difference}")
_ABSENT = Text("没有的表：", "Tables that it lacks: ")
_COERCIONS = Text("按含义读取的单元格：", "Cells read by what they mean:")
_PROBLEMS = Text("问题：", "Problems:")
_COLUMNS = (Text("列", "Column"), Text("表头", "Header"), Text("字段", "Field"), Text("读法", "How read"))
_FIELDS = (Text("单元格", "Cell"), Text("标签", "Label"), Text("字段", "Field"), Text("内容", "Value"))
_NOT_USED = Text("未采用", "not used")
_BY_SYNONYM = Text("按常用名称认定", "by a name in use")
_PERCENT = Text("百分数", "percentages")
_PERCENT_BY_SIZE = Text("大于1的数按百分数", "numbers above 1 are percentages")
_UNIT_OF_FILING = Text("{unit}（填报信息）", "{unit} (the filing's own)")
_CURRENCY_BY_ROW = Text("各行的币种", "currency of each row")
_UNIT_BY_ROW = Text("各行的金额单位", "unit of each row")
_SEPARATOR = Text("；", "; ")
_COMMA = Text("、", ", ")
_LEAST = 8


def problems_of(filing: Filing | Unreadable) -> Sequence[Problem]:
    """All problems of reading, those of single cells too."""
    if isinstance(filing, Unreadable):
        return filing.problems
    return (*filing.problems, *batch_of([filing]).problems[0])


def absent_tables(filing: Filing) -> list[str]:
    """The tables of the forms that a filing lacks."""
    return [key for key in TABLES if key != HEADER and key not in filing.tables]


def understood_json(filings: Sequence[Filing | Unreadable], language: Language = "zh") -> str:
    """The same for programs: one JSON object."""
    document = {"format": FORMAT, "filings": [_filing_document(filing, language) for filing in filings]}
    return json_escaped(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def _filing_document(filing: Filing | Unreadable, language: Language) -> dict[str, object]:
    document: dict[str, object] = {"id": filing.id, "source": filing.source, "digest": filing.digest}
    if isinstance(filing, Filing):
        document |= {
            "status": "read",
            "group_code": filing.group_code,
            "group_name": filing.group_name,
            "year": filing.year,
            "reference_date": filing.reference_date.isoformat(),
            "unit": filing.unit.value,
            "tables": [_table_document(table, language) for table in _tables(filing)],
            "absent": absent_tables(filing),
            "coercions": coercion_documents(filing, language),
        }
    else:
        document["status"] = "unreadable"
    document["problems"] = [
        {
            "level": problem.level.value,
            "code": problem.code,
            "message": problem.in_(language),
            "table": problem.table,
            "field": problem.field,
            "location": problem.location,
        }
        for problem in problems_of(filing)
    ]
    return document


def _tables(filing: Filing) -> list[RawTable]:
    """The tables as they stand on their sheets."""
    return [part for table in (filing.header, *filing.tables.values()) for part in table.parts or (table,)]


def _table_document(table: RawTable, language: Language) -> dict[str, object]:
    document: dict[str, object] = {"table": table.key, "title": TABLES[table.key].title}
    count = len(table.rows)
    ends = [table.place(0), table.place(count - 1)] if count else [None, None]
    document["rows"] = {"count": count, "first": ends[0], "last": ends[1]}
    if table.layout is None:
        return {**document, "fields": list(table.cells)}
    layout = table.layout
    header = layout.header
    return {
        **document,
        "sheet": layout.sheet,
        "found_by": layout.found_by.value,
        "header_rows": [header.first + 1, header.last + 1] if header else None,
        "columns": [
            {
                "column": column.letters,
                "text": column.text,
                "field": column.field,
                "found_by": column.found_by.value if column.found_by else None,
                "unit": column.unit.value if column.unit else None,
                "percent": column.percent,
                "percent_by_size": _percent_by_size(table, column),
            }
            for column in layout.columns
        ],
        "left_out": [
            {"row": row + 1, "reason": why.value, "message": why.label.in_(language)}
            for row, why in sorted(layout.left_out.items())
        ],
        "totals": [
            {
                "location": table.locator.place(total.row, total.field),
                "field": total.field,
                "stated": f"{total.stated:f}",
                "added": f"{total.added:f}",
                "agrees": total.agrees,
            }
            for total in layout.totals
        ],
    }


def _percent_by_size(table: RawTable, column: ColumnLayout) -> bool:
    """Whether numbers in a column of shares are percentages only because they are above 1."""
    key = column.field or ""
    signed = table.formats.get(key, {})
    percent = enumerate(table.percent.get(key, ()))
    return not column.percent and any(mark and place not in signed for place, mark in percent)


def understood_text(
    filings: Sequence[Filing | Unreadable], language: Language = "zh", *, width: int = 100
) -> str:
    """What was understood, for people; no line is wider than `width` (40 at least)."""
    page = _Page(language, narrowest(width))
    blocks = [block for filing in filings for block in page.filing(filing)]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


class _Page:
    def __init__(self, language: Language, width: int) -> None:
        self._language: Language = language
        self._width = width

    def filing(self, filing: Filing | Unreadable) -> Iterator[list[str]]:
        yield self._lines(self._heading(filing))
        if isinstance(filing, Filing):
            for table in _tables(filing):
                yield self._table(table, filing.unit)
            if coerced := list(coercion_lines(filing, self._language)):
                lines = [self._lines(line, "  ") for line in coerced]
                yield [self._in(_COERCIONS), *(line for block in lines for line in block)]
            if absent := absent_tables(filing):
                titles = self._in(_COMMA).join(TABLES[key].title for key in absent)
                yield self._lines(self._in(_ABSENT) + titles)
        if problems := problems_of(filing):
            yield [self._in(_PROBLEMS), *self._problems(problems)]

    def _in(self, text: Text) -> str:
        return text.in_(self._language)

    def _lines(self, text: str, indent: str = "") -> list[str]:
        """The text in lines, those after the first two columns further in."""
        lines = wrapped(visible(text), self._width - len(indent) - 2)
        return [indent + ("  " if place else "") + line for place, line in enumerate(lines)]

    def _heading(self, filing: Filing | Unreadable) -> str:
        if isinstance(filing, Unreadable):
            return self._in(_UNREADABLE.format(id=filing.id))
        return self._in(
            _READ.format(
                id=filing.id,
                group=filing.group_name,
                code=filing.group_code,
                year=filing.year,
                date=filing.reference_date,
                unit=filing.unit.label,
            )
        )

    def _table(self, table: RawTable, unit: Unit) -> list[str]:
        layout = table.layout
        lines = self._lines(self._about(table))
        if table.key == HEADER:
            return [*lines, *self._pairs(table)]
        if layout is None:
            fields = [TABLES[table.key].fields[key].header for key in table.cells]
            return [*lines, *self._lines(self._in(_COMMA).join(fields), "  ")]
        lines += self._grid(
            _COLUMNS, [self._column(column, table, layout, unit) for column in layout.columns]
        )
        if layout.left_out:
            lines += self._lines(self._in(_LEFT_OUT) + self._left_out(layout.left_out), "  ")
        for total in layout.totals:
            difference = f"{total.stated - total.added:+,f}"
            verdict = _AGREES if total.agrees else _DIFFERS.format(difference=difference)
            said = _TOTAL.format(
                place=table.locator.place(total.row, total.field),
                field=TABLES[table.key].fields[total.field].header,
                stated=f"{total.stated:,f}",
                added=f"{total.added:,f}",
                verdict=verdict,
            )
            lines += self._lines(self._in(said), "  ")
        return lines

    def _about(self, table: RawTable) -> str:
        title, layout = TABLES[table.key].title, table.layout
        if layout is None:
            about = Text(title, title)
        else:
            about = _ON_SHEET.format(title=title, sheet=layout.sheet, found=layout.found_by.label)
        parts = [about]
        if layout and layout.header:
            header = layout.header
            parts.append(_HEADER_ROW.format(rows=span(header.first, header.last)))
        if table.key != HEADER:
            parts.append(self._taken(table))
        return "".join(self._in(part) for part in parts)

    def _taken(self, table: RawTable) -> Text:
        if not len(table.rows):
            return _NO_ROWS
        first, last = (
            (str(row + 1) if table.layout else table.place(place))
            for place, row in ((0, table.rows[0]), (len(table.rows) - 1, table.rows[-1]))
        )
        return _ROWS.format(count=len(table.rows), first=first, last=last)

    def _column(self, column: ColumnLayout, table: RawTable, layout: Layout, unit: Unit) -> list[str]:
        text = "".join(column.text.split())
        if column.column == layout.currency_by_row:
            return [column.letters, text, self._in(_CURRENCY_BY_ROW), ""]
        if column.column == layout.units_by_row:
            return [column.letters, text, self._in(_UNIT_BY_ROW), ""]
        if column.field is None:
            return [column.letters, text, self._in(_NOT_USED), ""]
        field = TABLES[table.key].fields[column.field]
        how = [_BY_SYNONYM] if column.found_by is FoundBy.SYNONYM else []
        how += [_PERCENT] if column.percent else []
        how += [_PERCENT_BY_SIZE] if _percent_by_size(table, column) else []
        if column.unit:
            how.append(Text(column.unit.label, column.unit.label))
        elif field.type is FieldType.MONEY and layout.units_by_row is None:
            how.append(_UNIT_OF_FILING.format(unit=unit.label))
        return [
            column.letters,
            text,
            field.header,
            self._in(_SEPARATOR).join(map(self._in, how)),
        ]

    def _pairs(self, table: RawTable) -> list[str]:
        labels = {column.field: column for column in table.layout.columns} if table.layout else {}
        rows = []
        for key, cells in table.cells.items():
            label, value = labels.get(key), cells[0] if cells else ""
            place = table.place(0, key).rpartition("!")[2]
            header = TABLES[HEADER].fields[key].header
            rows.append(
                [
                    place,
                    "".join(label.text.split()) if label else header,
                    header,
                    "" if value is None else shown(value),
                ]
            )
        return self._grid(_FIELDS, rows) if rows else []

    def _grid(self, headers: Sequence[Text], rows: Sequence[Sequence[str]]) -> list[str]:
        """A table of four columns in the page's width: the second and the last are wrapped, if need be."""
        titles = [self._in(header) for header in headers]
        cleaned = [[visible(cell) for cell in row] for row in rows]
        widths = [max(map(text_width, column)) for column in zip(titles, *cleaned, strict=True)]
        room = self._width - 2 - GAP * (len(widths) - 1) - widths[0]
        limits = [widths[0], *_shared(widths[1:], room)]
        cells = [
            ["\n".join(wrapped(cell, limit)) for cell, limit in zip(row, limits, strict=True)]
            for row in cleaned
        ]
        return ["  " + line for line in grid(titles, cells)]

    def _left_out(self, left_out: Mapping[int, LeftOut]) -> str:
        """The rows by reason, in the order of the sheet; rows in a row as a span."""
        parts = []
        for _, rows in groupby(
            enumerate(sorted(left_out.items())), key=lambda item: (item[1][0] - item[0], item[1][1])
        ):
            numbers = [row for _, (row, _) in rows]
            reason = left_out[numbers[0]].label
            parts.append(self._in(_LEFT_ROWS.format(rows=span(numbers[0], numbers[-1]), reason=reason)))
        return self._in(_SEPARATOR).join(parts)

    def _problems(self, problems: Sequence[Problem]) -> list[str]:
        colon = "：" if self._language == "zh" else ": "
        lines = []
        for problem in problems:
            place = f"{problem.location}{colon}" if problem.location else ""
            level = f"[{self._in(problem.level.label)}] "
            lines += self._lines(level + place + problem.in_(self._language), "  ")
        return lines


def _shared(widths: Sequence[int], room: int) -> list[int]:
    """The widths, the widest made narrower until all fit."""
    limits = list(widths)
    while sum(limits) > room and max(limits) > _LEAST:
        limits[limits.index(max(limits))] -= 1
    return limits

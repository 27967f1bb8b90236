"""The forms as a workbook to be filled in, blank or with a worked example."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from importlib.resources import files
from io import BytesIO
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from soe_compliance.authoring.form_inputs import cell_of, hints, look_of, rule_of
from soe_compliance.domain.text import Language, Text
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.forms import Unit
from soe_compliance.filings.guide import GUIDE_SHEET, LIST_MARK, PURPOSES, listed_values
from soe_compliance.filings.tables import HEADER, TABLES, FieldOfForm, TableOfForms
from soe_compliance.law.model import Ruleset
from soe_compliance.law.reads import ANSWERS, fields_needed, needed_tables
from soe_compliance.report.book import (
    CELL,
    HEADING,
    LINE_HEIGHT,
    TEXT,
    done,
    new_workbook,
    printed_width,
    set_page,
)
from soe_compliance.report.wrapping import wrapped

_CREATED = datetime(2026, 1, 1)
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383
_TITLE_ROW, _PURPOSE_ROW, _HEADER_ROW, _FIRST_ROW = range(4)
_BLANK_ROWS = 20
_BLANK_ROWS_BELOW = 5
_FROZEN_COLUMNS = 2
_PAIR_WIDTHS = (28, 40, 66)
_GUIDE_WIDTHS = (18, 44, 34, 60)
_REQUIRED_FILL = "#FCE4D6"

_PROTECTION = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
}
"""What protection leaves free; there is no password."""

_LOOKS: Mapping[str, Mapping[str, object]] = {
    "title": {"font_name": "黑体", "font_size": 16, "valign": "vcenter"},
    "purpose": {
        "font_name": "宋体",
        "font_size": 10,
        "font_color": "#595959",
        "valign": "vcenter",
        "text_wrap": True,
    },
    "section": {"font_name": "黑体", "font_size": 12, "valign": "vcenter"},
    "heading": {**CELL, **HEADING},
    "required": {**CELL, **HEADING, "bg_color": _REQUIRED_FILL},
    "mark": {"font_name": "宋体", "font_size": 10, "bold": True, "font_color": "#C00000"},
    "name": {"font_name": "宋体", "font_size": 10, "bold": True},
    "label": {**CELL, "indent": 1, "bold": True, "bg_color": HEADING["bg_color"], "valign": "vcenter"},
    "required label": {**CELL, "indent": 1, "bold": True, "bg_color": _REQUIRED_FILL, "valign": "vcenter"},
    "text": {**CELL, "num_format": TEXT, "indent": 1, "valign": "vcenter"},
    "link": {**CELL, "indent": 1, "font_color": "#0563C1", "underline": 1, "valign": "vcenter"},
    "free": {"locked": False},
}

_TITLE = Text("国有企业监管填报表样", "Forms of a filing")
_EXAMPLE = Text("（示例）", " (worked example)")
_MARKED = Text("带*的为必填项", "* must be filled in")
_UNIT = Text("金额按“填报信息”所选单位填列", "amounts in the unit chosen in “填报信息”")
_PAIR_HEADINGS = (
    Text("项目", "Item"),
    Text("填写内容", "Entry"),
    Text("填写说明", "填写说明"),  # the reader tells the column of hints by this
)
_BASED_ON = Text(
    "本表样只列{title}（{document_no}）检查所需的表和项目。",
    "These forms hold only what the checks of {title} ({document_no}) need.",
)
_STEPS = (
    Text(
        "先填“填报信息”，再填其余各表。没有发生的业务，该表留空，不要删除工作表，也不要改动表头。",
        "Fill in 填报信息 first, then the other tables. Leave a table blank where there is nothing to file; "
        "keep its sheet and its headers.",
    ),
    Text(
        "带红色*、底色较深的为必填项：“填报信息”缺必填项的，整份填报无法检查；其余各表缺必填项的，该行不用于检查。",
        "Headers with a red * must be filled in: without one in 填报信息 the filing can't be checked; in other tables "
        "the row is not used.",
    ),
    Text(
        "其余项目据实填写。留空表示未说明，不当作“否”或0，但有关规则可能因此不能判定。",
        "Fill in the others as far as known. Blank means not stated, neither “no” nor 0; a rule may then stay open.",
    ),
    Text(
        "金额单位在“填报信息”中统一选择（不选按万元），各表单元格只填数字。",
        "The unit of all amounts is chosen once in 填报信息 (万元 where blank); cells hold numbers only.",
    ),
    Text(
        "有下拉箭头的从列表中选择；选中单元格即显示填写提示。代码、编号为文本格式，请勿改为数字。",
        "Choose from the list where there is one; a selected cell shows how it is filled in. Codes are texts: keep them so.",
    ),
    Text(
        "数据从表头下一行填起，每行一条，可以插入行、调整列宽、排序和筛选；表头和说明已锁定，未设密码。",
        "Data begin below the header, a row each; rows may be inserted, sorted and filtered. Headers are locked, "
        "without a password.",
    ),
    Text(
        "填完后可用“soe-compliance check 文件名”自查，按提示的单元格更正后报送。",
        "Check the file with “soe-compliance check FILE” and correct the cells that it names before filing.",
    ),
)
_SECTIONS = {
    "steps": Text("一、填报步骤", "1. Steps"),
    "tables": Text("二、各表用途", "2. The tables"),
    "values": Text("三、列示值", "3. Listed values"),
}
_TABLE_HEADINGS = (
    Text("工作表", "Sheet"),
    Text("用途", "What it is for"),
    Text("必填项", "Must be filled in"),
    Text("用于检查的规则", "Rules that use it"),
)
_VALUE_HEADINGS = (Text("工作表", "Sheet"), Text("项目", "Item"), Text("可填的值", "Values"))
_NO_RULES = Text("各规则共用", "all rules")


class Forms(Struct, frozen=True):
    """The forms of a template.

    Attributes:
        tables: the tables in order, each with the fields that are asked for.
        rulesets: those whose rules the guide names.
        only: the ruleset that they are cut down to.
    """

    tables: Sequence[TableOfForms]
    rulesets: Sequence[Ruleset]
    only: Ruleset | None = None


def all_forms(rulesets: Sequence[Ruleset]) -> Forms:
    """Every table with every field."""
    return Forms(tuple(TABLES.values()), rulesets)


def forms_of(ruleset: Ruleset) -> Forms:
    """What a ruleset needs: of its tables the fields that its rules look at, and those that tell what a row is about.

    A ruleset that does nothing but compare what is filed gets every field.
    """
    needed = needed_tables(ruleset)
    if not any(fields_needed(ruleset, code) for code in ruleset.rules):
        return replace(all_forms([ruleset]), only=ruleset)
    cut = [
        replace(
            form,
            fields={key: f for key, f in form.fields.items() if key in needed[form.key] or _names(form, f)},
        )
        if form.key in needed
        else form
        for form in TABLES.values()
        if form.key in needed or form.key in (HEADER, *ANSWERS)
    ]
    return Forms(tuple(cut), [ruleset], ruleset)


def _names(form: TableOfForms, field: FieldOfForm) -> bool:
    """Whether a field tells what a row is about."""
    return field.required or field.key in form.key_fields or field.key.split("_")[-1] == "name"


def example_filing() -> Mapping[str, Any]:
    """The filing of the worked example, as JSON states it."""
    found: Mapping[str, Any] = json.loads(
        files("soe_compliance.authoring").joinpath("example_filing.json").read_text(encoding="utf-8")
    )
    return found


def template(forms: Forms, filing: Mapping[str, Any] | None = None, language: Language = "zh") -> bytes:
    """The bytes of the workbook; the same forms give the same bytes.

    Args:
        filing: what they are filled in with, as JSON states it; None leaves them blank.
        language: of the guide and the hints; sheets and headers are Chinese always.
    """
    return _Template(forms, filing, language).written()


class _Template:
    def __init__(self, forms: Forms, filing: Mapping[str, Any] | None, language: Language) -> None:
        self.forms = forms
        self.filing = filing
        self.language: Language = language
        title = _TITLE.in_(language) + (_EXAMPLE.in_(language) if filing is not None else "")
        self._title = title
        self._formats: dict[object, Any] = {}
        self._bytes = BytesIO()
        self._book = new_workbook(self._bytes, title, _CREATED)

    def written(self) -> bytes:
        _Guide(self).add()
        for form in self.forms.tables:
            self._add_pairs(form) if form.key == HEADER else self._add_table(form)
        self._book.close()
        return self._bytes.getvalue()

    def say(self, text: Text) -> str:
        return text.in_(self.language)

    def look(self, name: str) -> Any:
        return self._format(name, _LOOKS[name])

    def _entry(self, field: FieldOfForm, align: str | None = None) -> Any:
        """The format of the cells that a field is filled in in, aligned as its type is where nothing else is said."""
        look = look_of(field)
        aligned = align or look.align
        properties: dict[str, object] = {
            "num_format": look.number_format,
            "align": aligned,
            "indent": int(aligned != "center"),
            "valign": "vcenter",
            "locked": False,
        }
        return self._format((look, aligned), {**CELL, **properties})

    def _format(self, key: object, properties: Mapping[str, object]) -> Any:
        if key not in self._formats:
            self._formats[key] = self._book.add_format(dict(properties))
        return self._formats[key]

    def add_sheet(self, name: str) -> Any:
        sheet = self._book.add_worksheet(name)
        set_page(sheet, self._title, self.language)
        sheet.hide_gridlines(2)
        sheet.protect("", dict(_PROTECTION))
        return sheet

    # a table

    def _add_table(self, form: TableOfForms) -> None:
        sheet = self.add_sheet(form.title)
        columns = list(form.fields.values())
        rows = list(self.filing.get(form.key) or []) if self.filing is not None else []
        last = _FIRST_ROW + (max(len(rows) + _BLANK_ROWS_BELOW, _BLANK_ROWS)) - 1
        for place, column in enumerate(columns):
            done(sheet.set_column(place, place, look_of(column).width, self._entry(column)))
            done(
                sheet.data_validation(
                    _FIRST_ROW, place, _LAST_ROW, place, rule_of(form, column, self.language)
                )
            )
        done(sheet.set_column(len(columns), _LAST_COLUMN, None, self.look("free")))
        self._put_top(sheet, form, [look_of(column).width for column in columns])
        self._put_headers(sheet, columns)
        for number in range(_FIRST_ROW, last + 1):
            row = rows[number - _FIRST_ROW] if number - _FIRST_ROW < len(rows) else {}
            self._put_row(sheet, number, columns, row)
        sheet.freeze_panes(_FIRST_ROW, min(_FROZEN_COLUMNS, len(columns) - 1))
        done(sheet.autofilter(_HEADER_ROW, 0, last, len(columns) - 1))
        done(sheet.repeat_rows(_TITLE_ROW, _HEADER_ROW))

    def _put_top(self, sheet: Any, form: TableOfForms, widths: Sequence[int]) -> None:
        """The title of a table, and what it is for, no wider than its columns: nothing beside them is printed."""
        has_amounts = any(column.type is FieldType.MONEY for column in form.fields.values())
        said = (PURPOSES[form.key], _MARKED, *((_UNIT,) if has_amounts else ()))
        purpose = _sentence([self.say(text) for text in said], self.language)
        title = form.title + (self.say(_EXAMPLE) if self.filing is not None else "")
        done(sheet.set_row(_TITLE_ROW, 28, self.look("title")))
        done(
            sheet.set_row(_PURPOSE_ROW, _lines(purpose, sum(widths)) * LINE_HEIGHT + 6, self.look("purpose"))
        )
        done(sheet.write_string(_TITLE_ROW, 0, title, self.look("title")))
        done(sheet.merge_range(_PURPOSE_ROW, 0, _PURPOSE_ROW, len(widths) - 1, purpose, self.look("purpose")))

    def _put_headers(self, sheet: Any, columns: Sequence[FieldOfForm]) -> None:
        lines = max(_lines(column.header + "*", look_of(column).width) for column in columns)
        done(sheet.set_row(_HEADER_ROW, (lines + 1) * LINE_HEIGHT, self.look("title")))
        for place, column in enumerate(columns):
            self.put_name(sheet, _HEADER_ROW, place, column, "required" if column.required else "heading")

    def put_name(self, sheet: Any, row: int, place: int, column: FieldOfForm, look: str) -> None:
        """A field's header, marked where it must be filled in."""
        if not column.required:
            done(sheet.write_string(row, place, column.header, self.look(look)))
            return
        mark, name = (self.look("mark"), "*"), (self.look("name"), column.header)
        done(sheet.write_rich_string(row, place, *mark, *name, self.look(look)))

    def _put_row(
        self, sheet: Any, number: int, columns: Sequence[FieldOfForm], row: Mapping[str, Any]
    ) -> None:
        cells = [cell_of(column, row.get(column.key)) for column in columns]
        widths = [look_of(column).width for column in columns]
        lines = (
            max(
                _lines(cell, width)
                for cell, width in zip(cells, widths, strict=True)
                if isinstance(cell, str)
            )
            if row
            else 1
        )
        done(sheet.set_row(number, max(18.0, lines * LINE_HEIGHT + 3)))
        for place, (column, cell) in enumerate(zip(columns, cells, strict=True)):
            self._put(sheet, number, place, cell, self._entry(column))

    def _put(
        self, sheet: Any, row: int, place: int, cell: str | int | float | date | None, look: Any
    ) -> None:
        match cell:
            case None:
                done(sheet.write_blank(row, place, None, look))
            case str():
                done(sheet.write_string(row, place, cell, look))
            case date():
                done(sheet.write_datetime(row, place, datetime(cell.year, cell.month, cell.day), look))
            case _:
                done(sheet.write_number(row, place, cell, look))

    # the filing's own fields

    def _add_pairs(self, form: TableOfForms) -> None:
        sheet = self.add_sheet(form.title)
        for place, width in enumerate(_PAIR_WIDTHS):
            done(sheet.set_column(place, place, width))
        self._put_top(sheet, form, _PAIR_WIDTHS)
        done(sheet.set_row(_HEADER_ROW, 22))
        for place, heading in enumerate(_PAIR_HEADINGS):
            done(sheet.write_string(_HEADER_ROW, place, self.say(heading), self.look("heading")))
        stated = self.filing[HEADER] if self.filing is not None else {"unit": Unit.TEN_THOUSAND.value}
        for row, item in enumerate(form.fields.values(), _FIRST_ROW):
            hint = _sentence(hints(form, item, self.language), self.language)
            done(sheet.set_row(row, max(24.0, _lines(hint, _PAIR_WIDTHS[2]) * LINE_HEIGHT + 6)))
            self.put_name(sheet, row, 0, item, "required label" if item.required else "label")
            cell = cell_of(item, stated.get(item.key))
            self._put(sheet, row, 1, cell, self._entry(item, align="left"))
            done(sheet.data_validation(row, 1, row, 1, rule_of(form, item, self.language)))
            done(sheet.write_string(row, 2, hint, self.look("text")))
        sheet.freeze_panes(_FIRST_ROW, 1)
        done(sheet.print_area(0, 0, _FIRST_ROW + len(form.fields) - 1, len(_PAIR_WIDTHS) - 1))


class _Guide:
    """The first sheet: how to fill in, what each table is for, which values are listed."""

    def __init__(self, template: _Template) -> None:
        self._template = template
        self._forms = template.forms
        self._row = 0

    def add(self) -> None:
        made, say = self._template, self._template.say
        self._sheet = made.add_sheet(GUIDE_SHEET)
        for place, width in enumerate(_GUIDE_WIDTHS):
            done(self._sheet.set_column(place, place, width))
        self._line(made._title, "title", 30)
        if self._forms.only is not None:
            ruleset = self._forms.only
            based = _BASED_ON.format(title=ruleset.title.text, document_no=ruleset.document_no)
            self._line(say(based), "purpose", 20)
        self._line(say(_SECTIONS["steps"]), "section", 24)
        for number, step in enumerate(_STEPS, 1):
            self._step(f"{number}. {say(step)}")
        self._line(say(_SECTIONS["tables"]), "section", 30)
        self._headings(_TABLE_HEADINGS)
        for form in self._forms.tables:
            self._table(form)
        self._line(say(_SECTIONS["values"]), "section", 30)
        self._headings(_VALUE_HEADINGS)
        values, heading = say(_VALUE_HEADINGS[-1]), made.look("heading")
        done(self._sheet.merge_range(self._row - 1, 2, self._row - 1, 3, values, heading))
        for form, item in self._with_values():
            self._listed(form, item)
        done(self._sheet.print_area(0, 0, self._row - 1, len(_GUIDE_WIDTHS) - 1))
        self._sheet.activate()

    def _with_values(self) -> Iterator[tuple[TableOfForms, FieldOfForm]]:
        for form in self._forms.tables:
            for item in form.fields.values():
                if item.type is not FieldType.FLAG and listed_values(item):
                    yield form, item

    def _line(self, text: str, look: str, height: float) -> None:
        done(self._sheet.set_row(self._row, height))
        done(self._sheet.write_string(self._row, 0, text, self._template.look(look)))
        self._row += 1

    def _step(self, text: str) -> None:
        lines = _lines(text, sum(_GUIDE_WIDTHS))
        done(self._sheet.set_row(self._row, lines * LINE_HEIGHT + 6))
        last = len(_GUIDE_WIDTHS) - 1
        done(self._sheet.merge_range(self._row, 0, self._row, last, text, self._template.look("text")))
        self._row += 1

    def _headings(self, headings: Sequence[Text]) -> None:
        done(self._sheet.set_row(self._row, 20))
        for place, heading in enumerate(headings):
            text = self._template.say(heading)
            done(self._sheet.write_string(self._row, place, text, self._template.look("heading")))
        self._row += 1

    def _table(self, form: TableOfForms) -> None:
        needed = LIST_MARK.join(item.header for item in form.required)
        row = self._row
        self._cells([form.title, PURPOSES[form.key].in_(self._template.language), needed, self._rules(form)])
        link = f"internal:'{form.title}'!A1"
        done(self._sheet.write_url(row, 0, link, self._template.look("link"), form.title))

    def _listed(self, form: TableOfForms, item: FieldOfForm) -> None:
        """A field with the values that it may have, over the last two columns."""
        values, row = LIST_MARK.join(listed_values(item)), self._row
        self._cells([form.title, item.header, ""])
        done(self._sheet.set_row(row, _lines(values, sum(_GUIDE_WIDTHS[2:])) * LINE_HEIGHT + 6))
        done(self._sheet.merge_range(row, 2, row, 3, values, self._template.look("text")))

    def _cells(self, texts: Sequence[str]) -> None:
        lines = max(_lines(text, width) for text, width in zip(texts, _GUIDE_WIDTHS, strict=False))
        done(self._sheet.set_row(self._row, lines * LINE_HEIGHT + 6))
        for place, text in enumerate(texts):
            done(self._sheet.write_string(self._row, place, text, self._template.look("text")))
        self._row += 1

    def _rules(self, form: TableOfForms) -> str:
        """The rules that need a table, by ruleset where there is more than one."""
        found = []
        for ruleset in self._forms.rulesets:
            codes = [
                code
                for code in ruleset.rules
                if any(name.startswith(f"{form.key}.") for name in fields_needed(ruleset, code))
            ]
            if codes:
                listed = LIST_MARK.join(codes)
                found.append(listed if len(self._forms.rulesets) == 1 else f"{ruleset.id}: {listed}")
        lines = [line for text in found for line in wrapped(text, _GUIDE_WIDTHS[-1] - 2)]
        return "\n".join(lines) or self._template.say(_NO_RULES)


def _sentence(parts: Sequence[str], language: Language) -> str:
    return "；".join(parts) + "。" if language == "zh" else "; ".join(parts) + "."


def _lines(text: str, width: int) -> int:
    """The lines that a text takes in a cell of so many characters."""
    return sum(max(-(-printed_width(line) // (width - 3)), 1) for line in text.split("\n"))

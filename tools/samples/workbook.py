"""Workbooks as an office makes them: titles, unit lines, totals and notes round each table."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import xlsxwriter

from tools.samples.book import Row, Value
from tools.samples.forms import FILING, FORMS, LABELS, Field, Form
from tools.samples.sample import Habits, Sample

CREATED = datetime(2024, 4, 10, 9, 30)
TOTALS = {
    "projects": ("amount",),
    "guarantees": ("amount", "balance", "counter_guarantee"),
    "debts": ("balance",),
}
WORDS_OF_NUMBERS = "零一二三四五六七八九"
LONGEST = 46


def width(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in text)


def chinese_date(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.year}年{day.month}月{day.day}日"


class Office:
    """One workbook in the making."""

    def __init__(self, sample: Sample, habits: Habits, path: Path) -> None:
        self.sample, self.habits = sample, habits
        self.filing = sample.document["filing"]
        self.unit = str(self.filing["unit"]) if isinstance(self.filing, dict) else ""
        self.book = xlsxwriter.Workbook(str(path))
        self.book.set_properties({"created": CREATED, "author": "财务管理部", "title": sample.file})
        self.formats: dict[str, Any] = {}

    def cell(self, **extra: Any) -> Any:
        """A cell format; the same wish gets the same format."""
        wish = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"} | extra
        return self.formats.setdefault(repr(wish), self.book.add_format(wish))

    def write(self) -> None:
        self.information()
        first = self.habits.sheets.split()
        place = {key: index for index, key in enumerate(first)}
        for form in sorted(FORMS, key=lambda item: place.get(item.key, len(place))):
            rows = self.sample.document.get(form.key)
            if isinstance(rows, list):
                self.table(form, rows)
        self.book.close()

    def information(self) -> None:
        """填报信息: key and value down the sheet."""
        sheet = self.book.add_worksheet(FILING.title)
        assert isinstance(self.filing, dict)
        title = f"{self.filing['year']}年度国有企业监督管理报表填报信息"
        sheet.merge_range(0, 0, 0, 2, title, self.cell(bold=True, font_size=16, align="center"))
        sheet.set_row(0, 30)
        row = 1
        if self.habits.key_value_header:
            sheet.write_row(
                row, 0, ["项目", "内容", "填写说明"], self.cell(border=1, bold=True, align="center")
            )
            row += 1
        hints = {"year": "四位年份", "reference_date": "余额、股权、标识的时点", "unit": "各表金额的单位"}
        for field in FILING.fields:
            value = self.filing.get(field.key)
            sheet.write_string(row, 0, field.header, self.cell(border=1, bg_color=self.habits.colour))
            if value is None:
                sheet.write_blank(row, 1, None, self.cell(border=1))
            else:
                self.put(sheet, row, 1, field, value, {"align": "left"})
            sheet.write_string(row, 2, hints.get(field.key, ""), self.cell(border=1, font_color="#7F7F7F"))
            row += 1
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 40)
        sheet.set_column(2, 2, 26)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def columns(self, form: Form) -> list[Field]:
        first = self.habits.order.get(form.key, "").split()
        fields = [form.field(key) for key in first] + [item for item in form.fields if item.key not in first]
        before = [Field("", "序号", "serial")] if self.habits.serial else []
        return [*before, *fields, *([Field("", "备注", "remark")] if self.habits.remarks else [])]

    def header(self, field: Field) -> str:
        if field.kind == "money" and self.habits.unit_in_header:
            return f"{field.header}（{self.unit}）"
        if field.kind == "ratio" and self.habits.ratio == "bare":
            return f"{field.header}(%)"
        return field.header

    def table(self, form: Form, rows: list[Row]) -> None:
        sheet = self.book.add_worksheet(form.title)
        columns = self.columns(form)
        last = len(columns) - 1
        widths = [min(width(self.header(field)), 14) for field in columns]
        self.heading(sheet, form, columns)
        frame = self.cell(border=1, bold=True, align="center", text_wrap=True, bg_color=self.habits.colour)
        sheet.set_row(2, 30)
        for column, field in enumerate(columns):
            sheet.write_string(2, column, self.header(field), frame)
        for offset, row in enumerate(rows):
            longest = max(
                (width(self.words(value)) for value in row.values() if isinstance(value, list)), default=0
            )
            if longest > LONGEST:
                sheet.set_row(3 + offset, 14 * -(-longest // (LONGEST - 4)))
            for column, field in enumerate(columns):
                value = self.value(field, row, offset)
                widths[column] = max(widths[column], width(str(value)) + (3 if field.kind == "money" else 0))
                if value is None:
                    sheet.write_blank(3 + offset, column, None, self.cell(border=1))
                else:
                    self.put(sheet, 3 + offset, column, field, value)
        end = 3 + len(rows)
        if rows and form.key in TOTALS:
            end += self.totals(sheet, form, columns, rows)
        self.foot(sheet, form, end, last)
        for column, wanted in enumerate(widths):
            sheet.set_column(column, column, min(wanted + 2, LONGEST))
        sheet.freeze_panes(3, 2)
        sheet.set_landscape()
        sheet.set_paper(8 if last > 12 else 9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)
        sheet.set_footer("&C第 &P 页，共 &N 页")

    def heading(self, sheet: Any, form: Form, columns: list[Field]) -> None:
        """The title over the whole table, and the line with who files and in which unit."""
        assert isinstance(self.filing, dict)
        last = len(columns) - 1
        title = (
            f"{self.filing['group_name']}{form.title}（{chinese_date(str(self.filing['reference_date']))}）"
        )
        sheet.merge_range(0, 0, 0, last, title, self.cell(bold=True, font_size=16, align="center"))
        sheet.set_row(0, 30)
        middle = last // 2
        sheet.merge_range(1, 0, 1, middle, f"编制单位：{self.filing['group_name']}", self.cell(align="left"))
        has_money = any(field.kind == "money" for field in columns)
        right = (
            self.habits.unit_line.format(self.unit)
            if has_money
            else f"填报日期：{chinese_date(str(self.filing['filed_on']))}"
        )
        sheet.merge_range(1, middle + 1, 1, last, right, self.cell(align="right"))

    def words(self, documents: list[str]) -> str:
        return "、".join(LABELS["documents"][key] for key in documents)

    def value(self, field: Field, row: Row, offset: int) -> Value:
        if field.kind == "serial":
            return offset + 1
        if field.kind == "remark":
            return self.sample.remarks.get(str(row.get("id", row.get("code", ""))))
        return row.get(field.key)

    def put(
        self, sheet: Any, row: int, column: int, field: Field, value: Value, extra: Row | None = None
    ) -> None:
        """Write one stated value as the office types it."""
        look: dict[str, Any] = {"border": 1, **(extra or {})}
        match field.kind:
            case "money":
                decimals = "0.0000" if self.unit == "亿元" else "0.00"
                sheet.write_number(
                    row, column, float(str(value)), self.cell(num_format=f"#,##{decimals}", **look)
                )
            case "ratio" if self.habits.ratio == "percent":
                sheet.write_number(row, column, float(str(value)), self.cell(num_format="0.00%", **look))
            case "ratio" if self.habits.ratio == "bare":
                share = float(Decimal(str(value)) * 100)
                sheet.write_number(row, column, share, self.cell(num_format="0.00##", **look))
            case "ratio":
                share_text = f"{Decimal(str(value)) * 100:.2f}%"
                sheet.write_string(row, column, share_text, self.cell(**{"align": "right", **look}))
            case "date" if "yyyy" in self.habits.date_format:
                day = date.fromisoformat(str(value))
                look = {"align": "center", "num_format": self.habits.date_format, **look}
                sheet.write_datetime(row, column, day, self.cell(**look))
            case "date":
                typed = date.fromisoformat(str(value)).strftime(self.habits.date_format)
                sheet.write_string(row, column, typed, self.cell(**{"align": "center", **look}))
            case "int" | "serial":
                sheet.write_number(row, column, int(str(value)), self.cell(**{"align": "center", **look}))
            case _:
                self.put_text(sheet, row, column, field, value, look)

    def put_text(
        self, sheet: Any, row: int, column: int, field: Field, value: Value, look: dict[str, Any]
    ) -> None:
        centred = {"align": "center", **look}
        if field.kind == "flag":
            sheet.write_string(
                row, column, self.habits.yes if value else self.habits.no, self.cell(**centred)
            )
        elif field.kind in ("level", "quarter"):
            pattern = self.habits.level if field.kind == "level" else self.habits.quarter
            if pattern == "{}":
                sheet.write_number(row, column, int(str(value)), self.cell(**centred))
            else:
                sheet.write_string(
                    row, column, pattern.format(WORDS_OF_NUMBERS[int(str(value))]), self.cell(**centred)
                )
        elif isinstance(value, list):
            sheet.write_string(row, column, self.words(value), self.cell(text_wrap=True, **look))
        elif field.kind in LABELS:
            sheet.write_string(row, column, LABELS[field.kind][str(value)], self.cell(**centred))
        else:
            as_text = {"num_format": "@"} if field.kind in ("code", "text") else {}
            sheet.write_string(row, column, str(value), self.cell(**as_text, **look))

    def totals(self, sheet: Any, form: Form, columns: list[Field], rows: list[Row]) -> int:
        """The row 合计: live sums with their values stored."""
        at = 3 + len(rows)
        summed = [key for key in TOTALS[form.key] if any(row.get(key) is not None for row in rows)]
        bold = self.cell(border=1, bold=True, align="center")
        names = [index for index, field in enumerate(columns) if field.key.endswith("name")]
        label = names[0] if self.habits.total_in_name and names else 0
        for column, field in enumerate(columns):
            if field.key in summed:
                letter = xlsxwriter.utility.xl_col_to_name(column)
                total = sum(
                    (Decimal(str(row[field.key])) for row in rows if row.get(field.key) is not None),
                    Decimal(),
                )
                decimals = "0.0000" if self.unit == "亿元" else "0.00"
                look = self.cell(border=1, bold=True, num_format=f"#,##{decimals}")
                sheet.write_formula(at, column, f"=SUM({letter}4:{letter}{at})", look, float(total))
            elif column == label:
                sheet.write_string(at, column, self.habits.total, bold)
            else:
                sheet.write_blank(at, column, None, bold)
        return 1

    def foot(self, sheet: Any, form: Form, row: int, last: int) -> None:
        """Notes, and who filled the form in."""
        note = self.sample.notes.get(form.key)
        if note:
            sheet.merge_range(row, 0, row, last, f"注：{note}", self.cell(align="left", text_wrap=True))
            sheet.set_row(row, 30)
            row += 1
        if self.habits.clerk:
            clerk = f"填表人：{self.habits.clerk}        审核人：        单位负责人：        （公章）"
            sheet.merge_range(row + 1, 0, row + 1, last, clerk, self.cell(align="left"))


def write_workbook(sample: Sample, habits: Habits, path: Path) -> None:
    Office(sample, habits, path).write()

"""The tables of a JSON filing as sheets: rows of cells, laid out in one style."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.filing import FEN_PER_UNIT
from soe_compliance.filings.forms import Unit
from soe_compliance.filings.tables import HEADER, TABLES, FieldOfForm, TableOfForms
from soe_compliance.filings.units import unit_named
from soe_compliance.filings.values import BadCell, code_of, id_of, money_of, ratio_of
from tests.layouts.spelling import Spelling, Units, is_blank
from tests.layouts.style import Style

Row = list[object]
Merge = tuple[int, int, int, int]
_HOW: Mapping[FieldType, str] = {
    FieldType.MONEY: "amounts",
    FieldType.RATIO: "ratios",
    FieldType.DATE: "days",
    FieldType.FLAG: "flags",
    FieldType.CHOICE: "choices",
    FieldType.CHOICES: "choices",
    FieldType.INT: "counts",
    FieldType.QUARTER: "counts",
    FieldType.LEVEL: "counts",
}
_MARKS = ("*{}", "{}*", "{}\n（必填）", " {} ", "★{}")
_GROUPS = ("担保人", "被担保人", "出资人", "被投资企业")
_DRESSED = ("附件3：{}", "{}（2024年）", "2024年{}", "（一）{}", "表2-{}", "{}表", "集团{}", "1.{}", "{}_1")
_SIGNED: Sequence[Row] = (["负责人（签字）：", "", "2024年3月31日"], ["填报人：张三", "2024年3月31日"])
_DAYS_BELOW_NOTES: Sequence[Row] = (["2024年3月31日"], ["　年　月　日"])
_BLANKS = ("", "-", "——", "/", "无", "　", "N/A")


@dataclass
class Sheet:
    """One sheet: its name, its cells, and what else a workbook says of it; rows and columns from 0."""

    name: str
    rows: list[Row]
    merged: list[Merge] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)


def stated_on_sheets(document: Mapping[str, Any]) -> dict[str, Any]:
    """The filing without what only JSON can state: that a list has nothing in it."""

    def row_of(row: Mapping[str, Any]) -> dict[str, Any]:
        return {key: None if cell == [] else cell for key, cell in row.items()}

    tables = {key: [row_of(row) for row in rows] for key, rows in document.items() if key != HEADER}
    return {HEADER: document[HEADER], **tables}


def laid_out(document: Mapping[str, Any], style: Style) -> list[Sheet]:
    """The sheets of a filing, its own fields first unless sheets are shuffled."""
    dice = style.dice
    stated = unit_named(document[HEADER].get("unit") or "") or Unit.TEN_THOUSAND
    units = Units(stated, style.unit or stated)
    sheets = [_header_sheet(document[HEADER], units, style, dice)]
    for key, rows in document.items():
        if key != HEADER and rows is not None:
            sheets.append(_Table(TABLES[key], rows, units, style, dice).sheet())
    if style.shuffled:
        dice.shuffle(sheets)
    return sheets


def _name(form: TableOfForms, style: Style, dice: Random) -> str:
    if style.sheets == "also":
        return dice.choice([form.title, *form.also])
    return dice.choice(_DRESSED).format(form.title) if style.sheets == "dressed" else form.title


def _header_sheet(filed: Mapping[str, Any], units: Units, style: Style, dice: Random) -> Sheet:
    form = TABLES[HEADER]
    pairs: list[Row] = []
    for key, column in form.fields.items():
        value: object = filed.get(key)
        if key != "unit":
            value = Spelling(column, getattr(style, _HOW.get(column.type, "blanks")), units, dice).of(value)
        elif style.unit_at == "filing":
            value = units.written.label
        header = column.header
        if style.headers == "synonym" and column.also:
            header = dice.choice([header, *column.also])
        pairs.append([dice.choice(_MARKS).format(header) if style.headers == "marked" else header, value])
    if style.shuffled:
        dice.shuffle(pairs)
    title: list[Row] = [["国有企业监管数据填报"], []] if "title" in style.parts else []
    if style.pairs:
        return Sheet(form.title, [*title, *pairs])
    return Sheet(form.title, [*title, [pair[0] for pair in pairs], [pair[1] for pair in pairs]])


class _Table:
    def __init__(
        self,
        form: TableOfForms,
        rows: Sequence[Mapping[str, Any]],
        units: Units,
        style: Style,
        dice: Random,
    ) -> None:
        self._form, self._style, self._dice = form, style, dice
        self._units = units
        self._rows = [row for row in rows if row and not all(map(is_blank, row.values()))]
        keys = list(form.fields)
        if style.shuffled:
            dice.shuffle(keys)
            if self._order_is_free():
                dice.shuffle(self._rows)
        self._fields = [form.fields[key] for key in keys]
        self._has_money = any(column.type is FieldType.MONEY for column in self._fields)
        self._by_row = style.unit_at == "column" and self._has_money and bool(self._rows)
        self._width = style.left + len(style.extra) + len(self._fields) + self._by_row

    def _order_is_free(self) -> bool:
        """Whether nothing hangs on the order: each row has a name of its own, and none is named by its place."""
        if "id" in self._form.fields and any(is_blank(row.get("id")) for row in self._rows):
            return False
        names = [self._row_name(row) for row in self._rows]
        return len(set(names)) == len(names)

    def _row_name(self, row: Mapping[str, Any]) -> tuple[str, ...]:
        firms = (FieldType.FIRM, FieldType.PROJECT)
        return tuple(
            (code_of if self._form.fields[key].type in firms else id_of)(row.get(key))
            for key in self._form.key_fields
        )

    def sheet(self) -> Sheet:
        style, parts = self._style, self._style.parts
        rows: list[Row] = []
        if "title" in parts:
            rows.append([f"样例集团{self._form.title}"])
        if "unit line" in parts or (style.unit_at == "line" and self._has_money):
            rows.append(
                ["编制单位：样例集团", *[""] * (self._width - 2), f"单位：{self._units.written.label}"]
            )
        headers, merged = self._header_rows(len(rows))
        rows += headers
        columns = self._width - style.left
        if "numbers" in parts:
            rows.append(self._placed(range(1, columns + 1)))
        if "hint" in parts:
            hints = ["请填写" + column.header for column in self._fields]
            rows.append(self._placed([*[""] * len(style.extra), *hints, *["请选择"] * self._by_row]))
        if "example" in parts:
            rows.append(self._placed(["示例", *[""] * (columns - 1)]))
        hidden_rows = [len(rows)] if style.hidden and self._rows else []
        rows += self._body()
        if "notes" in parts:
            rows += [
                [],
                [*[""] * style.left, "注：1、本表数据为期末数"],
                ["填表人：张三", "", "审核人：李四"],
            ]
        if "signed" in parts:
            lines = [*_SIGNED, *_DAYS_BELOW_NOTES] if "notes" in parts else _SIGNED
            rows.append(self._placed(self._dice.choice(lines)))
        hidden_columns = [self._width - 1] if style.hidden else []
        return Sheet(_name(self._form, style, self._dice), rows, merged, hidden_rows, hidden_columns)

    def _placed(self, cells: Sequence[object]) -> Row:
        return [*[""] * self._style.left, *cells]

    def _header(self, column: FieldOfForm) -> str:
        style, text = self._style, column.header
        if style.headers == "synonym":
            text = self._dice.choice([text, *self._unmistakable(column)])
        if column.type is FieldType.MONEY and style.unit_at == "header":
            text += self._dice.choice(["（{}）", "\n({})", "(单位：{})"]).format(self._units.written.label)
        if column.type is FieldType.RATIO and style.ratios == "header":
            text += self._dice.choice(["（%）", "(％)", "%"])
        return self._dice.choice(_MARKS).format(text) if style.headers == "marked" else text

    def _unmistakable(self, column: FieldOfForm) -> list[str]:
        """The synonyms of a header that no other field of the table goes by."""
        others = {
            text for other in self._fields if other is not column for text in (other.header, *other.also)
        }
        return [text for text in column.also if text not in others]

    def _header_rows(self, number: int) -> tuple[list[Row], list[Merge]]:
        texts = [*self._style.extra, *map(self._header, self._fields), *["金额单位"] * self._by_row]
        if self._style.headers != "two rows":
            return [self._placed(texts)], []
        groups = [next((g for g in _GROUPS if text.startswith(g) and text != g), "") for text in texts]
        above = [group or text for group, text in zip(groups, texts, strict=True)]
        below = [text.removeprefix(group) if group else "" for group, text in zip(groups, texts, strict=True)]
        left = self._style.left
        merged = [
            (number, left + place, number + 1, left + place) for place, text in enumerate(below) if not text
        ]
        for start, end in _runs(groups):
            merged.append((number, left + start, number, left + end))
            above[start + 1 : end + 1] = [""] * (end - start)
        return [self._placed(above), self._placed(below)], merged

    def _body(self) -> list[Row]:
        parts, written = self._style.parts, self._written()
        rows: list[Row] = []
        middle = len(written) // 2 or len(written)
        for place, row in enumerate(written):
            if "sections" in parts and place in (0, middle):
                rows.append(self._placed(["二、集团外" if place else "一、集团内"]))
            rows.append(row)
            if "subtotals" in parts and place in (middle - 1, len(written) - 1):
                start = 0 if place == middle - 1 else middle
                rows.append(self._total("小计", self._rows[start : place + 1]))
            elif "gap" in parts and place == middle - 1:
                rows += [[] for _ in range(3)]
        if "dashes" in parts:
            dash = self._dice.choice(["-", "—", "——", "/", "无"])
            rows.append(self._placed([*[""] * len(self._style.extra), *[dash] * len(self._fields)]))
        if "total" in parts and written:
            rows.append(self._total("合计", self._rows))
        return rows

    def _total(self, word: str, rows: Sequence[Mapping[str, Any]]) -> Row:
        """A total of the amounts, in the unit that they are written in."""
        cells: Row = [*[""] * len(self._style.extra)]
        for column in self._fields:
            total = None if self._by_row else self._sum(column, rows)
            cells.append("" if total is None else f"{total:f}")
        free = (place for place, column in enumerate(self._fields) if column.type is not FieldType.MONEY)
        cells[0 if self._style.extra else next(free)] = word
        return self._placed([*cells, *[""] * self._by_row])

    def _sum(self, column: FieldOfForm, rows: Sequence[Mapping[str, Any]]) -> Decimal | None:
        """The sum of a column; None where it has none, or a cell can't be read."""
        if column.type is not FieldType.MONEY:
            return None
        try:
            amounts = [money_of(row.get(column.key)) for row in rows]
        except BadCell:
            return None
        added = sum((amount.number for amount in amounts if amount), Decimal(0))
        return added * FEN_PER_UNIT[self._units.stated] / FEN_PER_UNIT[self._units.written]

    def _written(self) -> list[Row]:
        columns = [self._column(column) for column in self._fields]
        unit = [self._units.written.label] * self._by_row
        return [
            self._placed(
                [
                    *({"序号": number, "币种": "人民币"}.get(name, "") for name in self._style.extra),
                    *cells,
                    *unit,
                ]
            )
            for number, cells in enumerate(zip(*columns, strict=True), start=1)
        ]

    def _column(self, column: FieldOfForm) -> list[object]:
        how = getattr(self._style, _HOW.get(column.type, "blanks"))
        raw = [row.get(column.key) for row in self._rows]
        if how == "share" and not _all_shares(raw):
            how = "percent"
        spelling = Spelling(column, how, self._units, self._dice)
        return [self._blank() if is_blank(cell) else spelling.of(cell) for cell in raw]

    def _blank(self) -> object:
        how = self._style.blanks
        return self._dice.choice(_BLANKS) if how == "any" else how


def _runs(groups: Sequence[str]) -> list[tuple[int, int]]:
    """First and last place of each group that stands over several columns in a row."""
    runs, start = [], 0
    for place in range(1, len(groups) + 1):
        if place == len(groups) or groups[place] != groups[start]:
            if groups[start] and place - start > 1:
                runs.append((start, place - 1))
            start = place
    return runs


def _all_shares(cells: Sequence[object]) -> bool:
    """Whether all numbers are up to 1, so that without a mark they are shares."""
    try:
        shares = [ratio_of(cell) for cell in cells]
    except BadCell:
        return False
    return all(share is None or share.number <= 1 for share in shares)

"""What was understood of the sheet that a table stands on: its columns, the rows taken, the rows left out and why."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from msgspec import Struct, field

from soe_compliance.domain.text import Text
from soe_compliance.filings.cell_places import column_letters
from soe_compliance.filings.forms import Unit
from soe_compliance.filings.header_rows import HeaderRow


class FoundBy(StrEnum):
    """How a sheet or a column was found."""

    FORM = "form"
    SYNONYM = "synonym"
    HEADERS = "headers"

    @property
    def label(self) -> Text:
        return _FOUND_BY[self]


_FOUND_BY = {
    FoundBy.FORM: Text("表样名称", "name in the forms"),
    FoundBy.SYNONYM: Text("常用名称", "name in use"),
    FoundBy.HEADERS: Text("表头", "headers"),
}


class LeftOut(StrEnum):
    """Why a row with content was not taken as data."""

    TOTAL = "total"
    SUBTOTAL = "subtotal"
    OF_WHICH = "of_which"
    OTHER_TOTAL = "other_total"
    NOTE = "note"
    HINT = "hint"
    SECTION = "section"
    HEADER = "header"
    NUMBERS = "column_numbers"
    UNITS = "units"
    TEMPLATE = "template"
    OTHER_TABLE = "other_table"
    FORMULAS = "formulas"
    NONE = "none"
    NO_CONTENT = "no_content"

    @property
    def label(self) -> Text:
        return _LEFT_OUT[self]


_LEFT_OUT = {
    LeftOut.TOTAL: Text("合计行", "total"),
    LeftOut.SUBTOTAL: Text("小计行", "subtotal"),
    LeftOut.OF_WHICH: Text("“其中”行", "“of which” row"),
    LeftOut.OTHER_TOTAL: Text("其他合计行", "other total"),
    LeftOut.NOTE: Text("注释、说明或签署", "note or signature"),
    LeftOut.HINT: Text("填写提示或示例", "hint or example"),
    LeftOut.SECTION: Text("分组标题", "section heading"),
    LeftOut.HEADER: Text("重复的表头", "header once more"),
    LeftOut.NUMBERS: Text("栏次", "column numbers"),
    LeftOut.UNITS: Text("各列的单位", "units of the columns"),
    LeftOut.TEMPLATE: Text("未替换的模板标记", "tags of a template"),
    LeftOut.OTHER_TABLE: Text("另一张表", "another table"),
    LeftOut.FORMULAS: Text(
        "向下多填的公式（只有#N/A，或另有0）", "formulas filled down too far (nothing but #N/A, and 0 beside)"
    ),
    LeftOut.NONE: Text("注明没有此类事项", "says that there are none"),
    LeftOut.NO_CONTENT: Text("采用的各列均为空", "blank in all columns that are used"),
}


class ColumnLayout(Struct, frozen=True):
    """One column with a header.

    Attributes:
        column: its number, from 0.
        text: its header as written.
        field: the field's key, None where the column is not used.
        found_by: how the field was found.
        unit: the unit that amounts in it are stated in, where the sheet says so.
        percent: whether the header bears %.
    """

    column: int
    text: str
    field: str | None
    found_by: FoundBy | None = None
    unit: Unit | None = None
    percent: bool = False

    @property
    def letters(self) -> str:
        return column_letters(self.column)


class ComparedTotal(Struct, frozen=True):
    """A stated total beside the sum of the rows that it is of, both in the column's unit, exactly."""

    row: int
    field: str
    stated: Decimal
    added: Decimal
    agrees: bool


class Layout(Struct, frozen=True, dict=True):
    """How one table stands on its sheet. Rows are counted from 0.

    Attributes:
        header: the header row; None where the fields are pairs down the sheet.
        left_out: the rows below the header that have content and were not taken.
        units: the unit of each column of amounts for which the sheet states one.
        units_by_row: the column that states each row's unit.
        currency_by_row: the column that states each row's currency.
        totals: the totals that were added up again.
        labels: the labels of pairs.
    """

    sheet: str
    found_by: FoundBy
    header: HeaderRow | None = None
    left_out: Mapping[int, LeftOut] = field(default_factory=dict)
    units: Mapping[int, Unit] = field(default_factory=dict)
    units_by_row: int | None = None
    currency_by_row: int | None = None
    totals: Sequence[ComparedTotal] = ()
    labels: Sequence[ColumnLayout] = ()

    @cached_property
    def columns(self) -> Sequence[ColumnLayout]:
        """The columns that have a header, in order."""
        if self.header is None:
            return self.labels
        texts = enumerate(self.header.texts)
        return [self._column(column, text) for column, text in texts if text.strip()]

    def _column(self, column: int, text: str) -> ColumnLayout:
        heading = self.header.columns.get(column) if self.header else None
        if heading is None:
            return ColumnLayout(column, text, None)
        found_by = FoundBy.SYNONYM if heading.synonym else FoundBy.FORM
        unit = self.units.get(column)
        return ColumnLayout(column, text, heading.field.key, found_by, unit, heading.percent)

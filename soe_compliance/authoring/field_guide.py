"""The field guide: every table and field of the forms in Markdown, made from their declaration."""

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from soe_compliance.domain.text import Language, Text
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.guide import LIST_MARK, PURPOSES, WRITING, note, when_blank
from soe_compliance.filings.tables import TABLES, FieldOfForm, TableOfForms

_TITLE = Text("填报表字段", "The fields of the forms")
_GENERATED = Text(
    "由`python docs/generate.py`从填报表的声明生成，请勿手工修改。空白表样：`soe-compliance template 表样.xlsx`。",
    "Made by `python docs/generate.py` from the declaration of the forms; not edited by hand. "
    "Blank forms: `soe-compliance template forms.xlsx`.",
)
_SHAPE = Text(
    "工作簿每表一个工作表；JSON每表一个键。表头、列序见下，列序不限。",
    "A workbook has a sheet a table, JSON a key a table. Columns may stand in any order.",
)
_KEY = Text("JSON键", "Key in JSON")
_NAMED_BY = Text("行的标识：", "A row is named by: ")
_YES = Text("是", "yes")
_TYPES_TITLE = Text("类型", "Types")
_TYPE_HEADINGS = (Text("类型", "Type"), Text("工作簿", "In a workbook"), Text("JSON", "In JSON"))
_AS_TEXT = Text("文本", "a text")


class _Type(Struct, frozen=True):
    """What a type is called, and how JSON states it."""

    name: Text
    json: Text = _AS_TEXT


_TYPES: Mapping[FieldType, _Type] = {
    FieldType.FIRM: _Type(Text("企业代码", "firm code")),
    FieldType.PROJECT: _Type(Text("项目编号", "project code")),
    FieldType.ID: _Type(Text("编号或名称", "identifier")),
    FieldType.TEXT: _Type(Text("文字", "text")),
    FieldType.INT: _Type(Text("整数", "whole number"), Text("数字", "a number")),
    FieldType.QUARTER: _Type(Text("季度", "quarter"), Text("1至4", "1 to 4")),
    FieldType.LEVEL: _Type(Text("级次", "level"), Text("数字", "a number")),
    FieldType.DATE: _Type(Text("日期", "date"), Text("文本，如`2024-02-28`", "a text, such as `2024-02-28`")),
    FieldType.MONEY: _Type(
        Text("金额", "amount"),
        Text("数字，或十进制文本，如`1234.50`", "a number, or a decimal as text, such as `1234.50`"),
    ),
    FieldType.RATIO: _Type(
        Text("比例", "share"), Text("以1为整体，如`0.2498`", "a share of 1, such as `0.2498`")
    ),
    FieldType.FLAG: _Type(Text("是否", "yes or no"), Text("`true`或`false`", "`true` or `false`")),
    FieldType.CHOICE: _Type(
        Text("单选", "listed value"), Text("列示值或括号中的英文值", "the value, or the word in brackets")
    ),
    FieldType.CHOICES: _Type(Text("多选", "listed values"), Text("上述值的列表", "a list of such values")),
}


class _Column(Struct, frozen=True):
    """A column of the guide: its heading, and what it says of a field."""

    heading: Text
    says: Callable[[TableOfForms, FieldOfForm], Text]


def _same(text: str) -> Text:
    return Text(text, text)


def _values(field: FieldOfForm) -> Text:
    """The listed values of a field with their keys in JSON."""
    if field.choices is None:
        return _same("")
    named = [c.label if c.label == c.value else f"{c.label} (`{c.value}`)" for c in field.choices]
    return _same(LIST_MARK.join(named))


_COLUMNS = (
    _Column(Text("表头", "Header"), lambda _, field: _same(field.header)),
    _Column(_KEY, lambda _, field: _same(f"`{field.key}`")),
    _Column(Text("类型", "Type"), lambda _, field: _TYPES[field.type].name),
    _Column(Text("必填", "Required"), lambda _, field: _YES if field.required else _same("")),
    _Column(Text("列示值", "Listed values"), lambda _, field: _values(field)),
    _Column(Text("不填", "Blank"), when_blank),
    _Column(Text("其他写法", "Also written"), lambda _, field: _same(LIST_MARK.join(field.also))),
    _Column(Text("备注", "Notes"), lambda form, field: note(form, field) or _same("")),
)


def field_guide(language: Language) -> str:
    """The guide in Markdown."""
    return "\n".join(_lines(language)) + "\n"


def _lines(language: Language) -> Iterator[str]:
    yield f"# {_TITLE.in_(language)}"
    yield from ("", _GENERATED.in_(language), "", _SHAPE.in_(language))
    yield from _types(language)
    for form in TABLES.values():
        yield from _table(form, language)


def _types(language: Language) -> Iterator[str]:
    """How each type is written."""
    yield from ("", f"## {_TYPES_TITLE.in_(language)}", "")
    yield from _head([heading.in_(language) for heading in _TYPE_HEADINGS])
    for kind, described in _TYPES.items():
        yield _row([described.name.in_(language), WRITING[kind].in_(language), described.json.in_(language)])


def _head(headings: list[str]) -> Iterator[str]:
    yield _row(headings)
    yield _row(["---"] * len(headings))


def _table(form: TableOfForms, language: Language) -> Iterator[str]:
    columns = [
        column for column in _COLUMNS if any(_cell(column, form, f, language) for f in form.fields.values())
    ]
    yield from ("", f"## {form.title} `{form.key}`", "", PURPOSES[form.key].in_(language))
    if form.key_fields:
        named = LIST_MARK.join(form.fields[key].header for key in form.key_fields)
        yield from ("", f"{_NAMED_BY.in_(language)}{named}")
    yield ""
    yield from _head([column.heading.in_(language) for column in columns])
    for field in form.fields.values():
        yield _row([_cell(column, form, field, language) for column in columns])


def _cell(column: _Column, form: TableOfForms, field: FieldOfForm, language: Language) -> str:
    return column.says(form, field).in_(language).replace("|", "\\|")


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"

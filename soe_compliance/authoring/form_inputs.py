"""How a field is filled in in a workbook: number format, width, what may be entered, and what a value looks like."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from soe_compliance.domain.text import Language, Text
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.guide import FLAGS, LIST_MARK, QUARTERS, listed_values, note, when_blank, writing
from soe_compliance.filings.tables import FieldOfForm, TableOfForms
from soe_compliance.filings.values import EXPECTED, FIRST_DAY, LAST_DAY
from soe_compliance.report.book import DAY, TEXT

_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255
_MOST = 10**15
_CODE_LENGTH = 18


class _Look(Struct, frozen=True):
    """The number format of a field's cells, their alignment, and the width of the column in characters."""

    number_format: str
    align: str
    width: int


_LOOKS: Mapping[FieldType, _Look] = {
    FieldType.FIRM: _Look(TEXT, "left", 21),
    FieldType.PROJECT: _Look(TEXT, "left", 13),
    FieldType.ID: _Look(TEXT, "left", 15),
    FieldType.TEXT: _Look(TEXT, "left", 20),
    FieldType.INT: _Look("0", "center", 8),
    FieldType.QUARTER: _Look(TEXT, "center", 10),
    FieldType.LEVEL: _Look("0", "center", 8),
    FieldType.DATE: _Look(DAY, "center", 12),
    FieldType.MONEY: _Look("#,##0.00", "right", 13),
    FieldType.RATIO: _Look("0.00%", "right", 11),
    FieldType.FLAG: _Look(TEXT, "center", 9),
    FieldType.CHOICE: _Look(TEXT, "left", 18),
    FieldType.CHOICES: _Look(TEXT, "left", 40),
}

_RULES: Mapping[FieldType, Mapping[str, object]] = {
    FieldType.FIRM: {
        "validate": "length",
        "criteria": "==",
        "value": _CODE_LENGTH,
        "error_type": "warning",
    },
    FieldType.INT: {
        "validate": "integer",
        "criteria": "between",
        "minimum": FIRST_DAY.year,
        "maximum": LAST_DAY.year,
    },
    FieldType.LEVEL: {"validate": "integer", "criteria": ">=", "value": 1},
    FieldType.DATE: {"validate": "date", "criteria": "between", "minimum": FIRST_DAY, "maximum": LAST_DAY},
    FieldType.RATIO: {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1},
}
_ANY: Mapping[str, object] = {"validate": "any"}
_WARNED = Text("请核对", "Please check")
_REFUSED = Text("填写有误", "Not accepted")
_WANTED = Text("“{header}”应为{expected}。", "“{header}” should be {expected}.")
_CODE = Text(
    "统一社会信用代码为18位。确无代码、使用自编代码的，请选“是”。",
    "A credit code has 18 characters. Choose Yes if there is none and the code is your own.",
)


def look_of(field: FieldOfForm) -> _Look:
    return _LOOKS[field.type]


def rule_of(table: TableOfForms, field: FieldOfForm, language: Language) -> dict[str, Any]:
    """What may be entered in a field's cells, with what is said beforehand and of a wrong entry."""
    rule = {**_restriction(field)}
    message = _message(table, field, language)
    rule |= {"input_title": _fitting(field.header, _LONGEST_TITLE), "input_message": message}
    if rule["validate"] == "any":
        return rule
    is_code = field.type is FieldType.FIRM
    said = _CODE if is_code else _WANTED.format(header=field.header, expected=EXPECTED[field.type])
    title = _WARNED if is_code else _REFUSED
    return rule | {"error_title": title.in_(language), "error_message": said.in_(language)}


def _restriction(field: FieldOfForm) -> Mapping[str, object]:
    if field.type is FieldType.MONEY:
        least = -_MOST if field.may_be_negative else 0
        return {"validate": "decimal", "criteria": "between", "minimum": least, "maximum": _MOST}
    if field.type is not FieldType.CHOICES and (values := listed_values(field)):
        return {"validate": "list", "source": list(values)}
    return _RULES.get(field.type, _ANY)


def hints(table: TableOfForms, field: FieldOfForm, language: Language) -> list[str]:
    """What a filer should know of a field: how it is written, what is to be known of it, what a blank means."""
    said = note(table, field)
    parts = [writing(field).in_(language), *([said.in_(language)] if said else [])]
    if field.type is FieldType.CHOICES:
        parts.append(LIST_MARK.join(listed_values(field)))
    return [*parts, when_blank(table, field).in_(language)]


def _message(table: TableOfForms, field: FieldOfForm, language: Language) -> str:
    return _fitting("\n".join(hints(table, field, language)), _LONGEST_MESSAGE)


def _fitting(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def cell_of(field: FieldOfForm, value: Any) -> str | int | float | date | None:
    """What stands in a cell for a value as JSON states it."""
    if value is None:
        return None
    match field.type:
        case FieldType.FLAG:
            return FLAGS[0] if value else FLAGS[1]
        case FieldType.QUARTER:
            return QUARTERS[value - 1]
        case FieldType.DATE:
            return date.fromisoformat(value)
        case FieldType.MONEY | FieldType.RATIO:
            return float(value)
        case FieldType.CHOICE | FieldType.CHOICES:
            assert field.choices is not None
            labels = {choice.value: choice.label for choice in field.choices}
            keys = value if isinstance(value, list) else [value]
            return LIST_MARK.join(labels[key] for key in keys)
        case FieldType.INT | FieldType.LEVEL:
            return int(value)
    return str(value)

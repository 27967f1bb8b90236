"""The tables, fields and listed values that checks and terms name: each must be of the forms, and of the type asked.

A name that is not there would stop the check of every filing, or let a breach pass.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.meant import among
from soe_compliance.domain.text import Text
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.tables import HEADER, TABLES
from soe_compliance.law.documents import Document, PathInFile
from soe_compliance.law.kinds import (
    Attached,
    DateOrder,
    Documents,
    InOrder,
    Kind,
    ListedValue,
    References,
    ReportSeries,
    UniqueKey,
)
from soe_compliance.law.model import Terms

_DAY, _MONEY, _FLAG = FieldType.DATE, FieldType.MONEY, FieldType.FLAG
_CHOICE, _CHOICES = FieldType.CHOICE, FieldType.CHOICES
_CALLED = {
    _DAY: Text("日期", " that holds a day"),
    _MONEY: Text("金额", " that holds an amount"),
    _FLAG: Text("是否", " that holds yes or no"),
    _CHOICE: Text("选项", " that holds a listed value"),
    _CHOICES: Text("选项", " that holds listed values"),
    FieldType.FIRM: Text("企业代码", " that holds a firm's code"),
    FieldType.PROJECT: Text("项目编号", " that holds a project's code"),
    FieldType.ID: Text("编号", " that holds an identifier"),
    FieldType.INT: Text("整数", " that holds a whole number"),
    FieldType.QUARTER: Text("季度", " that holds a quarter"),
}
_ANY = Text("", "")
_OWN = None
"""The table of the check itself, or of its rows."""
_DATED = (("dated", _OWN, _DAY),)
_APPROVED = ("unless_approved", "guarantees", _DAY)
_FIELDS: Mapping[str, tuple[tuple[str, str | None, FieldType], ...]] = {
    "cap": (("of", "financials", _MONEY),),
    "viable": (
        ("flags", "entities", _FLAG),
        ("not_negative", "financials", _MONEY),
        ("loss_fields", "financials", _MONEY),
        _APPROVED,
    ),
    "beneficiary_flag": (("flag", "entities", _FLAG), _APPROVED),
    "beneficiary_ratio": (("value", "financials", _MONEY), ("of", "financials", _MONEY)),
    "relation": (_APPROVED,),
    "share": (
        ("unless_covered.approved", "guarantees", _DAY),
        ("unless_covered.counter_guarantee", "guarantees", _MONEY),
    ),
    "flag": (("flag", _OWN, _FLAG), ("begun_by", _OWN, _DAY)),
    "project_flag": (("flag", _OWN, _FLAG), ("begun_by", _OWN, _DAY)),
    "field_limit": (("value", _OWN, _MONEY), ("limit", _OWN, _MONEY)),
    "field_excess": (("value", _OWN, _MONEY), ("limit", _OWN, _MONEY)),
    "filed_by": _DATED,
    "dated_by": _DATED,
    "count": _DATED,
    "report_series": _DATED,
    "attached": (("flag", _OWN, _FLAG),),
    "in_order": (("first", _OWN, _DAY), ("then", _OWN, _DAY)),
    "follow_up": (("since", "projects", _DAY), ("done", "projects", _DAY)),
    "decided_internally": (("where", "projects", _FLAG), ("decision", "projects", _DAY)),
}


class _Named(Struct, frozen=True):
    """A field that is named at a place, and the listed values that are named of it."""

    at: PathInFile
    table: str
    field: str
    type: FieldType | None
    values: tuple[str, ...] = ()


def check_fields_of_rule(check: Kind, document: Document) -> None:
    """Each table, field and listed value that a check names is there.

    Raises:
        UserError: one is not; with its place in the rule.
    """
    _check_table(check, document)
    for named in (*_of_parts(check), *_of_fields(check)):
        _check(named, document)


def _check_table(check: Kind, document: Document) -> None:
    """A kind that is for one table is for that one."""
    table = getattr(getattr(check, "rows", None), "table", None)
    if check.of_table is not None and table != check.of_table:
        kind: str = getattr(check, "kind", "")
        raise UserError(
            Text(
                f"{kind}只用于{check.of_table}表，不用于{table}",
                f"{kind} is for {check.of_table}, not {table}",
            ),
            place=document.place(("check", "rows", "table")),
        )


def check_fields_of_terms(terms: Terms, document: Document) -> None:
    """The same of the terms that rules share."""
    _check(_Named(("terms", "tiered", "flag"), "entities", terms.tiered.flag, _FLAG), document)
    for name, category in terms.categories.items():
        at = ("terms", "categories", name)
        for key in ("where", "unless"):
            for field in getattr(category, key):
                _check(_Named((*at, key, field), "projects", field, _FLAG), document)
        for key in ("of", "instead") if category.large else ():
            field = getattr(category.large, key)
            _check(_Named((*at, "large", key), "financials", field, _MONEY), document)


def _of_fields(check: Kind) -> Iterator[_Named]:
    """What its own parameters name."""
    own: str = getattr(check, "table", "") or getattr(getattr(check, "rows", None), "table", "")
    for path, table, kind in _FIELDS.get(getattr(check, "kind", ""), ()):
        at = tuple(path.split("."))
        value: Any = check
        for part in at:
            value = getattr(value, part, None)
        for field in _texts(value):
            yield _Named(("check", *at), own if table is None else table, field, kind)


def _texts(value: Any) -> Iterable[str]:
    """A name, or the names of a list or of a mapping's keys."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _of_parts(check: Kind) -> Iterator[_Named]:
    """What its parts name: tables, listed values, fields of further tables."""
    match check:
        case References():
            for number, target in enumerate(check.fields):
                yield _Named(("check", "fields", number), target.to, "", None)
                yield _Named(("check", "fields", number), target.table, target.field, _key_type(target.to))
        case DateOrder():
            for number, pair in enumerate(check.pairs):
                for field in (pair.later, pair.earlier):
                    yield _Named(("check", "pairs", number), pair.table, field, _DAY)
        case ReportSeries():
            yield _Named(("check", "table"), check.table, "year", FieldType.INT)
            yield _Named(("check", "table"), check.table, "quarter", FieldType.QUARTER)
            if check.per == "project":
                yield _Named(("check", "per"), check.table, "project_code", None)
        case ListedValue():
            for key, values in (("forbidden", check.forbidden), ("unclear", check.unclear)):
                yield _Named(("check", key), check.rows.table, check.field, _CHOICE, tuple(values))
        case InOrder(awaits=awaits) if awaits:
            none_yet = tuple(awaits.none_yet)
            yield _Named(("check", "awaits"), check.rows.table, awaits.field, _CHOICE, none_yet)
        case Attached(due="quarterly"):
            yield _Named(("check", "due"), check.rows.table, "year", FieldType.INT)
            yield _Named(("check", "due"), check.rows.table, "quarter", FieldType.QUARTER)
        case UniqueKey():
            for table in check.tables:
                yield _Named(("check", "tables"), table, "", None)
        case Documents():
            files = tuple(name for names in (check.required, *check.for_kind.values()) for name in names)
            yield _Named(("check", "required"), "approvals", "documents", _CHOICES, files)
            yield _Named(("check", "for_kind"), "projects", "kind", _CHOICE, tuple(check.for_kind))
        case _:
            pass


def _key_type(table: str) -> FieldType | None:
    """The type of the key that rows of other tables may name."""
    form = TABLES.get(table)
    return form.fields[form.key_fields[0]].type if form and form.key_fields else None


def _check(named: _Named, document: Document) -> None:
    wrong = _wrong(named)
    if wrong is not None:
        what, name, known = wrong
        raise UserError(what, place=document.place(named.at), remedy=among(name, known))


def _wrong(named: _Named) -> tuple[Text, str, Iterable[str]] | None:
    """What is wrong, the name that is, and the names there are."""
    form = TABLES.get(named.table)
    if form is None or named.table == HEADER:
        called_so = [key for key, one in TABLES.items() if one.title == named.table]
        return (
            Text(f"没有{named.table}表", f"there is no table {named.table}"),
            named.table,
            called_so or TABLES,
        )
    if not named.field:
        return None
    field = form.fields.get(named.field)
    if field is None or named.type not in {None, field.type}:
        called = _CALLED.get(named.type, _ANY) if named.type else _ANY
        what = Text(
            f"{form.key}表没有{called.zh}字段{named.field}",
            f"{form.key} has no field {named.field}{called.en}",
        )
        fits = {key: one.header for key, one in form.fields.items() if named.type in {None, one.type}}
        called_so = [key for key, header in fits.items() if header == named.field]
        return what, named.field, called_so or fits or _tables_with(named)
    choices = [choice.value for choice in field.choices or ()]
    for value in named.values:
        if value not in choices:
            what = Text(
                f"{form.key}.{field.key}没有选项{value}", f"{form.key}.{field.key} has no value {value}"
            )
            return what, value, choices
    return None


def _tables_with(named: _Named) -> Iterator[str]:
    """The tables that have the field which this one lacks."""
    return (key for key, form in TABLES.items() if named.field in form.fields)

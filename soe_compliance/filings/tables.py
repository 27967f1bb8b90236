"""The tables and fields of the forms as readers, columns and reports look them up."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from string import Formatter
from types import MappingProxyType
from typing import Any, TypeAlias, get_args, get_origin

from msgspec import Struct

from soe_compliance.filings.fields import Choice, Declared, FieldType, Form
from soe_compliance.filings.forms import FORMS

Choices: TypeAlias = type[Choice]


class FieldOfForm(Struct, frozen=True):
    """One field: its key, the header it has in forms and those offices give it (`also`), its type, whether a row needs it."""

    key: str
    header: str
    type: FieldType
    required: bool
    choices: Choices | None
    may_be_negative: bool
    description: str
    also: tuple[str, ...]


class TableOfForms(Struct, frozen=True, dict=True):
    """One table: its key in JSON, its title as a sheet, and others it goes by, its fields, how its rows are named."""

    key: str
    title: str
    also: tuple[str, ...]
    fields: Mapping[str, FieldOfForm]
    row_name: str
    may_repeat: bool

    @cached_property
    def key_fields(self) -> tuple[str, ...]:
        """The fields that name a row."""
        return tuple(name for _, name, _, _ in Formatter().parse(self.row_name) if name)

    @cached_property
    def columns_of(self) -> Callable[[Mapping[str, Sequence[object]]], Sequence[Sequence[object]]]:
        """Gives, of columns by their fields, that of each field of the form."""
        return itemgetter(*self.fields)

    @cached_property
    def types(self) -> frozenset[FieldType]:
        """The types of its fields."""
        return frozenset(field.type for field in self.fields.values())

    @cached_property
    def required(self) -> tuple[FieldOfForm, ...]:
        return tuple(field for field in self.fields.values() if field.required)


HEADER = "filing"

_KEYS = {
    "entities": "{code}",
    "holdings": "{holder_code}>{investee_code}",
    "financials": "{code}:{year}",
    "plans": "{id}",
    "projects": "{code}",
    "approvals": "{id}",
    "investment_reports": "{project_code}:{year}Q{quarter}",
    "guarantees": "{id}",
    "financing_reports": "{year}Q{quarter}",
    "debts": "{id}",
    "exceptions": "{rule}:{subject}",
    "explanations": "{fingerprint}",
}
"""What names a row."""

_MAY_REPEAT = {"exceptions", "explanations"}
"""Tables in which several rows may bear the same name."""


def _annotations(annotation: Any) -> list[Any]:
    """The annotation and all that is nested in it."""
    found = [annotation]
    for part in get_args(annotation):
        found.extend(_annotations(part))
    return found


def _field(key: str, annotation: Any, declared: Declared) -> FieldOfForm:
    parts = _annotations(annotation)
    choices = next((p for p in parts if isinstance(p, type) and issubclass(p, Choice)), None)
    if choices:
        kind = FieldType.CHOICES if any(get_origin(part) is list for part in parts) else FieldType.CHOICE
    else:
        kind = next(p for p in parts if isinstance(p, FieldType))
    return FieldOfForm(
        key=key,
        header=declared.header,
        type=kind,
        required=declared.required,
        choices=choices,
        may_be_negative=declared.may_be_negative,
        description=declared.description,
        also=declared.also,
    )


def declared_fields(form: type[Form]) -> Iterator[tuple[str, Any, Declared]]:
    """The fields of a form: key, annotation, and what is said of it."""
    for key, annotation in form.__annotations__.items():
        declared = getattr(form, key)
        if isinstance(declared, Declared):
            yield key, annotation, declared


def _table(key: str, form: type[Form]) -> TableOfForms:
    fields = {name: _field(name, annotation, said) for name, annotation, said in declared_fields(form)}
    return TableOfForms(
        key,
        form.__doc__ or key,
        tuple(form.also.split()),
        MappingProxyType(fields),
        _KEYS.get(key, ""),
        key in _MAY_REPEAT,
    )


TABLES: Mapping[str, TableOfForms] = MappingProxyType({key: _table(key, form) for key, form in FORMS.items()})
"""Every table by its key, the header of the filing first."""

"""The tables and fields of the forms as readers, columns and reports look them up."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from string import Formatter
from types import MappingProxyType
from typing import Any, TypeAlias, get_args

from msgspec import Struct
from pydantic.fields import FieldInfo

from soe_compliance.filings.fields import Choice, FieldType, Form
from soe_compliance.filings.forms import FilingForm

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


def _field(key: str, info: FieldInfo) -> FieldOfForm:
    parts = [*info.metadata, *_annotations(info.annotation)]
    choices = next((p for p in parts if isinstance(p, type) and issubclass(p, Choice)), None)
    if choices:
        listed = any(getattr(part, "__origin__", None) is list for part in parts)
        kind = FieldType.CHOICES if listed else FieldType.CHOICE
    else:
        kind = next(p for p in parts if isinstance(p, FieldType))
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    return FieldOfForm(
        key=key,
        header=info.title or key,
        type=kind,
        required=info.is_required(),
        choices=choices,
        may_be_negative=bool(extra.get("may_be_negative")),
        description=info.description or "",
        also=_texts(extra.get("also_written")),
    )


def _table(key: str, form: type[Form]) -> TableOfForms:
    fields = {name: _field(name, info) for name, info in form.model_fields.items()}
    return TableOfForms(
        key,
        form.__doc__ or key,
        tuple(form.also.split()),
        MappingProxyType(fields),
        _KEYS.get(key, ""),
        key in _MAY_REPEAT,
    )


def _texts(listed: object) -> tuple[str, ...]:
    return tuple(str(text) for text in listed) if isinstance(listed, list) else ()


def _tables() -> dict[str, TableOfForms]:
    tables = {}
    for key, info in FilingForm.model_fields.items():
        form = next(p for p in _annotations(info.annotation) if isinstance(p, type) and issubclass(p, Form))
        tables[key] = _table(key, form)
    return tables


TABLES: Mapping[str, TableOfForms] = MappingProxyType(_tables())
"""Every table by its key, the header of the filing first."""


def filing_schema() -> dict[str, Any]:
    """The JSON Schema of a filing."""
    schema = FilingForm.model_json_schema(mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}

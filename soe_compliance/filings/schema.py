"""The JSON Schema of a filing, from its forms."""

from collections.abc import Mapping
from types import GenericAlias
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from soe_compliance.filings.fields import Declared, FieldType, Form
from soe_compliance.filings.forms import FORMS
from soe_compliance.filings.tables import HEADER, TABLES, declared_fields

_BOUNDS: Mapping[FieldType, tuple[int, int]] = {FieldType.QUARTER: (1, 4)}


def filing_schema() -> dict[str, Any]:
    """The JSON Schema of a filing: an object with its header and a list of rows a table."""
    models = {key: _model(key, form) for key, form in FORMS.items()}
    fields: dict[str, Any] = {
        key: (model, ...) if key == HEADER else (GenericAlias(list, model) | None, None)
        for key, model in models.items()
    }
    config = ConfigDict(extra="allow", title="soe-compliance filing")
    filing = create_model("FilingForm", __config__=config, __doc__=_DOC, **fields)
    schema = filing.model_json_schema(mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


_DOC = "A filing: who files, for which year, at which date; then a list of rows a table."


def _model(key: str, form: type[Form]) -> type[BaseModel]:
    """A model of a row of a form."""
    fields: dict[str, Any] = {
        name: (annotation, _stated(declared, TABLES[key].fields[name].type))
        for name, annotation, declared in declared_fields(form)
    }
    return create_model(form.__name__, __config__=ConfigDict(extra="allow"), __doc__=form.__doc__, **fields)


def _stated(declared: Declared, kind: FieldType) -> Any:
    default: Any = ... if declared.required else None
    least, most = _BOUNDS.get(kind, (None, None))
    extra: dict[str, Any] = {
        "may_be_negative": declared.may_be_negative,
        "also_written": list(declared.also),
    }
    return Field(
        default=default,
        title=declared.header,
        description=declared.description or None,
        json_schema_extra={key: value for key, value in extra.items() if value} or None,
        ge=least,
        le=most,
    )

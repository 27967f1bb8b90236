"""From what a YAML file says to a model, or an error that names file, line and what may have been meant."""

from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import BaseModel, TypeAdapter, ValidationError

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.meant import among
from soe_compliance.domain.text import Text
from soe_compliance.law.documents import Document, PathInFile
from soe_compliance.law.refusals import refusal

_Shape = TypeVar("_Shape")


def validated(shape: type[_Shape], document: Document, data: Any) -> _Shape:
    """The data as a model, or a list of models, of this shape.

    Args:
        document: the file that the data is from, or is made from.

    Raises:
        UserError: the data is not of the shape; an unknown key is named first, with the key it may have meant.
    """
    try:
        return _made(shape, data)
    except ValidationError as error:
        from soe_compliance.law.known_keys import known_keys

        errors = error.errors()
        first = next((one for one in errors if one["type"] == "extra_forbidden"), errors[0])
        at = _place_in(document, first["loc"])
        unknown = first["type"] == "extra_forbidden"
        raise UserError(
            _about(_named(first["loc"], at), refusal(first)),
            place=document.place(at),
            remedy=among(str(first["loc"][-1]), known_keys(shape, first["loc"])) if unknown else None,
        ) from None


def _named(location: tuple[int | str, ...], at: PathInFile) -> str:
    """The keys of a part, as the file has them; its entry of a list is told by its line."""
    missing = location[-1:] if location[-1:] != at[-1:] else ()
    return ".".join(str(part) for part in (*at, *missing) if isinstance(part, str))


def _about(key: str, what: Text) -> Text:
    return Text(f"{key}：{what.zh}", f"{key}: {what.en}") if key else what


def _made(shape: type[_Shape], data: Any) -> _Shape:
    """The data as this shape. What a model makes to check itself serves the models that it is a part of, too."""
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        return cast("_Shape", shape.model_validate(data))
    made: _Shape = _adapter(cast("Hashable", shape)).validate_python(data)
    return made


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def _place_in(document: Document, location: tuple[int | str, ...]) -> PathInFile:
    """The part of the file that an error speaks of: the tags of unions are no parts of it."""
    at: PathInFile = ()
    for part in location:
        if document.has((*at, part)):
            at = (*at, part)
    return at

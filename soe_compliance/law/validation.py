"""From what a YAML file says to a model, or an error that names file, line and what may have been meant."""

from collections.abc import Hashable, Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias, TypeVar, cast

from pydantic import BaseModel, TypeAdapter, ValidationError

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.meant import among
from soe_compliance.domain.patterns import pattern
from soe_compliance.domain.text import Text
from soe_compliance.law.documents import Document, PathInFile
from soe_compliance.law.refusals import refusal

_Shape = TypeVar("_Shape")
_Error: TypeAlias = Mapping[str, Any]
_QUOTED = pattern(r"'([^']+)'")


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
        errors = error.errors()
        first = next((one for one in errors if one["type"] == "extra_forbidden"), errors[0])
        at = _place_in(document, first["loc"])
        raise UserError(
            _said(first, at, errors), place=document.place(at), remedy=_meant(first, shape)
        ) from None


def _said(error: _Error, at: PathInFile, errors: Sequence[_Error]) -> Text:
    """What is wrong with a part of a file; of several keys that it lacks all are named."""
    if error["type"] != "missing":
        return _about(_named(at), refusal(error))
    lacking = [str(one["loc"][-1]) for one in errors if _lacks_as(one, error)]
    if len(lacking) == 1:
        return _about(_named((*at, *lacking)), refusal(error))
    return _about(_named(at), Text(f"缺少{'、'.join(lacking)}", f"lacks {', '.join(lacking)}"))


def _lacks_as(one: _Error, other: _Error) -> bool:
    """Whether an error says that a key is missing, of the same part as another."""
    return bool(one["type"] == "missing" and one["loc"][:-1] == other["loc"][:-1])


def _meant(error: _Error, shape: Any) -> Text | None:
    """What to write instead of a key or a kind that is not known."""
    if error["type"] == "union_tag_invalid":
        return among(error["ctx"]["tag"], _QUOTED.findall(error["ctx"]["expected_tags"]))
    if error["type"] != "extra_forbidden":
        return None
    from soe_compliance.law.known_keys import known_keys  # only mistakes need it

    return among(str(error["loc"][-1]), known_keys(shape, error["loc"]))


def _named(at: PathInFile) -> str:
    """The keys of a part, characters that do not show escaped; its entry of a list is told by its line."""
    return ".".join(repr(part)[1:-1] for part in at if isinstance(part, str))


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

"""The keys that may stand at a place of a YAML file, by the model that the file is held against."""

from collections.abc import Iterator, Sequence
from typing import Any, get_args

from pydantic import BaseModel


def known_keys(shape: Any, location: Sequence[int | str]) -> list[str]:
    """The keys of the part that an error speaks of, sorted.

    Args:
        shape: the model of the whole file, or a list of models.
        location: where pydantic found the key that is unknown, which comes last. Within a union the location names
            the member by its tag.
    """
    models = list(_models(shape))
    for part in location[:-1]:
        inner = [model for found in models for model in _inside(found, part)]
        models = inner or [model for model in models if part in _tags(model)] or models
    return sorted({key for model in models for key in _fields(model)})


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that an annotation is made of; of a list or a mapping those of its entries."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    """The annotations of a model's fields by their keys."""
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _inside(model: type[BaseModel], key: int | str) -> list[type[BaseModel]]:
    return list(_models(_fields(model).get(str(key))))


def _tags(model: type[BaseModel]) -> tuple[object, ...]:
    """The values of `kind` by which a union tells this model."""
    return get_args(_fields(model).get("kind"))

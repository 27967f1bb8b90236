"""The JSON Schema of a rule's file, as its author writes it: a parameter may be given as a reading."""

from typing import Any

from soe_compliance.law.model import Rule

_READING = {
    "title": "Reading",
    "description": "the option in force of an interpretation, or the value that it stands for",
    "type": "object",
    "properties": {"reading": {"type": "string"}, "options": {"type": "object"}},
    "required": ["reading"],
    "additionalProperties": False,
}
_WRITTEN_OUT = {"kind"}


def rule_schema() -> dict[str, Any]:
    """The JSON Schema of `CODE.yaml`."""
    schema = Rule.model_json_schema()
    definitions = schema["$defs"]
    for name in _within(schema["properties"]["check"], definitions):
        properties = definitions[name].get("properties", {})
        for key in properties.keys() - _WRITTEN_OUT:
            properties[key] = {"anyOf": [properties[key], {"$ref": "#/$defs/Reading"}]}
    definitions["Reading"] = _READING
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _within(node: Any, definitions: dict[str, Any]) -> set[str]:
    """The definitions that a part of the schema leads to."""
    found: set[str] = set()
    pending = [node]
    while pending:
        part = pending.pop()
        if isinstance(part, dict):
            name = str(part.get("$ref", "")).removeprefix("#/$defs/")
            if name in definitions and name not in found:
                found.add(name)
                pending.append(definitions[name])
            pending.extend(part.values())
        elif isinstance(part, list):
            pending.extend(part)
    return found

"""A scene as DOT, for Graphviz."""

from collections.abc import Mapping

from soe_compliance.domain.exhibits import ShownGuarantees, ShownHolding, Standing
from soe_compliance.report.pictures.edges import Value, nodes, ties
from soe_compliance.report.pictures.labels import (
    edge_label,
    entity_line,
    entity_name,
    marks_label,
)
from soe_compliance.report.pictures.scene import Scene
from soe_compliance.report.safe import visible

_SHAPES: dict[Standing, dict[str, Value]] = {
    Standing.PARENT: {"shape": "box", "peripheries": 2},
    Standing.MEMBER: {"shape": "box"},
    Standing.PARTICIPATION: {"shape": "box", "style": "rounded"},
    Standing.OPEN: {"shape": "box", "style": "dashed"},
    Standing.OUTSIDE: {"shape": "octagon"},
}


def dot_file(scene: Scene) -> bytes:
    """The graph with all values of its entities and edges, and with shapes, lines and labels as in the picture."""
    lines = ["digraph {", f"  graph [rankdir=LR, label={_quoted(scene.title)}]"]
    for node, entity in zip(nodes(scene), scene.web.entities, strict=True):
        marks = scene.marks.of_entity(entity.code)
        label = [entity_name(entity), visible(entity.code), entity_line(entity, scene.language)]
        look = {**_SHAPES[entity.standing], "penwidth": 3 if any(m.is_breach for m in marks) else 1}
        values = {**node.values, **look, "label": _lines(*label, marks_label(marks))}
        lines.append(f"  {_quoted(node.code)} [{_list(values)}]")
    for tie, edge in zip(ties(scene), scene.edges, strict=True):
        values = {**tie.values, **_look(edge, scene)}
        lines.append(f"  {_quoted(tie.source)} -> {_quoted(tie.target)} [{_list(values)}]")
    return "\n".join([*lines, "}", ""]).encode()


def _look(edge: ShownHolding | ShownGuarantees, scene: Scene) -> dict[str, Value]:
    marks = scene.marks_of(edge)
    style = "solid"
    if isinstance(edge, ShownGuarantees):
        style = "dashed" if edge.in_force else "dotted"
    return {
        "label": _lines(edge_label(edge, scene.language), marks_label(marks)),
        "style": style,
        "penwidth": 3 if any(mark.is_breach for mark in marks) else 1,
        "constraint": isinstance(edge, ShownHolding),
    }


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _list(values: Mapping[str, Value]) -> str:
    return ", ".join(f"{key}={_quoted(_plain(value))}" for key, value in values.items())


def _plain(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _quoted(text: str) -> str:
    """A quoted string, in which nothing is an escape but the line breaks of labels."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'

"""A scene as one page: the picture, and its entities and edges as tables for those who can't see it."""

from soe_compliance.domain.exhibits import ShownGuarantees, ShownHolding
from soe_compliance.domain.text import Text
from soe_compliance.report.pictures.labels import edge_label, entity_line, entity_name, marks_label
from soe_compliance.report.pictures.scene import Scene
from soe_compliance.report.pictures.strokes import GUARANTEE_RING, HOLDING_RING
from soe_compliance.report.pictures.svg import svg
from soe_compliance.report.safe import visible

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_TEMPLATE = """<!DOCTYPE html>
<html lang="{{ 'zh-CN' if language == 'zh' else 'en' }}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{ policy }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ scene.title }}</title>
<style>
body { margin: 1rem auto; max-width: 120rem; padding: 0 1rem; font: 16px/1.5 {{ fonts }}; color: #1a1a1a; background: #fff; }
h1 { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); }
figure { margin: 0; overflow-x: auto; }
figure svg { display: block; height: auto; min-width: 48rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 2rem; overflow-wrap: anywhere; }
caption { text-align: left; font-weight: bold; padding: .5rem 0; }
th, td { border: 1px solid #767676; padding: .3rem .6rem; text-align: left; vertical-align: top; }
th { background: #f0f0f0; }
tr { break-inside: avoid; }
@page { size: A4 landscape; margin: 12mm; }
@media print { body { margin: 0; padding: 0; } figure svg { min-width: 0; width: 100%; max-height: 184mm; } .tables { break-before: page; } }
</style>
</head>
<body>
<main>
<h1>{{ scene.title }}</h1>
<figure>{{ picture }}</figure>
<section class="tables">
{% for table in tables %}
<table>
<caption>{{ table.caption }}</caption>
<thead><tr>{% for header in table.headers %}<th scope="col">{{ header }}</th>{% endfor %}</tr></thead>
<tbody>
{% for row in table.rows %}
<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}
</tbody>
</table>
{% endfor %}
</section>
</main>
</body>
</html>
"""
_FONTS = "'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif"
_CAPTIONS = {"holdings": Text("持股", "Holdings"), "guarantees": Text("担保", "Guarantees")}
_ENTITIES = Text("企业", "Entities")
_HEADERS = {
    "entities": (Text("代码", "Code"), Text("名称", "Name"), Text("与集团的关系", "Standing")),
    "holdings": (Text("出资人", "Holder"), Text("被投资企业", "Investee"), Text("持股比例", "Share")),
    "guarantees": (Text("担保人", "Guarantor"), Text("被担保人", "Beneficiary"), Text("担保余额", "Balance")),
}
_BREACHES = Text("问题", "Breaches")


def page_file(scene: Scene) -> bytes:
    """The page as a file; it needs nothing else and runs no script."""
    from jinja2 import Environment
    from markupsafe import Markup

    page = Environment(autoescape=True, trim_blocks=True).from_string(_TEMPLATE)
    picture = Markup(svg(scene))  # built as elements, every text in it escaped
    return page.render(
        scene=scene,
        language=scene.language,
        policy=_POLICY,
        fonts=Markup(_FONTS),
        picture=picture,
        tables=tables(scene),
    ).encode()


def tables(scene: Scene) -> list[dict[str, object]]:
    """Entities, stakes and guarantees of a picture, each with caption, headers and rows of texts."""
    entities = [
        (
            visible(entity.code),
            entity_name(entity),
            entity_line(entity, scene.language),
            marks_label(scene.marks.of_entity(entity.code)),
        )
        for entity in scene.web.entities
    ]
    return [
        _table(_ENTITIES, "entities", entities, scene),
        _table(_CAPTIONS["holdings"], "holdings", _rows(scene.web.holdings, scene), scene),
        _table(_CAPTIONS["guarantees"], "guarantees", _rows(scene.web.guarantees, scene), scene),
    ]


def _table(caption: Text, key: str, rows: object, scene: Scene) -> dict[str, object]:
    headers = [header.in_(scene.language) for header in (*_HEADERS[key], _BREACHES)]
    return {"caption": caption.in_(scene.language), "headers": headers, "rows": rows}


def _rows(edges: tuple[ShownHolding | ShownGuarantees, ...], scene: Scene) -> list[tuple[str, ...]]:
    names = {entity.code: entity_name(entity) for entity in scene.web.entities}
    return [
        (
            names[edge.ends[0]],
            names[edge.ends[1]],
            edge_label(edge, scene.language),
            _said_of(edge, scene),
        )
        for edge in edges
    ]


def _said_of(edge: ShownHolding | ShownGuarantees, scene: Scene) -> str:
    """The rules that an edge breaks, and that it is part of a ring."""
    ring = HOLDING_RING if isinstance(edge, ShownHolding) else GUARANTEE_RING
    parts = [marks_label(scene.marks_of(edge)), ring.label.in_(scene.language) if scene.in_ring(edge) else ""]
    return " ".join(part for part in parts if part)

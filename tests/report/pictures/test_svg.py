"""The picture as a file: everything once, nothing live, the same bytes."""

from fractions import Fraction
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from soe_compliance.report.pictures.dot import dot_file
from soe_compliance.report.pictures.graphml import graphml_file
from soe_compliance.report.pictures.page import page_file
from soe_compliance.report.pictures.selection import MOST_ENTITIES
from soe_compliance.report.pictures.svg import svg_file
from tests.report.pictures.scenes import document, documents, scene_of
from tests.report.reports import HARMFUL

SVG = "{http://www.w3.org/2000/svg}"
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


def groups(root: ElementTree.Element, kind: str) -> list[ElementTree.Element]:
    return [group for group in root.iter(f"{SVG}g") if kind in group.get("class", "").split()]


def texts(element: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in element.iter(f"{SVG}text")]


@given(documents())
@settings(max_examples=60)
def test_every_entity_and_edge_is_drawn_once(filing: dict[str, Any]) -> None:
    scene = scene_of(filing)
    root = ElementTree.fromstring(svg_file(scene))
    codes = [text for group in groups(root, "entity") for text in texts(group) if text[:1] == "E"]
    used = {f"E{n}" for n in range(len(filing["entities"]))}
    used |= {g[f"{role}_code"] for g in filing["guarantees"] for role in ("guarantor", "beneficiary")}
    assert sorted(codes) == sorted(used)
    assert len(groups(root, "holding")) == len(filing["holdings"])
    pairs = {(g["guarantor_code"], g["beneficiary_code"], g["balance"] != "0") for g in filing["guarantees"]}
    assert len(groups(root, "guarantee")) == len(pairs)


@given(documents())
@settings(max_examples=30)
def test_graphml_holds_the_same_graph(filing: dict[str, Any]) -> None:
    scene = scene_of(filing)
    root = ElementTree.fromstring(graphml_file(scene))
    assert len(list(root.iter(f"{GRAPHML}node"))) == len(scene.web.entities)
    assert len(list(root.iter(f"{GRAPHML}edge"))) == len(scene.edges)


def test_labels_say_the_shares_and_the_sums() -> None:
    stakes = [(0, 1, "0.2498"), (0, 2, None), (1, 2, "1")]
    scene = scene_of(document(3, stakes, [(0, 1, "100.5"), (0, 1, "11109.69"), (1, 1, None)]))
    root = ElementTree.fromstring(svg_file(scene))
    held = [texts(group)[0] for group in groups(root, "holding")]
    assert sorted(held) == sorted(["24.98%", "比例不详", "100%"])
    sums = {edge.ends: edge.balance for edge in scene.web.guarantees}
    assert sums["E0", "E1"].low == sums["E0", "E1"].high == Fraction("11210.19")
    assert sums["E1", "E1"].high is None
    assert any("11,210.19万元" in text for group in groups(root, "guarantee") for text in texts(group))


def test_a_breach_is_on_what_breaks_the_rule() -> None:
    filing = document(2, [(0, 1, "1")], [(0, 1, "5"), (1, 2, "7")])
    scene = scene_of(filing)
    marked = {edge.ends: {mark.rule for mark in scene.marks_of(edge)} for edge in scene.web.guarantees}
    assert "GUA101" in marked["E1", "E2"]
    assert "GUA101" not in marked["E0", "E1"]
    assert any(rule.startswith("GUA101 ") for rule in scene.rules)
    [label] = [
        text
        for group in groups(ElementTree.fromstring(svg_file(scene)), "guarantee")
        for text in texts(group)
        if "GUA101" in text
    ]
    assert "7.00" in label


def test_rings() -> None:
    filing = document(
        4, [(0, 1, "1"), (1, 2, "0.6"), (2, 1, "0.1"), (3, 3, "0.1")], [(1, 2, "1"), (2, 1, "1")]
    )
    web = scene_of(filing).web
    assert web.holding_rings == (("E1", "E2"), ("E3",))
    assert web.guarantee_rings == (("E1", "E2"),)


@pytest.mark.parametrize("make", [svg_file, page_file, graphml_file, dot_file])
def test_harmful_names_stay_text(make: Any) -> None:
    written = make(scene_of(document([HARMFUL, HARMFUL + "</svg>"], [(0, 1, "1")]))).decode()
    assert not any(character in written for character in "\x1b\u202e")
    if make is not dot_file:  # in which a quoted text is a text
        assert "<script" not in written
        assert "&lt;script&gt;" in written


@pytest.mark.parametrize("make", [svg_file, page_file, graphml_file, dot_file])
def test_the_same_bytes_each_time(make: Any) -> None:
    filing = document(4, [(0, 1, "1"), (1, 2, "0.6"), (2, 1, None)], [(1, 2, "1"), (2, 3, "1")])
    assert make(scene_of(filing)) == make(scene_of(filing))


def test_it_is_named_and_described() -> None:
    root = ElementTree.fromstring(svg_file(scene_of(document(["某集团"]))))
    assert root.get("role") == "img"
    assert root[0].tag == f"{SVG}title"
    assert "某集团" in (root[0].text or "")
    assert root[1].tag == f"{SVG}desc"


def test_quotes_and_backslashes_in_dot() -> None:
    written = dot_file(scene_of(document(['甲"]; x -> y [label="\\']))).decode()
    assert 'label="甲\\"]; x -> y [label=\\"\\\\\\nE0' in written


def test_a_large_web_is_shown_about_its_findings() -> None:
    count = 400
    stakes = [(0, n, "1") for n in range(1, 200)] + [(n, n + 200, "1") for n in range(1, 200)]
    scene = scene_of(document(count, stakes, [(250, count, "1")]))
    codes = {entity.code for entity in scene.web.entities}
    assert len(codes) <= MOST_ENTITIES
    assert {"E250", f"E{count}", "E50"} <= codes
    assert str(count + 1) in scene.lines[-1]
    assert len(scene_of(document(count, stakes), whole=True).web.entities) == count

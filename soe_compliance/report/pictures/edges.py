"""The entities and edges of a scene as rows of plain values, for other programs and for tables."""

from collections.abc import Iterator
from fractions import Fraction

from msgspec import Struct

from soe_compliance.domain.amounts import plain
from soe_compliance.domain.exact import Interval
from soe_compliance.domain.exhibits import ShownHolding
from soe_compliance.report.numbers import fraction_if_endless
from soe_compliance.report.pictures.labels import entity_name
from soe_compliance.report.pictures.scene import Scene
from soe_compliance.report.safe import visible

Value = str | int | float | bool


class Node(Struct, frozen=True):
    """An entity: its code, and what is stated or found of it."""

    code: str
    values: dict[str, Value]


class Tie(Struct, frozen=True):
    """A stake, or the guarantees of one firm for another."""

    source: str
    target: str
    values: dict[str, Value]


def nodes(scene: Scene) -> Iterator[Node]:
    """The entities with label, standing, level, listed and the rules that they break."""
    for entity in scene.web.entities:
        values: dict[str, Value] = {"label": entity_name(entity), "standing": entity.standing.value}
        if entity.level is not None:
            values["level"] = entity.level
        values["listed"] = entity.listed
        values["breaches"] = " ".join(mark.rule for mark in scene.marks.of_entity(entity.code))
        yield Node(visible(entity.code), values)


def ties(scene: Scene) -> Iterator[Tie]:
    """The edges: kind, exact numbers as texts, the same as numbers to draw by, and the rules that are broken.

    Shares are of 1; a number that is not known has no entry.
    """
    for edge in scene.edges:
        values: dict[str, Value]
        if isinstance(edge, ShownHolding):
            source, target = edge.holder, edge.investee
            values = {"kind": "holding"}
            for key, share in (("ratio", edge.ratio), ("voting_ratio", edge.voting)):
                if share is not None:
                    values |= {key: _exact(share), f"{key}_number": float(share)}
        else:
            source, target = edge.guarantor, edge.beneficiary
            values = {
                "kind": "guarantee",
                "in_force": edge.in_force,
                "count": len(edge.rows),
                "guarantees": " ".join(visible(row) for row in edge.rows),
                **_amount(edge.balance),
                "unit": edge.unit,
            }
        values["in_ring"] = scene.in_ring(edge)
        values["breaches"] = " ".join(mark.rule for mark in scene.marks_of(edge))
        yield Tie(visible(source), visible(target), values)


def _amount(balance: Interval) -> dict[str, Value]:
    """A sum as "balance", a range with its upper end where there is one."""
    found: dict[str, Value] = {"balance": _exact(balance.low, 2), "balance_number": float(balance.low)}
    if balance.high is None:
        found["balance_open"] = True
    elif not balance.is_point:
        found["balance_high"] = _exact(balance.high, 2)
    return found


def _exact(number: Fraction, least: int = 0) -> str:
    return fraction_if_endless(number) or plain(number, least)

"""A filing's picture before it is drawn: what is shown, its marks, its words."""

from functools import cached_property

from msgspec import Struct

from soe_compliance.domain.exhibits import ShownGuarantees, ShownHolding, Web
from soe_compliance.domain.text import Language, Text
from soe_compliance.engine import FilingResult
from soe_compliance.report.model import Report
from soe_compliance.report.pictures.marks import Mark, Marks, marks
from soe_compliance.report.pictures.selection import Selection, selected
from soe_compliance.report.safe import visible

_TITLE = Text("{name}股权与担保关系图", "Holdings and guarantees of {name}")
_DATES = Text(
    "填报年度{year} · 数据截止日{reference} · 检查截止日{as_of}",
    "year {year} · data as at {reference} · checked as of {as_of}",
)
_COUNTS = Text(
    "企业{entities}户，持股{holdings}条，担保关系{guarantees}对",
    "{entities} entities, {holdings} stakes, {guarantees} pairs of guarantor and beneficiary",
)
_ABOUT_FINDINGS = Text(
    "图示为问题所涉企业两步以内的{shown}户，共{all}户",
    "shown: {shown} of {all} entities, those within two steps of a finding",
)
_ABOUT_PARENT = Text(
    "图示为集团母公司和担保双方两步以内的{shown}户，共{all}户",
    "shown: {shown} of {all} entities, those within two steps of the parent or of a guarantee",
)
_LEFT_OUT = Text(
    "；另有{count}户涉及问题的企业未能绘出", "; {count} more entities with findings are not drawn"
)
_RULE = Text("{rule} {title}（{clause}）", "{rule} {title} ({clause})")
_NO_FINDING = Text("图中无违规标记", "Nothing in the picture breaks a rule")


class Scene(Struct, frozen=True, dict=True):
    """What one picture shows of a filing.

    Attributes:
        lines: what stands below the title.
        rules: a line for each rule that is broken by what is shown, the gravest first.
    """

    title: str
    lines: tuple[str, ...]
    rules: tuple[str, ...]
    web: Web
    marks: Marks
    language: Language

    @property
    def edges(self) -> tuple[ShownHolding | ShownGuarantees, ...]:
        """The stakes, then the guarantees."""
        return (*self.web.holdings, *self.web.guarantees)

    def marks_of(self, edge: ShownHolding | ShownGuarantees) -> tuple[Mark, ...]:
        if isinstance(edge, ShownHolding):
            return self.marks.of_holding(edge)
        return self.marks.of_guarantees(edge)

    def in_ring(self, edge: ShownHolding | ShownGuarantees) -> bool:
        """Whether an edge is part of a ring of its kind."""
        if isinstance(edge, ShownHolding):
            return edge.ratio != 0 and _same(self._holding_ring, edge.holder, edge.investee)
        return edge.in_force and _same(self._guarantee_ring, edge.guarantor, edge.beneficiary)

    @cached_property
    def _holding_ring(self) -> dict[str, int]:
        return {code: place for place, ring in enumerate(self.web.holding_rings) for code in ring}

    @cached_property
    def _guarantee_ring(self) -> dict[str, int]:
        return {code: place for place, ring in enumerate(self.web.guarantee_rings) for code in ring}


def _same(ring_of: dict[str, int], a: str, b: str) -> bool:
    return a in ring_of and ring_of[a] == ring_of.get(b)


def scene(report: Report, filing: FilingResult, language: Language, *, whole: bool = False) -> Scene:
    """The scene of a filing that was checked with exhibits.

    Args:
        whole: whether everything is shown, however much it is.
    """
    assert filing.exhibits is not None
    full = filing.exhibits.web
    found = marks(full, (finding for finding in report.findings if finding.filing == filing.id))
    selection = Selection(full, len(full.entities), False, 0) if whole else selected(full, found)
    web = selection.web
    facts = _DATES.in_(language).format(year=filing.year, reference=filing.reference_date, as_of=report.as_of)
    return Scene(
        title=_TITLE.in_(language).format(name=visible(filing.group_name or "")),
        lines=(facts, _counted(selection, language)),
        rules=_rules(report, web, found, language),
        web=web,
        marks=found,
        language=language,
    )


def _counted(selection: Selection, language: Language) -> str:
    web = selection.web
    if selection.is_whole:
        return _COUNTS.in_(language).format(
            entities=len(web.entities), holdings=len(web.holdings), guarantees=len(web.guarantees)
        )
    about = _ABOUT_FINDINGS if selection.about_findings else _ABOUT_PARENT
    text = about.in_(language).format(shown=len(web.entities), all=selection.entities)
    if selection.findings_left_out:
        text += _LEFT_OUT.in_(language).format(count=selection.findings_left_out)
    return text


def _rules(report: Report, web: Web, found: Marks, language: Language) -> tuple[str, ...]:
    shown = {mark for entity in web.entities for mark in found.of_entity(entity.code)}
    shown |= {mark for holding in web.holdings for mark in found.of_holding(holding)}
    shown |= {mark for guarantees in web.guarantees for mark in found.of_guarantees(guarantees)}
    if not shown:
        return (_NO_FINDING.in_(language),)
    rules = [report.ruleset.rules[mark.rule] for mark in sorted(shown)]
    return tuple(
        _RULE.in_(language).format(rule=rule.id, title=rule.title.text.in_(language), clause=rule.clause)
        for rule in rules
    )

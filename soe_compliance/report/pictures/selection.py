"""The part of a web that one picture can show: all of it, or what stands about the findings."""

from collections import defaultdict, deque

from msgspec import Struct
from msgspec.structs import replace

from soe_compliance.domain.exhibits import Web
from soe_compliance.report.pictures.marks import Mark, Marks

MOST_ENTITIES = 150
_STEPS = 2


class Selection(Struct, frozen=True):
    """A web as it is drawn, and what the whole one has.

    Attributes:
        about_findings: whether the entities were chosen about the findings, or else about the parent.
        findings_left_out: how many entities with findings are not drawn.
    """

    web: Web
    entities: int
    about_findings: bool
    findings_left_out: int

    @property
    def is_whole(self) -> bool:
        return len(self.web.entities) == self.entities


def selected(web: Web, marks: Marks, most: int = MOST_ENTITIES) -> Selection:
    """The whole web if it has at most so many entities, else those nearest to findings, up to two steps away.

    The gravest findings come first; without one it is the parent and the ends of guarantees.
    """
    if len(web.entities) <= most:
        return Selection(web, len(web.entities), False, 0)
    seeds = _concerned(web, marks)
    start = seeds or [web.parent, *(code for g in web.guarantees for code in (g.guarantor, g.beneficiary))]
    kept = _about(web, start, most)
    return Selection(
        web=_part(web, kept),
        entities=len(web.entities),
        about_findings=bool(seeds),
        findings_left_out=sum(code not in kept for code in seeds),
    )


def _concerned(web: Web, marks: Marks) -> list[str]:
    """The entities with findings and the ends of such stakes and guarantees, the gravest first."""
    found: dict[str, Mark] = {}

    def note(code: str, marked: tuple[Mark, ...]) -> None:
        for mark in marked:
            found[code] = min(found.get(code, mark), mark)

    for entity in web.entities:
        note(entity.code, marks.of_entity(entity.code))
    for guarantees in web.guarantees:
        note(guarantees.guarantor, marks.of_guarantees(guarantees))
        note(guarantees.beneficiary, marks.of_guarantees(guarantees))
    for holding in web.holdings:
        note(holding.holder, marks.of_holding(holding))
        note(holding.investee, marks.of_holding(holding))
    return sorted(found, key=lambda code: (found[code].rank, code))


def _about(web: Web, start: list[str], most: int) -> set[str]:
    """The first so many entities by their steps from the start."""
    near: dict[str, list[str]] = defaultdict(list)
    pairs = [(h.holder, h.investee) for h in web.holdings]
    pairs += [(g.guarantor, g.beneficiary) for g in web.guarantees]
    for a, b in pairs:
        near[a].append(b)
        near[b].append(a)
    steps = dict.fromkeys(start[:most], 0)
    queue = deque(steps)
    while queue and len(steps) < most:
        code = queue.popleft()
        for other in near[code] if steps[code] < _STEPS else ():
            if other not in steps and len(steps) < most:
                steps[other] = steps[code] + 1
                queue.append(other)
    return set(steps)


def _part(web: Web, kept: set[str]) -> Web:
    return replace(
        web,
        entities=tuple(entity for entity in web.entities if entity.code in kept),
        holdings=tuple(h for h in web.holdings if h.holder in kept and h.investee in kept),
        guarantees=tuple(g for g in web.guarantees if g.guarantor in kept and g.beneficiary in kept),
    )

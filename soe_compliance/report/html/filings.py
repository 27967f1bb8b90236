"""One filing as the page shows it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from soe_compliance.domain.finding import Finding
from soe_compliance.domain.text import Language, Text
from soe_compliance.engine import FilingResult
from soe_compliance.filings.problems import Level, Problem
from soe_compliance.report import summary
from soe_compliance.report.html.caps import CapView, cap_views
from soe_compliance.report.html.findings import FindingView, finding_view
from soe_compliance.report.html.overview import ITEMS, listed, worst_filings
from soe_compliance.report.model import MOST_WITH_EXHIBITS, Report
from soe_compliance.report.pictures.page import tables
from soe_compliance.report.pictures.scene import scene
from soe_compliance.report.pictures.svg import svg

if TYPE_CHECKING:
    from markupsafe import Markup

MOST_FINDINGS = 50
MOST_PROBLEMS = 30
MOST_PICTURES = 60
_NOT_MADE = Text(
    "本次检查没有生成本份填报的图示和担保限额（未要求，或一批超过{most}个文件）；请单独检查该文件"
    "（soe-compliance check 文件 -o 报告.html），或用soe-compliance graph绘制。",
    "The check made no picture and no limits of this filing: none were asked for, or the batch has more than {most} "
    "files. Check its file alone (soe-compliance check FILE -o report.html), or draw it with soe-compliance graph.",
)
_TOO_MANY = Text(
    "填报较多，本页只绘制违反最重的{most}份；要看本份的图示，请单独检查该文件"
    "（soe-compliance check 文件 -o 报告.html），或用soe-compliance graph绘制。",
    "There are many filings, and only the {most} with the gravest breaches have a picture here. For this one, check its "
    "file alone (soe-compliance check FILE -o report.html), or draw it with soe-compliance graph.",
)


class ProblemView(Struct, frozen=True):
    """A problem of reading."""

    level: str
    label: str
    place: str
    text: str


class Drawn(Struct, frozen=True):
    """A picture, and what it shows as tables; without one, a note that says why."""

    picture: "Markup | None" = None
    tables: Sequence[Mapping[str, object]] = ()
    note: str = ""


class FilingView(Struct, frozen=True):
    """A filing with what is shown of it; the notes say what is left out."""

    anchor: str
    filing: FilingResult
    name: str
    status: str
    problems: Sequence[ProblemView]
    problems_note: str
    findings: Sequence[FindingView]
    findings_note: str
    caps: Sequence[CapView]
    caps_note: str
    drawn: Drawn


def filing_view(
    report: Report,
    filing: FilingResult,
    findings: Sequence[Finding],
    anchor: str,
    language: Language,
    *,
    most: int,
    note: str,
) -> FilingView:
    """What the page shows of a filing.

    Args:
        findings: all that are of this filing.
        most: how many of them are shown, the gravest first.
        note: why it has no picture; empty where it has one.
    """
    shown = summary.worst(findings, most)
    rooms = filing.exhibits.headroom.rooms if filing.exhibits else ()
    caps, caps_note = cap_views(rooms, report.ruleset, language)
    problems = problem_views(filing.problems, language)
    return FilingView(
        anchor=anchor,
        filing=filing,
        name=filing.group_name or filing.group_code or filing.id,
        status=filing.status.label.in_(language),
        problems=problems[:MOST_PROBLEMS],
        problems_note=listed(MOST_PROBLEMS, len(problems), ITEMS, language),
        findings=[finding_view(finding, report.ruleset, language) for finding in shown],
        findings_note=listed(len(shown), len(findings), ITEMS, language),
        caps=caps,
        caps_note=caps_note,
        drawn=Drawn(note=note) if note else _drawn(report, filing, findings, language),
    )


def problem_views(problems: Sequence[Problem], language: Language) -> list[ProblemView]:
    """Problems of reading, the gravest first."""
    levels = list(Level)
    ordered = sorted(problems, key=lambda problem: levels.index(problem.level))
    return [
        ProblemView(
            problem.level.value,
            problem.level.label.in_(language),
            problem.location or "",
            problem.in_(language),
        )
        for problem in ordered
    ]


def undrawn(report: Report, filings: Sequence[FilingResult], language: Language) -> dict[str, str]:
    """Why a filing has no picture, for each of these that has none: of too many the worst are drawn."""
    made = [filing for filing in filings if filing.exhibits is not None]
    drawn = {filing.id for filing in worst_filings(report, made, MOST_PICTURES)}
    why = _TOO_MANY.format(most=len(drawn)) if made else _NOT_MADE.format(most=MOST_WITH_EXHIBITS)
    return {filing.id: why.in_(language) for filing in filings if filing.id not in drawn}


def _drawn(report: Report, filing: FilingResult, findings: Sequence[Finding], language: Language) -> Drawn:
    from markupsafe import Markup

    shown = scene(replace(report, findings=findings), filing, language)
    return Drawn(Markup(svg(shown)), tables(shown))  # built as elements, every text in it escaped

"""The worst findings in a terminal: a table where it is wide, else one under the other."""

from collections.abc import Callable

from msgspec import Struct

from soe_compliance.domain.finding import Finding
from soe_compliance.domain.outcomes import Outcome, Responsible
from soe_compliance.domain.text import Language, Text
from soe_compliance.report import summary, wording
from soe_compliance.report.grid import GAP, grid
from soe_compliance.report.model import Report
from soe_compliance.report.places import first_places
from soe_compliance.report.safe import visible
from soe_compliance.report.styles import WIDE, Style
from soe_compliance.report.wrapping import hanging, wrapped

MOST_FINDINGS = 50
MOST_PLACES = 3

_HEADERS = (
    Text("级别", "Level"),
    Text("规则", "Rule"),
    Text("对象", "Subject"),
    Text("说明", "Finding"),
    Text("位置", "Place"),
    Text("整改建议", "Remedy"),
)
_PLACE = Text("位置：", "Place: ")
_REMEDY = Text("建议：", "Remedy: ")
_SUBJECT = Text("对象：", "Subject: ")
_EXPLANATION = Text("企业说明：", "Explained: ")
_MORE = Text("另有{n}条，见{full}", "{n} more: see {full}")
_MORE_HINT = Text("另有{n}条，用 -o 问题.xlsx 可得全部", "{n} more: -o findings.xlsx gives them all")


class _Entry(Struct, frozen=True):
    """A finding in words."""

    finding: Finding
    level: list[str]
    code: str
    title: str
    clause: str
    subject: list[str]
    group: str
    message: str
    places: list[str]
    remedy: str
    explanation: str


def findings_lines(
    report: Report, language: Language, width: int, style: Style, full: str | None
) -> list[str]:
    """The worst findings, worst first, and how many there are besides."""
    if not report.findings:
        return []
    groups = _groups(report, language)
    entries = [
        _entry(finding, report, groups, language) for finding in summary.worst(report.findings, MOST_FINDINGS)
    ]
    lines = (
        _table(entries, language, width, style) if width >= WIDE else _stack(entries, language, width, style)
    )
    more = len(report.findings) - len(entries)
    if more:
        text = _MORE.format(n=more, full=visible(full)) if full else _MORE_HINT.format(n=more)
        lines.extend(["", *wrapped(text.in_(language), width)])
    return lines


def _groups(report: Report, language: Language) -> dict[str, str]:
    """What to call the filing of a finding; nothing where there is but one."""
    filings = summary.readable(report)
    if len(filings) < 2:
        return {}
    open_, close = ("（", "）") if language == "zh" else ("(", ")")
    return {filing.id: open_ + visible(filing.group_name or filing.id) + close for filing in filings}


def _entry(finding: Finding, report: Report, groups: dict[str, str], language: Language) -> _Entry:
    rule, subject = report.ruleset.rules[finding.rule], finding.subject
    level = [finding.outcome.label.in_(language), finding.severity.label.in_(language)]
    if finding.responsible is Responsible.REGULATOR:
        level.append(finding.responsible.label.in_(language))
    names = dict.fromkeys([visible(subject.name), visible(subject.id)])
    return _Entry(
        finding=finding,
        level=level,
        code=finding.rule,
        title=rule.title.text.in_(language),
        clause=finding.clause,
        subject=[name for name in names if name],
        group=groups.get(finding.filing, ""),
        message=wording.message(finding, report.ruleset, language),
        places=first_places(finding, language, MOST_PLACES),
        remedy=wording.remedy(finding, report.ruleset, language),
        explanation=_explained(finding, language),
    )


def _explained(finding: Finding, language: Language) -> str:
    said = finding.explanation
    return _EXPLANATION.in_(language) + wording.explanation(said, language) if said else ""


def _paint(outcome: Outcome, style: Style) -> Callable[[str], str]:
    return {
        Outcome.FAIL: style.red,
        Outcome.WAIVED: style.cyan,
        Outcome.PENDING: style.yellow,
        Outcome.UNKNOWN: style.yellow,
        Outcome.PASS: style.green,
        Outcome.NOT_APPLICABLE: style.plain,
    }[outcome]


def _stack(entries: list[_Entry], language: Language, width: int, style: Style) -> list[str]:
    lines: list[str] = []
    for number, entry in enumerate(entries, 1):
        paint = _paint(entry.finding.outcome, style)
        first = f"{number}. "
        indent = " " * len(first)
        level = (" · " if language == "en" else "·").join(entry.level)
        clause = f"（{entry.clause}）" if language == "zh" else f" ({entry.clause})"
        head = hanging(f"{level}  {entry.code}  {entry.title}{clause}", width, first, indent)
        subject = "  ".join(part for part in (*entry.subject, entry.group) if part)
        lines.extend(["", *(paint(line) for line in head)] if lines else [paint(line) for line in head])
        lines.extend(hanging(_SUBJECT.in_(language) + subject, width, indent, indent))
        lines.extend(hanging(entry.message, width, indent, indent))
        places = wording.listing(entry.places, language)
        for label, text in ((_PLACE, places), (_REMEDY, entry.remedy)):
            if text:
                lines.extend(hanging(label.in_(language) + text, width, indent, indent))
        if entry.explanation:
            lines.extend(hanging(entry.explanation, width, indent, indent))
    return lines


def _table(entries: list[_Entry], language: Language, width: int, style: Style) -> list[str]:
    widths = _widths(width, language)
    rows = []
    for entry in entries:
        paint = _paint(entry.finding.outcome, style)
        cells = [
            "\n".join(entry.level),
            f"{entry.code}\n{entry.clause}",
            "\n".join(part for part in (*entry.subject, entry.group) if part),
            "\n".join(part for part in (entry.message, entry.explanation) if part),
            "\n".join(entry.places),
            entry.remedy,
        ]
        lines = [wrapped(cell, size) for cell, size in zip(cells, widths, strict=True)]
        level, code, *others = lines
        painted = [[paint(line) for line in level], [paint(line) for line in code], *others]
        rows.append(["\n".join(column) for column in painted])
    return grid([header.in_(language) for header in _HEADERS], rows, ruled=True)


def _widths(width: int, language: Language) -> list[int]:
    """The columns' widths: two fixed, the others by their parts of what is left."""
    fixed = [10, 18] if language == "zh" else [14, 18]
    room = width - sum(fixed) - GAP * (len(_HEADERS) - 1)
    subject, place, remedy = room * 20 // 100, room * 16 // 100, room * 27 // 100
    return [*fixed, subject, room - subject - place - remedy, place, remedy]

"""The report in a terminal: what could not be read, a line a filing, the worst findings, and the verdict."""

from collections import Counter

from msgspec import Struct

from soe_compliance.domain.text import Language, Text
from soe_compliance.filings.problems import Level, Problem
from soe_compliance.report import summary
from soe_compliance.report.console_filings import filings_lines
from soe_compliance.report.console_findings import findings_lines
from soe_compliance.report.model import Report
from soe_compliance.report.safe import visible
from soe_compliance.report.styles import Style, narrowest
from soe_compliance.report.verdict import verdict
from soe_compliance.report.wrapping import hanging, text_width, wrapped

MOST_PROBLEMS = 10

_NOTICE = Text("注意：", "Note: ")
_UNREADABLE = Text("无法读取：", "Can't be read: ")
_PROBLEMS = Text("填报数据的问题：", "Problems in the data filed: ")
_MORE_PROBLEMS = Text("……另有{n}条", "... and {n} more")
_MORE_IN = Text("，见{full}", ", see {full}")


class _Screen(Struct, frozen=True):
    language: Language
    width: int
    style: Style
    full: str | None

    def in_(self, text: Text) -> str:
        return text.in_(self.language)


def console(
    report: Report,
    language: Language = "zh",
    *,
    width: int = 100,
    colour: bool = False,
    full: str | None = None,
) -> str:
    """The report as text.

    Args:
        width: the columns of the terminal; no line is wider (40 at least).
        colour: whether to colour by outcome.
        full: the file that holds everything, named where a list is cut short.
    """
    screen = _Screen(language, narrowest(width), Style(colour), full)
    blocks = [
        _notices(report, screen),
        _unreadable(report, screen),
        filings_lines(report, language, screen.width, screen.style),
        _problems(report, screen),
        findings_lines(report, language, screen.width, screen.style, full),
        [screen.style.bold(line) for line in wrapped(verdict(report, language), screen.width)],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _notices(report: Report, screen: _Screen) -> list[str]:
    label = screen.in_(_NOTICE)
    return [
        screen.style.yellow(line)
        for notice in summary.notices(report)
        for line in hanging(visible(screen.in_(notice)), screen.width, label, " " * text_width(label))
    ]


def _unreadable(report: Report, screen: _Screen) -> list[str]:
    lines: list[str] = []
    for filing in summary.unreadable(report):
        named = screen.in_(_UNREADABLE) + visible(filing.source)
        lines.extend(screen.style.red(line) for line in wrapped(named, screen.width))
        for problem in filing.problems:
            text = visible(problem.in_(screen.language))
            place = _place(problem, screen)
            lines.extend(hanging(place + text, screen.width, "  ", "  "))
    return lines


def _problems(report: Report, screen: _Screen) -> list[str]:
    """Errors and warnings of reading, the first few; notices are left to the workbook."""
    found = [
        (filing, problem)
        for filing in summary.readable(report)
        for problem in filing.problems
        if problem.level is not Level.NOTICE
    ]
    if not found:
        return []
    separator = "、" if screen.language == "zh" else ", "
    counts = Counter(problem.level for _, problem in found)
    levels = [f"{screen.in_(level.label)} {counts[level]}" for level in Level if counts[level]]
    lines = [screen.in_(_PROBLEMS) + separator.join(levels)]
    many = len(summary.readable(report)) > 1
    for filing, problem in found[:MOST_PROBLEMS]:
        whose = f"{visible(filing.id)} " if many else ""
        place = _place(problem, screen)
        text = whose + place + visible(problem.in_(screen.language))
        lines.extend(hanging(text, screen.width, "  ", "  "))
    if len(found) > MOST_PROBLEMS:
        more = screen.in_(_MORE_PROBLEMS.format(n=len(found) - MOST_PROBLEMS))
        where = screen.in_(_MORE_IN).format(full=visible(screen.full)) if screen.full else ""
        lines.extend(hanging(more + where, screen.width, "  ", "  "))
    return lines


def _place(problem: Problem, screen: _Screen) -> str:
    colon = "：" if screen.language == "zh" else ": "
    return visible(problem.location) + colon if problem.location else ""

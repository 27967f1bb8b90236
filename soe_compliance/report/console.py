"""The report in a terminal: what could not be read, a line a filing, the worst findings, and the verdict."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from soe_compliance.domain.outcomes import Outcome, Severity
from soe_compliance.domain.text import Language, Text
from soe_compliance.engine import FilingResult, Status
from soe_compliance.filings.problems import Level
from soe_compliance.report import summary
from soe_compliance.report.console_findings import findings_lines
from soe_compliance.report.model import Report
from soe_compliance.report.safe import visible
from soe_compliance.report.styles import WIDE, Style, narrowest
from soe_compliance.report.verdict import verdict
from soe_compliance.report.wrapping import hanging, text_width, wrapped

MOST_PROBLEMS = 10

_NOTICE = Text("注意：", "Note: ")
_UNREADABLE = Text("无法读取：", "Can't be read: ")
_PROBLEMS = Text("填报数据的问题：", "Problems in the data filed: ")
_MORE_PROBLEMS = Text("……另有{n}条", "... and {n} more")
_MORE_IN = Text("，见{full}", ", see {full}")
_GROUP = Text("集团", "Group")
_YEAR = Text("年度", "Year")
_DATE = Text("截止日", "Reference date")
_STATUS = Text("状态", "Status")
_ABOUT = Text("{year}年度，截至{date}，{status}", "{year}, as of {date}, {status}")
_SHORT = {
    Severity.PROHIBITION: Text("严禁", "proh."),
    Severity.MANDATORY: Text("强制", "mand."),
    Severity.PRINCIPLE: Text("原则", "princ."),
    Severity.DATA: Text("数据", "data"),
    Severity.ADVISORY: Text("提示", "adv."),
}
_SHORT_OUTCOMES = {
    Outcome.WAIVED: Text("例外", "waiv."),
    Outcome.PENDING: Text("待办", "pend."),
    Outcome.UNKNOWN: Text("待核", "unkn."),
    Outcome.PASS: Text("通过", "pass"),
}


@dataclass(frozen=True)
class _Screen:
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
        _filings(report, screen),
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
            place = f"{visible(problem.location)}：" if problem.location else ""
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
        place = f"{visible(problem.location)}：" if problem.location else ""
        text = whose + place + visible(problem.in_(screen.language))
        lines.extend(hanging(text, screen.width, "  ", "  "))
    if len(found) > MOST_PROBLEMS:
        more = screen.in_(_MORE_PROBLEMS.format(n=len(found) - MOST_PROBLEMS))
        where = screen.in_(_MORE_IN).format(full=visible(screen.full)) if screen.full else ""
        lines.extend(hanging(more + where, screen.width, "  ", "  "))
    return lines


def _filings(report: Report, screen: _Screen) -> list[str]:
    """A line a filing; on a narrow screen its year, date and status stand below its name."""
    from tabulate import tabulate

    filings = summary.readable(report)
    if not filings:
        return []
    wide = screen.width >= WIDE
    counts = _counts(report, filings, screen, wide)
    headers = _headers(screen, wide)
    facts = [
        [str(f.year), str(f.reference_date), screen.in_(f.status.label)] if wide else [] for f in filings
    ]
    others = [
        max(text_width(line) for line in column)
        for column in zip(headers[1:], *(f + c for f, c in zip(facts, counts, strict=True)), strict=True)
    ]
    room = screen.width - sum(others) - 2 * len(others)
    names = _names(filings)
    rows = []
    for filing, fact, count in zip(filings, facts, counts, strict=True):
        lines = wrapped(names[filing.id], room)
        if not wide:
            lines.extend(wrapped(_about(filing, screen), room))
        status = fact[-1:] and [_painted_status(filing.status, fact[-1], screen.style)]
        rows.append(["\n".join(lines), *fact[:-1], *status, *_painted(count, screen.style)])
    aligned = ["left"] * (4 if wide else 1) + ["right"] * len(counts[0])
    table = tabulate(rows, headers=headers, tablefmt="simple", disable_numparse=True, colalign=aligned)
    return [line.rstrip() for line in table.split("\n")]


def _headers(screen: _Screen, wide: bool) -> list[str]:
    facts = [_GROUP, _YEAR, _DATE, _STATUS] if wide else [_GROUP]
    severities = [s.label if wide else _SHORT[s] for s in Severity]
    outcomes = [
        text if screen.language == "zh" or not wide else o.label for o, text in _SHORT_OUTCOMES.items()
    ]
    return [screen.in_(text) for text in (*facts, *severities, *outcomes)]


def _counts(report: Report, filings: Iterable[FilingResult], screen: _Screen, wide: bool) -> list[list[str]]:
    found = summary.breaches_by_filing(report)
    rows = []
    for filing in filings:
        breaches = found.get(filing.id)
        severities = [breaches.by_severity[s] if breaches else 0 for s in Severity]
        outcomes = [filing.outcomes.get(outcome, 0) for outcome in _SHORT_OUTCOMES]
        rows.append([str(count) for count in (*severities, *outcomes)])
    return rows


def _painted(counts: list[str], style: Style) -> list[str]:
    """The counts of breaches in red, of what is open in yellow, of passes in green."""
    breaches = len(Severity)
    paints = [style.red] * breaches + [style.yellow] * (len(counts) - breaches - 1) + [style.green]
    return [count if count == "0" else paint(count) for count, paint in zip(counts, paints, strict=True)]


def _painted_status(status: Status, text: str, style: Style) -> str:
    return style.yellow(text) if status is Status.INCOMPLETE else text


def _about(filing: FilingResult, screen: _Screen) -> str:
    status = screen.in_(filing.status.label)
    return screen.in_(_ABOUT.format(year=filing.year, date=filing.reference_date, status=status))


def _names(filings: Iterable[FilingResult]) -> dict[str, str]:
    """The group of each filing; with the filing's id where a group has several."""
    listed = list(filings)
    times = Counter((f.group_code, f.group_name) for f in listed)
    names = {}
    for filing in listed:
        name = filing.group_name or filing.group_code or filing.id
        several = times[(filing.group_code, filing.group_name)] > 1
        names[filing.id] = visible(f"{name} [{filing.id}]" if several else name)
    return names

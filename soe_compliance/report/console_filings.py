"""A line a filing in a terminal: who, when, and how much of what was found."""

from collections import Counter
from collections.abc import Iterable, Sequence

from soe_compliance.domain.outcomes import Outcome, Severity
from soe_compliance.domain.text import Language, Text
from soe_compliance.engine import FilingResult, Status
from soe_compliance.report import summary
from soe_compliance.report.grid import GAP, grid
from soe_compliance.report.model import Report
from soe_compliance.report.safe import visible
from soe_compliance.report.styles import WIDE, Style
from soe_compliance.report.wrapping import hanging, text_width, wrapped

_LEAST_ROOM = 16
_FACTS = (
    Text("集团", "Group"),
    Text("年度", "Year"),
    Text("截止日", "Reference date"),
    Text("状态", "Status"),
)
_ABOUT = Text("{year}年度，数据截止日{date}，{status}", "{year}, stated at {date}, {status}")
_SHORT_SEVERITIES = {
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


def filings_lines(report: Report, language: Language, width: int, style: Style) -> list[str]:
    """A line a filing that could be read; on a narrow screen its year, date and status stand below its name."""
    filings = summary.readable(report)
    if not filings:
        return []
    counts, names = _counts(report, filings), _names(filings)
    for wide in (True, False):
        headers = _headers(language, wide)
        facts = [_facts(filing, language) if wide else [] for filing in filings]
        room = _room(headers, [fact + count for fact, count in zip(facts, counts, strict=True)], width)
        if room >= _LEAST_ROOM and (width >= WIDE or not wide):
            break
    else:
        return _stacked(filings, names, headers[1:], counts, language, width)
    rows = []
    for filing, fact, count in zip(filings, facts, counts, strict=True):
        lines = wrapped(names[filing.id], room)
        lines.extend([] if wide else wrapped(_about(filing, language), room))
        rows.append(["\n".join(lines), *_painted_facts(filing, fact, style), *_painted_counts(count, style)])
    return grid(headers, rows, right=len(counts[0]))


def _room(headers: Sequence[str], others: Sequence[Sequence[str]], width: int) -> int:
    """What is left for the first column."""
    widths = [max(map(text_width, column)) for column in zip(headers[1:], *others, strict=True)]
    return width - sum(widths) - GAP * len(widths)


def _stacked(
    filings: Sequence[FilingResult],
    names: dict[str, str],
    headers: Sequence[str],
    counts: Sequence[Sequence[str]],
    language: Language,
    width: int,
) -> list[str]:
    lines = []
    for filing, count in zip(filings, counts, strict=True):
        numbers = "  ".join(f"{header} {number}" for header, number in zip(headers, count, strict=True))
        lines.extend(wrapped(names[filing.id], width))
        lines.extend(hanging(_about(filing, language), width, "  ", "  "))
        lines.extend(hanging(numbers, width, "  ", "  "))
    return lines


def _headers(language: Language, wide: bool) -> list[str]:
    facts = _FACTS if wide else _FACTS[:1]
    severities = [severity.label if wide else short for severity, short in _SHORT_SEVERITIES.items()]
    whole = wide and language == "en"
    outcomes = [outcome.label if whole else short for outcome, short in _SHORT_OUTCOMES.items()]
    return [text.in_(language) for text in (*facts, *severities, *outcomes)]


def _facts(filing: FilingResult, language: Language) -> list[str]:
    return [str(filing.year), str(filing.reference_date), filing.status.label.in_(language)]


def _about(filing: FilingResult, language: Language) -> str:
    status = filing.status.label.in_(language)
    return _ABOUT.in_(language).format(year=filing.year, date=filing.reference_date, status=status)


def _counts(report: Report, filings: Iterable[FilingResult]) -> list[list[str]]:
    rows = []
    for filing in filings:
        breaches = summary.breaches_of(filing, report)
        severities = [breaches.by_severity[severity] for severity in Severity]
        outcomes = [filing.outcomes.get(outcome, 0) for outcome in _SHORT_OUTCOMES]
        rows.append([str(count) for count in (*severities, *outcomes)])
    return rows


def _painted_facts(filing: FilingResult, facts: list[str], style: Style) -> list[str]:
    if facts and filing.status is Status.INCOMPLETE:
        return [*facts[:-1], style.yellow(facts[-1])]
    return facts


def _painted_counts(counts: list[str], style: Style) -> list[str]:
    """The counts of breaches in red, of what is open in yellow, of passes in green."""
    paints = [*[style.red] * len(Severity), style.cyan, style.yellow, style.yellow, style.green]
    return [count if count == "0" else paint(count) for count, paint in zip(counts, paints, strict=True)]


def _names(filings: Sequence[FilingResult]) -> dict[str, str]:
    """The group of each filing; with the filing's id where a group has several."""
    times = Counter((filing.group_code, filing.group_name) for filing in filings)
    names = {}
    for filing in filings:
        name = filing.group_name or filing.group_code or filing.id
        several = times[(filing.group_code, filing.group_name)] > 1
        names[filing.id] = visible(f"{name} [{filing.id}]" if several else name)
    return names

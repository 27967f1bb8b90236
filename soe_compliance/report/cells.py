"""What stands in the cells of tables, and the columns of the list of findings."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import TypeAlias

from msgspec import Struct, field

from soe_compliance.domain.amounts import plain
from soe_compliance.domain.exact import Interval
from soe_compliance.domain.finding import Finding, MeasuredAmount, MeasuredCount, MeasuredDay
from soe_compliance.domain.outcomes import Outcome, Severity
from soe_compliance.domain.text import Language, Text
from soe_compliance.engine import FilingResult
from soe_compliance.law.model import Rule
from soe_compliance.report import summary, wording
from soe_compliance.report.model import Report
from soe_compliance.report.numbers import amounts, fraction_if_endless, shows_exactly
from soe_compliance.report.places import places

Cell: TypeAlias = str | int | Fraction | date | None


class Kind(Enum):
    """How a column is aligned and formatted; a text in a column of numbers stays a text."""

    TEXT = "text"
    NUMBER = "number"
    COUNT = "count"
    DATE = "date"


class Column(Struct, frozen=True):
    """A column of a sheet.

    Attributes:
        widest, narrowest: the most and the least that it may be wide, in characters.
        fills: the colour of a cell by its text; the text says the same.
        choices: what a reviewer may choose from.
        most_lines: the most lines that a row is made high for; what is longer is whole, but wants scrolling.
        asks_day: whether people fill in a day.
    """

    header: str
    kind: Kind = Kind.TEXT
    widest: int = 40
    fills: Mapping[str, str] = field(default_factory=dict)
    choices: Sequence[str] = ()
    most_lines: int = 30
    asks_day: bool = False
    narrowest: int = 6


class Entry(Struct, frozen=True):
    """A finding with what its row is made of; `index` is that of its working paper."""

    number: int
    index: str | None
    finding: Finding
    filing: FilingResult | None
    rule: Rule
    report: Report
    language: Language


class FindingColumn(Struct, frozen=True):
    """A column of a sheet with a row a finding; one without a value is for people to fill in. See `Column`."""

    header: Text
    value: Callable[[Entry], Cell] = lambda _: None
    kind: Kind = Kind.TEXT
    widest: int = 40
    choices: tuple[Text, ...] = ()
    most_lines: int = 30
    fills: Mapping[Text, str] = field(default_factory=dict)
    asks_day: bool = False
    narrowest: int = 6


SEVERITY_COLOURS = {
    Severity.PROHIBITION: "#F4B183",
    Severity.MANDATORY: "#F8CBAD",
    Severity.PRINCIPLE: "#FFE699",
    Severity.DATA: "#DDEBF7",
    Severity.ADVISORY: "#EDEDED",
}
_EXACT_PARTS = (Text("实际值", "value"), Text("限额", "limit"), Text("差额", "excess"))
REVIEW = (
    Text("待复核", "to review"),
    Text("属实", "confirmed"),
    Text("不属实", "not confirmed"),
    Text("已说明", "explained"),
)
REPAIR_KIND = (Text("立行立改", "at once"), Text("分阶段整改", "by stages"), Text("持续整改", "continuing"))
REPAIRED = Text("已整改", "repaired")
REPAIR = (Text("未整改", "not repaired"), Text("持续整改", "continuing"), REPAIRED)
"""What people choose from: the state of review, the kind of repair and how far it has come."""

LISTED = (Outcome.FAIL, Outcome.WAIVED)
"""The outcomes of 问题清单; each of its findings has a working paper, up to so many:"""
MOST_PAPERS = 300


def _measured_value(entry: Entry) -> Cell:
    match entry.finding.details.measured:
        case MeasuredAmount(value, _, _):
            return _number(value, entry.language)
        case MeasuredCount(value, _):
            return value
        case None if not entry.finding.details.missing:
            cells = entry.finding.details.evidence
            return cells[0].value if len(cells) == 1 else None
    return None


def _measured_limit(entry: Entry) -> Cell:
    match entry.finding.details.measured:
        case MeasuredAmount(_, limit, _):
            return _number(limit, entry.language)
        case MeasuredCount(_, limit):
            return limit
    return None


def _number(interval: Interval, language: Language) -> Cell:
    return interval.low if interval.is_point else amounts(interval, "", language)


def excess(entry: Entry) -> Cell:
    measured = entry.finding.details.measured
    return measured.excess if isinstance(measured, MeasuredAmount) else None


def _exactly(entry: Entry) -> Cell:
    """The numbers that a cell does not show as they are."""
    measured = entry.finding.details.measured
    if not isinstance(measured, MeasuredAmount):
        return None
    numbers = (measured.value.low, measured.limit.low, measured.excess)
    named = [
        f"{name.in_(entry.language)} {fraction_if_endless(number) or plain(number)}"
        for name, number in zip(_EXACT_PARTS, numbers, strict=True)
        if number is not None and not shows_exactly(number)
    ]
    return wording.listing(named, entry.language) or None


def _day(entry: Entry) -> MeasuredDay | None:
    measured = entry.finding.details.measured
    return measured if isinstance(measured, MeasuredDay) else None


def _due(entry: Entry) -> Cell:
    measured = _day(entry)
    if measured is None:
        return None
    if measured.due == measured.due_high:
        return measured.due
    return wording.measured_values(measured, entry.language)["due"]


def unit(entry: Entry) -> Cell:
    measured = entry.finding.details.measured
    return measured.unit if isinstance(measured, MeasuredAmount) else None


def _missing(entry: Entry) -> Cell:
    details = entry.finding.details
    return wording.missing_inputs(details.missing, details.evidence, entry.language) or None


def group(entry: Entry) -> Cell:
    """The group; of a group that filed nothing, the finding names it."""
    return entry.filing.group_name if entry.filing else entry.finding.subject.name


def described(entry: Entry) -> Cell:
    return wording.message(entry.finding, entry.report.ruleset, entry.language)


def remedy(entry: Entry) -> Cell:
    return wording.remedy(entry.finding, entry.report.ruleset, entry.language) or None


def explained(entry: Entry) -> Cell:
    """What the filer says of it."""
    said = entry.finding.explanation
    return wording.explanation(said, entry.language) if said else None


def responsible(entry: Entry) -> Cell:
    return entry.finding.responsible.label.in_(entry.language)


def group_code(entry: Entry) -> Cell:
    return entry.filing.group_code if entry.filing else None


def source(entry: Entry) -> Cell:
    return entry.filing.source if entry.filing else None


def severity_column() -> FindingColumn:
    return FindingColumn(
        Text("级别", "Severity"),
        lambda e: e.finding.severity.label.in_(e.language),
        fills={severity.label: colour for severity, colour in SEVERITY_COLOURS.items()},
    )


COLUMNS = (
    FindingColumn(Text("序号", "No."), lambda e: e.number, Kind.COUNT),
    FindingColumn(Text("索引号", "Index"), lambda e: e.index),
    severity_column(),
    FindingColumn(Text("结论", "Outcome"), lambda e: e.finding.outcome.label.in_(e.language)),
    FindingColumn(Text("集团", "Group"), group, widest=14),
    FindingColumn(Text("对象名称", "Subject name"), lambda e: e.finding.subject.name or None, widest=14),
    FindingColumn(Text("规则编号", "Rule"), lambda e: e.finding.rule),
    FindingColumn(Text("依据条款", "Clause"), lambda e: e.finding.clause, widest=13),
    FindingColumn(Text("问题描述", "Finding"), described, widest=40),
    FindingColumn(Text("填报值/实际值", "Value"), _measured_value, Kind.NUMBER, 17),
    FindingColumn(Text("限额/应为", "Limit"), _measured_limit, Kind.NUMBER, 17),
    FindingColumn(Text("差额", "Excess"), excess, Kind.NUMBER, 17),
    FindingColumn(Text("单位", "Unit"), unit),
    FindingColumn(Text("整改建议", "Remedy"), remedy, widest=28),
    # the columns above are printed
    FindingColumn(Text("到期日", "Due"), _due, Kind.DATE, 14),
    FindingColumn(Text("日期", "Date"), lambda e: day.day if (day := _day(e)) else None, Kind.DATE),
    FindingColumn(
        Text("超期天数", "Days late"), lambda e: day.days_late if (day := _day(e)) else None, Kind.COUNT
    ),
    FindingColumn(Text("精确数值", "Exact numbers"), _exactly, widest=18, most_lines=3),
    FindingColumn(
        Text("数据来源(单元格)", "Source (cells)"),
        lambda e: wording.listing(places(e.finding), e.language) or None,
        widest=34,
        most_lines=3,
    ),
    FindingColumn(Text("缺少数据", "Missing data"), _missing, widest=18, most_lines=3),
    FindingColumn(Text("责任方", "Responsible"), responsible),
    FindingColumn(
        Text("规则名称", "Rule title"), lambda e: e.rule.title.text.in_(e.language), widest=18, most_lines=3
    ),
    FindingColumn(Text("对象编号", "Subject"), lambda e: e.finding.subject.id, widest=20, most_lines=3),
    FindingColumn(Text("统一社会信用代码", "Credit code"), group_code),
    FindingColumn(Text("填报编号", "Filing"), lambda e: e.finding.filing, widest=14, most_lines=3),
    FindingColumn(Text("文件", "File"), source, widest=18, most_lines=3),
    FindingColumn(
        Text("文件摘要(SHA-256)", "File digest (SHA-256)"),
        lambda e: e.filing.digest.removeprefix("sha256:") if e.filing and e.filing.digest else None,
        widest=24,
        most_lines=3,
    ),
    FindingColumn(Text("问题指纹", "Fingerprint"), lambda e: e.finding.fingerprint),
    FindingColumn(
        Text("例外批准文号", "Waived by"),
        lambda e: e.finding.waiver.approval_no if e.finding.waiver else None,
        widest=16,
    ),
    FindingColumn(Text("审核说明", "Filer's explanation"), explained, widest=24),
    FindingColumn(Text("复核状态", "Review"), choices=REVIEW),
    FindingColumn(Text("复核意见", "Reviewer's view"), widest=16),
)
"""The columns of 问题清单; the last two are for the reviewer to fill in."""

PRINTED = next(n for n, column in enumerate(COLUMNS, 1) if column.header.zh == "整改建议")
"""How many of them, from the first, go on paper: what people read."""


def finding_columns(language: Language, columns: Sequence[FindingColumn] = COLUMNS) -> list[Column]:
    """The columns of a sheet with a row a finding."""
    return [
        Column(
            column.header.in_(language),
            column.kind,
            column.widest,
            {text.in_(language): colour for text, colour in column.fills.items()},
            tuple(choice.in_(language) for choice in column.choices),
            column.most_lines,
            column.asks_day,
            column.narrowest,
        )
        for column in columns
    ]


def severity_fills(language: Language) -> dict[str, str]:
    return {severity.label.in_(language): colour for severity, colour in SEVERITY_COLOURS.items()}


def finding_rows(
    report: Report,
    language: Language,
    outcomes: Collection[Outcome] = tuple(Outcome),
    columns: Sequence[FindingColumn] = COLUMNS,
) -> Iterator[list[Cell]]:
    """A row for each finding of these outcomes, numbered from 1."""
    filings, number = summary.filings_by_id(report), 0
    for finding, index in indexed(report.findings):
        if finding.outcome in outcomes:
            number += 1
            rule = report.ruleset.rules[finding.rule]
            filing = filings.get(finding.filing)
            entry = Entry(number, index, finding, filing, rule, report, language)
            yield [column.value(entry) for column in columns]


def indexed(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str | None]]:
    """The findings, those that have a working paper with its index."""
    papers = 0
    for finding in findings:
        papers += finding.outcome in LISTED
        has_paper = finding.outcome in LISTED and papers <= MOST_PAPERS
        yield finding, f"D-{papers:04}" if has_paper else None

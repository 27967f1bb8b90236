"""What stands in the cells of tables, and the columns of the list of findings."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import TypeAlias

from soe_compliance.domain.amounts import plain
from soe_compliance.domain.exact import Interval
from soe_compliance.domain.finding import Finding, MeasuredAmount, MeasuredCount, MeasuredDay
from soe_compliance.domain.outcomes import Severity
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


@dataclass(frozen=True)
class Column:
    """A column of a sheet.

    Attributes:
        widest: the most that it may be wide, in characters.
        fills: the colour of a cell by its text; the text says the same.
        choices: what a reviewer may choose from.
        most_lines: the most lines that a row is made high for; what is longer is whole, but wants scrolling.
    """

    header: str
    kind: Kind = Kind.TEXT
    widest: int = 40
    fills: Mapping[str, str] = field(default_factory=dict)
    choices: Sequence[str] = ()
    most_lines: int = 30


@dataclass(frozen=True)
class _Entry:
    """A finding with what its row is made of."""

    number: int
    finding: Finding
    filing: FilingResult | None
    rule: Rule
    report: Report
    language: Language


@dataclass(frozen=True)
class _FindingColumn:
    header: Text
    value: Callable[[_Entry], Cell]
    kind: Kind = Kind.TEXT
    widest: int = 40
    choices: tuple[Text, ...] = ()
    most_lines: int = 30


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
REPAIR = (Text("未整改", "not begun"), Text("整改中", "under way"), Text("已整改", "done"))


def _measured_value(entry: _Entry) -> Cell:
    match entry.finding.details.measured:
        case MeasuredAmount(value, _, _):
            return _number(value, entry.language)
        case MeasuredCount(value, _):
            return value
        case None:
            cells = entry.finding.details.evidence
            return cells[0].value if len(cells) == 1 else None
    return None


def _measured_limit(entry: _Entry) -> Cell:
    match entry.finding.details.measured:
        case MeasuredAmount(_, limit, _):
            return _number(limit, entry.language)
        case MeasuredCount(_, limit):
            return limit
    return None


def _number(interval: Interval, language: Language) -> Cell:
    return interval.low if interval.is_point else amounts(interval, "", language)


def _excess(entry: _Entry) -> Cell:
    measured = entry.finding.details.measured
    return measured.excess if isinstance(measured, MeasuredAmount) else None


def _exactly(entry: _Entry) -> Cell:
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


def _day(entry: _Entry) -> MeasuredDay | None:
    measured = entry.finding.details.measured
    return measured if isinstance(measured, MeasuredDay) else None


def _due(entry: _Entry) -> Cell:
    measured = _day(entry)
    if measured is None:
        return None
    if measured.due == measured.due_high:
        return measured.due
    return wording.measured_values(measured, entry.language)["due"]


def _unit(entry: _Entry) -> Cell:
    measured = entry.finding.details.measured
    return measured.unit if isinstance(measured, MeasuredAmount) else None


def _missing(entry: _Entry) -> Cell:
    names = [wording.missing_name(name, entry.language) for name in entry.finding.details.missing]
    return wording.listing(names, entry.language) or None


def _group(entry: _Entry) -> Cell:
    """The group; of a group that filed nothing, the finding names it."""
    return entry.filing.group_name if entry.filing else entry.finding.subject.name


_COLUMNS = (
    _FindingColumn(Text("序号", "No."), lambda e: e.number, Kind.COUNT),
    _FindingColumn(Text("问题指纹", "Fingerprint"), lambda e: e.finding.fingerprint),
    _FindingColumn(Text("级别", "Severity"), lambda e: e.finding.severity.label.in_(e.language)),
    _FindingColumn(Text("结论", "Outcome"), lambda e: e.finding.outcome.label.in_(e.language)),
    _FindingColumn(Text("集团", "Group"), _group, widest=18),
    _FindingColumn(
        Text("统一社会信用代码", "Credit code"), lambda e: e.filing.group_code if e.filing else None
    ),
    _FindingColumn(Text("填报编号", "Filing"), lambda e: e.finding.filing, widest=14),
    _FindingColumn(Text("文件", "File"), lambda e: e.filing.source if e.filing else None, widest=18),
    _FindingColumn(Text("规则编号", "Rule"), lambda e: e.finding.rule),
    _FindingColumn(Text("规则名称", "Rule title"), lambda e: e.rule.title.text.in_(e.language), widest=18),
    _FindingColumn(Text("依据条款", "Clause"), lambda e: e.finding.clause, widest=14),
    _FindingColumn(Text("对象编号", "Subject"), lambda e: e.finding.subject.id, widest=20),
    _FindingColumn(Text("对象名称", "Subject name"), lambda e: e.finding.subject.name or None, widest=18),
    _FindingColumn(
        Text("问题描述", "Finding"),
        lambda e: wording.message(e.finding, e.report.ruleset, e.language),
        widest=44,
    ),
    _FindingColumn(Text("填报值/实际值", "Value"), _measured_value, Kind.NUMBER, 18),
    _FindingColumn(Text("限额/应为", "Limit"), _measured_limit, Kind.NUMBER, 18),
    _FindingColumn(Text("差额", "Excess"), _excess, Kind.NUMBER, 18),
    _FindingColumn(Text("单位", "Unit"), _unit),
    _FindingColumn(Text("精确数值", "Exact numbers"), _exactly, widest=18),
    _FindingColumn(Text("日期", "Date"), lambda e: day.day if (day := _day(e)) else None, Kind.DATE),
    _FindingColumn(Text("到期日", "Due"), _due, Kind.DATE, 14),
    _FindingColumn(
        Text("超期天数", "Days late"), lambda e: day.days_late if (day := _day(e)) else None, Kind.COUNT
    ),
    _FindingColumn(
        Text("数据来源(单元格)", "Source (cells)"),
        lambda e: wording.listing(places(e.finding), e.language) or None,
        widest=34,
        most_lines=6,
    ),
    _FindingColumn(Text("缺少数据", "Missing data"), _missing, widest=18),
    _FindingColumn(
        Text("整改建议", "Remedy"),
        lambda e: wording.remedy(e.finding, e.report.ruleset, e.language) or None,
        widest=30,
    ),
    _FindingColumn(Text("责任方", "Responsible"), lambda e: e.finding.responsible.label.in_(e.language)),
    _FindingColumn(
        Text("例外批准文号", "Waived by"),
        lambda e: e.finding.waiver.approval_no if e.finding.waiver else None,
        widest=16,
    ),
    _FindingColumn(
        Text("文件摘要(SHA-256)", "File digest (SHA-256)"),
        lambda e: e.filing.digest.removeprefix("sha256:") if e.filing and e.filing.digest else None,
        widest=24,
    ),
    _FindingColumn(
        Text("审核说明", "Filer's explanation"),
        lambda e: wording.explanation(e.finding.explanation, e.language) if e.finding.explanation else None,
        widest=24,
    ),
    _FindingColumn(Text("复核状态", "Review"), lambda _: None, choices=REVIEW),
    _FindingColumn(Text("复核意见", "Reviewer's view"), lambda _: None, widest=16),
    _FindingColumn(Text("整改状态", "Repair"), lambda _: None, choices=REPAIR),
    _FindingColumn(Text("整改时限", "Repair due"), lambda _: None, Kind.DATE),
)


def finding_columns(language: Language) -> list[Column]:
    """The columns of 问题清单; the last ones are for the reviewer to fill in."""
    fills = severity_fills(language)
    return [
        Column(
            column.header.in_(language),
            column.kind,
            column.widest,
            fills if column.header.zh == "级别" else {},
            tuple(choice.in_(language) for choice in column.choices),
            column.most_lines,
        )
        for column in _COLUMNS
    ]


def severity_fills(language: Language) -> dict[str, str]:
    return {severity.label.in_(language): colour for severity, colour in SEVERITY_COLOURS.items()}


def finding_rows(report: Report, findings: Iterable[Finding], language: Language) -> Iterator[list[Cell]]:
    """A row a finding, numbered from 1."""
    filings = summary.filings_by_id(report)
    for number, finding in enumerate(findings, 1):
        rule = report.ruleset.rules[finding.rule]
        entry = _Entry(number, finding, filings.get(finding.filing), rule, report, language)
        yield [column.value(entry) for column in _COLUMNS]

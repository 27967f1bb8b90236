"""Two reports compared, as a workbook to work through (挂号—销号): the tool fills what it knows, people the rest."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from fractions import Fraction

from msgspec import Struct

from soe_compliance.domain.text import Language, Text
from soe_compliance.law.model import Ruleset
from soe_compliance.report.cells import REPAIR, REPAIR_KIND, Cell, Column, Kind, severity_fills
from soe_compliance.report.diff import ChangeDocument, DiffDocument, SideDocument, State, VerdictDocument
from soe_compliance.report.diff_text import outcome_label, reason
from soe_compliance.report.document import AmountDocument, CountDocument, DayDocument
from soe_compliance.report.model import TOOL, VERSION
from soe_compliance.report.numbers import amounts
from soe_compliance.report.proof import intervals
from soe_compliance.report.sheets import Book, SheetOfTable

SHEETS = (Text("挂号销号", "Register"), Text("说明", "About"))
_TITLE = Text("问题挂号销号台账", "Register of findings")
CLOSING = (Text("未销号", "open"), Text("拟销号", "to be closed"), Text("已销号", "closed"))
_FILLS = {
    State.NEW: "#F8CBAD",
    State.CHANGED: "#FFE699",
    State.CURED: "#E2EFDA",
    State.UNCHECKED: "#EDEDED",
}


class _Entry(Struct, frozen=True):
    number: int
    change: ChangeDocument
    rules: Ruleset | None
    language: Language

    @property
    def last(self) -> VerdictDocument | None:
        return self.change.new or self.change.old


class _DiffColumn(Struct, frozen=True):
    header: Text
    value: Callable[[_Entry], Cell] = lambda _: None
    kind: Kind = Kind.TEXT
    widest: int = 40
    choices: tuple[Text, ...] = ()


def diff_workbook(found: DiffDocument, language: Language = "zh", rules: Ruleset | None = None) -> bytes:
    """The bytes of the workbook; the same comparison gives the same bytes.

    Args:
        rules: where the titles of the rules stand, if they are at hand.
    """
    book = Book(
        language=language,
        created=datetime.fromisoformat(found.new.generated_at).astimezone(UTC),
        title=_TITLE.in_(language),
        footer=f"{TOOL} {VERSION}",
    )
    entries = (_Entry(n, change, rules, language) for n, change in enumerate(found.changes, 1))
    rows = ([column.value(entry) for column in _COLUMNS] for entry in entries)
    register, about = (text.in_(language) for text in SHEETS)
    book.add(SheetOfTable(register, _columns(language), rows))
    headers = (Text("项目", "Item"), _OLD_REPORT, _NEW_REPORT)
    columns = [Column(header.in_(language), widest=50) for header in headers]
    book.add(SheetOfTable(about, columns, list(_about(found, language))))
    return book.finished()


def _columns(language: Language) -> list[Column]:
    fills = {
        "级别": severity_fills(language),
        "对比": {state.label.in_(language): colour for state, colour in _FILLS.items()},
    }
    return [
        Column(
            column.header.in_(language),
            column.kind,
            column.widest,
            fills.get(column.header.zh, {}),
            tuple(choice.in_(language) for choice in column.choices),
        )
        for column in _COLUMNS
    ]


def _severity(entry: _Entry) -> Cell:
    return entry.last.severity.label.in_(entry.language) if entry.last else None


def _title(entry: _Entry) -> Cell:
    rule = entry.rules.rules.get(entry.change.rule) if entry.rules else None
    return rule.title.text.in_(entry.language) if rule else None


def _value(verdict: VerdictDocument | None, language: Language) -> Cell:
    return _side(verdict, language, 0)


def _limit(verdict: VerdictDocument | None, language: Language) -> Cell:
    return _side(verdict, language, 1)


def _side(verdict: VerdictDocument | None, language: Language, side: int) -> Cell:
    """The value (side 0) or its limit (1)."""
    match verdict.measured if verdict else None:
        case AmountDocument() as amount:
            interval = intervals(amount)[side]
            return interval.low if interval.is_point else amounts(interval, "", language)
        case DayDocument() as day:
            text = (day.date, day.due)[side]
            return None if text is None else date.fromisoformat(text)
        case CountDocument() as count:
            return Fraction((count.value, count.limit)[side])
    return None


def _excess(verdict: VerdictDocument | None) -> Cell:
    match verdict.measured if verdict else None:
        case AmountDocument(excess=str() as excess):
            return Fraction(excess)
        case DayDocument(days_late=int() as late):
            return late
    return None


def _unit(entry: _Entry) -> Cell:
    units = {AmountDocument: None, DayDocument: Text("天", "days"), CountDocument: Text("次", "times")}
    measured = entry.last.measured if entry.last else None
    if isinstance(measured, AmountDocument):
        return measured.unit
    text = units.get(type(measured)) if measured else None
    return text.in_(entry.language) if text else None


_COLUMNS = (
    _DiffColumn(Text("序号", "No."), lambda e: e.number, Kind.COUNT),
    _DiffColumn(Text("问题指纹", "Fingerprint"), lambda e: e.change.fingerprint),
    _DiffColumn(Text("对比", "State"), lambda e: e.change.state.label.in_(e.language)),
    _DiffColumn(Text("级别", "Severity"), _severity),
    _DiffColumn(Text("集团", "Group"), lambda e: e.change.group_name, widest=18),
    _DiffColumn(Text("统一社会信用代码", "Credit code"), lambda e: e.change.group_code),
    _DiffColumn(Text("年度", "Year"), lambda e: e.change.year, Kind.COUNT),
    _DiffColumn(Text("文件", "File"), lambda e: e.change.source, widest=18),
    _DiffColumn(Text("规则编号", "Rule"), lambda e: e.change.rule),
    _DiffColumn(Text("规则名称", "Rule title"), _title, widest=18),
    _DiffColumn(Text("依据条款", "Clause"), lambda e: e.change.clause, widest=14),
    _DiffColumn(Text("对象编号", "Subject"), lambda e: e.change.subject.id, widest=20),
    _DiffColumn(Text("对象名称", "Subject name"), lambda e: e.change.subject.name or None, widest=18),
    _DiffColumn(Text("原结论", "Old outcome"), lambda e: outcome_label(e.change.old, e.language) or None),
    _DiffColumn(Text("新结论", "New outcome"), lambda e: outcome_label(e.change.new, e.language) or None),
    _DiffColumn(Text("问题描述", "Finding"), lambda e: e.last.message if e.last else None, widest=44),
    _DiffColumn(Text("原实际值", "Old value"), lambda e: _value(e.change.old, e.language), Kind.NUMBER, 18),
    _DiffColumn(Text("新实际值", "New value"), lambda e: _value(e.change.new, e.language), Kind.NUMBER, 18),
    _DiffColumn(
        Text("原限额/应为", "Old limit"), lambda e: _limit(e.change.old, e.language), Kind.NUMBER, 18
    ),
    _DiffColumn(
        Text("新限额/应为", "New limit"), lambda e: _limit(e.change.new, e.language), Kind.NUMBER, 18
    ),
    _DiffColumn(Text("原差额", "Old excess"), lambda e: _excess(e.change.old), Kind.NUMBER, 18),
    _DiffColumn(Text("新差额", "New excess"), lambda e: _excess(e.change.new), Kind.NUMBER, 18),
    _DiffColumn(Text("单位", "Unit"), _unit),
    _DiffColumn(Text("变化原因", "Why"), lambda e: reason(e.change, e.language) or None, widest=24),
    _DiffColumn(Text("整改建议", "Remedy"), lambda e: e.change.remedy or None, widest=30),
    _DiffColumn(Text("责任方", "Responsible"), lambda e: e.change.responsible.label.in_(e.language)),
    _DiffColumn(Text("审核说明", "Filer's explanation"), widest=16),
    _DiffColumn(Text("复核意见", "Reviewer's view"), widest=16),
    _DiffColumn(Text("复核人", "Reviewer")),
    _DiffColumn(Text("复核日期", "Reviewed on"), kind=Kind.DATE),
    _DiffColumn(Text("整改类型", "Kind of repair"), choices=REPAIR_KIND),
    _DiffColumn(Text("责任单位", "Unit in charge"), widest=16),
    _DiffColumn(Text("整改时限", "Repair due"), kind=Kind.DATE),
    _DiffColumn(Text("整改状态", "Repair"), choices=REPAIR),
    _DiffColumn(Text("销号状态", "Closing"), choices=CLOSING),
    _DiffColumn(Text("销号日期", "Closed on"), kind=Kind.DATE),
    _DiffColumn(Text("索引号", "Index")),
)
_OLD_REPORT = Text("原报告", "Old report")
_NEW_REPORT = Text("新报告", "New report")


def _about(found: DiffDocument, language: Language) -> Iterator[list[Cell]]:
    rows: tuple[tuple[Text, Callable[[SideDocument], Cell]], ...] = (
        (Text("生成时间(UTC)", "Generated at (UTC)"), lambda side: side.generated_at),
        (Text("检查基准日", "As of"), lambda side: side.as_of),
        (Text("程序版本", "Program"), lambda side: side.version),
        (Text("规则集", "Ruleset"), lambda side: side.ruleset),
        (Text("规则集摘要", "Ruleset digest"), lambda side: side.digest),
        (Text("填报份数", "Filings"), lambda side: side.filings),
        (Text("其中无法读取", "Of these unreadable"), lambda side: side.unreadable),
    )
    for label, value in rows:
        yield [label.in_(language), value(found.old), value(found.new)]
    for key in sorted(found.old.interpretations.keys() | found.new.interpretations.keys()):
        yield [key, found.old.interpretations.get(key), found.new.interpretations.get(key)]
    for state in State:
        yield [state.label.in_(language), None, found.summary[state]]

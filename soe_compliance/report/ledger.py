"""整改台账: a row for each breach to be put right; the tool fills what it knows, people the rest."""

from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Language, Text
from soe_compliance.report import cells
from soe_compliance.report.book import A3, Page
from soe_compliance.report.cells import FindingColumn, Kind
from soe_compliance.report.model import Report
from soe_compliance.report.sheets import SheetOfTable

_DUE = Text("整改时限", "Repair due")
_STATE = Text("整改状态", "State of repair")
_CLOSED = Text("销号日期", "Closed on")

COLUMNS = (
    FindingColumn(Text("序号", "No."), lambda e: e.number, Kind.COUNT),
    FindingColumn(Text("问题编号", "Finding no."), lambda e: e.finding.fingerprint, widest=18),
    cells.severity_column(),
    FindingColumn(Text("企业名称", "Enterprise"), cells.group, widest=16),
    FindingColumn(Text("统一社会信用代码", "Credit code"), cells.group_code),
    FindingColumn(
        Text("对象", "Subject"), lambda e: e.finding.subject.name or e.finding.subject.id, widest=16
    ),
    FindingColumn(Text("规则编号", "Rule"), lambda e: e.finding.rule),
    FindingColumn(Text("依据条款", "Clause"), lambda e: e.finding.clause, widest=13),
    FindingColumn(Text("问题描述", "Finding"), cells.described, widest=36),
    FindingColumn(Text("差额", "Excess"), cells.excess, Kind.NUMBER, 18),
    FindingColumn(Text("单位", "Unit"), cells.unit),
    FindingColumn(Text("整改建议", "Remedy"), cells.remedy, widest=24),
    FindingColumn(Text("责任方", "Responsible"), cells.responsible),
    FindingColumn(Text("企业说明", "Filer's explanation"), cells.explained, widest=16),
    FindingColumn(Text("整改类型", "Kind of repair"), choices=cells.REPAIR_KIND),
    FindingColumn(Text("整改责任单位", "Unit in charge"), narrowest=14),
    FindingColumn(_DUE, kind=Kind.DATE, asks_day=True),
    FindingColumn(Text("整改要求", "What is asked"), narrowest=20),
    FindingColumn(Text("整改情况", "What was done"), narrowest=20),
    FindingColumn(_STATE, choices=cells.REPAIR),
    FindingColumn(_CLOSED, kind=Kind.DATE, asks_day=True),
    FindingColumn(Text("索引号", "Index"), lambda e: e.index),
)
"""The columns; those without a value are for people to fill in."""


def ledger(title: str, report: Report, language: Language, nothing: str) -> SheetOfTable:
    """The breaches, each with what is to be filled in; a day by which it should be put right turns red once it is past.

    Args:
        nothing: what stands there where there is no breach.
    """
    columns = cells.finding_columns(language, COLUMNS)
    rows = cells.finding_rows(report, language, (Outcome.FAIL,), COLUMNS)
    return SheetOfTable(title, columns, rows, Page(A3), nothing, (_place(_DUE), _overdue(language)))


def _place(header: Text) -> int:
    return next(place for place, column in enumerate(COLUMNS) if column.header == header)


def _overdue(language: Language) -> str:
    """Whether the day of the first row is past, and the row is neither put right nor closed."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    due, state, closed = (
        xl_rowcol_to_cell(1, _place(header), col_abs=True) for header in (_DUE, _STATE, _CLOSED)
    )
    done = cells.REPAIRED.in_(language)
    return f'=AND(ISNUMBER({due}),{due}<TODAY(),{state}<>"{done}",{closed}="")'

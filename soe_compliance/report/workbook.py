"""The violation workbook: an overview, the findings, what is open, problems of reading, rules, and what was run."""

from collections.abc import Generator, Iterator, Sequence

from msgspec.structs import replace

from soe_compliance.domain.outcomes import Outcome, Severity
from soe_compliance.domain.text import Language, Text
from soe_compliance.filings.problems import Level
from soe_compliance.law.model import Ruleset
from soe_compliance.report import summary, wording
from soe_compliance.report.book import Page
from soe_compliance.report.cells import (
    LISTED,
    PRINTED,
    Cell,
    Column,
    Kind,
    finding_columns,
    finding_rows,
    severity_fills,
)
from soe_compliance.report.json_values import instant
from soe_compliance.report.ledger import ledger
from soe_compliance.report.model import TOOL, VERSION, Report
from soe_compliance.report.paper_sheet import add_paper_sheet
from soe_compliance.report.papers import heading, papers
from soe_compliance.report.sheets import MOST_ROWS, Book, SheetOfTable
from soe_compliance.report.verdict import verdict

_TITLE = Text("国有企业填报检查问题清单", "Findings of the check of filings")
SHEETS = {
    "overview": Text("汇总", "Overview"),
    "findings": Text("问题清单", "Findings"),
    "open": Text("待办与待核", "Pending and unknown"),
    "papers": Text("工作底稿", "Working papers"),
    "ledger": Text("整改台账", "Repair ledger"),
    "problems": Text("数据问题", "Reading problems"),
    "rules": Text("规则", "Rules"),
    "about": Text("说明", "About"),
}
_NOTHING = Text("无", "none")
_NO_FINDING = Text("无。{verdict}", "None. {verdict}")
_OVERVIEW_PRINTED, _PROBLEMS_PRINTED = 20, 9
MOST_IN_MEMORY = 5_000
"""Findings from which the rows of the workbook are kept in temporary files."""
_STATUS_COLOURS = {
    "无法读取": "#F4B183",
    "unreadable": "#F4B183",
    "不完整": "#FFE699",
    "incomplete": "#FFE699",
}


def workbook(report: Report, language: Language = "zh", *, most_rows: int = MOST_ROWS) -> Generator[bytes]:
    """The bytes of the workbook in parts; the same report gives the same bytes."""
    with Book(
        language=language,
        created=report.generated_at,
        title=_TITLE.in_(language),
        footer=f"{TOOL} {VERSION}  {report.ruleset.id} {report.ruleset.digest[:19]}  {instant(report.generated_at)}",
        most_rows=most_rows,
        large=len(report.findings) > MOST_IN_MEMORY,
    ) as book:
        _fill(book, report, language)
        yield from book.parts()


def _fill(book: Book, report: Report, language: Language) -> None:
    nothing, no_finding = _NOTHING.in_(language), _no_finding(report, language)
    book.add(
        SheetOfTable(
            _name("overview", language),
            _overview_columns(language),
            _overview(report, language),
            Page(columns=_OVERVIEW_PRINTED),
            nothing,
        )
    )
    others = tuple(outcome for outcome in Outcome if outcome not in LISTED)
    for key, outcomes, empty in (("findings", LISTED, no_finding), ("open", others, nothing)):
        rows = finding_rows(report, language, outcomes)
        name, columns = _name(key, language), finding_columns(language)
        book.add(SheetOfTable(name, columns, rows, Page(columns=PRINTED), empty))
    note = heading(report, language) or no_finding
    add_paper_sheet(book, _name("papers", language), note, papers(report, language))
    book.add(ledger(_name("ledger", language), report, language, no_finding))
    book.add(
        SheetOfTable(
            _name("problems", language),
            _problem_columns(language),
            _problems(report, language),
            Page(columns=_PROBLEMS_PRINTED),
            nothing,
        )
    )
    _add_rules(book, report, language)
    about = SheetOfTable(_name("about", language), _about_columns(language), _about(report, language))
    book.add(replace(about, page=Page(landscape=False)))


def _no_finding(report: Report, language: Language) -> str:
    """What stands where no finding does; what could not be checked is no reason to say that there is none."""
    return _NO_FINDING.format(verdict=verdict(report, language)).in_(language)


def _name(key: str, language: Language) -> str:
    return SHEETS[key].in_(language)


def _overview_columns(language: Language) -> list[Column]:
    def text(zh: str, en: str, widest: int = 28) -> Column:
        return Column(Text(zh, en).in_(language), widest=widest)

    def count(label: Text) -> Column:
        return Column(label.in_(language), Kind.COUNT)

    status = Column(Text("状态", "Status").in_(language), fills=_STATUS_COLOURS)
    return [
        count(Text("序号", "No.")),
        text("集团", "Group"),
        text("统一社会信用代码", "Credit code"),
        text("填报编号", "Filing"),
        text("文件", "File"),
        count(Text("年度", "Year")),
        Column(Text("截止日", "Reference date").in_(language), Kind.DATE),
        status,
        *(count(severity.label) for severity in Severity),
        count(Text("违反合计", "All breaches")),
        count(Text("其中监管机构", "Of the regulator")),
        *(count(outcome.label) for outcome in Outcome if outcome is not Outcome.FAIL),
        count(Text("数据错误", "Reading errors")),
        count(Text("数据警告", "Reading warnings")),
        text("文件摘要(SHA-256)", "File digest (SHA-256)", 24),
    ]


def _overview(report: Report, language: Language) -> Iterator[list[Cell]]:
    for number, filing in enumerate(report.filings, 1):
        breaches = summary.breaches_of(filing, report)
        problems = summary.problem_counts(filing)
        yield [
            number,
            filing.group_name,
            filing.group_code,
            filing.id,
            filing.source,
            filing.year,
            filing.reference_date,
            filing.status.label.in_(language),
            *(breaches.by_severity[severity] for severity in Severity),
            breaches.total,
            breaches.of_regulator,
            *(filing.outcomes.get(outcome, 0) for outcome in Outcome if outcome is not Outcome.FAIL),
            problems[Level.ERROR],
            problems[Level.WARNING],
            filing.digest.removeprefix("sha256:") if filing.digest else None,
        ]


def _problem_columns(language: Language) -> list[Column]:
    headers = [
        (Text("序号", "No."), Kind.COUNT, 8),
        (Text("级别", "Level"), Kind.TEXT, 10),
        (Text("集团", "Group"), Kind.TEXT, 28),
        (Text("填报编号", "Filing"), Kind.TEXT, 24),
        (Text("文件", "File"), Kind.TEXT, 30),
        (Text("表", "Table"), Kind.TEXT, 20),
        (Text("字段", "Field"), Kind.TEXT, 24),
        (Text("位置", "Place"), Kind.TEXT, 30),
        (Text("问题与处理", "Problem and remedy"), Kind.TEXT, 60),
        (Text("代码", "Code"), Kind.TEXT, 24),
    ]
    fills = {Level.ERROR.label.in_(language): "#F8CBAD", Level.WARNING.label.in_(language): "#FFE699"}
    return [
        Column(text.in_(language), kind, widest, fills if place == 1 else {})
        for place, (text, kind, widest) in enumerate(headers)
    ]


def _problems(report: Report, language: Language) -> Iterator[list[Cell]]:
    number = 0
    for filing in report.filings:
        for problem in filing.problems:
            number += 1
            yield [
                number,
                problem.level.label.in_(language),
                filing.group_name,
                filing.id,
                filing.source,
                wording.table_name(problem.table, language),
                wording.field_name(problem.table, problem.field, language) or None,
                problem.location,
                problem.in_(language),
                problem.code,
            ]


def _add_rules(book: Book, report: Report, language: Language) -> None:
    """The rules in force; below them the readings of ambiguous clauses."""
    rules = _name("rules", language)
    columns = [
        Column(Text(zh, en).in_(language), kind, widest, fills)
        for zh, en, kind, widest, fills in (
            ("规则编号", "Rule", Kind.TEXT, 26, {}),
            ("规则名称", "Title", Kind.TEXT, 36, {}),
            ("级别", "Severity", Kind.TEXT, 20, severity_fills(language)),
            ("依据条款", "Clause", Kind.TEXT, 28, {}),
            ("条文用语", "Words of the clause", Kind.TEXT, 28, {}),
            ("责任方", "Responsible", Kind.TEXT, 12, {}),
            ("含义", "Meaning", Kind.TEXT, 60, {}),
            ("解释选项", "Interpretations", Kind.TEXT, 30, {}),
            ("违反", "Breaches", Kind.COUNT, 10, {}),
        )
    ]
    above = book.add(SheetOfTable(rules, columns, _rules(report, language)))
    book.add_below(above, _reading_columns(language), list(_readings(report.ruleset, language)))


def _rules(report: Report, language: Language) -> Iterator[list[Cell]]:
    ruleset = report.ruleset
    failed = report.tally.by_rule
    for rule in ruleset.rules.values():
        yield [
            rule.id,
            rule.title.text.in_(language),
            rule.severity.label.in_(language),
            rule.clause,
            rule.verb,
            rule.responsible.label.in_(language),
            rule.meaning.text.in_(language),
            ", ".join(ruleset.readings_of.get(rule.id, ())) or None,
            failed.get(rule.id, 0),
        ]


def _reading_columns(language: Language) -> list[Column]:
    headers = (
        Text("解释选项", "Interpretation"),
        Text("问题", "Question"),
        Text("采用", "Taken"),
        Text("含义", "Meaning"),
        Text("默认", "Default"),
    )
    return [Column(header.in_(language)) for header in headers]


def _readings(ruleset: Ruleset, language: Language) -> Iterator[list[Cell]]:
    for key, interpretation in ruleset.interpretations.items():
        chosen = ruleset.readings.get(key, interpretation.default)
        option = interpretation.options.get(chosen)
        yield [
            key,
            interpretation.title.text.in_(language),
            chosen,
            option.text.in_(language) if option else None,
            interpretation.default,
        ]


def _about_columns(language: Language) -> list[Column]:
    return [
        Column(Text("项目", "Item").in_(language), widest=24),
        Column(Text("内容", "Content").in_(language), widest=60),
    ]


def _about(report: Report, language: Language) -> Sequence[list[Cell]]:
    ruleset = report.ruleset
    rows: list[tuple[Text, Cell]] = [
        (Text("结论", "Verdict"), verdict(report, language)),
        *((Text("注意", "Note"), notice.in_(language)) for notice in summary.notices(report)),
        (Text("工具", "Tool"), f"{TOOL} {VERSION}"),
        (Text("生成时间(UTC)", "Generated at (UTC)"), instant(report.generated_at)),
        (Text("检查基准日", "As of"), report.as_of),
        (Text("规则集", "Ruleset"), ruleset.id),
        (Text("依据文件", "Regulation"), f"{ruleset.title.text.in_(language)} {ruleset.document_no}"),
        (Text("发布机关", "Issuer"), ruleset.issuer),
        (Text("施行日期", "In force from"), ruleset.force.from_),
        (Text("试行期至", "On trial until"), ruleset.force.trial_until),
        (Text("规则集摘要", "Ruleset digest"), ruleset.digest),
        (Text("填报份数", "Filings"), len(report.filings)),
        (Text("其中无法读取", "Of these unreadable"), len(summary.unreadable(report))),
        *((outcome.label, count) for outcome, count in summary.outcome_totals(report).items()),
        *((name, text.in_(language)) for name, text in _GUIDE),
    ]
    return [[name.in_(language), cell] for name, cell in rows]


_GUIDE = (
    (
        Text("“违反”", "“fail”"),
        Text("规定已被违反，见“问题清单”", "the rule is broken; see “Findings”"),
    ),
    (
        Text("“已批准例外”", "“waived”"),
        Text("已被违反，但有在有效期内的例外批准", "broken, and excused by an approval in force"),
    ),
    (
        Text("“待办”", "“pending”"),
        Text("尚未违反，但有事项未到期或正在办理", "not broken; something is still owed or awaited"),
    ),
    (
        Text("“待核”", "“unknown”"),
        Text(
            "填报数据不足以判定，须补充或核实后再查，不等于通过",
            "what is filed does not decide it; it is no pass",
        ),
    ),
    (
        Text("“工作底稿”", "“Working papers”"),
        Text(
            "“问题清单”每项一页，按索引号对应，由编制人、复核人签署；“待办”“待核”不是结论，不编底稿",
            "a page for each of “Findings”, by its index, to be signed; what is pending or unknown is no conclusion",
        ),
    ),
    (
        Text("“整改台账”", "“Repair ledger”"),
        Text(
            "每项违反一行，整改各栏由人工填写；逾整改时限而未整改、未销号的，时限标红",
            "a row for each breach, to be filled in by people; a day that is past turns red until repair or closing",
        ),
    ),
    (
        Text("金额", "Amounts"),
        Text(
            "按各填报的金额单位，单位列在数值旁；单元格不能精确显示的，“精确数值”列给出精确数",
            "in each filing's unit, which stands beside them; “Exact numbers” says what a cell can't show exactly",
        ),
    ),
)

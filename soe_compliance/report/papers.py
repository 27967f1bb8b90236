"""What a working paper (工作底稿) says of a finding: facts, basis, sources, computation, conclusion; to be signed by people."""

from collections.abc import Iterator
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from soe_compliance.domain.finding import Finding
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Language, Text
from soe_compliance.engine import FilingResult
from soe_compliance.law.model import Rule
from soe_compliance.report import summary, wording
from soe_compliance.report.cells import LISTED, MOST_PAPERS, indexed
from soe_compliance.report.document import finding_document
from soe_compliance.report.json_values import instant
from soe_compliance.report.model import Report
from soe_compliance.report.steps import STEP_LABELS, Case, different_cells, steps

MOST_CELLS = 12
"""How many cells a paper lists, and how many terms of a sum; the others stand in 问题清单."""


class Line(Struct, frozen=True):
    """A line of a paper: a label and one text beside it, or a text, a second label and its text, or three texts.

    Attributes:
        label: empty where the line goes on from the one above.
        labelled: whether the second of three texts is a label.
        heads: whether the texts are headers of the lines below.
        signed: whether people write on it.
    """

    label: str
    texts: tuple[str, ...]
    labelled: bool = False
    heads: bool = False
    signed: bool = False


Paper = tuple[Line, ...]

_INDEX, _NUMBER = Text("索引号", "Index"), Text("问题编号", "Finding no.")
_GROUP, _FILING = Text("被检查单位", "Enterprise"), Text("填报", "Filing")
_TASK, _AS_OF = Text("检查项目", "Checked against"), Text("检查时间", "Checked")
_MATTER, _SUBJECT, _SEVERITY = Text("事项", "Matter"), Text("对象", "Subject"), Text("级别", "Severity")
_FACTS, _BASIS, _SOURCES = Text("事实", "Facts"), Text("依据", "Basis"), Text("数据来源", "Sources")
_COMPUTED, _CONCLUSION = Text("计算过程", "Computation"), Text("结论", "Conclusion")
_REMEDY, _SAID = Text("建议", "Remedy"), Text("企业说明", "Enterprise's explanation")
_PREPARED, _REVIEWED, _DAY = (
    Text("编制人", "Prepared by"),
    Text("复核人", "Reviewed by"),
    Text("日期", "Date"),
)
_CELL_LABELS = (Text("位置（编号）", "Place (row)"), Text("字段", "Field"), Text("填报内容", "As filed"))

_NAMED = Text("{name}（{id}）", "{name} ({id})")
_OF_YEAR = Text("{year}年度，截止日{date}", "{year}, stated at {date}")
_NOT_FILED = Text("没有填报", "nothing was filed")
_AS_OF_DAY = Text("基准日{as_of}，{made}生成", "as of {as_of}, made at {made}")
_WHOSE = Text("{severity}，责任方为{responsible}", "{severity}, the duty of the {responsible}")
_RULE = Text(
    "{document} {clause}{verb}：{title}。规则含义：{meaning}",
    "{document} {clause}{verb}: {title}. What the rule means: {meaning}",
)
_RULE_OF_ITS_OWN = Text(
    "{clause}（检查规则自有要求，非监管办法条文）：{title}。规则含义：{meaning}",
    "{clause} (asked by the check itself, no clause of the regulation): {title}. What the rule means: {meaning}",
)
_VERB = Text("（{verb}）", " ({verb})")
_FILE = Text("文件{source}，SHA-256：{digest}", "file {source}, SHA-256: {digest}")
_NO_CELL = Text("无可引用的单元格", "no cell to be named")
_MORE_CELLS = Text(
    "以上为{n}处中的前{shown}处，全部位置见问题清单“数据来源”列和JSON报告",
    "the first {shown} of {n}; for all see the column of sources in the list of findings, and the JSON report",
)
_STEP = Text("{step}：{said}", "{step}: {said}")
_NOT_COMPUTED = Text(
    "本事项按所列填报内容直接认定，不涉及计算", "judged by what is filed as listed; nothing is computed"
)
_BROKEN = Text(
    "不符合{clause}的规定，构成{severity}级违反", "not in accord with {clause}: a breach ({severity})"
)
_WAIVED = Text(
    "不符合{clause}的规定，但已有例外批准，列为已批准例外",
    "not in accord with {clause}, and excused by an approval",
)
_NAMED_FOR_REVIEW = Text(
    "按规则{rule}列为{severity}级问题，须经核实认定",
    "named by rule {rule} ({severity}), to be confirmed by review",
)
_NAMED_AND_WAIVED = Text(
    "按规则{rule}列为{severity}级问题，但已有例外批准，列为已批准例外",
    "named by rule {rule} ({severity}), and excused by an approval",
)
_CONCLUSIONS = {
    (True, Outcome.FAIL): _BROKEN,
    (True, Outcome.WAIVED): _WAIVED,
    (False, Outcome.FAIL): _NAMED_FOR_REVIEW,
    (False, Outcome.WAIVED): _NAMED_AND_WAIVED,
}
"""By whether the severity comes from a clause, and the outcome: a warning sign is no breach of a clause by itself."""
_COUNT = Text("共{n}份", "{n} in all")
_COUNT_CUT = Text(
    "共{n}项问题，此处为前{shown}项的底稿；其余见问题清单，可按集团分别输出（-o {{group_code}}.xlsx）取得底稿",
    "the first {shown} of {n}; the others stand in the list of findings, and have papers in files by group "
    "(-o {{group_code}}.xlsx)",
)


def heading(report: Report, language: Language) -> str:
    """How many papers there are, and of how many findings; empty where there is none."""
    totals = summary.outcome_totals(report)
    count = sum(totals[outcome] for outcome in LISTED)
    if not count:
        return ""
    text = _COUNT_CUT if count > MOST_PAPERS else _COUNT
    return text.format(n=count, shown=MOST_PAPERS).in_(language)


def papers(report: Report, language: Language) -> Iterator[Paper]:
    """A paper for each finding that has an index, in the report's order."""
    filings = summary.filings_by_id(report)
    having = ((finding, index) for finding, index in indexed(report.findings) if index)
    for finding, index in islice(having, MOST_PAPERS):
        yield tuple(_lines(report, finding, filings.get(finding.filing), index, language))


def _lines(
    report: Report, finding: Finding, filing: FilingResult | None, index: str, language: Language
) -> Iterator[Line]:
    ruleset, subject = report.ruleset, finding.subject
    rule = ruleset.rules[finding.rule]

    def say(text: Text, **values: object) -> str:
        return text.format(**values).in_(language)

    def pair(first: Text, text: str, second: Text, other: str) -> Line:
        return Line(first.in_(language), (text, second.in_(language), other), labelled=True)

    def line(label: Text, text: str) -> Line:
        return Line(label.in_(language), (text,))

    name = subject.name if filing is None else filing.group_name or filing.id
    group = say(_NAMED, name=name, id=filing.group_code) if filing and filing.group_code else name
    year = say(_OF_YEAR, year=filing.year, date=filing.reference_date) if filing else say(_NOT_FILED)
    case = Case(finding_document(finding, ruleset, language), report.as_of, ruleset, language)
    severity = finding.severity.label.in_(language)
    when = say(_AS_OF_DAY, as_of=report.as_of, made=instant(report.generated_at))
    whose = say(_WHOSE, severity=severity, responsible=finding.responsible.label.in_(language))
    about = say(_NAMED, name=subject.name, id=subject.id) if subject.name else subject.id
    conclusion = _CONCLUSIONS[finding.severity.is_of_a_clause, finding.outcome]

    yield pair(_INDEX, index, _NUMBER, finding.fingerprint)
    yield pair(_GROUP, group, _FILING, year)
    yield pair(_TASK, ruleset.title.text.in_(language), _AS_OF, when)
    yield line(_MATTER, f"{finding.rule} {rule.title.text.in_(language)}")
    yield pair(_SUBJECT, about, _SEVERITY, whose)
    yield line(_FACTS, wording.message(finding, ruleset, language))
    yield line(_BASIS, _basis(ruleset.document_no, rule, finding.clause, language))
    yield from _sources(case, filing)
    yield from _computed(case)
    yield line(_CONCLUSION, say(conclusion, clause=finding.clause, severity=severity, rule=finding.rule))
    yield line(_REMEDY, wording.remedy(finding, ruleset, language))
    said = finding.explanation
    yield replace(line(_SAID, wording.explanation(said, language) if said else ""), signed=said is None)
    for signed in (_PREPARED, _REVIEWED):
        yield replace(pair(signed, "", _DAY, ""), signed=True)


def _basis(document: str, rule: Rule, clause: str, language: Language) -> str:
    template = _RULE if rule.is_of_the_regulation else _RULE_OF_ITS_OWN
    text = template.format(
        document=document,
        clause=clause,
        verb=_VERB.format(verb=rule.verb) if rule.verb else "",
        title=rule.title.text,
        meaning=rule.meaning.text,
    )
    return text.in_(language)


def _sources(case: Case, filing: FilingResult | None) -> Iterator[Line]:
    """The file with its digest, then its cells."""
    file = _NOT_FILED
    if filing:
        file = _FILE.format(source=filing.source, digest=(filing.digest or "-").removeprefix("sha256:"))
    yield Line(case.say(_SOURCES), (case.say(file),))
    cells = different_cells(case.finding.evidence)
    if not cells:
        yield Line("", (case.say(_NO_CELL),))
        return
    yield Line("", tuple(case.say(label) for label in _CELL_LABELS), heads=True)
    for cell in cells[:MOST_CELLS]:
        yield Line("", (case.say(_NAMED, name=cell.location, id=cell.id), case.field(cell), cell.value))
    if len(cells) > MOST_CELLS:
        yield Line("", (case.say(_MORE_CELLS, n=len(cells), shown=MOST_CELLS),))


def _computed(case: Case) -> Iterator[Line]:
    """The steps, one a line."""
    made = [case.say(_STEP, step=STEP_LABELS[key], said=text) for key, text in steps(case, MOST_CELLS)]
    for place, text in enumerate(made or [case.say(_NOT_COMPUTED)]):
        yield Line("" if place else case.say(_COMPUTED), (text,))

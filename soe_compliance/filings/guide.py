"""How the forms are filled in, in words: what each table is for, how each type is written, what blank means.

What a field is, is declared with the forms; here is what is said of it to those who fill it in.
"""

from collections.abc import Mapping
from functools import lru_cache

from soe_compliance.domain.patterns import pattern
from soe_compliance.domain.text import Text
from soe_compliance.filings.cell_text import text_of
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.tables import HEADER, FieldOfForm, TableOfForms

GUIDE_SHEET = "填报说明"
"""The sheet of a workbook that says how to fill it in; it holds no data."""

FINDINGS_SHEET = Text("审核结果", "Findings")
"""The first sheet of an annotated workbook; filed again, it holds no data either."""

_NUMBERED = pattern(r"\(\d+\)$")


@lru_cache(maxsize=1024)
def holds_no_data(sheet: str) -> bool:
    """Whether a sheet is one that this program itself puts into workbooks."""
    name = _NUMBERED.sub("", "".join(text_of(sheet).split()))
    return name in (GUIDE_SHEET, FINDINGS_SHEET.zh, FINDINGS_SHEET.en)


FLAGS = ("是", "否")
QUARTERS = ("一季度", "二季度", "三季度", "四季度")
LIST_MARK = "、"

PURPOSES: Mapping[str, Text] = {
    "filing": Text(
        "填报单位、年度和数据截止日，必须填写",
        "Who files, for which year, at which date; always needed",
    ),
    "entities": Text(
        "集团本部、纳入合并范围的各级子企业，以及参股企业、被担保人等有关企业，每户一行",
        "The group's parent, its consolidated firms, and other firms concerned, such as those guaranteed; a row each",
    ),
    "holdings": Text(
        "出资人对被投资企业的直接持股，每一出资关系一行；据以判断控股、参股和合并范围",
        "Direct stakes, a row each; they show control, participations and the scope of consolidation",
    ),
    "financials": Text(
        "各企业年末财务数据，每户每年一行；判断连续亏损须逐年填列",
        "Figures at the end of each year, a row a firm and year; year by year they show a run of losses",
    ),
    "plans": Text(
        "年度投资计划及各次调整的报送和审核情况，每次报送一行",
        "Annual investment plans and their adjustments, a row each time one is submitted",
    ),
    "projects": Text(
        "年度内的投资项目，每个项目一行",
        "Investment projects of the year, a row each",
    ),
    "approvals": Text(
        "报请核准的投资项目的申请、受理、补正和办结情况，每次申请一行",
        "Applications for approval of projects, a row each",
    ),
    "investment_reports": Text(
        "经核准的项目按季度报送的投资完成情况，每个项目每季度一行",
        "Quarterly reports on approved projects, a row a project and quarter",
    ),
    "guarantees": Text(
        "集团对内对外提供的各类担保，每笔一行，展期、续保的另填一行；已解除的也填列，填解除日期，余额填0",
        "Guarantees of every kind, a row each, one more where one is extended; one that was released stays, with the day of its release and a balance of 0",
    ),
    "financing_reports": Text(
        "集团按季度报备的融资余额和融资总量，每季度一行",
        "Quarterly reports on the group's financing, a row a quarter",
    ),
    "debts": Text(
        "尚有余额的融资合同，每份合同一行",
        "Financing contracts with a balance, a row each",
    ),
    "exceptions": Text(
        "经有权机关批准、不按一般规定执行的事项，每件批准一行；没有的留空表",
        "Documented exceptions that an authority approved, a row each; left empty where there are none",
    ),
    "explanations": Text(
        "对检查发现的问题的说明，每个问题一行；首次填报留空表",
        "Answers to findings, a row each; left empty in a first filing",
    ),
}

WRITING: Mapping[FieldType, Text] = {
    FieldType.FIRM: Text(
        "18位统一社会信用代码，文本格式；没有代码的（如境外企业、自然人）自编代码，各表一致",
        "the 18 characters of the credit code, as text; one that has none gets a code of your own, the same in all tables",
    ),
    FieldType.PROJECT: Text("项目编号，各表一致", "the project's code, the same in all tables"),
    FieldType.ID: Text(
        "按文件、合同原文填写；没有的自行编号",
        "as in the document or contract; one of your own where there is none",
    ),
    FieldType.TEXT: Text("按原文填写，单位用全称", "as in the original, firms by their full names"),
    FieldType.INT: Text("四位年份，如2024", "a year of four digits, such as 2024"),
    FieldType.QUARTER: Text("从下拉列表中选择", "choose from the list"),
    FieldType.LEVEL: Text("整数，如1、2、3", "a whole number, such as 1, 2, 3"),
    FieldType.DATE: Text("年-月-日，如2024-02-28", "year-month-day, such as 2024-02-28"),
    FieldType.MONEY: Text(
        "数字，可带小数，不带单位；单位以“填报信息”中的金额单位为准",
        "a number without its unit, which “填报信息” states once for all tables",
    ),
    FieldType.RATIO: Text("百分比，如24.98%", "a percentage, such as 24.98%"),
    FieldType.FLAG: Text(
        "选择“是”或“否”；不能确定的留空", "是 (yes) or 否 (no); blank where it is not known"
    ),
    FieldType.CHOICE: Text("从下拉列表中选择", "choose from the list"),
    FieldType.CHOICES: Text("可以多项，用顿号“、”分隔", "one or more, separated by 、"),
}
_NEGATIVE = Text("负数填负号", "negative amounts with a minus sign")
_NOT_NEGATIVE = Text("不得为负数", "not below 0")

_NOTES: Mapping[str, str] = {
    "filing.reference_date": "余额、持股和各项“是否”均按此日情况填列",
    "filing.filed_on": "编制本填报的日期，此后到期的事项不以本填报判断",
    "entities.level": "1为一级企业",
    "financials.year": "截至该年12月31日的会计年度",
    "financials.net_assets": "本企业单体报表数",
    "financials.consolidated_net_assets": "合并报表数，含少数股东权益",
    "financials.attributable_net_assets": "合并报表中归属于母公司的净资产",
    "projects.amount": "股权投资填投资主体自身出资额",
    "projects.started_on": "最早承诺投入之日：签约、付款或开工",
    "projects.terminated_on": "项目放弃之日",
    "approvals.paused_from": "自此日起不计办理时限",
    "approvals.paused_until": "至此日止不计办理时限，首尾两日均不计",
    "approvals.documents": "按下列名称填写",
    "guarantees.form": "如连带责任保证、抵押、质押、差额补足",
    "debts.repayment_source": "含财政资金的选财政收入；政府购买服务、PPP、政府回购选政府付费",
    "explanations.measured": "本说明所针对的问题数值",
}
"""What the forms' own description of a field says, in Chinese."""

_BLANKS: Mapping[str, str] = {
    "filing.id": "不填则以文件名代替",
    "filing.unit": "不填按万元",
    "holdings.ratio": "不填表示持股但比例不详",
    "holdings.voting_ratio": "不填表示与持股比例相同",
    "plans.id": "不填则以#加本表行序代替，如#3",
    "approvals.id": "不填则以#加本表行序代替，如#3",
    "guarantees.id": "不填则以#加本表行序代替，如#3",
    "debts.id": "不填则以#加本表行序代替，如#3",
}
"""The same where it says what a blank means."""

_FILING_LOST = Text("不填则整份填报无法检查", "without it the filing can't be checked")
_NAME_LOST = Text(
    "不填则以集团代码代替，并提示补填", "without it the group's code stands for it, and a problem says so"
)
_ROW_LOST = Text("不填则整行不用于检查", "without it the row is not used")
_OPTIONAL = Text("可以不填", "may be left blank")
_NOT_STATED: Mapping[FieldType, Text] = {
    FieldType.FLAG: Text("不填表示未说明，不当作“否”", "blank is not stated, which is not “no”"),
    FieldType.MONEY: Text("不填表示未说明，不当作0", "blank is not stated, which is not 0"),
}


def writing(field: FieldOfForm) -> Text:
    """How a field is written."""
    said = WRITING[field.type]
    if field.type is not FieldType.MONEY:
        return said
    sign = _NEGATIVE if field.may_be_negative else _NOT_NEGATIVE
    return Text(f"{said.zh}；{sign.zh}", f"{said.en}; {sign.en}")


def note(table: TableOfForms, field: FieldOfForm) -> Text | None:
    """What is to be known of a field, if anything."""
    zh = _NOTES.get(f"{table.key}.{field.key}")
    return Text(zh, field.description) if zh else None


def when_blank(table: TableOfForms, field: FieldOfForm) -> Text:
    """What a blank cell of a field means."""
    if zh := _BLANKS.get(f"{table.key}.{field.key}"):
        return Text(zh, field.description)
    if not field.required:
        return _NOT_STATED.get(field.type, _OPTIONAL)
    if table.key != HEADER:
        return _ROW_LOST
    return _NAME_LOST if field.key == "group_name" else _FILING_LOST


def listed_values(field: FieldOfForm) -> tuple[str, ...]:
    """The values that a field may have, as they are written in forms; none where it is free."""
    if field.choices is not None:
        return tuple(choice.label for choice in field.choices)
    return {FieldType.FLAG: FLAGS, FieldType.QUARTER: QUARTERS}.get(field.type, ())

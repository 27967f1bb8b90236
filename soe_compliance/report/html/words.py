"""What the page says of itself, by the name that its template uses."""

from collections.abc import Mapping

from soe_compliance.domain.text import Language, Text

_WORDS = {
    "title": Text("国有企业填报检查报告", "Report on the check of filings"),
    "skip": Text("跳到正文", "Skip to the report"),
    "facts": Text("检查依据与范围", "What was checked, and by what"),
    "regulation": Text("依据文件", "Regulation"),
    "ruleset": Text("规则集", "Ruleset"),
    "as_of": Text("检查基准日", "As of"),
    "generated": Text("生成时间（UTC）", "Generated at (UTC)"),
    "tool": Text("检查工具", "Tool"),
    "filings_count": Text("填报份数", "Filings"),
    "other_readings": Text("采用的非默认解释", "Readings other than the default"),
    "all_default": Text("均为默认解释", "all by default"),
    "default_is": Text("默认", "default"),
    "notices": Text("注意事项", "Notes"),
    "overview": Text("总览", "Overview"),
    "unreadable": Text("无法读取的填报", "Filings that could not be read"),
    "unreadable_caption": Text("未作检查，不能视为无问题", "Not checked; these can't count as clean"),
    "problems_caption": Text("读取填报时发现的问题", "Problems of reading"),
    "by_severity": Text("违反事项，按级别和责任方", "Breaches by severity and by who is responsible"),
    "by_outcome": Text("检查结论", "Outcomes"),
    "by_enterprise": Text("各企业填报", "The filings"),
    "by_enterprise_caption": Text(
        "各填报的违反事项（按级别）和其他结论", "Breaches of each filing by severity, and its other outcomes"
    ),
    "severity": Text("级别", "Severity"),
    "outcome": Text("结论", "Outcome"),
    "count": Text("项数", "Count"),
    "total": Text("合计", "Total"),
    "enterprise": Text("企业", "Enterprise"),
    "regulator": Text("监管机构", "Regulator"),
    "of_regulator": Text("其中监管机构", "Of these the regulator's"),
    "file": Text("文件", "File"),
    "reason": Text("原因与处理", "Reason and remedy"),
    "group": Text("企业", "Group"),
    "code": Text("统一社会信用代码", "Credit code"),
    "year": Text("年度", "Year"),
    "reference_date": Text("数据截止日", "Data as at"),
    "status": Text("状态", "Status"),
    "filing_id": Text("填报编号", "Filing"),
    "digest": Text("文件摘要（SHA-256）", "File digest (SHA-256)"),
    "no_digest": Text("无", "none"),
    "level": Text("级别", "Level"),
    "place": Text("位置", "Place"),
    "problem": Text("问题与处理", "Problem and remedy"),
    "deadlines": Text("后续期限", "Deadlines ahead"),
    "deadlines_caption": Text(
        "检查基准日后到期的事项，由近及远", "What falls due from the date of the check on"
    ),
    "no_deadlines": Text("检查基准日后没有可列的期限。", "Nothing that could be listed falls due."),
    "due": Text("到期日", "Due"),
    "days_left": Text("剩余天数", "Days left"),
    "matter": Text("事项", "What"),
    "subject": Text("对象", "Subject"),
    "responsible": Text("责任方", "Responsible"),
    "findings": Text("检查发现", "Findings"),
    "no_findings": Text("没有需要列出的事项。", "Nothing to list."),
    "absent": Text("名单所列、未见填报的集团", "Groups of the roster that filed nothing"),
    "cells": Text("依据的单元格", "Cells it rests on"),
    "remedy": Text("整改建议", "Remedy"),
    "explanation": Text("企业说明", "The filer's explanation"),
    "waiver": Text("例外批准", "Approved exception"),
    "hangs": Text("取决于解释", "hangs on a reading"),
    "empty": Text("（空）", "(blank)"),
    "fingerprint": Text("问题指纹", "Fingerprint"),
    "caps": Text("担保限额使用情况", "Use of the limits on guarantees"),
    "caps_caption": Text(
        "深色为已用，空白为余量，斜纹为超出，虚框为尚不确定；竖线为限额",
        "Dark: used; white: left; hatched: over the limit; dashed: not certain; the vertical line is the limit",
    ),
    "limit_of": Text("限额依据", "Limit"),
    "used": Text("已用", "Used"),
    "limit": Text("限额", "Limit"),
    "left": Text("余量", "Left"),
    "bar": Text("图示", "Bar"),
    "picture": Text("股权与担保关系", "Holdings and guarantees"),
    "picture_scroll": Text("股权与担保关系图，可左右滚动", "Holdings and guarantees; scrolls sideways"),
    "picture_tables": Text(
        "图示所列企业、持股和担保明细", "The entities, stakes and guarantees of the picture"
    ),
    "reading": Text("读取问题", "Problems of reading"),
    "rules": Text("所涉规则", "The rules concerned"),
    "rules_caption": Text(
        "本报告所列事项涉及的规则及其含义", "The rules that this report names, and what they mean"
    ),
    "rule": Text("规则", "Rule"),
    "clause": Text("依据条款", "Clause"),
    "meaning": Text("含义", "Meaning"),
    "breaches": Text("违反", "Breaches"),
    "filter": Text("筛选检查发现", "Filter the findings"),
    "filter_text": Text("包含文字", "Containing"),
    "all": Text("全部", "all"),
    "filtered": Text("筛选中：显示{n}项，共列{m}项", "Filtered: {n} of the {m} findings listed"),
    "unfiltered": Text("共列{m}项", "{m} findings listed"),
    "back": Text("返回各企业填报", "Back to the filings"),
    "sort_by": Text("按此列排序", "sort by this column"),
    "scrolls": Text("可左右滚动", "scrolls sideways"),
}


def words(language: Language) -> Mapping[str, str]:
    """All of them in one language."""
    return {name: text.in_(language) for name, text in _WORDS.items()}

"""The kinds of checks in Markdown: what each looks at, its parameters, what its texts may name, a rule that is one."""

from collections.abc import Iterator, Mapping, Sequence
from string import Formatter
from typing import get_args

from soe_compliance.domain.text import Language, Text
from soe_compliance.law.kinds import AnyKind, Kind
from soe_compliance.law.model import Bilingual, Rule, Ruleset

_TITLE = Text("检查方式", "Kinds of checks")
_INTRODUCTION = Text(
    "由`python docs/generate.py`生成，请勿手工修改。规则的`check.kind`取下列之一；方括号中的参数可省。`soe-compliance schema ruleset`"
    "给出每个参数的类型；字段名写错时，报错会列出可用的字段。占位符是随附规则的文字中用到的，此外`{subject}`（编号）和`{name}`"
    "（名称）总可用。怎样编写规则集见[rulesets.md](rulesets.md)。",
    "Made by `python docs/generate.py`; not edited by hand. The `check.kind` of a rule is one of these; parameters in "
    "brackets may be left out. `soe-compliance schema ruleset` gives the type of each; where a field is misspelt, the error "
    "lists those there are. Placeholders are those that texts of the shipped rules name; `{subject}` (its key) and `{name}` "
    "may always be named. [rulesets.md](rulesets.md) says how a ruleset is written.",
)
_PARTS: Mapping[Language, Sequence[str]] = {
    "zh": (
        (
            "- `rows`看一张表的哪些行：`{table: plans, where: {kind: [annual]}, unless: {decision: [rejected]}, of_year: year}`；"
            "`where`、`unless`为选项字段及其值，`of_year`为应等于填报年度的字段，三者可省。"
        ),
        (
            "- `select`看哪些担保：`{}`为有效的担保，持证业务和购房人阶段性担保除外。`signed_in_year: true`另含当年签署的，"
            "`any_guarantor: true`另含合并范围外企业提供的，`leave_out_licensed: false`、`leave_out_home_buyers: false`为不除外。"
        ),
        (
            "- `forbidden`、`relations`的关系：`self`自身、`upstream`上级、`subsidiary`子企业、`participation`参股、`sibling`兄弟企业、"
            "`group_participation`集团内其他企业参股、`unrelated`无股权关系。"
        ),
        "- `unless_approved`：担保的一个日期字段，不晚于签署日的，视为已批准。",
    ),
    "en": (
        (
            "- `rows`, which rows of a table: `{table: plans, where: {kind: [annual]}, unless: {decision: [rejected]}, of_year: year}`; "
            "`where` and `unless` hold fields with listed values, `of_year` the field that must equal the filing's year; any may be left "
            "out."
        ),
        (
            "- `select`, which guarantees: `{}` for those in force, without licensed business and stage guarantees for home buyers. "
            "`signed_in_year: true` adds those signed in the year, `any_guarantor: true` those of firms that are not consolidated; "
            "`leave_out_licensed: false` and `leave_out_home_buyers: false` leave nothing out."
        ),
        (
            "- `forbidden` and `relations`, what the beneficiary is to the guarantor: `self`, `upstream`, `subsidiary`, `participation`, "
            "`sibling`, `group_participation` (of another member), `unrelated`."
        ),
        "- `unless_approved`: a field of guarantees with a day, which is no later than the signature where it was approved.",
    ),
}
_HEADERS: Mapping[Language, str] = {
    "zh": "| kind | 检查什么 | 参数 | 占位符 | 规则示例 |",
    "en": "| kind | What it checks | Parameters | Placeholders | A rule |",
}
IN_CHINESE: Mapping[str, str] = {
    "filed_by": "每份填报须有一行，其日期不晚于当年的到期日",
    "dated_by": "每一行的日期不晚于当年的到期日",
    "count": "每份填报的行数不超过上限",
    "attached": "每一行附有附件；到期日未过而尚缺的为待办",
    "in_order": "每一行的前一日期不晚于后一日期；施行前的不看",
    "flag": "每一行的是否字段应为规定的值",
    "project_flag": "同上，只看投资主体在集团内的项目",
    "approval": "某类项目实施前须有核准",
    "approval_first": "须核准且已核准的项目，核准前未实施",
    "documents": "申报材料齐全",
    "working_days": "自受理起若干个工作日内作出决定，中止期间不计",
    "decided_internally": "某类项目，投资主体不属上层企业的，实施前已内部决策",
    "report_series": "每季一份报告，按集团或按已核准项目，不晚于到期日",
    "follow_up": "已核准并完成的项目，若干个月内后续办结",
    "relation": "被担保人与担保人不属禁止的关系",
    "share": "对参股企业同一债务的担保，不超过集团的持股比例",
    "cap": "担保合计不超过最近年末净资产的一定比例；按担保人合计的以担保人自身为基数，其余以集团本部为基数",
    "viable": "被担保人可持续经营：看是否字段、净资产、连续亏损且现金流为负",
    "beneficiary_flag": "被担保人不属不得担保的一类",
    "beneficiary_ratio": "被担保人最近年末的一项金额不超过另一项的一定比例",
    "licensed": "填为持证业务的担保确属持证业务",
    "field_limit": "一行中的一项金额不超过另一项",
    "field_excess": "同上，作为提示：只在超过时有结论",
    "listed_value": "选项字段不是禁止的值；有的值不能判定",
    "cycles": "企业之间没有循环担保或循环持股",
    "split": "没有把某类项目拆成低于限额的几个",
    "unique_key": "一张表内没有重复的编号",
    "references": "一行写的代码在所指的表中",
    "value_range": "金额不为负，比例在0和1之间",
    "parent_listed": "集团本部列在企业名录中",
    "check_character": "统一社会信用代码的校验位正确",
    "holdings_total": "对一户企业的持股合计不超过全部",
    "date_order": "应在后的日期不在前",
    "one_balance": "同一债务的各笔担保，填的债务余额一致",
    "guarantee_state": "担保没有不应有的状态：到期、已解除、为自身债务",
    "unconsolidated": "集团本部控制的企业已合并",
}


def kind_guide(rulesets: Sequence[Ruleset], language: Language) -> str:
    """The page in one language.

    Args:
        rulesets: those that rules are shown from.
    """
    pages: dict[type[Kind], dict[str, str]] = {shape: {} for shape in kinds()}
    named: dict[type[Kind], set[str]] = {shape: set() for shape in kinds()}
    for ruleset in rulesets:
        for rule in ruleset.rules.values():
            page = f"[{rule.id}](rules/{ruleset.id}/{language}/{rule.id}.md)"
            pages[type(rule.check)].setdefault(rule.id, page)
            named[type(rule.check)].update(field for text in _texts(rule) for field in _placeholders(text))
    lines = [f"# {_TITLE.in_(language)}", "", _INTRODUCTION.in_(language), "", _HEADERS[language]]
    lines.append("| --- | --- | --- | --- | --- |")
    lines += [_row(shape, sorted(named[shape]), min(pages[shape].values()), language) for shape in kinds()]
    return "\n".join([*lines, "", *_PARTS[language]]) + "\n"


def kinds() -> tuple[type[Kind], ...]:
    """The kinds there are, in the order in which they are declared."""
    union, _ = get_args(AnyKind)
    return get_args(union)


def name_of_kind(shape: type[Kind]) -> str:
    [name] = get_args(shape.model_fields["kind"].annotation)
    return str(name)


def _row(shape: type[Kind], named: Sequence[str], page: str, language: Language) -> str:
    name = name_of_kind(shape)
    what = IN_CHINESE[name] if language == "zh" else " ".join((shape.__doc__ or "").split())
    parameters = ", ".join(
        f"`{key}`" if field.is_required() else f"[`{key}`]"
        for key, field in shape.model_fields.items()
        if key != "kind"
    )
    placeholders = " ".join(f"`{{{field}}}`" for field in named)
    return f"| `{name}` | {what} | {parameters} | {placeholders} | {page} |"


def _texts(rule: Rule) -> Iterator[Bilingual]:
    yield from (
        text for text in (rule.texts.fail, rule.texts.pending, rule.texts.unknown, rule.remedy) if text
    )


def _placeholders(text: Bilingual) -> Iterator[str]:
    return (name for _, name, _, _ in Formatter().parse(text.zh) if name)

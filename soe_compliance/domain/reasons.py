"""Why a verdict is not certain, and what else a reader should know of it: texts that all rules share."""

from soe_compliance.domain.text import Text

TABLE_MISSING = Text(
    "本填报没有“{table}”表，不能据此认定没有相应记录",
    "the filing has no table “{table}”, so a missing row proves nothing",
)
LEFT_OUT = Text(
    "“{table}”有工作表或行未能采用，其中可能有相应记录（见填报数据的问题）",
    "a sheet or rows of “{table}” could not be used, and may hold what is wanted (see the problems of the filing)",
)
UNUSABLE_ROWS = Text(
    "“{table}”中有{count}行因缺少必填项未能采用",
    "rows of “{table}” that lack a required field and are not used: {count}",
)
MAY_BE_ITS_OWN = Text(
    "另有{count}份填报无法读取，是否为其所报请先核对",
    "filings that could not be read, one of which may be its own: {count}",
)
FILED_BEFORE_DUE = Text(
    "填报日期{filed_on}不晚于{due}，此后的情况本填报不能反映，须用此后编制的填报检查",
    "prepared on {filed_on}, not after {due}: it can't show what came later; check a filing made up after that",
)
FILED_BEFORE_START = Text(
    "填报日期{filed_on}早于实施日期{start}，此后的核准本填报不能反映，须用此后编制的填报检查",
    "prepared on {filed_on}, before the start on {start}: it can't show a later approval; check a filing made up after that",
)
CALENDAR_UNCOVERED = Text(
    "日历未包含{year}年，到期日在{due}至{due_high}之间",
    "the calendar does not cover {year}; the due date lies between {due} and {due_high}",
)
CALENDAR_LEFT = Text(
    "工作日的计算超出日历所含年度（{first_year}至{last_year}）",
    "the count of working days leaves the years of the calendar ({first_year} to {last_year})",
)
SCOPE_UNKNOWN = Text(
    "{name}是否在合并范围内不能确定（未列入企业名录，或未填是否纳入合并范围且控制关系不明）",
    "whether {name} is consolidated is not known (not listed, or blank and its control not certain)",
)
LICENCE_UNKNOWN = Text(
    "{name}的担保是否属于持证融资担保业务不能确定", "whether {name} guarantees under its licence is not known"
)
RELATION_UNKNOWN = Text(
    "{guarantor}与{beneficiary}的股权关系不能确定（持股比例、合并范围或股权结构填报不全）",
    "how {guarantor} is related to {beneficiary} is not known (shares, scope or holdings are incomplete)",
)
HOLDINGS_UNUSABLE = Text(
    "“股权结构”中有未能采用的行，不能断定没有股权关系",
    "a row of the holdings can't be used, so a link can't be ruled out",
)
WITHIN_ROUNDING = Text(
    "超出部分{excess}未超过持股比例四舍五入可能造成的误差{tolerance}，请核对精确持股比例",
    "the excess of {excess} is no more than the {tolerance} that rounding the share to two decimals explains",
)
DEBT_BALANCES_DIFFER = Text(
    "同一主债务填报了不同的余额，不能确定以哪个为准", "rows of one debt state different balances"
)
DEBT_MAY_BE_SHARED = Text(
    "另有未填合同编号的担保（{others}）可能属于同一主债务，须合并计算",
    "other guarantees without a debt number ({others}) may secure the same debt and would then count together",
)
SHARE_UNKNOWN = Text("集团对{name}的持股比例不能确定", "the group's share of {name} is not known")
SHARE_ENDLESS = Text(
    "循环持股使集团对{name}的持股比例累计没有终值，或未能算出；请核对“股权结构”中循环各段的持股比例",
    "stakes in a ring let the group's share of {name} grow without end, or no end was found: check the ratios of the ring",
)
SHARE_TOO_LONG = Text(
    "集团对{name}的持股比例数位过多，与限额过于接近，未能精确比较",
    "the group's share of {name} has too many digits, and is too close to the limit, to be compared exactly",
)
STAKES_CUT = Text(
    "股权链条过多或过长，仅列出其中{count}行",
    "too many stakes bear on this to name them all: {count} are named",
)
SECURED_TWICE = Text(
    "同一主债务由同一担保人以不同方式担保（{ids}），金额可能重复，按最大一笔至合计数的区间计算",
    "one guarantor secures one debt in different forms ({ids}): counted as the largest up to their sum",
)
UNDATED_APPROVAL = Text(
    "有已同意的核准事项未填办结日期（{ids}）", "an approval that was granted has no date ({ids})"
)
UNDECIDED_APPROVAL = Text("核准事项{ids}未填核准结论", "approval {ids} states no decision")
NOT_AUDITED = Text(
    "{name}{year}年末的财务数据未经审计，不能作为基数",
    "the statements of {name} at the end of {year} are not audited, so they are no base",
)
CATEGORY_UNKNOWN = Text("是否须经核准不能确定", "whether approval is required is not known")
START_BY_COMPLETION = Text(
    "未填实施日期，只知不晚于完成日期{day}",
    "the start is not stated; all that is known is no later than {day}",
)
NOT_WAIVABLE = Text(
    "{severity}级规定不得豁免，例外批准{approval_no}不予采用",
    "exception {approval_no} has no effect: rules of severity {severity} can't be waived",
)
EXCEPTION_NOT_IN_FORCE = Text(
    "例外批准{approval_no}不适用：{why}", "exception {approval_no} does not apply: {why}"
)
PAUSED = Text(
    "自{start}起补正，尚未结束，办理时限中止计算", "paused since {start}, and the pause has not ended"
)
DECISION_UNDATED = Text("填有核准结论但未填办结日期", "a decision is stated without its date")
PAUSE_WITHOUT_START = Text("填有补正完成日期但未填补正开始日期", "a pause has an end and no start")
AUTHORITY_UNKNOWN = Text(
    "未填核准机关，不能确定是否适用办理时限", "the authority is not stated, so the limit may not apply"
)
VALUE_UNCLEAR = Text("{field}填写为{value}，不足以判定", "{field} is {value}, which leaves it open")
KIND_UNKNOWN = Text(
    "未填投资类型，不能确定是否须提交{documents}",
    "the kind of project is not stated, so {documents} may be required",
)

"""The forms of a filing, declared once: header matching, JSON Schema and field guide come from here.

A filing is one workbook (a sheet per table), one JSON object (a key per table) or a folder of CSV files. Every
field that is not required may be blank, and blank means "not stated".

`also` lists what offices write for a title or a header. A spelling stands there only where it has one meaning: a
担保额度 is no balance, a 被担保单位 is a name and no code, and neither is taken for what it may not be.
"""

from collections.abc import Mapping
from typing import ClassVar

from soe_compliance.filings.fields import (
    Choice,
    Day,
    FirmCode,
    Flag,
    Form,
    FreeText,
    Identifier,
    Level,
    Money,
    ProjectCode,
    Quarter,
    Ratio,
    Whole,
    optional,
    required,
)


class Unit(Choice):
    """The unit that the amounts of a filing are stated in."""

    YUAN = "元", "元"
    THOUSAND = "千元", "千元"
    TEN_THOUSAND = "万元", "万元"
    MILLION = "百万元", "百万元"
    HUNDRED_MILLION = "亿元", "亿元"


class PlanKind(Choice):
    ANNUAL = "annual", "年度投资计划", "年度计划", "年度投资计划报送"
    REGULAR_ADJUSTMENT = "regular_adjustment", "年中调整", "年中计划调整", "年中投资计划调整"
    GOVERNMENT = "government", "政府性项目调整", "政府性项目", "政府性投资项目调整"
    VENTURE = "venture", "创业投资项目调整", "创业投资项目", "创业投资调整"
    EMERGENCY = "emergency", "紧急事项调整", "紧急事项", "紧急调整"
    SPECIAL = "special", "特殊情况调整", "特殊情况", "特殊调整"


class PlanDecision(Choice):
    APPROVED = "approved", "同意", "批准", "通过", "核准", "已同意", "已批准", "已核准", "审核通过"
    REJECTED = (
        "rejected",
        "不同意",
        "不批准",
        "不通过",
        "不予同意",
        "不予批准",
        "不予核准",
        "审核不通过",
        "否决",
    )
    PENDING = "pending", "待定", "审核中", "待审核"


class ProjectKind(Choice):
    FIXED_ASSET = (
        "fixed_asset",
        "固定资产投资",
        "固定资产",
        "固定资产类",
        "固定资产投资项目",
        "固定资产投资类",
    )
    EQUITY = "equity", "股权投资", "股权", "股权类", "股权投资项目", "股权投资类", "长期股权投资"
    NEW_COMPANY = "new_company", "现金新设企业", "现金新设", "现金新设公司", "现金出资新设企业"
    OTHER = "other", "其他", "其它", "其他投资", "其它投资"


class Authority(Choice):
    SASAC = (
        "sasac",
        "盟国资委",
        "国资委",
        "兴安盟国资委",
        "盟国有资产监督管理委员会",
        "兴安盟国有资产监督管理委员会",
    )
    GOVERNMENT = "government", "盟行署", "行署", "盟行政公署", "兴安盟行署", "兴安盟行政公署"


class ApprovalDecision(Choice):
    APPROVED = "approved", "同意", "批准", "通过", "核准", "已同意", "已批准", "已核准", "审核通过"
    REJECTED = (
        "rejected",
        "不同意",
        "不批准",
        "不通过",
        "不予同意",
        "不予批准",
        "不予核准",
        "审核不通过",
        "否决",
    )
    PENDING = "pending", "办理中", "在办", "审核中", "审批中", "正在办理"


class Document(Choice):
    APPLICATION = "application", "申请核准的请示", "核准请示", "申请核准请示", "核准申请请示"
    FEASIBILITY_STUDY = "feasibility_study", "可行性研究报告", "可研报告", "可研", "可行性研究"
    LEGAL_OPINION = "legal_opinion", "法律意见书", "法律意见"
    RESOLUTION = (
        "resolution",
        "股东会或董事会决议",
        "股东会决议",
        "股东大会决议",
        "董事会决议",
        "股东会(董事会)决议",
        "股东会/董事会决议",
    )
    PARTY_MINUTES = (
        "party_minutes",
        "党组织会议纪要",
        "党委会议纪要",
        "党委会纪要",
        "党委会会议纪要",
        "党组会议纪要",
        "党总支会议纪要",
        "党支部会议纪要",
    )
    DUE_DILIGENCE = "due_diligence", "尽职调查报告", "尽调报告", "尽职调查"
    FINANCIAL_AUDIT = "financial_audit", "财务审计报告", "审计报告", "财务审计"
    ASSET_VERIFICATION = "asset_verification", "资产核资报告", "清产核资报告", "资产核资", "清产核资"
    ASSET_APPRAISAL = "asset_appraisal", "资产评估报告", "评估报告", "资产评估"


class RepaymentSource(Choice):
    OPERATIONS = "operations", "经营收入", "营业收入", "经营性收入", "自有经营收入", "经营活动现金流"
    REFINANCING = "refinancing", "再融资", "借新还旧"
    ASSET_SALE = "asset_sale", "资产处置", "处置资产", "资产处置收入", "资产出售"
    FISCAL = "fiscal", "财政收入", "财政资金", "财政性资金", "财政拨款", "财政预算资金"
    GOVERNMENT_PAYMENT = "government_payment", "政府付费", "政府购买服务", "政府回购", "PPP"
    OTHER = "other", "其他", "其它"


class Header(Form):
    """填报信息"""

    also: ClassVar[str] = "填报基本信息 基本信息 填报单位信息 报送信息 封面"

    id: Identifier | None = optional(
        "填报编号", "by default the file's name without its ending", also="填报单号 报表编号"
    )
    group_code: FirmCode = required(
        "集团统一社会信用代码",
        also=(
            "集团代码 集团社会信用代码 集团公司统一社会信用代码 企业集团统一社会信用代码 "
            "填报单位统一社会信用代码 统一社会信用代码"
        ),
    )
    group_name: FreeText = required(
        "集团名称",
        also="集团公司名称 企业集团名称 填报单位 填报单位名称 填报企业 报送单位 编制单位",
    )
    year: Whole = required("填报年度", also="年度 所属年度 报告年度 填报年份 报送年度 报表年度")
    reference_date: Day = required(
        "数据截止日",
        "balances, shareholdings and flags are stated at this date",
        also="数据截止日期 数据截止时间 数据截至日 数据截至日期 数据基准日 数据时点 统计截止日",
    )
    filed_on: Day | None = optional(
        "填报日期",
        "when the filing was made up; it can't show what fell due later",
        also="填表日期 填报时间 报送日期 编制日期 上报日期",
    )
    jurisdiction: FreeText | None = optional(
        "监管机构", also="监管单位 国资监管机构 主管国资监管机构 履行出资人职责机构 出资人机构"
    )
    unit: Unit | None = optional("金额单位", "万元 where blank", also="货币单位 计量单位 金额计量单位")


class Entity(Form):
    """企业名录"""

    also: ClassVar[str] = "企业名单 企业清单 所属企业名录 所属企业名单 子企业名录 企业基本情况"

    code: FirmCode = required(
        "统一社会信用代码",
        also=(
            "社会信用代码 信用代码 统一信用代码 企业代码 企业统一社会信用代码 单位代码 公司代码 "
            "企业社会信用代码"
        ),
    )
    name: FreeText = required(
        "企业名称", also="单位名称 公司名称 企业全称 企业(公司)名称 子企业名称 所属企业名称"
    )
    level: Level | None = optional(
        "管理级次", "1 is a first-level enterprise (一级企业)", also="管理层级 企业管理级次 所属管理级次"
    )
    key_subsidiary: Flag | None = optional(
        "是否重要子企业", also="重要子企业 是否为重要子企业 是否重要子公司 重要子公司"
    )
    consolidated: Flag | None = optional(
        "是否纳入合并范围",
        also=(
            "是否并表 是否并表企业 是否合并报表 是否纳入合并 是否纳入合并报表 是否纳入合并报表范围 "
            "纳入合并范围"
        ),
    )
    going_concern: Flag | None = optional(
        "是否具备持续经营能力", also="持续经营能力 是否有持续经营能力 是否具有持续经营能力"
    )
    solvent: Flag | None = optional("是否具备偿债能力", also="偿债能力 是否有偿债能力 是否具有偿债能力")
    guarantee_licence: Identifier | None = optional(
        "融资担保经营许可证号",
        also=(
            "融资担保许可证号 融资担保业务经营许可证号 融资担保业务经营许可证编号 "
            "融资性担保机构经营许可证号 担保经营许可证号"
        ),
    )
    guarantee_licence_until: Day | None = optional(
        "许可证有效期至", also="许可证到期日 许可证到期日期 许可证截止日期"
    )
    financial: Flag | None = optional("是否金融企业", also="金融企业 是否为金融企业 是否属于金融企业")


class Holding(Form):
    """股权结构"""

    also: ClassVar[str] = "股权关系 股权情况 股权架构 股权结构情况 出资关系 持股情况 产权结构"

    holder_code: FirmCode = required(
        "出资人代码",
        also=(
            "出资人统一社会信用代码 出资企业统一社会信用代码 出资企业代码 出资单位统一社会信用代码 "
            "出资单位代码 出资方统一社会信用代码 出资方代码 投资方统一社会信用代码 投资方代码 "
            "投资人统一社会信用代码 投资人代码 股东统一社会信用代码 股东代码 投资企业统一社会信用代码 "
            "投资企业代码"
        ),
    )
    holder_name: FreeText | None = optional(
        "出资人名称",
        also=(
            "出资人 出资企业 出资企业名称 出资单位 出资单位名称 出资方 出资方名称 股东 股东名称 投资方 "
            "投资方名称 投资人 投资人名称 投资企业名称"
        ),
    )
    investee_code: FirmCode = required(
        "被投资企业代码",
        also=(
            "被投资企业统一社会信用代码 被投资单位统一社会信用代码 被投资单位代码 "
            "被投资公司统一社会信用代码 被投资公司代码 被投资方统一社会信用代码 被投资方代码 "
            "被出资企业统一社会信用代码 被出资企业代码 标的企业统一社会信用代码 标的企业代码"
        ),
    )
    investee_name: FreeText | None = optional(
        "被投资企业名称",
        also=(
            "被投资企业 被投资单位 被投资单位名称 被投资公司 被投资公司名称 被投资方 被投资方名称 "
            "被出资企业 被出资企业名称 标的企业名称"
        ),
    )
    ratio: Ratio | None = optional(
        "持股比例",
        "blank: a stake of unknown size",
        also="股权比例 持股比率 占股比例 股比 持股占比 持有股权比例 直接持股比例 出资比例",
    )
    voting_ratio: Ratio | None = optional(
        "表决权比例",
        "blank: equal to the shareholding",
        also="表决权占比 投票权比例 表决权比率 享有表决权比例",
    )


class Financials(Form):
    """财务数据"""

    also: ClassVar[str] = "财务指标 主要财务指标 主要财务数据 财务情况 财务状况 财务信息"

    code: FirmCode = required(
        "统一社会信用代码",
        also=(
            "社会信用代码 信用代码 统一信用代码 企业代码 企业统一社会信用代码 单位代码 公司代码 "
            "企业社会信用代码"
        ),
    )
    year: Whole = required(
        "会计年度", "the year that ends on 31 December", also="年度 报表年度 财务年度 年份 决算年度"
    )
    net_assets: Money | None = optional(
        "净资产",
        "the entity's own statements",
        may_be_negative=True,
        also="单体净资产 净资产(单体) 本部净资产 净资产(本部) 净资产额 净资产总额",
    )
    consolidated_net_assets: Money | None = optional(
        "合并净资产",
        "consolidated statements, minority interests included",
        may_be_negative=True,
        also="净资产(合并) 合并报表净资产 合并口径净资产 合并净资产总额 合并所有者权益 合并所有者权益合计",
    )
    attributable_net_assets: Money | None = optional(
        "归母净资产",
        "consolidated net assets attributable to the parent",
        may_be_negative=True,
        also=(
            "归属于母公司净资产 归属母公司净资产 归属于母公司所有者的净资产 归属于母公司所有者权益 "
            "归属于母公司所有者权益合计 归属母公司所有者权益 归母所有者权益"
        ),
    )
    total_assets: Money | None = optional("资产总额", also="资产总计 总资产 资产合计")
    total_liabilities: Money | None = optional("负债总额", also="负债合计 总负债 负债总计")
    net_profit: Money | None = optional("净利润", may_be_negative=True, also="净利润额 净利润(净亏损)")
    operating_cash_flow: Money | None = optional(
        "经营活动现金流量净额",
        may_be_negative=True,
        also=(
            "经营活动产生的现金流量净额 经营性现金流量净额 经营活动现金净流量 经营活动现金流净额 "
            "经营性净现金流"
        ),
    )
    audited: Flag | None = optional("是否经审计", also="是否审计 是否已审计 是否经过审计 经审计")


class Plan(Form):
    """投资计划报送"""

    also: ClassVar[str] = "投资计划报送情况 计划报送"

    id: Identifier | None = optional(
        "报送编号", "blank: # and the row's place in the table", also="计划编号 投资计划编号 计划报送编号"
    )
    year: Whole = required("计划年度", also="年度 投资计划年度 所属年度 计划所属年度")
    kind: PlanKind = required("报送类型", also="计划类型 计划类别 报送类别")
    submitted_on: Day | None = optional("报送日期", also="报送时间 上报日期 上报时间 提交日期")
    narrative_attached: Flag | None = optional("是否附文字说明", also="是否附说明 是否附文字说明材料")
    board_resolution_on: Day | None = optional(
        "董事会决议日期", also="董事会决议日 董事会决议时间 董事会审议通过日期"
    )
    decision: PlanDecision | None = optional("审核决定", also="审核结论 审核结果 审核意见")
    decided_on: Day | None = optional("审核决定日期", also="审核日期 审核时间 审核决定时间")


class Project(Form):
    """投资项目"""

    also: ClassVar[str] = "投资项目清单 投资项目台账 投资项目情况 投资项目明细 项目清单 项目台账"

    code: ProjectCode = required("项目编号", also="项目编码 项目代码 投资项目编号 投资项目编码 投资项目代码")
    name: FreeText = required("项目名称", also="投资项目名称 项目全称")
    investor_code: FirmCode = required(
        "投资主体代码",
        also=(
            "投资主体统一社会信用代码 投资单位统一社会信用代码 投资单位代码 投资企业统一社会信用代码 "
            "投资企业代码 投资方统一社会信用代码 投资方代码"
        ),
    )
    plan_year: Whole = required("计划年度", also="年度 投资年度 投资计划年度 计划所属年度")
    amount: Money | None = optional(
        "投资总额",
        "of an equity investment: the investor's own outlay",
        also="总投资 总投资额 项目总投资 项目总投资额 项目投资总额 计划总投资 投资总规模",
    )
    main_business: Flag | None = optional(
        "是否主业", also="是否主业投资 是否属于主业 是否为主业 是否主业项目"
    )
    overseas: Flag | None = optional("是否境外", also="是否境外投资 是否为境外 是否境外项目 是否属于境外投资")
    kind: ProjectKind | None = optional("投资类型", also="投资方式 投资类别")
    in_plan: Flag | None = optional(
        "是否纳入年度计划",
        also="是否列入年度计划 是否纳入年度投资计划 是否列入年度投资计划 是否计划内 是否纳入计划",
    )
    internal_decision_on: Day | None = optional(
        "内部决策日期", also="内部决策时间 企业内部决策日期 内部决策完成日期 内部决策通过日期"
    )
    started_on: Day | None = optional(
        "实施日期",
        "the first commitment: contract, payment or ground broken",
        also="实施时间 开始实施日期 项目实施日期",
    )
    completed_on: Day | None = optional(
        "完成日期", also="完成时间 实际完成日期 项目完成日期 完工日期 竣工日期 竣工时间"
    )
    terminated_on: Day | None = optional("终止日期", "given up", also="终止时间 项目终止日期")
    post_evaluated_on: Day | None = optional(
        "后评价日期", also="后评价时间 后评价完成日期 项目后评价日期 完成后评价日期"
    )


class Approval(Form):
    """核准事项"""

    also: ClassVar[str] = "核准情况 核准台账 核准项目 核准事项台账 项目核准情况"

    id: Identifier | None = optional(
        "核准编号", "blank: # and the row's place in the table", also="核准事项编号"
    )
    project_code: ProjectCode = required(
        "项目编号", also="项目编码 项目代码 投资项目编号 投资项目编码 投资项目代码"
    )
    authority: Authority | None = optional("核准机关", also="核准单位 核准部门")
    applied_on: Day | None = optional("申请日期", also="申请时间 申报日期 申请核准日期")
    accepted_on: Day | None = optional("受理日期", also="受理时间 正式受理日期")
    paused_from: Day | None = optional(
        "补正开始日期", "the clock is stopped from this day ...", also="补正开始时间 补正起始日期 补正起始日"
    )
    paused_until: Day | None = optional(
        "补正完成日期", "... to this day, both included", also="补正完成时间 补正结束日期"
    )
    decided_on: Day | None = optional("办结日期", also="办结时间 办结日 核准日期 核准时间")
    decision: ApprovalDecision | None = optional("核准结论", also="核准结果 核准意见 办理结论 办理结果")
    documents: list[Document] | None = optional(
        "材料清单",
        "in forms labels separated by 、 ; or ，",
        also="申报材料 申报材料清单 报送材料 报送材料清单 材料目录",
    )


class InvestmentReport(Form):
    """投资完成季报"""

    also: ClassVar[str] = "投资完成情况 季度投资完成情况 投资完成情况季报 投资季报"

    project_code: ProjectCode = required(
        "项目编号", also="项目编码 项目代码 投资项目编号 投资项目编码 投资项目代码"
    )
    year: Whole = required("年度", also="所属年度 报告年度 填报年度 统计年度")
    quarter: Quarter = required("季度", also="所属季度 报告季度 填报季度 统计季度")
    submitted_on: Day | None = optional("报送日期", also="报送时间 上报日期 上报时间 提交日期")
    completed_amount: Money | None = optional(
        "累计完成投资",
        also=(
            "累计完成投资额 累计完成投资总额 累计已完成投资 累计已完成投资额 开工以来累计完成投资 "
            "自开工累计完成投资"
        ),
    )


class Guarantee(Form):
    """担保台账"""

    also: ClassVar[str] = (
        "担保情况 担保明细 担保清单 担保业务台账 对外担保 对外担保台账 对外担保情况 对外担保明细 融资担保台账"
    )

    id: Identifier | None = optional(
        "担保编号",
        "blank: # and the row's place in the table",
        also="担保合同编号 担保事项编号 担保业务编号 担保台账编号",
    )
    guarantor_code: FirmCode = required(
        "担保人代码",
        also=(
            "担保人统一社会信用代码 担保单位统一社会信用代码 担保单位代码 担保方统一社会信用代码 "
            "担保方代码 担保企业统一社会信用代码 担保企业代码 担保主体统一社会信用代码 担保主体代码 "
            "担保公司统一社会信用代码 担保公司代码 保证人统一社会信用代码 保证人代码"
        ),
    )
    guarantor_name: FreeText | None = optional(
        "担保人名称",
        also=(
            "担保人 担保单位 担保单位名称 担保方 担保方名称 担保方公司名称 担保主体 担保主体名称 担保企业 "
            "担保企业名称 担保公司 担保公司名称 保证人 保证人名称"
        ),
    )
    beneficiary_code: FirmCode = required(
        "被担保人代码",
        also=(
            "被担保人统一社会信用代码 被担保单位统一社会信用代码 被担保单位代码 被担保方统一社会信用代码 "
            "被担保方代码 被担保企业统一社会信用代码 被担保企业代码 被担保公司统一社会信用代码 "
            "被担保公司代码"
        ),
    )
    beneficiary_name: FreeText | None = optional(
        "被担保人名称",
        also=(
            "被担保人 被担保单位 被担保单位名称 被担保方 被担保方名称 被担保企业 被担保企业名称 被担保公司 "
            "被担保公司名称"
        ),
    )
    creditor: Identifier | None = optional(
        "债权人", also="债权人名称 债权人/银行 债权银行 债权单位 债权方 贷款银行"
    )
    debt_id: Identifier | None = optional(
        "主债务合同编号", also="主合同编号 主合同号 主债务合同号 主债权合同编号 借款合同编号 贷款合同编号"
    )
    debt_balance: Money | None = optional(
        "主债务余额", also="主债权余额 主债务期末余额 被担保债务余额 主合同余额"
    )
    amount: Money | None = optional("担保金额", also="担保合同金额 担保总金额")
    balance: Money | None = optional(
        "担保余额",
        also="实际担保余额 期末担保余额 担保期末余额 担保责任余额 实际担保责任余额 当前担保余额 在保余额",
    )
    form: Identifier | None = optional(
        "担保方式", "surety, mortgage, pledge, shortfall undertaking (差额补足) ...", also="担保形式"
    )
    signed_on: Day | None = optional(
        "签署日期",
        also=(
            "签署日 签署时间 签订日期 签订时间 协议签署日 担保签署日期 合同签订日期 担保合同签署日期 "
            "担保合同签订日期"
        ),
    )
    expires_on: Day | None = optional(
        "到期日期", also="到期日 到期时间 担保到期日 担保到期日期 担保到期时间 担保截止日 担保截止日期"
    )
    released_on: Day | None = optional("解除日期", also="解除时间 担保解除日期 担保责任解除日期 解保日期")
    board_resolution_on: Day | None = optional(
        "内部决策日期", also="内部决策时间 董事会决议日期 内部决策通过日期"
    )
    group_approved_on: Day | None = optional(
        "集团审批日期", also="集团审批时间 集团批准日期 集团批复日期 集团公司审批日期"
    )
    counter_guarantee: Money | None = optional("反担保金额", also="反担保额 反担保总额")
    licensed_business: Flag | None = optional(
        "是否融资担保主营业务", also="是否融资担保业务 是否为融资担保主营业务 是否融资性担保主营业务"
    )
    home_buyers: Flag | None = optional(
        "是否购房人阶段性担保", also="是否为购房人阶段性担保 是否购房阶段性担保 是否商品房购房人阶段性担保"
    )


class FinancingReport(Form):
    """融资季报"""

    also: ClassVar[str] = "融资情况季报 融资季度报告 季度融资情况"

    year: Whole = required("年度", also="所属年度 报告年度 填报年度 统计年度")
    quarter: Quarter = required("季度", also="所属季度 报告季度 填报季度 统计季度")
    submitted_on: Day | None = optional("报送日期", also="报送时间 上报日期 上报时间 提交日期")
    total_balance: Money | None = optional(
        "融资余额合计", also="融资总余额 融资余额总计 融资余额总额 期末融资余额合计"
    )
    ceiling: Money | None = optional(
        "融资总量上限", also="融资上限 融资总额上限 年度融资总量上限 融资总量控制上限"
    )
    details_attached: Flag | None = optional(
        "是否附还本付息明细", also="是否附还本付息明细表 是否附还本付息表"
    )


class Debt(Form):
    """融资明细"""

    also: ClassVar[str] = "融资台账 融资情况明细 融资余额明细 债务明细 债务台账 有息债务明细 借款明细"

    id: Identifier | None = optional(
        "融资合同编号",
        "blank: # and the row's place in the table",
        also="合同编号 融资编号 融资合同号 借款合同编号 贷款合同编号",
    )
    borrower_code: FirmCode = required(
        "借款人代码",
        also=(
            "借款人统一社会信用代码 融资主体统一社会信用代码 融资主体代码 融资单位统一社会信用代码 "
            "融资单位代码 融资企业统一社会信用代码 融资企业代码 借款单位统一社会信用代码 借款单位代码 "
            "借款企业统一社会信用代码 借款企业代码 债务人统一社会信用代码 债务人代码"
        ),
    )
    lender: FreeText | None = optional(
        "债权人", also="债权人名称 金融机构 金融机构名称 贷款银行 债权银行 融资机构 出借人 贷款人"
    )
    balance: Money | None = optional(
        "融资余额", also="期末融资余额 融资本金余额 贷款余额 借款余额 期末借款余额 未还本金"
    )
    due_on: Day | None = optional(
        "到期日期", also="到期日 到期时间 合同到期日 融资到期日 借款到期日 贷款到期日"
    )
    for_government: Flag | None = optional(
        "是否为政府举债", also="是否政府举债 是否替政府举债 是否代政府举债 是否为政府融资"
    )
    repayment_source: RepaymentSource | None = optional(
        "还款来源",
        "any fiscal part: fiscal; purchased services, PPP, buy-back: government_payment",
        also="还款资金来源 偿债资金来源 偿债来源 还本付息资金来源",
    )


class ExceptionApproval(Form):
    """例外批准"""

    also: ClassVar[str] = "例外批准事项 例外批准情况 例外事项批准"

    rule: Identifier = required("规则编号", also="规则代码")
    subject: Identifier = required("对象编号", also="适用对象编号 对象代码")
    approval_no: Identifier = required("批准文号", also="批复文号 批准文件号 批准文件文号")
    approver: FreeText | None = optional("批准机关", also="批准单位 批准部门 批复机关")
    approved_on: Day | None = optional("批准日期", also="批准时间 批复日期")
    up_to: Money | None = optional("批准上限", also="批准金额上限 批准额度上限")
    expires_on: Day | None = optional("有效期至", also="有效期截止日 有效截止日期")
    reason: FreeText | None = optional("理由", also="批准理由 事由")


class Explanation(Form):
    """审核说明"""

    also: ClassVar[str] = "审核情况说明 问题说明"

    fingerprint: Identifier = required("问题指纹")
    text: FreeText = required("说明", also="说明内容 审核说明 情况说明 企业说明")
    measured: FreeText | None = optional(
        "所述数值", "the compared value that the explanation speaks of", also="对应数值"
    )
    by: FreeText | None = optional("说明人", also="填写人")
    written_on: Day | None = optional("日期", also="说明日期 填写日期")


FORMS: Mapping[str, type[Form]] = {
    "filing": Header,
    "entities": Entity,
    "holdings": Holding,
    "financials": Financials,
    "plans": Plan,
    "projects": Project,
    "approvals": Approval,
    "investment_reports": InvestmentReport,
    "guarantees": Guarantee,
    "financing_reports": FinancingReport,
    "debts": Debt,
    "exceptions": ExceptionApproval,
    "explanations": Explanation,
}
"""The forms by their keys: who files, for which year, at which date; then the tables."""

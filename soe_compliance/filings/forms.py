"""The forms of a filing, declared once: models, header matching, JSON Schema and field guide come from here.

A filing is one workbook (a sheet per table), one JSON object (a key per table) or a folder of CSV files. Every
field that is not required may be blank, and blank means "not stated".
"""

from pydantic import BaseModel, ConfigDict, Field

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

    id: Identifier | None = optional("填报编号", "by default the file's name without its ending")
    group_code: FirmCode = required("集团统一社会信用代码")
    group_name: FreeText = required("集团名称")
    year: Whole = required("填报年度")
    reference_date: Day = required("数据截止日", "balances, shareholdings and flags are stated at this date")
    filed_on: Day | None = optional(
        "填报日期", "when the filing was made up; it can't show what fell due later"
    )
    jurisdiction: FreeText | None = optional("监管机构")
    unit: Unit | None = optional("金额单位", "万元 where blank")


class Entity(Form):
    """企业名录"""

    code: FirmCode = required("统一社会信用代码")
    name: FreeText = required("企业名称")
    level: Level | None = optional("管理级次", "1 is a first-level enterprise (一级企业)")
    key_subsidiary: Flag | None = optional("是否重要子企业")
    consolidated: Flag | None = optional("是否纳入合并范围")
    going_concern: Flag | None = optional("是否具备持续经营能力")
    solvent: Flag | None = optional("是否具备偿债能力")
    guarantee_licence: FreeText | None = optional("融资担保经营许可证号")
    guarantee_licence_until: Day | None = optional("许可证有效期至")
    financial: Flag | None = optional("是否金融企业")


class Holding(Form):
    """股权结构"""

    holder_code: FirmCode = required("出资人代码")
    holder_name: FreeText | None = optional("出资人名称")
    investee_code: FirmCode = required("被投资企业代码")
    investee_name: FreeText | None = optional("被投资企业名称")
    ratio: Ratio | None = optional("持股比例", "blank: a stake of unknown size")
    voting_ratio: Ratio | None = optional("表决权比例", "blank: equal to the shareholding")


class Financials(Form):
    """财务数据"""

    code: FirmCode = required("统一社会信用代码")
    year: Whole = required("会计年度", "the year that ends on 31 December")
    net_assets: Money | None = optional("净资产", "the entity's own statements", may_be_negative=True)
    consolidated_net_assets: Money | None = optional(
        "合并净资产", "consolidated statements, minority interests included", may_be_negative=True
    )
    attributable_net_assets: Money | None = optional(
        "归母净资产", "consolidated net assets attributable to the parent", may_be_negative=True
    )
    total_assets: Money | None = optional("资产总额")
    total_liabilities: Money | None = optional("负债总额")
    net_profit: Money | None = optional("净利润", may_be_negative=True)
    operating_cash_flow: Money | None = optional("经营活动现金流量净额", may_be_negative=True)
    audited: Flag | None = optional("是否经审计")


class Plan(Form):
    """投资计划报送"""

    id: Identifier | None = optional("报送编号", "blank: # and the row's place in the table")
    year: Whole = required("计划年度")
    kind: PlanKind = required("报送类型")
    submitted_on: Day | None = optional("报送日期")
    narrative_attached: Flag | None = optional("是否附文字说明")
    board_resolution_on: Day | None = optional("董事会决议日期")
    decision: PlanDecision | None = optional("审核决定")
    decided_on: Day | None = optional("审核决定日期")


class Project(Form):
    """投资项目"""

    code: ProjectCode = required("项目编号")
    name: FreeText = required("项目名称")
    investor_code: FirmCode = required("投资主体代码")
    plan_year: Whole = required("计划年度")
    amount: Money | None = optional("投资总额", "of an equity investment: the investor's own outlay")
    main_business: Flag | None = optional("是否主业")
    overseas: Flag | None = optional("是否境外")
    kind: ProjectKind | None = optional("投资类型")
    in_plan: Flag | None = optional("是否纳入年度计划")
    internal_decision_on: Day | None = optional("内部决策日期")
    started_on: Day | None = optional("实施日期", "the first commitment: contract, payment or ground broken")
    completed_on: Day | None = optional("完成日期")
    terminated_on: Day | None = optional("终止日期", "given up")
    post_evaluated_on: Day | None = optional("后评价日期")


class Approval(Form):
    """核准事项"""

    id: Identifier | None = optional("核准编号", "blank: # and the row's place in the table")
    project_code: ProjectCode = required("项目编号")
    authority: Authority | None = optional("核准机关")
    applied_on: Day | None = optional("申请日期")
    accepted_on: Day | None = optional("受理日期")
    paused_from: Day | None = optional("补正开始日期", "the clock is stopped from this day ...")
    paused_until: Day | None = optional("补正完成日期", "... to this day, both included")
    decided_on: Day | None = optional("办结日期")
    decision: ApprovalDecision | None = optional("核准结论")
    documents: list[Document] | None = optional("材料清单", "in forms labels separated by 、 ; or ，")


class InvestmentReport(Form):
    """投资完成季报"""

    project_code: ProjectCode = required("项目编号")
    year: Whole = required("年度")
    quarter: Quarter = required("季度")
    submitted_on: Day | None = optional("报送日期")
    completed_amount: Money | None = optional("累计完成投资")


class Guarantee(Form):
    """担保台账"""

    id: Identifier | None = optional("担保编号", "blank: # and the row's place in the table")
    guarantor_code: FirmCode = required("担保人代码")
    guarantor_name: FreeText | None = optional("担保人名称")
    beneficiary_code: FirmCode = required("被担保人代码")
    beneficiary_name: FreeText | None = optional("被担保人名称")
    creditor: Identifier | None = optional("债权人")
    debt_id: Identifier | None = optional("主债务合同编号")
    debt_balance: Money | None = optional("主债务余额")
    amount: Money | None = optional("担保金额")
    balance: Money | None = optional("担保余额")
    form: Identifier | None = optional(
        "担保方式", "surety, mortgage, pledge, shortfall undertaking (差额补足) ..."
    )
    signed_on: Day | None = optional("签署日期")
    expires_on: Day | None = optional("到期日期")
    released_on: Day | None = optional("解除日期")
    board_resolution_on: Day | None = optional("内部决策日期")
    group_approved_on: Day | None = optional("集团审批日期")
    counter_guarantee: Money | None = optional("反担保金额")
    licensed_business: Flag | None = optional("是否融资担保主营业务")
    home_buyers: Flag | None = optional("是否购房人阶段性担保")


class FinancingReport(Form):
    """融资季报"""

    year: Whole = required("年度")
    quarter: Quarter = required("季度")
    submitted_on: Day | None = optional("报送日期")
    total_balance: Money | None = optional("融资余额合计")
    ceiling: Money | None = optional("融资总量上限")
    details_attached: Flag | None = optional("是否附还本付息明细")


class Debt(Form):
    """融资明细"""

    id: Identifier | None = optional("融资合同编号", "blank: # and the row's place in the table")
    borrower_code: FirmCode = required("借款人代码")
    lender: FreeText | None = optional("债权人")
    balance: Money | None = optional("融资余额")
    due_on: Day | None = optional("到期日期")
    for_government: Flag | None = optional("是否为政府举债")
    repayment_source: RepaymentSource | None = optional(
        "还款来源", "any fiscal part: fiscal; purchased services, PPP, buy-back: government_payment"
    )


class ExceptionApproval(Form):
    """例外批准"""

    rule: Identifier = required("规则编号")
    subject: Identifier = required("对象编号")
    approval_no: Identifier = required("批准文号")
    approver: FreeText | None = optional("批准机关")
    approved_on: Day | None = optional("批准日期")
    up_to: Money | None = optional("批准上限")
    expires_on: Day | None = optional("有效期至")
    reason: FreeText | None = optional("理由")


class Explanation(Form):
    """审核说明"""

    fingerprint: Identifier = required("问题指纹")
    text: FreeText = required("说明")
    measured: FreeText | None = optional("所述数值", "the compared value that the explanation speaks of")
    by: FreeText | None = optional("说明人")
    written_on: Day | None = optional("日期")


class FilingForm(BaseModel):
    """A filing: who files, for which year, at which date; then a list of rows a table."""

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True, title="soe-compliance filing")

    filing: Header
    entities: list[Entity] | None = Field(default=None)
    holdings: list[Holding] | None = Field(default=None)
    financials: list[Financials] | None = Field(default=None)
    plans: list[Plan] | None = Field(default=None)
    projects: list[Project] | None = Field(default=None)
    approvals: list[Approval] | None = Field(default=None)
    investment_reports: list[InvestmentReport] | None = Field(default=None)
    guarantees: list[Guarantee] | None = Field(default=None)
    financing_reports: list[FinancingReport] | None = Field(default=None)
    debts: list[Debt] | None = Field(default=None)
    exceptions: list[ExceptionApproval] | None = Field(default=None)
    explanations: list[Explanation] | None = Field(default=None)

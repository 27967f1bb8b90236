"""The tables of a filing as the forms print them: sheet titles, column headers, types and labels."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    key: str
    header: str
    kind: str


@dataclass(frozen=True)
class Form:
    key: str
    title: str
    fields: tuple[Field, ...]

    def field(self, key: str) -> Field:
        return next(field for field in self.fields if field.key == key)


def _form(key: str, title: str, text: str) -> Form:
    return Form(key, title, tuple(Field(*item.split(":")) for item in text.split()))


FILING = _form(
    "filing",
    "填报信息",
    "id:填报编号:text group_code:集团统一社会信用代码:code group_name:集团名称:text year:填报年度:int "
    "reference_date:数据截止日:date filed_on:填报日期:date jurisdiction:监管机构:text unit:金额单位:text",
)

FORMS = (
    _form(
        "entities",
        "企业名录",
        "code:统一社会信用代码:code name:企业名称:text level:管理级次:level key_subsidiary:是否重要子企业:flag "
        "consolidated:是否纳入合并范围:flag going_concern:是否具备持续经营能力:flag solvent:是否具备偿债能力:flag "
        "guarantee_licence:融资担保经营许可证号:text guarantee_licence_until:许可证有效期至:date "
        "financial:是否金融企业:flag",
    ),
    _form(
        "holdings",
        "股权结构",
        "holder_code:出资人代码:code holder_name:出资人名称:text investee_code:被投资企业代码:code "
        "investee_name:被投资企业名称:text ratio:持股比例:ratio voting_ratio:表决权比例:ratio",
    ),
    _form(
        "financials",
        "财务数据",
        "code:统一社会信用代码:code year:会计年度:int net_assets:净资产:money "
        "consolidated_net_assets:合并净资产:money attributable_net_assets:归母净资产:money "
        "total_assets:资产总额:money total_liabilities:负债总额:money net_profit:净利润:money "
        "operating_cash_flow:经营活动现金流量净额:money audited:是否经审计:flag",
    ),
    _form(
        "plans",
        "投资计划报送",
        "id:报送编号:text year:计划年度:int kind:报送类型:plan_kind submitted_on:报送日期:date "
        "narrative_attached:是否附文字说明:flag board_resolution_on:董事会决议日期:date "
        "decision:审核决定:plan_decision decided_on:审核决定日期:date",
    ),
    _form(
        "projects",
        "投资项目",
        "code:项目编号:code name:项目名称:text investor_code:投资主体代码:code plan_year:计划年度:int "
        "amount:投资总额:money main_business:是否主业:flag overseas:是否境外:flag kind:投资类型:project_kind "
        "in_plan:是否纳入年度计划:flag internal_decision_on:内部决策日期:date started_on:实施日期:date "
        "completed_on:完成日期:date terminated_on:终止日期:date post_evaluated_on:后评价日期:date",
    ),
    _form(
        "approvals",
        "核准事项",
        "id:核准编号:text project_code:项目编号:code authority:核准机关:authority applied_on:申请日期:date "
        "accepted_on:受理日期:date paused_from:补正开始日期:date paused_until:补正完成日期:date "
        "decided_on:办结日期:date decision:核准结论:approval_decision documents:材料清单:documents",
    ),
    _form(
        "investment_reports",
        "投资完成季报",
        "project_code:项目编号:code year:年度:int quarter:季度:quarter submitted_on:报送日期:date "
        "completed_amount:累计完成投资:money",
    ),
    _form(
        "guarantees",
        "担保台账",
        "id:担保编号:text guarantor_code:担保人代码:code guarantor_name:担保人名称:text "
        "beneficiary_code:被担保人代码:code beneficiary_name:被担保人名称:text creditor:债权人:text "
        "debt_id:主债务合同编号:text debt_balance:主债务余额:money amount:担保金额:money balance:担保余额:money "
        "form:担保方式:text signed_on:签署日期:date expires_on:到期日期:date released_on:解除日期:date "
        "board_resolution_on:内部决策日期:date group_approved_on:集团审批日期:date counter_guarantee:反担保金额:money "
        "licensed_business:是否融资担保主营业务:flag home_buyers:是否购房人阶段性担保:flag",
    ),
    _form(
        "financing_reports",
        "融资季报",
        "year:年度:int quarter:季度:quarter submitted_on:报送日期:date total_balance:融资余额合计:money "
        "ceiling:融资总量上限:money details_attached:是否附还本付息明细:flag",
    ),
    _form(
        "debts",
        "融资明细",
        "id:融资合同编号:text borrower_code:借款人代码:code lender:债权人:text balance:融资余额:money "
        "due_on:到期日期:date for_government:是否为政府举债:flag repayment_source:还款来源:repayment_source",
    ),
    _form(
        "exceptions",
        "例外批准",
        "rule:规则编号:text subject:对象编号:text approval_no:批准文号:text approver:批准机关:text "
        "approved_on:批准日期:date up_to:批准上限:money expires_on:有效期至:date reason:理由:text",
    ),
)

LABELS: dict[str, dict[str, str]] = {
    "plan_kind": {
        "annual": "年度投资计划",
        "regular_adjustment": "年中调整",
        "government": "政府性项目调整",
        "venture": "创业投资项目调整",
        "emergency": "紧急事项调整",
        "special": "特殊情况调整",
    },
    "plan_decision": {"approved": "同意", "rejected": "不同意", "pending": "待定"},
    "project_kind": {
        "fixed_asset": "固定资产投资",
        "equity": "股权投资",
        "new_company": "现金新设企业",
        "other": "其他",
    },
    "authority": {"sasac": "盟国资委", "government": "盟行署"},
    "approval_decision": {"approved": "同意", "rejected": "不同意", "pending": "办理中"},
    "documents": {
        "application": "申请核准的请示",
        "feasibility_study": "可行性研究报告",
        "legal_opinion": "法律意见书",
        "resolution": "股东会或董事会决议",
        "party_minutes": "党组织会议纪要",
        "due_diligence": "尽职调查报告",
        "financial_audit": "财务审计报告",
        "asset_verification": "资产核资报告",
        "asset_appraisal": "资产评估报告",
    },
    "repayment_source": {
        "operations": "经营收入",
        "refinancing": "再融资",
        "asset_sale": "资产处置",
        "fiscal": "财政收入",
        "government_payment": "政府付费",
        "other": "其他",
    },
}

FORM_BY_KEY = {form.key: form for form in FORMS}

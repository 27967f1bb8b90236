"""Which function evaluates which kind of check."""

from collections.abc import Callable, Mapping
from typing import Any

from soe_compliance.checks import consistency, signs
from soe_compliance.checks.approvals import check_approval, check_approval_first
from soe_compliance.checks.attachments import check_attached
from soe_compliance.checks.caps import check_cap
from soe_compliance.checks.counts import check_count
from soe_compliance.checks.deadlines import check_dated_by, check_filed_by
from soe_compliance.checks.documents import check_documents
from soe_compliance.checks.flags import (
    check_field_limit,
    check_flag,
    check_listed_value,
    check_project_flag,
)
from soe_compliance.checks.orders import check_decided_internally, check_in_order
from soe_compliance.checks.relations import check_relation
from soe_compliance.checks.series import check_follow_up, check_report_series
from soe_compliance.checks.shares import check_share
from soe_compliance.checks.situation import Situation
from soe_compliance.checks.verdicts import NONE, Verdicts
from soe_compliance.checks.viability import (
    check_beneficiary_flag,
    check_beneficiary_ratio,
    check_licensed,
    check_viable,
)
from soe_compliance.checks.web import check_cycles, check_split
from soe_compliance.checks.working_days import check_working_days
from soe_compliance.law import kinds

_EVALUATORS: Mapping[type[kinds.Kind], Callable[[Situation, Any], Verdicts]] = {
    kinds.FiledBy: check_filed_by,
    kinds.DatedBy: check_dated_by,
    kinds.CountLimit: check_count,
    kinds.Attached: check_attached,
    kinds.InOrder: check_in_order,
    kinds.FlagIs: check_flag,
    kinds.ProjectFlag: check_project_flag,
    kinds.ApprovalRequired: check_approval,
    kinds.ApprovalFirst: check_approval_first,
    kinds.Documents: check_documents,
    kinds.WorkingDays: check_working_days,
    kinds.DecidedInternally: check_decided_internally,
    kinds.ReportSeries: check_report_series,
    kinds.FollowUp: check_follow_up,
    kinds.Relation: check_relation,
    kinds.ShareLimit: check_share,
    kinds.Cap: check_cap,
    kinds.Viable: check_viable,
    kinds.BeneficiaryFlag: check_beneficiary_flag,
    kinds.BeneficiaryRatio: check_beneficiary_ratio,
    kinds.Licensed: check_licensed,
    kinds.FieldLimit: check_field_limit,
    kinds.FieldExcess: signs.check_field_excess,
    kinds.ListedValue: check_listed_value,
    kinds.Cycles: check_cycles,
    kinds.SplitProjects: check_split,
    kinds.UniqueKey: consistency.check_unique_key,
    kinds.References: consistency.check_references,
    kinds.ValueRange: consistency.check_value_range,
    kinds.ParentListed: consistency.check_parent_listed,
    kinds.CheckCharacter: signs.check_check_character,
    kinds.HoldingsTotal: signs.check_holdings_total,
    kinds.DateOrder: signs.check_date_order,
    kinds.OneBalance: signs.check_one_balance,
    kinds.GuaranteeState: signs.check_guarantee_state,
    kinds.Unconsolidated: signs.check_unconsolidated,
}


_OF_ROWS = (
    kinds.DatedBy,
    kinds.Attached,
    kinds.InOrder,
    kinds.FlagIs,
    kinds.Documents,
    kinds.WorkingDays,
    kinds.FieldLimit,
    kinds.ListedValue,
)
"""Kinds that give outcomes for rows of one table alone; where it holds none there is nothing to judge."""


def evaluate(situation: Situation, check: kinds.Kind) -> Verdicts:
    """The verdicts of one check over a batch."""
    if isinstance(check, _OF_ROWS) and not len(situation.table(check.rows.table)):
        return NONE
    return _EVALUATORS[type(check)](situation, check)

"""Which function evaluates which kind of check."""

from collections.abc import Callable, Mapping
from typing import Any

from soe_compliance.checks.approvals import check_approval, check_approval_first
from soe_compliance.checks.caps import check_cap
from soe_compliance.checks.consistency import (
    check_parent_listed,
    check_references,
    check_unique_key,
    check_value_range,
)
from soe_compliance.checks.counts import check_count
from soe_compliance.checks.deadlines import check_dated_by, check_filed_by
from soe_compliance.checks.relations import check_relation
from soe_compliance.checks.shares import check_share
from soe_compliance.checks.situation import Situation
from soe_compliance.checks.verdicts import Verdicts
from soe_compliance.checks.working_days import check_working_days
from soe_compliance.law import kinds

_EVALUATORS: Mapping[type[kinds.Kind], Callable[[Situation, Any], Verdicts]] = {
    kinds.FiledBy: check_filed_by,
    kinds.DatedBy: check_dated_by,
    kinds.CountLimit: check_count,
    kinds.ApprovalRequired: check_approval,
    kinds.ApprovalFirst: check_approval_first,
    kinds.WorkingDays: check_working_days,
    kinds.Relation: check_relation,
    kinds.ShareLimit: check_share,
    kinds.Cap: check_cap,
    kinds.UniqueKey: check_unique_key,
    kinds.References: check_references,
    kinds.ValueRange: check_value_range,
    kinds.ParentListed: check_parent_listed,
}


def evaluate(situation: Situation, check: kinds.Kind) -> Verdicts:
    """The verdicts of one check over a batch."""
    return _EVALUATORS[type(check)](situation, check)

"""The kinds of checks and their parameters: a closed set, each evaluated by one module of `checks`.

A parameter may be given as a reading, `{reading: KEY}`, which becomes the option that is in force, or as
`{reading: KEY, options: {OPTION: VALUE}}`, which becomes that option's value; both are resolved before these models
see them.
"""

from typing import Annotated, TypeAlias

from pydantic import Field

from soe_compliance.law.kinds.base import Kind, Rows, Selection, Strict
from soe_compliance.law.kinds.guarantees import (
    BeneficiaryFlag,
    BeneficiaryRatio,
    Cap,
    Covered,
    Cycles,
    GuaranteeState,
    Licensed,
    OneBalance,
    Relation,
    ShareLimit,
    Viable,
)
from soe_compliance.law.kinds.projects import (
    ApprovalFirst,
    ApprovalRequired,
    DecidedInternally,
    Documents,
    SplitProjects,
    WorkingDays,
)
from soe_compliance.law.kinds.rows import (
    CheckCharacter,
    DateOrder,
    DatePair,
    FieldExcess,
    FieldLimit,
    FlagIs,
    HoldingsTotal,
    ListedValue,
    ParentListed,
    ProjectFlag,
    References,
    ReferenceTarget,
    Unconsolidated,
    UniqueKey,
    ValueRange,
)
from soe_compliance.law.kinds.time import (
    Attached,
    AwaitedDecision,
    CountLimit,
    DatedBy,
    FiledBy,
    FollowUp,
    InOrder,
    ReportSeries,
)

AnyKind: TypeAlias = Annotated[
    FiledBy
    | DatedBy
    | CountLimit
    | Attached
    | InOrder
    | FlagIs
    | ProjectFlag
    | ApprovalRequired
    | ApprovalFirst
    | Documents
    | WorkingDays
    | DecidedInternally
    | ReportSeries
    | FollowUp
    | Relation
    | ShareLimit
    | Cap
    | Viable
    | BeneficiaryFlag
    | BeneficiaryRatio
    | Licensed
    | FieldLimit
    | FieldExcess
    | ListedValue
    | Cycles
    | SplitProjects
    | UniqueKey
    | References
    | ValueRange
    | ParentListed
    | CheckCharacter
    | HoldingsTotal
    | DateOrder
    | OneBalance
    | GuaranteeState
    | Unconsolidated,
    Field(discriminator="kind"),
]

__all__ = [
    "AnyKind",
    "ApprovalFirst",
    "ApprovalRequired",
    "Attached",
    "AwaitedDecision",
    "BeneficiaryFlag",
    "BeneficiaryRatio",
    "Cap",
    "CheckCharacter",
    "CountLimit",
    "Covered",
    "Cycles",
    "DateOrder",
    "DatePair",
    "DatedBy",
    "DecidedInternally",
    "Documents",
    "FieldExcess",
    "FieldLimit",
    "FiledBy",
    "FlagIs",
    "FollowUp",
    "GuaranteeState",
    "HoldingsTotal",
    "InOrder",
    "Kind",
    "Licensed",
    "ListedValue",
    "OneBalance",
    "ParentListed",
    "ProjectFlag",
    "ReferenceTarget",
    "References",
    "Relation",
    "ReportSeries",
    "Rows",
    "Selection",
    "ShareLimit",
    "SplitProjects",
    "Strict",
    "Unconsolidated",
    "UniqueKey",
    "ValueRange",
    "Viable",
    "WorkingDays",
]

"""The kinds of checks and their parameters: a closed set, each evaluated by one module of `checks`.

A parameter may be given as a reading, `{reading: KEY}`, which becomes the option that is in force, or as
`{reading: KEY, options: {OPTION: VALUE}}`, which becomes that option's value; both are resolved before these models
see them.
"""

from datetime import date
from fractions import Fraction
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

from soe_compliance.domain.outcomes import Outcome
from soe_compliance.filings.tables import TABLES


def _fraction(value: object) -> object:
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        try:
            return Fraction(value)
        except ZeroDivisionError:
            raise ValueError(f"{value} divides by 0") from None
    return value


Factor: TypeAlias = Annotated[
    Fraction, BeforeValidator(_fraction), PlainSerializer(str), Field(json_schema_extra={"type": "string"})
]
"""A fraction such as 2/5; written so, never as a binary number."""


class Strict(BaseModel):
    """A part of a ruleset: unknown keys are refused, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Kind(Strict):
    """Parameters of a check.

    `leans_on` names the shared terms of the ruleset that every check of the kind uses, `reaches` the outcomes that
    it can give (a waiver aside).
    """

    leans_on: ClassVar[tuple[str, ...]] = ()
    reaches: ClassVar[tuple[Outcome, ...]] = (Outcome.FAIL,)

    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes that this check can give (a waiver aside)."""
        return self.reaches

    def terms(self) -> tuple[str, ...]:
        """The shared terms that this check uses, a category as `categories.NAME`."""
        return (*self.leans_on, *(f"categories.{name}" for name in self.category_names()))

    def category_names(self) -> tuple[str, ...]:
        """The categories of projects that this check asks for."""
        return ()


_JUDGED = (Outcome.FAIL, Outcome.UNKNOWN, Outcome.PASS)
_DUE = (Outcome.FAIL, Outcome.PENDING, Outcome.UNKNOWN, Outcome.PASS, Outcome.NOT_APPLICABLE)


class Rows(Strict):
    """Which rows of a table: listed values that a field must have, and must not have (blank has none)."""

    table: str
    where: dict[str, list[str]] = {}
    unless: dict[str, list[str]] = {}
    of_year: str | None = Field(default=None, description="the field that must equal the filing's year")

    @model_validator(mode="after")
    def _fields_exist(self) -> "Rows":
        form = TABLES.get(self.table)
        if form is None:
            raise ValueError(f"there is no table {self.table}; tables are {', '.join(TABLES)}")
        for key, values in [*self.where.items(), *self.unless.items()]:
            field = form.fields.get(key)
            if field is None or field.choices is None:
                raise ValueError(f"{self.table} has no listed values in a field {key}")
            unknown = set(values) - {choice.value for choice in field.choices}
            if unknown:
                raise ValueError(f"{self.table}.{key} has no value {', '.join(sorted(unknown))}")
        if self.of_year is not None and self.of_year not in form.fields:
            raise ValueError(f"{self.table} has no field {self.of_year}")
        return self


class Selection(Strict):
    """Which guarantees a rule looks at, beside those in force."""

    signed_in_year: bool = Field(
        default=False, description="also those signed in the filing's year, whatever became of them"
    )
    any_guarantor: bool = Field(
        default=False, description="also those whose guarantor is outside the scope of consolidation"
    )
    leave_out_licensed: bool = True
    leave_out_home_buyers: bool = True


class FiledBy(Kind):
    """A filing has a row whose date is no later than the due day of its year."""

    leans_on = ("deadlines",)
    reaches = _DUE
    kind: Literal["filed_by"]
    rows: Rows
    dated: str
    due: str = Field(description="a name of the ruleset's due dates")
    subject: str = Field(description="what stands before the year in the subject")


class DatedBy(Kind):
    """Each row's date is no later than the due day of its filing's year."""

    leans_on = ("deadlines",)
    reaches = (*_JUDGED, Outcome.NOT_APPLICABLE)
    kind: Literal["dated_by"]
    rows: Rows
    dated: str
    due: str


class CountLimit(Kind):
    """A filing has no more than so many rows."""

    reaches = (Outcome.FAIL, Outcome.PASS)
    kind: Literal["count"]
    rows: Rows
    dated: str = Field(description="rows dated before the regulation was in force are not counted")
    at_most: int = Field(ge=0)
    subject: str


class ApprovalRequired(Kind):
    """A project of a category has an approval before it starts."""

    leans_on = ("control",)
    reaches = _DUE
    kind: Literal["approval"]
    category: str

    def category_names(self) -> tuple[str, ...]:
        return (self.category,)


class ApprovalFirst(Kind):
    """A project that needed an approval and has it did not start before it."""

    leans_on = ("control",)
    reaches = (*_JUDGED, Outcome.NOT_APPLICABLE)
    kind: Literal["approval_first"]
    categories: list[str]

    def category_names(self) -> tuple[str, ...]:
        return tuple(self.categories)


class WorkingDays(Kind):
    """An application is decided within so many working days of its acceptance, pauses left out."""

    leans_on = ("control",)
    reaches = _DUE
    kind: Literal["working_days"]
    rows: Rows
    within: int = Field(gt=0)
    only_category: str | None = Field(description="a category that the project must not be outside")
    older_before: date = Field(
        description="acceptances before this day are older than the regulation, whatever the calendar"
    )

    def category_names(self) -> tuple[str, ...]:
        return (self.only_category,) if self.only_category else ()


_APPROVED = "a day of the guarantee, no later than its signature, on which it was approved all the same"

RelationName: TypeAlias = Literal[
    "self", "upstream", "subsidiary", "participation", "sibling", "group_participation", "unrelated"
]


class Relation(Kind):
    """A guarantee's beneficiary does not stand in one of these relations to its guarantor."""

    leans_on = ("relation", "control", "earlier_guarantees")
    reaches = (*_JUDGED, Outcome.NOT_APPLICABLE)
    kind: Literal["relation"]
    select: Selection
    forbidden: list[RelationName]
    unless_approved: str | None = Field(default=None, description=_APPROVED)


class Covered(Strict):
    """What allows an excess over the share: an approval before the signature, and counter-guarantees that cover it."""

    approved: str
    counter_guarantee: str


class ShareLimit(Kind):
    """Guarantees for one debt of a participation are within the group's share of it."""

    leans_on = ("share", "relation", "control", "earlier_guarantees")
    reaches = _JUDGED
    kind: Literal["share"]
    select: Selection
    relations: list[RelationName]
    unless_covered: Covered | None = None


class Cap(Kind):
    """The sum of guarantees, by what they are summed, is within a part of net assets at the latest year end.

    The base is the guarantor's own for sums by guarantor, else that of the group parent.
    """

    leans_on = ("control",)
    reaches = _JUDGED
    kind: Literal["cap"]
    select: Selection
    by: Literal["group", "guarantor", "beneficiary", "guarantee"]
    factor: Factor = Field(description="the part of the base, as a fraction")
    of: str = Field(description="the field of financials that is the base, at the latest year end")
    audited: bool = Field(default=False, description="only audited statements are a base")
    waiver_up_to: bool = Field(default=False, description="an exception covers the sum up to its up_to")


class Attached(Kind):
    """Each row has its attachment; while the due day has not passed, one that lacks it is pending."""

    leans_on = ("deadlines",)
    reaches = _DUE
    kind: Literal["attached"]
    rows: Rows
    flag: str
    due: str

    def terms(self) -> tuple[str, ...]:
        return (*super().terms(), *(("quarterly",) if self.due == "quarterly" else ()))


class AwaitedDecision(Strict):
    """A decision that is still to come: the field that holds it, and the values that are none yet."""

    field: str
    none_yet: list[str]


class InOrder(Kind):
    """Each row's first day is no later than its second, before which the regulation must have been in force."""

    reaches = (*_JUDGED, Outcome.NOT_APPLICABLE)
    kind: Literal["in_order"]
    rows: Rows
    first: str
    then: str
    awaits: AwaitedDecision | None = None
    select: Selection | None = Field(default=None, description="for guarantees, which of them")

    def outcomes(self) -> tuple[Outcome, ...]:
        return (*self.reaches, Outcome.PENDING) if self.awaits else self.reaches


class FlagIs(Kind):
    """Each row's flag is as it should be."""

    reaches = _JUDGED
    kind: Literal["flag"]
    rows: Rows
    flag: str
    must_be: bool
    begun_by: str | None = Field(default=None, description="only rows with this day stated and reached")


class ProjectFlag(FlagIs):
    """The same of projects whose investor is in the group."""

    leans_on = ("control",)
    kind: Literal["project_flag"]  # type: ignore[assignment]


class Documents(Kind):
    """The file of an application is complete."""

    leans_on = ("control",)
    reaches = _DUE
    kind: Literal["documents"]
    rows: Rows
    category: str
    required: list[str]
    for_kind: dict[str, list[str]] = Field(description="further documents by the project's kind")

    def category_names(self) -> tuple[str, ...]:
        return (self.category,)


class DecidedInternally(Kind):
    """A project of these flags, of an investor below the upper tier, was decided before it started."""

    leans_on = ("control",)
    reaches = _DUE
    kind: Literal["decided_internally"]
    where: dict[str, bool]
    decision: str


class ReportSeries(Kind):
    """A report a quarter, for the group or for each approved project, by its due day."""

    leans_on = ("deadlines", "quarterly")
    reaches = _DUE
    kind: Literal["report_series"]
    table: str
    per: Literal["group", "project"]
    dated: str


class FollowUp(Kind):
    """An approved, completed project is followed up within so many months."""

    reaches = (Outcome.FAIL, Outcome.PENDING, Outcome.UNKNOWN, Outcome.PASS)
    kind: Literal["follow_up"]
    since: str
    done: str
    months: int = Field(gt=0)


class Viable(Kind):
    """A beneficiary is viable: by its flags, its net assets, and years of loss with cash running out."""

    leans_on = ("control",)
    reaches = _JUDGED
    kind: Literal["viable"]
    select: Selection
    flags: list[str]
    not_negative: str
    loss_years: int = Field(gt=0)
    loss_fields: list[str]
    unless_approved: str | None = Field(default=None, description=_APPROVED)


class BeneficiaryFlag(Kind):
    """The beneficiary of a guarantee is not of a kind that must not have one."""

    leans_on = ("control",)
    reaches = _JUDGED
    kind: Literal["beneficiary_flag"]
    select: Selection
    flag: str
    must_be: bool
    unless_approved: str | None = Field(default=None, description=_APPROVED)


class BeneficiaryRatio(Kind):
    """One amount of a beneficiary's statements is within a part of another, at the latest year end."""

    leans_on = ("control",)
    reaches = _JUDGED
    kind: Literal["beneficiary_ratio"]
    select: Selection
    value: str
    of: str
    at_most: Factor


class Licensed(Kind):
    """Guarantees declared as licensed business are that."""

    leans_on = ("tiered",)
    reaches = _JUDGED
    kind: Literal["licensed"]


class FieldLimit(Kind):
    """One amount of a row is no more than another."""

    kind: Literal["field_limit"]
    reaches = (*_JUDGED, Outcome.NOT_APPLICABLE)
    rows: Rows
    value: str
    limit: str


class FieldExcess(Kind):
    """The same as a warning sign: outcomes only for what is found."""

    kind: Literal["field_excess"]
    table: str
    value: str
    limit: str


class ListedValue(Kind):
    """A listed value is none of the forbidden ones; some leave it open."""

    reaches = _JUDGED
    kind: Literal["listed_value"]
    rows: Rows
    field: str
    forbidden: list[str]
    unclear: list[str]


class Cycles(Kind):
    """No firms guarantee, or hold, each other in a ring."""

    leans_on = ("control",)
    kind: Literal["cycles"]
    of: Literal["guarantees", "holdings"]
    select: Selection | None = None


class SplitProjects(Kind):
    """No project of a category is split into parts that each stay below its threshold."""

    leans_on = ("control",)
    kind: Literal["split"]
    category: str

    def category_names(self) -> tuple[str, ...]:
        return (self.category,)


class CheckCharacter(Kind):
    """Credit codes bear the check character of GB 32100."""

    kind: Literal["check_character"]


class HoldingsTotal(Kind):
    """The stakes in a firm come to no more than the whole."""

    leans_on = ("share.rounding",)
    kind: Literal["holdings_total"]
    at_most: Factor


class DatePair(Strict):
    table: str
    later: str
    earlier: str


class DateOrder(Kind):
    """A day that should follow another does."""

    kind: Literal["date_order"]
    pairs: list[DatePair]


class OneBalance(Kind):
    """Guarantees of one debt state one balance of it."""

    kind: Literal["one_balance"]


class GuaranteeState(Kind):
    """No guarantee is in a state that should not be."""

    kind: Literal["guarantee_state"]
    state: Literal["expired", "released", "own_debt"]


class Unconsolidated(Kind):
    """What the parent controls is consolidated."""

    leans_on = ("control",)
    kind: Literal["unconsolidated"]


class UniqueKey(Kind):
    """No two rows of a table share a key."""

    kind: Literal["unique_key"]
    tables: list[str]


class ReferenceTarget(Strict):
    table: str
    field: str
    to: str = Field(description="the table whose key it names")


class References(Kind):
    """A code that a row names is in the table that it names."""

    kind: Literal["references"]
    fields: list[ReferenceTarget]


class ValueRange(Kind):
    """Amounts are not negative, shares lie between 0 and 1 (fields that may be negative are left out)."""

    kind: Literal["value_range"]


class ParentListed(Kind):
    """The group parent has a row in entities."""

    kind: Literal["parent_listed"]


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

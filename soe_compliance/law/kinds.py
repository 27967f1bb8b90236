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
        return Fraction(value)
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

    signed_in_year: bool = Field(default=False, description="also those signed in the filing's year, whatever became of them")
    any_guarantor: bool = Field(default=False, description="also those whose guarantor is outside the scope of consolidation")
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


RelationName: TypeAlias = Literal[
    "self", "upstream", "subsidiary", "participation", "sibling", "group_participation", "unrelated"
]


class Relation(Kind):
    """A guarantee's beneficiary does not stand in one of these relations to its guarantor."""

    leans_on = ("relation", "control", "earlier_guarantees")
    reaches = _JUDGED
    kind: Literal["relation"]
    select: Selection
    forbidden: list[RelationName]


class ShareLimit(Kind):
    """Guarantees for one debt of a participation are within the group's share of it."""

    leans_on = ("share", "relation", "control", "earlier_guarantees")
    reaches = _JUDGED
    kind: Literal["share"]
    select: Selection
    relations: list[RelationName]


class Cap(Kind):
    """The sum of guarantees, of the group or of one guarantor, is within a part of a base."""

    leans_on = ("control",)
    reaches = _JUDGED
    kind: Literal["cap"]
    select: Selection
    by: Literal["group", "guarantor"]
    factor: Factor = Field(description="the part of the base, as a fraction")
    of: str = Field(description="the field of financials that is the base, at the latest year end")
    waiver_up_to: bool = Field(default=False, description="an exception covers the sum up to its up_to")


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
    | ApprovalRequired
    | ApprovalFirst
    | WorkingDays
    | Relation
    | ShareLimit
    | Cap
    | UniqueKey
    | References
    | ValueRange
    | ParentListed,
    Field(discriminator="kind"),
]

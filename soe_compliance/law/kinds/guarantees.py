"""Kinds of checks about guarantees and those that they are for."""

from typing import Literal, TypeAlias

from pydantic import Field, model_validator

from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Text
from soe_compliance.law.kinds.base import JUDGED, Kind, Selection, Strict
from soe_compliance.law.refusals import WrongValue
from soe_compliance.law.values import Factor, Flag, Whole

_APPROVED = "a day of the guarantee, no later than its signature, on which it was approved all the same"

RelationName: TypeAlias = Literal[
    "self", "upstream", "subsidiary", "participation", "sibling", "group_participation", "unrelated"
]


class Relation(Kind):
    """A guarantee's beneficiary does not stand in one of these relations to its guarantor."""

    leans_on = ("relation", "control", "earlier_guarantees")
    reaches = (*JUDGED, Outcome.NOT_APPLICABLE)
    kind: Literal["relation"]
    select: Selection
    forbidden: list[RelationName] = Field(min_length=1)
    unless_approved: str | None = Field(default=None, description=_APPROVED)


class Covered(Strict):
    """What allows an excess over the share: an approval before the signature, and counter-guarantees that cover it."""

    approved: str
    counter_guarantee: str


class ShareLimit(Kind):
    """Guarantees for one debt of a participation are within the group's share of it."""

    leans_on = ("share", "relation", "control", "earlier_guarantees")
    reaches = JUDGED
    kind: Literal["share"]
    select: Selection
    relations: list[RelationName] = Field(min_length=1)
    unless_covered: Covered | None = None


class Cap(Kind):
    """The sum of guarantees, by what they are summed, is within a part of net assets at the latest year end.

    The base is the guarantor's own for sums by guarantor, else that of the group parent.
    """

    leans_on = ("control",)
    reaches = JUDGED
    kind: Literal["cap"]
    select: Selection
    by: Literal["group", "guarantor", "beneficiary", "guarantee"]
    factor: Factor = Field(description="the part of the base, as a fraction")
    of: str = Field(description="the field of financials that is the base, at the latest year end")
    audited: Flag = Field(default=False, description="only audited statements are a base")
    waiver_up_to: Flag = Field(default=False, description="an exception covers the sum up to its up_to")


class Viable(Kind):
    """A beneficiary is viable: by its flags, its net assets, and years of loss with cash running out."""

    leans_on = ("control",)
    reaches = JUDGED
    kind: Literal["viable"]
    select: Selection
    flags: list[str]
    not_negative: str
    loss_years: Whole = Field(gt=0)
    loss_fields: list[str]
    unless_approved: str | None = Field(default=None, description=_APPROVED)


class BeneficiaryFlag(Kind):
    """The beneficiary of a guarantee is not of a kind that must not have one."""

    leans_on = ("control",)
    reaches = JUDGED
    kind: Literal["beneficiary_flag"]
    select: Selection
    flag: str
    must_be: Flag
    unless_approved: str | None = Field(default=None, description=_APPROVED)


class BeneficiaryRatio(Kind):
    """One amount of a beneficiary's statements is within a part of another, at the latest year end."""

    leans_on = ("control",)
    reaches = JUDGED
    kind: Literal["beneficiary_ratio"]
    select: Selection
    value: str
    of: str
    at_most: Factor


class Licensed(Kind):
    """Guarantees declared as licensed business are that."""

    leans_on = ("tiered",)
    reaches = JUDGED
    kind: Literal["licensed"]


class Cycles(Kind):
    """No firms guarantee, or hold, each other in a ring."""

    leans_on = ("control",)
    kind: Literal["cycles"]
    of: Literal["guarantees", "holdings"]
    select: Selection | None = Field(default=None, description="of guarantees, which")

    @model_validator(mode="after")
    def _guarantees_are_selected(self) -> "Cycles":
        if (self.select is not None) != (self.of == "guarantees"):
            raise WrongValue(
                Text(
                    "of为guarantees时须写select，为holdings时不写",
                    "state `select` of guarantees, and none of holdings",
                )
            )
        return self


class OneBalance(Kind):
    """Guarantees of one debt state one balance of it."""

    kind: Literal["one_balance"]


class GuaranteeState(Kind):
    """No guarantee is in a state that should not be."""

    kind: Literal["guarantee_state"]
    state: Literal["expired", "released", "own_debt"]

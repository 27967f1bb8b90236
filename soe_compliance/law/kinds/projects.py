"""Kinds of checks about projects and their approvals."""

from typing import Literal

from pydantic import Field

from soe_compliance.domain.outcomes import Outcome
from soe_compliance.law.kinds.base import DUE, JUDGED, Kind, Rows
from soe_compliance.law.values import Day, Flag, Names, Whole


class ApprovalRequired(Kind):
    """A project of a category has an approval before it starts."""

    leans_on = ("control",)
    reaches = DUE
    kind: Literal["approval"]
    category: str

    def category_names(self) -> tuple[str, ...]:
        return (self.category,)


class ApprovalFirst(Kind):
    """A project that needed an approval and has it did not start before it."""

    leans_on = ("control",)
    reaches = (*JUDGED, Outcome.NOT_APPLICABLE)
    compares_days = True
    kind: Literal["approval_first"]
    categories: Names

    def category_names(self) -> tuple[str, ...]:
        return tuple(self.categories)


class WorkingDays(Kind):
    """An application is decided within so many working days of its acceptance, pauses left out."""

    leans_on = ("control",)
    reaches = DUE
    of_table = "approvals"
    kind: Literal["working_days"]
    rows: Rows
    within: Whole = Field(gt=0)
    only_category: str | None = Field(description="a category that the project must not be outside")
    older_before: Day = Field(
        description="acceptances before this day are older than the regulation, whatever the calendar"
    )

    def category_names(self) -> tuple[str, ...]:
        return (self.only_category,) if self.only_category else ()


class Documents(Kind):
    """The file of an application is complete."""

    leans_on = ("control",)
    reaches = DUE
    of_table = "approvals"
    kind: Literal["documents"]
    rows: Rows
    category: str
    required: Names
    for_kind: dict[str, list[str]] = Field(description="further documents by the project's kind")

    def category_names(self) -> tuple[str, ...]:
        return (self.category,)


class DecidedInternally(Kind):
    """A project of these flags, of an investor below the upper tier, was decided before it started."""

    leans_on = ("control",)
    reaches = DUE
    compares_days = True
    kind: Literal["decided_internally"]
    where: dict[str, Flag] = Field(min_length=1)
    decision: str


class SplitProjects(Kind):
    """No project of a category is split into parts that each stay below its threshold."""

    leans_on = ("control",)
    kind: Literal["split"]
    category: str

    def category_names(self) -> tuple[str, ...]:
        return (self.category,)

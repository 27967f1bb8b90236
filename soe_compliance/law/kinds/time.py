"""Kinds of checks about days: due, in order, every quarter, so many."""

from typing import Literal

from pydantic import Field, model_validator

from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Text
from soe_compliance.law.kinds.base import DUE, JUDGED, Kind, Rows, Selection, Strict
from soe_compliance.law.refusals import WrongValue
from soe_compliance.law.values import Name, Names, Whole


class FiledBy(Kind):
    """A filing has a row whose date is no later than the due day of its year."""

    leans_on = ("deadlines",)
    reaches = DUE
    kind: Literal["filed_by"]
    rows: Rows
    dated: str
    due: str = Field(description="a name of the ruleset's due dates")
    subject: Name = Field(description="what stands before the year in the subject")


class DatedBy(Kind):
    """Each row's date is no later than the due day of its filing's year."""

    leans_on = ("deadlines",)
    reaches = (*JUDGED, Outcome.NOT_APPLICABLE)
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
    at_most: Whole = Field(ge=0)
    subject: Name


class Attached(Kind):
    """Each row has its attachment; while the due day has not passed, one that lacks it is pending."""

    leans_on = ("deadlines",)
    reaches = DUE
    kind: Literal["attached"]
    rows: Rows
    flag: str
    due: str

    def terms(self) -> tuple[str, ...]:
        return (*super().terms(), *(("quarterly",) if self.due == "quarterly" else ()))


class AwaitedDecision(Strict):
    """A decision that is still to come: the field that holds it, and the values that are none yet."""

    field: str
    none_yet: Names


class InOrder(Kind):
    """Each row's first day is no later than its second, before which the regulation must have been in force."""

    reaches = (*JUDGED, Outcome.NOT_APPLICABLE)
    compares_days = True
    kind: Literal["in_order"]
    rows: Rows
    first: str
    then: str
    awaits: AwaitedDecision | None = None
    select: Selection | None = Field(default=None, description="for guarantees, which of them")

    @model_validator(mode="after")
    def _only_guarantees_are_selected(self) -> "InOrder":
        if self.select is not None and self.rows.table != "guarantees":
            raise WrongValue(
                Text(
                    f"select只用于guarantees表，不用于{self.rows.table}",
                    f"select is for guarantees, not {self.rows.table}",
                )
            )
        return self

    def outcomes(self) -> tuple[Outcome, ...]:
        return (*self.reaches, Outcome.PENDING) if self.awaits else self.reaches


class ReportSeries(Kind):
    """A report a quarter, for the group or for each approved project, by its due day."""

    leans_on = ("deadlines", "quarterly")
    reaches = DUE
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
    months: Whole = Field(gt=0)

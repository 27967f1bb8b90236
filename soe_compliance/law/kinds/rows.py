"""Kinds of checks about rows by themselves, and whether a filing agrees with itself."""

from typing import Literal

from pydantic import Field

from soe_compliance.domain.outcomes import Outcome
from soe_compliance.law.kinds.base import JUDGED, Kind, Rows, Strict
from soe_compliance.law.values import Factor, Flag, Names


class FlagIs(Kind):
    """Each row's flag is as it should be."""

    reaches = JUDGED
    kind: Literal["flag"]
    rows: Rows
    flag: str
    must_be: Flag
    begun_by: str | None = Field(default=None, description="only rows with this day stated and reached")


class ProjectFlag(FlagIs):
    """The same of projects whose investor is in the group."""

    leans_on = ("control",)
    of_table = "projects"
    kind: Literal["project_flag"]  # type: ignore[assignment]


class FieldLimit(Kind):
    """One amount of a row is no more than another."""

    kind: Literal["field_limit"]
    reaches = (*JUDGED, Outcome.NOT_APPLICABLE)
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

    reaches = JUDGED
    kind: Literal["listed_value"]
    rows: Rows
    field: str
    forbidden: Names
    unclear: list[str]


class UniqueKey(Kind):
    """No two rows of a table share a key."""

    kind: Literal["unique_key"]
    tables: Names


class ReferenceTarget(Strict):
    table: str
    field: str
    to: str = Field(description="the table whose key it names")


class References(Kind):
    """A code that a row names is in the table that it names."""

    kind: Literal["references"]
    fields: list[ReferenceTarget] = Field(min_length=1)


class ValueRange(Kind):
    """Amounts are not negative, shares lie between 0 and 1 (fields that may be negative are left out)."""

    kind: Literal["value_range"]


class ParentListed(Kind):
    """The group parent has a row in entities."""

    kind: Literal["parent_listed"]


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

    compares_days = True
    kind: Literal["date_order"]
    pairs: list[DatePair] = Field(min_length=1)


class Unconsolidated(Kind):
    """What the parent controls is consolidated."""

    leans_on = ("control",)
    kind: Literal["unconsolidated"]

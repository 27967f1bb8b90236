"""What all kinds of checks share: strict parts, and which rows or guarantees a check looks at."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Text
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.tables import HEADER, TABLES
from soe_compliance.law.refusals import WrongValue
from soe_compliance.law.values import Flag, Names


class Strict(BaseModel):
    """A part of a ruleset: unknown keys are refused, nothing changes after loading.

    What checks it is made with the whole that it is a part of, not once more for itself.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)


class Kind(Strict):
    """Parameters of a check.

    `leans_on` names the shared terms of the ruleset that every check of the kind uses, `reaches` the outcomes that
    it can give (a waiver aside). `compares_days`: the day that a day is measured against is another one of the
    filing, none by which something is due. `of_table`: the table that its rows are of, where it is for one only.
    """

    leans_on: ClassVar[tuple[str, ...]] = ()
    reaches: ClassVar[tuple[Outcome, ...]] = (Outcome.FAIL,)
    compares_days: ClassVar[bool] = False
    of_table: ClassVar[str | None] = None

    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes that this check can give (a waiver aside)."""
        return self.reaches

    def terms(self) -> tuple[str, ...]:
        """The shared terms that this check uses, a category as `categories.NAME`."""
        return (*self.leans_on, *(f"categories.{name}" for name in self.category_names()))

    def category_names(self) -> tuple[str, ...]:
        """The categories of projects that this check asks for."""
        return ()


JUDGED = (Outcome.FAIL, Outcome.UNKNOWN, Outcome.PASS)
DUE = (Outcome.FAIL, Outcome.PENDING, Outcome.UNKNOWN, Outcome.PASS, Outcome.NOT_APPLICABLE)


class Rows(Strict):
    """Which rows of a table: listed values that a field must have, and must not have (blank has none)."""

    table: str
    where: dict[str, Names] = {}
    unless: dict[str, Names] = {}
    of_year: str | None = Field(default=None, description="the field that must equal the filing's year")

    @model_validator(mode="after")
    def _fields_exist(self) -> "Rows":
        form = TABLES.get(self.table)
        if form is None or self.table == HEADER:
            tables = [table for table in TABLES if table != HEADER]
            raise WrongValue(
                Text(
                    f"没有由行组成的{self.table}表；可用：{'、'.join(tables)}",
                    f"there is no table {self.table} of rows; tables are {', '.join(tables)}",
                )
            )
        for key, values in [*self.where.items(), *self.unless.items()]:
            field = form.fields.get(key)
            if field is None or field.choices is None:
                raise WrongValue(
                    Text(
                        f"{self.table}没有选项字段{key}",
                        f"{self.table} has no listed values in a field {key}",
                    )
                )
            unknown = set(values) - {choice.value for choice in field.choices}
            if unknown:
                raise WrongValue(
                    Text(
                        f"{self.table}.{key}没有选项{'、'.join(sorted(unknown))}",
                        f"{self.table}.{key} has no value {', '.join(sorted(unknown))}",
                    )
                )
        year = form.fields.get(self.of_year or "")
        if self.of_year is not None and (year is None or year.type is not FieldType.INT):
            raise WrongValue(
                Text(
                    f"{self.table}没有年度字段{self.of_year}",
                    f"{self.table} has no field {self.of_year} that holds a year",
                )
            )
        for key in self.where.keys() & self.unless.keys():
            if set(self.where[key]) <= set(self.unless[key]):
                raise WrongValue(
                    Text(
                        f"unless排除了where中{key}的全部选项",
                        f"unless leaves out all that where asks of {key}",
                    )
                )
        return self


class Selection(Strict):
    """Which guarantees a rule looks at, beside those in force."""

    signed_in_year: Flag = Field(
        default=False, description="also those signed in the filing's year, whatever became of them"
    )
    any_guarantor: Flag = Field(
        default=False, description="also those whose guarantor is outside the scope of consolidation"
    )
    leave_out_licensed: Flag = True
    leave_out_home_buyers: Flag = True

"""How a field of a form is declared: its header, its type, and what a row can't do without."""

from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Annotated, Any, ClassVar, TypeAlias

from msgspec import Struct


class FieldType(Enum):
    """The types that readers know; each says what a column of it holds (see `columns`)."""

    FIRM = "firm code"
    PROJECT = "project code"
    ID = "identifier"
    TEXT = "text"
    INT = "whole number"
    QUARTER = "quarter"
    LEVEL = "level"
    DATE = "date"
    MONEY = "amount of money"
    RATIO = "share of 1"
    FLAG = "yes or no"
    CHOICE = "listed value"
    CHOICES = "listed values"


FirmCode: TypeAlias = Annotated[str, FieldType.FIRM]
ProjectCode: TypeAlias = Annotated[str, FieldType.PROJECT]
Identifier: TypeAlias = Annotated[str, FieldType.ID]
FreeText: TypeAlias = Annotated[str, FieldType.TEXT]
Whole: TypeAlias = Annotated[int, FieldType.INT]
Quarter: TypeAlias = Annotated[int, FieldType.QUARTER]
Level: TypeAlias = Annotated[int, FieldType.LEVEL]
Day: TypeAlias = Annotated[date, FieldType.DATE]
Money: TypeAlias = Annotated[Decimal, FieldType.MONEY]
Ratio: TypeAlias = Annotated[Decimal, FieldType.RATIO]
Flag: TypeAlias = Annotated[bool, FieldType.FLAG]


class Choice(StrEnum):
    """A listed value: its key in JSON, its label in the forms, and other words for it that mean nothing else."""

    label: str
    other_words: tuple[str, ...]

    def __new__(cls, key: str, label: str, *other_words: str) -> "Choice":
        member = str.__new__(cls, key)
        member._value_ = key
        member.label = label
        member.other_words = other_words
        return member


class Declared(Struct, frozen=True):
    """What a form says of a field beside its type."""

    header: str
    description: str = ""
    required: bool = False
    may_be_negative: bool = False
    also: tuple[str, ...] = ()


class Form:
    """One row of a table of the forms, titled by its docstring; `also` are the titles that offices give it, between
    blanks.
    """

    also: ClassVar[str] = ""


def required(header: str, description: str = "", *, also: str = "") -> Any:
    """A field without which a row can't be used; `also` are the headers that offices give it, between blanks."""
    return Declared(header, description, required=True, also=tuple(also.split()))


def optional(header: str, description: str = "", *, may_be_negative: bool = False, also: str = "") -> Any:
    """A field that may be blank; blank means that it is not stated."""
    return Declared(header, description, may_be_negative=may_be_negative, also=tuple(also.split()))

"""What the cells of a sheet hide from whoever sees their values alone: errors, formulas never worked out, links."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from types import MappingProxyType

Cell = tuple[int, int]
"""Row and column, counted from 0."""


class Fault(Enum):
    """Why the value of a cell can't be taken as it stands."""

    ERROR = auto()
    NO_VALUE = auto()
    EXTERNAL = auto()

    @property
    def is_blank(self) -> bool:
        """Whether there is no value to take."""
        return self is not Fault.EXTERNAL


@dataclass(frozen=True)
class CellFault:
    """A fault, and what the cell shows: the error value, or the formula."""

    fault: Fault
    text: str


@dataclass(frozen=True)
class SheetFacts:
    """What is to be said of a sheet beside its values.

    Attributes:
        faults: the cells whose value can't be taken as it stands.
        hidden_rows: the rows with cells that a screen doesn't show, be they hidden or filtered out.
    """

    faults: Mapping[Cell, CellFault] = field(default_factory=lambda: MappingProxyType({}))
    hidden_rows: int = 0


NOTHING_HIDDEN = SheetFacts()

ERROR_CODES: Mapping[int, str] = MappingProxyType(
    {
        0x00: "#NULL!",
        0x07: "#DIV/0!",
        0x0F: "#VALUE!",
        0x17: "#REF!",
        0x1D: "#NAME?",
        0x24: "#NUM!",
        0x2A: "#N/A",
        0x2B: "#GETTING_DATA",
    }
)
"""The error values of binary workbooks ([MS-XLS] 2.5.10 BErr, [MS-XLSB] 2.5.97.2)."""


def error_named(code: int) -> str:
    """The error value with this code."""
    return ERROR_CODES.get(code, f"#{code:02X}!")

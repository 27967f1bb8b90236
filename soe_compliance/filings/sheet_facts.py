"""What the cells of a sheet hide from whoever sees their values alone: errors, formulas never worked out, links."""

from array import array
from collections.abc import Iterator, Mapping
from enum import Enum, auto
from types import MappingProxyType

from msgspec import Struct, field

_MOST_TEXTS = 20_000
_LONGEST_TEXT = 100
_UNKEPT = "…"


class Fault(Enum):
    """Why the value of a cell can't be taken as it stands."""

    ERROR = auto()
    NO_VALUE = auto()
    EXTERNAL = auto()

    @property
    def is_blank(self) -> bool:
        """Whether there is no value to take."""
        return self is not Fault.EXTERNAL


class CellFault(Struct, frozen=True):
    """A fault, and what the cell shows: the error value, or the formula."""

    fault: Fault
    text: str


def _place(found: tuple[int, int, CellFault]) -> tuple[int, int]:
    return found[:2]


class Faults:
    """The cells of a sheet whose value can't be taken, by column; a formula filled down may make millions of them.

    Rows and columns are counted from 0.
    """

    def __init__(self) -> None:
        self._columns: dict[int, tuple[array[int], list[CellFault]]] = {}
        self._known: dict[Fault, dict[str, CellFault]] = {fault: {} for fault in Fault}
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Faults) and sorted(self, key=_place) == sorted(other, key=_place)

    __hash__ = None  # type: ignore[assignment]

    def add(self, row: int, column: int, fault: Fault, text: str) -> None:
        """Take a cell and what it shows: the error value or the formula. A long one is cut off, one of very many not kept."""
        known = self._known[fault]
        said = known.get(text)
        if said is None:
            kept = text if len(known) < _MOST_TEXTS else _UNKEPT
            said = known[kept] = CellFault(fault, kept[:_LONGEST_TEXT])
        if column not in self._columns:
            self._columns[column] = (array("q"), [])
        rows, faults = self._columns[column]
        rows.append(row)
        faults.append(said)
        self._size += 1

    def of_column(self, column: int) -> Mapping[int, CellFault]:
        """The faults of one column by their rows."""
        return dict(zip(*self._columns.get(column, ((), ())), strict=True))

    def __iter__(self) -> Iterator[tuple[int, int, CellFault]]:
        """Row, column and fault of each cell."""
        for column, (rows, faults) in self._columns.items():
            for row, fault in zip(rows, faults, strict=True):
                yield row, column, fault


class SheetFacts(Struct, frozen=True):
    """What is to be said of a sheet beside its values.

    Attributes:
        faults: the cells whose value can't be taken as it stands.
        hidden_rows: the rows with cells that a screen doesn't show, be they hidden or filtered out.
    """

    faults: Faults = field(default_factory=Faults)
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

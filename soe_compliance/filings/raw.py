"""What every reader hands on: the tables of one filing as they stand, or why there are none."""

from collections.abc import Mapping

from msgspec import Struct, field

from soe_compliance.filings.filing import RawTable
from soe_compliance.filings.problems import Problem


class ReadingError(Exception):
    """A file, or a filing in it, that can't be read at all."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems[0].text.en)
        self.problems = problems


class RawFiling(Struct, frozen=True):
    """One filing as its source has it.

    Attributes:
        header: the table of the filing's own fields, with one row.
        tables: the other tables that the source has, be they empty.
    """

    header: RawTable
    tables: Mapping[str, RawTable]
    problems: tuple[Problem, ...] = field(default=())

"""Quarters: their ends, and when a report of one is due."""

from datetime import date

import numpy as np

from soe_compliance.checks.situation import Situation
from soe_compliance.domain.text import Text
from soe_compliance.domain.truth import Numbers


def number_of_quarter(year: int, quarter: int) -> int:
    """Quarters counted on through the years."""
    return year * 4 + quarter - 1


def quarter_of_day(ordinal: int) -> int:
    """The number of the quarter that a day lies in."""
    day = date.fromordinal(ordinal)
    return number_of_quarter(day.year, (day.month + 2) // 3)


def end_of_quarter(number: int) -> int:
    """The last day of a quarter, as an ordinal."""
    year, quarter = divmod(number + 1, 4)
    return date(year, quarter * 3 + 1, 1).toordinal() - 1


def quarter_label(number: int) -> str:
    return f"{number // 4}Q{number % 4 + 1}"


def quarter_in_words(number: int) -> Text:
    """A quarter in a sentence."""
    year, quarter = divmod(number, 4)
    return Text(f"{year}年{'一二三四'[quarter]}季度", quarter_label(number))


def quarterly_due(situation: Situation, numbers: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """The due day of the report of each quarter: as written, and rolled, the earliest and the latest it may be."""
    due = situation.ruleset.terms.quarterly.due
    if due == "next_quarter_end":
        written = np.array([end_of_quarter(number + 1) for number in numbers.tolist()], dtype=np.int64)
    else:
        written = np.array([end_of_quarter(number) + due for number in numbers.tolist()], dtype=np.int64)
    return written, *situation.rolled(written)


def numbers_of_rows(situation: Situation, table: str, rows: Numbers) -> Numbers:
    """The quarter that each row speaks of."""
    columns = situation.table(table)
    return columns.values("year")[rows] * 4 + columns.values("quarter")[rows] - 1

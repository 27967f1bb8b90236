"""Quarters: their ends, and when a report of one is due."""

from datetime import date
from functools import lru_cache

import numpy as np

from soe_compliance.checks.situation import Situation
from soe_compliance.domain.text import Text
from soe_compliance.domain.truth import Numbers

QUARTERS_A_YEAR = 4
_MONTHS_A_QUARTER = 3
_EPOCH_DAY, _EPOCH_QUARTER = date(1970, 1, 1).toordinal(), 1970 * QUARTERS_A_YEAR


def quarters_of_days(ordinals: Numbers) -> Numbers:
    """The number of the quarter that each day lies in, quarters being counted on through the years."""
    months = (ordinals - _EPOCH_DAY).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return months // _MONTHS_A_QUARTER + _EPOCH_QUARTER


def ends_of_quarters(numbers: Numbers) -> Numbers:
    """The last day of each quarter, as an ordinal."""
    months = (numbers + 1 - _EPOCH_QUARTER) * _MONTHS_A_QUARTER
    return months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + _EPOCH_DAY - 1


def quarter_label(number: int) -> str:
    return f"{number // 4}Q{number % 4 + 1}"


@lru_cache(maxsize=256)
def quarter_in_words(number: int) -> Text:
    """A quarter in a sentence."""
    year, quarter = divmod(number, 4)
    return Text(f"{year}年{'一二三四'[quarter]}季度", quarter_label(number))


def quarterly_due(situation: Situation, numbers: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """The due day of the report of each quarter: as written, and rolled, the earliest and the latest it may be."""
    due = situation.ruleset.terms.quarterly.due
    written = ends_of_quarters(numbers + 1) if due == "next_quarter_end" else ends_of_quarters(numbers) + due
    return written, *situation.rolled(written)


def numbers_of_rows(situation: Situation, table: str, rows: Numbers) -> Numbers:
    """The quarter that each row speaks of."""
    columns = situation.table(table)
    return columns.values("year")[rows] * QUARTERS_A_YEAR + columns.values("quarter")[rows] - 1

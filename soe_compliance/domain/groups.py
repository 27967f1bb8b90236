"""Values that are equal, and rows that agree in several columns."""

import numpy as np

from soe_compliance.domain.truth import Mask, Numbers

_MOST = 2**62


def combined(*columns: Numbers) -> Numbers:
    """One number for each row: equal where all columns are, and in the order of the columns."""
    key, size = _from_zero(columns[0])
    for column in columns[1:]:
        digit, base = _from_zero(column)
        if size * base > _MOST:
            key, size = _ranks(key)
            digit, base = _ranks(digit)
        key, size = key * base + digit, size * base
    return key


def _from_zero(column: Numbers) -> tuple[Numbers, int]:
    """The numbers of a column less the least of them, and a bound that all are below."""
    if not len(column):
        return column, 1
    least, most = int(column.min()), int(column.max())
    return (column - least, most - least + 1) if most - least < _MOST else _ranks(column)


def _ranks(column: Numbers) -> tuple[Numbers, int]:
    """The place of each number among the different ones of a column, and how many these are."""
    values, ranks = np.unique(column, return_inverse=True)
    return ranks, len(values)


class Grouped:
    """Rows by their group, so that the rows of each are found without a look at all of them.

    Args:
        groups: the group of each row, numbered from 0 to size - 1.
    """

    def __init__(self, groups: Numbers, size: int) -> None:
        self._order = np.argsort(groups, kind="stable")
        self._starts = np.searchsorted(groups[self._order], np.arange(size + 1))

    def of(self, group: int) -> Numbers:
        """The rows of a group, in order."""
        return self._order[self._starts[group] : self._starts[group + 1]]

    @property
    def first(self) -> Numbers:
        """The first row of each group, none of which is empty."""
        return self._order[self._starts[:-1]]


def contained(numbers: Numbers, others: Numbers) -> Mask:
    """Which of these numbers, all 0 or more, are among the others."""
    among = np.zeros(max(int(numbers.max(initial=0)), int(others.max(initial=0))) + 1, dtype=bool)
    among[others] = True
    return among[numbers]


def distinct(numbers: Numbers, size: int) -> tuple[Numbers, Numbers]:
    """The distinct ones of numbers from 0 to size - 1, in order, and the place of each number among them."""
    places = np.zeros(size, dtype=np.int64)
    places[numbers] = 1
    found = np.flatnonzero(places)
    places[found] = np.arange(len(found))
    return found, places[numbers]

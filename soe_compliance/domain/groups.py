"""Rows that agree in several columns."""

import numpy as np

from soe_compliance.domain.truth import Mask, Numbers

_MOST = 2**62


def combined(*columns: Numbers) -> Numbers:
    """One number for each row: equal where all columns are, and in the order of the columns."""
    key, size = _from_zero(columns[0])
    for column in columns[1:]:
        numbers, width = _from_zero(column)
        if size * width > _MOST:
            (key, size), (numbers, width) = _ranked(key), _ranked(numbers)
        key, size = key * width + numbers, size * width
    return key


def _from_zero(column: Numbers) -> tuple[Numbers, int]:
    """Numbers in the same order, none below 0, and one more than the largest that they may be."""
    lowest, highest = int(column.min(initial=0)), int(column.max(initial=0))
    return (column - lowest, highest - lowest + 1) if highest - lowest < _MOST else _ranked(column)


def _ranked(column: Numbers) -> tuple[Numbers, int]:
    values, ranks = np.unique(column, return_inverse=True)
    return ranks, len(values)


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

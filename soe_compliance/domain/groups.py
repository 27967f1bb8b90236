"""Values that are equal, and rows that agree in several columns."""

import numpy as np

from soe_compliance.domain.truth import Numbers


def combined(*columns: Numbers) -> Numbers:
    """One number for each row: equal where all columns are, and in the order of the columns."""
    key = columns[0]
    for column in columns[1:]:
        _, left = np.unique(key, return_inverse=True)
        values, right = np.unique(column, return_inverse=True)
        key = left * len(values) + right
    return key


def distinct(values: Numbers) -> Numbers:
    """The different values in ascending order.

    `numpy.unique` by itself imports masked arrays, which takes longer than all that a small filing needs of it.
    """
    return np.unique(values, return_counts=True)[0]

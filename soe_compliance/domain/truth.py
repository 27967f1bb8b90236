"""Three-valued truth (Kleene's strong logic) over whole columns.

A truth is an int8: 0 no, 1 unknown, 2 yes. "And" is the minimum, "or" the maximum, "not" is 2 - x.
"""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Truth: TypeAlias = NDArray[np.int8]
Mask: TypeAlias = NDArray[np.bool_]
Numbers: TypeAlias = NDArray[np.int64]

NO, UNKNOWN, YES = np.int8(0), np.int8(1), np.int8(2)


def known(mask: Any) -> Truth:
    """Yes where the mask holds, no elsewhere."""
    return np.asarray(mask, dtype=bool).astype(np.int8) * YES


def between(certain: Any, possible: Any) -> Truth:
    """Yes where certain, unknown where only possible, no elsewhere."""
    sure, perhaps = np.asarray(certain, dtype=bool), np.asarray(possible, dtype=bool)
    truth: Truth = sure.astype(np.int8) + (sure | perhaps)
    return truth


def both(*truths: Truth) -> Truth:
    """Kleene's "and"."""
    result = truths[0]
    for truth in truths[1:]:
        result = np.minimum(result, truth)
    return result


def either(*truths: Truth) -> Truth:
    """Kleene's "or"."""
    result = truths[0]
    for truth in truths[1:]:
        result = np.maximum(result, truth)
    return result


def negate(truth: Truth) -> Truth:
    """Kleene's "not"."""
    return YES - truth

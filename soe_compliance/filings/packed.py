"""Cells in the form in which Python writes its own values down: a mark for the type, and the value behind it.

One pass over a list tells that each of its cells is a float, or a truth, and gives them as an array. To look at the
type of each cell and then to make an array of them takes four times as long.
"""

import marshal
from collections.abc import Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from soe_compliance.domain.truth import NO, UNKNOWN, YES, Truth

_VERSION = 2
"""The last version that writes every value out, and does not refer to an equal one before it."""

_FLOAT = np.dtype([("mark", "u1"), ("value", "<f8")])
_NO_TRUTH = np.int8(-1)


def _mark(value: bool | float | None) -> int:
    return marshal.dumps(value, _VERSION)[0]


_HEAD = len(marshal.dumps([], _VERSION))
_FLOAT_MARK = _mark(0.0)
_TRUTHS = np.full(256, _NO_TRUTH)
for _value, _truth in ((True, YES), (False, NO), (None, UNKNOWN)):
    _TRUTHS[_mark(_value)] = _truth


def floats_of(cells: Sequence[object]) -> NDArray[np.float64] | None:
    """The cells as an array where each is a float, else None."""
    data = _written(cells, _FLOAT.itemsize)
    if data is None:
        return None
    floats = np.frombuffer(data, dtype=_FLOAT, offset=_HEAD)
    return floats["value"].copy() if (floats["mark"] == _FLOAT_MARK).all() else None


def truths_of(cells: Sequence[object]) -> Truth | None:
    """The cells as truths where each is True, False or None, else None."""
    data = _written(cells, 1)
    if data is None:
        return None
    truths = _TRUTHS[np.frombuffer(data, dtype=np.uint8, offset=_HEAD)]
    return None if (truths == _NO_TRUTH).any() else truths


def _written(cells: Sequence[object], size: int) -> bytes | None:
    """The cells written down, where that takes so many bytes a cell; None where some are surely of another type."""
    try:
        data = marshal.dumps(cast("Any", cells), _VERSION)
    except ValueError:  # a cell of a type that Python does not write down
        return None
    return data if len(data) == _HEAD + size * len(cells) else None

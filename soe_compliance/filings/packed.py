"""Cells that are all of one type, as an array."""

from collections.abc import Sequence
from operator import countOf
from typing import cast

import numpy as np
from numpy.typing import NDArray

from soe_compliance.domain.truth import NO, UNKNOWN, YES, Truth

_TRUTHS = {True: int(YES), False: int(NO), None: int(UNKNOWN)}
_KINDS_OF_TRUTHS: frozenset[type] = frozenset({bool, type(None)})


def floats_of(cells: Sequence[object]) -> NDArray[np.float64] | None:
    """The cells as an array where each is a float, else None."""
    count = len(cells)
    if not count or countOf(map(type, cells), float) < count:
        return None
    return np.fromiter(cast("Sequence[float]", cells), dtype=np.float64, count=count)


def truths_of(cells: Sequence[object]) -> Truth | None:
    """The cells as truths where each is True, False or None, else None."""
    if not set(map(type, cells)) <= _KINDS_OF_TRUTHS:
        return None
    return np.frombuffer(bytearray(map(_TRUTHS.__getitem__, cells)), dtype=np.int8)  # type: ignore[arg-type]

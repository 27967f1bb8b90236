"""Who controls, who reaches, and what share is held, beside stacks of small dense matrices written by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.timing import Figure, medians
from soe_compliance.domain.ownership import RATIO_UNIT, Holdings
from soe_compliance.domain.share_floats import MOST_ERROR
from soe_compliance.domain.shares import Shares
from soe_compliance.domain.truth import YES

_FIRMS = 20
_MAJORITY = Fraction(1, 2)
_YARDSTICK = "numpy, stacks of dense matrices of floats"


@dataclass(frozen=True)
class _Groups:
    """Trees of holdings, one a group: for each firm but the parent its holder and the percent that this holds."""

    holder: NDArray[np.int64]
    percent: NDArray[np.int64]

    @classmethod
    def made(cls, count: int) -> "_Groups":
        random = np.random.default_rng(20240325)
        places = np.arange(1, _FIRMS)
        return cls(
            (random.random((count, _FIRMS - 1)) * places).astype(np.int64),
            random.integers(20, 101, (count, _FIRMS - 1)),
        )

    def __len__(self) -> int:
        return len(self.holder)


def measure_ownership(count: int, rounds: int) -> Iterator[Figure]:
    """So many groups of 20 firms: which firms the parent controls and reaches, and its share of each."""
    groups = _Groups.made(count)
    ours, stacked = _ours(groups), _stacked(groups)
    for mine, bare in zip(ours[:2], stacked[:2], strict=True):
        assert (mine == bare).all()
    assert np.allclose(ours[2], stacked[2], rtol=MOST_ERROR, atol=0)
    taken = medians({"ours": lambda: _ours(groups), "stacked": lambda: _stacked(groups)}, rounds)
    name = f"ownership: {count:,} groups of {_FIRMS}: control, reach and share"
    yield Figure(name, 1000 * taken["ours"], _YARDSTICK, 1000 * taken["stacked"], "ms")


_Answers = tuple[NDArray[Any], NDArray[Any], NDArray[Any]]
"""For each group and firm: controlled, reached, and the share."""


def _ours(groups: _Groups) -> _Answers:
    count = len(groups)
    first = _FIRMS * np.arange(count)
    ratio = (groups.percent * (RATIO_UNIT // 100)).ravel()
    stated = np.ones(len(ratio), dtype=bool)
    holdings = Holdings(
        holder=(groups.holder + first[:, None]).ravel(),
        investee=(np.arange(1, _FIRMS) + first[:, None]).ravel(),
        ratio=ratio,
        ratio_stated=stated,
        votes=ratio,
        votes_stated=stated,
        filing_of=np.repeat(np.arange(count), _FIRMS),
        has_rows=np.ones(count, dtype=bool),
        has_unusable=np.zeros(count, dtype=bool),
    )
    firms = np.arange(count * _FIRMS)
    parents = np.repeat(first, _FIRMS)
    controlled = holdings.controls(parents, firms, _MAJORITY) == YES
    reached = holdings.reaches(parents, firms) == YES
    start = np.zeros(len(firms), dtype=bool)
    start[first] = True
    share = Shares(holdings.certain, start, firms).in_floats
    shape = (count, _FIRMS)
    return controlled.reshape(shape), reached.reshape(shape), share.reshape(shape)


def _stacked(groups: _Groups) -> _Answers:
    count = len(groups)
    matrix = np.zeros((count, _FIRMS, _FIRMS))
    each = np.arange(count)[:, None]
    matrix[each, groups.holder, np.arange(1, _FIRMS)] = groups.percent / 100
    controlled = np.zeros((count, _FIRMS), dtype=bool)
    controlled[:, 0] = True
    reached = matrix[:, 0] > 0
    while True:
        votes = np.einsum("gh,ghi->gi", controlled.astype(float), matrix)
        more = controlled | (votes > float(_MAJORITY))
        further = reached | (np.einsum("gh,ghi->gi", reached.astype(float), matrix) > 0)
        if (more == controlled).all() and (further == reached).all():
            break
        controlled, reached = more, further
    onward = matrix.copy()
    onward[:, 0] = 0
    share = np.linalg.solve(np.eye(_FIRMS) - onward.transpose(0, 2, 1), matrix[:, 0][..., None])[..., 0]
    return controlled, reached, share

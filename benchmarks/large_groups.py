"""Single groups that are large, deep or dense, beside what networkx and scipy take for the same answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, eye_array
from scipy.sparse.linalg import splu

from benchmarks.timing import Figure, medians
from soe_compliance.domain.ownership import RATIO_UNIT, Holdings
from soe_compliance.domain.shares import Shares
from soe_compliance.domain.truth import YES

_MAJORITY = Fraction(1, 2)
_RING = 40
_UNIT = RATIO_UNIT // 10_000


@dataclass(frozen=True)
class _Group:
    """A group of firms numbered from the parent, 0, with stakes in hundredths of a percent."""

    firms: int
    holder: NDArray[np.int64]
    investee: NDArray[np.int64]
    stake: NDArray[np.int64]

    def holdings(self) -> Holdings:
        ratio, stated = self.stake * _UNIT, np.ones(len(self.stake), dtype=bool)
        return Holdings(
            holder=self.holder,
            investee=self.investee,
            ratio=ratio,
            ratio_stated=stated,
            votes=ratio,
            votes_stated=stated,
            filing_of=np.zeros(self.firms, dtype=np.int64),
            has_rows=np.ones(1, dtype=bool),
            has_unusable=np.zeros(1, dtype=bool),
        )


def _deep(firms: int, levels: int) -> _Group:
    """Each firm has one holder in the level above and some a second; at the bottom firms hold each other in rings."""
    random = np.random.default_rng(7)
    width = (firms - 1) // levels
    places = np.arange(1, levels * width + 1)
    level = (places - 1) // width
    above = np.where(level == 0, 0, 1 + (level - 1) * width + random.integers(0, width, len(places)))
    second = np.flatnonzero((level > 0) & (random.random(len(places)) < 0.3))
    other = 1 + (level[second] - 1) * width + random.integers(0, width, len(second))
    kept = other != above[second]
    bottom = places[level == levels - 1]
    ring = bottom[: len(bottom) // _RING * _RING].reshape(-1, _RING)
    holder = np.concatenate([above, other[kept], ring.ravel()])
    investee = np.concatenate([places, places[second][kept], np.roll(ring, -1, axis=1).ravel()])
    stake = np.concatenate(
        [
            random.integers(5001, 6000, len(above)),
            random.integers(500, 2000, int(kept.sum())),
            random.integers(100, 2000, ring.size),
        ]
    )
    return _Group(levels * width + 1, holder, investee, stake)


def _dense(firms: int) -> _Group:
    """Each firm holds a part of each other, the parent a part of all."""
    random = np.random.default_rng(11)
    holder, investee = np.divmod(np.arange(firms * firms), firms)
    other = holder != investee
    stake = random.integers(1, 2 * 9000 // firms, int(other.sum()))
    return _Group(
        firms + 1,
        np.concatenate([np.zeros(firms, dtype=np.int64), 1 + holder[other]]),
        np.concatenate([np.arange(1, firms + 1), 1 + investee[other]]),
        np.concatenate([np.full(firms, 500), stake]),
    )


def measure_large_groups(firms: int, levels: int, dense: int, rounds: int) -> Iterator[Figure]:
    """A deep group, and one in which every firm holds a part of every other."""
    deep, cross = _deep(firms, levels), _dense(dense)
    assert (_reached_and_controlled(deep)[0] == _reached_by_networkx(deep)).all()
    assert np.allclose(_shares(deep), _solved_sparse(deep), rtol=1e-9, atol=1e-140)
    assert np.allclose(_shares(cross), _solved_dense(cross), rtol=1e-9)
    taken = medians(
        {
            "reach": lambda: _reached_and_controlled(deep),
            "networkx": lambda: _reached_by_networkx(deep),
            "deep": lambda: _shares(deep),
            "sparse": lambda: _solved_sparse(deep),
            "cross": lambda: _shares(cross),
            "dense": lambda: _solved_dense(cross),
        },
        rounds,
    )
    name = f"ownership: a group of {deep.firms:,}, {levels} levels and rings"
    for title, ours, yardstick, yard in (
        (f"{name}: reach and control", "reach", "networkx, reach alone", "networkx"),
        (f"{name}: every share, exact or to 150 decimals", "deep", "scipy, splu of floats", "sparse"),
        (
            f"ownership: {dense} firms that all hold each other: every share to 75 decimals",
            "cross",
            "numpy, solve of floats",
            "dense",
        ),
    ):
        yield Figure(title, 1000 * taken[ours], yardstick, 1000 * taken[yard], "ms")


def _reached_and_controlled(group: _Group) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    holdings, everyone = group.holdings(), np.arange(group.firms)
    parent = np.zeros_like(everyone)
    return (
        holdings.reaches(parent, everyone) == YES,
        holdings.controls(parent, everyone, _MAJORITY) == YES,
    )


def _reached_by_networkx(group: _Group) -> NDArray[np.bool_]:
    graph = nx.DiGraph(zip(group.holder.tolist(), group.investee.tolist(), strict=True))
    reached = np.zeros(group.firms, dtype=bool)
    reached[list(nx.descendants(graph, 0))] = True
    return reached


def _shares(group: _Group) -> NDArray[np.float64]:
    shares = Shares(group.holdings().certain, np.arange(group.firms) == 0, np.arange(group.firms))
    found = [shares.of(firm) for firm in range(1, group.firms)]
    return np.array([float(share.low) if share else np.nan for share in found])


def _equations(group: _Group) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Rows, columns and stakes between the firms below the parent."""
    below = group.holder > 0
    return group.investee[below] - 1, group.holder[below] - 1, group.stake[below] / 10_000


def _direct(group: _Group) -> NDArray[np.float64]:
    direct = np.zeros(group.firms - 1)
    of_parent = group.holder == 0
    direct[group.investee[of_parent] - 1] = group.stake[of_parent] / 10_000
    return direct


def _solved_sparse(group: _Group) -> NDArray[np.float64]:
    rows, columns, stakes = _equations(group)
    size = group.firms - 1
    matrix = eye_array(size, format="csc") - csc_array((stakes, (rows, columns)), shape=(size, size))
    found: NDArray[np.float64] = splu(matrix).solve(_direct(group))
    return found


def _solved_dense(group: _Group) -> NDArray[np.float64]:
    rows, columns, stakes = _equations(group)
    matrix = np.eye(group.firms - 1)
    matrix[rows, columns] -= stakes
    return np.asarray(np.linalg.solve(matrix, _direct(group)), dtype=np.float64)

"""The group's share in floats: of all firms of a batch at once, never off by more than `MOST_ERROR`.

Firms that hold each other are worked out together, as stacks of small matrices. What the floats say is checked, not
trusted. With M the stakes within such an island, d what comes into it, and a vector w > 0 such that (I - M) w >= 1/2:
the sums of all chains are finite, and a solution with the residual r is off by no more than 2 max|r| w (I - M is then
an M-matrix, whose inverse has nothing negative in it: Berman and Plemmons, Nonnegative Matrices in the Mathematical
Sciences, chapter 6).
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from soe_compliance.domain.edges import Edges, Sieve
from soe_compliance.domain.ownership import RATIO_UNIT
from soe_compliance.domain.truth import Mask, Numbers

Floats: TypeAlias = NDArray[np.float64]

MOST_ERROR = 5e-10
"""The most by which a share in floats may be off, as a part of it."""

_HALF_STEP = 2.0**-53
_MOST_OF_A_STAGE = 1e-10
_LEAST = 1e-280
"""Below this floats lose digits."""

_MOST_LEVELS = 2000
_ISLAND_ROUNDS = 64
_ISLAND_SIZES = (4, 8, 16, 32, 64)
_CELLS_AT_ONCE = 2**22


def shares_in_floats(direct: Floats, inside: Edges) -> Floats:
    """The share of each firm; NaN where floats do not tell.

    Args:
        direct: what the start itself holds of each firm.
        inside: the stakes that pass shares on, of holders that have some.
    """
    ratio = inside.weight.astype(np.float64) / RATIO_UNIT
    held_by = np.bincount(inside.investee, minlength=inside.firms)
    share, left = direct.copy(), held_by.copy()
    with np.errstate(over="ignore", invalid="ignore"):
        whole = _pushed_down(share, left, held_by, ratio, inside)
        waiting = left > 0
        solved = _of_islands(share, waiting, ratio, inside) if whole and waiting.any() else np.nan
    share = np.where(waiting, solved, share)
    told = (held_by == 0) | ((share >= _LEAST) & (share < np.inf))
    return np.where(told, share, np.nan)


def _pushed_down(share: Floats, left: Numbers, held_by: Numbers, ratio: Floats, inside: Edges) -> bool:
    """Add shares from the top down, level by level, as far as no firm is above itself; false if that is too long.

    A level adds half a step to the error of its firms for each number added, and three for the product with a ratio.
    """
    sieve = Sieve(inside.firms)
    frontier = inside.holder[held_by[inside.holder] == 0]
    frontier = frontier[sieve.first_of_each(frontier)]
    steps = 3
    for _ in range(_MOST_LEVELS):
        if not frontier.size:
            most_added = int(held_by[left > 0].max(initial=0))
            return (steps + most_added) * _HALF_STEP <= _MOST_OF_A_STAGE
        held = share[frontier]
        held[held < _LEAST] = np.nan
        origin, edge = inside.out_of(frontier)
        investee = inside.investee[edge]
        np.add.at(share, investee, held[origin] * ratio[edge])
        np.subtract.at(left, investee, 1)
        frontier = investee[left[investee] == 0]
        frontier = frontier[sieve.first_of_each(frontier)]
        steps += 3 + int(held_by[frontier].max(initial=0))
        if steps * _HALF_STEP > _MOST_OF_A_STAGE:
            left[frontier] = 1
            return False
    return False


def _of_islands(direct: Floats, waiting: Mask, ratio: Floats, inside: Edges) -> Floats:
    """The shares of firms that hold each other, and of those below them."""
    among = waiting[inside.holder] & waiting[inside.investee]
    part, firms = ratio[among], np.flatnonzero(waiting)
    rows, columns = (np.searchsorted(firms, ends[among]) for ends in (inside.investee, inside.holder))
    island = _islands(rows, columns, len(firms))
    order = np.argsort(island)
    first, size = np.unique(island[order], return_index=True, return_counts=True)[1:]
    place = np.empty(len(firms), dtype=np.int64)
    place[order] = np.arange(len(firms)) - np.repeat(first, size)
    number = np.empty(len(firms), dtype=np.int64)
    number[order] = np.repeat(np.arange(len(first)), size)
    found = np.full(inside.firms, np.nan)
    for width, chosen in _portions(size):
        slot = np.full(len(first), -1)
        slot[chosen] = np.arange(len(chosen))
        edges = np.flatnonzero(slot[number[rows]] >= 0)
        matrix = np.zeros((len(chosen), width, width))
        matrix[slot[number[rows[edges]]], place[rows[edges]], place[columns[edges]]] = part[edges]
        own = np.flatnonzero(slot[number] >= 0)
        amounts = np.zeros((len(chosen), width))
        amounts[slot[number[own]], place[own]] = direct[firms[own]]
        found[firms[own]] = _solved(matrix, amounts)[slot[number[own]], place[own]]
    return found


def _islands(one: Numbers, other: Numbers, firms: int) -> Numbers:
    """A number for each firm that is equal for firms linked by edges; firms that take too long stand in one island."""
    label = np.arange(firms)
    for _ in range(_ISLAND_ROUNDS):
        before = label.copy()
        lower = np.minimum(label[one], label[other])
        np.minimum.at(label, one, lower)
        np.minimum.at(label, other, lower)
        label = label[label]
        if (label == before).all():
            return label
    return np.zeros(firms, dtype=np.int64)


def _portions(size: Numbers) -> list[tuple[int, Numbers]]:
    """Islands of about one size: the width of their matrices, and which they are. The largest are left out."""
    found, above = [], 0
    for width in _ISLAND_SIZES:
        chosen = np.flatnonzero((size > above) & (size <= width))
        at_once = max(1, _CELLS_AT_ONCE // width**2)
        found += [(width, chosen[start : start + at_once]) for start in range(0, len(chosen), at_once)]
        above = width
    return found


def _solved(matrix: Floats, amounts: Floats) -> Floats:
    """For each matrix M the solution of x = M x + d, NaN where it may be off by too much or is no sum of chains."""
    _, width = amounts.shape
    sides = np.stack([amounts, np.ones_like(amounts)], axis=-1)
    solution = _without_singular(np.eye(width) - matrix, sides)
    through = matrix @ np.abs(solution)
    error = (2 * width + 8) * _HALF_STEP * (np.abs(solution) + through + np.abs(sides))
    share, weight = solution[..., 0], solution[..., 1]
    surplus = weight - through[..., 1] - error[..., 1]
    proven = ((weight > 0) & (surplus >= 0.5)).all(axis=1, keepdims=True)
    residual = np.abs((matrix @ share[..., None])[..., 0] + amounts - share) + error[..., 0]
    off = 2 * weight * residual.max(axis=1, keepdims=True)
    return np.where(proven & (off <= _MOST_OF_A_STAGE * share), share, np.nan)


def _without_singular(matrices: Floats, sides: Floats) -> Floats:
    """The solutions of linear equations, a stack of them; NaN for a matrix that has none."""
    try:
        return np.asarray(np.linalg.solve(matrices, sides), dtype=np.float64)
    except np.linalg.LinAlgError:
        if len(matrices) == 1:
            return np.full(sides.shape, np.nan)
        half = len(matrices) // 2
        return np.concatenate(
            [
                _without_singular(matrices[:half], sides[:half]),
                _without_singular(matrices[half:], sides[half:]),
            ]
        )

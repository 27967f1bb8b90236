"""The shares of firms in a large ring: solved in floats, then made as exact as is wanted with whole numbers.

A solver in floats gives some digits of the solution of x = M x + d; what it leaves of the equations, worked out in
whole numbers, is solved for again and gives the next digits (Wan, An algorithm to solve integer linear systems
exactly using numerical methods, 2006). No digit is trusted: with a vector w > 0 such that (I - M) w >= 1/2 the sums
of all chains are finite, and a solution that leaves r is off by no more than 2 max|r| w (I - M is then an M-matrix).

A share is a fraction whose denominator divides the determinant of the equations in whole numbers, which is no more
than the product of their diagonal (Hadamard's bound, which holds for M-matrices): closer to a fraction with a small
denominator than both bounds allow, it is that fraction. Work is bounded: where floats do not prove that the sums are
finite, or are too slow for that, the shares lie anywhere from nothing; where the bound on the denominator asks for too
many digits, they are left between two ends.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import ceil, frexp, lcm, prod
from typing import Any, Protocol, TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from soe_compliance.domain.exact import Interval
from soe_compliance.domain.truth import Numbers

Floats: TypeAlias = NDArray[np.float64]

_BITS = 256
"""To so many binary places all shares are worked out."""

_BITS_IN_FULL = 384
"""A fraction whose denominator is no longer is recognised."""

_SLACK = 64
_BITS_OF_FLOATS = 52
_BITS_A_STEP = 20
"""What a step gains at the least where the floats are good for anything."""

_WORK_A_STAKE = 20_000
"""The most multiplications that a ring may cost for each of its stakes: the time grows no faster than the filing."""

_WHOLE_NUMBERS = 500
"""How many multiplications of floats take as long as a step for one firm in long whole numbers."""

_SWEEPS = 4000
_ENOUGH = 2.0**-30
_HALF_STEP = 2.0**-53


class _Solver(Protocol):
    """Gives (I - M)^-1 y, nearly; `cost` in multiplications."""

    cost: int

    def __call__(self, right: Floats) -> Floats: ...


class _Inverse:
    """By the inverse matrix."""

    def __init__(self, equations: "_Equations") -> None:
        size = equations.size
        matrix = np.eye(size)
        matrix[equations.row, equations.column] -= equations.part
        self._inverse = np.linalg.inv(matrix)
        self.cost = size**2

    def __call__(self, right: Floats) -> Floats:
        return self._inverse @ right


class _Sweeps:
    """By adding up chains, one stake longer each time, until longer ones add hardly anything."""

    def __init__(self, equations: "_Equations") -> None:
        self._equations, self._left = equations, _SWEEPS
        self.cost = 100 * len(equations.row)

    def __call__(self, right: Floats) -> Floats:
        total, more = right.copy(), right
        while self._left and np.abs(more).max() > _ENOUGH * np.abs(right).max():
            more = self._equations.through(more)
            total += more
            self._left -= 1
        return total


class _Equations(Struct, frozen=True, eq=False, dict=True):
    """common x = stakes x + common d, in whole numbers; the stakes by row.

    Attributes:
        denominators: the product of the rows' own common denominators.
    """

    size: int
    row: Numbers
    column: Numbers
    stake: NDArray[Any]
    common: int
    denominators: int

    @classmethod
    def of(cls, inner: Mapping[int, Mapping[int, Fraction]]) -> "_Equations":
        place = {firm: number for number, firm in enumerate(inner)}
        denominators = [lcm(*(ratio.denominator for ratio in holders.values())) for holders in inner.values()]
        common = lcm(*denominators)
        stakes = [
            (place[firm], place[holder], ratio.numerator * (common // ratio.denominator))
            for firm, holders in inner.items()
            for holder, ratio in holders.items()
        ]
        rows, columns, sizes = zip(*stakes, strict=True)
        fits = common < 2**46 and sum(sizes) < 2**62
        return cls(
            len(inner),
            np.array(rows),
            np.array(columns),
            np.array(sizes, dtype=np.int64 if fits else object),
            common,
            prod(denominators),
        )

    @property
    def work(self) -> int:
        """How much the ring may cost."""
        return _WORK_A_STAKE * len(self.row)

    @cached_property
    def part(self) -> Floats:
        return np.array([size / self.common for size in self.stake.tolist()])

    @cached_property
    def starts(self) -> Numbers:
        """Where each row begins; none is empty, since each firm of a ring has a holder in it."""
        return np.searchsorted(self.row, np.arange(self.size)).astype(np.int64)

    @cached_property
    def step_bits(self) -> int:
        """The length of numbers that may be multiplied with the stakes of a row and summed."""
        if self.stake.dtype == object:
            return 48
        return 62 - int(np.add.reduceat(self.stake, self.starts).max()).bit_length()

    def through(self, shares: Floats) -> Floats:
        found: Floats = np.add.reduceat(self.part * shares[self.column], self.starts)
        return found

    def left_by(self, shares: Numbers) -> NDArray[Any]:
        """common x - stakes x, as Python's whole numbers."""
        held: list[int] = np.add.reduceat(self.stake * shares[self.column], self.starts).tolist()
        own = [self.common * share for share in shares.tolist()]
        return np.array([a - b for a, b in zip(own, held, strict=True)], dtype=object)


def refined(
    amounts: Mapping[int, Interval], inner: Mapping[int, Mapping[int, Fraction]]
) -> dict[int, Interval]:
    """The shares of the firms of a ring: exact where their fractions are short, else between two ends."""
    equations = _Equations.of(inner)
    lows, highs = [amounts[firm].low for firm in inner], [amounts[firm].high for firm in inner]
    with np.errstate(over="ignore", invalid="ignore"):
        found = _enclosed(equations, lows, exact=lows == highs)
    if found is None:
        return dict.fromkeys(inner, Interval(Fraction(0), None))
    shares, weight = found
    if lows == highs:
        return dict(zip(inner, shares, strict=True))
    if None in highs:
        return {firm: Interval(share.low, None) for firm, share in zip(inner, shares, strict=True)}
    spread = max(high - low for high, low in zip(highs, lows, strict=True) if high is not None)
    return {
        firm: Interval(share.low, share.high + 2 * ceil(part) * spread)
        for firm, share, part in zip(inner, shares, weight.tolist(), strict=True)
        if share.high is not None
    }


def _enclosed(
    equations: _Equations, amounts: Sequence[Fraction], *, exact: bool
) -> tuple[list[Interval], Floats] | None:
    """The solution, and the weights that prove it; None where nothing is proven."""
    solver = _solver(equations)
    if solver is None:
        return None
    weight = solver(np.ones(equations.size))
    if not _prove_an_end(equations, weight):
        return None
    bound = equations.denominators * lcm(*(amount.denominator for amount in amounts))
    bits = bound.bit_length() + _BITS_IN_FULL + _SLACK
    steps = equations.work // (solver.cost + 4 * len(equations.row) + _WHOLE_NUMBERS * equations.size)
    if not exact or bits > steps * _BITS_A_STEP:
        bits = _BITS
    total, left = _digits(equations, solver, amounts, bits)
    off = [2 * ceil(part) * (left + 1) // equations.common + 2 for part in weight.tolist()]
    whole, most = 2**bits, 2**_BITS_IN_FULL
    found = []
    for middle, error in zip(total, off, strict=True):
        share = Interval(Fraction(max(middle - error, 0), whole), Fraction(middle + error, whole))
        if exact and 2 * error * bound * most < whole:
            share = _recognised(share, most) or share
        found.append(share)
    return found, weight


def _solver(equations: _Equations) -> _Solver | None:
    if equations.size**3 // 5 > equations.work:
        return _Sweeps(equations)
    try:
        return _Inverse(equations)
    except np.linalg.LinAlgError:
        return None


def _prove_an_end(equations: _Equations, weight: Floats) -> bool:
    """Whether weight - M weight >= 1/2, and weight > 0, whatever the floats have lost."""
    through = equations.through(weight)
    longest = int(np.bincount(equations.row).max())
    error = (longest + 8) * _HALF_STEP * (np.abs(weight) + np.abs(through))
    return bool(((weight > 0) & (weight - through - error >= 0.5)).all())


def _digits(
    equations: _Equations, solver: _Solver, amounts: Sequence[Fraction], bits: int
) -> tuple[list[int], int]:
    """The solution in 2^-bits, and the most that it leaves of an equation in whole numbers."""
    left = np.array(
        [(equations.common * amount.numerator << bits) // amount.denominator for amount in amounts],
        dtype=object,
    )
    total = np.zeros(equations.size, dtype=object)
    length = _length(left)
    while True:
        shift = max(length - _BITS_OF_FLOATS, 0)
        guess = solver((left >> shift).astype(np.float64)) / equations.common
        largest = float(np.abs(guess).max())
        if not 0 < largest < np.inf:
            break
        cut = max(frexp(largest)[1] - equations.step_bits, -shift)
        digits = np.rint(np.ldexp(guess, -cut)).astype(np.int64)
        total += digits.astype(object) << (shift + cut)
        left = left - (equations.left_by(digits) << (shift + cut))
        before, length = length, _length(left)
        if length > before - 2:
            break
    return total.tolist(), int(np.abs(left).max())


def _length(numbers: NDArray[Any]) -> int:
    return max(int(number).bit_length() for number in numbers.tolist())


def _recognised(share: Interval, most: int) -> Interval | None:
    """The simplest fraction between two ends, if its denominator is no more than so much: by continued fractions."""
    assert share.high is not None
    above, below = (0, 1), (1, 0)
    low, high = share.low.as_integer_ratio(), share.high.as_integer_ratio()
    while below[1] <= most:
        whole = low[0] // low[1]
        last = whole * low[1] == low[0] or whole < high[0] // high[1]
        term = whole if whole * low[1] == low[0] else whole + last
        above, below = below, (term * below[0] + above[0], term * below[1] + above[1])
        if last:
            found = Fraction(*below)
            return Interval(found, found) if below[1] <= most else None
        low, high = (high[1], high[0] - whole * high[1]), (low[1], low[0] - whole * low[1])
    return None

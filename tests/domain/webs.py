"""Holdings made by hand or drawn, of one filing or several, and what they mean worked out slowly."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from hypothesis import strategies as st

from soe_compliance.domain.edges import Edges
from soe_compliance.domain.exact import exact
from soe_compliance.domain.ownership import RATIO_UNIT, Holdings

HALF = Fraction(1, 2)
NO, UNKNOWN, YES = 0, 1, 2
_RATIOS = ("0", "1/10", "1/4", "3/10", "1/3", "1/2", "0.500000000000001", "0.51", "2/3", "1")


@dataclass(frozen=True)
class Stake:
    """A row of holdings; a ratio of None is a blank one."""

    holder: int
    investee: int
    ratio: Fraction | None
    voting: Fraction | None = None


@dataclass(frozen=True)
class Web:
    """The holdings of one filing, among firms numbered from 0."""

    firms: int
    stakes: tuple[Stake, ...]


Sizes: TypeAlias = dict[tuple[int, int], Fraction]


def web(firms: int, *stakes: tuple[int, int, str | None]) -> Web:
    """A web of stakes written as (holder, investee, ratio)."""
    return Web(
        firms, tuple(Stake(h, i, None if ratio is None else Fraction(ratio)) for h, i, ratio in stakes)
    )


@st.composite
def webs(draw: st.DrawFn, blanks: bool = True, most: int = 5) -> Web:
    firms = draw(st.integers(1, most))
    ratios = st.sampled_from(_RATIOS).map(Fraction) | (st.none() if blanks else st.nothing())
    voting = st.none() | st.none() | st.sampled_from(_RATIOS).map(Fraction)
    pairs = draw(st.lists(st.tuples(*[st.integers(0, firms - 1)] * 2), unique=True, max_size=2 * firms))
    return Web(firms, tuple(Stake(h, i, draw(ratios), draw(voting)) for h, i in pairs))


def holdings(filings: Sequence[Web]) -> Holdings:
    """The webs as one batch."""
    first = np.cumsum([0, *(one.firms for one in filings)])
    rows = [(int(start), stake) for start, one in zip(first, filings, strict=False) for stake in one.stakes]
    votes = [stake.ratio if stake.voting is None else stake.voting for _, stake in rows]
    return Holdings(
        holder=np.array([start + stake.holder for start, stake in rows], dtype=np.int64),
        investee=np.array([start + stake.investee for start, stake in rows], dtype=np.int64),
        ratio=exact((stake.ratio or 0) * RATIO_UNIT for _, stake in rows),
        ratio_stated=np.array([stake.ratio is not None for _, stake in rows], dtype=bool),
        votes=exact((vote or 0) * RATIO_UNIT for vote in votes),
        votes_stated=np.array([vote is not None for vote in votes], dtype=bool),
        filing_of=np.repeat(np.arange(len(filings)), [one.firms for one in filings]),
        has_rows=np.array([bool(one.stakes) for one in filings], dtype=bool),
        has_unusable=np.zeros(len(filings), dtype=bool),
    )


def edges(one: Web) -> Edges:
    """The stated stakes of one filing."""
    return holdings([one]).certain


def left_of(one: Web, investee: int) -> Fraction:
    """What the stated ratios of an investee leave of the whole."""
    stated = [stake.ratio for stake in one.stakes if stake.investee == investee]
    return max(Fraction(0), 1 - sum((ratio for ratio in stated if ratio is not None), Fraction(0)))


def sizes(one: Web, *, most: bool, votes: bool = False) -> Sizes:
    """Each stake above nothing, blank ones at nothing or at their most."""
    found = {}
    for stake in one.stakes:
        size = stake.voting if votes and stake.voting is not None else stake.ratio
        if size is None:
            size = left_of(one, stake.investee) if most else Fraction(0)
        if size > 0:
            found[stake.holder, stake.investee] = size
    return found


def agreed(low: bool, high: bool) -> int:
    """What is the same with blank stakes at nothing and at their most is known."""
    return UNKNOWN if low != high else YES if low else NO


def controlled_by(top: int, votes: Sizes) -> set[int]:
    """The smallest set that holds a firm and all in which the set has more than half of the votes."""
    members = {top}
    while True:
        held: dict[int, Fraction] = {}
        for (holder, investee), size in votes.items():
            if holder in members:
                held[investee] = held.get(investee, Fraction(0)) + size
        joined = {firm for firm, sum_of_votes in held.items() if sum_of_votes > HALF} - members
        if not joined:
            return members
        members |= joined

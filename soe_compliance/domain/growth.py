"""Sets of firms grown along edges from many sources of a batch at once, a frontier at a time.

The work is that of the edges walked, however deep or circular the holdings are.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np

from soe_compliance.domain.edges import MOST_ROUNDS, Edges, Sieve
from soe_compliance.domain.exact import times
from soe_compliance.domain.truth import Mask, Numbers

_WALKED_AT_ONCE = 2**22


def grow_reach(edges: Edges, source: Numbers, base: Numbers, states: int) -> Mask:
    reached, sieve = np.zeros(states, dtype=bool), Sieve(states)
    run, firm = np.arange(len(source)), source
    for _ in range(MOST_ROUNDS):
        if not firm.size:
            return reached
        origin, edge = edges.out_of(firm)
        run, firm = run[origin], edges.investee[edge]
        state = base[run] + firm
        fresh = ~reached[state] & sieve.first_of_each(state)
        reached[state[fresh]] = True
        run, firm = run[fresh], firm[fresh]
    # Deep and narrow from here on: firm by firm.
    links, seen = edges.one_by_one, bytearray(reached.tobytes())
    waiting = list(zip(base[run].tolist(), firm.tolist(), strict=True))
    while waiting:
        start, holder = waiting.pop()
        for end in links.of(holder):
            if not seen[start + end]:
                seen[start + end] = True
                waiting.append((start, end))
    return np.frombuffer(seen, dtype=bool)


def grow_control(edges: Edges, source: Numbers, base: Numbers, states: int, more_than: Fraction) -> Mask:
    member, sieve = np.zeros(states, dtype=bool), Sieve(states)
    member[base + source] = True
    votes = np.zeros(states, dtype=edges.weight.dtype)
    run, firm = np.arange(len(source)), source
    for _ in range(MOST_ROUNDS):
        if not firm.size:
            return member
        origin, edge = edges.out_of(firm)
        run, firm = run[origin], edges.investee[edge]
        state = base[run] + firm
        np.add.at(votes, state, edges.weight[edge])
        enough = (times(votes[state], more_than.denominator) > more_than.numerator).astype(bool)
        fresh = enough & ~member[state] & sieve.first_of_each(state)
        member[state[fresh]] = True
        run, firm = run[fresh], firm[fresh]
    links, inside = edges.one_by_one, bytearray(member.tobytes())
    waiting = list(zip(base[run].tolist(), firm.tolist(), strict=True))
    while waiting:
        start, holder = waiting.pop()
        for end, weight in links.weighted(holder):
            votes[start + end] += weight
            if not inside[start + end] and votes[start + end] > more_than:
                inside[start + end] = True
                waiting.append((start, end))
    return np.frombuffer(inside, dtype=bool)


def walks_of_filings(edges: Edges, filing_of: Numbers, filings: int) -> Numbers:
    """For each filing the firms and edges that a walk through it meets at the most."""
    return np.bincount(filing_of, minlength=filings) + np.bincount(filing_of[edges.holder], minlength=filings)


def grown(
    grow: Callable[[Edges, Numbers, Numbers, int], Mask],
    edges: Edges,
    filing_of: Numbers,
    source: Numbers,
    target: Numbers,
) -> Mask:
    """Grow a set from each distinct source and look up each target, some sources at a time."""
    answers = np.zeros(len(source), dtype=bool)
    width = np.bincount(filing_of)
    first, walk = np.cumsum(width) - width, walks_of_filings(edges, filing_of, len(width))
    distinct, run_of = np.unique(source, return_inverse=True)
    for start, stop in _portions(walk[filing_of[distinct]]):
        runs = distinct[start:stop]
        widths = width[filing_of[runs]]
        base = np.cumsum(widths) - widths - first[filing_of[runs]]
        members = grow(edges, runs, base, int(widths.sum()))
        asked = np.flatnonzero((run_of >= start) & (run_of < stop))
        answers[asked] = members[base[run_of[asked] - start] + target[asked]]
    return answers


def _portions(walks: Numbers) -> Iterator[tuple[int, int]]:
    """Cut the runs so that each portion walks a bounded number of firms and edges."""
    start, together = 0, 0
    for place, walk in enumerate(walks.tolist()):
        if together and together + walk > _WALKED_AT_ONCE:
            yield start, place
            start, together = place, 0
        together += walk
    if start < len(walks):
        yield start, len(walks)

"""The shortest chain of stakes from one firm down to another."""

from collections.abc import Collection, Mapping
from itertools import pairwise
from typing import TypeAlias

Links: TypeAlias = Mapping[int, Collection[int]]
"""The firms that are one stake further, by firm."""


def shortest_chain(below: Links, above: Links, source: int, target: int) -> list[tuple[int, int]]:
    """The stakes of a shortest chain, as pairs of holder and investee; none where there is none.

    It is searched for from both ends, each time from the one with fewer firms at hand, so that neither a holder of
    thousands nor a firm with thousands of holders is gone through in full.

    Args:
        below, above: the firms that each holds, and those that hold it.
    """
    if source == target:
        return []
    down, up = _Search(below, source), _Search(above, target)
    while down.front and up.front:
        near, far = (down, up) if len(down.front) <= len(up.front) else (up, down)
        met = near.step(far)
        if met is not None:
            return list(pairwise([*reversed(down.back(met)), *up.back(met)[1:]]))
    return []


class _Search:
    """A search from one firm: all that are one stake further at a time."""

    def __init__(self, links: Links, start: int) -> None:
        self.front = [start]
        self._links = links
        self._from: dict[int, int | None] = {start: None}

    def step(self, other: "_Search") -> int | None:
        """Go one stake further; the first firm where the other search has been, if there is one."""
        front, self.front = self.front, []
        for firm in front:
            for further in self._links.get(firm, ()):
                if further not in self._from:
                    self._from[further] = firm
                    self.front.append(further)
                if further in other._from:
                    return further
        return None

    def back(self, firm: int) -> list[int]:
        """The firms on the way back to the start, this one first."""
        way = [firm]
        while (before := self._from[way[-1]]) is not None:
            way.append(before)
        return way

"""Codes and identifiers by number, one space of names a filing."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, count, islice, pairwise

import numpy as np

from soe_compliance.domain.truth import Numbers

_NO_NAME, _NO_NUMBER = "", -1


class Names:
    """Numbers for names, from 0 on in the order in which they come; equal names of two filings have two numbers."""

    def __init__(self) -> None:
        self._next = count().__next__
        self._spaces: dict[int, defaultdict[str, int]] = {}
        self._listed: tuple[list[str], list[int]] | None = None

    def number(self, filing: int, name: str) -> int:
        self._listed = None
        return self._space(filing)[name]

    def numbers(self, filings: Numbers, names: Sequence[str]) -> Numbers:
        """The number of each name in its filing, -1 where it is empty."""
        self._listed = None
        rest = iter(names)
        found = chain.from_iterable(
            map(self._space(filing).__getitem__, islice(rest, size)) for filing, size in _runs(filings)
        )
        return np.fromiter(found, dtype=np.int64, count=len(names))

    def find(self, filing: int, name: str) -> int:
        """The number of a name, -1 where there is none."""
        space = self._spaces.get(filing)
        return _NO_NUMBER if space is None else space.get(name, _NO_NUMBER)

    @property
    def names(self) -> list[str]:
        """The name of each number."""
        return self._in_order()[0]

    @property
    def filing(self) -> list[int]:
        """The filing of each number."""
        return self._in_order()[1]

    def _space(self, filing: int) -> defaultdict[str, int]:
        space = self._spaces.get(filing)
        if space is None:
            space = self._spaces[filing] = defaultdict(self._next, {_NO_NAME: _NO_NUMBER})
        return space

    def _in_order(self) -> tuple[list[str], list[int]]:
        if self._listed is None:
            spaces = self._spaces.items()
            size = sum(len(space) - 1 for _, space in spaces)
            names, filings = [_NO_NAME] * size, [_NO_NUMBER] * size
            for filing, space in spaces:
                for name, number in space.items():
                    if number != _NO_NUMBER:
                        names[number], filings[number] = name, filing
            self._listed = names, filings
        return self._listed


def _runs(filings: Numbers) -> Iterator[tuple[int, int]]:
    """The filings of rows that stand side by side, and how many rows each has there."""
    cuts = (np.flatnonzero(filings[1:] != filings[:-1]) + 1).tolist()
    edges = pairwise([0, *cuts, len(filings)])
    return ((int(filings[start]), end - start) for start, end in edges if start < end)

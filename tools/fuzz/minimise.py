"""Smaller inputs that break in the same way."""

from collections.abc import Callable

from tools.fuzz.inputs import Input

_MOST_TRIES = 400


def minimised(given: Input, breaks: Callable[[Input], bool]) -> Input:
    """The input without files and blocks of bytes that it breaks without as well; after some tries as far as it came."""
    for name in list(given.members):
        without = Input(given.name, {key: data for key, data in given.members.items() if key != name})
        if without.members and breaks(without):
            given = without
    tries = 0
    for name in given.members:
        size = len(given.members[name]) // 2
        while size and tries < _MOST_TRIES:
            place = 0
            while place < len(given.members[name]) and tries < _MOST_TRIES:
                tries += 1
                shorter = _without(given, name, place, size)
                if breaks(shorter):
                    given = shorter
                else:
                    place += size
            size //= 2
    return given


def _without(given: Input, name: str, place: int, size: int) -> Input:
    data = given.members[name]
    return Input(given.name, {**given.members, name: data[:place] + data[place + size :]})

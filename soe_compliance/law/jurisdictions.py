"""Which shipped ruleset a filing is under: by the supervisor that it names, and by its date."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from msgspec import Struct

from soe_compliance.law.loading import DEFAULT_RULESET, reach, ruleset_ids
from soe_compliance.law.model import Force


class Jurisdiction(Struct, frozen=True):
    ruleset: str
    names: frozenset[str]
    force: Force


@lru_cache(maxsize=1)
def jurisdictions() -> tuple[Jurisdiction, ...]:
    """Whose filings each shipped ruleset is for, and when."""
    reaches = ((name, reach(name)) for name in ruleset_ids())
    return tuple(
        Jurisdiction(name, frozenset(map(_folded, ruleset.jurisdictions)), ruleset.force)
        for name, ruleset in reaches
    )


def ruleset_for(jurisdiction: str, day: date) -> str:
    """The id of the ruleset for filings to this supervisor at this day; the default where none names it."""
    return ruleset_in_force(jurisdiction, day) or DEFAULT_RULESET


def ruleset_in_force(jurisdiction: str, day: date) -> str | None:
    """The id of the ruleset that names this supervisor and is in force at this day; of several the latest."""
    found = [item for item in _naming(jurisdiction) if item.force.covers(day)]
    return max(found, key=lambda item: item.force.from_).ruleset if found else None


def has_ruleset(jurisdiction: str) -> bool:
    """Whether a ruleset names this supervisor, in force or not."""
    return any(_naming(jurisdiction))


def _naming(jurisdiction: str) -> Iterator[Jurisdiction]:
    named = _folded(jurisdiction)
    if named:
        yield from (item for item in jurisdictions() if named in item.names)


def _folded(name: str) -> str:
    return "".join(name.split())

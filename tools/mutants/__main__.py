"""Mutate modules and say what the tests don't notice: python -m tools.mutants [--shown-only | --no-types] [MODULE ...]"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from tools.mutants.accepted import Accepted, accepted_changes
from tools.mutants.groups import ROOT, groups_with
from tools.mutants.results import DETECTED, Change, Mutant, changes_of, forget, mutants_of
from tools.mutants.workplace import Workplace

LEAST = 0.95
_COLUMNS = ("mutants", "killed", "by types", "run away", "equivalent", "wording", "survivors")
_AS = {"killed": "killed", "segfault": "killed", "caught by type check": "by types", "timeout": "run away"}


def undetected(place: Workplace) -> dict[Mutant, Change]:
    """The mutants of a group that have survived, with what they change."""
    left = [mutant for mutant in mutants_of(place) if mutant.status not in DETECTED]
    return dict(zip(left, changes_of(place, left), strict=True))


def column_of(mutant: Mutant, change: Change | None, accepted: dict[Change, Accepted]) -> str:
    """The column of the table in which a mutant counts."""
    if mutant.status in DETECTED:
        return _AS[mutant.status]
    return accepted[change].kind if change in accepted else "survivors"


def row(module: str, counts: Counter[str]) -> str:
    """A line of the table; the share is that of mutants that are killed or argued for."""
    total = sum(counts.values())
    numbers = " | ".join(str(counts[column] or "") for column in _COLUMNS[1:])
    return f"| {module} | {total} | {numbers} | {100 * (total - counts['survivors']) / total:.1f}% |"


def survivors(left: Iterable[Change], accepted: dict[Change, Accepted]) -> Iterable[str]:
    """The changes that nobody noticed and nobody argued for."""
    for change in left:
        if change not in accepted:
            yield f"{change.module} {change.function}\n  - {change.before}\n  + {change.after}"


def stale(modules: set[str], seen: Sequence[Change], accepted: dict[Change, Accepted]) -> list[Change]:
    """Changes of the list that no longer survive, or are no longer made."""
    return [change for change in accepted if change.module in modules and change not in seen]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description=__doc__)
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="such as domain/truth; by default all")
    parser.add_argument("--shown-only", action="store_true", help="show what was found before")
    parser.add_argument("--no-types", action="store_true", help="leave the types out, for a quick look")
    parser.add_argument("--into", type=Path, default=ROOT / "build" / "mutants")
    given = parser.parse_args()
    accepted, table, seen, missed = accepted_changes(), dict[str, Counter[str]](), list[Change](), list[str]()
    for group, files in groups_with(given.modules):
        place = Workplace(group, files, given.into.resolve())
        if not given.shown_only:
            place.prepare(check_types=not given.no_types)
            forget(place, [mutant for mutant, change in undetected(place).items() if change not in accepted])
            place.run()
        changes = {mutant.name: change for mutant, change in undetected(place).items()}
        for mutant in mutants_of(place):
            column = column_of(mutant, changes.get(mutant.name), accepted)
            table.setdefault(mutant.module, Counter())[column] += 1
        seen.extend(changes.values())
        missed.extend(survivors(changes.values(), accepted))
    print(*missed, sep="\n", end="\n\n")
    print(f"| module | {' | '.join(_COLUMNS)} | killed or argued |")
    print("| --- |" + " ---: |" * (len(_COLUMNS) + 1))
    print(*(row(module, counts) for module, counts in table.items()), sep="\n")
    print(row("together", sum(table.values(), Counter())))
    for change in stale(set(table), seen, accepted):
        print(f"in accepted.yaml and not found: {change}")
    low = [m for m, counts in table.items() if counts["survivors"] > (1 - LEAST) * sum(counts.values())]
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())

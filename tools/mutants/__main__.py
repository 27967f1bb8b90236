"""Mutate modules and say what the tests don't notice: python -m tools.mutants [--afresh] [MODULE ...]"""

import argparse
import sys
from pathlib import Path

from tools.mutants.groups import groups_with
from tools.mutants.results import by_module, changes_of, mutants_of
from tools.mutants.workplace import Workplace


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description=__doc__)
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="such as domain/truth; by default all")
    parser.add_argument("--into", type=Path, default=Path("build/mutants"))
    given = parser.parse_args()
    for group, files in groups_with(given.modules):
        place = Workplace(group, files, given.into.resolve())
        place.prepare()
        place.run()
        mutants = mutants_of(place)
        for module, counts in by_module(mutants).items():
            print(module, dict(counts))
        left = [m for m in mutants if not m.is_detected]
        for mutant, change in zip(left, changes_of(place, left), strict=True):
            print(
                f"{mutant.status}: {change.module} {change.function}\n  - {change.before}\n  + {change.after}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())

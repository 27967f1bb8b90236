"""Fuzz for as long as it is told: python -m tools.fuzz SECONDS [--seed N] [--into FOLDER] [TARGET ...]"""

import argparse
import random
import sys
import time
from collections import Counter
from pathlib import Path

from tools.fuzz.inputs import Input
from tools.fuzz.minimise import minimised
from tools.fuzz.running import Find, Fuzzer, Tally
from tools.fuzz.targets import BY_NAME, TARGETS, Drawn, Target

_ROUND_SECONDS = 2.0
_FIRST_COUNT = 40
_KEPT_OF_A_KIND = 3
_SLOW_SECONDS = 1.0


class Finds:
    """The folder of finds: of each kind the first few, as small as can be had cheaply, with what broke."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kinds: Counter[str] = Counter()

    def keep(self, find: Find, fuzzer: Fuzzer) -> None:
        self._kinds[find.kind] += 1
        if self._kinds[find.kind] > _KEPT_OF_A_KIND:
            return
        folder = self._folder / f"{sum(self._kinds.values()):04}-{find.target}"
        folder.mkdir(parents=True)
        find.given.write(folder)
        smaller = _smaller(find, fuzzer)
        if smaller is not find.given:
            (folder / "small").mkdir()
            smaller.write(folder / "small")
        (folder / "broke.txt").write_text(find.trace, encoding="utf-8", errors="backslashreplace")
        print(f"{folder}: {find.kind}", file=sys.stderr, flush=True)


def _smaller(find: Find, fuzzer: Fuzzer) -> Input:
    """A smaller input that breaks at the same place, without a seed to compare it with."""
    target = BY_NAME[find.target]

    def breaks(given: Input) -> bool:
        try:
            fuzzer.read(target, Drawn(given))
        except Exception as error:
            return Find(find.target, given, error).kind == find.kind
        return False

    return minimised(find.given, breaks) if breaks(find.given) else find.given


def fuzz(seconds: float, seed: str, folder: Path, targets: list[Target]) -> dict[str, Tally]:
    """Run the targets in turn until the time is over."""
    rng = random.Random(seed)
    finds = Finds(folder)
    tallies = {target.name: Tally() for target in targets}
    counts = dict.fromkeys(tallies, _FIRST_COUNT)
    end = time.monotonic() + seconds
    with Fuzzer(on_find=lambda find: finds.keep(find, fuzzer)) as fuzzer:
        while time.monotonic() < end:
            for target in targets:
                began = time.monotonic()
                fuzzer.run(target, rng, counts[target.name], tallies[target.name])
                took = max(time.monotonic() - began, 0.001)
                counts[target.name] = max(int(counts[target.name] * min(_ROUND_SECONDS / took, 4)), 1)
                if time.monotonic() >= end:
                    break
    return tallies


def keep_slow(tallies: dict[str, Tally], folder: Path) -> None:
    """The slowest input of each target that took long, beside the finds."""
    for name, tally in tallies.items():
        seconds, given = tally.slowest
        if given is not None and seconds > _SLOW_SECONDS:
            (folder / f"slow-{name}").mkdir(parents=True)
            given.write(folder / f"slow-{name}")


def show(tallies: dict[str, Tally]) -> None:
    """A line for each target, and the sum."""
    print(f"{'target':20}{'inputs':>10}{'filings':>10}{'judged':>10}{'slowest s':>11}{'finds':>7}")
    for name, tally in tallies.items():
        print(
            f"{name:20}{tally.runs:>10,}{tally.filings:>10,}{tally.judged:>10,}{tally.slowest[0]:>11.2f}"
            f"{len(tally.finds):>7}"
        )
    print(f"{'together':20}{sum(tally.runs for tally in tallies.values()):>10,}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz", description=__doc__)
    parser.add_argument("seconds", type=float)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(BY_NAME))
    parser.add_argument("--seed", help="by default the time, which is printed")
    parser.add_argument("--into", type=Path, default=Path("build/finds"), help="the folder for finds")
    given = parser.parse_intermixed_args()
    seed = given.seed or str(time.time_ns())
    print(f"seed {seed}", flush=True)
    targets = [BY_NAME[name] for name in given.targets] or list(TARGETS)
    tallies = fuzz(given.seconds, seed, given.into / seed, targets)
    keep_slow(tallies, given.into / seed)
    show(tallies)
    found = sum(len(tally.finds) for tally in tallies.values())
    print(f"{found} finds in {given.into / seed}" if found else "nothing found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

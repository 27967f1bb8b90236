"""Measure, and write RESULTS.md beside this file."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.batches import measure_batches
from benchmarks.checking import measure_json, measure_workbooks
from benchmarks.floor import measure_floor
from benchmarks.graphs import measure_graphs
from benchmarks.large_groups import measure_large_groups
from benchmarks.memory import measure_memory
from benchmarks.ownership import measure_ownership
from benchmarks.results import page
from benchmarks.rules import measure_rules
from benchmarks.starting import measure_starting
from benchmarks.timing import Figure

_RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> None:
    parser = ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer filings and rounds, in some seconds")
    parser.add_argument(
        "--filings", type=int, metavar="N", help="how many workbooks whole runs check; 10,000 by default"
    )
    options = parser.parse_args()
    quick: bool = options.quick
    shard = 20 if quick else 125
    filings: int = options.filings or (20 if quick else 10_000)
    text = page(list(_measured(shard, filings, quick)), shard)
    _RESULTS.write_text(text, encoding="utf-8")
    print(text)


def _measured(shard: int, filings: int, quick: bool) -> Iterator[Figure]:
    rounds = 2 if quick else 7
    with TemporaryDirectory() as name:
        folder = Path(name)
        yield from measure_workbooks(folder, shard, rounds)
        yield from measure_json(folder, shard, rounds)
        yield from measure_rules(folder, *((20, 1) if quick else (1000, 5)))
        yield from measure_graphs(folder, 20 if quick else 1000, rounds)
        yield from measure_ownership(500 if quick else 10_000, rounds)
        yield from measure_large_groups(*((5_000, 100, 100) if quick else (100_000, 780, 500)), rounds)
        yield from measure_starting(folder, 1 if quick else 7)
        yield from measure_floor(folder, filings, 1 if quick else 5)
        yield from measure_memory(folder, *((10, 40) if quick else (100, 400)))
        yield from measure_batches(folder, *((20, 60) if quick else (250, 1000)))


if __name__ == "__main__":
    main()

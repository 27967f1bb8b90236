"""One large filing, checked by the program as its users run it: time, memory and size of the report, as Markdown.

python -m benchmarks.one_filing [--quick]
"""

import json
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

_LATE = "2029-12-31"
_GROUP = "91152200MA0AAAAA1X"
FORMATS = ("jsonl", "csv", "xlsx", "html", "sarif", "xml")
_COUNTED = """
import atexit, json, runpy, sys
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

def tell(target=sys.argv.pop()):
    taken = [getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    with open(target, "w") as stream:
        json.dump([[one.ru_maxrss // 1024, one.ru_utime + one.ru_stime] for one in taken], stream)

atexit.register(tell)
runpy.run_module("soe_compliance", run_name="__main__", alter_sys=True)
"""
"""Runs the program and tells what it and the process that reads took: MB at most, and seconds of processor time."""
_SMALL = """
import os, sys
_, status = os.waitpid(os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ), 0)
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""Starts it from a small process: the memory of the one that starts it counts as its own."""

Filing = dict[str, Any]


def _filing(**tables: list[dict[str, Any]]) -> Filing:
    own = {"group_code": _GROUP, "group_name": "甲集团", "year": 2024, "reference_date": "2024-02-29"}
    return {"filing": {**own, "unit": "元"}, **tables}


def _ledger(count: int, *, net_assets: int = 10**12, related: bool = True) -> Filing:
    """So many guarantees of the parent, for its subsidiary or for others."""
    parent = {"code": _GROUP, "name": "甲集团", "level": 1, "consolidated": True}
    child = {"code": "S", "name": "乙公司", "level": 2, "consolidated": True, "key_subsidiary": False}
    accounts = {"code": _GROUP, "year": 2023, "net_assets": net_assets, "consolidated_net_assets": net_assets}
    row = {
        "guarantor_code": _GROUP,
        "debt_id": None,
        "amount": 1000,
        "balance": 900,
        "licensed_business": False,
        "signed_on": "2024-01-31",
        "board_resolution_on": "2024-01-05",
    }
    return _filing(
        entities=[parent, {**child, "going_concern": True, "solvent": True}],
        holdings=[{"holder_code": _GROUP, "investee_code": "S", "ratio": 1}],
        financials=[accounts],
        guarantees=[
            {**row, "id": f"G{number:05}", "beneficiary_code": "S" if related else f"X{number % 7000}"}
            for number in range(count)
        ],
    )


def _firms(count: int) -> Filing:
    """A tree of firms, ten below each."""
    codes = [_GROUP, *(f"F{number}" for number in range(1, count))]
    return _filing(
        entities=[{"code": code, "name": code, "consolidated": True} for code in codes],
        holdings=[
            {"holder_code": codes[(place - 1) // 10], "investee_code": code, "ratio": 1}
            for place, code in enumerate(codes)
            if place
        ],
    )


def _web(count: int) -> Filing:
    """Firms that all hold each other."""
    codes = [_GROUP, *(f"F{number}" for number in range(1, count))]
    return _filing(
        entities=[{"code": code, "name": code, "consolidated": True} for code in codes],
        holdings=[
            {"holder_code": holder, "investee_code": investee, "ratio": 0.001}
            for holder in codes
            for investee in codes
            if holder != investee
        ],
    )


@dataclass(frozen=True)
class _Taken:
    """Bytes of the output, seconds of both processes, and the most MB of the one that reads and of the other."""

    size: int
    seconds: float
    reads: int
    writes: int


def _checked(filing: Path, output: Path) -> _Taken:
    told = output.with_name("taken")
    arguments = ("check", str(filing), "--as-of", _LATE, "--fail-on", "never", "--jobs", "1", "--quiet")
    command = [sys.executable, "-c", _COUNTED, *arguments, "--no-progress", "-o", str(output), str(told)]
    subprocess.run([sys.executable, "-c", _SMALL, *command], check=True)
    (writes, own), (reads, other) = json.loads(told.read_text())
    return _Taken(output.stat().st_size, own + other, reads, writes)


def table(folder: Path, most: int) -> Iterator[str]:
    """The rows of the table, for filings of up to so many guarantees."""
    firms, web = most * 5 // 3, min(500, most // 4)
    others = partial(_ledger, related=False)
    made: Mapping[str, Callable[[], Filing]] = {
        f"{most:,} guarantees, none with a breach": partial(_ledger, most),
        f"{most:,} guarantees, their total over every cap": partial(_ledger, most, net_assets=10**6),
        f"{firms:,} firms": partial(_firms, firms),
        f"{web:,} firms that all hold each other": partial(_web, web),
        f"{most // 4:,} guarantees for firms that are none of the group's": partial(others, most // 4),
        f"{most // 2:,} of them": partial(others, most // 2),
        f"{most:,} of them": partial(others, most),
    }
    filing, report = folder / "filing.json", folder / "report.json"
    findings = 0
    for name, make in made.items():
        filing.write_text(json.dumps(make(), ensure_ascii=False), encoding="utf-8")
        taken = _checked(filing, report)
        findings = report.read_bytes().count(b'"fingerprint"')
        yield _row(name, findings, "json", taken)
    for ending in FORMATS:
        yield _row("", findings, ending, _checked(filing, folder / f"report.{ending}"))


def _row(name: str, findings: int, ending: str, taken: _Taken) -> str:
    size = f"{taken.size / 10**6:.0f} MB" if taken.size >= 10**6 else f"{taken.size / 1000:.0f} kB"
    cells = (name, f"{findings:,}", f".{ending} {size}", f"{taken.seconds:.1f} s")
    return f"| {' | '.join(cells)} | {taken.reads} MB | {taken.writes} MB |"


def main() -> None:
    parser = ArgumentParser(prog="python -m benchmarks.one_filing", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a hundredth of the rows")
    quick: bool = parser.parse_args().quick
    print("| | findings | output | time | reads and judges | writes |\n|---|---:|---|---:|---:|---:|")
    with TemporaryDirectory() as folder:
        for row in table(Path(folder), 600 if quick else 60_000):
            print(row, flush=True)


if __name__ == "__main__":
    main()

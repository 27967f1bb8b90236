"""The page that says what was measured, and where."""

import os
import platform
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.generator import ROWS
from benchmarks.timing import Figure

_LIBRARIES = (
    "click",
    "duckdb",
    "networkx",
    "numpy",
    "orjson",
    "pandas",
    "pydantic",
    "python-calamine",
    "XlsxWriter",
    "zen-engine",
)


def page(figures: Sequence[Figure], shard: int) -> str:
    """The results as Markdown."""
    tables = ", ".join(f"{key} {rows}" for key, rows in ROWS.items())
    lines = [
        "# Benchmarks",
        "",
        "Written by `make bench`. Each figure stands beside a yardstick: work that the task can't do without, done in",
        "the same run, in turns. Times are medians of processor time where nothing else is said; they belong to the",
        "machine, and ratios hold to some 20%.",
        "",
        f"A filing has {sum(ROWS.values())} rows ({tables})",
        f"and its own fields. Reading, typing and judging take a shard of {shard} filings at a time; all rules of the",
        "default ruleset are judged, with the outcomes that are listed by default. The garbage collector rests while a",
        "shard is in hand, as it does in workers, and for the yardstick too.",
        "",
        "| Figure | Measured | Yardstick | Measured | Ratio |",
        "|---|---:|---|---:|---:|",
        *map(_row, figures),
        "",
        "read: from the file to checked cells with their places · type: to columns of numbers over the shard · judge: all",
        "rules, with their findings · held in one batch: a check holds one shard at a time, not all of them",
        "",
        *_machine(),
    ]
    return "\n".join(lines) + "\n"


def _row(figure: Figure) -> str:
    value, yard = (f"{number:.{_digits(number)}f} {figure.unit}" for number in (figure.value, figure.yard))
    return f"| {figure.name} | {value} | {figure.yardstick} | {yard} | {figure.ratio:.2f} |"


def _digits(number: float) -> int:
    return 2 if number < 10 else 0


def _machine() -> Iterator[str]:
    yield f"Python {platform.python_version()} · {' · '.join(_versions())}"
    yield ""
    yield f"{os.cpu_count()} cores · {_processor()} · {platform.system()}"


def _versions() -> Iterator[str]:
    for name in _LIBRARIES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name} not installed"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())

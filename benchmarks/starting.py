"""Whole processes: the help, and the check of one filing."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.generator import AS_OF, write_json, write_workbooks
from benchmarks.timing import Figure, Work, medians

_CLICK = "import click; click.command()(lambda: None)(['--help'])"
_LIBRARIES = "import click, python_calamine; from pydantic import BaseModel"


def measure_starting(folder: Path, rounds: int) -> Iterator[Figure]:
    """Whole processes beside ones that do next to nothing with the same libraries."""
    [book], [document] = write_workbooks(folder, 1), write_json(folder, 1)
    taken = medians(
        {
            "click": _process("-c", _CLICK),
            "libraries": _process("-c", _LIBRARIES),
            "help": _process("-m", "soe_compliance", "--help"),
            "json": _check(document),
            "workbook": _check(book),
        },
        rounds,
    )
    yield _figure(
        "process: --help", taken["help"], "a process with a bare click program: --help", taken["click"]
    )
    for key, name in (("json", "one JSON filing"), ("workbook", "one workbook")):
        yardstick = "a process that imports click, python-calamine and pydantic"
        yield _figure(f"process: check of {name}", taken[key], yardstick, taken["libraries"])


def _figure(name: str, seconds: float, yardstick: str, yard: float) -> Figure:
    return Figure(name, 1000 * seconds, yardstick, 1000 * yard, "ms")


def _check(path: Path) -> Work:
    return _process("-m", "soe_compliance", "check", str(path), "--as-of", str(AS_OF), "--fail-on", "never")


def _process(*arguments: str) -> Work:
    command = [sys.executable, *arguments]
    return lambda: subprocess.run(command, check=True, capture_output=True)

"""Whole processes: the help, and the check of one filing."""

import os
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
            "click": _process(folder, "-c", _CLICK),
            "libraries": _process(folder, "-c", _LIBRARIES),
            "help": _process(folder, "-m", "soe_compliance", "--help"),
            "json": _check(folder, document),
            "workbook": _check(folder, book),
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


def _check(folder: Path, path: Path) -> Work:
    options = ("--as-of", str(AS_OF), "--fail-on", "never")
    return _process(folder, "-m", "soe_compliance", "check", str(path), *options)


def _process(folder: Path, *arguments: str) -> Work:
    """A process that finds its modules compiled, as installed programs do, whatever the settings here."""
    command = [sys.executable, *arguments]
    settings = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    settings["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    return lambda: subprocess.run(command, check=True, capture_output=True, env=settings)

"""Whole processes: the help, and the check of one filing."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.generator import AS_OF, write_json, write_workbooks
from benchmarks.timing import Figure, Taken, Work, taken_by

_CLICK = "import click; click.command()(lambda: None)(['--help'])"
_LIBRARIES = "import click, python_calamine; from pydantic import BaseModel"
_YARDSTICK = "a process that imports click, python-calamine and pydantic"


def measure_starting(folder: Path, rounds: int) -> Iterator[Figure]:
    """Whole processes beside ones that do next to nothing with the same libraries."""
    [book], [document] = write_workbooks(folder, 1), write_json(folder, 1)
    work = {
        "click": _process(folder, "-c", _CLICK),
        "libraries": _process(folder, "-c", _LIBRARIES),
        "help": _process(folder, "-m", "soe_compliance", "--help"),
        "json": _check(folder, document),
        "workbook": _check(folder, book),
    }
    taken_by(work, 1)  # modules are compiled
    taken = taken_by(work, rounds)
    yield from _figures(
        "--help", taken["help"], "a process with a bare click program: --help", taken["click"]
    )
    for key, name in (("json", "check of one JSON filing"), ("workbook", "check of one workbook")):
        yield from _figures(name, taken[key], _YARDSTICK, taken["libraries"])


def _figures(name: str, taken: Taken, yardstick: str, yard: Taken) -> Iterator[Figure]:
    yield Figure(f"process: {name}", 1000 * taken.processor, yardstick, 1000 * yard.processor, "ms")
    yield Figure(f"process: {name}: wall time", 1000 * taken.wall, yardstick, 1000 * yard.wall, "ms")


def _check(folder: Path, path: Path) -> Work:
    options = ("--as-of", str(AS_OF), "--fail-on", "never")
    return _process(folder, "-m", "soe_compliance", "check", str(path), *options)


def _process(folder: Path, *arguments: str) -> Work:
    """A process that finds its modules compiled, as installed programs do, whatever the settings here."""
    command = [sys.executable, *arguments]
    settings = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    settings["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    return lambda: subprocess.run(command, check=True, capture_output=True, env=settings)

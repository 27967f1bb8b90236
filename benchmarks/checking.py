"""Reading filings and judging them, beside the bare parse of the same files."""

import gc
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import orjson
from python_calamine import CalamineWorkbook

from benchmarks.generator import AS_OF, write_json, write_workbooks
from benchmarks.timing import Figure, Work, medians
from soe_compliance.domain.workdays import official_calendar
from soe_compliance.engine import Checked, Options, evaluate
from soe_compliance.execution.collecting import uncollected
from soe_compliance.filings.batch import batch_of
from soe_compliance.filings.discover import FoundFile
from soe_compliance.filings.filing import Filing
from soe_compliance.filings.reading import read_file
from soe_compliance.law.loading import load_ruleset
from soe_compliance.law.model import Ruleset
from soe_compliance.law.selection import selected_rules

WORKBOOKS = "python-calamine, all sheets to Python"
WITH_UNPACKING = "python-calamine as above, and zipfile: every member read once"
_QUICK_JSON, _JSON = "orjson.loads", "json.loads"


def read_all(paths: Sequence[Path]) -> list[Filing]:
    """The filings of these files, all of which can be read."""
    found = [filing for path in paths for filing in read_file(FoundFile(str(path)))]
    filings = [filing for filing in found if isinstance(filing, Filing)]
    assert len(filings) == len(found) == len(paths)
    return filings


def rows_of(path: Path) -> list[object]:
    """The cells of all sheets, bare."""
    with CalamineWorkbook.from_filelike(BytesIO(path.read_bytes())) as workbook:
        return [
            workbook.get_sheet_by_index(place).to_python(skip_empty_area=False)
            for place in range(len(workbook.sheet_names))
        ]


def members_of(path: Path) -> list[bytes]:
    """Every member of a packed file, unpacked."""
    with ZipFile(path) as archive:
        return [archive.read(name) for name in archive.namelist()]


def judge_all(filings: Sequence[Filing]) -> list[Checked]:
    """All rules of the ruleset on these filings, with the outcomes that are listed by default."""
    ruleset = _ruleset()
    return evaluate(filings, ruleset, official_calendar(), Options(AS_OF, selected_rules(ruleset, (), ())))


@cache
def _ruleset() -> Ruleset:
    return load_ruleset()


def measure_workbooks(folder: Path, count: int, rounds: int) -> Iterator[Figure]:
    """A shard of workbooks, per filing."""
    paths = write_workbooks(folder, count)
    bare: dict[str, Callable[[Path], object]] = {
        WORKBOOKS: rows_of,
        WITH_UNPACKING: lambda path: (rows_of(path), members_of(path)),
    }
    yield from _figures("workbooks", paths, bare, rounds)


def measure_json(folder: Path, count: int, rounds: int) -> Iterator[Figure]:
    """The same filings as JSON."""
    paths = write_json(folder, count)
    bare = {_QUICK_JSON: _loaded_by(orjson.loads), _JSON: _loaded_by(json.loads)}
    yield from _figures("JSON", paths, bare, rounds)


def _loaded_by(loads: Callable[[bytes], object]) -> Callable[[Path], object]:
    return lambda path: loads(path.read_bytes())


def _figures(
    kind: str, paths: Sequence[Path], bare: dict[str, Callable[[Path], object]], rounds: int
) -> Iterator[Figure]:
    with _set_aside(read_all(paths)) as filings, uncollected():
        work: dict[str, Work] = {
            **{name: _each(parse, paths) for name, parse in bare.items()},
            "read": lambda: read_all(paths),
            "read and type": lambda: batch_of(read_all(paths)),
            "type": lambda: batch_of(filings),
            "type and judge": lambda: judge_all(filings),
            "read, type and judge": lambda: judge_all(read_all(paths)),
        }
        taken = {name: 1000 * time / len(paths) for name, time in medians(work, rounds).items()}
    taken["judge"] = taken["type and judge"] - taken["type"]
    for yardstick in bare:
        for name in ("read", "type", "read and type", "judge", "read, type and judge"):
            yield Figure(f"{kind}: {name}", taken[name], yardstick, taken[yardstick], "ms a filing")


def _each(parse: Callable[[Path], object], paths: Sequence[Path]) -> Work:
    return lambda: [parse(path) for path in paths]


@contextmanager
def _set_aside(filings: list[Filing]) -> Iterator[list[Filing]]:
    """Filings that the garbage collector leaves alone, so that they cost nothing to what is measured beside them."""
    gc.collect()
    gc.freeze()
    try:
        yield filings
    finally:
        gc.unfreeze()

"""What a worker does: read the files of a shard, type their cells, judge them, and give the findings back."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct, field

from soe_compliance.domain.workdays import Calendar
from soe_compliance.engine import Options, evaluate, unreadable
from soe_compliance.execution.collecting import uncollected
from soe_compliance.execution.outcomes import FileOutcome, to_json
from soe_compliance.execution.watch import Watch
from soe_compliance.filings.discover import FoundFile
from soe_compliance.filings.filing import Filing, Unreadable
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.reading import read_file
from soe_compliance.law.model import Ruleset


class Prepared(Struct, frozen=True, eq=False):
    """What a check needs beside the files: the same for all of them, and sent to each worker once."""

    ruleset: Ruleset
    calendar: Calendar
    options: Options
    limits: Limits


class Identity(NamedTuple):
    """What the choice of a ruleset hangs on."""

    jurisdiction: str
    reference_date: date


class Bench(Struct):
    """What a worker has at hand from one task to the next.

    Attributes:
        read: filings of the files that were read to tell which ruleset applies, until they are judged.
    """

    watch: Watch
    limits: Limits
    prepared: Prepared | None = None
    read: dict[FoundFile, list[Filing | Unreadable]] = field(default_factory=dict)


def read_apart(bench: Bench, files: Sequence[FoundFile]) -> list[list[Filing | Unreadable]]:
    """The filings of each file."""
    return [_read(bench, number, file) for number, file in enumerate(files)]


def identify(bench: Bench, files: Sequence[FoundFile]) -> Identity | None:
    """The identity of the first filing that can be read; None where there is none."""
    for number, file in enumerate(files):
        bench.read[file] = read = _read(bench, number, file)
        for filing in read:
            if isinstance(filing, Filing):
                return Identity(filing.jurisdiction, filing.reference_date)
    return None


def check_files(bench: Bench, files: Sequence[FoundFile], prepared: Prepared | None) -> bytes:
    """The outcome of each file, as JSON.

    Args:
        prepared: None where an earlier task of this worker brought it.
    """
    bench.prepared = prepared or bench.prepared
    assert bench.prepared is not None
    with uncollected():
        return _outcomes(bench, files, bench.prepared)


def _outcomes(bench: Bench, files: Sequence[FoundFile], prepared: Prepared) -> bytes:
    """The outcome of each file, as JSON; the filings are let go as this returns, before garbage is looked for again."""
    read = [_read(bench, number, file) for number, file in enumerate(files)]
    bench.watch.judging()
    return to_json(judged(read, prepared))


def judged(read: Sequence[Sequence[Filing | Unreadable]], prepared: Prepared) -> list[FileOutcome]:
    """The outcome of each file from the filings that were read of it, all judged as one batch."""
    filings = [filing for of_file in read for filing in of_file if isinstance(filing, Filing)]
    checked = iter(
        evaluate(filings, prepared.ruleset, prepared.calendar, prepared.options) if filings else ()
    )
    return [
        tuple(next(checked) if isinstance(filing, Filing) else unreadable(filing) for filing in of_file)
        for of_file in read
    ]


def _read(bench: Bench, number: int, file: FoundFile) -> list[Filing | Unreadable]:
    before = bench.read.pop(file, None)
    if before is not None:
        return before
    bench.watch.at(number)
    return read_file(file, bench.limits)

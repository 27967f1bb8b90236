"""From paths to files: a file as given, a folder searched for filings, '-' for standard input."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from soe_compliance.filings.json_reader import documents_in
from soe_compliance.filings.problems import Problem, problem
from soe_compliance.filings.raw import ReadingError
from soe_compliance.filings.tables import HEADER, TABLES

STANDARD_INPUT = "-"
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
LINES = ".jsonl"
ENDINGS = (*WORKBOOKS, ".json", LINES)

_HEADER_OBJECT = re.compile(rb'"filing"\s*:\s*\{')
_REPORT = re.compile(rb'"format"\s*:\s*"soe-compliance\.report/')
_REPORT_WITHIN = 400


@dataclass(frozen=True)
class FoundFile:
    """A file to read.

    Attributes:
        path: where it is; '-' is standard input.
        skipped: why it is not read; an error where a path holds no filing at all.
        data: its bytes, where they were read before.
    """

    path: str
    skipped: Problem | None = None
    data: bytes | None = field(default=None, repr=False)

    @property
    def source(self) -> str:
        """The path as reports show it: a name that is not UTF-8 has its bytes spelled out."""
        return os.fsencode(self.path).decode("utf-8", "backslashreplace")

    @property
    def ending(self) -> str:
        return os.path.splitext(self.path)[1].lower()

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        if self.path == STANDARD_INPUT:
            return "stdin"
        return os.path.splitext(os.path.basename(self.source))[0]


def discover(paths: Sequence[str]) -> list[FoundFile]:
    """The files of these paths, in order, each once. A path that does not exist is left for the reader to tell of."""
    found: dict[str, FoundFile] = {}
    for path in paths:
        for file in _in_folder(path) if os.path.isdir(path) else [FoundFile(path)]:
            identity = file.path if file.path == STANDARD_INPUT else os.path.realpath(file.path)
            found.setdefault(identity, file)
    return list(found.values())


def _in_folder(folder: str) -> list[FoundFile]:
    found = list(_search(folder))
    if all(file.skipped for file in found):
        source = FoundFile(folder).source
        nothing = problem("folder-without-filings", location=source)
        found.append(FoundFile(folder, nothing))
    return found


def _search(folder: str) -> Iterator[FoundFile]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError:
        yield FoundFile(folder)
        return
    for entry in entries:
        if entry.name.startswith((".", "~$")) or entry.is_symlink():
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _search(entry.path)
        elif entry.is_file(follow_symlinks=False) and entry.name.lower().endswith(ENDINGS):
            yield _told_from_other_json(FoundFile(entry.path))


def _told_from_other_json(file: FoundFile) -> FoundFile:
    if file.ending in WORKBOOKS or _may_be_filing(file):
        return file
    return FoundFile(file.path, problem("not-a-filing", location=file.source))


def _may_be_filing(file: FoundFile) -> bool:
    """Whether JSON that lies in a folder is a filing; what is broken may be one."""
    try:
        with open(file.path, "rb") as stream:
            data = stream.read()
    except OSError:
        return True
    if _REPORT.search(data, 0, _REPORT_WITHIN):
        return False
    if _HEADER_OBJECT.search(data):
        return True
    try:
        documents = documents_in(data, lines=file.ending == LINES)
    except ReadingError as error:
        return error.problems[0].code == "json-invalid"
    return any(document.problem or _has_table(document.value) for document in documents)


def _has_table(value: object) -> bool:
    """Whether an object has what only a filing has: its own fields, or rows of a table."""
    return isinstance(value, dict) and (
        HEADER in value or any(_is_rows(value.get(key)) for key in TABLES if key in value)
    )


def _is_rows(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(row, dict) for row in value)

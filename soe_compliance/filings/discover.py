"""From paths to files: a file as given, a folder searched for filings, '-' for standard input."""

import os
from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property
from typing import Any, BinaryIO

from msgspec import Struct

from soe_compliance.domain.files import open_regular
from soe_compliance.domain.patterns import pattern
from soe_compliance.domain.system_errors import why
from soe_compliance.filings.csv_folder import ENDING as CSV
from soe_compliance.filings.csv_folder import is_csv_folder
from soe_compliance.filings.json_reader import documents_in
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.problems import Level, Problem, problem
from soe_compliance.filings.raw import ReadingError
from soe_compliance.filings.tables import HEADER, TABLES

STANDARD_INPUT = "-"
OPEN_XML = (".xlsx", ".xlsm")
WORKBOOKS = (*OPEN_XML, ".xls", ".xlsb", ".ods", ".et")
LINES = ".jsonl"
ENDINGS = (*WORKBOOKS, ".json", LINES)

_HEADER_OBJECT = pattern(rb'"filing"\s*:\s*\{')
_TABLE_ROWS = pattern(rb'"(?:%s)"\s*:\s*\[\s*\{' % b"|".join(key.encode() for key in TABLES if key != HEADER))
_PARSED_BYTES = 64 * 1024
_PIECE, _OVERLAP = 1024**2, 200
_TAIL = 64
_BEFORE_JSON = b"\xef\xbb\xbf \t\r\n"
_PAIRS = {b"{": b"}", b"[": b"]"}
_REPORT = pattern(rb'"format"\s*:\s*"soe-compliance\.report/')
_REPORT_WITHIN = 400
_HOUSEKEEPING = frozenset({"thumbs.db", "desktop.ini"})
_LIMITS = Limits()
_TELL_EVERY = 500


class FoundFile(Struct, frozen=True, dict=True):
    """A file to read, or a folder that is one filing in CSV files.

    Attributes:
        path: where it is; '-' is standard input.
        skipped: why it is not read; an error where a path holds no filing at all.
        data: its bytes, where they were read before.
    """

    path: str
    skipped: Problem | None = None
    data: bytes | None = None

    @property
    def source(self) -> str:
        """The path as reports show it: a name that is not UTF-8 has its bytes spelled out."""
        return os.fsencode(self.path).decode("utf-8", "backslashreplace")

    @property
    def ending(self) -> str:
        return os.path.splitext(self.path)[1].lower()

    @cached_property
    def is_folder(self) -> bool:
        return self.path != STANDARD_INPUT and os.path.isdir(self.path)

    @property
    def stem(self) -> str:
        """The file's name without its ending; a folder has none."""
        if self.path == STANDARD_INPUT:
            return "stdin"
        name = os.path.basename(self.source.rstrip(os.sep + (os.altsep or ""))) or self.source
        return name if self.is_folder else os.path.splitext(name)[0]


def discover(paths: Sequence[str], tell: Callable[[int], object] = lambda count: None) -> list[FoundFile]:
    """The files of these paths, in order, each once. A path that does not exist is left for the reader to tell of.

    Args:
        tell: called from time to time with how many were found so far.
    """
    found: dict[object, FoundFile] = {}
    real = cache(os.path.realpath)
    for path in paths:
        for file in _in_folder(path) if os.path.isdir(path) else [FoundFile(path)]:
            found.setdefault(_identity(file, path, real), file)
            if not len(found) % _TELL_EVERY:
                tell(len(found))
    return list(found.values())


def _identity(file: FoundFile, given: str, real: Callable[[str], str]) -> object:
    """What is the same for a file however it is named; what is skipped stands for nothing but itself.

    Args:
        given: the path by which it was found. What lies below is no link, so that its folder tells where it is.
        real: the path of a folder without links.
    """
    if file.skipped is not None:
        return os.path.abspath(file.path), file.skipped.code
    if file.path == STANDARD_INPUT:
        return STANDARD_INPUT
    if file.path == given:
        return os.path.realpath(given)
    folder, name = os.path.split(file.path)
    return os.path.join(real(folder), name)


def _in_folder(folder: str) -> Iterator[FoundFile]:
    search, any_filing = _Search(), False
    for file in search.files(folder):
        any_filing |= not (file.skipped and file.skipped.level is Level.NOTICE)
        yield file
    if search.housekeeping:
        yield _skipped(folder, "housekeeping-skipped", count=search.housekeeping)
    if not any_filing:
        yield _skipped(folder, "folder-without-filings")


def _skipped(path: str, code: str, **values: Any) -> FoundFile:
    return FoundFile(path, problem(code, location=FoundFile(path).source, **values))


class _Search:
    """What lies in a folder and the folders in it: filings, and what is left out, with why."""

    def __init__(self) -> None:
        self.housekeeping = 0

    def files(self, folder: str) -> Iterator[FoundFile]:
        """Everything in order of names, first the folder itself where it is a CSV filing."""
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield _skipped(folder, "file-inaccessible", why=why(error))
            return
        is_csv = is_csv_folder(folder)
        if is_csv:
            yield FoundFile(folder)
        for entry in entries:
            if entry.name.startswith((".", "~$")) or entry.name.lower() in _HOUSEKEEPING:
                self.housekeeping += 1
            elif entry.is_symlink():
                yield _skipped(entry.path, "link-skipped")
            elif entry.is_dir(follow_symlinks=False):
                within = list(self.files(entry.path))
                yield from within
                if not within and entry.name.lower().endswith(ENDINGS):
                    yield _skipped(entry.path, "folder-named-as-file")
            elif not entry.is_file(follow_symlinks=False):
                yield _skipped(entry.path, "special-skipped")
            elif entry.name.lower().endswith(ENDINGS):
                yield _told_from_other_json(FoundFile(entry.path))
            elif not entry.name.lower().endswith(CSV):
                yield _skipped(entry.path, "ending-unknown")
            elif not is_csv:
                yield _skipped(entry.path, "csv-outside")


def _told_from_other_json(file: FoundFile) -> FoundFile:
    if file.ending in WORKBOOKS or _may_be_filing(file):
        return file
    return _skipped(file.path, "not-a-filing")


def _may_be_filing(file: FoundFile) -> bool:
    """Whether JSON that lies in a folder is a filing; what is broken may be one.

    A large file is searched, piece by piece, for what only a filing has: parsing it is left to the process that has
    limits.
    """
    try:
        with open_regular(file.path) as stream:
            head = stream.read(_PARSED_BYTES + 1)
            if _REPORT.search(head, 0, _REPORT_WITHIN):
                return False
            if len(head) <= _PARSED_BYTES:
                return bool(_HEADER_OBJECT.search(head)) or _is_filing(head, lines=file.ending == LINES)
            return _is_cut_off(head, stream) or _says_filing(head, stream)
    except OSError:
        return True


def _is_cut_off(head: bytes, stream: BinaryIO) -> bool:
    """Whether a file plainly is no whole JSON; reading goes on where it was."""
    after = stream.tell()
    stream.seek(-_TAIL, os.SEEK_END)
    last = stream.read().rstrip()[-1:]
    stream.seek(after)
    return _PAIRS.get(head.lstrip(_BEFORE_JSON)[:1]) != last


def _says_filing(head: bytes, stream: BinaryIO) -> bool:
    """Whether the key of a filing's own fields, or of a table, stands in the file."""
    piece, looked_at = head, 0
    while piece and looked_at <= _LIMITS.file_bytes:
        if _HEADER_OBJECT.search(piece) or _TABLE_ROWS.search(piece):
            return True
        looked_at += len(piece)
        more = stream.read(_PIECE)
        piece = piece[-_OVERLAP:] + more if more else b""
    return looked_at > _LIMITS.file_bytes


def _is_filing(data: bytes, *, lines: bool) -> bool:
    try:
        documents = documents_in(data, lines=lines)
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

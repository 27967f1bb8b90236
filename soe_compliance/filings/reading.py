"""From a file to its filings, whatever its format. Bad input never raises: it becomes an `Unreadable`."""

import hashlib
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from soe_compliance.domain.files import NotRegularError, read_regular
from soe_compliance.domain.system_errors import why
from soe_compliance.filings.csv_folder import ENDING as CSV
from soe_compliance.filings.csv_folder import csv_members, digest_of, is_csv_folder
from soe_compliance.filings.discover import LINES, OPEN_XML, STANDARD_INPUT, WORKBOOKS, FoundFile
from soe_compliance.filings.filing import Filing, Unreadable
from soe_compliance.filings.header import filing_of
from soe_compliance.filings.json_reader import JsonDocument, documents_in, raw_filing, split_documents
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.problems import problem
from soe_compliance.filings.quick_json import quickly_parsed
from soe_compliance.filings.raw import ReadingError
from soe_compliance.filings.signatures import is_workbook

Read = TypeVar("Read")

_DEFAULT_LIMITS = Limits()
_BEFORE_JSON = b"\xef\xbb\xbf \t\r\n"
_JSON_BEGINS = (b"{", b"[")


def read_file(found: FoundFile, limits: Limits = _DEFAULT_LIMITS) -> list[Filing | Unreadable]:
    """The filings of a file, in order; none where it is skipped."""
    if found.skipped:
        return []
    digest = None
    try:
        if found.is_folder and is_csv_folder(found.path):
            from soe_compliance.filings.csv_reader import raw_csv

            members = _reached(found, lambda: csv_members(found.path, limits))
            digest = digest_of(members)
            return [filing_of(raw_csv(members, limits), found.source, digest, found.stem)]
        data = _bytes_of(found, limits)
        digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
        if not _begins_as_json(data):
            if is_workbook(data):
                from soe_compliance.filings.workbook_reader import raw_workbook

                return [filing_of(raw_workbook(data, limits), found.source, digest, found.stem)]
            if not _is_said_to_be_json(found):
                raise ReadingError(problem("csv-alone" if found.ending == CSV else "format-unknown"))
        documents = documents_in(data, lines=found.ending == LINES, quick=quickly_parsed)
    except ReadingError as error:
        return [Unreadable(found.stem, found.source, digest, error.problems)]
    return list(_read_documents(documents, found.source, digest, found.stem))


def read_document(document: object, source: str, digest: str) -> list[Filing | Unreadable]:
    """The filings of a parsed JSON document: an object, or a list of them."""
    stem = FoundFile(source).stem
    try:
        documents = split_documents(document)
    except ReadingError as error:
        return [Unreadable(stem, source, digest, error.problems)]
    return list(_read_documents(documents, source, digest, stem))


def _read_documents(
    documents: Sequence[JsonDocument], source: str, digest: str, stem: str
) -> Iterator[Filing | Unreadable]:
    for number, document in enumerate(documents, start=1):
        default_id = stem if len(documents) == 1 else f"{stem}#{number}"
        try:
            yield filing_of(raw_filing(document), source, digest, default_id)
        except ReadingError as error:
            yield Unreadable(default_id, source, digest, error.problems)


def import_readers(files: Iterable[FoundFile]) -> None:
    """Import what reads these files, as far as their names tell: a copy of this process has it then."""
    endings = {file.ending for file in files if not _is_said_to_be_json(file)}
    if endings.difference(WORKBOOKS):
        import soe_compliance.filings.csv_reader
    if endings.intersection(WORKBOOKS):
        import soe_compliance.filings.workbook_reader
    if endings.intersection(OPEN_XML):
        import soe_compliance.filings.xlsx_extents  # noqa: F401


def _is_said_to_be_json(found: FoundFile) -> bool:
    return found.ending in (".json", LINES) or found.path == STANDARD_INPUT


def _begins_as_json(data: bytes) -> bool:
    return data.lstrip(_BEFORE_JSON)[:1] in _JSON_BEGINS


def _bytes_of(found: FoundFile, limits: Limits) -> bytes:
    data = found.data
    if data is None:
        data = _reached(found, lambda: bytes_at(found.path, limits.file_bytes + 1))
    if len(data) > limits.file_bytes:
        size = os.path.getsize(found.path) if os.path.isfile(found.path) else len(data)
        raise ReadingError(
            problem("file-too-large", location=found.source, size=f"{size:,}", limit=f"{limits.file_bytes:,}")
        )
    return data


def _reached(found: FoundFile, read: Callable[[], Read]) -> Read:
    """What reading gives; that a file can't be reached is a problem."""
    try:
        return read()
    except FileNotFoundError:
        raise ReadingError(problem("file-not-found", location=found.source)) from None
    except NotRegularError:
        raise ReadingError(problem("file-not-regular", location=found.source)) from None
    except (OSError, ValueError) as error:
        raise ReadingError(problem("file-inaccessible", location=found.source, why=why(error))) from None


def bytes_at(path: str, most: int) -> bytes:
    """The first bytes of a regular file, or of standard input."""
    return sys.stdin.buffer.read(most) if path == STANDARD_INPUT else read_regular(path, most)


class Identified(Protocol):
    """What has an id and comes from a file."""

    @property
    def id(self) -> str: ...

    @property
    def source(self) -> str: ...


def unique_ids(filings: Sequence[Identified]) -> list[str]:
    """The id of each filing in a report.

    Where two are equal, the path is put in front; of a file with several, `#n` is put behind, n being the
    filing's place in the file, from 1.
    """
    repeated = Counter(filing.id for filing in filings)
    in_file = Counter(filing.source for filing in filings)
    seen: Counter[str] = Counter()
    ids: list[str] = []
    for filing in filings:
        seen[filing.source] += 1
        name = filing.id
        if repeated[name] > 1:
            name = f"{filing.source}:{name}"
            if in_file[filing.source] > 1:
                name += f"#{seen[filing.source]}"
        ids.append(name)
    return _told_apart(ids)


def _told_apart(ids: Sequence[str]) -> list[str]:
    """The same ids; where a filing's own id is what another was given, `#` and a number is put behind."""
    used: set[str] = set()
    taken = set(ids)
    told = []
    for name in ids:
        number, candidate = 1, name
        while candidate in used or (number > 1 and candidate in taken):
            number += 1
            candidate = f"{name}#{number}"
        used.add(candidate)
        told.append(candidate)
    return told

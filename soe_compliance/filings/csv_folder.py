"""CSV filings: a folder with a file for the filing's own fields and one a table, named by their keys or titles."""

import hashlib
import os
from collections.abc import Mapping

from soe_compliance.domain.files import NotRegularError, read_regular
from soe_compliance.domain.system_errors import why
from soe_compliance.domain.text import Text
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.problems import problem
from soe_compliance.filings.raw import ReadingError
from soe_compliance.filings.tables import HEADER, TABLES

ENDING = ".csv"
_HEADER_FILES = frozenset({HEADER + ENDING, TABLES[HEADER].title + ENDING})
_FILES = Text("CSV文件数", "CSV files")


def is_csv_folder(path: str) -> bool:
    """Whether a folder is a filing: it holds the filing's own fields, the file's name in capitals or not.

    A folder that can't be listed is none: why, its reader says.
    """
    if not os.path.isdir(path):
        return False
    try:
        with os.scandir(path) as listing:
            return any(entry.name.lower() in _HEADER_FILES and entry.is_file() for entry in listing)
    except OSError:
        return False


def csv_members(folder: str, limits: Limits) -> dict[str, bytes]:
    """The CSV files of a folder by their names, sorted; what is no regular file is left out.

    Raises:
        ReadingError: one can't be read, or they are too many or too large.
        OSError: the folder can't be read.
    """
    with os.scandir(folder) as listing:
        names = sorted(
            entry.name
            for entry in listing
            if entry.name.lower().endswith(ENDING)
            and not entry.name.startswith((".", "~$"))
            and entry.is_file(follow_symlinks=False)
        )
    if len(names) > limits.members:
        size, limit = f"{len(names):,}", f"{limits.members:,}"
        raise ReadingError(problem("workbook-too-large", what=_FILES, size=size, limit=limit))
    members: dict[str, bytes] = {}
    left = limits.file_bytes
    for name in names:
        try:
            members[name] = read_regular(os.path.join(folder, name), left + 1)
        except NotRegularError:
            continue
        except OSError as error:
            told = problem("file-inaccessible", location=shown_name(name), why=why(error))
            raise ReadingError(told) from None
        left -= len(members[name])
        if left < 0:
            size, limit = f"{limits.file_bytes - left:,}", f"{limits.file_bytes:,}"
            raise ReadingError(problem("file-too-large", location=shown_name(name), size=size, limit=limit))
    return members


def digest_of(members: Mapping[str, bytes]) -> str:
    """The digest of the sorted names and digests, as `LC_ALL=C sha256sum *.csv | sha256sum` gives it."""
    whole = hashlib.sha256()
    for name, data in members.items():
        whole.update(hashlib.sha256(data).hexdigest().encode() + b"  " + os.fsencode(name) + b"\n")
    return f"sha256:{whole.hexdigest()}"


def shown_name(name: str) -> str:
    """The name of a file as far as it is text."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")

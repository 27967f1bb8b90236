"""What is fuzzed: a file, or the files of a folder, and how it is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from soe_compliance.filings.csv_folder import digest_of
from soe_compliance.filings.csv_reader import raw_csv
from soe_compliance.filings.discover import FoundFile
from soe_compliance.filings.filing import Filing, Unreadable
from soe_compliance.filings.header import filing_of
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.raw import ReadingError
from soe_compliance.filings.reading import read_file

LIMITS = Limits(
    file_bytes=2**20,
    members=200,
    unpacked_bytes=2**25,
    sheet_cells=500_000,
    text_bytes=2**25,
    memory_bytes=2**30,
    seconds=20,
)
"""Small, as the inputs are: what makes a reader ask for more is refused the sooner."""

FOLDER = "filing"


@dataclass(frozen=True)
class Input:
    """One input.

    Attributes:
        name: the name of the file, or of the folder; that of one with CSV files is `FOLDER`.
        members: the bytes by the file's name.
    """

    name: str
    members: Mapping[str, bytes]

    @property
    def data(self) -> bytes:
        [data] = self.members.values()
        return data

    @property
    def file(self) -> FoundFile:
        return FoundFile(self.name, data=self.data)

    def write(self, folder: Path) -> Path:
        """Put it in a folder; where it is."""
        path = folder / self.name
        if [*self.members] == [self.name]:
            path.write_bytes(self.data)
            return path
        path.mkdir()
        for name, data in self.members.items():
            (path / name).write_bytes(data)
        return path


def one_file(name: str, data: bytes) -> Input:
    return Input(name, {name: data})


def read_here(given: Input) -> list[Filing | Unreadable]:
    """The filings of an input, read in this process: not for workbooks, whose reader may end it."""
    if given.name != FOLDER:
        return read_file(given.file, LIMITS)
    digest = digest_of(given.members)
    try:
        return [filing_of(raw_csv(given.members, LIMITS), FOLDER, digest, FOLDER)]
    except ReadingError as error:
        return [Unreadable(FOLDER, FOLDER, digest, error.problems)]

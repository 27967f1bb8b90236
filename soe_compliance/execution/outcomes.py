"""What became of files, and its form between processes and on the disk."""

from collections.abc import Sequence
from typing import TypeAlias

from soe_compliance.domain.wire import decoder, encoded
from soe_compliance.engine import Checked
from soe_compliance.execution.collecting import uncollected

FileOutcome: TypeAlias = tuple[Checked, ...]
"""What became of the filings of one file, in their order."""


def to_json(outcomes: Sequence[FileOutcome]) -> bytes:
    """The outcomes of files as JSON.

    Raises:
        TypeError: one holds what its type does not foresee, a defect of the program.
    """
    return encoded(outcomes)


def from_json(data: bytes) -> list[FileOutcome]:
    """The outcomes of `to_json`.

    Raises:
        msgspec.DecodeError: the bytes are something else.
    """
    with uncollected():
        found: list[FileOutcome] = decoder(list[FileOutcome]).decode(data)
        return found

"""What became of files, and its form between processes and on the disk: JSON.

JSON of known types is as exact as pickle (fractions and dates are texts), smaller, faster to make and to read, and
can do nothing but be wrong.
"""

from collections.abc import Sequence
from typing import TypeAlias

from pydantic import TypeAdapter

from soe_compliance.engine import Checked
from soe_compliance.execution.collecting import uncollected

FileOutcome: TypeAlias = tuple[Checked, ...]
"""What became of the filings of one file, in their order."""

_ADAPTER = TypeAdapter(list[FileOutcome])
"""Made here, so that processes that are copies of this one have it."""


def to_json(outcomes: Sequence[FileOutcome]) -> bytes:
    """The outcomes of files as JSON.

    Raises:
        PydanticSerializationError: one holds what its type does not foresee, a defect of the program.
    """
    return _ADAPTER.dump_json(list(outcomes), warnings="error")


def from_json(data: bytes) -> list[FileOutcome]:
    """The outcomes of `to_json`.

    Raises:
        ValidationError: the bytes are something else.
    """
    with uncollected():
        return _ADAPTER.validate_json(data)

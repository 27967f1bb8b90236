"""What became of files, and its form between processes and on the disk."""

from collections.abc import Sequence
from typing import TypeAlias

from msgspec import Raw, Struct

from soe_compliance.domain.packed_findings import PackedFindings, SentFindings
from soe_compliance.domain.wire import decoder, encoded
from soe_compliance.engine import Checked, FilingResult
from soe_compliance.execution.collecting import uncollected

FileOutcome: TypeAlias = tuple[Checked, ...]
"""What became of the filings of one file, in their order."""

_LIST = ord("[")


class _Sent(Struct, frozen=True):
    """What is sent of one filing; its findings are handed on without a look at them."""

    result: FilingResult
    findings: Raw


def to_json(outcomes: Sequence[FileOutcome]) -> bytes:
    """The outcomes of files as JSON.

    Raises:
        TypeError: one holds what its type does not foresee, a defect of the program.
    """
    return encoded([[_sent(item) for item in outcome] for outcome in outcomes])


def from_json(data: bytes) -> list[FileOutcome]:
    """The outcomes of `to_json`.

    Raises:
        msgspec.DecodeError: the bytes are something else.
    """
    with uncollected():
        outcomes: list[list[_Sent]] = decoder(list[list[_Sent]]).decode(data)
        return [tuple(Checked(sent.result, _findings(sent.findings)) for sent in sents) for sents in outcomes]


def _sent(item: Checked) -> _Sent:
    known = item.findings
    return _Sent(item.result, known.json if isinstance(known, SentFindings) else Raw(encoded(known)))


def _findings(json: Raw) -> SentFindings | PackedFindings:
    if memoryview(json)[0] == _LIST:
        return SentFindings(json)
    packed: PackedFindings = decoder(PackedFindings).decode(json)
    return packed

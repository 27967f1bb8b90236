"""The findings of one filing as JSON: as another process sent them, or compressed, where they are too many to be held
as objects.

A finding takes some 3 kB as an object, 1 kB as JSON, and 60 to 150 bytes packed in blocks of a bounded size.
"""

import zlib
from collections.abc import Iterator
from operator import attrgetter

from msgspec import Raw, Struct

from soe_compliance.domain.finding import Finding
from soe_compliance.domain.wire import decoder, encoded

FINDINGS_A_BLOCK = 4_000
"""How many findings of a filing are held as objects, and the most of a block."""
CELLS_HELD = 40_000
"""How many cells those that are held may rest on."""
_BYTES_A_BLOCK = 8 * 1024**2
"""The bytes unpacked at which a block is full, however few its findings are."""


class Block(Struct, frozen=True):
    """So many findings, packed: a line of JSON each."""

    count: int
    data: bytes


class SentFindings(Struct, frozen=True):
    """Findings that are made again as they are asked for: a JSON list of them."""

    json: Raw

    def __len__(self) -> int:
        return len(self.lines())

    def __iter__(self) -> Iterator[Finding]:
        return map(unpacked, self.lines())

    def lines(self) -> list[Raw]:
        """The JSON of each."""
        found: list[Raw] = decoder(list[Raw]).decode(self.json)
        return found


class PackedFindings(Struct, frozen=True):
    """Findings that are made again as they are asked for."""

    blocks: tuple[Block, ...]

    def __len__(self) -> int:
        return sum(block.count for block in self.blocks)

    def __iter__(self) -> Iterator[Finding]:
        for block in self.blocks:
            yield from map(unpacked, lines(block.data))


class Gathered:
    """Takes the findings of one filing, rule by rule in the order of their codes."""

    def __init__(self) -> None:
        self._held: list[Finding] = []
        self._cells = 0
        self._packer: _Packer | None = None

    def add(self, finding: Finding) -> None:
        self._held.append(finding)
        self._cells += len(finding.details.evidence)
        if len(self._held) == FINDINGS_A_BLOCK or self._cells > CELLS_HELD:
            self._pack()

    def by_rule_and_subject(self) -> tuple[Finding, ...] | PackedFindings:
        """All that were taken; packed where they are many."""
        if self._packer is None:
            return tuple(sorted(self._held, key=attrgetter("rule", "details.subject.id")))
        self._pack()
        return PackedFindings(self._packer.blocks())

    def _pack(self) -> None:
        self._packer = self._packer or _Packer()
        for finding in self._held:
            self._packer.add(finding)
        self._held.clear()
        self._cells = 0


class _Packer:
    """Packs findings, those of a rule by subject as soon as the next rule begins."""

    def __init__(self) -> None:
        self._rule = ""
        self._of_rule: list[tuple[str, bytes]] = []
        self._blocks: list[Block] = []
        self._open = _OpenBlock()

    def add(self, finding: Finding) -> None:
        if finding.rule != self._rule:
            self._end_rule()
            self._rule = finding.rule
        self._of_rule.append((finding.subject.id, encoded(finding)))

    def blocks(self) -> tuple[Block, ...]:
        self._end_rule()
        self._end_block()
        return tuple(self._blocks)

    def _end_rule(self) -> None:
        self._of_rule.sort(key=lambda item: item[0])
        for _, packed in self._of_rule:
            self._open.add(packed)
            if self._open.is_full:
                self._end_block()
        self._of_rule.clear()

    def _end_block(self) -> None:
        if self._open.count:
            self._blocks.append(self._open.closed())
            self._open = _OpenBlock()


class _OpenBlock:
    """A block that takes findings until it is full."""

    def __init__(self) -> None:
        self.count = 0
        self._size = 0
        self._compressor = zlib.compressobj(level=1)
        self._parts: list[bytes] = []

    @property
    def is_full(self) -> bool:
        return self.count == FINDINGS_A_BLOCK or self._size >= _BYTES_A_BLOCK

    def add(self, packed: bytes) -> None:
        self._parts += [self._compressor.compress(packed), self._compressor.compress(b"\n")]
        self.count += 1
        self._size += len(packed)

    def closed(self) -> Block:
        return Block(self.count, b"".join([*self._parts, self._compressor.flush()]))


def lines(data: bytes) -> list[bytes]:
    """The lines of a block.

    Raises:
        zlib.error: the bytes are something else.
    """
    return zlib.decompress(data).splitlines()


def unpacked(line: bytes | Raw) -> Finding:
    """The finding of a line of a block.

    Raises:
        msgspec.DecodeError: the line is something else.
    """
    finding: Finding = decoder(Finding).decode(line)
    return finding

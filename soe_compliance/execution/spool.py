"""Findings that wait for the report: few in memory, many in a temporary file.

The file holds blocks of findings, compressed, a line of JSON each, and has no name where the system allows it:
whatever ends the program, nothing of it is left. It lies in the folder for temporary files, which TMPDIR names; a
finding takes some 250 bytes of it.
"""

import zlib
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from tempfile import TemporaryFile, gettempdir
from threading import Lock
from typing import IO, overload
from weakref import finalize

from msgspec import Raw, Struct

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.finding import Finding
from soe_compliance.domain.packed_findings import (
    FINDINGS_A_BLOCK,
    PackedFindings,
    SentFindings,
    lines,
    unpacked,
)
from soe_compliance.domain.system_errors import why
from soe_compliance.domain.text import Text
from soe_compliance.domain.wire import decoder, encoded

_Placed = tuple[int, Finding]
"""A finding with the number of its filing."""


class _Block(Struct, frozen=True):
    """Where findings lie in the file.

    Attributes:
        first: the number of the first of them.
        filing: the filing that they are all of; None where each is written with its own.
    """

    first: int
    count: int
    offset: int
    size: int
    filing: int | None


class Spool:
    """Takes the findings of one filing after the other."""

    def __init__(self) -> None:
        self._held: list[tuple[int, Finding | Raw]] = []
        self._blocks: list[_Block] = []
        self._written = 0
        self._file: IO[bytes] | None = None
        self._lock = Lock()
        self._last: tuple[_Block, list[bytes]] | None = None

    def add(self, filing: int, findings: Sequence[Finding] | SentFindings | PackedFindings) -> None:
        """Take further findings of the filing with this number; what is JSON stays so.

        Raises:
            UserError: there is no room for them.
        """
        if isinstance(findings, PackedFindings):
            self._write_held(len(self._held))
            for block in findings.blocks:
                self._write(block.data, block.count, filing)
            return
        taken = findings.lines() if isinstance(findings, SentFindings) else findings
        self._held.extend((filing, finding) for finding in taken)
        while len(self._held) > FINDINGS_A_BLOCK:
            self._write_held(FINDINGS_A_BLOCK)

    def __len__(self) -> int:
        return self._written + len(self._held)

    @property
    def in_memory(self) -> bool:
        """Whether all findings are held in memory."""
        return not self._blocks

    def since(self, start: int) -> Iterator[_Placed]:
        """The findings from a number on, with the numbers of their filings."""
        for block in self._blocks:
            if start < block.first + block.count:
                for line in islice(self._lines(block), max(0, start - block.first), None):
                    yield _placed(line, block.filing)
        for filing, held in islice(self._held, max(0, start - self._written), None):
            yield filing, held if isinstance(held, Finding) else unpacked(held)

    def _write_held(self, count: int) -> None:
        """Write the first of those in memory."""
        if count:
            held = self._held[:count]
            del self._held[:count]
            packed = zlib.compress(b"\n".join(map(_line, held)), level=1)
            self._write(packed, count, None)

    def _write(self, packed: bytes, count: int, filing: int | None) -> None:
        try:
            if self._file is None:
                self._file = TemporaryFile(prefix="soe-compliance-")  # noqa: SIM115 (open as long as the report is)
                finalize(self, self._file.close)
            with self._lock:
                offset = self._file.seek(0, 2)
                self._file.write(packed)
                self._file.flush()
        except OSError as error:
            raise _no_room(error) from error
        self._blocks.append(_Block(self._written, count, offset, len(packed), filing))
        self._written += count

    def _lines(self, block: _Block) -> list[bytes]:
        """The lines of a block; those of the last one are kept, for those that take a few findings after the other."""
        last = self._last
        if last is not None and last[0] is block:
            return last[1]
        assert self._file is not None
        with self._lock:
            self._file.seek(block.offset)
            packed = self._file.read(block.size)
        found = lines(packed)
        self._last = (block, found)
        return found


def _line(placed: tuple[int, Finding | Raw]) -> bytes:
    filing, held = placed
    return b"[%d,%b]" % (filing, encoded(held) if isinstance(held, Finding) else held)


def _placed(line: bytes, filing: int | None) -> _Placed:
    if filing is not None:
        return filing, unpacked(line)
    placed: _Placed = decoder(_Placed).decode(line)
    return placed


class Findings(Sequence[Finding]):
    """The findings of a spool as a sequence that is read anew each time; equal to any sequence of the same findings.

    Args:
        first: what comes before them.
        shown: the finding as the report has it, from the number of its filing and the finding as it was made.
        span: which of them these are; all of them where none is given.
    """

    def __init__(
        self,
        spool: Spool,
        first: Sequence[Finding],
        shown: Callable[[int, Finding], Finding],
        span: range | None = None,
    ) -> None:
        self._spool = spool
        self._first = first
        self._shown = shown
        self._span = range(len(first) + len(spool)) if span is None else span

    def __len__(self) -> int:
        return len(self._span)

    def __iter__(self) -> Iterator[Finding]:
        return self._since(0)

    def between(self, start: int, stop: int) -> "Findings":
        """Those from one number up to another; they wait where they are."""
        return Findings(self._spool, self._first, self._shown, self._span[start:stop])

    def _since(self, start: int) -> Iterator[Finding]:
        return islice(self._all_since(self._span.start + start), len(self) - start)

    def _all_since(self, start: int) -> Iterator[Finding]:
        yield from self._first[start:]
        for filing, finding in self._spool.since(max(0, start - len(self._first))):
            yield self._shown(filing, finding)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, index: int | slice) -> Finding | tuple[Finding, ...]:
        if isinstance(index, slice):
            return self._part(range(len(self))[index])
        return next(self._since(range(len(self))[index]))

    def _part(self, places: range) -> tuple[Finding, ...]:
        if not places:
            return ()
        upwards = places if places.step > 0 else places[::-1]
        found = tuple(islice(self._since(upwards[0]), 0, upwards[-1] - upwards[0] + 1, upwards.step))
        return found if places.step > 0 else found[::-1]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{len(self)} findings>"


def _no_room(error: OSError) -> UserError:
    return UserError(
        Text("不能写入临时文件：{why}", "temporary files can't be written: {why}").format(why=why(error)),
        place=gettempdir(),
        remedy=Text(
            "请用环境变量TMPDIR指定另一文件夹", "name another folder with the environment variable TMPDIR"
        ),
    )

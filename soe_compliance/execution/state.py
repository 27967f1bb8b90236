"""Outcomes kept by content, so that a second run reads only what changed and a stopped run goes on.

An entry is a file of its own, named by a digest of all that its outcome hangs on: the bytes of the file and the name
that its filings fall back on, the ruleset with its readings and texts, the calendar, the options, the limits, and the
program with its libraries. What differs in one of these is another entry; none is
ever changed. Entries appear whole or not at all, so runs may share a folder.

An entry holds JSON, compressed, behind the digest of its bytes: nothing in it can do more than be wrong, and what is
damaged counts as missing.
"""

import hashlib
import json
import os
import stat
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from tempfile import mkstemp

from msgspec import DecodeError
from msgspec.structs import asdict, replace

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.files import open_regular
from soe_compliance.domain.system_errors import why
from soe_compliance.domain.text import Text
from soe_compliance.engine import Options
from soe_compliance.execution.outcomes import FileOutcome, from_json, to_json
from soe_compliance.execution.program import program
from soe_compliance.execution.shard import Prepared
from soe_compliance.execution.sharding import Runner
from soe_compliance.filings.csv_folder import csv_members, digest_of, is_csv_folder
from soe_compliance.filings.discover import FoundFile
from soe_compliance.filings.raw import ReadingError

_ROOT = 0
_MOST_UNPACKED = 512 * 1024**2
_DIGEST_BYTES = 32
_OWNER_ONLY = 0o700
"""What is kept tells what was filed: it is for nobody else on the machine."""


class State:
    """A folder of kept outcomes.

    Args:
        folder: made where it does not exist.
        prepared: what outcomes hang on beside the file.
        warn: called for an entry that can't be used.

    Raises:
        UserError: the folder can't be made or written to.
    """

    def __init__(self, folder: str, prepared: Prepared, warn: Callable[[Text], object]) -> None:
        self._folder = Path(folder)
        self._prepared = prepared
        self._warn = warn
        try:
            self._folder.parent.mkdir(parents=True, exist_ok=True)
            self._folder.mkdir(mode=_OWNER_ONLY, exist_ok=True)
            _refuse_foreign(folder)
        except OSError as error:
            raise _unusable(folder, error) from error
        if not os.access(self._folder, os.W_OK | os.X_OK):
            raise UserError(
                Text("没有写入权限", "no permission to write"),
                place=folder,
                remedy=Text("请换一个文件夹", "name another folder"),
            )

    def run(self, shards: Iterable[Sequence[FoundFile]], runner: Runner) -> Iterator[list[FileOutcome]]:
        """As the runner's own `run`, but for what is kept, and what is new is kept."""
        under_way: list[tuple[Sequence[FoundFile], list[str | None], list[FileOutcome | None]]] = []

        def missing() -> Iterator[list[FoundFile]]:
            for files in shards:
                digests = [self._digest(file) for file in files]
                kept = [self._kept(file, digest) for file, digest in zip(files, digests, strict=True)]
                under_way.append((files, digests, kept))
                yield [file for file, outcome in zip(files, kept, strict=True) if outcome is None]

        for found in runner.run(missing(), self._prepared):
            files, digests, kept = under_way.pop(0)
            new = iter(found)
            outcomes = []
            for file, digest, outcome in zip(files, digests, kept, strict=True):
                if outcome is None:
                    outcome = next(new)
                    self._keep(file, digest, outcome)
                outcomes.append(outcome)
            yield outcomes

    def _digest(self, file: FoundFile) -> str | None:
        """The digest of a file or of a CSV folder as reports give it; None for what can't be read."""
        if file.data is not None:
            return f"sha256:{hashlib.sha256(file.data).hexdigest()}"
        limits = self._prepared.limits
        with suppress(OSError, ValueError, ReadingError):
            if is_csv_folder(file.path):
                return digest_of(csv_members(file.path, limits))
            with open_regular(file.path) as stream:
                if os.fstat(stream.fileno()).st_size <= limits.file_bytes:
                    return f"sha256:{hashlib.file_digest(stream, 'sha256').hexdigest()}"
        return None

    def _kept(self, file: FoundFile, digest: str | None) -> FileOutcome | None:
        if digest is None:
            return None
        path = self._path(file, digest)
        try:
            stored = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError:
            stored = b""
        outcome = loaded(stored)
        if outcome is None:
            self._warn(
                Text(
                    f"{path}：保存的结果已损坏，已重新检查{file.source}",
                    f"{path}: the kept outcome is damaged; {file.source} is checked anew",
                )
            )
            return None
        return _of_source(outcome, file.source)

    def _keep(self, file: FoundFile, digest: str | None, outcome: FileOutcome) -> None:
        """Keep an outcome that hangs on nothing but the file's content.

        Where the disk is full, or the file changed as it was read, nothing is kept.
        """
        if digest is None or not outcome or any(item.result.digest != digest for item in outcome):
            return
        path = self._path(file, digest)
        with suppress(OSError):
            path.parent.mkdir(mode=_OWNER_ONLY, exist_ok=True)
            _write(path, stored(_of_source(outcome, "")))

    def _path(self, file: FoundFile, digest: str) -> Path:
        name = _digest_of([self._common, digest, file.stem, file.ending])
        return self._folder / name[:2] / name[2:]

    @cached_property
    def _common(self) -> str:
        """The digest of all that outcomes hang on beside the file."""
        prepared, calendar = self._prepared, self._prepared.calendar
        days: list[object] = [calendar.first_year, calendar.last_year, calendar.days.tolist()]
        ruleset, options = prepared.ruleset.model_dump(mode="json"), _plain(prepared.options)
        return _digest_of([program(), ruleset, days, options, asdict(prepared.limits)])


def _refuse_foreign(folder: str) -> None:
    """Refuse a folder that another user could put outcomes into: they would speak as our own."""
    if sys.platform == "win32":
        return
    found = os.stat(folder)
    if found.st_uid not in (os.geteuid(), _ROOT) or found.st_mode & stat.S_IWOTH:
        raise UserError(
            Text(
                "其他用户可以写入，不能用作状态文件夹",
                "other users may write to it: not used as the state folder",
            ),
            place=folder,
            remedy=Text(
                "请用chmod o-w收回权限，或换一个文件夹",
                "take that right with chmod o-w, or name another folder",
            ),
        )


def _plain(options: Options) -> dict[str, object]:
    """All options as JSON has them."""
    return {
        **asdict(options),
        "as_of": options.as_of.isoformat(),
        "listed": sorted(options.listed),
        "alternatives": [
            [other.key, other.ruleset.model_dump(mode="json")] for other in options.alternatives
        ],
    }


def _digest_of(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _of_source(outcome: FileOutcome, source: str) -> FileOutcome:
    """The same outcome of a file that lies elsewhere."""
    return tuple(
        replace(
            item,
            result=replace(
                item.result,
                source=source,
                problems=tuple(
                    replace(told, location=source) if told.location == item.result.source else told
                    for told in item.result.problems
                ),
            ),
        )
        for item in outcome
    )


def stored(outcome: FileOutcome) -> bytes:
    """An outcome as the bytes of an entry."""
    packed = zlib.compress(to_json([outcome]), level=1)
    return hashlib.sha256(packed).digest() + packed


def loaded(stored: bytes) -> FileOutcome | None:
    """The outcome of an entry; None where it is damaged."""
    digest, packed = stored[:_DIGEST_BYTES], stored[_DIGEST_BYTES:]
    if hashlib.sha256(packed).digest() != digest:
        return None
    try:
        found = from_json(zlib.decompressobj().decompress(packed, _MOST_UNPACKED))
    except (zlib.error, DecodeError):
        return None
    return found[0] if len(found) == 1 else None


def _write(path: Path, content: bytes) -> None:
    """Put an entry into its place whole; one that a crash cut short is known by its digest."""
    handle, temporary = mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _unusable(folder: str, error: OSError) -> UserError:
    return UserError(
        Text("不能用作状态文件夹：{why}", "can't be used as the state folder: {why}").format(why=why(error)),
        place=folder,
        remedy=Text("请换一个文件夹", "name another folder"),
    )

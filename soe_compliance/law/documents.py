"""The files that rulesets are made of: what they say, and the line of each part.

What the shipped files say stands in `parsed.json` beside them, by the digest of each file's bytes: a check then needs no
parser. A file with other bytes is parsed.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

from msgspec import Struct

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.files import read_regular
from soe_compliance.domain.system_errors import why
from soe_compliance.domain.text import Text

PathInFile: TypeAlias = tuple[str | int, ...]

MOST_BYTES = 1_000_000
PARSED = "parsed.json"
_PACKAGE = Path(__file__).resolve().parent.parent


class Document(Struct, frozen=True):
    """What a file says, and the line of each of its parts.

    Attributes:
        changed: the places of the parts that another file has changed, in that file.
    """

    path: str
    data: Any
    lines: Mapping[PathInFile, int]
    changed: Mapping[PathInFile, str] = {}

    def has(self, path: PathInFile) -> bool:
        """Whether there is such a part, or a change within it."""
        return path in self.lines or any(changed[: len(path)] == path for changed in self.changed)

    def place(self, path: PathInFile) -> str:
        """File and line of a part, of a change within it, or of the nearest part round it."""
        while path and path not in self.changed and path not in self.lines:
            for changed, place in self.changed.items():
                if changed[: len(path)] == path:
                    return place
            path = path[:-1]
        return self.changed.get(path) or f"{self.path}:{self.lines.get(path, 1)}"


def rulesets_folder() -> Path:
    """Where the shipped rulesets are: the checkout's folder, else the package's data."""
    checkout = _PACKAGE.parent / "rulesets"
    return checkout if (_PACKAGE.parent / "pyproject.toml").is_file() else _PACKAGE / "rulesets"


def load(path: Path) -> Document:
    """Read a file.

    Raises:
        UserError: it is not there, too large, not UTF-8, or not of the strict form; with file and line.
    """
    try:
        content = read_regular(str(path), MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise UserError(
            Text("无法读取：{why}", "can't be read: {why}").format(why=why(error)),
            place=str(path),
            remedy=Text("请核对路径和读取权限", "check the path and the right to read it"),
        ) from None
    if len(content) > MOST_BYTES:
        raise UserError(
            Text(f"文件大于{MOST_BYTES}字节", f"the file is larger than {MOST_BYTES} bytes"), place=str(path)
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UserError(
            Text("不是UTF-8编码", "is not UTF-8"),
            place=f"{path}:{line}",
            remedy=Text(
                "请另存为UTF-8（不是ANSI、GBK或Unicode）", "save it as UTF-8, not as ANSI, GBK or Unicode"
            ),
        ) from None
    digest = sha256(content).hexdigest()
    if digest in _shipped():
        return Document(str(path), _shipped()[digest], _Lines(text, str(path)))
    return _parsed(text, str(path))


@cache
def _shipped() -> Mapping[str, Any]:
    """What the shipped files say, by their digests; nothing before it is generated."""
    path = rulesets_folder() / PARSED
    parsed: dict[str, Any] = json.loads(path.read_bytes()) if path.is_file() else {}
    return parsed


def _parsed(text: str, path: str) -> Document:
    from soe_compliance.law.strict_yaml import parse

    return parse(text, path)


class _Lines(Mapping[PathInFile, int]):
    """The lines of a text, which is parsed when they are first asked for: to say where an error is."""

    def __init__(self, text: str, path: str) -> None:
        self._text = text
        self._path = path

    @cached_property
    def _found(self) -> Mapping[PathInFile, int]:
        return _parsed(self._text, self._path).lines

    def __getitem__(self, path: PathInFile) -> int:
        return self._found[path]

    def __iter__(self) -> Iterator[PathInFile]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

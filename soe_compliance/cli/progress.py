"""How far a long batch has come: a line on a terminal, drawn anew; plain lines elsewhere; always on standard error."""

import shutil
import sys
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING

import click

from soe_compliance.domain.text import Language, Text

if TYPE_CHECKING:
    from soe_compliance.api import Done

_FEW_FILES = 50
_MANY_FILES = 5_000
_PLAIN_LINES = 10
"""How often at most a batch tells of itself where there is no terminal."""

_PARTS = (
    Text("检查{files:,}/{of:,} 文件", "{files:,}/{of:,} files"),
    Text("违反{breaches:,}", "{breaches:,} breaches"),
    Text("无法读取{unreadable:,}", "{unreadable:,} unreadable"),
)
_SEARCHING = Text("查找文件，已找到{found:,}", "looking for files: {found:,} so far")
_RATE = Text("每秒{rate}个", "{rate} a second")
_LEFT = Text("剩余约{left}", "about {left} left")
_UNITS = ((3600, Text("小时", "h")), (60, Text("分", "min")), (1, Text("秒", "s")))


class Progress:
    """Called with what is done; silent for a short batch, and gone from a terminal at the end."""

    def __init__(self, *, enabled: bool, language: Language) -> None:
        self._enabled = enabled
        self._language: Language = language
        self._terminal = sys.stderr.isatty()
        self._since = monotonic()
        self._told = 0
        self._found = 0
        self._searched = False
        self._drawn = False

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clear()

    def __call__(self, done: "Done") -> None:
        if not self._enabled or done.of < _FEW_FILES:
            return
        if done.searching:
            self._search(done.of)
            return
        if not self._searched:
            self._searched, self._since = True, monotonic()
        line = progress_line(done, monotonic() - self._since, self._language)
        if self._terminal:
            self._draw(line)
        elif done.files == done.of or (done.files - self._told) * _PLAIN_LINES >= done.of:
            self._told = done.files
            click.echo(line, err=True)

    def _search(self, found: int) -> None:
        """Tell of files that are still looked for; where there is no terminal, each time that they have doubled."""
        line = _SEARCHING.in_(self._language).format(found=found)
        if self._terminal:
            self._draw(line)
        elif found >= max(_MANY_FILES, 2 * self._found):
            self._found = found
            click.echo(line, err=True)

    def warn(self, text: Text) -> None:
        """Say something that stays."""
        self._clear()
        click.echo(text.in_(self._language), err=True)

    def _draw(self, line: str) -> None:
        from wcwidth import wcswidth

        width = shutil.get_terminal_size().columns - 1
        while wcswidth(line) > width:
            line = line[:-1]
        click.echo(f"\r\x1b[K{line}", nl=False, err=True)
        self._drawn = True

    def _clear(self) -> None:
        if self._drawn:
            click.echo("\r\x1b[K", nl=False, err=True)
            self._drawn = False


def progress_line(done: "Done", seconds: float, language: Language) -> str:
    """What is done, how fast, and how long the rest will take at that pace."""
    told = {"files": done.files, "of": done.of, "breaches": done.breaches, "unreadable": done.unreadable}
    parts = [part.in_(language).format(**told) for part in _PARTS]
    if done.files and seconds > 0:
        rate = done.files / seconds
        parts.append(_RATE.in_(language).format(rate=f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"))
        if done.files < done.of:
            left = _duration((done.of - done.files) / rate, language)
            parts.append(_LEFT.in_(language).format(left=left))
    return " · ".join(parts)


def _duration(seconds: float, language: Language) -> str:
    """A time in its largest unit, at least a second."""
    size, unit = next((pair for pair in _UNITS if seconds >= pair[0]), _UNITS[-1])
    number = max(1, round(seconds / size))
    return f"{number}{unit.zh}" if language == "zh" else f"{number} {unit.en}"

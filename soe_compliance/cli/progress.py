"""How far a long batch has come: a bar on a terminal, plain lines elsewhere; always on standard error."""

import sys
from types import TracebackType
from typing import Any

import click

from soe_compliance.domain.text import Language

_FEW_FILES = 50


class Progress:
    """Called with the files done and the files there are; silent for a short batch."""

    def __init__(self, *, enabled: bool, language: Language) -> None:
        self._enabled = enabled
        self._label = "检查" if language == "zh" else "checking"
        self._bar: Any = None
        self._told = 0

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.render_finish()

    def __call__(self, done: int, files: int) -> None:
        if not self._enabled or files < _FEW_FILES:
            return
        if sys.stderr.isatty():
            self._show_bar(done, files)
        elif done == files or done - self._told >= files // 10:
            self._told = done
            click.echo(f"{self._label} {done:,}/{files:,}", err=True)

    def _show_bar(self, done: int, files: int) -> None:
        if self._bar is None:
            self._bar = click.progressbar(length=files, label=self._label, file=sys.stderr, show_pos=True)
            self._bar.__enter__()
        self._bar.update(done - self._bar.pos)

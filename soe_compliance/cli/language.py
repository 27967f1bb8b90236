"""The language that was asked for, also where options could not be read."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:  # the help does without
    from soe_compliance.domain.text import Language

_FOUND: "list[Language]" = []


def forget() -> None:
    """At the start of a run: no command has said its language yet."""
    _FOUND.clear()


def taken(_ctx: click.Context, _param: click.Parameter, language: "Language") -> "Language":
    """Remember the language of the command that runs: a settings file may have said it."""
    _FOUND[:] = [language]
    return language


def chosen_language(arguments: Sequence[str]) -> "Language":
    """That of the command that runs; where it got no further than its arguments, English where they hold `--lang en`."""
    if _FOUND:
        return _FOUND[0]
    pairs = zip(arguments, [*arguments[1:], ""], strict=True)
    return "en" if any((a, b) == ("--lang", "en") or a == "--lang=en" for a, b in pairs) else "zh"

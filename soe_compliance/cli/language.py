"""The language that was asked for, also where options could not be read."""

from collections.abc import Sequence

from soe_compliance.domain.text import Language


def chosen_language(arguments: Sequence[str]) -> Language:
    """English where `--lang en` stands on the command line, else Chinese."""
    pairs = zip(arguments, [*arguments[1:], ""], strict=True)
    return "en" if any((a, b) == ("--lang", "en") or a == "--lang=en" for a, b in pairs) else "zh"

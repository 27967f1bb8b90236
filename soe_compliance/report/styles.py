"""What the terminal output looks like: colours, and how wide is wide."""

from msgspec import Struct

WIDE = 110
"""From this many columns findings stand in a table; below, one under the other."""

_LEAST = 40


def narrowest(width: int) -> int:
    """The width to use: one so small that nothing fits is taken as the least that works."""
    return max(width, _LEAST)


class Style(Struct, frozen=True):
    """Colours, or none. Each paints one line."""

    colour: bool

    def red(self, text: str) -> str:
        return self._painted("31", text)

    def yellow(self, text: str) -> str:
        return self._painted("33", text)

    def green(self, text: str) -> str:
        return self._painted("32", text)

    def cyan(self, text: str) -> str:
        return self._painted("36", text)

    def bold(self, text: str) -> str:
        return self._painted("1", text)

    def plain(self, text: str) -> str:
        return text

    def _painted(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text

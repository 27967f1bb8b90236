"""Text in terminal columns: Chinese characters take two, and lines break between them.

A line does not begin with closing punctuation nor end with opening punctuation; words of letters and digits stay
whole where they fit. Nothing is ever cut.
"""

from wcwidth import wcswidth, wcwidth

_NOT_FIRST = frozenset("，。；：、！？）】」』》〉〕”’％…,.;:!?)]}%")
_NOT_LAST = frozenset("（【「『《〈〔“‘([{")


def text_width(text: str) -> int:
    """The columns that the text takes."""
    if text.isascii():
        return len(text)
    width = wcswidth(text)
    return width if width >= 0 else sum(max(wcwidth(character), 0) for character in text)


def unbroken_width(text: str) -> int:
    """The columns that a line needs for no word or number of the text to be broken."""
    return max((text_width(piece) for piece in _joined(text)), default=0)


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most this many columns; line breaks in it are kept."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_lines(paragraph, max(width, 2)))
    return lines


def hanging(text: str, width: int, first: str, rest: str) -> list[str]:
    """The text in lines that begin with `first`, then with `rest`, of the same width as each other."""
    lines = wrapped(text, width - text_width(first))
    return [(first if place == 0 else rest) + line for place, line in enumerate(lines)]


def _lines(text: str, width: int) -> list[str]:
    if text_width(text) <= width:
        return [text.rstrip()]
    lines, line = [], ""
    for piece in _pieces(text, width):
        if line and text_width(line + piece) > width:
            if piece.isspace():
                continue
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()]


def _pieces(text: str, width: int) -> list[str]:
    """What stands on a line: what may stand alone, or parts of it where it is wider than a line."""
    return [fitting for piece in _joined(text) for fitting in _fitted(piece, width)]


def _joined(text: str) -> list[str]:
    """What may stand alone on a line: words, blanks, wide characters with the punctuation that clings to them."""
    pieces: list[str] = []
    for part in _atoms(text):
        if pieces and _clings(pieces[-1], part):
            pieces[-1] += part
        else:
            pieces.append(part)
    return pieces


def _clings(before: str, part: str) -> bool:
    if before.isspace() or part.isspace():
        return False
    return part[0] in _NOT_FIRST or before[-1] in _NOT_LAST


def _atoms(text: str) -> list[str]:
    atoms: list[str] = []
    for character in text:
        if atoms and _goes_on(atoms[-1], character):
            atoms[-1] += character
        else:
            atoms.append(character)
    return atoms


def _goes_on(atom: str, character: str) -> bool:
    size = wcwidth(character)
    if size == 0 or atom[-1] == "\u200d":
        return True
    if atom.isspace() or character.isspace():
        return atom.isspace() and character.isspace()
    return size == 1 and wcwidth(atom[-1]) == 1


def _fitted(piece: str, width: int) -> list[str]:
    """The piece, or parts of it where it is wider than a line."""
    if text_width(piece) <= width:
        return [piece]
    parts, part = [], ""
    for character in piece:
        if part and text_width(part + character) > width:
            parts.append(part)
            part = ""
        part += character
    return [*parts, part]

"""Yes or no as forms spell it: in words, or as ticks and boxes."""

from collections.abc import Mapping

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.cell_text import BadCell, short_text
from soe_compliance.filings.spellings import How, Understood, blank

_WORDS: Mapping[str, tuple[bool, How | None]] = {
    "是": (True, None),
    "否": (False, None),
    **dict.fromkeys(("有", "y", "yes", "true"), (True, How.FLAG_WORD)),
    **dict.fromkeys(("不是", "n", "no", "false"), (False, How.FLAG_WORD)),
    **dict.fromkeys(("√", "✓", "✔", "☑", "■"), (True, How.TICK)),
    **dict.fromkeys(("×", "✕", "✖", "✗", "✘"), (False, How.TICK)),
}
"""☒ alone is left out: to some it is a ticked box, to others a crossed-out one."""

_TICKED = r"[√✓✔☑■☒●◉]|\([√✓✔]\)|\[[√✓✔]\]"
_EMPTY = r"[□☐○◯▢]|\(\)|\[\]"
_BOX = rf"(?:{_TICKED}|{_EMPTY})"
_EMPTY_BOX = pattern(_EMPTY)
_IS_TICKED = pattern(_TICKED)
_WORD = "是|否|有|无|yes|no"
_PAIRS = tuple(
    pattern(text)
    for text in (
        rf"(?P<box>{_BOX})(?P<word>{_WORD})[/,、;]?(?P<box2>{_BOX})(?P<word2>{_WORD})",
        rf"(?P<word>{_WORD})(?P<box>{_BOX})[/,、;]?(?P<word2>{_WORD})(?P<box2>{_BOX})",
    )
)
_YES = {"是", "有", "yes"}
_SETS = ({"是", "否"}, {"有", "无"}, {"yes", "no"})


def read_flag(cell: object) -> Understood[bool]:
    """是 or 否, Y or N, a tick, or a pair of boxes such as ☑是 □否, of which exactly one is ticked."""
    if isinstance(cell, bool):
        return cell, None
    if cell is None:
        return None, None
    if not isinstance(cell, str):
        raise BadCell
    found = _WORDS.get(cell)
    if found:
        return found
    text = "".join(short_text(cell).lower().split())
    if not text:
        return blank(cell)
    found = _WORDS.get(text)
    return found if found else (_of_boxes(text), How.TICK)


def flag_of(cell: object) -> bool | None:
    return read_flag(cell)[0]


def _of_boxes(text: str) -> bool | None:
    """What a pair of boxes says; None where none is ticked."""
    if _EMPTY_BOX.fullmatch(text):
        return None
    match = next(filter(None, (pair.fullmatch(text) for pair in _PAIRS)), None)
    if not match or {match["word"], match["word2"]} not in _SETS:
        raise BadCell
    ticked = [
        match[word] in _YES
        for box, word in (("box", "word"), ("box2", "word2"))
        if _IS_TICKED.fullmatch(match[box])
    ]
    if len(ticked) > 1:
        raise BadCell
    return ticked[0] if ticked else None

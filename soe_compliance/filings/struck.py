"""Cells of an .xlsx sheet that are struck through, whole or in part: whoever sees them takes that as deleted."""

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache
from io import BytesIO
from xml.etree import ElementTree

from msgspec import Struct

from soe_compliance.filings.cell_formats import CellFormats
from soe_compliance.filings.sheet_xml import local_name, own_texts_in, shared_texts_in, styles_in, whole

_STRIKE = b"strike"
_OFF = frozenset({"0", "false"})
_NONE: Set[int] = frozenset()


class Struck(Struct, frozen=True):
    """The cells that are struck through, the columns by row, both from 0.

    Attributes:
        wholly: those of which nothing is left.
        partly: those of whose text only some is struck.
    """

    wholly: dict[int, set[int]]
    partly: dict[int, set[int]]

    def add(self, row: int, column: int, *, wholly: bool) -> None:
        (self.wholly if wholly else self.partly).setdefault(row, set()).add(column)

    def rows(self, numbers: Sequence[int], required: Set[int]) -> list[int]:
        """Those of the rows of which all cells that a row can't do without are struck."""
        return [number for number in numbers if self.wholly.get(number, _NONE) >= required]

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell is struck, wholly or in part."""
        return column in self.wholly.get(row, _NONE) or column in self.partly.get(row, _NONE)

    def __bool__(self) -> bool:
        return bool(self.wholly or self.partly)


NOTHING_STRUCK = Struck({}, {})


def struck_on(formats: CellFormats, sheet: str, width: int) -> Struck:
    """The struck cells of a sheet of so many columns."""
    if not formats.may_strike:
        return NOTHING_STRUCK
    styles, texts, part = _struck_styles(formats.styles), _struck_texts(formats.texts), formats.part(sheet)
    struck = Struck({}, {})
    for row, column, _ in styles_in(part, range(width), styles) if styles else ():
        struck.add(row, column, wholly=True)
    for row, column, text in shared_texts_in(part, texts) if texts else ():
        struck.add(row, column, wholly=texts[text])
    for row, column, own in own_texts_in(part) if _STRIKE in part else ():
        if any(runs := list(_runs(own))):
            struck.add(row, column, wholly=all(runs))
    return struck


@lru_cache(maxsize=2)
def _struck_styles(styles: bytes) -> Set[int]:
    """The numbers of the cell styles whose font is struck."""
    if _STRIKE not in styles:
        return frozenset()
    parts = {local_name(part.tag): part for part in ElementTree.fromstring(styles)}
    struck = {number for number, font in enumerate(parts.get("fonts", ())) if _is_struck(font)}
    used = (whole(style.get("fontId"), 0) for style in parts.get("cellXfs", ()))
    return frozenset(number for number, font in enumerate(used) if font in struck)


@lru_cache(maxsize=2)
def _struck_texts(texts: bytes) -> Mapping[int, bool]:
    """The shared texts with a run that is struck, by number: whether all that they say is."""
    if _STRIKE not in texts:
        return {}
    found: dict[int, bool] = {}
    number = 0
    for _, element in ElementTree.iterparse(BytesIO(texts)):
        if local_name(element.tag) != "si":
            continue
        struck = list(_runs(element))
        if any(struck):
            found[number] = all(struck)
        number += 1
        element.clear()
    return found


def _runs(text: ElementTree.Element) -> Iterator[bool]:
    """Of each run of a text that says something, whether it is struck."""
    for run in text:
        parts = {local_name(part.tag): part for part in run}
        said = "t" in parts and (parts["t"].text or "").strip()
        if local_name(run.tag) == "r" and said:
            yield "rPr" in parts and _is_struck(parts["rPr"])
        elif local_name(run.tag) == "t" and (run.text or "").strip():
            yield False


def _is_struck(font: ElementTree.Element) -> bool:
    return any(local_name(part.tag) == "strike" and part.get("val") not in _OFF for part in font)

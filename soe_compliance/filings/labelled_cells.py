"""Cells that hold a label of the filing's own fields and its value together: 填报年度：2024年."""

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.header_rows import Heading, heading_of
from soe_compliance.filings.tables import HEADER, TABLES
from soe_compliance.filings.units import unit_named
from soe_compliance.filings.values import text_of

_LONGEST = 200
_COLON = pattern(r"[:：﹕︰]")
_NEXT = pattern(r"\s+(?=[^\s:：﹕︰]{2,20}[:：﹕︰])|\s{2,}|[;；]\s*(?=[^\s:：﹕︰]{2,20}[:：﹕︰])")
"""What ends a value: the next label, or a wide gap."""

_WORD_BEGINS = pattern(r"[\s(（\[【;；]")
_SEAL = pattern(r"[(（](?:公章|盖章|签章|加盖公章)[)）]$")
_UNIT_LABEL = "单位"
_UNIT = TABLES[HEADER].fields["unit"]


class Statement(Struct, frozen=True):
    """What one cell says of a field.

    Attributes:
        key: the field.
        label: its label as written.
        value: what is said of it, as written.
        synonym: whether the forms write the label otherwise.
    """

    key: str
    label: str
    value: str
    synonym: bool


def statements(
    rows: Sequence[Sequence[object]], without: Collection[int] = ()
) -> Iterator[tuple[tuple[int, int], Statement]]:
    """All statements of a sheet, each with the row and column of its cell; some columns are passed over."""
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if type(cell) is str and column not in without:
                for found in statements_of(cell):
                    yield (number, column), found


def own_heading(label: str) -> Heading | None:
    """The field that a label names; the seal that is to be put beside it says nothing of it."""
    return heading_of(_SEAL.sub("", text_of(label)), HEADER)


def unit_heading(label: str, value: object) -> Heading | None:
    """单位 names the unit of amounts where a unit stands with it; else it may head the name of a firm."""
    if isinstance(value, str) and "".join(text_of(label).split()).rstrip(":") == _UNIT_LABEL:
        return Heading(_UNIT, synonym=True) if unit_named(value) else None
    return None


@lru_cache(maxsize=4096)
def statements_of(cell: str) -> Sequence[Statement]:
    """What a cell says of the filing's own fields, in order."""
    return tuple(_each(cell.strip())) if len(cell) <= _LONGEST and _COLON.search(cell) else ()


def _each(text: str) -> Iterator[Statement]:
    while colon := _COLON.search(text):
        before, rest = text[: colon.start()].strip(), text[colon.end() :].lstrip()
        end = _NEXT.search(rest)
        value, text = (rest[: end.start()], rest[end.end() :]) if end else (rest, "")
        value = _SEAL.sub("", value.strip())
        for label in (before, _WORD_BEGINS.split(before)[-1]):
            bare = value.rstrip(")）]】") if label != before else value
            heading = own_heading(label) or unit_heading(label, bare)
            if heading and bare:
                yield Statement(heading.field.key, label, bare, heading.synonym)
                break

"""Units of money as forms spell them: in a header's brackets, in a unit line, in the filing's own field."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.forms import Unit
from soe_compliance.filings.values import BadCell, text_of

_UNITS = {unit.label: unit for unit in Unit}
_CURRENCY = pattern(r"(?:折合?|等值)?人民币|RMB|CNY", re.IGNORECASE)
_OWN_CURRENCY = frozenset({"元", "¥", "￥", "本币", "本位币"})
_LABEL = pattern(r"(金额|货币)?单位:")
_BRACKETED_AT_END = pattern(r"\(([^()]*)\)$")
_ENDS = pattern(r"[()\[\]【】〔〕;,、。|/]")
_LIKE_A_UNIT = pattern(r".{0,4}[元币镑万亿千]|(?:百|千|万|亿)?(?:USD|HKD|EUR|GBP|JPY|RMB|CNY)", re.IGNORECASE)


class StatedUnit(Struct, frozen=True):
    """A unit as stated; `unit` is None where the text is not a known unit."""

    text: str
    unit: Unit | None


@lru_cache(maxsize=1024)
def unit_named(text: str) -> Unit | None:
    """The unit that a text names, such as 万元, 人民币万元 or 单位：万元; None where it names none."""
    bare = "".join(text_of(text).split()).strip("()[]【】〔〕")
    return _UNITS.get(_CURRENCY.sub("", _LABEL.sub("", bare, count=1)).strip("()"))


def unit_of_filing(cell: object) -> Unit | None:
    """The unit that a filing's own field states, 万元 where it is blank; None where it is not known."""
    try:
        text = text_of(cell)
    except BadCell:
        return None
    return unit_named(text) if text else Unit.TEN_THOUSAND


@lru_cache(maxsize=1024)
def is_renminbi(text: str) -> bool:
    """Whether a text names the currency that amounts are in."""
    bare = "".join(text_of(text).split())
    return bool(_CURRENCY.search(bare)) or bare in _OWN_CURRENCY


@lru_cache(maxsize=1024)
def unit_in_brackets(text: str) -> StatedUnit | None:
    """The unit that the bracketed part of a header states; None where it is about something else."""
    if unit := unit_named(text):
        return StatedUnit(text, unit)
    bare = "".join(text_of(text).split())
    return StatedUnit(text, None) if _LABEL.match(bare) or _LIKE_A_UNIT.fullmatch(bare) else None


def unit_of_lines(
    above: Iterable[Sequence[object]], header: Iterable[Sequence[object]] = ()
) -> StatedUnit | None:
    """The unit that the lines above a header state, such as 单位：万元; not a known one where they disagree.

    Args:
        above: the rows above the header.
        header: the rows of the header itself; there only a cell that is nothing but a unit line counts, for the
            unit in a header is that of its column.
    """
    stated: dict[Unit | None, StatedUnit] = {}
    for rows, is_header in ((above, False), (header, True)):
        for row in rows:
            for place, cell in enumerate(row):
                if type(cell) is str and cell and not (is_header and not _begins_with_label(cell)):
                    found = (
                        _stated_in(cell) or _stated_beside(cell, row[place + 1 :]) or _stated_alone(cell, row)
                    )
                    if found:
                        stated.setdefault(found.unit, found)
    if len(stated) <= 1:
        return next(iter(stated.values()), None)
    return StatedUnit("、".join(found.text for found in stated.values()), None)


def _stated_alone(cell: str, row: Sequence[object]) -> StatedUnit | None:
    """The unit that is all that a row holds: 万元."""
    unit = unit_named(cell)
    alone = unit and all(other is cell or other == "" for other in row)
    return StatedUnit(cell.strip(), unit) if alone else None


@lru_cache(maxsize=4096)
def _begins_with_label(cell: str) -> bool:
    return bool(_LABEL.match("".join(text_of(cell).split()).lstrip("([【〔")))


@lru_cache(maxsize=4096)
def _stated_in(cell: str) -> StatedUnit | None:
    """The unit that a cell states: 单位：万元 wherever it stands, or （万元） at the end of a title."""
    text = text_of(cell)
    for label in _LABEL.finditer(_without_spaces_in_labels(text)):
        rest = _without_spaces_in_labels(text)[label.end() :].split(maxsplit=1)
        stated = rest[0].strip("()[]【】〔〕;,、。|/") if rest else ""
        word, *others = _ENDS.split(stated)
        units = {unit for one in (word, *others) if (unit := unit_named(one))}
        if len(units) == 1:
            return StatedUnit(stated, units.pop())
        if units:
            return StatedUnit(stated, None)
        if word and (label[1] or _LIKE_A_UNIT.fullmatch(word)):
            return StatedUnit(word, None)
    return unit_at_end(text)


def unit_at_end(title: str) -> StatedUnit | None:
    """The unit in brackets at the end of a title, or of a sheet's name; None where it states none."""
    bracketed = _BRACKETED_AT_END.search("".join(text_of(title).split()))
    unit = unit_named(bracketed[1]) if bracketed else None
    return StatedUnit(bracketed[1], unit) if bracketed and unit else None


def _without_spaces_in_labels(text: str) -> str:
    return re.sub(r"单\s*位\s*:", "单位:", text)


@lru_cache(maxsize=4096)
def _label(cell: str) -> re.Match[str] | None:
    """The label of a cell that holds nothing but 单位： or 金额单位."""
    return _LABEL.fullmatch("".join(text_of(cell).split()).removesuffix(":") + ":")


def _stated_beside(cell: str, beside: Sequence[object]) -> StatedUnit | None:
    """The unit in the next cell to the right of a label."""
    label = _label(cell)
    if label is None:
        return None
    value = next((other for other in beside if other != ""), None)
    if not isinstance(value, str):
        return None
    unit = unit_named(value)
    return StatedUnit(value, unit) if unit or label[1] else None

"""Names of projects without what numbers their parts: 一期, 第二标段, （三）."""

import unicodedata

from soe_compliance.domain.patterns import pattern

_COUNTED = r"第?[一二三四五六七八九十0-9]+(期|标段|阶段|批|部分)?"
_TAIL = pattern(rf"({_COUNTED}|\({_COUNTED}\)|\[{_COUNTED}\]|【{_COUNTED}】|〔{_COUNTED}〕)$")


def without_part(name: str) -> str:
    """A name after NFKC, without white space and without what numbers a part at its end, as often as that stands.

    The longest ending that leaves something is dropped each time.
    """
    name = "".join(unicodedata.normalize("NFKC", name).split())
    while True:
        shorter = _without_tail(name)
        if shorter == name:
            return name
        name = shorter


def _without_tail(name: str) -> str:
    # the earliest start of an ending is the longest one
    match = _TAIL.search(name)
    return name[: match.start()] if match and match.start() > 0 else name
